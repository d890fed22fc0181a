"""Slides: what a presentation and its PDF must hold."""

import json
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from report_engine import render
from report_engine.render import checks, slides
from report_engine.render.office import presentation, slides_reference
from tests.report_engine.render.conftest import REPOSITORY, make_project, png, write, write_results

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

INDEX = "---\ntitle: Kommunal politik\nsubtitle: En fråga?\n---\n\n{{< include background.qmd >}}\n"
TITLE = """## Av påståendena håller {{< fact report.holds >}} {#slide-title-claims}

- **✓ håller**: data bär påståendet

::: {.source}
Källa: rapporten.
:::
"""
COST = """## Kostnaden ökade med {{< fact background.growth >}} & mer {#slide-background-cost}

![](/figures/sv/background/cost.svg)

Att "den" ökade: {{< fact background.up.verdict >}}

::: {.notes}
Säg det *långsamt*.
:::
"""
PEOPLE = """
## Deltagarna {#slide-background-people}

![](/figures/sv/background/people.svg)

Officiellt räknat: {{< fact background.official >}}.

- Ett.
- Två.
"""
FILES = {
    "index.qmd": INDEX,
    "background.qmd": "# Bakgrund & mål {#sec-background}\n\nText.\n",
    "slides/title.md": TITLE,
    "slides/background.md": COST + PEOPLE,
}


def fact(text: str, origin: str = "official", value: object = None) -> dict[str, object]:
    return {"text": {"sv": text, "en": f"en {text}"}, "origin": origin, "value": value}


FACTS = {
    "report.holds": fact("två"),
    "report.data_state": fact("Delvis <syntetiska> data."),
    "background.growth": fact("34\u00a0procent", "mixed"),
    "background.official": fact("94\u202f900"),
    "background.up.verdict": fact("håller inte", "mixed", "fails"),
    "background.up.statement": fact("Kostnaden ökade", "mixed"),
    "background.up.reason": fact("Den ökade i 1 < 2 kommuner.", "mixed"),
}
SIDECARS = {
    "cost": {
        "alt": 'Linje för "kostnad".',
        "source_line": "Källa: SCB. n\u00a0=\u00a011.",
        "origin": "mixed",
        "note_share": 0.1,
    },
    "people": {"alt": "Staplar.", "source_line": "Källa: SCB.", "origin": "official", "note_share": 0.05},
}
SIZES = {"cost": (2400, 1000), "people": (1400, 900)}


def sized_png(width: int, height: int) -> bytes:
    """A PNG whose head says that it is this large, which is all that is read of it."""
    whole = png()
    return whole[:16] + struct.pack(">II", width, height) + whole[24:]


def make(root: Path, files: Mapping[str, str] | None = None) -> Path:
    make_project(root, FILES | dict(files or {}))
    write_results(root, "facts.json", FACTS)
    for name, sidecar in SIDECARS.items():
        width, height = SIZES[name]
        stem = f"figures/sv/background/{name}"
        write(root, f"{stem}.json", json.dumps(sidecar))
        write(root, f"{stem}.png", sized_png(width, height))
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><rect width="9" height="9"/></svg>'
        )
        write(root, f"{stem}.svg", svg)
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("slides") / "project")
    render.render(root, "sv", ["slides"], "embedded")
    return root


def staged(root: Path, name: str) -> Path:
    return render.staging(root, "sv") / name


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, content: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def slide(root: Path, number: int) -> ElementTree.Element:
    return ElementTree.fromstring(parts(staged(root, "slides.pptx"))[f"ppt/slides/slide{number}.xml"])


def shapes(tree: ElementTree.Element) -> dict[str, str]:
    """The text of a slide's shapes by their names."""
    return {
        shape.find(f"{P}nvSpPr/{P}cNvPr").get("name"): "".join(t.text or "" for t in shape.iter(f"{A}t"))
        for shape in tree.iter(f"{P}sp")
    }


