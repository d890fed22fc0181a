"""Reads a rendered PDF back: it opens, is tagged, says its language and title, and describes its figures."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.words.messages import Message

if TYPE_CHECKING:
    import pikepdf

_UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def check_pdf(path: Path, lang: str, title: str) -> Iterator[Message]:
    """Yield a message for everything that an accessible PDF in ``lang`` with this title must have and this one has not."""
    import pikepdf

    try:
        document = pikepdf.open(path)
    except pikepdf.PdfError as error:
        yield Message("made.pdf_broken", {"reason": str(error)})
        return
    with document:
        root = document.Root
        if not len(document.pages):
            yield Message("made.pdf_pages")
        said = str(root.get("/Lang", ""))
        if said.casefold() != lang.casefold():
            yield Message("made.language", {"found": repr(said), "wanted": repr(lang)})
        with document.open_metadata(update_docinfo=False) as meta:
            found = str(meta.get("dc:title", "") or "")
            standard = str(meta.get(_UA, "") or "")
        if not found.strip():
            yield Message("made.pdf_title")
        elif title and found != title:
            yield Message("made.title", {"found": repr(found), "wanted": repr(title)})
        if not _says(root, "/ViewerPreferences", "/DisplayDocTitle"):
            yield Message("made.pdf_title_hidden")
        if standard != "1":
            yield Message("made.pdf_ua")
        if not _says(root, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in root:
            yield Message("made.pdf_untagged")
        else:
            yield from _figures(root["/StructTreeRoot"])


def count_pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    import pikepdf

    with pikepdf.open(path) as document:
        return len(document.pages)


def _says(root: "pikepdf.Object", dictionary: str, key: str) -> bool:
    return dictionary in root and bool(root[dictionary].get(key, False))


def _figures(tree: object) -> Iterator[Message]:
    """Walk the structure tree without recursion (it is deep) and report pictures without alt text."""
    import pikepdf

    undescribed = 0
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if node.get("/S") == "/Figure" and not str(node.get("/Alt", "")).strip():
                undescribed += 1
            if "/K" in node:
                waiting.append(node["/K"])
    if undescribed:
        yield Message("made.pictures_without_alt", {"n": undescribed})
