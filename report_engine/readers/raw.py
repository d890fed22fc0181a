"""A table as it stands in a file: nothing but text, and where each cell is to be found in the spreadsheet."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from report_engine.model.encoded import Positions, encoded, joined, marked, repeated
from report_engine.model.findings import Finding

BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What counts as blank at the ends of a cell: spaces of every width, and characters without any."""


class Unreadable(Exception):
    """A file that holds no table that could be checked any further; ``findings`` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class Place(NamedTuple):
    """Where a cell stands, and what stands there, as the person who made the file sees it."""

    file: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Column:
    """The cells below one header: ``texts`` as they stand, blanks at the ends removed, ``""`` where empty.

    ``numbers`` and ``dates`` hold the positions of cells that a workbook stores as a number or a date instead of text,
    ``percents`` those of numbers that it shows as percentages (0.397 for 39.7 %), ``damaged`` those of cells whose content is lost (each has a finding already). Where a mapping gave the column its name
    or its values, ``header`` is what the file calls it, ``written`` what stands in the cells that were translated;
    ``rows`` and ``headers`` are the row and the header of each cell where that is not the record's and the column's.
    """

    texts: Sequence[str]
    numbers: AbstractSet[int] = frozenset()
    dates: AbstractSet[int] = frozenset()
    damaged: AbstractSet[int] = frozenset()
    header: str | None = None
    written: Mapping[int, str] = field(default_factory=dict)
    rows: Sequence[int] = ()
    headers: Sequence[str] = ()
    percents: AbstractSet[int] = frozenset()

    def take(self, order: Sequence[int]) -> "Column":
        """Return the cells at these positions, in this order; a position may come twice."""

        def moved(positions: AbstractSet[int]) -> AbstractSet[int]:
            return Positions(marked(positions, len(self.texts))[[*order]]) if positions else positions

        return Column(
            encoded(self.texts).take(order),
            moved(self.numbers),
            moved(self.dates),
            moved(self.damaged),
            self.header,
            {to: self.written[at] for to, at in enumerate(order) if at in self.written} if self.written else {},
            [self.rows[at] for at in order] if self.rows else (),
            [self.headers[at] for at in order] if self.headers else (),
            moved(self.percents),
        )


@dataclass(frozen=True)
class Raw:
    """One table as text.

    ``columns`` maps each header to its cells, all columns of one length; ``rows`` holds the row of each record as a
    spreadsheet shows it (the header's is 1; a line break inside a cell starts no row). ``decimal`` is the decimal sign that
    the file's form leads one to expect, ``None`` where it says nothing. ``findings`` are what reading itself found.
    ``parts`` are the tables of several files that were put together, in this order. ``mapping`` names the file that says how
    their columns and values became ours, and ``before`` is the table as it was then, with all that was left out. ``form`` is
    the format of the file, ``hidden_rows`` are those of ``rows`` that its sheet hides.
    """

    file: str
    columns: Mapping[str, Column]
    rows: list[int]
    decimal: str | None = None
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None
    parts: "tuple[Raw, ...]" = ()
    mapping: str | None = None
    before: "Raw | None" = None
    form: str = ""
    hidden_rows: frozenset[int] = frozenset()

    def take(self, order: Sequence[int]) -> "Raw":
        """Return the table with the records at these positions only."""
        columns = {name: column.take(order) for name, column in self.columns.items()}
        return replace(self, columns=columns, rows=[self.rows[at] for at in order])

    @property
    def files(self) -> "tuple[Raw, ...]":
        """The table of each file by itself, as it stands there."""
        return tuple(part.before or part for part in self.parts or (self,))

    def headers(self, column: str) -> frozenset[str]:
        """Return every name that a column of ours has in the files."""
        found = {column}
        for cells in (part.columns.get(column) for part in self.parts or (self,)):
            if cells is not None:
                found |= {cells.header or column, *cells.headers}
        return frozenset(found)

    def place(self, at: int, column: str | None = None) -> Place:
        """Say where a record, or its cell in a column, is to be found."""
        if self.parts:
            part = bisect_right(self._starts, at) - 1
            return self.parts[part].place(at - self._starts[part], column)
        cells = self.columns.get(column) if column is not None else None
        if cells is None:
            return Place(self.file, self.rows[at], column or "", "")
        row = cells.rows[at] if cells.rows else self.rows[at]
        header = (cells.headers[at] if cells.headers else cells.header) or column or ""
        return Place(self.file, row, header, cells.written.get(at, cells.texts[at]))

    def hides(self, at: int) -> bool:
        """Say whether a record stands in a hidden row."""
        if self.parts:
            part = bisect_right(self._starts, at) - 1
            return self.parts[part].hides(at - self._starts[part])
        return self.rows[at] in self.hidden_rows

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(part.rows) for part in self.parts)][: len(self.parts)]


def together(parts: Sequence[Raw], names: Iterable[str]) -> Raw:
    """Put the tables of several files under one another; of the columns, those of these names.

    A column that a file lacks has empty cells there, marked as damaged: that it is missing is a finding of its own.
    """
    if len(parts) == 1:
        return parts[0]
    columns = {}
    for name in names:
        if any(name in part.columns for part in parts):
            columns[name] = _under_one_another([part.columns.get(name) or _absent(len(part.rows)) for part in parts])
    rows = [row for part in parts for row in part.rows]
    findings = tuple(finding for part in parts for finding in part.findings)
    mapping = parts[0].mapping if parts else None
    return Raw(", ".join(part.file for part in parts), columns, rows, None, findings, None, tuple(parts), mapping)


def _absent(count: int) -> Column:
    return Column(repeated("", count), damaged=frozenset(range(count)))


def _under_one_another(columns: Sequence[Column]) -> Column:
    starts = [0, *accumulate(len(column.texts) for column in columns)]

    def shifted(positions: Sequence[AbstractSet[int]]) -> AbstractSet[int]:
        places = ((start, its) for start, its in zip(starts, positions, strict=False) if its)
        return frozenset(start + at for start, its in places for at in its)

    return Column(
        joined([column.texts for column in columns]),
        shifted([column.numbers for column in columns]),
        shifted([column.dates for column in columns]),
        shifted([column.damaged for column in columns]),
    )
