"""Words for what is in the way: what it is and what to do, in one line; and none for anything else."""

import errno
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.notebooks.short_folder import LONGEST, short_folder
from report_engine.pipeline import steps
from report_engine.words import obstacles
from report_engine.words.obstacle_texts import TEXTS
from report_engine.words.obstacles import Obstacle, plain
from report_engine.words.spoken import ASKED

ROOT = Path(__file__).resolve().parents[3]
NO_MEMORY = TEXTS["no_memory"]["en"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    return tmp_path


def system(number: int, *names: str | None) -> OSError:
    return OSError(number, os.strerror(number), *names)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Obstacle("A cat lies on it."), "A cat lies on it."),
        (MemoryError(), NO_MEMORY),
        (system(errno.ENOMEM), NO_MEMORY),
        (system(errno.ENOSPC, "folder/a"), "The disk is full: folder/a can't be written. Make room on it"),
        (system(errno.ENOSPC), "The disk is full: a file can't be written. Make room on it"),
        (OSError("No space left on device (os error 28)"), "The disk is full: a file can't be written."),
        (system(errno.EDQUOT, "file"), "Your share of the disk is used up: file can't be written."),
        (system(errno.EACCES, "file"), "file can't be read or written: permission denied. See whose it is"),
        (system(errno.EPERM, "folder/new"), "folder can't be read or written: operation not permitted."),
        (system(errno.EROFS, "new"), "The project's folder can't be written: the disk is read-only."),
        (system(errno.EROFS, "old", None, "folder/new"), "folder can't be written: the disk is read-only."),  # type: ignore[arg-type]
        (system(errno.ENAMETOOLONG, "x" * 300), f"The path {'x' * 300} is too long for this system"),
        (system(errno.EISDIR, "folder"), "folder is a folder, and the report needs a file there"),
        (system(errno.ENOTDIR, "file/a/b"), "file is a file, and the report needs a folder there"),
        (system(errno.EEXIST, "file"), "file is a file, and the report needs a folder there"),
        (system(errno.EMFILE, "file"), "The system refuses more of what a build needs: too many open files."),
        (system(errno.EIO, "file"), "The disk fails at file:"),
        (system(errno.ESTALE, "file"), "file can't be reached: stale file handle."),
        (RuntimeError("can't start new thread"), "The system refuses more of what a build needs: can't start new thread"),
        (ModuleNotFoundError(name="pandas.core"), "The package pandas is missing from the environment: remove the folder .venv"),
        (system(errno.ENOENT, "report/theme/page.html"), "report/theme/page.html is missing: put it back (`git checkout -- "),
    ],
)  # fmt: skip
def test_one_line_says_what_and_what_to_do(here: Path, error: Exception, expected: str) -> None:
    got = plain(error)
    assert got is not None and got.startswith(expected)
    assert "\n" not in got and (got == "A cat lies on it." or len(got.split(" ")) > 8)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no such year"),
        KeyError("year"),
        RuntimeError("maximum recursion depth exceeded"),
        system(errno.ENOENT, "data/results/facts.json"),  # the report's own fault
        OSError("not a Parquet file"),
        ModuleNotFoundError(name="analysis.sections.no_such_section"),
        ModuleNotFoundError(name="tomllib"),
        ImportError("cannot import name 'x'"),
    ],
)
def test_other_errors_are_left_to_their_traceback(here: Path, error: Exception) -> None:
    assert plain(error) is None


