"""OpenDocument spreadsheets (.ods), read by python-calamine once their repeated cells were counted."""

import re
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from report_engine.readers.tables import formats
from report_engine.readers.tables.package import MOST_CELLS, pack, refused, unpack
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.workbook import calamine_sheets, cells_of, fill_down
from report_engine.words.messages import Message

FORM = "ods"

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_PARTS = ("content.xml", "styles.xml", "META-INF/manifest.xml")
# no pattern may run past the next "<": on a hostile part it would take forever
_TAG = re.compile(
    rb"""<(/?)(?:\w+:)?(table|table-row|table-cell|covered-table-cell)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>"""
)
_ATTRIBUTE = re.compile(rb"""\s(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_TEXT = re.compile(rb">([^<>]+)<")

Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class _Table:
    """What a table's own tags say: how far its filled cells reach, error values, merged cells, hidden rows, and cells shown
    as percentages or years."""

    name: str
    rows: int = 0
    width: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    shown: list[formats.Area] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


def matches(data: bytes, name: str) -> bool:
    """Say whether this is an OpenDocument spreadsheet: its kind stands unpacked at the start."""
    return data.startswith(b"PK\x03\x04") and _KIND in data[:200]


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet, its header still among the records; ``Unreadable`` for a damaged file or beyond the limits."""
    parts = unpack(data, file, "content.xml")
    advice = Message("files.save_it")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refused(file, Message("files.spreadsheet_password"), advice)
    if b"<!DOCTYPE" in parts["content.xml"]:
        raise refused(file, Message("files.document_type"), advice)
    for name in _PARTS:
        if not _well_formed(
            parts.get(name, b"<none/>")
        ):  # the workbook reader may never come to the end of such a part
            raise refused(file, Message("files.workbook_damaged"), advice)
    tables = {table.name: table for table in _tables(parts["content.xml"], file)}
    harmless = pack({"mimetype": _KIND} | {name: parts[name] for name in _PARTS if name in parts})
    found = []
    for sheet, hidden in calamine_sheets(harmless, file):
        table = tables.get(sheet.name, _Table(sheet.name))
        records = cells_of(sheet, table.errors)
        for area in table.shown:
            formats.mark(records, area)
        rows = frozenset(row for start, end in table.hidden for row in range(start, min(end, len(records)) + 1))
        fill_down(records, table.merged)
        sideways = tuple((top + 1, left, right) for (top, left), (_, right) in table.merged if right > left)
        found.append(Sheet(file, FORM, [], records, sheet.name, merged=sideways, hidden=hidden, hidden_rows=rows))
    return found


def _well_formed(part: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):  # the others: of encodings
        return False
    return True


def _tables(content: bytes, file: str) -> list[_Table]:
    """Go through the tags of all tables; ``Unreadable`` where cells said to repeat would fill the memory."""
    tables: list[_Table] = []
    row = column = 0
    repeated = 1
    for tag in _TAG.finditer(content):
        closing, kind, attributes, empty = tag.groups()
        if closing or (kind != b"table" and not tables):
            continue
        given = _attributes(attributes)
        if kind == b"table":
            tables.append(_Table(unescape(given.get("name", b"").decode("utf-8", "replace"))))
            row = column = 0
            repeated = 0
            continue
        table = tables[-1]
        if kind == b"table-row":
            row += repeated  # of the row before
            repeated = _count(given.get("number-rows-repeated"))
            column = 0
            if given.get("visibility") in (b"filter", b"collapse"):
                table.hidden.append((row + 1, row + repeated))
            continue
        times = _count(given.get("number-columns-repeated"))
        if not empty or b"value" in attributes:
            table.rows, table.width = max(table.rows, row + repeated), max(table.width, column + times)
            behind = b"" if empty else content[tag.end() : tag.end() + 300].partition(b"table-cell")[0]
            _note(table, given, row, column, behind)
            if how := _shown(given.get("value-type"), behind):
                table.shown.append((row + 1, column, repeated, times, how))
        if table.rows * table.width > MOST_CELLS:
            problem = Message("files.sheet_span", {"rows": table.rows, "columns": table.width})
            raise refused(file, problem, Message("files.delete_stray_cells"))
        column += times
    return tables


def _note(table: _Table, given: dict[str, bytes], row: int, column: int, behind: bytes) -> None:
    down, right = _count(given.get("number-rows-spanned")), _count(given.get("number-columns-spanned"))
    if down > 1 or right > 1:
        table.merged.append(((row, column), (row + down - 1, column + right - 1)))
    if given.get("value-type") == b"error":  # the last of two: LibreOffice's own says more than the standard's
        shown = _TEXT.search(b">" + behind)
        table.errors[row + 1, column] = unescape(shown[1].decode("utf-8", "replace")) if shown else "#N/A"


def _shown(kind: bytes | None, behind: bytes) -> formats.Shown | None:
    if kind == b"percentage":
        return "percent"
    text = _TEXT.search(b">" + behind) if kind == b"date" else None
    return "year" if text and re.fullmatch(rb"\d{4}", text[1].strip()) else None


def _attributes(text: bytes) -> dict[str, bytes]:
    return {name.decode(): first or second for name, first, second in _ATTRIBUTE.findall(text)}


def _count(text: bytes | None) -> int:
    return max(1, int(text[:9])) if text and text.isdigit() else 1
