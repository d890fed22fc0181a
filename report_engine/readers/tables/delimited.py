"""Delimited text (``;``, ``,`` or tab) as Excel, R and Swedish machines write it."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from report_engine.model.findings import Finding, at_most, listed
from report_engine.readers import limits
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables.grid import Grid, gridded
from report_engine.readers.tables.header import SOUGHT, filled, headed, matches
from report_engine.readers.tables.sheet import Record, Sheet
from report_engine.readers.tables.table import note
from report_engine.readers.tables.text import decode
from report_engine.words.messages import Message

FORM = "csv"
DELIMITERS = {";": Message("files.semicolon"), ",": Message("files.comma"), "\t": Message("files.tab")}
DECIMALS = {";": ",", ",": "."}
"""The decimal sign that goes with a delimiter: Swedish machines write ``;`` because the comma is taken."""

_QUOTE_COMMAS = Message("files.quote_commas")
_NO_DELIMITER = "\x1f"  # a table of one column has none
_PIECE = 1_000_000  # letters
_MOST_CELLS = 100_000  # in one line, before it is taken apart


def sheet(data: bytes, file: str, known: Collection[str] = (), encoding: str | None = None) -> Sheet:
    """Read delimited text whose header names some of the columns ``known``; ``Unreadable`` where there is no table.

    Without any, the header is the first row that looks like one. ``encoding`` is what the file is said to be in.
    """
    bare, delimiter = _split(data, file, known, encoding)
    return _even(headed(bare, known), delimiter)


def grid(data: bytes, file: str, known: Collection[str] = (), encoding: str | None = None) -> Sheet:
    """Take delimited text apart into all its rows, the header among them; rows may differ in width."""
    return _split(data, file, known, encoding)[0]


def _split(data: bytes, file: str, known: Collection[str], encoding: str | None) -> tuple[Sheet, str]:
    limits.refuse_text(len(data), file)
    limits.refuse_cells(
        max(data.count(b"\n"), data.count(b"\r")), file
    )  # a line is a cell at least, however short it is
    text = decode(data, file, encoding)
    if not text.strip(BLANKS + '"' + "".join(DELIMITERS)):
        raise Unreadable(Finding(file, "file", Message("files.empty"), advice=Message("files.export_table")))
    _refuse_markup(text, file)
    declared, text = _declared(text)
    delimiter = declared or _detect(text, file, known)
    records = gridded(_records(text, delimiter, file))
    return Sheet(file, FORM, [], records, decimal=DECIMALS.get(delimiter)), delimiter


def _declared(text: str) -> tuple[str | None, str]:
    """Take off the line ``sep=;`` with which a file tells Excel its delimiter (Excel does not show it as a row)."""
    found = re.match('"?sep=([;,\t])"?(?:\r\n|\r|\n)', text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _detect(text: str, file: str, known: Collection[str]) -> str:
    """Choose the delimiter whose header holds the most of the columns sought; a tie is refused.

    Where none are sought, take the delimiter that gives the most of the first rows the same width.
    """
    found: dict[str, tuple[int, int]] = {}
    for delimiter in DELIMITERS:
        records = _records(text, delimiter, file, strict=False)
        start = list(islice((record for record in records if filled(record[1])), SOUGHT))
        named = matches(Sheet(file, FORM, [], start), known) if known else 0
        widths = [len(cells) for _, cells in start]
        if widths[0] > 1 or (max(widths) > 1 and (named > 1 or not known)):
            alike = 0 if known else max(widths.count(width) * width for width in {*widths} - {1})
            found[delimiter] = (named, alike)
    if not found:
        return _NO_DELIMITER
    best = [delimiter for delimiter, score in found.items() if score == max(found.values())]
    if len(best) > 1 and known:
        signs = [DELIMITERS[delimiter] for delimiter in best]
        advice = Message("files.first_line_names", {"columns": listed(known)})
        raise Unreadable(
            Finding(file, "column", Message("files.header_two_delimiters", {"signs": signs}), 1, advice=advice)
        )
    return best[0]


def _records(text: str, delimiter: str, file: str, *, strict: bool = True) -> Iterator[Record]:
    """Give each record with its row; a quoted line break starts no new row."""
    lines = _narrow(_lines(text), delimiter, file)
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=strict), start=1):
            yield row, cells
    except csv.Error as error:
        raise Unreadable(_broken(file, row + 1, str(error))) from None


def _lines(text: str) -> Iterator[str]:
    """Give the lines of a text with their ends, a piece of it at a time: a copy of the whole would take four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _narrow(lines: Iterator[str], delimiter: str, file: str) -> Iterator[str]:
    cells, most = 0, limits.most_cells()
    for line in lines:
        found = line.count(delimiter) + 1
        cells += found
        if found > _MOST_CELLS:
            raise Unreadable(Finding(file, "file", Message("files.cells_in_line", {"limit": _MOST_CELLS})))
        if cells > most:
            limits.refuse_cells(cells, file)
        yield line


