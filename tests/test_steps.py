"""Steps: what they print when something is wrong, and their exit status."""

import os
from pathlib import Path

import pytest

from analysis import contract, jobs, steps, workspace
from analysis.config import ConfigError, Settings
from analysis.render.problems import Problem, RenderError
from analysis.sources import Source


def raising(error: Exception):
    def step() -> None:
        raise error

    return step


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (steps.BadInput(["one", "two"]), 2, "one\ntwo\n"),
        (ConfigError(["config.yaml, engine: 1 is not allowed"]), 2, "config.yaml, engine: 1 is not allowed\n"),
        (contract.ContractError("analysis/contracts/a.yaml: wrong"), 2, "analysis/contracts/a.yaml: wrong\n"),
        (RenderError([Problem("a.qmd", 3, "unknown fact")]), 1, "a.qmd, line 3: unknown fact\n"),
    ],
)
def test_what_is_written_for_a_person_stands_alone(
    error: Exception, status: int, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "STEPS", {"results": raising(error)})
    assert steps.run(["results"]) == status
    assert capsys.readouterr().err == expected


def test_any_other_error_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "STEPS", {"results": raising(KeyError("year"))})
    assert steps.run(["results"]) == 1
    output = capsys.readouterr().err
    assert output.startswith("Traceback") and output.endswith("KeyError: 'year'\n")


def test_a_failed_step_is_reported_by_the_name_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"REPORT_PROGRESS": str(tmp_path / "progress")})
    monkeypatch.setattr(steps, "STEPS", {"quality": lambda edition: None, "render": lambda edition: 1 / 0})
    assert jobs.main(["quality", "sv"]) == 0
    assert jobs.main(["render", "sv"]) == 1
    assert (tmp_path / "progress").read_text("utf-8") == '{"job": "render-sv", "status": 1}\n'


def test_settings_put_files_in_the_place_of_the_shipped_ones() -> None:
    contracts = {name: contract.load(name) for name in ("actors", "exits")}
    got = workspace.sources(Settings(sources={"actors": "data/raw/mine.xlsx"}), contracts)
    assert got == {
        "actors": Source((Path("data/raw/mine.xlsx"),)),
        "exits": Source((Path("data/reference/exits.csv"),)),
    }
    assert workspace.inputs(got) == [Path("data/raw/mine.xlsx"), Path("data/reference/exits.csv")]
