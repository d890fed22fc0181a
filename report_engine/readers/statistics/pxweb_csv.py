"""CSV that PxWeb wrote and that an ordinary reader gets wrong: years across the columns, quotes inside texts, symbols."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from report_engine.model.findings import Finding
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.statistics.pxweb import is_number, refuse_vast
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.text import decode, repaired
from report_engine.words.messages import Message

FORM = "pxweb-csv"

DECIMALS = {",": ".", ";": ",", "\t": "."}
SYMBOL = r"\.{1,6}|-"
"""What stands for a value that is missing, secret or not to be had; ``-`` is nil."""

_NUMBER = r"-?[0-9]+(?:[.,][0-9]+)?"
_PERIOD = re.compile(
    r"(?P<contents>.*?)\s*(?P<period>(?:1[5-9]|20|21)[0-9]{2}(?:[KMHVTQ][0-9]{1,2}|-(?:1[5-9]|20)[0-9]{2})?)"
)
_LOOKED_AT = 100_000  # bytes: enough for the header and the rows that decide
_LONGEST_LINE = 1_000_000


def matches(data: bytes, name: str) -> bool:
    """Say whether a file is PxWeb's CSV and needs this reader: all texts in quotes, all values bare, and years across
    the columns, or texts with quotes inside, or symbols among the values.

    Other files of PxWeb (one row a value) are ordinary CSV.
    """
    head = data[:_LOOKED_AT]
    if b"\0" in head or b'"' not in head[:10]:
        return False
    lines = head.decode("utf-8-sig", "replace").splitlines()
    lines = lines[:-1] if len(data) > _LOOKED_AT else lines
    if any(len(line) > _LONGEST_LINE for line in lines[:50]):
        return False
    found = _header(lines)
    if found is None:
        return False
    at, delimiter, header = found
    rows = [split(line, delimiter) for line in lines[at + 1 : at + 200] if line.strip(BLANKS)]
    stub = _stub(rows, len(header))
    if not rows or stub is None or not header[0]:
        return False
    wide = all(_PERIOD.fullmatch(column) for column in header[stub:])
    symbols = any(re.fullmatch(SYMBOL, cell) for row in rows for cell, _ in row[stub:])
    quotes = any('"' in cell for row in rows for cell, _ in row[:stub])
    return wide or (len(header) - stub == 1 and (symbols or quotes))


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read the table in long form: a column a stub variable, then ``contents`` and ``period`` where the years stand across,
    then ``value`` and ``status`` (the symbol where the value is missing). Rows are the file's lines.

    Raises ``Unreadable`` where a line does not have the header's columns.
    """
    lines = repaired(decode(data, file)).splitlines()
    found = _header(lines)
    if found is None:
        raise _refused(file, Message("statistics.header_missing"), 1)
    at, delimiter, header = found
    rows = [(number, line) for number, line in enumerate(lines[at + 1 :], start=at + 2) if line.strip(BLANKS)]
    refuse_vast([len(rows), len(header)], file)
    split_rows = [(number, split(line, delimiter)) for number, line in rows]
    for number, row in split_rows:
        if len(row) != len(header):
            raise _refused(file, Message("files.row_cells", {"n": len(row), "width": len(header)}), number)
    stub = _stub([row for _, row in split_rows], len(header))
    if stub is None:
        raise _refused(file, Message("statistics.rows_uneven"), at + 2)
    names = [column.strip(BLANKS) for column in header[:stub]]
    periods = [_PERIOD.fullmatch(column.strip(BLANKS)) for column in header[stub:]]
    wide = all(periods)
    out = [*names, "contents", "period", "value", "status"] if wide else [*names, "value", "status"]
    if not wide and len(header) - stub > 1:
        raise _refused(file, Message("statistics.not_by_year", {"columns": names[-1]}), at + 1)
    if len(set(out)) < len(out):
        raise _refused(file, Message("statistics.columns_alike"), at + 1)
    records = []
    for number, row in split_rows:
        texts = [text.strip(BLANKS) for text, _ in row[:stub]]
        for (cell, _), period in zip(row[stub:], periods, strict=True):
            across = [period["contents"], period["period"]] if wide and period else []
            value, status = ("", cell) if re.fullmatch(SYMBOL, cell) else (cell, "")
            records.append((number, [*texts, *across, value, status]))
    questions = {} if wide else {"value": header[stub].strip(BLANKS)}
    return [Sheet(file, FORM, out, records, header_row=at + 1, decimal=DECIMALS[delimiter], questions=questions)]


def split(line: str, delimiter: str) -> list[tuple[str, bool]]:
    """Take a line apart into cells, each with whether it stood in quotes; a quote inside a text is not escaped.

    A text ends at a quote only where another text, a value or the end of the line follows the delimiter.
    """
    d = re.escape(delimiter)
    closing = re.compile(rf'"(?={d}(?:"|(?:{_NUMBER}|{SYMBOL})?(?:{d}|$))|$)')
    ends = [found.start() for found in closing.finditer(line)]  # found once: a line is gone over twice, not once a cell
    cells = []
    at = 0
    while at <= len(line):
        end = bisect_right(ends, at)
        if line[at : at + 1] == '"' and end < len(ends):
            stop = ends[end] + 1
            cells.append((line[at + 1 : stop - 1].replace('""', '"'), True))
        else:
            stop = line.find(delimiter, at)
            stop = len(line) if stop < 0 else stop
            cells.append((line[at:stop].strip(BLANKS), False))
        at = stop + 1
    return cells


def _header(lines: Sequence[str]) -> tuple[int, str, list[str]] | None:
    """Find the header: the first line, or the one below a title and an empty line."""
    for at in (0, 1, 2):
        if at >= len(lines) or (at and (not lines[0].startswith('"') or lines[1].strip(BLANKS))):
            continue
        for delimiter in DECIMALS:
            cells = split(lines[at], delimiter)
            if len(cells) > 1 and all(quoted for _, quoted in cells):
                return at, delimiter, [text for text, _ in cells]
    return None


def _stub(rows: Sequence[Sequence[tuple[str, bool]]], width: int) -> int | None:
    """Count the columns of text at the left; None where the rows are not texts first and values after."""
    stub = width
    for row in rows:
        quoted = [flag and not re.fullmatch(SYMBOL, text) for text, flag in row]
        texts = quoted.index(False) if False in quoted else len(row)
        stub = min(stub, texts)
    for row in rows:
        values = [text for text, _ in row[stub:]]
        if not values or not all(is_number(text.replace(",", ".")) or re.fullmatch(SYMBOL, text) for text in values):
            return None
    return stub or None


def _refused(file: str, problem: Message, row: int) -> Unreadable:
    return Unreadable(Finding(file, "row", problem, row, advice=Message("statistics.as_json")))
