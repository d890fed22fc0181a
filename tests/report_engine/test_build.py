"""A build publishes what is there at its end, whoever noticed that something was saved meanwhile."""

from pathlib import Path

import pytest
from rich.console import Console

from report_engine import build
from report_engine.pipeline import build_state
from report_engine.pipeline.display import Display


@pytest.mark.parametrize(("status", "late", "expected"), [(0, ["a.qmd"], True), (0, [], False), (1, ["a.qmd"], False)])
def test_what_was_saved_after_the_plan_is_named_though_no_step_was_due(monkeypatch, status, late, expected):
    monkeypatch.setattr(build_state, "late", lambda but: late)
    said = build._changed_meanwhile(Display(Path(), Console(), status=status))
    assert ("a.qmd" in said) == bool(said) == expected
