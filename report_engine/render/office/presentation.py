"""Finishes the presentation that Pandoc writes, and reads one back: every slide has a title, every picture a description."""

import json
from collections.abc import Iterator
from pathlib import Path

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.util import Emu, Inches

from report_engine.render.office import package
from report_engine.render.office.slides_reference import FIGURES, Box
from report_engine.words.messages import Message

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def finish(root: Path, path: Path, lang: str) -> None:
    """Describe, crop and place the pictures, and set the language of every text to ``lang``; the same bytes every time.

    Pandoc gives a picture's path below ``root`` as its description; the figure's sidecar, beside it, has the alt text.
    """
    presentation = pptx.Presentation(str(path))
    for slide in presentation.slides:
        for page in (slide, slide.notes_slide) if slide.has_notes_slide else (slide,):
            for properties in page.element.iter(qn("a:rPr"), qn("a:endParaRPr")):
                properties.set("lang", lang)
        _finish_pictures(root, slide)
    presentation.core_properties.language = lang
    path.write_bytes(package.saved(presentation.save))


def _finish_pictures(root: Path, slide: Slide) -> None:
    box = FIGURES.get(slide.slide_layout.name)
    for number, picture in enumerate(_pictures(slide), 1):
        about = _about(picture)
        if not about.get("descr", "").startswith("figures/"):
            continue
        path = root / about.get("descr", "")
        sidecar = json.loads(path.with_suffix(".json").read_text("utf-8"))
        name = sidecar.get("title") or path.stem
        about.attrib.update({"id": str(110 + number), "descr": sidecar["alt"], "name": name})
        if box:
            _fit(picture, float(sidecar.get("note_share", 0)), box)


def _pictures(slide: Slide) -> list[Picture]:
    return [shape for shape in slide.shapes if isinstance(shape, Picture)]


def _about(picture: Picture) -> BaseOxmlElement:
    """Return the element that says a picture's description, which python-pptx has no property for."""
    found: BaseOxmlElement = picture.element.xpath("p:nvPicPr/p:cNvPr")[0]
    return found


def _fit(picture: Picture, note: float, box: Box) -> None:
    """Cut the source note off the foot, and make the rest as large as its box holds, at the top."""
    left, top, across, down = map(Inches, box)
    width, height = picture.width, picture.height * (1 - note)
    scale = min(across / width, down / height)
    picture.crop_bottom = note
    picture.left, picture.top = Emu(round(left + (across - scale * width) / 2)), top
    picture.width, picture.height = Emu(round(scale * width)), Emu(round(scale * height))


def check(path: Path, lang: str, expected: int) -> Iterator[Message]:
    """Yield a message for everything that a presentation of ``expected`` slides in ``lang`` must have and this one has not."""
    if faults := [*package.faults(path, "made.presentation_broken")]:
        yield from faults
        return
    try:
        slides = [*pptx.Presentation(str(path)).slides]
    except (KeyError, ValueError):  # the parts of no presentation, or of another kind of file
        yield Message("made.presentation_broken")
        return
    if len(slides) != expected:
        yield Message("made.slides", {"n": len(slides), "expected": expected})
    for number, slide in enumerate(slides, 1):
        problems = [*_check_slide(slide, lang)]
        if number > 1 and not slide.has_notes_slide:
            problems.append(Message("made.no_notes"))
        yield from (Message("made.slide", {"n": number, "problem": problem}) for problem in problems)


def _check_slide(slide: Slide, lang: str) -> Iterator[Message]:
    titles = [shape for shape in slide.placeholders if shape.placeholder_format.type in _TITLES]
    if len(titles) != 1 or not titles[0].text_frame.text.strip():
        yield Message("made.no_title")
    for picture in _pictures(slide):
        described = _about(picture).get("descr", "").strip()
        if not described or described.startswith("figures/"):
            yield Message("made.slide_without_alt")
    languages = {properties.get("lang") for properties in slide.element.iter(qn("a:rPr"))}
    if languages - {lang}:
        yield Message("made.no_language", {"language": lang})
    words = "".join(slide.element.itertext(qn("a:t"), with_tail=False))
    yield from (Message("made.left_over", {"words": found[0]}) for found in package.LEFT_OVER.finditer(words))
