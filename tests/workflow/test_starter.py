"""A study that `report new` writes builds with the same engine, and knows nothing of this one."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from report_engine import starter
from tests.workflow.conftest import ROOT, Outcome, Project, once

TINY = ROOT / starter.EXAMPLE
UV = shutil.which("uv") or str(ROOT / ".uv/bin/uv")

needs_uv = pytest.mark.skipif(not Path(UV).is_file(), reason="uv is neither on the PATH nor in .uv, where make puts it")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A new study that has been built."""

    def make(project: Project) -> Outcome:
        starter.write(project.root)
        return project.build()

    made = once(tmp_path_factory, "study", make)
    return Project(shutil.copytree(made.root, tmp_path_factory.mktemp("new") / "study"))


def test_it_builds_and_publishes_its_one_edition(study: Project) -> None:
    published = (study.root / "report/_output").glob("[!.]*")
    assert sorted(path.name for path in published) == ["en", "index.html"]
    claims = json.loads((study.root / "data/results/claims.json").read_text("utf-8"))
    assert {key: claim["verdict"]["outcome"] for key, claim in claims.items()} == {
        "visits.towns_up": "holds",
        "visits.villages_down": "holds",
    }
    page = (study.root / "report/_output/en/report.html").read_text("utf-8")
    assert "visits in towns changed" in " ".join(page.split()) and "synthetic" in page.lower()
    assert study.build().steps == set()


def test_a_build_says_why_each_step_is_due_and_a_quiet_one_only_what_is_wrong(study: Project) -> None:
    study.append("report/en/index.qmd", "\nAnother sentence.\n")
    verbose = study.run("report_engine.cli", "build", "--verbose")
    study.append("report/en/index.qmd", "\nAnd another.\n")
    quiet = study.run("report_engine.cli", "build", "--quiet")
    study.append("report/en/index.qmd", "\n{{< fact nothing.such >}}\n")
    wrong = study.run("report_engine.cli", "build", "--quiet")
    study.edit("report/en/index.qmd", "\n{{< fact nothing.such >}}\n", "")

    assert "render-en is due for 1 change: report/en/index.qmd\n" in verbose.output
    assert (verbose.status, quiet.status, quiet.output) == (0, 0, "")
    assert wrong.status == 1 and "nothing.such" in wrong.output


def test_it_has_a_launcher_that_says_what_is_missing(study: Project) -> None:
    run = subprocess.run([study.root / "bin/report", "build"], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "run `make report` first" in run.stderr


def test_its_own_test_runs(study: Project) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=study.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_its_commands_take_the_one_edition_that_there_is(study: Project) -> None:
    traced = study.run("report_engine.cli", "trace", "visits.change_town")
    mapped = study.run("report_engine.cli", "map", "data/raw/visits.csv", "--dataset", "visits")
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that the preview ends by itself
        shown = study.run("report_engine.cli", "preview", "--port", str(taken.getsockname()[1]))

    assert traced.status == 0 and re.search(r"^  written: “\d+\sper cent”$", traced.output, re.MULTILINE), traced.output
    assert mapped.status == 0 and "all its columns have our names" in mapped.output
    assert shown.status == 2 and "can't be served at port" in shown.output


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(starter.Refused, match="is not empty"):
        starter.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_engine_whose_wheel_is_gone_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.dumps({"url": (tmp_path / "gone-1.0-py3-none-any.whl").as_uri()})
    monkeypatch.setattr(metadata.PathDistribution, "read_text", lambda self, name: told)
    with pytest.raises(starter.Refused, match=r"gone-1\.0-py3-none-any\.whl, which is not there"):
        starter.write(tmp_path / "study")
    assert not (tmp_path / "study").exists()


def test_nothing_of_this_study_is_in_it(tmp_path: Path) -> None:
    declared = yaml.safe_load((ROOT / "analysis/study.yaml").read_text("utf-8"))
    contracts = {path.stem for path in (ROOT / "analysis/contracts").glob("*.yaml")}
    names = {*declared["sections"], *contracts} - {"study"}
    text = "\n".join(
        path.read_text("utf-8") for path in sorted(TINY.rglob("*")) if path.is_file() and path.suffix != ".pyc"
    )
    assert sorted(name for name in names if re.search(rf"\b{name}\b", text)) == []
    assert not re.search(r"(?i)kommun|municipal|swed|svensk", text)
    starter.write(tmp_path / "study")
    written = {path: path.read_bytes().lower() for path in (tmp_path / "study").rglob("*") if path.is_file()}
    assert [path for path, content in written.items() if b"kommun" in content or b"municipal" in content] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # offline: what builds it is in uv's cache since the engine was installed here
    call(ROOT, UV, "build", "--quiet", "--offline", "--wheel", "--package", "report-engine", "--out-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@needs_uv
def test_the_wheel_holds_the_engine_and_what_a_new_study_starts_from(wheel: Path) -> None:
    engine = ROOT / "report_engine"
    own = {path.relative_to(ROOT).as_posix() for kind in ("py", "yaml", "js") for path in engine.rglob(f"*.{kind}")}
    named = [ROOT / name for name in (*starter.SHARED, starter.QUARTO, starter.EXAMPLE)]
    files = {file for path in named for file in (path, *path.rglob("*")) if file.is_file() and file.suffix != ".pyc"}
    data = {f"report_engine/{starter.PACKED.name}/{path.relative_to(ROOT).as_posix()}" for path in files}
    with zipfile.ZipFile(wheel) as packed:
        got = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert got == own | data


@needs_uv
@pytest.mark.long
def test_a_study_by_wheel_needs_nothing_of_this_checkout(wheel: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copy2(wheel, tmp_path))
    call(tmp_path, UV, "venv", "--quiet", "env")
    call(tmp_path, UV, "pip", "install", "--quiet", "--python", "env", moved)
    call(tmp_path, "env/bin/report", "new", "study")
    shutil.rmtree(tmp_path / "env")
    moved.unlink()
    study = (tmp_path / "study").rename(tmp_path / "elsewhere")

    call(study, "make", "report", "test")

    assert "Visits to libraries" in (study / "report/_output/en/report.html").read_text("utf-8")
    used = call(study, ".venv/bin/python", "-c", "import report_engine; print(report_engine.__file__)").strip()
    assert Path(used).is_relative_to(study / ".venv")


def call(folder: Path, *command: str | Path) -> str:
    """Run a command with uv on the path and nothing of this environment; return what it prints."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTEST", "REPORT_", "PYTHON", "VIRTUAL_ENV"))
    }
    kept["PATH"] = f"{Path(UV).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
