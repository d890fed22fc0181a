"""What a spreadsheet shows of its cells and the workbook reader does not say: percentages, years of dates, hidden rows."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from report_engine.readers.tables.package import attributes, column_number, relations
from report_engine.readers.tables.sheet import DateText, NumberText, PercentText, Record

Shown = Literal["percent", "year"]
"""How a cell is shown where that changes what its number means: 0.397 as 39.7 %, 2016-01-01 as 2016."""

Area = tuple[int, int, int, int, Shown]
"""First row (from 1) and column (from 0), how many rows and columns, and how they are shown."""

BUILT_IN: dict[str, Shown] = {"9": "percent", "10": "percent"}  # 0% and 0.00%, which no workbook spells out
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_YEAR = re.compile("y+(;@)?")
# no pattern may run past the next "<": on a hostile part it would take forever
_GIVEN = rb"""((?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*/?>"""
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt" + _GIVEN)
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf" + _GIVEN)
_PLACED = re.compile(rb"<(?:\w+:)?(row|c)" + _GIVEN)
_QUOTES = (b'"', b"'")
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


def shown(code: str) -> Shown | None:
    """Say how a number format (``0.0%``, ``yyyy``) shows a cell; ``None`` where it is shown as what it is."""
    bare = _LITERAL.sub("", code).strip()
    if "%" in bare:
        return "percent"
    return "year" if _YEAR.fullmatch(bare.casefold()) else None


def styles(parts: Mapping[str, bytes]) -> dict[str, Shown]:
    """Return how a workbook's cell styles show a cell, by their number; those that show it as it is are left out."""
    part = parts.get(next((place for kind, place in relations(parts).values() if kind == "styles"), ""), b"")
    formats = dict(BUILT_IN)
    for tag in _FORMAT.findall(part):
        given = attributes(tag)
        if found := shown(given.get("formatCode", "")):
            formats[given.get("numFmtId", "")] = found
    listed = _STYLES.search(part)
    numbers = [attributes(tag).get("numFmtId", "") for tag in _STYLE.findall(listed[1])] if listed else []
    return {str(at): formats[number] for at, number in enumerate(numbers) if number in formats}


def look(records: list[Record], part: bytes, styles: Mapping[str, Shown]) -> frozenset[int]:
    """Mark the cells of a sheet that these styles show as something else; return its hidden rows (from 1)."""
    if b"hidden" not in part and not any(
        quote + style.encode() + quote in part for style in styles for quote in _QUOTES
    ):
        return frozenset()
    hidden = set()
    for row, column, given in _walk(part):
        if column < 0 and given.get("hidden") in ("1", "true"):
            hidden.add(row)
        elif column >= 0 and (how := styles.get(given.get("s", ""))):
            mark(records, (row, column, 1, 1, how))
    return frozenset(hidden)


def mark(records: list[Record], area: Area) -> None:
    """Mark numbers that are shown as percentages, and write dates that are shown as a year as that year."""
    top, left, down, right, how = area
    for _, cells in records[max(0, top - 1) : top - 1 + down]:
        for column in range(left, min(left + right, len(cells))):
            cells[column] = _CHANGES[how](cells[column])


def _percentage(cell: str) -> str:
    return PercentText(cell) if isinstance(cell, NumberText) else cell


def _year(cell: str) -> str:
    return NumberText(cell[:4]) if isinstance(cell, DateText) and re.match(r"\d{4}-", cell) else cell


_CHANGES: Mapping[Shown, Callable[[str], str]] = {"percent": _percentage, "year": _year}


def _walk(part: bytes) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Give each row (its column is -1) and cell of a sheet with its attributes; one that names no place follows the last."""
    row, column = 0, -1
    for tag in _PLACED.finditer(part):
        given = attributes(tag[2])
        if tag[1] == b"row":
            number = given.get("r", "")
            row, column = int(number) if re.fullmatch("[0-9]{1,7}", number) else row + 1, -1
            yield row, -1, given
            continue
        place = _PLACE.fullmatch(given.get("r", ""))
        row, column = (int(place[2]), column_number(place[1]) - 1) if place else (row, column + 1)
        yield row, column, given
