"""A table as a tool exported it: the tool's own column names, labels and codes, before any mapping to ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from report_engine.model.findings import Finding

Record = tuple[int, list[str]]
"""The row (or case, or coding) that a person finds a record under, and its cells."""


class NumberText(str):
    """A cell that a file stores as a number."""


class PercentText(NumberText):
    """A number that a spreadsheet shows as a percentage: 0.397 for 39.7 %."""


class DateText(str):
    """A cell that a file stores as a date or time."""


class ErrorText(str):
    """A cell that holds a workbook's error value, or (then empty) a formula whose value was never stored."""


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    ``form`` names the format ("csv", "xlsx", "spss", "refi-qda" …); ``name`` the sheet or table in the file ("" where there is
    only one). ``header`` holds the column names, unique but for empty ones; where it is empty, the header still stands among
    the records (spreadsheets: it is found by the columns that are sought). ``records`` holds the row (or case, or coding)
    a person finds each under and its cells, all as text (``NumberText``, ``DateText`` where a file stores one).
    ``questions`` gives a column's full question, ``labels`` the label of each code of a column, ``missing`` the codes that
    mean no answer. ``merged`` lists cells merged sideways (row, first column, last column; columns from 0). A ``hidden`` sheet is
    read only where it is asked for by name; ``hidden_rows`` are read like the others. ``findings`` are what reading itself found.
    """

    file: str
    form: str
    header: list[str]
    records: Sequence[Record]
    name: str = ""
    header_row: int = 1
    decimal: str | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()
