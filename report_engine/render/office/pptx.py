"""Finishes the presentation that Pandoc writes, and reads one back: every slide has a title, every picture a description."""

import json
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from report_engine.render.office import package
from report_engine.render.office.reference import write_zip
from report_engine.render.office.slides_reference import FIGURES, Box, emu
from report_engine.words.messages import Message

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
for _prefix, _uri in (("a", _A), ("p", _P), ("r", _R)):
    ElementTree.register_namespace(_prefix, _uri)

_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_NOTES = re.compile(r"ppt/notesSlides/notesSlide\d+\.xml")
_LAYOUT = re.compile(r"slideLayouts/(slideLayout\d+\.xml)")
_TITLES = ("title", "ctrTitle")
# Pandoc copies what the reference presentation says about itself: its number of slides and their titles.
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def finish(root: Path, path: Path, lang: str) -> None:
    """Describe, crop and place the pictures, and set the language of every text to ``lang``; the same bytes every time.

    Pandoc gives a picture's path below ``root`` as its description; the figure's sidecar, beside it, has the alt text.
    """
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if _SLIDE.fullmatch(name) or _NOTES.fullmatch(name):
            tree = ElementTree.fromstring(parts[name])
            _set_language(tree, lang)
            if _SLIDE.fullmatch(name):
                _finish_pictures(root, tree, FIGURES.get(_layout_name(parts, name)))
            parts[name] = ElementTree.tostring(tree, encoding="UTF-8", xml_declaration=True)
    parts["docProps/app.xml"] = _APP
    core = _text(parts["docProps/core.xml"])
    parts["docProps/core.xml"] = core.replace("</dc:title>", f"</dc:title><dc:language>{lang}</dc:language>")
    path.write_bytes(write_zip(parts))


def _text(part: str | bytes) -> str:
    return part if isinstance(part, str) else part.decode("utf-8")


def _layout_name(parts: dict[str, str | bytes], slide: str) -> str:
    relations = _text(parts[slide.replace("slides/", "slides/_rels/") + ".rels"])
    layout = _LAYOUT.search(relations)
    found = re.search(r'<p:cSld name="([^"]*)"', _text(parts[f"ppt/slideLayouts/{layout[1]}"])) if layout else None
    return found[1] if found else ""


def _set_language(tree: Element, lang: str) -> None:
    for kind in ("rPr", "endParaRPr"):
        for element in tree.iter(f"{{{_A}}}{kind}"):
            element.set("lang", lang)


def _finish_pictures(root: Path, slide: Element, box: Box | None) -> None:
    for number, picture in enumerate(slide.iter(f"{{{_P}}}pic"), 1):
        about = picture.find(f"{{{_P}}}nvPicPr/{{{_P}}}cNvPr")
        if about is None or not about.get("descr", "").startswith("figures/"):
            continue
        path = root / about.get("descr", "")
        sidecar = json.loads(path.with_suffix(".json").read_text("utf-8"))
        name = sidecar.get("title") or path.stem
        about.attrib.update({"id": str(110 + number), "descr": sidecar["alt"], "name": name})
        if box:
            _fit(picture, _pixels(path), float(sidecar.get("note_share", 0)), box)


def _pixels(png: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def _fit(picture: Element, pixels: tuple[int, int], note: float, box: Box) -> None:
    """Cut the source note off the foot, and make the rest as large as its box holds, at the top."""
    width, height = pixels[0], pixels[1] * (1 - note)
    left, top, across, down = box
    scale = min(across / width, down / height)
    blip = picture.find(f"{{{_P}}}blipFill/{{{_A}}}blip")
    fill = picture.find(f"{{{_P}}}blipFill")
    if note and fill is not None and blip is not None:
        crop = Element(f"{{{_A}}}srcRect", {"b": str(round(note * 100_000))})
        fill.insert(list(fill).index(blip) + 1, crop)
    offset, extent = picture.find(f".//{{{_A}}}off"), picture.find(f".//{{{_A}}}ext[@cx]")
    if offset is not None and extent is not None:
        offset.attrib.update({"x": str(emu(left + (across - scale * width) / 2)), "y": str(emu(top))})
        extent.attrib.update({"cx": str(emu(scale * width)), "cy": str(emu(scale * height))})


def check(path: Path, lang: str, expected: int) -> Iterator[Message]:
    """Yield a message for everything that a presentation of ``expected`` slides in ``lang`` must have and this one has not."""
    try:
        parts = package.parts(path, "made.presentation_broken")
    except package.Damaged as error:
        yield error.message
        return
    trees, malformed = package.parsed(parts)
    yield from malformed
    slides = sorted((name for name in trees if _SLIDE.fullmatch(name)), key=lambda name: (len(name), name))
    if len(slides) != expected:
        yield Message("made.slides", {"n": len(slides), "expected": expected})
    for number, name in enumerate(slides, 1):
        yield from (
            Message("made.slide", {"n": number, "problem": message}) for message in _check_slide(trees[name], lang)
        )
        if number > 1 and b"notesSlide" not in parts[name.replace("slides/", "slides/_rels/") + ".rels"]:
            yield Message("made.slide", {"n": number, "problem": Message("made.no_notes")})


def _check_slide(slide: Element, lang: str) -> Iterator[Message]:
    titles = [shape for shape in slide.iter(f"{{{_P}}}sp") if _holder(shape) in _TITLES]
    if len(titles) != 1 or not _words(titles[0]).strip():
        yield Message("made.no_title")
    for about in slide.iterfind(f".//{{{_P}}}pic/{{{_P}}}nvPicPr/{{{_P}}}cNvPr"):
        described = about.get("descr", "").strip()
        if not described or described.startswith("figures/"):
            yield Message("made.slide_without_alt")
    languages = {element.get("lang") for element in slide.iter(f"{{{_A}}}rPr")}
    if languages - {lang}:
        yield Message("made.no_language", {"language": lang})
    yield from (Message("made.left_over", {"words": found[0]}) for found in package.LEFT_OVER.finditer(_words(slide)))


def _holder(shape: Element) -> str:
    found = shape.find(f"{{{_P}}}nvSpPr/{{{_P}}}nvPr/{{{_P}}}ph")
    return found.get("type", "") if found is not None else ""


def _words(element: Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{{{_A}}}t"))
