"""Hostile files by name, and a process in which they are read under watch: little memory, little time, nothing opened."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SECONDS = 10.0
MEMORY = 1_000_000_000  # bytes
LONGEST_LINE = 2_000  # characters of a finding

REPOSITORY = Path(__file__).parents[2]

Make = Callable[[], bytes] | Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A hostile file: ``make`` gives its bytes, or with a folder puts there what has no bytes (links, pipes).

    ``kind`` says how it is read: ``data``, ``config`` or ``mapping``. ``refused`` says whether it must be (``None``: either).
    """

    name: str
    file: str
    make: Make
    kind: str = "data"
    refused: bool | None = None
    in_folder: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a file: ``lines`` are findings, ``problems`` what must never happen, ``csv`` the table if accepted."""

    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    seconds: float = 0.0
    refused: bool = False
    csv: str = ""
    mapping: str = ""


@dataclass
class Family:
    """Cases that are read one after the other in one process."""

    name: str
    cases: dict[str, Case] = field(default_factory=dict)

    def case(self, name: str, file: str, *, refused: bool | None = None, kind: str = "data") -> Callable[[Make], Make]:
        """Take a function that makes a file (``make()``) or something in a folder (``make(folder)``) as a case."""

        def add(make: Make) -> Make:
            code = getattr(make, "__code__", None)
            self.add(Case(name, file, make, kind, refused, bool(code and code.co_argcount)))
            return make

        return add

    def add(self, case: Case) -> None:
        """Take a case; its name must be new."""
        assert case.name not in self.cases, case.name
        self.cases[case.name] = case


def prepared(cases: Iterable[Case], folder: Path) -> list[dict[str, str]]:
    """Write each case's file into a folder of its own, and return what the watched process is to read."""
    jobs = []
    for number, case in enumerate(cases):
        own = folder / f"{number:03}"
        own.mkdir(parents=True)
        path = own / case.file
        if case.in_folder:
            case.make(own)  # type: ignore[call-arg]
        else:
            path.write_bytes(case.make())  # type: ignore[call-arg]
        jobs.append({"name": case.name, "path": str(path), "kind": case.kind})
    return jobs


def read(cases: Mapping[str, Case], folder: Path) -> dict[str, Outcome]:
    """Read cases under watch; one that ends the process or takes too long is noted, and the rest go on in a new one."""
    jobs = prepared(cases.values(), folder)
    before = listing(folder)
    found: dict[str, Outcome] = {}
    while jobs:
        done, ending = _run(jobs)
        for job, outcome in zip(jobs, done, strict=False):
            found[job["name"]] = outcome
        jobs = jobs[len(done) :]
        if jobs:
            found[jobs[0]["name"]] = Outcome(problems=(ending,))
            jobs = jobs[1:]
    after = listing(folder)
    changed = sorted({path for path in {*before, *after} if before.get(path) != after.get(path)})
    for case, own in zip(cases, sorted(folder.iterdir()), strict=True):
        touched = [path for path in changed if path.startswith(own.name)]
        if touched:
            found[case] = Outcome(problems=(*found[case].problems, f"wrote or changed {touched}"))
    outside = [path for path in changed if not path[:3].isdigit()]
    assert not outside, f"wrote outside the folders of the files: {outside}"
    return found


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of everything below a folder, links not followed."""
    found = {}
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(at, name)
            status = path.lstat()
            found[path.relative_to(folder).as_posix()] = (status.st_size, status.st_mtime_ns)
    return found


def _run(jobs: list[dict[str, str]]) -> tuple[list[Outcome], str]:
    command = [sys.executable, "-m", "tests.hostile.child", str(MEMORY), str(SECONDS)]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY
    )
    # the process stops itself; where it cannot, because a C library never returns, this does
    timer_seconds = SECONDS * 1.5 * len(jobs) + 30
    try:
        out, err = child.communicate(json.dumps(jobs).encode(), timeout=timer_seconds)
        ending = f"ended with {child.returncode}: {err.decode(errors='replace')[-500:]}"
        if child.returncode == -signal.SIGPROF:
            ending = f"took more than {SECONDS:.0f} seconds of computing"
    except subprocess.TimeoutExpired:
        child.kill()
        out, _ = child.communicate()
        ending = "never ended"
    lines = [json.loads(line) for line in out.splitlines() if line.endswith(b"}")]
    return [
        Outcome(**{**line, "lines": tuple(line["lines"]), "problems": tuple(line["problems"])}) for line in lines
    ], ending


@cache
def outcomes(family: str, folder: Path) -> dict[str, Outcome]:
    """Read a family's files once a test run."""
    from tests.hostile import families

    return read(families.ALL[family].cases, folder)
