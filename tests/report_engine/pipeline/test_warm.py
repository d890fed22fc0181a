"""The process that has packages loaded: it runs what it is asked to, and ends with the build."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.pipeline import warm

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(not warm.POSSIBLE, reason="this system can't fork")


def ask_in_a_process(*argv: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; from report_engine.pipeline import warm; sys.exit(repr(warm.ask({list(argv)!r})))"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("waited a minute in vain")


def test_without_a_process_there_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(warm.VARIABLE, raising=False)
    assert warm.ask(["results"]) is None
    monkeypatch.setenv(warm.VARIABLE, str(tmp_path / "gone"))
    assert warm.ask(["results"]) is None


def test_a_step_runs_with_the_askers_output_and_answers_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with warm.process():
        socket = Path(os.environ[warm.VARIABLE])
        wait_for(socket.exists)
        got = ask_in_a_process("section", "no_such_section")
    assert "No module named 'analysis.sections.no_such_section'" in got.stderr
    assert got.stderr.rstrip().endswith("1")
    assert not socket.parent.exists()
    assert warm.VARIABLE not in os.environ


def test_it_can_be_dismissed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    warm.dismiss()  # nobody there
    with warm.process():
        socket = Path(os.environ[warm.VARIABLE])
        wait_for(socket.exists)
        warm.dismiss()
        wait_for(lambda: not socket.exists())
        assert warm.ask(["results"]) is None


def test_it_does_not_outlive_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    socket = folder / "warm"
    process = subprocess.Popen(
        [sys.executable, "-m", "report_engine.pipeline.warm", str(socket)], cwd=ROOT, stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.close()  # what happens when the build is killed
    assert process.wait(timeout=60) != 0
    assert not folder.exists()
