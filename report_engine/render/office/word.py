"""Reads a rendered Word file back: it opens, is well-formed, says its language and describes its pictures."""

from collections.abc import Iterator
from pathlib import Path

from report_engine.render.office import package
from report_engine.words.messages import Message

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def check_word(path: Path, lang: str) -> Iterator[Message]:
    """Yield a message for everything that a readable Word file in ``lang`` must have and this one has not."""
    try:
        trees, malformed = package.parsed(package.parts(path, "made.word_broken"))
    except package.Damaged as error:
        yield error.message
        return
    yield from malformed
    if "word/document.xml" not in trees or "word/styles.xml" not in trees:
        yield Message("made.word_empty")
        return
    languages = {element.get(f"{_W}val") for element in trees["word/styles.xml"].iter(f"{_W}lang")}
    if languages != {lang}:
        yield Message(
            "made.language",
            {"found": ", ".join(sorted(map(str, languages))) or Message("made.not_set"), "wanted": lang},
        )
    body = trees["word/document.xml"]
    undescribed = sum(not (element.get("descr") or "").strip() for element in body.iter(f"{_WP}docPr"))
    if undescribed:
        yield Message("made.pictures_without_alt", {"n": undescribed})
    for paragraph in body.iter(f"{_W}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
        yield from (Message("made.left_over", {"words": found[0]}) for found in package.LEFT_OVER.finditer(text))