def provoked(act: Callable[[], object]) -> str | None:
    with pytest.raises((OSError, MemoryError, ImportError)) as caught:
        act()
    return plain(caught.value)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda: Path("file/new").mkdir(), "file is a file, and the report needs a folder there"),
        (lambda: Path("file").mkdir(exist_ok=True), "file is a file, and the report needs a folder there"),
        (lambda: Path("folder").write_text("x"), "folder is a folder, and the report needs a file there"),
        (lambda: Path("x" * 300).touch(), f"The path {'x' * 300} is too long for this system"),
        (lambda: bytearray(1 << 60), NO_MEMORY),
        (lambda: __import__("no_such_package.inside"), "The package no_such_package is missing"),
    ],
)
def test_what_the_system_really_raises(here: Path, act: Callable[[], object], expected: str) -> None:
    got = provoked(act)
    assert got is not None and got.startswith(expected)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_a_step_on_a_full_disk_tells_the_story_and_then_the_line(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError) as caught, open("/dev/full", "w") as file:
        file.write("x")
        file.flush()
    assert steps.explain(caught.value) == steps.OBSTACLE
    log = here / "log"
    log.write_text(capsys.readouterr().err, "utf-8")
    assert log.read_text("utf-8").startswith("Traceback")
    assert (
        obstacles.told(log) == "The disk is full: a file can't be written. Make room on it and run the command again."
    )
    log.write_text("", "utf-8")  # there was no room for it either
    assert obstacles.told(log) == ""


@pytest.mark.parametrize(
    ("status", "output", "expected"),
    [
        (-9, "", f"Pandoc was killed. {NO_MEMORY}"),
        (1, "pandoc: folder/a.html: hPutBuf: resource exhausted (No space left on device)\nHasCallStack\n", "The disk is full: folder/a.html can't be written."),
        (1, "pandoc: file: withBinaryFile: permission denied (Permission denied)\n", "file can't be read or written: permission denied."),
    ],
)  # fmt: skip
def test_what_a_program_says_of_the_system(here: Path, status: int, output: str, expected: str) -> None:
    error = obstacles.of_program("Pandoc", status, output)
    assert error is not None and (plain(error) or "").startswith(expected)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("OSError: [Errno 24] Too many open files: '/tmp/a'", "The system refuses more of what a build needs: too many open files."),
        ("OSError: [Errno 28] No space left on device", "The disk is full: a file can't be written."),
        ("OSError: [Errno 28] No space left on device: 'old' -> 'file'", "The disk is full: old can't be written."),
        ("RuntimeError: can't start new thread", "The system refuses more"),
        ("MemoryError", NO_MEMORY),
    ],
)  # fmt: skip
def test_what_a_traceback_says_of_the_system(here: Path, last: str, expected: str) -> None:
    got = obstacles.of_traceback(f"Traceback (most recent call last):\n  File a\n{last}\n")
    assert got is not None and got.startswith(expected)


@pytest.mark.parametrize(
    "last", ["", "KeyError: 'year'", "RuntimeError: dictionary changed size", "Exiting because a job failed"]
)
def test_what_else_a_traceback_says_is_no_obstacle(last: str) -> None:
    assert obstacles.of_traceback(f"Traceback (most recent call last):\n{last}\n") is None


def test_what_a_program_says_of_the_text_is_no_obstacle() -> None:
    assert obstacles.of_program("Pandoc", 83, "Error running filter claims.lua: (no such claim)\n") is None


@pytest.mark.parametrize("name", ["yaml.py", "pandas/__init__.py", "json.py"])
def test_a_module_in_the_way_is_named(here: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (here / "analysis").mkdir()
    (here / "analysis" / "__init__.py").touch()
    (here / "my_notes.py").touch()
    assert obstacles.foreign_modules(".") is None
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).touch()
    shown = name.removesuffix("__init__.py")
    assert (obstacles.foreign_modules(".") or "").startswith(f"{shown} would be loaded in place of the module ")


def test_pythonpath_is_refused_unless_it_is_the_project(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(here), "")))
    assert obstacles.foreign_modules(".") is None
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(here), "/elsewhere")))
    got = obstacles.foreign_modules(".")
    assert got is not None and "unset PYTHONPATH" in got


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such sockets")
@pytest.mark.parametrize("characters", [1, 150])
def test_a_socket_fits_whatever_the_temporary_folder(
    tmp_path: Path, characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("t" * characters)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with short_folder(12) as made, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.join(made, "kernel-ipc-1"))
        assert len(os.path.join(made, "kernel-ipc-1")) <= LONGEST
        assert made.startswith(str(folder)) == (characters == 1)
    assert not os.path.exists(made)


