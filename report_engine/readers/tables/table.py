"""From a sheet to a ``Raw`` table: blank rows and columns, notes, and cells that were damaged on their way."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from report_engine.contracts.contract import Contract
from report_engine.model.encoded import Encoded, Positions, either
from report_engine.model.findings import Fault, Finding, at_most, found, listed
from report_engine.readers.raw import BLANKS, Column, Raw, Unreadable
from report_engine.readers.tables.grid import gridded
from report_engine.readers.tables.header import named
from report_engine.readers.tables.sheet import DateText, ErrorText, NumberText, PercentText, Sheet
from report_engine.readers.tables.text import repaired
from report_engine.words.messages import Message

MOST_COLUMNS = 1_000
LONGEST_CELL = 100_000
LONGEST_NAME = 40  # that a message quotes

_MOJIBAKE = re.compile("[ÃÂ][\x80-\xbfŠšŒœŽžŸ–—‘’‚“”„†‡•…‰‹›€]|â€")
_SUSPECT = re.compile(f"(?m)[\udc80-\udcff\ufffd]|^\\s*#|{_MOJIBAKE.pattern}")
_ERRORS = "N/A REF! VALUE! DIV/0! NAME? NULL! NUM! SAKNAS! REFERENS! VÄRDEFEL! DIVISION/0! NAMN? SKÄRNING! OGILTIGT!"
_WORDS = re.compile(
    r"[^\W\d_][^\w]*\s+\S|\S\s+[^\W\d_]"
)  # a key or a number on its own is rather what is left of a row
_ERROR = re.compile(f"#({'|'.join(map(re.escape, _ERRORS.split()))}|##+)")


@dataclass(frozen=True)
class Wanted:
    """The columns that are sought in a file, by the names it has for them.

    ``needed`` are never empty in a record; ``likely`` are names that tell a header too, but that none has all of.
    """

    names: tuple[str, ...]
    needed: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()

    @property
    def known(self) -> tuple[str, ...]:
        """Every name that tells a header."""
        return (*self.names, *sorted(self.likely))

    @classmethod
    def by(cls, contract: Contract) -> "Wanted":
        """Want the contract's columns by their own names."""
        required = (field for field in contract.fields if field.constraints.required and not field.lost)
        needed = {field.name for field in required} | {*contract.primary_key}
        return cls(contract.columns, frozenset(needed))


def assemble(sheet: Sheet, wanted: Wanted) -> Raw:
    """Put a sheet's records under its header; ``Unreadable`` where none of the columns is there, or nothing below them."""
    file = sheet.file
    names = columns_named(sheet, wanted)
    import numpy as np

    grid = gridded(sheet.records)
    count = np.zeros(len(grid), np.int32)
    for column in grid.even():
        count += column.where(_is_filled)
    if not count.any():
        raise Unreadable(
            Finding(file, "file", Message("files.header_without_rows"), advice=Message("files.export_table"))
        )
    alone = (count == 1) & (len(wanted.needed & set(names)) > 1)
    notes = [*grid.take(alone)]
    grid = grid.take((count > 0) & ~alone)
    rows = grid.rows
    last = rows[-1] if rows else sheet.header_row
    findings = [*sheet.findings, *at_most(note(file, row, cells, below=row > last) for row, cells in notes)]
    hidden = [row for row in rows if row in sheet.hidden_rows] if sheet.hidden_rows else []
    if hidden:
        problem = Message("files.rows_hidden", {"n": len(hidden)})
        advice = Message("files.show_or_delete_rows")
        findings.append(Finding(file, "row", problem, hidden[0], advice=advice, severity="warning"))
    columns = {}
    for name, column in _placed(file, names, grid.even(), sheet.header_row, findings):
        columns[name] = _column(file, name, column, rows, findings)
    named_sheet = sheet.name or None
    return Raw(
        file, columns, rows, sheet.decimal, tuple(findings), named_sheet, form=sheet.form, hidden_rows=frozenset(hidden)
    )


def columns_named(sheet: Sheet, wanted: Wanted) -> list[str]:
    """Return the header's column names; raises ``Unreadable`` if they are too many or none of them is wanted."""
    names = named(sheet.header)
    if len(names) > MOST_COLUMNS:
        problem = Message("files.table_columns", {"n": len(names), "limit": MOST_COLUMNS})
        raise Unreadable(Finding(sheet.file, "file", problem))
    if not set(names) & set(wanted.known):
        advice = Message("files.first_row_names", {"columns": listed(wanted.names)})
        # without a header, this is what people said
        there = listed(name if len(name) <= LONGEST_NAME else "…" for name in names)
        problem = Message("files.no_column_found", {"found": there})
        raise Unreadable(Finding(sheet.file, "column", problem, sheet.header_row or None, advice=advice))
    return names


