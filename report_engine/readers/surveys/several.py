"""Questions whose several answers stand in one cell: a column of 1 and 0 for each answer beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from report_engine.readers.tables.sheet import NumberText, Sheet
from report_engine.readers.tables.tabular import unique

_MOST = 60  # answers that a question offers
_LONGEST = 300  # characters of a question in a column's name
_SURE = 0.8  # of the cells: so many hold nothing but answers that others gave, too
OTHER = "other"
"""What the column is called that keeps what people wrote themselves."""


def spread(sheet: Sheet, columns: Iterable[int], separator: str, *, ends: bool = False) -> Sheet:
    """Add behind each of these columns that holds several answers a cell one of 1 and 0 an answer, ``question [answer]``.

    An answer is one of those offered where several people gave it; what one alone gave is kept in ``question [other]``.
    Where ``ends``, the separator stands behind the last answer, too, which tells such a column for certain; else most
    cells must hold nothing but offered answers. Where nothing was answered the cells stay empty.
    """
    added: dict[int, tuple[list[str], list[list[str]]]] = {}
    for at in columns:
        cells = [cells[at].strip() for _, cells in sheet.records]
        given = [_parts(cell, separator) for cell in cells]
        if ends and not all(cell.endswith(separator) for cell in cells if cell):
            continue
        given = given if ends else _whole(given, separator)
        if offered := _offered(given, certain=ends):
            added[at] = (_names(sheet.header[at], offered, given), [_row(answers, offered) for answers in given])
    return _with(sheet, added) if added else sheet


def _parts(cell: str, separator: str) -> list[str]:
    return [part for part in (piece.strip() for piece in cell.split(separator)) if part]


def _whole(given: Sequence[Sequence[str]], separator: str) -> list[list[str]]:
    """Put together again an answer that holds the separator: its rest begins with a small letter and never stands alone."""
    often = Counter(part for parts in given for part in parts)
    pairs = Counter(pair for parts in given for pair in pairwise(parts))
    torn = {b: a for (a, b), n in pairs.items() if n == often[a] == often[b] and b[:1].islower() and a[:1].isupper()}
    found = []
    for parts in given:
        line: list[str] = []
        for part in parts:
            if line and torn.get(part) == line[-1]:
                line[-1] = f"{line[-1]}{separator.strip()} {part}"
            else:
                line.append(part)
        found.append(line)
    return found


def _offered(given: Sequence[Sequence[str]], *, certain: bool) -> list[str]:
    """Return the answers that a question offers, in the order in which they are met; none where it takes a single one."""
    answered = [parts for parts in given if parts]
    often = Counter(part for parts in answered for part in parts)
    offered = [answer for answer, count in often.items() if count > 1]
    if len(offered) > _MOST:
        return []
    known = sum(all(often[part] > 1 for part in parts) for parts in answered)
    several = any(len(parts) > 1 for parts in answered) and len(offered) > 1
    twice = any(len({*parts}) < len(parts) for parts in answered)  # nobody ticks an answer twice
    return offered if certain or (several and not twice and known >= _SURE * len(answered)) else []


def _names(name: str, offered: Sequence[str], given: Sequence[Sequence[str]]) -> list[str]:
    free = any(part not in offered for parts in given for part in parts)
    return [f"{name[:_LONGEST]} [{answer}]" for answer in (*offered, *([OTHER] if free else []))]


def _row(answers: Sequence[str], offered: Sequence[str]) -> list[str]:
    ticks = [NumberText(int(answer in answers)) if answers else "" for answer in offered]
    return [*ticks, "; ".join(answer for answer in answers if answer not in offered)]


def _with(sheet: Sheet, added: dict[int, tuple[list[str], list[list[str]]]]) -> Sheet:
    header: list[str] = []
    questions = dict(sheet.questions)
    for at, name in enumerate(sheet.header):
        names = added[at][0] if at in added else []
        header += [name, *names]
        questions |= dict.fromkeys(names, sheet.questions.get(name, name))
    records = []
    for index, (row, cells) in enumerate(sheet.records):
        line: list[str] = []
        for at, cell in enumerate(cells):
            line.append(cell)
            if at in added:
                line += added[at][1][index][: len(added[at][0])]
        records.append((row, line))
    return replace(sheet, header=unique(header), records=records, questions=questions)
