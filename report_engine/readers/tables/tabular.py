"""Tables that tools export as CSV or .xlsx: a glance at their first rows, by which they are told apart, and all of them."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import islice
from types import ModuleType

from report_engine.model.findings import Finding, at_most
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables import binary_workbook, delimited, old_workbook, workbook
from report_engine.readers.tables.archive import member_names
from report_engine.readers.tables.header import filled, named
from report_engine.readers.tables.sheet import Record, Sheet
from report_engine.words.messages import Message

Rows = list[list[str]]

_GLANCE = 4  # rows
_TEXT = 60_000  # bytes of a text in which they stand
_PART = 2_000_000  # unpacked bytes of a workbook's part in which they stand
_MOST_PARTS = 2_000
_CELL = re.compile(r"<(?:\w+:)?c\b([^<>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_TEXTS = re.compile(r"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</")
_VALUE = re.compile(r"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)</")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def first_rows(data: bytes) -> dict[str, Rows]:
    """Return the first rows that hold something, by sheet (``""`` for text); none where there are none. Never raises."""
    if reader := _binary(data):
        try:
            return _of_binary(data, reader.FORM)
        except Unreadable:
            return {}
    if data.startswith(b"PK"):
        return _of_workbook(data)
    rows = _of_text(data[:_TEXT], len(data) > _TEXT)
    return {"": [list(row) for row in rows]} if rows else {}


def tables(data: bytes, file: str) -> list[Sheet]:
    """Read all visible sheets with one header row, the first that holds something; names are made unique.

    Records are as wide as the header. Raises ``Unreadable``.
    """
    found = [headed(sheet, 1) for sheet in grids(data, file)]
    return [sheet for sheet in found if sheet.header]


def grids(data: bytes, file: str) -> list[Sheet]:
    """Read all visible sheets that hold something with the header among the records. Raises ``Unreadable``."""
    if reader := _binary(data):
        found = [sheet for sheet in reader.sheets(data, file) if not sheet.hidden]
    elif data.startswith(b"PK"):
        found = [sheet for sheet in workbook.sheets(data, file) if not sheet.hidden]
    else:
        start = first_rows(data).get("", [[]])[0]
        found = [delimited.grid(data, file, [name for name in named(start) if name])]
    full = [replace(sheet, records=[r for r in sheet.records if filled(r[1])]) for sheet in found]
    full = [sheet for sheet in full if sheet.records]
    if not full:
        raise Unreadable(Finding(file, "file", Message("exports.no_rows"), advice=Message("exports.again")))
    return full


def headed(sheet: Sheet, depth: int, header: Sequence[str] | None = None) -> Sheet:
    """Return a sheet whose first ``depth`` records are its header: ``header``, else the names in the first of them.

    Columns without a name and without cells are dropped from the end, and records of another width are findings.
    """
    names = list(header) if header is not None else named(sheet.records[0][1])
    body = sheet.records[depth:]
    width = len(names)
    while width and not names[width - 1] and not any(cells[width - 1 : width] > [""] for _, cells in body):
        width -= 1
    records: list[Record] = []
    wrong: list[Finding] = []
    for row, cells in body:
        if any(cell.strip(BLANKS) for cell in cells[width:]):
            problem = Message("files.row_cells", {"n": len(cells), "width": width})
            wrong.append(Finding(sheet.file, "row", problem, row, advice=Message("exports.file_again")))
        else:
            records.append((row, [*cells[:width], *[""] * (width - len(cells))]))
    at = sheet.records[depth - 1][0]
    findings = (*sheet.findings, *at_most(wrong))
    return replace(sheet, header=unique(names[:width]), records=records, header_row=at, findings=findings)


def unique(names: Sequence[str]) -> list[str]:
    """Return names of which none stands twice: the second of a name is followed by `` (2)``."""
    taken, last, found = {*names}, dict[str, int](), list[str]()
    for name in names:
        number = last.get(name, 0) + 1
        if name and number > 1:
            while f"{name} ({number})" in taken:
                number += 1
            found.append(f"{name} ({number})")
            taken.add(found[-1])
        else:
            found.append(name)
        last[name] = number
    return found


def _binary(data: bytes) -> ModuleType | None:
    return next((reader for reader in (binary_workbook, old_workbook) if reader.matches(data, "")), None)


@lru_cache(maxsize=2)
def _of_binary(data: bytes, form: str) -> dict[str, Rows]:
    """Return the first rows of a workbook that has to be read whole for them: once for all that ask."""
    reader = old_workbook if form == old_workbook.FORM else binary_workbook
    rows = {}
    for sheet in reader.sheets(data, ""):
        lines = (cells for _, cells in sheet.records if filled(cells))
        rows[sheet.name] = [[cell.strip(BLANKS) for cell in cells] for cells in islice(lines, _GLANCE)]
    return rows


@lru_cache(maxsize=4)
def _of_text(start: bytes, cut: bool) -> tuple[tuple[str, ...], ...]:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = start.decode(encoding, "replace")
    if "\0" in text or text.lstrip().startswith(("<", "{", "[")):
        return ()
    text = re.sub('^"?sep=[;,\t]"?(?:\r\n|\r|\n)', "", text)
    best: list[list[str]] = []
    for delimiter in delimited.DELIMITERS:
        try:
            records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows = list(islice((row for row in records if filled(row)), _GLANCE))
        except csv.Error:
            continue
        if rows and len(rows[0]) > (len(best[0]) if best else 1):
            best = rows
    return tuple(tuple(cell.strip(BLANKS) for cell in row) for row in best)


def _of_workbook(data: bytes) -> dict[str, Rows]:
    parts = sorted(name for name in member_names(data) if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name))
    if not parts:
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            by_name = {name.casefold(): name for name in archive.namelist()}
            shared = _shared(archive, by_name.get("xl/sharedstrings.xml"))
            return {part: _rows(_beginning(archive, by_name[part]), shared) for part in parts[:_MOST_PARTS]}
    except _BROKEN:
        return {}


def _beginning(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_PART if "shared" in name.casefold() else _PART // 8).decode("utf-8", "replace")


def _shared(archive: zipfile.ZipFile, name: str | None) -> list[str]:
    if name is None:
        return []
    items = re.split(r"<(?:\w+:)?si\b", _beginning(archive, name))[1:]
    return [unescape("".join(_TEXTS.findall(item))) for item in items]


def _rows(part: str, shared: Sequence[str]) -> Rows:
    rows = []
    for piece in re.split(r"<(?:\w+:)?row\b", part)[1 : _GLANCE + 5]:
        cells: dict[int, str] = {}
        for attributes, inside in _CELL.findall(re.sub(r"<(?:\w+:)?c\b[^<>]*/>", "", piece)):
            place = re.search(r'\br="([A-Z]{1,3})', attributes)
            at = _column(place[1]) if place else len(cells)
            cells[at] = _cell(attributes, inside, shared)
        row = [cells.get(at, "").strip(BLANKS) for at in range(max(cells, default=-1) + 1)]
        if any(row):
            rows.append(row)
    return rows[:_GLANCE]


def _cell(attributes: str, inside: str, shared: Sequence[str]) -> str:
    value = _VALUE.search(inside)
    if 't="s"' in attributes and value and value[1].isascii() and value[1].isdigit() and len(value[1]) < 9:
        at = int(value[1])
        return shared[at] if at < len(shared) else ""
    texts = _TEXTS.findall(inside)
    return unescape("".join(texts) if texts else value[1] if value else "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
