"""Steps: what they print when something is wrong, and their exit status."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from report_engine.model.document import DocumentError
from report_engine.model.problems import Problem, RenderError
from report_engine.pipeline import build_state, jobs, steps
from report_engine.words.messages import Message


def stand_in(monkeypatch: pytest.MonkeyPatch, **steps_by_name: Callable[..., None]) -> None:
    """Put these functions in the place of the steps of their names."""
    for name, run in steps_by_name.items():
        monkeypatch.setitem(sys.modules, f"report_engine.pipeline.steps.{name}", SimpleNamespace(run=run))  # type: ignore[arg-type]


def raising(error: Exception) -> Callable[..., None]:
    def step(*_: str) -> None:
        raise error

    return step


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (steps.BadInput(["one", "two"]), 2, "one\ntwo\n"),
        (
            DocumentError(Problem("analysis/contracts/a.yaml", 3, Message("documents.needs_origin"))),
            2,
            'analysis/contracts/a.yaml, line 3: by_row needs a column "origin"\n',
        ),
        (
            RenderError([Problem("a.qmd", 3, Message("chapters.unknown_fact", {"fact": "x"}))]),
            1,
            "a.qmd, line 3: unknown fact x\n",
        ),
    ],
)
def test_what_is_written_for_a_person_stands_alone(
    error: Exception, status: int, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, results=raising(error))
    assert steps.run(["results"]) == status
    assert capsys.readouterr().err == expected


def test_any_other_error_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, results=raising(KeyError("year")))
    assert steps.run(["results"]) == 1
    output = capsys.readouterr().err
    assert output.startswith("Traceback") and output.endswith("KeyError: 'year'\n")


def test_a_failed_step_is_reported_by_the_name_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"REPORT_PROGRESS": str(tmp_path / "progress")})
    stand_in(monkeypatch, slides=lambda edition: None, render=raising(ZeroDivisionError()))
    assert jobs.main(["slides", "sv"]) == 0
    assert jobs.main(["render", "sv"]) == 1
    got = [json.loads(line) for line in (tmp_path / "progress").read_text("utf-8").splitlines()]
    assert [(event["job"], event.get("status")) for event in got] == [
        ("slides-sv", None),
        ("slides-sv", 0),
        ("render-sv", None),
        ("render-sv", 1),
    ]


def planned(name: str, reads: tuple[str, ...], makes: tuple[str, ...]) -> build_state.Planned:
    return build_state.Planned(name, reads, makes, {})


def test_in_a_workflow_a_step_runs_only_if_it_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {build_state.RUN: "1"})
    (tmp_path / "read").write_text("a", "utf-8")
    ran = []

    def run(edition: str) -> None:
        ran.append(edition)
        (tmp_path / "made").write_text((tmp_path / "read").read_text("utf-8"), "utf-8")

    stand_in(monkeypatch, slides=run)
    build_state.keep_plan([planned("slides-sv", ("read",), ("made",))], "config.yaml")
    assert [jobs.main(["slides", "sv"]) for _ in range(2)] == [0, 0]
    assert ran == ["sv"]
    (tmp_path / "made").write_text("by hand", "utf-8")
    assert jobs.main(["slides", "sv"]) == 0
    assert (ran, (tmp_path / "made").read_text("utf-8")) == (["sv", "sv"], "a")


def test_a_step_whose_files_change_while_it_runs_is_due_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {build_state.RUN: "1"})
    (tmp_path / "read").write_text("a", "utf-8")
    step = planned("slides-sv", ("read",), ())
    stand_in(monkeypatch, slides=lambda edition: (tmp_path / "read").write_text("b", "utf-8"))
    build_state.keep_plan([step], "config.yaml")
    assert jobs.main(["slides", "sv"]) == steps.CHANGED
    assert capsys.readouterr().err == "Changed while the report was being built: read. Build again.\n"
    (tmp_path / "read").write_text("a", "utf-8")  # as the key had it, but not as the step saw it
    assert build_state.reasons(step, step.inputs())


def test_a_step_that_fails_is_due_until_it_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {build_state.RUN: "1"})
    step = planned("slides-sv", ("read",), ())
    stand_in(monkeypatch, slides=lambda edition: None)
    build_state.keep_plan([step], "config.yaml")
    assert jobs.main(["slides", "sv"]) == 0
    (tmp_path / "read").write_text("unknown fact", "utf-8")
    stand_in(
        monkeypatch,
        slides=raising(RenderError([Problem("a.qmd", 3, Message("chapters.unknown_fact", {"fact": "x"}))])),
    )
    assert [jobs.main(["slides", "sv"]) for _ in range(2)] == [1, 1]
    assert build_state.mark_all([step]) == {"slides-sv": ["read"]}
    (tmp_path / "read").unlink()
    assert build_state.mark_all([step]) == {}  # as when it last came to its end
