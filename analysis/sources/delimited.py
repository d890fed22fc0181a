"""Delimited text (``;``, ``,`` or tab) as Excel, R and Swedish machines write it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from analysis.contract import Contract
from analysis.findings import Finding, at_most, listed
from analysis.sources.raw import BLANKS, Raw, Unreadable
from analysis.sources.table import HEADER_SOUGHT, Record, assemble, columns_named, named, no_header, note
from analysis.sources.text import decode

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab"}
DECIMALS = {";": ",", ",": "."}
"""The decimal sign that goes with a delimiter: Swedish machines write ``;`` because the comma is taken."""

_QUOTE_COMMAS = "Put a cell that holds a comma (a decimal comma too) between quotation marks, or save with semicolons."
_NO_DELIMITER = "\x1f"  # a table of one column has none
_MOST_CELLS = 100_000  # in one line, before it is taken apart


def parse(data: bytes, file: str, contract: Contract) -> Raw:
    """Read delimited text; raises ``Unreadable`` where no table can be made out."""
    text = decode(data, file)
    if not text.strip(BLANKS + '"' + "".join(DELIMITERS)):
        raise Unreadable(Finding(file, "file", "the file is empty", advice="Export the table again."))
    _refuse_markup(text, file)
    declared, text = _declared(text)
    delimiter = declared or _detect(text, file, contract)
    header, records, findings = _even(_records(text, delimiter, file), delimiter, file)
    columns_named(file, header, records, contract)
    if findings and not records:
        raise Unreadable(*findings)
    raw = assemble(file, header, records, contract, DECIMALS.get(delimiter))
    return replace(raw, findings=(*findings, *raw.findings))


def _declared(text: str) -> tuple[str | None, str]:
    """Take off the line ``sep=;`` with which a file tells Excel its delimiter (Excel does not show it as a row)."""
    found = re.match('"?sep=([;,\t])"?(?:\r\n|\r|\n)', text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _detect(text: str, file: str, contract: Contract) -> str:
    """Choose the delimiter whose header holds the most of the contract's columns; a tie is refused."""
    known = set(contract.columns)
    matches: dict[str, int] = {}
    for delimiter in DELIMITERS:
        records = _records(text, delimiter, file, strict=False)
        start = list(islice((record for record in records if _filled(record[1])), HEADER_SOUGHT))
        found = [len(known & set(named(cells))) for _, cells in start]
        if max(found) > 1 and not found[0]:
            names = named(start[0][1])
            raise Unreadable(no_header(file, names, start[0][0], start[1:], contract))
        if len(start[0][1]) > 1:
            matches[delimiter] = found[0]
    if not matches:
        return _NO_DELIMITER
    best = [delimiter for delimiter, found in matches.items() if found == max(matches.values())]
    if len(best) > 1:
        signs = " and ".join(DELIMITERS[delimiter] for delimiter in best)
        advice = f"The first line must name the columns: {listed(contract.columns)}."
        raise Unreadable(Finding(file, "column", f"the header holds both {signs}", 1, advice=advice))
    return best[0]


def _records(text: str, delimiter: str, file: str, *, strict: bool = True) -> Iterator[Record]:
    """Give each record with its row; a quoted line break starts no new row."""
    lines = _narrow(io.StringIO(text, newline=""), delimiter, file)
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=strict), start=1):
            yield row, cells
    except csv.Error as error:
        raise Unreadable(_broken(file, row + 1, str(error))) from None


def _narrow(lines: io.StringIO, delimiter: str, file: str) -> Iterator[str]:
    for line in lines:
        if line.count(delimiter) > _MOST_CELLS:
            raise Unreadable(Finding(file, "file", f"a line holds more than {_MOST_CELLS:,} cells"))
        yield line


def _broken(file: str, row: int, error: str) -> Finding:
    if "field larger" in error:
        return Finding(file, "file", "a cell holds more than 100,000 characters", row)
    advice = "A quotation mark inside a quoted cell is written twice, and a quoted cell ends with one."
    if "unexpected end" in error:
        return Finding(file, "file", "a quotation mark opens a cell here that no other closes", row, advice=advice)
    return Finding(file, "file", "text follows the closing quotation mark of a cell", row, advice=advice)


def _even(records: Iterator[Record], delimiter: str, file: str) -> tuple[Record, list[Record], list[Finding]]:
    """Split off the header and the records as wide as it; a record of another width is a finding."""
    at, names = next(record for record in records if _filled(record[1]))
    width = len(names)
    named_width = max(column for column, name in enumerate(names, start=1) if name.strip(BLANKS))
    even: list[Record] = []
    uneven: list[Record] = []
    for row, cells in records:
        while len(cells) > width and not cells[-1].strip(BLANKS):
            cells.pop()
        if named_width <= len(cells) <= width:
            even.append((row, cells + [""] * (width - len(cells))))
        elif _filled(cells):
            uneven.append((row, cells))
    widths = {len(cells) for _, cells in uneven}
    if not even and len(uneven) > 1 and len(widths) == 1:
        sign = DELIMITERS.get(delimiter, "nothing")
        advice = f"The header is separated by {sign}: write all rows like it."
        if min(widths) > width and delimiter == ",":
            advice = _QUOTE_COMMAS
        problem = f"every row has {_cells(widths.pop())}, the header {width}"
        raise Unreadable(Finding(file, "row", problem, advice=advice))
    return (at, names), even, at_most(_uneven(file, row, cells, width, delimiter) for row, cells in uneven)


def _filled(cells: Sequence[str]) -> bool:
    return any(cell.strip(BLANKS) for cell in cells)


def _uneven(file: str, row: int, cells: Sequence[str], width: int, delimiter: str) -> Finding:
    if len(cells) < width and sum(1 for cell in cells if cell.strip(BLANKS)) == 1:
        return note(file, row, cells)
    advice = "An empty cell still needs its delimiter."
    if len(cells) > width:
        advice = f"Put a cell that holds a {DELIMITERS.get(delimiter, 'delimiter')} between quotation marks."
        if delimiter == ",":
            advice = _QUOTE_COMMAS
    return Finding(file, "row", f"the row has {_cells(len(cells))}, the header {width}", row, advice=advice)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _refuse_markup(text: str, file: str) -> None:
    start = text[:2000].lstrip(BLANKS).lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<body")):
        problem = "the file is a web page, whatever its name says"
    elif start.startswith("<?xml"):
        problem = "the file is XML"
    elif start.startswith("{\\rtf"):
        problem = "the file is rich text"
    elif start.startswith("%pdf-"):
        problem = "the file is a PDF"
    else:
        return
    raise Unreadable(Finding(file, "file", problem, advice="Open it in Excel and save it as .xlsx or as CSV UTF-8."))
