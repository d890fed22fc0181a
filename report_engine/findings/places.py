"""Where in a sheet a finding's cells are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report_engine.model.findings import Finding
from report_engine.readers import Sheet
from report_engine.readers.tables.header import headed, matches, named

_WIDEST = 50  # columns of a row that is coloured as a whole


@dataclass(frozen=True)
class Table:
    """A sheet's table: its name, the row of its header and the column (from 1) of each name there."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    width: int


def tables(sheets: Sequence[Sheet], file: str, known: Sequence[str]) -> dict[str, Table]:
    """Return the table that a finding means by its file (``a.xlsx``, ``a.xlsx (b)`` for its sheet b)."""
    visible = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    found = {f"{file} ({sheet.name})": _table(sheet, known) for sheet in sheets}
    best = max(visible, key=lambda sheet: matches(sheet, known), default=None)
    return found | ({file: _table(best, known)} if best is not None else {})


def _table(sheet: Sheet, known: Sequence[str]) -> Table:
    whole = headed(sheet, known)
    columns: dict[str, int] = {}
    for at, name in enumerate(named(whole.header), start=1):
        if name:
            columns.setdefault(name, at)
    return Table(sheet.name, max(whole.header_row, 1), columns, len(whole.header))


def cells(finding: Finding, table: Table) -> list[tuple[int, int]]:
    """Return the cells (row and column from 1) that a finding is about, the one for its comment first.

    What is said of a column is about its header; of a row, about all its cells; a missing column's header is the one that
    comes closest. A finding about the whole file has none.
    """
    names = [finding.column or "", *(finding.column or "").split(", ")]
    columns = list(dict.fromkeys(table.columns[name] for name in names if name in table.columns))
    if finding.row is not None:
        wide = columns or range(1, min(table.width, _WIDEST) + 1)
        return [(row, column) for row in (finding.row, *finding.rows) for column in wide]
    if not columns and finding.column is not None and finding.nearest:
        columns = [table.columns[finding.nearest]] if finding.nearest in table.columns else []
    if not columns and finding.kind == "column" and table.width:
        columns = [1]
    return [(table.header_row, column) for column in columns]
