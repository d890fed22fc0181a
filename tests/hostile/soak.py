"""Every reader is given damaged files for minutes of computing, and each of them must be read or refused in plain words.

``python -m tests.hostile.soak FOLDER [--seconds N] [--only READER] [--seed N]`` goes on where it was stopped: each file follows
from the seed, the sample's name and its number. What failed stands in ``FOLDER/failures.jsonl``, the file beside it.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile.damages import damaged

SECONDS = 600.0  # of computing, a reader
_ONE = 10.0  # of one file
_MEMORY = 1_500_000_000  # bytes
_ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run from the command line; 1 where a file was neither read nor refused."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder = given.folder.resolve()
    if given.one:
        run(given.one, folder, given.seconds, given.seed)
        return 0
    from tests.hostile.samples import SAMPLES

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in SAMPLES.items():
        if not _beside(folder, name, "sample").exists():
            _beside(folder, name, "sample").write_bytes(data)
    readers = sorted({name.split(":")[0] for name in SAMPLES if given.only in name})
    for reader in readers:
        names = sorted(name for name in SAMPLES if name.split(":")[0] == reader)
        for name in names:
            fuzz(name, folder, given.seconds / len(names), given.seed)
    failures = [*_lines(folder / "failures.jsonl")]
    tried = sum(state["next"] for state in _lines(*folder.glob("*.state")))
    print(f"{tried} damaged files for {len(readers)} readers: {len(failures)} neither read nor refused")
    return int(bool(failures))


def fuzz(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Damage one sample until so many seconds of computing are over; what ends its process is a failure, and it goes on."""
    command = [
        sys.executable,
        "-m",
        "tests.hostile.soak",
        str(folder),
        f"--seconds={seconds}",
        f"--seed={seed}",
        "--one",
        name,
    ]
    while (ended := subprocess.run(command, cwd=_ROOT, check=False).returncode) != 0:
        state = json.loads(_state(folder, name).read_text("utf-8"))
        how = "took too long" if ended == -signal.SIGPROF else f"the process ended with {ended}"
        _failed(folder, name, state["next"], how, seed)
        _keep(folder, name, state["next"] + 1, state["spent"] + (_ONE if ended == -signal.SIGPROF else 0.0))
    print(f"{name}: {json.loads(_state(folder, name).read_text('utf-8'))['next']} files", flush=True)


def run(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Read damaged files of one sample in this process, which its limits end where a file makes it run away."""
    from tests.hostile.samples import read, use

    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path = _state(folder, name)
    state = json.loads(path.read_text("utf-8")) if path.exists() else {"next": 0, "spent": 0.0}
    number, before, begun = state["next"], state["spent"], _computed()
    asked = use(_sample(folder, name))
    while (spent := before + _computed() - begun) < seconds:
        _keep(folder, name, number, spent)
        signal.setitimer(signal.ITIMER_PROF, _ONE)
        try:
            read(damaged_file(folder, name, number, seed), asked)
        except Exception:
            _failed(folder, name, number, traceback.format_exc(), seed)
        signal.setitimer(signal.ITIMER_PROF, 0)
        number += 1
    _keep(folder, name, number, spent)


def damaged_file(folder: Path, name: str, number: int, seed: int) -> bytes:
    """Return a damaged file by its number."""
    return damaged(_sample(folder, name), random.Random(f"{seed}/{name}/{number}"))


@cache
def _sample(folder: Path, name: str) -> bytes:
    """Return a sound file as it was when the folder was begun: some tools write the time into it."""
    return _beside(folder, name, "sample").read_bytes()


def _computed() -> float:
    """Return the seconds that this process and those it started have computed."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _beside(folder: Path, name: str, ending: str) -> Path:
    return folder / f"{name.replace(': ', '-').replace(' ', '-')}.{ending}"


def _state(folder: Path, name: str) -> Path:
    return _beside(folder, name, "state")


def _keep(folder: Path, name: str, number: int, spent: float) -> None:
    _state(folder, name).write_text(json.dumps({"next": number, "spent": round(spent, 2)}), "utf-8")


def _failed(folder: Path, name: str, number: int, how: str, seed: int) -> None:
    _beside(folder, name, f"{number}").write_bytes(damaged_file(folder, name, number, seed))
    with (folder / "failures.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"sample": name, "number": number, "how": how[-2_000:]}) + "\n")


def _lines(*paths: Path) -> Iterator[dict[str, Any]]:
    for path in paths:
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
