"""A fixture for tests of checks: whatever they find can be said in every language."""

from collections.abc import Iterator

import pytest

from report_engine.model import findings
from report_engine.words.editions import EDITIONS


@pytest.fixture(autouse=True)
def all_found_is_said(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a finding is made that can't be said, for want of a text or of what fills its holes."""
    made: list[findings.Finding] = []
    make = findings.Finding.__init__

    def recorded(self: findings.Finding, *arguments: object, **named: object) -> None:
        make(self, *arguments, **named)
        made.append(self)

    monkeypatch.setattr(findings.Finding, "__init__", recorded)
    yield
    for finding in made:
        assert all(findings.sentences(finding, edition) for edition in EDITIONS)
