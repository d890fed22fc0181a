"""The inside of an .xlsx or .ods file: unpacked within limits, and what the workbook reader does not say about its cells."""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import unescape

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.archive import refuse_crowded
from report_engine.words.messages import Message

LARGEST_UNPACKED = 500_000_000  # bytes
LARGEST_RATIO = 200  # unpacked to packed; Excel's own sheets stay well below 100
MOST_PARTS = 2_000
MOST_CELLS = 10_000_000  # of the rectangle that a sheet spans: the workbook reader holds all of it

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)
# no pattern below may run past the next "<": on a hostile part it would take forever
_ATTRIBUTES = rb"""((?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))+)\s*/?>"""
_SHEET = re.compile(rb"<(?:\w+:)?sheet" + _ATTRIBUTES)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship" + _ATTRIBUTES)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)""")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_EMPTY = re.compile(rb"""<(?:\w+:)?(?:c|row)(?:\s+[\w:]+="[^"<>]*")*\s*/>""")
_COUNT = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)</")


def unpack(
    data: bytes, file: str, needed: str = "xl/workbook.xml", kinds: tuple[str, ...] = (".xml", ".rels")
) -> dict[str, bytes]:
    """Return the parts of a workbook with such endings by name, most of them XML.

    Raises ``Unreadable`` where the needed one is missing or beyond the limits.
    """
    refuse_crowded(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_foreign({member.filename for member in members}, file, needed)
            if len(members) > MOST_PARTS:
                raise refused(file, Message("files.workbook_parts", {"n": len(members), "limit": MOST_PARTS}))
            parts = {}
            left = LARGEST_UNPACKED
            for member in members:
                if member.filename.endswith(kinds):
                    with archive.open(member) as part:  # the size that the archive states may be a lie
                        content = part.read(left + 1)
                    left -= len(content)
                    if left < 0:
                        raise refused(
                            file, Message("files.workbook_unpacked", {"limit": LARGEST_UNPACKED // 1_000_000})
                        )
                    parts[member.filename] = _honest(content)
    except _BROKEN as error:
        problem = Message("files.workbook_password") if "encrypted" in str(error) else Message("files.workbook_damaged")
        raise refused(file, problem) from None
    unpacked = LARGEST_UNPACKED - left
    if unpacked > 10_000_000 and unpacked > LARGEST_RATIO * len(data):
        raise refused(file, Message("files.workbook_ratio", {"times": unpacked // len(data)}))
    return parts


def _honest(part: bytes) -> bytes:
    """Leave out counts that state more than the part can hold: the workbook reader makes room for them at once."""

    def kept(found: re.Match[bytes]) -> bytes:
        stated = found[1] or found[2] or b""
        return found[0] if stated.isdigit() and len(stated) < 10 and int(stated) <= len(part) else b" "

    return _COUNT.sub(kept, part) if b"ount" in part else part


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Put unpacked parts into a plain archive, so that what is read next is exactly what was checked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name of the part that holds each sheet, by the sheet's name."""
    targets = relations(parts)
    sheets = {}
    for tag in _SHEET.findall(parts.get("xl/workbook.xml", b"")):
        given = attributes(tag)
        _, part = targets.get(given.get("id", ""), ("", ""))
        if part in parts:
            sheets[given.get("name", "")] = part
    return sheets


def relations(parts: Mapping[str, bytes], part: str = "xl/_rels/workbook.xml.rels") -> dict[str, tuple[str, str]]:
    """Return the kind (``worksheet``, ``styles``) and the name of each part that the workbook leads to, by its id."""
    found = {}
    for tag in _RELATION.findall(parts.get(part, b"")):
        given = attributes(tag)
        target = given.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], place)
    return found


def refuse_vast(parts: Mapping[str, bytes], file: str) -> None:
    """Raise ``Unreadable`` if any part's cells span a rectangle that would not fit into memory."""
    for part in parts.values():
        if _area(*_extent(part)) <= MOST_CELLS:
            continue
        rows, columns = _extent(_EMPTY.sub(b"", part))  # cells that are formatted but empty do no harm
        if _area(rows, columns) > MOST_CELLS:
            problem = Message("files.sheet_span", {"rows": rows, "columns": columns})
            raise refused(file, problem, Message("files.delete_stray_cells"))


def faults(part: bytes) -> dict[tuple[int, int], str]:
    """Return the error values (``#N/A``) of a sheet by row (from 1) and column (from 0); ``""`` for a formula whose
    value was never stored. The workbook reader shows both as empty cells."""
    if b'"e"' not in part and b"<f" not in part and b":f" not in part:
        return {}
    found = {}
    for cell in _CELL_TAG.split(part)[1:]:
        tag, _, body = cell.partition(b">")
        is_error = b'"e"' in tag
        if not is_error and not _FORMULA.search(body):
            continue
        given = attributes(tag)
        value = _VALUE.search(body)
        if not is_error and (value is not None or given.get("t") == "str"):
            continue  # a formula may well give an empty text
        place = re.fullmatch("([A-Z]{1,3})([0-9]{1,7})", given.get("r", ""))
        if place:
            text = unescape(value[1].decode("utf-8", "replace")) if value else "#N/A" if is_error else ""
            found[int(place[2]), column_number(place[1]) - 1] = text
    return found


_SAVE_AGAIN = Message("files.save_again_xlsx")


def refused(file: str, problem: Message, advice: Message = _SAVE_AGAIN) -> Unreadable:
    """Return the error for a workbook that can't be read."""
    return Unreadable(Finding(file, "file", problem, advice=advice))


def _refuse_foreign(names: set[str], file: str, needed: str) -> None:
    if needed in names:
        return
    for part, problem in (
        ("word/document.xml", Message("files.word")),
        ("mimetype", Message("files.opendocument")),
    ):
        if part in names:
            raise refused(file, problem, Message("files.save_table"))
    raise refused(file, Message("files.zip_without_workbook"), Message("files.unpack_and_use"))


def attributes(tag: bytes) -> dict[str, str]:
    """Return what an element's tag says, by name without prefix."""
    pairs = re.findall(rb"""\s(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return {name.decode(): unescape((first or second).decode("utf-8", "replace")) for name, first, second in pairs}


def _extent(part: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells of a part may span, cells that don't say where they are included."""
    places = _PLACE.findall(part)
    rows = max((int(row[:8]) for row in {row for _, row in places}), default=0)
    columns = max((column_number(letters.decode()) for letters in {letters for letters, _ in places}), default=0)
    if len(_CELL_TAG.findall(part)) > sum(1 for letters, _ in places if letters):
        strips = _ROW_TAG.split(part)
        rows += len(strips)
        columns += max(len(_CELL_TAG.findall(strip)) for strip in strips)
    return rows, columns


def _area(rows: int, columns: int) -> int:
    return rows * max(columns, 1) if columns else 0


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + ord(letter) - 64
    return number
