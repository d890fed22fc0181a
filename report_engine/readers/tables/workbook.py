"""Excel workbooks (.xlsx), read by python-calamine once the package was found to be harmless."""

import io
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from report_engine.readers.tables.formats import look, styles
from report_engine.readers.tables.package import faults, pack, refuse_vast, refused, sheet_parts, unpack
from report_engine.readers.tables.sheet import DateText, ErrorText, NumberText, Record, Sheet
from report_engine.words.messages import Message

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

FORM = "xlsx"

_ZIP = b"PK\x03\x04"


def matches(data: bytes, name: str) -> bool:
    """Say whether this is a zip archive: what it holds is looked at when it is read."""
    return data.startswith(_ZIP)


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet of a workbook, its header still among the records; ``Unreadable`` for anything else."""
    parts = unpack(data, file)
    refuse_vast(parts, file)
    places = sheet_parts(parts)
    shown = styles(parts)
    found = []
    for sheet, hidden in calamine_sheets(pack(parts), file):
        if sheet.name not in places:
            continue
        part = parts[places[sheet.name]]
        records = cells_of(sheet, faults(part))
        rows = look(records, part, shown)
        merged = sheet.merged_cell_ranges or []
        fill_down(records, merged)
        sideways = tuple((top[0] + 1, top[1], end[1]) for top, end in merged if end[1] > top[1])
        found.append(Sheet(file, FORM, [], records, sheet.name, merged=sideways, hidden=hidden, hidden_rows=rows))
    return found


def calamine_sheets(data: bytes, file: str) -> list[tuple["CalamineSheet", bool]]:
    """Open a spreadsheet that was found to be harmless; give each sheet and whether it is hidden."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # late: most are CSV

    try:
        workbook = CalamineWorkbook.from_object(io.BytesIO(data))
        return [
            (workbook.get_sheet_by_name(about.name), about.visible != SheetVisibleEnum.Visible)
            for about in workbook.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        ]
    except CalamineError:
        raise refused(file, Message("files.workbook_damaged")) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader itself surfaces
            raise
        raise refused(file, Message("files.workbook_damaged")) from None


def cells_of(sheet: "CalamineSheet", wrong: Mapping[tuple[int, int], str]) -> list[Record]:
    """Return a sheet's rows as text; ``wrong`` are error values by row (from 1) and column (from 0)."""
    lines = sheet.to_python(skip_empty_area=False)
    records = [(row, [text(cell) for cell in line]) for row, line in enumerate(lines, start=1)]
    put_errors(records, wrong)
    return records


def put_errors(records: list[Record], wrong: Mapping[tuple[int, int], str]) -> None:
    """Put error values, by row (from 1) and column (from 0), where the workbook reader shows empty cells."""
    for (row, column), error in wrong.items():
        if row <= len(records) and column < len(records[row - 1][1]):
            records[row - 1][1][column] = ErrorText(error)


def fill_down(records: list[Record], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat words that are merged over several rows in each of them; not numbers, which would then be counted twice."""
    for (top, left), (bottom, right) in merged:
        if left == right and top < bottom < len(records) and left < len(records[top][1]):
            cell = records[top][1][left]
            if cell and not isinstance(cell, NumberText | ErrorText):
                for row in range(top + 1, bottom + 1):
                    records[row][1][left] = cell


def text(cell: object) -> str:
    """Write a cell as text, marked where the workbook holds something else; numbers keep every digit that is stored."""
    if isinstance(cell, str):
        return cell.replace("_x000D_", "")  # how Excel stores the carriage return of a line break
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return NumberText(int(cell))
    if isinstance(cell, int | float):
        return NumberText(cell)
    if isinstance(cell, date | time | timedelta):
        return DateText(cell)
    return str(cell)
