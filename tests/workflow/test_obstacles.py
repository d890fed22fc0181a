"""What is in the way of a build is said in one line; the report stays, and the next build completes."""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from report_engine.pipeline import build_state, writable
from report_engine.words.obstacle_texts import TEXTS
from tests.workflow.conftest import Outcome, Project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other obstacles")

KEPT = "The published report is as it was."
KILLED, NO_MEMORY = (TEXTS[key]["en"] for key in ("killed", "no_memory"))
MARK = "\nEn mening till.\n"


def called(*command: str) -> None:
    """Run a command of the system that puts something in the way; skip the test where it can't."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip(f"there is no {command[0]} here")
    if run.returncode:
        pytest.skip(f"{command[0]} can't be used here: {run.stderr.strip()}")


@contextmanager
def protected(path: Path) -> Iterator[None]:
    """Let nothing be made, changed or removed in a folder and those below, not even by root."""
    called("chattr", "-R", "+i", str(path))
    try:
        yield
    finally:
        subprocess.run(["chattr", "-R", "-i", str(path)], check=True)


@contextmanager
def small_disk(path: Path, size: str) -> Iterator[None]:
    """Put a small disk with the files of a folder in its place."""
    kept = path.with_name(f"{path.name}-kept")
    path.rename(kept)
    path.mkdir()
    try:
        called("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path))
        try:
            shutil.copytree(kept, path, dirs_exist_ok=True)
            yield
        finally:
            subprocess.run(["umount", str(path)], check=True)
    finally:
        path.rmdir()
        kept.rename(path)


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Put a disk that has no room left in the place of a folder."""
    with small_disk(path, "20m"):
        with open(path / ".fill", "wb", buffering=0) as file:
            while True:
                try:
                    file.write(bytes(4096))
                except OSError:
                    break
        yield


@contextmanager
def a_file_instead(path: Path) -> Iterator[None]:
    """Put a file where a folder should be."""
    kept = path.with_name(f"{path.name}-kept")
    path.rename(kept)
    path.touch()
    try:
        yield
    finally:
        path.unlink()
        kept.rename(path)


def assert_said(outcome: Outcome, *words: str) -> None:
    """See that the build ended with status 1 and one line with all these words, and no story of the program's."""
    assert outcome.status == 1, outcome.output
    assert "Traceback" not in outcome.output and "╭" not in outcome.output, outcome.output
    lines = [line for line in outcome.output.splitlines() if not line.startswith(("done ", "failed "))]
    assert len([line for line in lines if all(word in line for word in words)]) == 1, outcome.output
    assert len(lines) == 1 + (KEPT in lines), outcome.output


PROTECTED = "can't be read or written: operation not permitted"


@pytest.fixture
def project(small_project: Project) -> Project:
    """The small study: what is in the way of a build is the same for every report."""
    return small_project


FULL = "The disk is full"
A_FILE = "is a file, and the report needs a folder there"

PLACES: tuple[tuple[str, Callable[[Path], AbstractContextManager[None]], str], ...] = (
    *((place, protected, PROTECTED) for place in ("report/_output", "report/_staging", "logs", ".snakemake")),
    *((place, protected, PROTECTED) for place in ("data/results", "data/tidy", "figures")),
    *((place, full_disk, FULL) for place in ("report/_output", "report/_staging", "logs", ".snakemake")),
    *((place, full_disk, FULL) for place in ("data/results", "data/tidy", "figures")),
    *((place, a_file_instead, A_FILE) for place in ("report/_staging", "logs", ".snakemake", "figures")),
)


SAID = (".snakemake", "logs", "data/results")
"""Places where a build meets what is in the way by different ways: first a lock, then logs, then what steps make."""


def test_a_place_that_refuses_is_found(project: Project) -> None:
    content = json.loads(project.path(build_state.PLAN.as_posix()).read_text("utf-8"))
    steps = [build_state._planned(each) for each in content["steps"].values()]
    with contextlib.chdir(project.root):
        writable.check(steps)
        for place, obstructed, _ in PLACES:
            with obstructed(project.path(place)), pytest.raises(OSError) as raised:
                writable.check(steps)
            assert str(raised.value.filename).startswith(place)
        writable.check(steps)


def test_a_place_that_refuses_is_named_before_anything_runs(project: Project) -> None:
    kept = project.published()
    project.append("report/sv/jobs.qmd", MARK)
    for place, obstructed, words in PLACES:
        if place not in SAID:
            continue
        with obstructed(project.path(place)):
            outcome = project.build()
            assert_said(outcome, place, words)
            assert outcome.steps == set()
        assert project.published() == kept
    done = project.build()
    assert done.status == 0 and done.steps >= {"render sv", "publish sv"}, done.output
    assert b"En mening till." in project.published()["report/_output/sv/report.html"]


