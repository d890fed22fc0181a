"""A table as it stands in a file: nothing but text, and where each cell is to be found in the spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.findings import Finding

BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What counts as blank at the ends of a cell: spaces of every width, and characters without any."""


class Unreadable(Exception):
    """A file that holds no table that could be checked any further; ``findings`` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True)
class Column:
    """The cells below one header: ``texts`` as they stand, blanks at the ends removed, ``""`` where empty.

    ``numbers`` and ``dates`` hold the positions of cells that a workbook stores as a number or a date instead of text,
    ``damaged`` those of cells whose content is lost (each has a finding already).
    """

    texts: list[str]
    numbers: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    damaged: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Raw:
    """One table as text.

    ``columns`` maps each header to its cells, all columns of one length; ``rows`` holds the row of each record as a
    spreadsheet shows it (the header's is 1; a line break inside a cell starts no row). ``decimal`` is the decimal sign that
    the file's form leads one to expect, ``None`` where it says nothing. ``findings`` are what reading itself found.
    """

    file: str
    columns: Mapping[str, Column]
    rows: list[int]
    decimal: str | None = None
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None
