"""Where the header of a spreadsheet stands: below a title, over several rows, with names merged over columns."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import BLANKS
from report_engine.readers.tables.sheet import NumberText, Record, Sheet
from report_engine.readers.tables.text import repaired
from report_engine.words.messages import Message

SOUGHT = 20  # filled rows in which the header is looked for
DEEPEST = 3  # rows that a header may have


def named(header: Iterable[str]) -> list[str]:
    """Return a header's column names without blanks at their ends."""
    return [unicodedata.normalize("NFC", repaired(cell.strip(BLANKS))) for cell in header]


def filled(cells: Sequence[str]) -> bool:
    """Say whether any cell of a row holds something."""
    return any(cell.strip(BLANKS) for cell in cells)


def headed(sheet: Sheet, known: Collection[str]) -> Sheet:
    """Return the sheet with its header found, by the columns that are sought (``known``; where empty, by its looks).

    The header is the first row that names half as many of them as the best row does; two or three rows are read as one,
    their names joined from top to bottom ("2023 Participants"), only where that names more. Rows above are left out, with a
    warning. A sheet that has a header, or holds nothing, comes back as it is.
    """
    records = sheet.records
    places = [at for at, (_, cells) in enumerate(records[: SOUGHT * 50]) if filled(cells)][:SOUGHT]
    if sheet.header or not places:
        return sheet
    known = frozenset(known)
    start, depth = _sought(sheet, places, known) if known else _guessed(sheet, places)
    names = joined(sheet, start, depth, known)
    above = [records[at] for at in places if at < start]
    findings = sheet.findings
    row = records[start + depth - 1][0]
    if above:
        first = next(cell for cell in above[0][1] if cell.strip(BLANKS))
        problem = Message("files.above_header", {"row": records[start][0]})
        findings += (
            Finding(sheet.file, "row", problem, above[0][0], None, repaired(first.strip(BLANKS)), severity="warning"),
        )
    return replace(sheet, header=names, header_row=row, records=records[start + depth :], findings=findings)


def matches(sheet: Sheet, known: Collection[str]) -> int:
    """Count the columns sought that the sheet has under its header, or under the best header that can be found in it."""
    return len(frozenset(known) & frozenset(named(headed(sheet, known).header)))


def joined(sheet: Sheet, start: int, depth: int, known: Collection[str] = ()) -> list[str]:
    """Return the names that stand in ``depth`` rows from position ``start``, joined from top to bottom by blanks.

    Below a name that several columns share, the lowest alone may be the one that is sought.
    """
    lines = [record[1] for record in sheet.records[start : start + depth]]
    if depth == 1:
        return list(lines[0])
    width = max(map(len, lines))
    levels = []
    for at in range(depth):
        cells = named(lines[at]) + [""] * (width - len(lines[at]))
        levels.append(_spread(sheet, sheet.records[start + at], cells) if at < depth - 1 else cells)
    found = []
    for at, names in enumerate(zip(*levels, strict=True)):
        whole = " ".join(dict.fromkeys(filter(None, names)))
        grouped = names[-2] in [levels[-2][next_] for next_ in (at - 1, at + 1) if 0 <= next_ < width]
        found.append(names[-1] if whole not in known and grouped and names[-1] in known else whole)
    return found


def _spread(sheet: Sheet, record: Record, cells: list[str]) -> list[str]:
    """Repeat a name over the columns it is merged over; in files that know no merged cells, up to the next name."""
    cells = list(cells)
    if sheet.merged:
        for row, first, last in sheet.merged:
            if row == record[0] and first < len(cells):
                cells[first : last + 1] = [cells[first]] * (min(last + 1, len(cells)) - first)
        return cells
    for at in range(1, len(cells)):
        cells[at] = cells[at] or cells[at - 1]
    return cells


def _sought(sheet: Sheet, places: Sequence[int], known: frozenset[str]) -> tuple[int, int]:
    def score(at: int, depth: int) -> int:
        return len(known & set(named(joined(sheet, at, depth, known))))

    if score(places[0], 1) == len(known):  # by far the most common
        return places[0], 1
    single = {at: score(at, 1) for at in places}
    best = max(single.values())
    start = next(at for at in places if single[at] * 2 >= best) if best else places[0]
    depths = range(2, DEEPEST + 1)
    runs = [(at, depth) for depth in depths for at in places if all(at + step in single for step in range(depth))]
    deep = {run: score(*run) for run in runs}
    deepest = max(deep.values(), default=0)
    if deepest > best:
        return next(place for place, found in deep.items() if found == deepest)
    return start, 1


def _guessed(sheet: Sheet, places: Sequence[int]) -> tuple[int, int]:
    """Take the first row that is nearly as wide as any and holds words; with the row above where its names repeat."""

    def words(at: int) -> list[str]:
        cells = sheet.records[at][1]
        numbers = [str(cell) for cell in cells if isinstance(cell, NumberText)]
        years = len({*numbers}) == len(numbers) > 1 and all(re.fullmatch("(19|20)[0-9][0-9]", text) for text in numbers)
        return [name for cell, name in zip(cells, named(cells), strict=True)
                if name and (years or not isinstance(cell, NumberText))]  # fmt: skip

    widest = max(_count(sheet, at) for at in places)
    start = next((at for at in places if len(words(at)) * 2 > widest), places[0])
    names, below = words(start), start + 1
    if len(set(names)) < len(names) and start - 1 in places:
        return start - 1, 2
    if (
        below in places
        and below + 1 in places
        and len(words(below)) == _count(sheet, below)
        and _gaps(sheet, start, below)
    ):
        return start, 2
    return start, 1


def _count(sheet: Sheet, at: int) -> int:
    return sum(1 for cell in sheet.records[at][1] if cell.strip(BLANKS))


def _gaps(sheet: Sheet, start: int, below: int) -> bool:
    """Say whether a row leaves cells empty over which the row below has words: then it may name groups of columns."""
    upper, lower = named(sheet.records[start][1]), named(sheet.records[below][1])
    open_ = [at for at, name in enumerate(lower) if name and (at >= len(upper) or not upper[at])]
    return bool(open_) and not any(name.replace(",", ".").replace(".", "").isdecimal() for name in lower if name)
