"""LimeSurvey: answers as CSV or .xlsx, headed by question codes, by codes and texts, or by texts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.answers import chosen, left_out, without_free_text
from report_engine.readers.tables.sheet import NumberText, Sheet
from report_engine.readers.tables.tabular import first_rows, tables, unique
from report_engine.words.messages import Message

FORM = "limesurvey"

_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\[\]]*\])*)\. (.*)", re.DOTALL)
_PART = re.compile(r"([^\[\]]*[^\[\]\s])\s*\[[^\[\]]+\]")  # of a question's code, or of its text
_CODE = re.compile(r"[A-Za-z]\w*")
_FREE = re.compile(r"(?:comment|\[other)\]")  # ends the code of a part that people write something in
_NOT_SHOWN = "N/A"  # stands where the conditions of a question were not met
_LONG = re.compile(r"-?\d+\.\d{10}")  # how a numerical answer is stored
_OURS = {"response id": "id", "date submitted": "submitdate", "last page": "lastpage", "start language": "startlanguage",
         "seed": "seed", "date started": "startdate", "date last action": "datestamp"}  # fmt: skip
_OTHERS = {"lastpage", "startlanguage", "seed", "startdate"}
_BEFORE = ("id", "submitdate", "lastpage", "startlanguage")  # what always stands before the answers, in this order
_LANGUAGE = (
    "ar|bg|bs|ca|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|is|it|ka|ko|lt|lv|mk|nb|nl|nn|pl|pt|ro|ru|sk|sl|so|sq|"
    "sr|sv|th|tr|uk|ur|vi|zh"
)
_HELD = (r"\d+", r"(?:\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)?", r"-?\d*", rf"(?:{_LANGUAGE})(?:-[A-Za-z-]+)?")
_SAMPLE = 20  # rows by which the first columns are told
_YES = frozenset({"Y", "Yes", "Ja", "1"})


def matches(data: bytes, name: str) -> bool:
    """Say whether a table begins with the columns that LimeSurvey writes before the answers."""
    return any(rows and _is_header(_in_english(rows[0], rows[1:])) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read answers under their question codes, each part of a question as ``Q1[SQ001]``.

    Answers that were not sent in (no ``submitdate``) are left out with a warning. Questions with several answers become 1
    and 0 beside their free texts, empty where nothing was answered: LimeSurvey does not say then whether the question was
    shown. Raises ``Unreadable``.
    """
    for table in tables(data, file):
        table = replace(table, header=_in_english(table.header, [cells for _, cells in table.records[:_SAMPLE]]))
        if _is_header(table.header):
            if not table.records:
                raise Unreadable(Finding(file, "file", Message("exports.no_answers")))
            return [_read(table)]
    raise Unreadable(Finding(file, "file", Message("exports.not_limesurvey"), advice=Message("exports.again")))


def _read(table: Sheet) -> Sheet:
    names, questions = _named(table.header)
    sheet = replace(table, form=FORM, header=unique(names), decimal=".")
    sheet = replace(sheet, questions={name: text for name, text in zip(sheet.header, questions, strict=True) if text})
    sheet = replace(
        sheet, records=[(row, ["" if c == _NOT_SHOWN else c for c in cells]) for row, cells in sheet.records]
    )
    sent = sheet.header.index("submitdate")
    sheet = left_out(sheet, lambda cells: not cells[sent].strip(), Message("exports.not_submitted"))
    groups: dict[str, list[int]] = {}
    for at, name in enumerate(sheet.header):
        if part := _PART.fullmatch(name):
            groups.setdefault(part[1], []).append(at)
    parts = [at for group in groups.values() for at in group if not _FREE.search(sheet.header[at])]
    by_text = [
        group for question, group in groups.items() if not _CODE.fullmatch(question)
    ]  # any part may be the free one
    ticks = without_free_text(sheet, by_text, dict.fromkeys(parts, _YES - {"1"}))
    sheet = chosen(sheet, groups.values(), ticks)
    return replace(sheet, records=[(row, [_short(cell) for cell in cells]) for row, cells in sheet.records])


def _short(cell: str) -> str:
    return NumberText(cell.rstrip("0").removesuffix(".")) if _LONG.fullmatch(cell) else cell


def _named(header: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the question codes and, where the header has them, the texts."""
    names, questions = [], []
    for cell in header:
        coded = _CODED.fullmatch(cell)
        names.append(coded[1] if coded else _OURS.get(cell.casefold(), cell))
        questions.append(" ".join(coded[2].split()) if coded else "")
    return names, questions


def _in_english(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a header whose first columns are called as in English, in whatever language they were, by what they hold."""
    held = [cells[: len(_BEFORE)] for cells in rows[:_SAMPLE]]
    theirs = [*map(re.compile, _HELD)]
    fits = [
        len(cells) == len(_BEFORE) and all(one.fullmatch(cell) for one, cell in zip(theirs, cells, strict=True))
        for cells in held
    ]
    dated = any(cells[1] for cells in held if len(cells) > 1)
    return [*_BEFORE, *header[len(_BEFORE) :]] if fits and all(fits) and dated else [*header]


def _is_header(cells: Sequence[str]) -> bool:
    names = _named(cells)[0]
    return names[:1] == ["id"] and "submitdate" in names and bool(_OTHERS & {*names})
