"""Workbooks in which what a check found is marked: coloured cells with a comment, and a sheet that lists everything."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from report_engine.findings import places
from report_engine.findings.words import said
from report_engine.model.findings import FULL_LIST, Finding
from report_engine.readers import Sheet
from report_engine.words.editions import Edition
from report_engine.words.messages import say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_MARKED = 2_000
"""How many findings are marked: Excel gets slow with more comments."""

_COLOURS = {"error": "FFF4B6A6", "warning": "FFFDE6A8", "note": "FFDCE9EC"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLUMNS = (
    ("check.where", 24),
    ("workbooks.severity", 20),
    ("workbooks.kind", 30),
    ("check.wrong", 60),
    ("check.do", 60),
)
"""What stands over the list, and how wide its columns are."""

_LONGEST = 32_000  # characters of a cell or comment in Excel


@dataclass(frozen=True)
class _Line:
    """A finding on the list, and the cell that it leads to."""

    finding: Finding
    sheet: str
    at: tuple[int, int] | None


def of_their_own(data: bytes) -> "Workbook":
    """Open a collaborator's workbook as it is, links to other files left out."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), keep_links=False)


def of_text(sheet: Sheet) -> "Workbook":
    """Make a workbook of a text file: every cell as text, also one that looks like a formula."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = "CSV"
    for row, cells in sheet.records:
        for column, text in enumerate(cells, start=1):
            if text:
                _write(page, row, column, text, number_format="@")
    return book


def mark(book: "Workbook", tables: dict[str, places.Table], findings: Sequence[Finding], edition: Edition) -> int:
    """Mark the cells of these findings and put the list of them in front; return how many cells were marked."""
    lines: list[_Line] = []
    comments: dict[tuple[str, int, int], list[str]] = {}
    colours: dict[tuple[str, int, int], str] = {}
    for finding in findings[:MOST_MARKED]:
        table = tables.get(finding.file)
        sheet = _sheet(book, table)
        found = places.cells(finding, table) if table and sheet else []
        lines.append(_Line(finding, sheet or "", found[0] if found else None))
        for at in found:
            colours.setdefault((lines[-1].sheet, *at), finding.severity)  # the most important comes first
        if found:
            comments.setdefault((lines[-1].sheet, *found[0]), []).append(_comment(finding, edition))
    for (sheet, row, column), severity in colours.items():
        _colour(_cell(book[sheet], row, column), severity)
    for (sheet, row, column), texts in comments.items():
        _note(_cell(book[sheet], row, column), texts)
    _list(book, lines, len(findings) - len(lines), edition)
    return len(colours)


def stored(book: "Workbook") -> bytes:
    """Return a workbook's bytes, the same whenever it is written."""
    target = io.BytesIO()
    book.save(target)
    plain = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", content)
            new.writestr(zipfile.ZipInfo(member.filename), content, zipfile.ZIP_DEFLATED)
    return plain.getvalue()


def _sheet(book: "Workbook", table: places.Table | None) -> str | None:
    """Name the sheet that a table is in; that of a text file is the only one."""
    if table is None or table.sheet in book.sheetnames:
        return table.sheet if table else None
    return book.sheetnames[0] if len(book.sheetnames) == 1 else None


def _comment(finding: Finding, edition: Edition) -> str:
    problem, advice = said(replace(finding, value=None), edition)
    return f"{say(f'severities.{finding.severity}', edition)}: {problem} {advice}"


def _cell(page: "Worksheet", row: int, column: int) -> Any:
    """Return a cell; of merged ones the first, which alone can be written to."""
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return page.cell(area.min_row, area.min_col)
    return page.cell(row, column)


def _colour(cell: Any, severity: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=_COLOURS[severity])


def _note(cell: Any, texts: Sequence[str]) -> None:
    from openpyxl.comments import Comment

    before = [cell.comment.text] if cell.comment else []
    text = _ILLEGAL.sub("", "\n\n".join([*before, *texts]))[:_LONGEST]
    cell.comment = Comment(text, "report check", height=40 + 20 * (len(text) // 45 + 1), width=320)


def _write(page: "Worksheet", row: int, column: int, text: str, **looks: Any) -> Any:
    """Write a text that is nothing but text, whatever it begins with."""
    cell = page.cell(row, column)
    cell.value = _ILLEGAL.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def _list(book: "Workbook", lines: Sequence[_Line], rest: int, edition: Edition) -> None:
    from openpyxl.styles import Alignment, Font

    name = say("workbooks.sheet", edition)
    while name in book.sheetnames:
        name += "_"
    page = book.create_sheet(name, 0)
    file = lines[0].finding.file if lines else ""
    _write(page, 1, 1, say("workbooks.title", edition, file=file), font=Font(bold=True, size=14))
    _write(page, 2, 1, say("workbooks.about", edition))
    if rest > 0:
        _write(page, 3, 1, say("workbooks.rest", edition, n=rest, file=FULL_LIST))
    wrap = Alignment(wrap_text=True, vertical="top")
    for column, (title, width) in enumerate(_COLUMNS, start=1):
        _write(page, 4, column, say(title, edition), font=Font(bold=True), alignment=wrap)
        page.column_dimensions["ABCDE"[column - 1]].width = width
    for row, line in enumerate(lines, start=5):
        _linked(page, row, line, edition)
        kinds = [say(f"severities.{line.finding.severity}", edition), say(f"kinds.{line.finding.kind}", edition)]
        for column, text in enumerate([*kinds, *said(line.finding, edition)], start=2):
            _write(page, row, column, text, alignment=wrap)
        _colour(page.cell(row, 2), line.finding.severity)
    page.freeze_panes = "A5"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _linked(page: "Worksheet", row: int, line: _Line, edition: Edition) -> None:
    """Write where a finding stands, as a link to its cell where it has one."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    if line.at is None:
        _write(page, row, 1, line.finding.column or say("check.whole", edition))
        return
    place = f"{get_column_letter(line.at[1])}{line.at[0]}"
    cell = _write(page, row, 1, f"{line.sheet}!{place}", alignment=Alignment(vertical="top"))
    quoted = line.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!{place}")
    cell.font = Font(color="FF0B5563", underline="single")
