"""What is measured against each other: this commit, an earlier one, and other build tools that do this commit's jobs."""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.bench import peers
from tests.bench.rows import Version

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".bench"
"""Environments, which are installed once, and the result."""

THEN = "fe275b6"

_PROJECT = (
    "Snakefile",
    "_quarto.yml",
    "pyproject.toml",
    "config.yaml",
    "analysis",
    "report_engine",
    "data",
    "profiles",
)


class Lacking(Exception):
    """Something that can't be had here; the message says what."""


@dataclass(frozen=True)
class Contestant:
    """Builds the report: ``lay`` puts its sources into an empty folder, ``command`` builds there.

    ``ready`` is called with the folder after every change, unmeasured: it writes what a tool's user would have written.
    """

    name: str
    version: Version
    lay: Callable[[Path], None]
    command: Sequence[str]
    ready: Callable[[Path], None] = lambda _: None


def environment() -> dict[str, str]:
    """Return the environment that builds run in: this one, without what only concerns this process."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("REPORT_", "PYTHON", "VIRTUAL_ENV"))}
    return kept | {"PYTHONUTF8": "1", "MPLBACKEND": "Agg", "DVC_NO_ANALYTICS": "1"}


def now() -> Contestant:
    """Return this commit, as it stands in the checkout."""
    return Contestant("this commit", "now", _lay_now, [sys.executable, "-m", "report_engine.cli", "build"])


def then() -> Contestant:
    """Return the earlier commit, with the packages that its lock names; raises ``Lacking`` where they can't be had."""
    folder = KEPT / THEN
    python = folder / ".venv" / "bin" / "python"
    if not python.exists():
        _unpack(folder)
        _call([_uv(), "venv", "--quiet", "--clear", ".venv"], folder)
        _call([_uv(), "sync", "--locked", "--quiet"], folder)
    return Contestant(f"`{THEN}`", "then", _unpack, [str(python), "-m", "analysis.cli", "build"])


def peer(tool: str, built: Path) -> Contestant:
    """Return another build tool that does the jobs of the project ``built``; raises ``Lacking`` where it can't be had."""
    programs = KEPT / "peers" / "bin"
    if tool == "make":
        if not shutil.which("make"):
            raise Lacking("make is not installed")
    elif not (programs / tool).exists():
        folder = KEPT / "peers"
        folder.mkdir(parents=True, exist_ok=True)
        _call([_uv(), "venv", "--quiet", "--clear", "."], folder)
        python = str(programs / "python")
        _call([_uv(), "pip", "install", "--quiet", "--python", python, *peers.PACKAGES], folder)

    def lay(folder: Path) -> None:
        _lay_now(folder)
        peers.lay(tool, folder, programs)

    def ready(folder: Path) -> None:
        peers.write(tool, folder, built, sys.executable)

    return Contestant(tool, "now", lay, peers.command(tool, programs, os.cpu_count() or 1), ready)


def _lay_now(folder: Path) -> None:
    found = subprocess.run(
        ["git", "ls-files", "-z", "--", *_PROJECT, "report"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, found.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def _unpack(folder: Path) -> None:
    done = subprocess.run(["git", "archive", THEN], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise Lacking(f"{THEN} is not in this clone: git fetch --unshallow")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _uv() -> str:
    for name in (os.environ.get("UV", ""), str(ROOT / ".uv" / "bin" / "uv"), "uv"):
        if name and (found := shutil.which(name)):
            return found
    raise Lacking("uv is not installed: run this by `make bench`")


def _call(command: Sequence[str], folder: Path) -> None:
    own: Mapping[str, str] = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Lacking((done.stderr.strip() or "?").splitlines()[-1])
