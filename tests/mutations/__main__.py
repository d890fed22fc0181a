"""Plants every mutation in a temporary copy and says which the tests find."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutations.plan import Mutation, plant
from tests.mutations.planted import MUTATIONS

ROOT = Path(__file__).resolve().parents[2]
MADE = ("data/tidy", "data/results", "figures")
LONGEST = 600  # seconds that a mutation's tests may take
KILLED, SURVIVED, ACCEPTED, UNTESTED, BROKEN = "killed", "SURVIVED", "accepted", "untested", "BROKEN"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutations asked for and return the status: 0 where all are found or accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="only mutations with this in their name")
    parser.add_argument("--part", default="1/1", metavar="N/M", help="the Nth of M parts, for as many processes")
    parser.add_argument("--list", action="store_true", help="name the mutations and stop")
    asked = parser.parse_args(arguments)
    part, parts = map(int, asked.part.split("/"))
    chosen = [mutation for mutation in MUTATIONS if asked.only in mutation.name][part - 1 :: parts]
    if asked.list:
        print(*(f"{one.name}  ({one.module}: {one.place})" for one in chosen), sep="\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = copied(Path(folder))
        if said := failing(copy, chosen):
            print("Tests that fail without a fault can't tell one:", said, sep="\n")
            return 1
        found = [(mutation, tried(copy, mutation)) for mutation in chosen]
    return summed_up(found)


def copied(folder: Path) -> Path:
    """Copy the project's files, and the made ones that tests read, into a folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in MADE:
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    return folder


def failing(copy: Path, chosen: Sequence[Mutation]) -> str:
    """Run all the tests once in the copy as it is, and return what pytest says where one fails."""
    paths = dict.fromkeys(path for mutation in chosen if there(copy, mutation) for path in paths_of(mutation))
    run = pytest(copy, tuple(paths)) if paths else None
    return run.stdout if run and run.returncode else ""


def paths_of(mutation: Mutation) -> tuple[str, ...]:
    return tuple(test for test in mutation.tests if test.startswith("tests/"))


def there(copy: Path, mutation: Mutation) -> bool:
    return all((copy / path).exists() for path in paths_of(mutation))


def tried(copy: Path, mutation: Mutation) -> str:
    """Plant one fault, run its tests, take it out again, and say what came of it."""
    begun = time.monotonic()
    if there(copy, mutation):
        module = copy / mutation.module
        sound = module.read_text("utf-8")
        module.write_text(plant(sound, mutation), "utf-8")
        code = status(copy, mutation.tests)
        module.write_text(sound, "utf-8")
        found = {0: ACCEPTED if mutation.survives else SURVIVED, 1: KILLED}.get(code, BROKEN)
    else:
        found = UNTESTED
    print(f"{found:9} {time.monotonic() - begun:5.1f} s  {mutation.name}", flush=True)
    return found


def status(copy: Path, tests: Sequence[str]) -> int:
    """Run tests in the copy and return pytest's status: 0 passed, 1 failed, else they could not run."""
    try:
        return pytest(copy, (*tests, "-x"), timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        return 1  # a test that no longer ends has found the fault, too


def pytest(copy: Path, arguments: Sequence[str], timeout: float | None = None) -> "subprocess.CompletedProcess[str]":
    """Run pytest in the copy."""
    # a module written twice within a second would be read from its old bytecode
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", *arguments, "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=timeout)


def summed_up(found: Sequence[tuple[Mutation, str]]) -> int:
    counts = Counter(outcome for _, outcome in found)
    print(
        ", ".join(f"{counts[outcome]} {outcome.lower()}" for outcome in (KILLED, SURVIVED, ACCEPTED, UNTESTED, BROKEN))
    )
    for mutation, outcome in found:
        if outcome == ACCEPTED:
            print(f"accepted: {mutation.name}: {mutation.survives}")
    return int(any(counts[outcome] for outcome in (SURVIVED, UNTESTED, BROKEN)))


if __name__ == "__main__":
    sys.exit(main())
