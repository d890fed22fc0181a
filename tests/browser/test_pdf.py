"""The published PDF: what programs that read it aloud need, and that every page is whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.browser.printed import sheets, text

Published = Callable[..., Path]

CENTIMETRE = 72 / 2.54
# The template's margins; punctuation and hyphens hang into them.
HANGING = 4.0
MARGINS = (2.0 * CENTIMETRE - HANGING, 1.0 * CENTIMETRE, 0.9 * CENTIMETRE)
"""Sides, top and bottom of pages."""
# A mark that Quarto or we leave where something was not known.
LEFT_OVER = re.compile(r"\?(?:var|meta|env|fact)\b|\?@|\{\{<|\[@|@(?:fig|tbl|sec)-")


@pytest.fixture
def path(published: Published) -> Path:
    return published("pdf")


@pytest.fixture
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as document:
        yield document


def structure(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield every element of the structure tree with its tag."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S).removeprefix("/"), node
            if "/K" in node:
                waiting.append(node.K)


def aslist(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def below(node: Any, tag: str) -> list[Any]:
    """List the elements with a tag inside another."""
    found = []
    for child in aslist(node.get("/K", [])):
        if isinstance(child, pikepdf.Dictionary):
            found += [child] if str(child.get("/S", "")) == f"/{tag}" else []
            found += below(child, tag)
    return found


def test_the_viewer_learns_language_title_and_standard(pdf: pikepdf.Pdf, lang: str) -> None:
    assert str(pdf.Root.Lang) == lang
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata(update_docinfo=False) as meta:
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert len(str(meta["dc:title"])) > 10
        assert list(meta["dc:language"]) == [lang]


def test_figures_are_described_and_tables_have_headers(pdf: pikepdf.Pdf) -> None:
    tags = Counter(tag for tag, _ in structure(pdf))
    alts = [str(node.get("/Alt", "")) for tag, node in structure(pdf) if tag == "Figure"]
    assert alts and all(len(alt) >= 40 for alt in alts)
    tables = [node for tag, node in structure(pdf) if tag == "Table"]
    assert tables and all(below(table, "TH") for table in tables)
    assert tags["Caption"] >= len(alts)
    headers = [node for tag, node in structure(pdf) if tag == "TH"]
    assert all(any("/Scope" in attributes for attributes in aslist(node.A)) for node in headers)


def test_headings_make_the_outline(pdf: pikepdf.Pdf) -> None:
    headings = Counter(tag for tag, _ in structure(pdf) if re.fullmatch(r"H\d", tag))
    with pdf.open_outline() as outline:
        chapters = [item.title for item in outline.root]
        sections = [child.title for item in outline.root for child in item.children]
    assert len(chapters) == len(set(chapters)) == headings["H1"] - 1  # the contents' own heading is not in the outline
    assert len(sections) == headings["H2"]


def test_it_says_the_same_as_the_page(pdf: pikepdf.Pdf, published: Published) -> None:
    html = re.sub(r"<details>.*?</details>", "", published("html").read_text("utf-8"), flags=re.DOTALL)  # figures' data
    assert sum(tag == "Figure" for tag, _ in structure(pdf)) == html.count("<img ")
    assert sum(tag == "Table" for tag, _ in structure(pdf)) == html.count("<table")


def test_fonts_travel_with_it(pdf: pikepdf.Pdf) -> None:
    descriptors = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
    assert descriptors
    without = [
        str(font.FontName) for font in descriptors if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())
    ]
    assert without == []


def test_it_can_be_sent(path: Path) -> None:
    assert path.stat().st_size < 6_000_000


def test_nothing_is_left_over_in_the_text(path: Path) -> None:
    said = text(path)
    assert len(said) > 20_000
    assert LEFT_OVER.findall(said) == []
    assert "\ufffd" not in said and "\u25a1" not in said  # letters that the fonts don't have


def test_no_word_stands_outside_its_page_or_on_another(path: Path) -> None:
    pages = sheets(path)
    assert [found for page in pages for found in page.outside(*MARGINS)] == []
    assert [found for page in pages for found in page.overprinted()] == []


def test_no_page_is_empty(path: Path) -> None:
    assert [page.number for page in sheets(path) if len(page.words) < 10] == []
