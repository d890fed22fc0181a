"""A fixture for tests of checks: whatever they find has Swedish."""

from collections.abc import Iterator

import pytest

from report_engine.model import findings
from report_engine.words.messages import swedish


@pytest.fixture(autouse=True)
def all_found_has_swedish(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a finding is made whose problem, expectation or advice has no Swedish."""
    said: set[str] = set()
    make = findings.Finding.__init__

    def recorded(self: findings.Finding, *arguments: object, **named: object) -> None:
        make(self, *arguments, **named)
        said.update((self.problem or f"is not {self.expected}", self.expected, self.advice))

    monkeypatch.setattr(findings.Finding, "__init__", recorded)
    yield
    assert sorted(text for text in said - {""} if swedish(text) is None) == []
