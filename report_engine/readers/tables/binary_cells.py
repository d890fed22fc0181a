"""What a binary sheet says of its cells and the workbook reader does not: how they are shown, errors, hidden rows, areas."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report_engine.readers.tables import workbook_child
from report_engine.readers.tables.formats import BUILT_IN, Shown, mark, shown
from report_engine.readers.tables.package import MOST_CELLS, refused
from report_engine.readers.tables.sheet import DateText, Sheet
from report_engine.readers.tables.workbook import fill_down, put_errors, text
from report_engine.words.messages import Message

_LONGEST_WAIT = None if hasattr(signal, "SIGXCPU") else 600  # seconds on the clock, where a system limits no computing

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
"""What Excel writes for the codes of errors."""

Corner = tuple[int, int]
"""A row and a column, both from 0."""


@dataclass
class Cells:
    """What was found in a sheet; rows and columns count from 0. ``styles`` are the numbers of those that change a meaning."""

    styles: Mapping[int, Shown]
    looks: list[tuple[int, int, Shown]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[Corner, Corner]] = field(default_factory=list)
    last: Corner = (-1, -1)

    def cell(self, row: int, column: int, style: int, error: int | None = None) -> None:
        """Take in one cell; ``error`` is the code of one that holds an error."""
        self.last = (max(self.last[0], row), max(self.last[1], column))
        if how := self.styles.get(style):
            self.looks.append((row, column, how))
        if error is not None:
            self.errors[row + 1, column] = ERRORS.get(error, "#N/A")


def styles_of(formats: Mapping[int, str], used: list[int]) -> dict[int, Shown]:
    """Return how the cell styles show a cell, by their number; ``used`` is the number format of each."""
    known = {int(number): how for number, how in BUILT_IN.items()}
    for number, code in formats.items():
        if how := shown(code):
            known[number] = how
    return {at: known[number] for at, number in enumerate(used) if number in known}


def sheets(data: bytes, file: str, form: str, found: Mapping[str, Cells]) -> list[Sheet]:
    """Read a binary workbook's sheets, whose cells were looked through (``found``, by the sheet's name).

    Raises ``Unreadable`` where one of them would not fit into memory.
    """
    for cells in found.values():
        rows, columns = cells.last[0] + 1, cells.last[1] + 1
        if rows * columns > MOST_CELLS:
            problem = Message("files.sheet_span", {"rows": rows, "columns": columns})
            raise refused(file, problem, Message("files.delete_stray_cells"))
    read = [(each, found[each["name"]]) for each in _read(data, file) if each["name"] in found]
    return [_sheet(sheet, cells, file, form) for sheet, cells in read]


def _read(data: bytes, file: str) -> list[dict[str, Any]]:
    """Return name, rows and whether it is hidden of each sheet, as ``workbook_child`` writes them."""
    command = [sys.executable, "-P", Path(workbook_child.__file__).as_posix()]
    try:
        ended = subprocess.run(command, input=data, capture_output=True, timeout=_LONGEST_WAIT, check=False)
    except subprocess.TimeoutExpired:
        raise refused(file, Message("files.workbook_damaged")) from None
    if ended.returncode:
        raise refused(file, Message("files.workbook_damaged"))
    return [json.loads(line) for line in ended.stdout.splitlines()]


def _sheet(read: Mapping[str, Any], cells: Cells, file: str, form: str) -> Sheet:
    records = [(row, [_text(cell) for cell in line]) for row, line in enumerate(read["rows"], start=1)]
    put_errors(records, cells.errors)
    for row, column, how in cells.looks:
        mark(records, (row + 1, column, 1, 1, how))
    fill_down(records, (area for area in cells.merged if area[0][0] <= area[1][0] < len(records)))
    return Sheet(
        file,
        form,
        [],
        records,
        read["name"],
        merged=tuple(_sideways(cells)),
        hidden=read["hidden"],
        hidden_rows=frozenset(row + 1 for row in cells.hidden),
    )


def _text(cell: object) -> str:
    return DateText(cell[0]) if isinstance(cell, list) else text(cell)


def _sideways(cells: Cells) -> Iterator[tuple[int, int, int]]:
    for (top, left), (_, right) in cells.merged:
        if right > left:
            yield top + 1, left, right
