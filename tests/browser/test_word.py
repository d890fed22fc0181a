"""The published Word file: that Word opens it without repair, and that it has real styles, captions and links."""

import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest

Published = Callable[..., Path]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU_PER_INCH = 914_400
SHARP = 200  # dots per inch
LONGEST_NAME = 40  # of a bookmark


class Word:
    """The parts of a Word file, parsed."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            self.files = {name: archive.read(name) for name in archive.namelist()}
            assert len(self.files) == len(archive.namelist())
        self.parts = {
            name: ElementTree.fromstring(content)  # which fails where a part is not well-formed
            for name, content in self.files.items()
            if name.endswith((".xml", ".rels"))
        }
        self.body = self.parts["word/document.xml"]
        self.styles = self.parts["word/styles.xml"]

    def relations(self, part: str) -> dict[str, ElementTree.Element]:
        path = PurePosixPath(part)
        tree = self.parts.get(str(path.parent / "_rels" / f"{path.name}.rels"))
        return {} if tree is None else {item.attrib["Id"]: item for item in tree}

    def paragraphs(self, style: str) -> list[str]:
        """Return the text of the paragraphs that have a style."""
        return [text(p) for p in self.body.iter(f"{W}p") if style_of(p) == style]


def style_of(paragraph: ElementTree.Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def text(element: ElementTree.Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


@pytest.fixture
def word(published: Published) -> Word:
    return Word(published("docx"))


def test_every_part_is_declared_and_every_relation_leads_to_one(word: Word) -> None:
    types = word.parts["[Content_Types].xml"]
    extensions = {item.get("Extension") for item in types}
    declared = {str(item.get("PartName")).removeprefix("/") for item in types}
    assert [n for n in word.files if n.rpartition(".")[2] not in extensions and n not in declared] == []
    for name in word.files:
        for relation in word.relations(name).values():
            target = relation.attrib["Target"]
            if relation.get("TargetMode") == "External":
                assert target.startswith(("https://", "http://")), target
            else:
                assert target.lstrip("/") in word.files or str(PurePosixPath(name).parent / target) in word.files, (
                    target
                )


def test_it_has_the_editions_language(word: Word, lang: str) -> None:
    defaults = word.styles.find(f"{W}docDefaults")
    assert defaults is not None
    assert [element.get(f"{W}val") for element in defaults.iter(f"{W}lang")] == [lang]
    languages = {element.get(f"{W}val") for part in word.parts.values() for element in part.iter(f"{W}lang")}
    assert {language for language in languages if language} <= {"sv-SE", "en-GB", "en-US"}
    title = word.parts["docProps/core.xml"].find("{http://purl.org/dc/elements/1.1/}title")
    assert title is not None and title.text == word.paragraphs("Title")[0]


def test_every_style_that_is_used_is_defined(word: Word) -> None:
    defined = {style.get(f"{W}styleId") for style in word.styles.iter(f"{W}style")}
    used = {
        element.get(f"{W}val")
        for part in word.parts.values()
        for kind in ("pStyle", "rStyle", "tblStyle")
        for element in part.iter(f"{W}{kind}")
    }
    assert used - defined == set()


def test_headings_captions_and_title_have_styles(word: Word, published: Published) -> None:
    html = published("html").read_text("utf-8")
    for level in (1, 2):
        expected = len(re.findall(rf"<h{level + 1}\b[^>]*\bid=\"(?!toc-title)", html))
        assert len(word.paragraphs(f"Heading{level}")) == expected
    assert len(word.paragraphs("Title")) == 1
    captions = word.paragraphs("ImageCaption"), word.paragraphs("TableCaption")
    assert len(captions[0]) == len(re.findall(r'id="fig-[^"]*-caption"', html))
    assert len(captions[1]) == len(re.findall(r'id="tbl-[^"]*-caption"', html))
    for found in captions:
        numbers = [int(m[1]) for caption in found if (m := re.match(r"\w+\s(\d+):", caption))]
        assert numbers == list(range(1, len(found) + 1))


def test_every_picture_is_described_and_sharp(word: Word) -> None:
    relations = word.relations("word/document.xml")
    drawings = list(word.body.iter(f"{W}drawing"))
    assert drawings
    for drawing in drawings:
        properties, extent, picture = (next(drawing.iter(tag)) for tag in (f"{WP}docPr", f"{WP}extent", f"{A}blip"))
        assert len(properties.get("descr", "")) >= 40
        image = word.files["word/" + relations[picture.attrib[f"{R}embed"]].attrib["Target"]]
        pixels = struct.unpack(">I", image[16:20])[0]  # a PNG's width
        assert pixels / (int(extent.attrib["cx"]) / EMU_PER_INCH) >= SHARP - 1
    ids = Counter(properties.get("id") for properties in word.body.iter(f"{WP}docPr"))
    assert [number for number, times in ids.items() if times > 1] == []


def test_every_table_with_a_caption_has_a_header_row(word: Word) -> None:
    tables = [table for table in word.body.iter(f"{W}tbl") if table.find(f".//{W}pStyle[@{W}val='KeyFigure']") is None]
    assert len(tables) == len(word.paragraphs("TableCaption"))
    assert all(table.find(f".//{W}tblHeader") is not None for table in tables)


def test_every_link_leads_somewhere(word: Word) -> None:
    names = Counter(mark.attrib[f"{W}name"] for mark in word.body.iter(f"{W}bookmarkStart"))
    assert [name for name, times in names.items() if times > 1 or len(name) > LONGEST_NAME] == []
    ids = Counter(mark.attrib[f"{W}id"] for mark in word.body.iter(f"{W}bookmarkStart"))
    assert ids == Counter(mark.attrib[f"{W}id"] for mark in word.body.iter(f"{W}bookmarkEnd"))
    assert set(ids.values()) == {1}
    anchors = {link.get(f"{W}anchor") for link in word.body.iter(f"{W}hyperlink") if not link.get(f"{R}id")}
    assert anchors and anchors - names.keys() == set()
    relations = word.relations("word/document.xml")
    links = [link.get(f"{R}id") for link in word.body.iter(f"{W}hyperlink")]
    assert [link for link in links if link and link not in relations] == []


def test_every_note_has_its_text(word: Word) -> None:
    notes = {note.get(f"{W}id"): text(note) for note in word.parts["word/footnotes.xml"].iter(f"{W}footnote")}
    references = [reference.get(f"{W}id") for reference in word.body.iter(f"{W}footnoteReference")]
    assert [number for number in references if not notes.get(number, "").strip()] == []


def test_nothing_is_left_over_in_the_text(word: Word) -> None:
    said = text(word.body)
    assert len(said) > 20_000
    assert re.findall(r"\?(?:var|meta|env|fact)\b|\?@|\{\{<|\[@|@(?:fig|tbl|sec)-", said) == []