def test_without_any_short_folder_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ("t" * 150)
    folder.mkdir()
    monkeypatch.setattr("report_engine.notebooks.short_folder.PLACES", (str(folder), str(tmp_path / "none")))
    with pytest.raises(Obstacle, match="Set TMPDIR to a folder with a short path"):
        short_folder(12)
    assert list(folder.iterdir()) == []


START = """
import sys
sys.path.insert(0, {root!r})
import report_engine.cli
sys.modules["report_engine.commands"] = type(sys)("report_engine.commands")
def app():
    {code}
sys.modules["report_engine.commands"].app = app
report_engine.cli.main()
"""


def command(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with this in place of what typer would call."""
    script = START.format(root=str(ROOT), code=code)
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=kept | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("print('well')", 0, ""),
        ("sys.exit(2)", 2, ""),
        ("raise KeyboardInterrupt", 130, ""),
        ("raise MemoryError", 1, f"{NO_MEMORY}\n"),
        ("import no_such_package", 1, "The package no_such_package is missing from the environment: remove the folder .venv and run `make report`, which installs everything anew.\n"),
        ("{}['year']", 1, "Something went wrong that should not: KeyError: 'year' (logs/report.log has the rest)\n"),
    ],
)  # fmt: skip
def test_the_command_ends_with_a_line_and_a_status(tmp_path: Path, code: str, status: int, expected: str) -> None:
    got = command(tmp_path, code)
    assert (got.returncode, got.stderr) == (status, expected)
    story = tmp_path / "logs" / "report.log"
    assert story.is_file() == ("report.log" in expected)
    assert not story.is_file() or "Traceback" in story.read_text("utf-8")


def test_the_story_is_printed_where_no_log_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    got = command(tmp_path, "{}['year']")
    assert got.returncode == 1 and got.stderr.startswith("Traceback")
    assert got.stderr.splitlines()[-1] == "Something went wrong that should not: KeyError: 'year'"


def test_modules_from_pythonpath_are_neither_loaded_nor_handed_on(tmp_path: Path) -> None:
    for name in ("yaml", "errno", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('foreign')\n", "utf-8")
    code = "import json, yaml, os; print('PYTHONPATH' in os.environ, yaml.__file__)"
    got = command(ROOT, code, PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT))))
    assert got.returncode == 0, got.stderr
    assert got.stdout.startswith("False ") and str(tmp_path) not in got.stdout
    assert got.stderr.count("is left out") == 1 and len(got.stderr.splitlines()) == 1


def test_a_pythonpath_that_changes_nothing_is_not_mentioned(tmp_path: Path) -> None:
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    got = command(ROOT, "import yaml", PYTHONPATH=os.pathsep.join((str(ROOT), packages)))
    assert (got.returncode, got.stderr) == (0, "")


def test_the_texts_have_the_same_holes_in_both_languages_and_are_all_used() -> None:
    holes = {key: [{*re.findall(r"{(\w+)}", words)} for words in text.values()] for key, text in TEXTS.items()}
    assert [key for key, (first, second) in holes.items() if first != second] == []
    assert {tuple(text) for text in TEXTS.values()} == {("sv", "en")}
    code = "".join(
        path.read_text("utf-8") for path in (ROOT / "report_engine").rglob("*.py") if path.stem != "obstacle_texts"
    )
    assert [key for key in TEXTS if f'"{key}"' not in code and key.partition("_")[2] != "in_the_way"] == []


def test_they_are_said_in_the_language_asked_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ASKED, "sv")
    assert plain(system(errno.ENOTDIR, "file/a")) == (
        "file är en fil, och rapporten behöver en mapp där: flytta undan den och kör kommandot igen."
    )
    assert plain(MemoryError()) == TEXTS["no_memory"]["sv"]


def test_they_need_nothing_but_python_itself() -> None:
    code = "import sys, report_engine.words.obstacles; print([m for m in sys.modules if 'site-packages' in (getattr(sys.modules[m], '__file__', '') or '')])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
