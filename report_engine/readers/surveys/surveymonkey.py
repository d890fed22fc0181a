"""SurveyMonkey: answers as CSV or .xlsx with two header rows, the question and below it the answer or part."""

from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.answers import chosen, without_free_text
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, grids, headed, unique
from report_engine.words.messages import Message

FORM = "surveymonkey"

_FIRST = frozenset({"respondent id", "respondentid", "respondent-id", "respondent_id"})
_LONGEST = 300  # characters of a question in a column's name


def matches(data: bytes, name: str) -> bool:
    """Say whether a table begins with SurveyMonkey's two header rows."""
    return any(_is_header(rows) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read answers; a question of one column is named by its text, one of several as ``question [part]``.

    Questions with several answers become 1 and 0 beside their free text, empty where nothing was answered. Raises
    ``Unreadable``.
    """
    for sheet in grids(data, file):
        rows = [cells for _, cells in sheet.records[:2]]
        if _is_header(rows):
            if len(sheet.records) == 2:
                raise Unreadable(Finding(file, "file", Message("exports.no_answers")))
            return [_read(sheet)]
    raise Unreadable(Finding(file, "file", Message("exports.not_surveymonkey"), advice=Message("exports.again")))


def _read(sheet: Sheet) -> Sheet:
    width = max(len(cells) for _, cells in sheet.records[:2])
    questions, parts = (_even(cells, width) for _, cells in sheet.records[:2])
    groups: list[list[int]] = []
    for at, question in enumerate(questions):
        if question or not groups or not parts[at]:
            groups.append([at])
        else:  # the question is written over the first of its columns only
            groups[-1].append(at)
    names = [""] * width
    asked = {}
    for group in groups:
        question = questions[group[0]]
        for at in group:
            named = f"{question[:_LONGEST]} [{parts[at]}]" if len(group) > 1 else question[:_LONGEST]
            names[at] = named if question else parts[at]
    names = unique(names)
    asked = {names[at]: questions[group[0]] for group in groups for at in group if parts[at] and questions[group[0]]}
    read = replace(headed(sheet, 2, names), form=FORM, questions=asked)
    several = [group for group in groups if len(group) > 1 and group[-1] < len(read.header)]
    ticks = {at: frozenset({parts[at]}) for group in several for at in group}
    return chosen(read, several, without_free_text(read, several, ticks))


def _even(cells: Sequence[str], width: int) -> list[str]:
    return [" ".join(cell.split()) for cell in cells] + [""] * (width - len(cells))


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or not rows[0] or rows[0][0].casefold() not in _FIRST:
        return False
    below = rows[1]
    return len(below) > 2 and not below[0] and not below[1] and any(below)
