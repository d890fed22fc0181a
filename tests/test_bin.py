"""What runs before there is a Python: the launcher, the installation and `make help`, with stand-ins for uv, df and Python."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("sh", "make", "sed", "awk", "cut", "sort", "paste", "dirname", "mkdir", "expand", "touch", "cat")
UV = """
case "$1 $2" in
  "python find") exit {fits} ;;
  "python list") echo "cpython-3.10.13-linux-x86_64-gnu    /usr/bin/python3.10" ;;
  "cache dir") echo /nowhere ;;
  "sync --locked") echo "$*" > asked; mkdir -p .venv; exit {status} ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone as far as these scripts see it, in a folder whose name has spaces; ``tools`` is all that is on the path."""
    clone = tmp_path / "my own clone"
    shutil.copytree(ROOT / "bin", clone / "bin")
    shutil.copytree(ROOT / ".ci", clone / ".ci")
    shutil.copy(ROOT / "Makefile", clone)
    (clone / "tools").mkdir()
    for name in TOOLS:
        (clone / "tools" / name).symlink_to(shutil.which(name) or name)
    return clone


def stand_in(path: Path, script: str, first: str = "#!/bin/sh") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{first}\n{script}\n", "utf-8")
    path.chmod(0o755)


def call(folder: Path, *command: str | Path, lang: str = "en", **more: str) -> tuple[int, str]:
    """Run a command with nothing but ``tools`` on the path; return its status and all that it said."""
    env = {"PATH": str(folder / "tools"), "REPORT_LANG": lang, **more}
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def install(folder: Path, *, fits: bool = True, status: int = 0, free: int = 9_000_000, **more: str) -> tuple[int, str]:
    stand_in(folder / "tools/uv", UV.format(fits=int(not fits), status=status))
    stand_in(folder / "tools/df", f"echo header; echo /dev/sda1 0 0 {free} 0% /")
    return call(folder, "bin/install", UV="uv", **more)


def test_the_launcher_runs_the_environments_command_from_anywhere(folder: Path) -> None:
    stand_in(folder / ".venv/bin/report", 'echo "$PWD|$*|$2"; exit 3')
    got = call(folder / "tools", folder / "bin/report", "map", "a b.csv", PATH=str(folder / "tools"))
    assert got == (3, f"{folder / 'tools'}|map a b.csv|a b.csv\n")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "not installed here yet: run `make report` first"),
        ("sv", "inte installerade här ännu: kör `make report`"),
    ],
)
def test_the_launcher_says_where_nothing_is_installed(folder: Path, lang: str, expected: str) -> None:
    status, said = call(folder, "bin/report", "check", lang=lang)
    assert status == 1
    assert expected in said


def test_the_launcher_says_where_the_folder_was_moved(folder: Path) -> None:
    stand_in(folder / ".venv/bin/report", "", first="#!/somewhere/else/.venv/bin/python")
    status, said = call(folder, "bin/report", "check")
    assert status == 1
    assert "there is no /somewhere/else/.venv/bin/python" in said and "Remove .venv and run `make report`" in said


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "s"),
        ({"LANG": "de_DE.UTF-8"}, "e"),
        ({"LC_ALL": "C", "LANG": "sv_SE.UTF-8"}, "e"),
        ({"LC_MESSAGES": "sv_SE", "LANG": "en_GB"}, "s"),
        ({"REPORT_LANG": "SV", "LANG": "en_GB"}, "s"),
        ({"REPORT_LANG": "en", "LANG": "sv_SE"}, "e"),
        ({"REPORT_LANG": "de", "LANG": "sv_SE"}, "s"),
        ({}, "e"),
    ],
)
def test_the_language_is_the_one_that_commands_speak(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    from report_engine.words import spoken

    for name in ("REPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    run = subprocess.run([folder / "bin/say", "s", "e"], env=os.environ, capture_output=True, text=True, check=True)
    assert (run.stderr.strip(), {"s": "sv", "e": "en"}[expected]) == (expected, spoken.language())


def test_the_first_installation_says_what_it_does_and_how_large_it_is(folder: Path) -> None:
    status, said = install(folder)
    assert status == 0
    assert "260 MB to fetch and 900 MB on the disk" in said and said.count("\n") == 1
    assert (folder / "asked").read_text("utf-8") == "sync --locked --inexact --quiet\n"
    assert install(folder) == (0, "")  # .venv is there now


def test_a_python_that_does_not_fit_is_named_and_uv_brings_one(folder: Path) -> None:
    status, said = install(folder, fits=False)
    assert status == 0
    assert "needs Python 3.11, 3.12 or 3.13; found here: 3.10.13. uv fetches one that fits" in said


def test_where_uv_can_not_bring_one_it_says_how_to_install_it(folder: Path) -> None:
    status, said = install(folder, fits=False, status=2)
    assert status == 1
    assert "Found here: 3.10.13, and uv could not fetch one" in said and "sudo apt install python3.13" in said


@pytest.mark.parametrize(
    ("free", "expected"), [(9_000_000, "Without a network nothing can be fetched"), (50_000, "The disk is full (")]
)
def test_an_installation_that_fails_says_why(folder: Path, free: int, expected: str) -> None:
    status, said = install(folder, status=2, free=free)
    assert status == 1
    assert expected in said
    assert ("Only 48 MB are free" in said) == (free == 50_000)


def test_an_active_conda_is_named(folder: Path) -> None:
    assert "Conda is active (/opt/conda)" in install(folder, CONDA_PREFIX="/opt/conda")[1]


@pytest.mark.parametrize("version", ["3.10.13", "3.14.1"])
def test_any_python_installs_uv(folder: Path, version: str) -> None:
    """The stand-in passes for each version, makes an empty environment, and its pip brings a stand-in for uv."""
    stand_in(folder / "tools/df", "echo header; echo /dev/sda1 0 0 9000000 0% /")
    uv = UV.format(fits=1, status=0)
    pip = f"cat > .uv/bin/uv <<'UV'\n#!/bin/sh{uv}UV\n{shutil.which('chmod')} +x .uv/bin/uv"
    made = f"mkdir -p .uv/bin\ncat > .uv/bin/pip <<'PIP'\n#!/bin/sh\n{pip}\nPIP\n{shutil.which('chmod')} +x .uv/bin/pip"
    stand_in(folder / "tools/python3", f'case "$1" in -m) {made}\n;; --version) echo Python {version} ;; esac')
    for name in ("pyproject.toml", "report_engine/pyproject.toml", "uv.lock"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    status, said = call(folder, "make", ".venv/.report")
    assert status == 0, said
    assert (folder / "asked").read_text("utf-8") == "sync --locked --inexact --quiet\n"


@pytest.mark.parametrize("makefile", ["Makefile", "tests/studies/tiny/Makefile"])
def test_a_python_without_venv_is_named(folder: Path, makefile: str) -> None:
    shutil.copy(ROOT / makefile, folder)
    stand_in(folder / "tools/python3", '[ "$1" = --version ] && echo Python 3.14.1')
    status, said = call(folder, "make", ".uv/bin/uv")
    assert status == 2
    assert "no Python with the module venv here (found: Python 3.14.1)" in said and "python3-venv" in said


def test_make_help_lists_every_target_that_is_for_people(folder: Path) -> None:
    status, said = call(folder, "make", "help")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    expected = re.findall(r"^\.PHONY: (report .*)$", makefile, re.MULTILINE)[0].split()
    assert status == 0
    assert re.findall(r"^make (\S+) +\S", said, re.MULTILINE) == expected


def test_windows_has_a_launcher_with_windows_line_ends() -> None:
    content = (ROOT / "bin/report.cmd").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 2
    assert rb'"%~dp0..\.venv\Scripts\report.exe" %*' in content
