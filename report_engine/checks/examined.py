"""What was examined, sorted by file for whoever is to correct it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from report_engine.checks.validate import Checked
from report_engine.contracts.contract import Contract
from report_engine.model.findings import KINDS, SEVERITIES, Finding, Kind, Severity, ordered
from report_engine.readers import Source, shown_path
from report_engine.words.editions import Edition


@dataclass(frozen=True)
class Group:
    """Findings of one kind in one column of a file, in the order of its rows."""

    severity: Severity
    kind: Kind
    column: str | None
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Examined:
    """All findings of a check, the tables without errors, and which files each dataset was read from."""

    findings: Sequence[Finding]
    tables: Mapping[str, Checked]
    sources: Mapping[str, Source]
    contracts: Mapping[str, Contract]

    def of(self, severity: str) -> list[Finding]:
        """Return the findings of one severity, the most important first."""
        return [finding for finding in self._ordered if finding.severity == severity]

    @cached_property
    def _ordered(self) -> list[Finding]:
        return ordered(self.findings)

    @cached_property
    def files(self) -> Mapping[str, tuple[str, ...]]:
        """The datasets read from each file, by its path as findings show it."""
        found: dict[str, tuple[str, ...]] = {}
        for name, source in self.sources.items():
            for path in source.files:
                found[shown_path(path)] = (*found.get(shown_path(path), ()), name)
        return found

    @cached_property
    def together(self) -> Mapping[str, str]:
        """The dataset of a list of files: what a finding about all of them names."""
        every = {name: [shown_path(path) for path in source.files] for name, source in self.sources.items()}
        return {", ".join(files): name for name, files in every.items() if len(files) > 1}

    def datasets(self, file: str) -> tuple[str, ...]:
        """Return the datasets that a finding's file (``a.xlsx``, ``a.xlsx (b)`` for its sheet b) is read for."""
        if file in self.together:
            return (self.together[file],)
        return self.files.get(self.path(file), ())

    def path(self, file: str) -> str:
        """Return the path of a finding's file, without the sheet."""
        return next((path for path in self.files if file.startswith(f"{path} (")), file)

    def title(self, file: str, column: str, edition: Edition) -> str:
        """Return a column's title in a language; ``""`` where it has none, or the column's own name says the same.

        ``column`` is the header as the file has it, several with commas between them.
        """
        for name in self.datasets(file):
            mapping, fields = self.sources[name].mapping, {field.name: field for field in self.contracts[name].fields}
            ours = [mapping.columns.get(one, one) if mapping else one for one in column.split(", ")]
            titles = [fields[one].title[edition] for one in ours if one in fields]
            if titles and len(titles) == len(ours):
                return ", ".join(titles) if titles != [column] else ""
        return ""

    def rows(self, file: str) -> int | None:
        """Return how many records a file holds; ``None`` where it can't be told from others, or has errors."""
        for name in self.files.get(file, ()):
            table = self.tables.get(name)
            files = [shown_path(path) for path in self.sources[name].files]
            if table is not None and len(table.records) == len(files):
                return table.records[files.index(file)]
        return None


def groups(findings: Sequence[Finding]) -> list[Group]:
    """Group the findings of one file: what stops the report first, then by kind and column."""

    def key(finding: Finding) -> tuple[int, int, str]:
        return SEVERITIES.index(finding.severity), KINDS.index(finding.kind), finding.column or ""

    found = []
    for _, members in groupby(sorted(ordered(findings), key=key), key=key):
        same = list(members)
        found.append(Group(same[0].severity, same[0].kind, same[0].column, same))
    return found
