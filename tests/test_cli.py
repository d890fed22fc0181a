"""The command: where it runs, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import prose, steps
from analysis.cli import app
from analysis.config import ConfigError

ROOT = Path(__file__).parent.parent


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_outside_a_project_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, output = call("check")
    assert status == 2
    assert "run `report` in the folder with the Snakefile" in output


def test_a_folder_below_the_project_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "analysis" / "methods")
    monkeypatch.setattr(steps, "check_data", lambda: {"actors": None, "exits": None})
    status, output = call("check")
    assert (status, output.splitlines()[0]) == (0, "2 datasets checked: nothing wrong.")
    assert Path.cwd() == ROOT


@pytest.mark.parametrize("error", [steps.BadInput(["a.csv, row 2: wrong"]), ConfigError(["a.csv, row 2: wrong"])])
def test_bad_input_ends_with_status_2(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> None:
        raise error

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(steps, "check_data", fail)
    assert call("check") == (2, "a.csv, row 2: wrong\n")


def test_typed_numbers_end_with_status_2(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = prose.Place("report/sv/a.qmd", 3, 7, "elva", "is a typed number.")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(steps, "check_data", lambda: {"actors": None})
    monkeypatch.setattr(prose, "check", lambda root: prose.Found(errors=(typed,)))
    status, output = call("check")
    assert status == 2
    assert output.splitlines()[-1] == "report/sv/a.qmd, line 3: “elva” in column 7 is a typed number."


def test_version_names_what_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    status, output = call("version")
    assert status == 0
    assert {line.split()[0] for line in output.splitlines()} >= {"snakemake", "pandas", "typst", "Python"}


def test_starting_loads_nothing_heavy() -> None:
    code = "import sys, analysis.cli, analysis.jobs, analysis.build; print({'pandas', 'matplotlib', 'snakemake'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