def _broken(file: str, row: int, error: str) -> Finding:
    if "field larger" in error:
        return Finding(file, "file", Message("files.cell_too_long"), row)
    advice = Message("files.quotation_marks")
    if "unexpected end" in error:
        return Finding(file, "file", Message("files.quotation_mark_open"), row, advice=advice)
    return Finding(file, "file", Message("files.text_after_quotation_mark"), row, advice=advice)


def _even(sheet: Sheet, delimiter: str) -> Sheet:
    """Keep the records that are as wide as the header; one of another width is a finding."""
    file, header = sheet.file, list(sheet.header)
    width = len(header)
    named_width = max((column for column, name in enumerate(header, start=1) if name.strip(BLANKS)), default=0)
    grid, uneven = _evened(gridded(sheet.records), width, named_width)
    widths = {len(cells) for _, cells in uneven}
    if not len(grid) and len(uneven) > 1 and len(widths) == 1:
        sign = DELIMITERS.get(delimiter, Message("files.nothing"))
        advice = Message("files.header_separated", {"sign": sign})
        if min(widths) > width and delimiter == ",":
            advice = _QUOTE_COMMAS
        problem = Message("files.every_row_has", {"cells": _cells(widths.pop()), "width": width})
        raise Unreadable(Finding(file, "row", problem, advice=advice))
    last = max((row for row, cells in grid if filled(cells)), default=sheet.header_row) if uneven else 0
    findings = tuple(at_most(_uneven(file, row, cells, width, delimiter, last) for row, cells in uneven))
    return replace(sheet, records=grid, findings=(*sheet.findings, *findings))


def _evened(grid: Grid, width: int, named_width: int) -> tuple[Grid, list[Record]]:
    """Return the records that fit under a header of so many columns, and those that don't."""
    import numpy as np

    kept = np.ones(len(grid), bool)
    fitting: dict[int, list[str]] = {}
    uneven: list[Record] = []
    for at in grid.unfit(width, named_width):
        row, cells = grid[at]
        while len(cells) > width and not cells[-1].strip(BLANKS):
            cells.pop()
        kept[at] = named_width <= len(cells) <= width
        if kept[at]:
            fitting[at] = cells + [""] * (width - len(cells))
        elif filled(cells):
            uneven.append((row, cells))
    return Grid(grid.rows, grid.wide(width), fitting).take(kept), uneven


def _uneven(file: str, row: int, cells: Sequence[str], width: int, delimiter: str, last: int) -> Finding:
    if len(cells) < width and sum(1 for cell in cells if cell.strip(BLANKS)) == 1:
        return note(file, row, cells, below=row > last)
    advice = Message("files.cell_needs_delimiter")
    if len(cells) > width:
        advice = Message("files.quote_cell_with", {"delimiter": DELIMITERS.get(delimiter, Message("files.delimiter"))})
        if delimiter == ",":
            advice = _QUOTE_COMMAS
    return Finding(
        file, "row", Message("files.row_has", {"cells": _cells(len(cells)), "width": width}), row, advice=advice
    )


def _cells(count: int) -> Message:
    return Message("files.cells", {"n": count})


def _refuse_markup(text: str, file: str) -> None:
    start = text[:2000].lstrip(BLANKS).lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<body")):
        problem = Message("files.web_page")
    elif start.startswith("<?xml"):
        problem = Message("files.xml")
    elif start.startswith("{\\rtf"):
        problem = Message("files.rich_text")
    elif start.startswith("%pdf-"):
        problem = Message("files.pdf")
    else:
        return
    raise Unreadable(Finding(file, "file", problem, advice=Message("files.open_in_excel")))
