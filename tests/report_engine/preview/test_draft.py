"""The page with its tables kept is the page without."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.preview.draft import Drafts, lighten
from report_engine.render import RenderError, embedded

BODY = """---
title: Prov
---

# Kostnad {#sec-cost}

Se @tbl-background-national och @fig-cost.

![Kostnaden.](/figures/sv/background/cost.svg){#fig-cost}

::: {#tbl-background-national}

{{< include /data/results/sv/tables/background/national.md >}}

Kostnad per kommun.
:::

~~~
```{=html}
<table>
~~~
"""


def words(html: str) -> list[str]:
    """Pandoc breaks lines inside a tag by how long the ones before it are."""
    return html.split()


def test_the_page_is_the_same_the_first_time_and_when_tables_are_kept(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": BODY})
    document, plain = embedded.read(root, "sv"), root / "plain.html"
    embedded.draft(root, document, plain)
    expected = words(plain.read_text("utf-8"))
    drafts = Drafts(root, root / "report/_staging/preview")
    assert words(drafts.page(document).decode()) == expected
    assert words(drafts.page(document).decode()) == expected
    assert any("Luleå" in word for word in expected)


def test_a_table_that_changes_is_made_again(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": BODY})
    drafts = Drafts(root, root / "report/_staging/preview")
    drafts.page(embedded.read(root, "sv"))
    table = root / "data/results/sv/tables/background/national.md"
    table.write_text(table.read_text("utf-8").replace("Luleå", "Timrå"), "utf-8")
    page = drafts.page(embedded.read(root, "sv")).decode()
    assert "Timrå" in page
    assert "Luleå" not in page


def test_what_is_loaded_is_named_by_path_not_embedded(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": BODY})
    page = Drafts(root, root / "report/_staging/preview").page(embedded.read(root, "sv")).decode()
    assert 'src="figures/sv/background/cost.svg"' in page
    assert 'href="report/theme/report.css"' in page


def test_problems_are_raised_with_their_lines(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": BODY + "\n{{< fact background.net_csot >}}\n"})
    with pytest.raises(RenderError, match=r"index\.qmd, line \d+: unknown fact 'background.net_csot'"):
        Drafts(root, root / "report/_staging/preview").page(embedded.read(root, "sv"))


def test_tables_are_taken_out_whole_and_code_stays(project: Callable[..., Path]) -> None:
    document = embedded.read(project({"index.qmd": BODY}), "sv")
    light, tables = lighten(document)
    assert len(tables) == 1
    assert tables[0].startswith("<table>\n<thead>")
    assert tables[0].endswith("</tfoot>\n</table>")
    assert light.text.count("table-0-table") == 1
    assert "Falun" not in light.text
    assert "~~~\n```{=html}\n<table>\n~~~" in light.text
