"""Editions that differ: each kind of difference, one at a time, and the shipped chapters, which have none."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from report_engine.render import editions
from report_engine.words.editions import Edition
from tests.report_engine.render.conftest import REPOSITORY, make_project, write

INDEX = """---
title: Kostnader
subtitle: Och deltagare
---

{{< include background.qmd >}}

{{< include appendix.qmd >}}

# Referenser {#sec-references .unnumbered}
"""
BACKGROUND = """# Bakgrund {#sec-background}

Kostnaden var {{< fact background.net_cost >}} (@fig-background-cost) [@berg2004, s. 4; se @alm2013].

## Kostnad {#sec-background-cost}

![{{< fact background.cost.caption >}}](/figures/sv/background/cost.svg){#fig-background-cost}

Att [den
växte]{.claim #claim-background-grew} prövas: {{< fact background.growth >}}, {{< fact background.growth >}}.

## Deltagare {#sec-background-people}

::: {#tbl-background-national}
{{< include /data/results/sv/tables/background/national.md >}}

{{< fact background.national.caption >}}
:::

::: {.data-note}
Se [bilagan](#sec-appendix).
:::
"""
APPENDIX = "# Bilaga {#sec-appendix}\n\n{{< include /data/results/sv/quality.md >}}\n"
SWEDISH = {
    "_metadata.yml": "lang: sv-SE\ntoc-title: Innehåll\n",
    "index.qmd": INDEX,
    "background.qmd": BACKGROUND,
    "appendix.qmd": APPENDIX,
}


def english(changes: Mapping[str, tuple[str, str]] | None = None) -> dict[str, str]:
    """The English edition of the same, with one replacement in each of some files."""
    texts = {name: text.replace("/sv/", "/en/") for name, text in SWEDISH.items()}
    for name, (old, new) in (changes or {}).items():
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new, 1)
    return texts


def compare(sv: Mapping[str, str], en: Mapping[str, str]) -> list[str]:
    texts: dict[Edition, Mapping[str, str]] = {"sv": sv, "en": en}
    return [str(problem) for problem in editions.compare(texts)]


def test_editions_that_say_the_same_in_other_words_and_another_order_do_not_differ() -> None:
    old = "Kostnaden var {{< fact background.net_cost >}} (@fig-background-cost) [@berg2004, s. 4; se @alm2013]."
    new = "As @alm2013 and @berg2004 say, and @fig-background-cost shows,\nit is {{< fact background.net_cost >}}."
    assert compare(SWEDISH, english({"background.qmd": (old, new)})) == []


def test_one_edition_alone_does_not_differ() -> None:
    assert editions.compare({"sv": SWEDISH}) == []
    assert editions.compare({}) == []


BG, EN_BG = "report/sv/background.qmd", "report/en/background.qmd"
IX, EN_IX = "report/sv/index.qmd", "report/en/index.qmd"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("background.qmd", "{{< fact background.net_cost >}}", "4.8", f"{BG}, line 3: the fact background.net_cost is missing in {EN_BG}"),
        (
            "background.qmd",
            "background.net_cost >",
            "background.net_costs >",
            f"{BG}, line 3: the fact background.net_cost is missing in {EN_BG}, which has background.net_costs instead (line 3)",
        ),
        (
            "background.qmd",
            ", {{< fact background.growth >}}.",
            ".",
            f"{BG}, line 10: the fact background.growth stands more often here (2 in {BG}, 1 in {EN_BG})",
        ),
        (
            "background.qmd",
            "prövas:",
            "{{< fact background.growth >}}",
            f"{EN_BG}, line 10: the fact background.growth stands more often here (2 in {BG}, 3 in {EN_BG})",
        ),
        ("background.qmd", "prövas:", "@fig-other", f"{EN_BG}, line 10: the reference fig-other is missing in {BG}"),
        ("background.qmd", "; se @alm2013", "", f"{BG}, line 3: the citation alm2013 is missing in {EN_BG}"),
        ("background.qmd", "alm2013", "ulm2013", f"{BG}, line 3: the citation alm2013 is missing in {EN_BG}, which has ulm2013 instead (line 3)"),
        ("background.qmd", "#claim-background-grew", "", f"{BG}, line 10: the claim claim-background-grew is missing in {EN_BG}"),
        ("background.qmd", "(#sec-appendix)", "(#sec-references)", f"{BG}, line 21: the reference sec-appendix is missing in {EN_BG}"),
        ("background.qmd", "{.data-note}", "{.note}", f"{BG}, line 20: the block data-note is missing in {EN_BG}"),
        ("background.qmd", "## Kostnad {", "### Cost {", f"{EN_BG}, line 5: the heading sec-background-cost has level 3, in {BG} level 2"),
        ("background.qmd", "## Kostnad {#sec-background-cost}", "", f"{BG}, line 5: the heading sec-background-cost is missing in {EN_BG}"),
        ("background.qmd", " {#sec-background-cost}", "", f"{EN_BG}, line 5: a heading without an id is missing in {BG}"),
        ("background.qmd", "/figures/en/", "/figures/sv/", f"{EN_BG}, line 7: /figures/sv/background/cost.svg belongs to another edition"),
        ("appendix.qmd", "/en/quality", "/en/quantity", "report/sv/appendix.qmd, line 3: the include /data/results/<edition>/quality.md"),
        ("index.qmd", "{{< include appendix.qmd >}}", "", f"{IX}, line 8: the chapter appendix.qmd is missing in {EN_IX}"),
        ("index.qmd", "subtitle: Och deltagare\n", "", f"{IX}, line 3: the setting subtitle is missing in {EN_IX}"),
        ("_metadata.yml", "toc-title", "toc_title", "report/sv/_metadata.yml, line 2: the setting toc-title is missing in report/en/_metadata.yml"),
    ],
)  # fmt: skip
def test_a_difference_is_named(name: str, old: str, new: str, expected: str) -> None:
    found = compare(SWEDISH, english({name: (old, new)}))
    assert any(problem.startswith(expected) for problem in found), found


def test_a_replaced_or_missing_thing_is_one_line() -> None:
    changes = {"background.qmd": ("background.net_cost >", "background.net_costs >")}
    assert len(compare(SWEDISH, english(changes))) == 1
    assert len(compare(SWEDISH, english({"index.qmd": ("{{< include appendix.qmd >}}", "")}))) == 1


def test_what_stands_elsewhere_is_named_with_its_place() -> None:
    figure = next(line for line in BACKGROUND.splitlines() if line.startswith("!["))
    english_figure = figure.replace("/sv/", "/en/")
    texts = english({"background.qmd": (english_figure + "\n\n", "")})
    texts["background.qmd"] += f"\n{english_figure}\n"
    expected = "the figure fig-background-cost stands after tbl-background-national"
    assert compare(SWEDISH, texts) == [f"{EN_BG}, line 22: {expected}, in {BG} after sec-background-cost"]


def test_chapters_in_another_order_are_named() -> None:
    first, second = "{{< include background.qmd >}}", "{{< include appendix.qmd >}}"
    texts = english()
    texts["index.qmd"] = INDEX.replace(first, "X").replace(second, first).replace("X", second)
    found = compare(SWEDISH, texts)
    assert len(found) == 1 and f"{EN_IX}, line " in found[0] and f", in {IX} " in found[0], found


def test_a_chapter_that_is_not_written_is_named_once() -> None:
    texts = english()
    del texts["appendix.qmd"]
    expected = "report/en/appendix.qmd: the file does not exist, and report/sv/appendix.qmd does"
    assert compare(SWEDISH, texts) == [expected]
    swedish = {name: text for name, text in SWEDISH.items() if name != "appendix.qmd"}
    expected = "report/sv/appendix.qmd: the file does not exist, and report/en/appendix.qmd does"
    assert compare(swedish, english()) == [expected]


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- {{< fact a.b >}}\n# Rubrik -->",
        "```\n# Rubrik\n{{< fact a.b >}}\n```",
        "`{{< fact a.b >}}` och `@nobody`",
        "{{{< fact a.b >}}}",
        "Skriv till nobody@example.org.",
    ],
)
def test_comments_and_code_do_not_count_but_their_lines_do(hidden: str) -> None:
    texts = english()
    texts["background.qmd"] = f"{hidden}\n\n" + texts["background.qmd"]
    assert compare(SWEDISH, texts) == []
    texts["background.qmd"] += "\n@berg2004\n"
    line = texts["background.qmd"].count("\n")
    assert compare(SWEDISH, texts)[0].startswith(f"{EN_BG}, line {line}: the citation berg2004 stands more often here")


def test_problems_come_in_the_order_of_chapters_and_lines() -> None:
    texts = english({"index.qmd": ("subtitle: Och deltagare\n", "")})
    texts["background.qmd"] = "# Background {#sec-background}\n"
    found = compare(SWEDISH, texts)
    lines = [int(problem.partition(", line ")[2].partition(":")[0]) for problem in found[1:]]
    assert found[0].startswith(IX) and lines == sorted(lines) and len(lines) > 5


def test_an_edition_without_a_root_document_is_not_compared_and_one_with_it_is(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.qmd": INDEX.replace("appendix", "background"), "background.qmd": BACKGROUND})
    assert editions.check(root) == []
    write(root, "report/en/index.qmd", INDEX.replace("appendix", "background"))
    write(root, "report/en/_metadata.yml", (REPOSITORY / "report/en/_metadata.yml").read_text("utf-8"))
    found = [str(problem) for problem in editions.check(root)]
    assert "report/en/background.qmd: the file does not exist, and report/sv/background.qmd does" in found


def test_the_shipped_editions_say_the_same() -> None:
    assert [str(problem) for problem in editions.check(REPOSITORY)] == []
