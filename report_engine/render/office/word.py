"""Reads a rendered Word file back: it opens, says its language and describes its pictures."""

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn

from report_engine.render.office import package
from report_engine.words.messages import Message


def check_word(path: Path, lang: str) -> Iterator[Message]:
    """Yield a message for everything that a readable Word file in ``lang`` must have and this one has not."""
    if faults := [*package.faults(path, "made.word_broken")]:
        yield from faults
        return
    try:
        document = docx.Document(str(path))
    except (KeyError, ValueError):  # the parts of no document, or of another kind of file
        yield Message("made.word_empty")
        return
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    if languages != {lang}:
        yield Message(
            "made.language",
            {"found": ", ".join(sorted(map(str, languages))) or Message("made.not_set"), "wanted": lang},
        )
    body = document.element.body
    undescribed = sum(not element.get("descr", "").strip() for element in body.iter(qn("wp:docPr")))
    if undescribed:
        yield Message("made.pictures_without_alt", {"n": undescribed})
    for paragraph in body.iter(qn("w:p")):
        text = "".join(paragraph.itertext(qn("w:t"), with_tail=False))
        yield from (Message("made.left_over", {"words": found[0]}) for found in package.LEFT_OVER.finditer(text))
