"""Documents say no number in words that the attacker has not read as a number: page, PDF, Word, slides, notes and drawings.

What they say is what ``facts.json``, the figures' CSV files and the other results say, at the same place; from these ``test_published`` recovers
nothing.
"""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typst
from pptx import Presentation

from report_engine.contracts import contract
from report_engine.words.editions import EDITIONS
from tests.attacker import drawings, texts
from tests.workflow.conftest import Project


def facts(built: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built.path("data/results/facts.json").read_text("utf-8"))
    return found


def published(built: Project, edition: str, name: str) -> bytes:
    return built.path(f"report/_output/{edition}/{name}").read_bytes()


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def said(built: Project, edition: str) -> str:
    return texts.said(built.root, edition)


@pytest.fixture(scope="module")
def shown(built: Project, edition: str) -> str:
    """What can be read on the page, its table of claims as the PDF sets it too, and in its figures."""
    page = published(built, edition, "report.html")
    return f"{texts.page_text(page)}|{texts.run_in(page)}|{texts.drawn(built.root, edition)}"


@pytest.fixture(scope="module")
def slides(built: Project, edition: str, said: str) -> str:
    """What slides are made of."""
    return f"{texts.filled(built.root, edition, facts(built))}|{said}"


def on_persons(built: Project, edition: str) -> list[Path]:
    """Give the drawings of persons."""
    sidecars = sorted(built.path(f"figures/{edition}").rglob("*.json"))
    return [
        path.with_suffix(".svg")
        for path in sidecars
        if contract.on_persons(json.loads(path.read_text("utf-8"))["tables"])
    ]


def read(drawing: Path, content: bytes) -> list[str]:
    data, words, said = _beside(drawing)
    return [*drawings.unknown(content, data, words), *drawings.untold(said, data, words)]


def _beside(drawing: Path) -> tuple[str, str, list[str]]:
    """Give a drawing's data, its words, and what the page says of its marks."""
    sidecar = json.loads(drawing.with_suffix(".json").read_text("utf-8"))
    said = [value[-1] for form in sidecar.pop("values").values() for value in form]
    return drawing.with_suffix(".csv").read_text("utf-8"), " ".join(texts.strings(sidecar)), said


def test_the_page_says_what_results_say(built: Project, edition: str, said: str) -> None:
    assert texts.on_page(published(built, edition, "report.html"), said, facts(built), edition) == []


def test_a_word_file_says_what_the_page_says(built: Project, edition: str, shown: str) -> None:
    assert texts.in_word(published(built, edition, "report.docx"), shown) == []


def test_a_pdf_says_what_the_page_says(built: Project, edition: str, shown: str) -> None:
    assert texts.in_pdf(published(built, edition, "report.pdf"), shown) == []


def test_slides_and_their_notes_say_what_results_say(built: Project, edition: str, slides: str) -> None:
    content = published(built, edition, "slides.pptx")
    assert texts.in_slides(content, slides) == []
    spoken = texts.squeezed("".join(texts.slide_texts(content)))
    assert (
        texts.in_pdf(published(built, edition, "slides.pdf"), f"{slides}|{spoken}|{texts.drawn(built.root, edition)}")
        == []
    )


def test_drawings_of_persons_say_what_their_data_say(built: Project, edition: str) -> None:
    found = on_persons(built, edition)
    assert len(found) >= 12
    assert {path.name: read(path, path.read_bytes()) for path in found if read(path, path.read_bytes())} == {}
    narrow = {path: (path.parent / "narrow" / path.name).read_bytes() for path in found}
    assert {path.name: read(path, content) for path, content in narrow.items() if read(path, content)} == {}


# Each reader finds a number that was not published.


def test_another_number_on_the_page_is_found(built: Project, edition: str, said: str) -> None:
    page = published(built, edition, "report.html").decode("utf-8")

    def leaks(before: str, after: str) -> list[str]:
        planted = re.sub(before, after, page, count=1)
        assert planted != page
        return texts.on_page(planted.encode(), said, facts(built), edition)

    assert leaks(r'(data-fact="collaboration.pes_managers"[^>]*>)[^<]*', r"\1 61.3") != []
    assert leaks(r'(<td class="number">)0[.,]\d+', r"\g<1>0.4375") != []
    assert leaks(r"(<p>)(?=\w)", r"\1 17 of 254 did not know. ") != []
    assert leaks(r'(alt=")(?=\w)', r"\1 17 of 254 did not know. ") != []


def test_another_number_in_word_is_found(built: Project, edition: str, shown: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(published(built, edition, "report.docx")))
    planted = io.BytesIO()
    with zipfile.ZipFile(planted, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"(<w:t[^>]*>[^<]*\D)\d\d(\D)", rb"\g<1>3.7\2", content, count=1)
            target.writestr(name, content)
    assert texts.in_word(planted.getvalue(), shown) != []


def test_another_number_in_slides_and_notes_is_found(built: Project, edition: str, slides: str) -> None:
    for place in ("slide", "notes"):
        file = Presentation(io.BytesIO(published(built, edition, "slides.pptx")))
        slide = next(found for found in file.slides if found.has_notes_slide)
        frame = slide.notes_slide.notes_text_frame if place == "notes" else slide.shapes[0].text_frame
        assert frame is not None
        frame.add_paragraph().text = "17 of 254 did not know"
        planted = io.BytesIO()
        file.save(planted)
        assert texts.in_slides(planted.getvalue(), slides) == ["17 of 254 did not know"]


@pytest.mark.parametrize("line", ["17 of 254 did not know.", "4.1%"])
def test_another_number_in_a_pdf_is_found(line: str, edition: str, shown: str) -> None:
    source = f"#set page(height: auto)\nSomething else first.\n\n{line}\n\nSomething else last.\n"
    assert texts.in_pdf(typst.compile(source.encode()), shown) == [line]


def test_another_number_in_a_drawing_is_found(built: Project, edition: str) -> None:
    drawing = built.path(f"figures/{edition}/managers/pes_discretion.svg")
    text = drawing.read_text("utf-8")
    label = next(one for one in drawings.texts(text.encode()) if re.fullmatch(r"\d[1-9]\s?%", one))
    planted = text.replace(f">{label}<", f">{label.replace(label[:2], '38.5')}<", 1)
    assert len(read(drawing, planted.encode())) == 1
