"""Qualtrics: answers as CSV or TSV with three header rows (ids, questions, ImportIds), or two in the legacy format."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.answers import chosen, left_out
from report_engine.readers.surveys.several import spread
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, grids, headed
from report_engine.words.messages import Message

FORM = "qualtrics"

_QUESTION = re.compile(r"Q\d+(\.\d+)?")  # with several answers in one cell, where columns were not split
_PART = re.compile(r"(.+?)_\d+(_TEXT)?")
_TRIAL = frozenset({"1", "2", "9", "17", "survey preview", "survey test"})
_UNFINISHED = frozenset({"0", "false", "falskt", "falsch", "faux", "falso"})


def matches(data: bytes, name: str) -> bool:
    """Say whether a table has Qualtrics' row of ImportIds, or the first columns of its legacy format."""
    return any(_depth(rows) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read answers under the columns' ids, with the questions in whatever language they were exported in.

    Previews and unfinished answers are left out with a warning. Questions with several answers (``Q2_1``, ``Q2_2``) become 1
    and 0 beside their free texts (``Q2_2_TEXT``), empty where nothing was answered. Raises ``Unreadable``.
    """
    (sheet, *_) = grids(data, file)
    rows = [cells for _, cells in sheet.records[:3]]
    depth = _depth(rows)
    if not depth:
        raise Unreadable(Finding(file, "file", Message("exports.not_qualtrics"), advice=Message("exports.again")))
    if len(sheet.records) == depth:
        raise Unreadable(Finding(file, "file", Message("exports.no_answers"), advice=Message("exports.again")))
    meant = [_imported(cell) for cell in rows[2]] if depth == 3 else [cell.casefold() for cell in rows[1]]
    read = headed(sheet, depth)
    questions = dict(zip(read.header, (" ".join(text.split()) for text in rows[1]), strict=False))
    read = replace(read, form=FORM, questions={name: text for name, text in questions.items() if name and text})
    status, finished = (_place(meant, name, len(read.header)) for name in ("status", "finished"))
    if status is not None:
        read = left_out(read, lambda cells: cells[status].strip().casefold() in _TRIAL, Message("exports.preview"))
    if finished is not None:
        read = left_out(
            read, lambda cells: cells[finished].strip().casefold() in _UNFINISHED, Message("exports.not_finished")
        )
    return [_several(read)]


def _several(sheet: Sheet) -> Sheet:
    """Write questions with several answers as 1 and 0: each part holds its own answer, in words or as 1, or nothing.

    Where the parts stand in one cell, the columns of 1 and 0 come beside it.
    """
    groups: dict[str, list[int]] = {}
    ticks = {}
    for at, name in enumerate(sheet.header):
        if part := _PART.fullmatch(name):
            groups.setdefault(part[1], []).append(at)
            if not part[2]:
                ticks[at] = frozenset({"1", sheet.questions.get(name, "").rpartition(" - ")[2]})
    several = [group for group in groups.values() if sum(at in ticks for at in group) > 1]
    single = [at for at, name in enumerate(sheet.header) if _QUESTION.fullmatch(name)]
    return spread(chosen(sheet, several, ticks), single, ",")


def _depth(rows: Sequence[Sequence[str]]) -> int:
    if (
        len(rows) > 2
        and rows[2]
        and sum(_imported(cell) != "" for cell in rows[2]) * 2 > len([c for c in rows[2] if c])
    ):
        return 3
    legacy = len(rows) > 1 and rows[0][:2] == ["V1", "V2"] and rows[1][:1] in (["ResponseID"], ["ResponseId"])
    return 2 if legacy else 0


def _imported(cell: str) -> str:
    if '"ImportId"' not in cell or len(cell) > 2_000:
        return ""
    try:
        content = json.loads(cell)
    except (ValueError, RecursionError):
        return ""
    return str(content.get("ImportId", "")) if isinstance(content, dict) else ""


def _place(meant: Sequence[str], name: str, width: int) -> int | None:
    return meant.index(name) if name in meant[:width] else None
