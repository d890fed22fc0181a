"""What the exports of survey tools share: questions of several columns, and records that are no answer."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message


def left_out(sheet: Sheet, is_left_out: Callable[[Sequence[str]], bool], reason: Message) -> Sheet:
    """Return a sheet without the records that are no answer, with one warning that counts them and names the first."""
    kept = [record for record in sheet.records if not is_left_out(record[1])]
    count = len(sheet.records) - len(kept)
    if not count:
        return sheet
    first = next(row for row, cells in sheet.records if is_left_out(cells))
    answers = Message("exports.answers_left", {"n": count})
    problem = Message("exports.left_out", {"answers": answers, "reason": reason})
    finding = Finding(sheet.file, "row", problem, first, severity="warning")
    return replace(sheet, records=kept, findings=(*sheet.findings, finding))


Ticks = Mapping[int, frozenset[str]]
"""What a column holds where its answer was chosen, by its position."""


def chosen(sheet: Sheet, groups: Iterable[Sequence[int]], ticks: Ticks) -> Sheet:
    """Write a question with several answers as 1 and 0: each group of columns is one question.

    A column without ticks is a free text and is kept as it is. Anything else than ticks in any other leaves the group as it
    is. Where nothing of a question was answered, its cells stay empty: it may not have been shown.
    """
    records = [(row, list(cells)) for row, cells in sheet.records]
    for group in groups:
        found = {at: _held(sheet, at) for at in group if at in ticks}
        if not any(found.values()) or any(values - ticks[at] - _NO for at, values in found.items()):
            continue
        for _, line in records:
            if any(line[at] for at in group):
                for at in found:
                    line[at] = "1" if line[at] in ticks[at] else "0"
    return replace(sheet, records=records)


def without_free_text(sheet: Sheet, groups: Iterable[Sequence[int]], ticks: Ticks) -> Ticks:
    """Leave out the ticks of each group's last column where it holds nothing of the kind, but something: "Other, namely"."""
    last = {group[-1] for group in groups}
    free = {at for at in last if (held := _held(sheet, at)) and not held & (ticks.get(at, frozenset()) | _NO)}
    return {at: ticks[at] for at in ticks if at not in free}


def _held(sheet: Sheet, at: int) -> set[str]:
    return {cells[at] for _, cells in sheet.records} - {""}


_NO = frozenset({"N", "0", "No", "Nej", "Nein", "FALSE", "False"})

_COMMA = re.compile(r"[+-]?\d+,\d+")
_WHOLE = re.compile(r"[+-]?\d+")


def with_points(sheet: Sheet) -> Sheet:
    """Write the numbers of each column that uses decimal commas with points; one that mixes both is left as it is."""
    columns = [
        at
        for at in range(len(sheet.header))
        if (found := {cells[at] for _, cells in sheet.records} - {""})
        and any(_COMMA.fullmatch(cell) for cell in found)
        and all(_COMMA.fullmatch(cell) or _WHOLE.fullmatch(cell) for cell in found)
    ]
    records = [(row, list(cells)) for row, cells in sheet.records]
    for _, cells in records:
        for at in columns:
            cells[at] = cells[at].replace(",", ".")
    return replace(sheet, records=records, decimal=".")
