"""Excel workbooks (.xlsx), read by python-calamine once the package was found to be harmless."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from analysis.contract import Contract
from analysis.findings import Finding, listed
from analysis.sources.package import faults, pack, refuse_vast, refused, sheet_parts, unpack
from analysis.sources.raw import BLANKS, Raw, Unreadable
from analysis.sources.table import DateText, ErrorText, NumberText, Record, assemble, named

Cells = Sequence[Sequence[object]]


def parse(data: bytes, file: str, contract: Contract) -> Raw:
    """Read the visible sheet whose header holds the most of the contract's columns; ``Unreadable`` where there is none."""
    parts = unpack(data, file)
    refuse_vast(parts, file)
    places = sheet_parts(parts)
    sheets = {name: cells for name, cells in _visible(pack(parts), file).items() if name in places}
    name = _chosen(sheets, file, contract)
    where = file if len(sheets) == 1 else f"{file} (sheet {name})"
    records = _records(sheets[name], faults(parts[places[name]]))
    header = next(at for at, (_, cells) in enumerate(records) if _filled(cells))
    return assemble(where, records[header], records[header + 1 :], contract, sheet=name)


def _visible(package: bytes, file: str) -> dict[str, Cells]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # not needed where all files are CSV

    try:
        workbook = CalamineWorkbook.from_object(io.BytesIO(package))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except CalamineError as error:
        raise refused(file, f"the workbook can't be read ({' '.join(str(error).split())})") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader itself surfaces
            raise
        raise refused(file, "the workbook is damaged") from None


def _chosen(sheets: Mapping[str, Cells], file: str, contract: Contract) -> str:
    known = set(contract.columns)
    matches = {}
    for name, cells in sheets.items():
        header = next((row for row in cells if _filled([str(cell) for cell in row])), None)
        if header is not None:
            matches[name] = len(known & set(named([str(cell) for cell in header])))
    if not matches:
        raise Unreadable(Finding(file, "file", "the workbook has no visible sheet with cells"))
    best = [name for name, found in matches.items() if found == max(matches.values())]
    if len(best) > 1 and matches[best[0]]:
        advice = "Put all rows into one sheet, or hide the sheets that are not meant."
        raise Unreadable(
            Finding(file, "file", f"the columns stand in {len(best)} sheets: {listed(best)}", advice=advice)
        )
    return best[0]


def _records(cells: Cells, wrong: Mapping[tuple[int, int], str]) -> list[Record]:
    records = [(row, [_text(cell) for cell in line]) for row, line in enumerate(cells, start=1)]
    for (row, column), text in wrong.items():
        if row <= len(records) and column < len(records[row - 1][1]):
            records[row - 1][1][column] = ErrorText(text)
    return records


def _text(cell: object) -> str:
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


def _filled(cells: Sequence[str]) -> bool:
    return any(cell.strip(BLANKS) for cell in cells)