def note(file: str, row: int, cells: Sequence[str], *, below: bool = False) -> Finding:
    """Return the finding for a row with a single filled cell; words ``below`` the table are taken for a note."""
    text = repaired(next(cell.strip(BLANKS) for cell in cells if cell.strip(BLANKS)))
    if below and _WORDS.search(text):
        problem = Message("files.note_below")
        return Finding(file, "row", problem, row, None, text, severity="warning")
    advice = Message("files.remove_note")
    return Finding(file, "row", Message("files.only_filled_cell"), row, None, text, advice=advice)


def _is_filled(cell: str) -> bool:
    return bool(cell.strip(BLANKS))


def _placed(
    file: str, names: Sequence[str], cells: Sequence[Encoded[str]], row: int, findings: list[Finding]
) -> Iterator[tuple[str, Encoded[str]]]:
    """Give each named column once; a second one of the same name or one without a name but with cells is a finding."""
    seen: dict[str, int] = {}
    for at, (name, column) in enumerate(zip(names, cells, strict=True)):
        if not name:
            first = next((cell for cell in column.values() if cell.strip(BLANKS)), None)
            if first is not None:
                problem = Message("files.column_without_header", {"column": letters(at)})
                advice = Message("files.name_or_empty_column")
                findings.append(Finding(file, "column", problem, row, None, repaired(first), advice=advice))
        elif name in seen:
            problem = Message("files.header_twice", {"one": letters(seen[name]), "other": letters(at)})
            findings.append(Finding(file, "column", problem, row, name, advice=Message("files.keep_one_column")))
        else:
            seen[name] = at
            yield name, column


def letters(position: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text


def _column(file: str, name: str, cells: Encoded[str], rows: Sequence[int], findings: list[Finding]) -> Column:
    """Strip the cells of one column and sort out those that hold no text any more."""
    distinct = cells.values()
    kinds = {*map(type, map(cells.distinct.__getitem__, cells.found().tolist()))} - {str}
    marks = {kind: Positions(cells.where(partial(_is_of, kind))) for kind in kinds}
    together = "\n".join(distinct)  # one look at all the text: most columns hold nothing that needs care
    plain = together.isascii() and "\r" not in together
    texts = cells.map((lambda cell: str(cell).strip()) if plain else _clean)
    faults: dict[int, Fault] = {}
    if _SUSPECT.search(together) or any(len(cell) > LONGEST_CELL for cell in distinct):
        faults = cells.map(_damage).at(Fault)
    for at in marks.get(ErrorText, ()):
        faults[at] = _SPREADSHEET_ERROR if cells[at] else _NO_VALUE
    shown = (found(fault, file, rows[at], name, repaired(cells[at]) or None) for at, fault in sorted(faults.items()))
    findings += at_most(shown)
    lost = frozenset(at for at, fault in faults.items() if fault in _LOST)
    numbers = either([marks[kind] for kind in (NumberText, PercentText) if kind in marks], len(cells))
    nowhere: frozenset[int] = frozenset()
    return Column(texts, numbers, marks.get(DateText, nowhere), lost, percents=marks.get(PercentText, nowhere))


def _is_of(kind: type, cell: str) -> bool:
    return type(cell) is kind


def _clean(cell: str) -> str:
    """Return a cell's text: no blanks around it, composed letters, ``\\n`` for a line break, Windows-1252 undone."""
    text = str(cell).strip(BLANKS).replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    text = repaired(text)
    return unicodedata.normalize("NFC", _undone(text) or text).strip(BLANKS)


_SPREADSHEET_ERROR = Fault("type", None, Message("files.spreadsheet_error"), None, Message("files.correct_formula"))
_NO_VALUE = Fault("type", None, Message("files.formula_without_value"), None, Message("files.open_and_save"))
_TOO_LONG = Fault(
    "type", None, Message("files.cell_longer", {"limit": LONGEST_CELL}), None, Message("files.quotation_mark_missing")
)
_LETTERS_LOST = Fault("encoding", None, Message("files.letters_lost"), None, Message("files.export_csv"))
_NOT_UTF_8 = Fault("encoding", None, Message("files.stray_windows_1252"), None, Message("files.save_all_utf8"))
_MISREAD = Fault("encoding", None, Message("files.misread_utf8"), None, Message("files.open_original"))


_LOST = {_SPREADSHEET_ERROR, _NO_VALUE, _TOO_LONG, _LETTERS_LOST}
"""What leaves nothing of a cell that could be checked any further."""


def _damage(cell: str) -> Fault | None:
    """Say what happened to a cell's characters on their way, if anything did."""
    if len(cell) > LONGEST_CELL:
        return _TOO_LONG
    if not _SUSPECT.search(cell):
        return None
    if _ERROR.fullmatch(cell.strip(BLANKS)):
        return _SPREADSHEET_ERROR
    if "\ufffd" in cell:
        return _LETTERS_LOST
    if re.search("[\udc80-\udcff]", cell):
        return _NOT_UTF_8
    fixed = _undone(cell)
    return replace(_MISREAD, nearest=fixed.strip(BLANKS)) if fixed else None


def _undone(text: str) -> str | None:
    """Return what a cell said before its UTF-8 was read as Windows-1252, or ``None`` if that didn't happen to it."""
    if not _MOJIBAKE.search(text):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