def notes(root: Path, number: int) -> list[str]:
    content = parts(staged(root, "slides.pptx"))
    relations = content[f"ppt/slides/_rels/slide{number}.xml.rels"].decode()
    tree = ElementTree.fromstring(content["ppt/" + re.search(r"notesSlides/\w+\.xml", relations)[0]])
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in tree.iter(f"{A}p"))
    return [text for text in paragraphs if text and not text.isdigit()]


def layout(root: Path, number: int) -> str:
    content = parts(staged(root, "slides.pptx"))
    relations = content[f"ppt/slides/_rels/slide{number}.xml.rels"].decode()
    name = re.search(r"slideLayouts/\w+\.xml", relations)[0]
    return re.search(r'cSld name="(.*?)"', content[f"ppt/{name}"].decode())[1]


def test_both_files_pass_the_checks(made: Path) -> None:
    files = [staged(made, name) for name in render.names(["slides"])]
    assert [path.name for path in files] == ["slides.pptx", "slides.pdf"]
    assert checks.check(made, "sv", files) == []


def test_a_slide_says_its_message_section_data_source_and_number(made: Path) -> None:
    got = shapes(slide(made, 3))
    assert got["Title"] == "Kostnaden ökade med 34\u00a0procent & mer"
    assert got["Section"] == "Bakgrund & mål"
    assert got["Data"] == "Delvis syntetiska data"
    assert got["Source"] == "Källa: SCB. n\u00a0=\u00a011."
    assert got["Number"] == "3 / 4"


def test_official_data_are_not_called_synthetic(made: Path) -> None:
    assert "Data" not in shapes(slide(made, 4))


def test_layouts_suit_text_wide_figures_and_others(made: Path) -> None:
    got = [layout(made, number) for number in range(1, 5)]
    assert got == ["Title Slide", "Title and Content", "Two Content", "Content with Caption"]


def test_a_verdict_is_mark_and_word_in_its_colour(made: Path) -> None:
    runs = {"".join(t.text or "" for t in run.iter(f"{A}t")): run for run in slide(made, 3).iter(f"{A}r")}
    run = runs["✗\u00a0håller inte"]
    assert run.find(f"{A}rPr").get("b") == "1"
    assert run.find(f".//{A}schemeClr").get("val") == "accent3"
    assert "Att ”den” ökade: ✗\u00a0håller inte" in shapes(slide(made, 3)).values()


def test_notes_hold_the_authors_words_what_decided_and_the_source(made: Path) -> None:
    assert notes(made, 3) == [
        "Säg det långsamt.",
        "Kostnaden ökade: ✗ håller inte. Den ökade i 1 < 2 kommuner.",
        "Källa: SCB. n\u00a0=\u00a011.",
    ]
    assert notes(made, 2) == ["Källa: rapporten."]


@pytest.mark.parametrize(("number", "name"), [(3, "cost"), (4, "people")])
def test_a_picture_is_described_and_fills_its_box_without_the_source_note(made: Path, number: int, name: str) -> None:
    picture = slide(made, number).find(f".//{P}pic")
    assert picture.find(f".//{P}cNvPr").get("descr") == SIDECARS[name]["alt"]
    note = SIDECARS[name]["note_share"]
    assert int(picture.find(f".//{A}srcRect").get("b")) == round(note * 100_000)
    offset, extent = picture.find(f".//{A}off"), picture.find(f".//{A}ext[@cx]")
    x, y, width, height = (int(v) / 914400 for v in (*offset.attrib.values(), *extent.attrib.values()))
    left, top, across, down = slides_reference.FIGURES[layout(made, number)]
    pixels = SIZES[name]
    assert width / height == pytest.approx(pixels[0] / (pixels[1] * (1 - note)), rel=1e-3)
    assert width == pytest.approx(across, abs=0.01) or height == pytest.approx(down, abs=0.01)
    assert (
        x >= left - 0.01 and y >= top - 0.01 and x + width <= left + across + 0.01 and y + height <= top + down + 0.01
    )