def test_a_disk_that_fills_up_during_a_step(project: Project) -> None:
    place, step = "report/_staging", "render"
    kept = project.published()
    needed = sum(map(len, project.bytes(place).values()))
    shutil.rmtree(project.path(place))
    project.path(place).mkdir()
    with small_disk(project.path(place), f"{needed // 2 // 1024}k"):
        outcome = project.build()
        assert_said(outcome, f"The disk is full: {place}")
        assert f"failed {step}" in outcome.output
    assert project.published() == kept
    assert project.build().status == 0
    assert project.published() == kept


def test_modules_on_pythonpath_are_left_out(project: Project, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    (foreign / "pandas").mkdir(parents=True)
    for name in ("yaml.py", "typer.py", "json.py", "pandas/__init__.py"):
        (foreign / name).write_text("raise SystemExit('the foreign module was loaded')\n", "utf-8")
    project.path("data/results/sv/quality.md").unlink()
    project.path("data/results/sections/jobs.json").unlink()
    long = tmp_path / ("t" * 150)
    long.mkdir()
    outcome = project.run("report_engine.cli", "build", PYTHONPATH=str(foreign), TMPDIR=str(long))
    assert outcome.status == 0, outcome.output
    assert outcome.output.splitlines()[0] == f"PYTHONPATH ({foreign}) is left out: the report loads its own packages."
    assert outcome.steps >= {"data-quality notebook", "section jobs"}
    assert list(long.iterdir()) == []

    for name in ("typer.py", "yaml.py", "json.py"):  # Snakemake itself would load them before it reads our file
        (foreign / name).unlink()
    alone = project.snakemake(PYTHONPATH=str(foreign))
    assert alone.status == 1 and "Traceback" not in alone.output
    assert alone.output.count(f"PYTHONPATH is set ({foreign})") == 1


def test_a_module_in_the_projects_folder_is_refused(project: Project) -> None:
    project.path("yaml.py").write_text("raise SystemExit('the foreign module was loaded')\n", "utf-8")
    assert_said(project.build(), "yaml.py would be loaded in place of the module yaml", "call it something else")
    project.path("yaml.py").unlink()
    assert project.build().steps == set()


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_without_a_font_nothing_is_drawn(project: Project, fault: str) -> None:
    name = "report/theme/fonts/ReportSans-Regular.ttf"
    font = project.path(name)
    content = font.read_bytes()
    kept = project.bytes("report/_output", "figures")
    if fault == "missing":
        font.unlink()
    else:
        font.write_bytes(content[: len(content) // 2])
    assert_said(project.build(), f"The font {name} is {fault}: put it back", f"git checkout -- {name}")
    assert f"The font {name} is {fault}" in project.snakemake().output
    assert project.bytes("report/_output", "figures") == kept
    font.write_bytes(content)
    assert project.build().steps == set()


KILLS = "\n\ndef {name}(*_):\n    import os\n    os.kill(os.getpid(), 9)\n"
FILLS = "\n\ndef {name}(*_):\n    bytearray(1 << 60)\n"


@pytest.mark.parametrize(
    ("module", "job", "function", "code", "words"),
    [
        ("analysis/sections/jobs.py", "section-jobs", "build", KILLS, KILLED),  # in a fork of the warm process
        ("report_engine/pipeline/steps/chapters.py", "chapters", "run", KILLS, KILLED),  # in a process of its own
        ("analysis/sections/jobs.py", "section-jobs", "build", FILLS, NO_MEMORY),
    ],
    ids=["fork killed", "process killed", "no memory"],
)
def test_a_step_without_memory(project: Project, module: str, job: str, function: str, code: str, words: str) -> None:
    kept = project.published()
    content = project.path(module).read_bytes()
    project.append(module, code.format(name=function))
    outcome = project.build()
    assert_said(outcome, words)
    assert job in outcome.output
    assert project.published() == kept
    project.path(module).write_bytes(content)
    assert project.build().status == 0
    assert project.published() == kept


@pytest.mark.parametrize("command", [("check",), ("diff",), ("release", "v1")])
def test_other_commands_say_it_too(project: Project, command: tuple[str, ...]) -> None:
    if command == ("diff",):
        assert project.run("report_engine.cli", "release", "v0").status == 0
    place = {"check": "logs", "diff": "report/_output", "release": "report"}[command[0]]
    with protected(project.path(place)):
        outcome = project.run("report_engine.cli", *command)
    assert outcome.status == 1 and "Traceback" not in outcome.output
    assert outcome.output.count(f"{place} can't be read or written: operation not permitted") == 1, outcome.output
