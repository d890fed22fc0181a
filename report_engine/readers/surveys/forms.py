"""Microsoft Forms (.xlsx) and Google Forms (CSV, .xlsx): answers headed by the questions' whole texts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.several import spread
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, tables, unique
from report_engine.words.messages import Message

FORM = "forms"

_MICROSOFT = (("id",), ("start time", "starttid"), ("completion time", "slutförandetid", "sluttid"))
_GOOGLE = ("timestamp", "tidstämpel")
_MOMENT = re.compile(
    r"\d{4}[/-]\d\d?[/-]\d\d? \d.*|\d\d?/\d\d?/\d{4} \d.*|\d{5}\.\d+"
)  # the last as a workbook stores it


def matches(data: bytes, name: str) -> bool:
    """Say whether a table begins with the columns that one of the two writes before the answers."""
    return any(rows and (_is_microsoft(rows[0]) or _is_google(rows)) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read answers under the questions' texts, line breaks as blanks.

    A question with several answers keeps its column, and has one of 1 and 0 an answer beside it: ``question [answer]``, and
    ``question [other]`` for what people wrote themselves. Raises ``Unreadable``.
    """
    for table in tables(data, file):
        microsoft = _is_microsoft(table.header)
        if microsoft or table.header[0].casefold() in _GOOGLE:
            if not table.records:
                raise Unreadable(Finding(file, "file", Message("exports.no_answers")))
            header = unique([" ".join(name.split()) for name in table.header])
            read = replace(table, form=FORM, header=header, questions={name: name for name in header if name})
            answers = range(len(_MICROSOFT) if microsoft else 1, len(header))
            return [spread(read, answers, ";", ends=True) if microsoft else spread(read, answers, ", ")]
    raise Unreadable(Finding(file, "file", Message("exports.no_rows"), advice=Message("exports.again")))


def _is_microsoft(cells: Sequence[str]) -> bool:
    return len(cells) > len(_MICROSOFT) and all(
        " ".join(cell.casefold().split()) in names for cell, names in zip(cells, _MICROSOFT, strict=False)
    )


def _is_google(rows: Sequence[Sequence[str]]) -> bool:
    first = [row[0] for row in rows if row]
    return len(first) > 1 and len(rows[0]) > 1 and first[0].casefold() in _GOOGLE and bool(_MOMENT.fullmatch(first[1]))
