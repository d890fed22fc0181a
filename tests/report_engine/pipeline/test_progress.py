"""The display: one line a step, whatever the order in which steps begin and end."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from report_engine.pipeline import progress
from report_engine.pipeline.display import Display


def shown(path: Path, *, terminal: bool) -> tuple[str, Display]:
    output = io.StringIO()
    with Display(path, Console(file=output, force_terminal=terminal, width=100)) as display:
        with progress.step("check"), progress.step("section staff"):
            pass
        with pytest.raises(ZeroDivisionError), progress.step("render [sv]"):
            1 / 0  # noqa: B018
        progress.began("render-sv")
        progress.began("render-en")
        progress.ended("render-sv", 1)
    return output.getvalue(), display


def test_plain_lines_where_there_is_no_terminal(tmp_path: Path) -> None:
    output, display = shown(tmp_path / "logs" / "progress.jsonl", terminal=False)
    got = [re.sub(r" +[\d.]+ s$", "", line) for line in output.splitlines()]
    assert got == ["done   section staff", "done   check", "failed render [sv]"]
    assert display.failures == {"render-sv": 1}
    assert [*display.unfinished] == ["render-en"]


def test_a_terminal_shows_the_same_lines(tmp_path: Path) -> None:
    output, _ = shown(tmp_path / "progress.jsonl", terminal=True)
    for words in ("section staff", "check", "render [sv]"):
        assert words in output


def test_without_a_display_steps_report_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(progress.VARIABLE, raising=False)
    with progress.step("check"):
        pass
    progress.ended("check", 2)
