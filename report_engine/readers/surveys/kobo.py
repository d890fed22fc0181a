"""KoBoToolbox: submissions as .xlsx or CSV, headed by XML names, with groups and repeats."""

import re
from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.several import spread
from report_engine.readers.tables.sheet import NumberText, Sheet
from report_engine.readers.tables.tabular import first_rows, tables
from report_engine.words.messages import Message

FORM = "kobo"

_MARKS = frozenset({"_id", "_uuid", "_submission_time", "_index", "_validation_status", "_submitted_by"})
_REPEATED = frozenset({"_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"})
_CODES = re.compile("[a-z0-9_]+( [a-z0-9_]+)*")
_TICKS = {"true": "1", "1": "1", "1.0": "1", "false": "0", "0": "0", "0.0": "0"}


def matches(data: bytes, name: str) -> bool:
    """Say whether a table has the columns that KoBo adds to every submission."""
    return any(
        rows and len(_MARKS & {*rows[0]}) > 2 and "_submission_time" in rows[0] for rows in first_rows(data).values()
    )


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read submissions, and each repeated group as a sheet of its own, under ``group/question``.

    A question with several answers keeps its column of all answers, and has one of 1 and 0 for each (``question/answer``).
    Raises ``Unreadable``.
    """
    found = [_read(table) for table in tables(data, file) if {*table.header} & (_MARKS | _REPEATED)]
    if not any(sheet.records for sheet in found):
        raise Unreadable(Finding(file, "file", Message("exports.no_submissions"), advice=Message("exports.again")))
    return found


def _read(table: Sheet) -> Sheet:
    several = _several(table)
    records = []
    for row, cells in table.records:
        line = list(cells)
        for at in several:
            line[at] = NumberText(_TICKS.get(line[at].strip().casefold(), line[at])) if line[at] else line[at]
        records.append((row, line))
    read = replace(table, form=FORM, records=records)
    return spread(read, [at for at in range(len(read.header)) if _of_codes(read, at)], " ")


def _of_codes(table: Sheet, at: int) -> bool:
    """Say whether a column may hold several answers by their codes, and has no columns for them."""
    name = table.header[at]
    held = {cells[at] for _, cells in table.records}
    return (
        not name.startswith(("_", "meta/"))
        and not any(other.startswith(f"{name}/") for other in table.header)
        and all(_CODES.fullmatch(cell) for cell in held if cell)
    )


def _several(table: Sheet) -> Sequence[int]:
    """Return the columns ``question/answer`` of questions that have a column ``question`` of their own, yes or no in all.

    Headed by texts, an answer may hold a ``/`` as well.
    """
    names = {*table.header}
    places = [
        at
        for at, name in enumerate(table.header)
        if any(name[: cut.start()] in names for cut in re.finditer("/", name))
    ]
    return [at for at in places if {cells[at].strip().casefold() for _, cells in table.records} <= {"", *_TICKS}]
