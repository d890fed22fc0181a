"""A table as a tool exported it: the tool's own column names, labels and codes, before any mapping to ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.findings import Finding


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    ``form`` names the format ("csv", "xlsx", "spss", "refi-qda" …); ``name`` the sheet or table in the file ("" where there is
    only one). ``header`` holds the column names, unique but for empty ones; ``records`` the row (or case, or coding) a
    person finds it under and its cells, all as text (``NumberText``, ``DateText`` where a file stores one). ``questions`` gives a
    column's full question, ``labels`` the label of each code of a column, ``missing`` the codes that mean no answer.
    ``findings`` are what reading itself found.
    """

    file: str
    form: str
    header: list[str]
    records: list[tuple[int, list[str]]]
    name: str = ""
    header_row: int = 1
    decimal: str | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
