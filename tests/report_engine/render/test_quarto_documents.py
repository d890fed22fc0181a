"""Our filters over the documents that Quarto makes of two chapters, compared with what the embedded engine makes of them."""

import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from report_engine.render import embedded
from report_engine.render.project import load
from tests.report_engine.render.conftest import REPOSITORY
from tests.report_engine.render.quarto import golden, reading, written

READERS: dict[str, Callable[[Path], Sequence[Any]]] = {
    "html": written.page,
    "typst": written.typst,
    "docx": written.word,
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return golden.make(tmp_path_factory.mktemp("quarto"))


@pytest.mark.parametrize("writer", ["html", "typst", "docx"])
def test_early_filters_leave_the_same_words_figures_marks_and_cells(root: Path, writer: str) -> None:
    filters = load(root).filters
    expected = reading.lines(golden.by_us(root, writer, filters).blocks)
    got = reading.lines(golden.under_quarto(root, writer, "pre", filters).blocks, golden.nodes(writer))
    assert got == expected


def test_the_ledger_is_in_the_order_of_its_sentences_and_names_figures_that_are_there(root: Path) -> None:
    lines = reading.lines(golden.under_quarto(root, "html", "pre", load(root).filters).blocks, golden.nodes("html"))
    rows = [line for line in lines if line.startswith("row head: <#ledger-background")]
    assert "costs-up" in rows[0]
    assert "state-spends-double" in rows[-1]
    assert "row: [@fig-background-net-cost-real]" in lines
    assert "group:6 Bakgrund" in lines


@pytest.mark.parametrize("writer", ["html", "typst", "docx"])
def test_late_filters_leave_the_same_file(root: Path, writer: str) -> None:
    """The ledger was sorted by earlier filters than ours: it is left out."""
    project = load(root)
    late = project.late_filters
    ours = golden.by_us(root, writer, [*project.filters, *embedded.BETWEEN, *late])
    theirs = golden.under_quarto(root, writer, "post", [late[0], project.filters[0], *late[1:]])
    expected, got = (_before_ledger(READERS[writer](made.file)) for made in (ours, theirs))
    assert got == expected
    assert len(got) > 150


def _before_ledger(found: Sequence[Any]) -> list[Any]:
    """From the contents (Word) or the first heading to the last paragraph before the ledger."""
    begins = next(i for i, one in enumerate(found) if "Innehåll" in one or "Bakgrund" in str(one))
    ends = next(i for i, one in enumerate(found) if "Rapportenprövar89" in "".join(str(one).split()))
    return list(found[begins:ends])


def test_a_page_names_its_figures_where_their_data_are(root: Path) -> None:
    project = load(root)
    late = project.late_filters
    page = golden.under_quarto(root, "html", "post", [late[0], project.filters[0], *late[1:]]).file.read_text("utf-8")
    assert "<summary>Figur\u00a01 som tabell</summary>" in page
    assert "Ladda ner figur\u00a05:" in page
    assert "quarto-scaffold" not in page


def test_word_has_no_table_around_a_figure(root: Path) -> None:
    project = load(root)
    late = project.late_filters
    paragraphs = written.word(golden.under_quarto(root, "docx", "post", [late[0], project.filters[0], *late[1:]]).file)
    captions = [(depth, style) for depth, style, words in paragraphs if words.startswith(("Figur", "Tabell"))]
    assert set(captions) == {(0, "ImageCaption"), (0, "TableCaption")}
    assert (0, "Heading1", "1\tBakgrund") in paragraphs
    assert not [words for _, _, words in paragraphs if words.startswith("1 1")]


@pytest.mark.parametrize("writer", ["html", "typst", "docx"])
def test_what_has_no_data_goes_as_it_does_with_the_embedded_engine(tmp_path: Path, writer: str) -> None:
    root = golden.make(tmp_path)
    path = root / "data/results/sv/facts.json"
    facts = json.loads(path.read_text("utf-8"))
    for name in ("background.cost_growth_yearly", "background.index.caption", "background.claims.caption"):
        facts[name]["reasons"] = [{"sv": "Det saknas data: kostnader.", "en": "There are no data: costs."}]
    path.write_text(json.dumps(facts), "utf-8")
    filters = load(root).filters
    expected = reading.lines(golden.by_us(root, writer, filters).blocks)
    got = reading.lines(golden.under_quarto(root, writer, "pre", filters).blocks, golden.nodes(writer))
    assert got == expected
    assert not [line for line in got if "/background/index." in line or "cost_growth_yearly" in line]
    assert [line for line in got if "Det saknas data: kostnader." in line]


def test_a_chapter_that_lies_across_the_page_does_so_in_word(tmp_path: Path) -> None:
    root = golden.make(tmp_path)
    made = golden.by_us(root, "docx", [*load(root).filters, *embedded.BETWEEN, *load(root).late_filters])
    with zipfile.ZipFile(made.file) as archive:
        xml = archive.read("word/document.xml").decode()
    upright, rest = xml.split("<w:sectPr>", 1)  # what ends the pages before the ledger
    assert "Bilaga B. Påståenden" not in upright[upright.index('"Heading1"') :]
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in rest[:300]


def test_every_section_of_the_word_file_finds_the_footer() -> None:
    """Sections that end within the file name the footer of reference.docx by its number there."""
    with zipfile.ZipFile(REPOSITORY / "report/theme/reference.docx") as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert re.search(r'Id="rId9"[^>]*Target="footer1.xml"', relations)
    assert 'r:id="rId9"' in (REPOSITORY / "report/filters/page.lua").read_text("utf-8")