def test_every_text_has_the_language_and_every_shape_an_id_of_its_own(made: Path) -> None:
    content = parts(staged(made, "slides.pptx"))
    for number in range(1, 5):
        tree = slide(made, number)
        assert {run.get("lang") for run in tree.iter(f"{A}rPr")} == {"sv-SE"}
        ids = [about.get("id") for about in tree.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))
    assert b"<dc:language>sv-SE</dc:language>" in content["docProps/core.xml"]
    assert shapes(slide(made, 1))["Subtitle"].endswith("Delvis <syntetiska> data.")


def test_the_pdf_is_wide_and_describes_its_figures(made: Path) -> None:
    with pikepdf.open(staged(made, "slides.pdf")) as document:
        assert len(document.pages) == 4
        _, _, width, height = map(float, document.pages[0].mediabox)
        assert width / height == pytest.approx(16 / 9, rel=1e-3)
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles == ["Av påståendena håller två", "Kostnaden ökade med 34\u00a0procent & mer", "Deltagarna"]


def test_a_pdf_with_a_page_too_many_is_found(tmp_path: Path, made: Path) -> None:
    with pikepdf.open(staged(made, "slides.pdf")) as document:
        document.pages.append(document.pages[-1])
        document.save(tmp_path / "slides.pdf")
    shutil.copy2(staged(made, "slides.typ"), tmp_path)  # which says how many slides there are
    assert "5 pages, not 4" in [*map(str, slides.check(made, "sv", tmp_path / "slides.pdf"))]


def test_the_same_slides_are_the_same_bytes_and_name_no_machine(tmp_path: Path, made: Path) -> None:
    root = make(tmp_path / "elsewhere")
    slides.render(root, "sv", render.staging(root, "sv"))
    for name in render.names(["slides"]):
        again, first = staged(root, name).read_bytes(), staged(made, name).read_bytes()
        assert again == first
        assert str(root).encode() not in again
    assert all(str(root).encode() not in part for part in parts(staged(root, "slides.pptx")).values())


def test_the_checks_see_what_is_wrong_with_a_presentation(tmp_path: Path, made: Path) -> None:
    content = parts(staged(made, "slides.pptx"))
    name = "ppt/slides/slide3.xml"
    xml = content[name].decode()
    content[name] = (
        xml.replace(' descr="', ' data="', 1)
        .replace('type="title"', 'type="body"')
        .replace("Källa: SCB.", "{{&lt; fact x")
        .encode()
    )
    content["ppt/slides/slide4.xml"] = content["ppt/slides/slide4.xml"].replace(b"sv-SE", b"en-US")
    path = packed(tmp_path / "slides.pptx", content)
    assert [*map(str, presentation.check(path, "sv-SE", 5))] == [
        "4 slides, not 5",
        "slide 3: no title",
        "slide 3: a picture has no alt text",
        "slide 3: left over: {{<",
        "slide 4: text without the language sv-SE",
    ]
    path.write_bytes(b"no zip")
    assert [*map(str, presentation.check(path, "sv-SE", 5))] == ["the presentation does not open"]


@pytest.mark.parametrize("content", [{}, {"a.xml": "<a/>"}])
def test_an_archive_without_slides_is_no_presentation(tmp_path: Path, content: Mapping[str, str]) -> None:
    path = packed(tmp_path / "slides.pptx", content)
    assert [*map(str, presentation.check(path, "sv-SE", 5))] == ["the presentation does not open"]


def test_a_part_of_a_presentation_that_is_not_well_formed_is_named(tmp_path: Path, made: Path) -> None:
    content = parts(staged(made, "slides.pptx"))
    content["ppt/slides/slide3.xml"] = content["ppt/slides/slide3.xml"][:-20]
    path = packed(tmp_path / "slides.pptx", content)
    [got] = map(str, presentation.check(path, "sv-SE", 4))
    assert got.startswith("ppt/slides/slide3.xml is not well-formed")


def test_making_slides_loads_no_heavy_packages() -> None:
    code = "import sys; from report_engine.render import slides; print([m for m in ('pandas', 'matplotlib', 'numpy', 'pptx', 'docx') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
