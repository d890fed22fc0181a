"""One report in three formats: what each must hold, the same bytes every time, and nothing of the machine."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine import render

REPORT = """---
title: Kommunal arbetsmarknadspolitik
subtitle: En fråga?
abstract: Om rapporten.
---

::: {.data-state}
**Dataläge.** Enkäten är syntetisk.
:::

# Bakgrund {#sec-background}

::: {.key-figures}
::: {.key-figure}
[{{< fact background.net_cost >}}]{.value} [nettokostnad]{.label}
:::
::: {.key-figure}
[{{< fact background.growth >}}]{.value} [mer än förut]{.label}
:::
:::

Se @fig-background-cost, @fig-background-people och @tbl-background-national [@berg2004].^[En not.]

::: {#fig-background-both layout-ncol=2}

![{{< fact background.cost.caption >}}](/figures/sv/background/cost.svg){#fig-background-cost}

![{{< fact background.people.caption >}}](/figures/sv/background/people.svg){#fig-background-people}

Båda.
:::

::: {#tbl-background-national}
{{< include /data/results/sv/tables/background/national.md >}}

{{< fact background.national.caption >}}
:::

## Metod {#sec-method}

::: {.data-note}
**Syntetiska data.** En ruta med "citat".
:::

> Ett citat.

# Referenser {#sec-references .unnumbered}

::: {#refs}
:::
"""
ALL: tuple[render.Format, ...] = ("html", "pdf", "docx")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.report_engine.render.conftest import make_project

    root = make_project(tmp_path_factory.mktemp("made") / "project", {"index.qmd": REPORT})
    render.render(root, "sv", ALL, "embedded")
    return root


def staged(root: Path, name: str) -> Path:
    return render.staging(root, "sv") / name


def document_xml(root: Path) -> str:
    with zipfile.ZipFile(staged(root, "report.docx")) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def test_every_check_passes(made: Path) -> None:
    files = [staged(made, f"report.{kind}") for kind in ALL]
    assert [str(problem) for problem in render.check(made, "sv", files)] == []


def test_html_has_landmarks_and_loads_nothing(made: Path) -> None:
    html = staged(made, "report.html").read_text("utf-8")
    assert html.count("<h1") == 1
    assert '<main id="content" tabindex="-1">' in html
    assert '<a class="skip" href="#content">Hoppa till innehållet</a>' in html
    assert '<nav id="TOC" role="doc-toc" aria-labelledby="toc-title">' in html
    assert html.index('<div class="data-state">') < html.index("<nav")
    assert "data:font/ttf;base64," in html
    assert 'alt="Linje för &quot;cost&quot; över tid."' in html
    assert re.search(r'<div class="table-scroll" tabindex="0" role="group"\s+aria-label=', html)
    assert re.findall(r'(?:src|href)="(?!data:|#|https://)[^"]*"', html) == []


def test_pdf_says_what_readers_with_assistance_need(made: Path) -> None:
    import pikepdf

    with pikepdf.open(staged(made, "report.pdf")) as document:
        root = document.Root
        assert str(root.Lang) == "sv-SE"
        with document.open_metadata() as meta:
            assert meta["dc:title"] == "Kommunal arbetsmarknadspolitik"
            assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        tags, alts = set(), []
        waiting = [root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Array):
                waiting += list(node)
            elif isinstance(node, pikepdf.Dictionary):
                tags.add(str(node.get("/S", "")))
                alts += [str(node.Alt)] if node.get("/S") == "/Figure" else []
                waiting += [node.K] if "/K" in node else []
        assert {"/H1", "/H2", "/TH", "/Caption", "/Figure", "/BlockQuote"} <= tags
        assert {'Linje för "cost" över tid.', 'Linje för "people" över tid.'} <= set(alts)


def test_typst_markup_uses_the_calls_of_the_shared_template(made: Path) -> None:
    typst = staged(made, "report.typ").read_text("utf-8")
    assert 'kind: "quarto-float-fig", supplement: "Figur")<fig-background-both>' in typst
    assert 'kind: "quarto-float-tbl", supplement: "Tabell")<tbl-background-national>' in typst
    assert "#ref(<tbl-background-national>, supplement: [Tabell])" in typst
    assert "#link(<fig-background-people>)[Figur~1b]" in typst
    assert '#verdict("fails")[✗ håller inte]' in typst
    assert "#data-note[" in typst
    assert "#key-figures(" in typst
    assert "data-state: [#strong[Dataläge.] Enkäten är syntetisk." in typst


def test_word_has_styles_links_and_described_pictures(made: Path) -> None:
    xml = document_xml(made)
    for style in (
        "Title",
        "Subtitle",
        "Heading1",
        "TableCaption",
        "ImageCaption",
        "DataNote",
        "KeyFigure",
        "BlockText",
        "TOC1",
    ):
        assert f'<w:pStyle w:val="{style}"' in xml, style
    assert 'descr="Linje för &quot;cost&quot; över tid."' in xml
    assert '<w:hyperlink w:anchor="tbl-background-national">' in xml
    assert '<w:bookmarkStart w:id="' in xml
    assert 'w:name="tbl-background-national"' in xml
    assert '<w:tblHeader w:val="on" />' in xml
    with zipfile.ZipFile(staged(made, "report.docx")) as archive:
        assert '<w:lang w:bidi="ar-SA" w:eastAsia="zh-CN" w:val="sv-SE" />' in archive.read("word/styles.xml").decode()


def test_the_same_chapters_give_the_same_bytes_anywhere(made: Path, project: Callable[..., Path]) -> None:
    other = project({"index.qmd": REPORT})
    assert other != made
    render.render(other, "sv", ALL, "embedded")
    for kind in ALL:
        assert staged(made, f"report.{kind}").read_bytes() == staged(other, f"report.{kind}").read_bytes(), kind


def test_no_file_names_the_machine(made: Path) -> None:
    words = str(made).encode()
    assert words not in staged(made, "report.html").read_bytes()
    assert words not in staged(made, "report.pdf").read_bytes()
    with zipfile.ZipFile(staged(made, "report.docx")) as archive:
        assert not any(words in archive.read(name) for name in archive.namelist())


def test_only_the_formats_asked_for_are_made(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": REPORT})
    assert render.render(root, "sv", ("html",), "embedded") == [staged(root.resolve(), "report.html")]
    assert not staged(root, "report.docx").exists()


def test_rendering_loads_no_frames_and_no_figures(made: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, pathlib; from report_engine import render; root = pathlib.Path(sys.argv[1]);"
        "files = render.render(root, 'sv', ('html',), 'embedded'); render.check(root, 'sv', files);"
        "print([name for name in ('pandas', 'matplotlib', 'numpy', 'pyarrow') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
