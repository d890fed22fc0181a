"""Sheets of a workbook with the same columns: whether they are one table, and whether their names tell the year."""

import re
from collections.abc import Iterable, Sequence

from report_engine.readers import Sheet
from report_engine.readers.mapping import PIECE

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def by_year_of(names: Iterable[str]) -> str:
    """Return what all names look like with ``{}`` for the year; ``""`` where they differ in more, or have none."""
    looks = {_YEAR.sub(PIECE, name) for name in names if PIECE not in name}
    look = looks.pop() if len(looks) == 1 else ""
    return look if look.count(PIECE) == 1 else ""


def are_apart(sheets: Sequence[Sheet], key: Iterable[str]) -> bool:
    """Say whether no row of a sheet is about the same as a row of another, by the columns that tell the rows apart."""
    header = sheets[0].header
    places = [header.index(name) for name in key if name in header]
    keys = [one for sheet in sheets for one in {tuple(cells[at] for at in places) for _, cells in sheet.records}]
    return bool(places) and len(keys) == len(set(keys))
