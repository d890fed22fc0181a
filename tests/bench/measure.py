"""What a command costs: CPU and wall seconds, and the most memory that all its processes held at once."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_LOOK = 0.05  # seconds between two looks at the processes
_WEIGH = 5  # looks between two looks at their memory, which cost more
_SIGCHLD = 1 << 16  # in the mask of signals that a process ignores


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds, and memory in bytes (PSS: pages that processes share count once; 0 outside of Linux)."""

    cpu: float
    wall: float
    memory: float


class Failed(Exception):
    """A command that ended with an error; the message is what it printed."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder and return its cost; raises ``Failed`` where it fails."""
    begun, before = time.perf_counter(), _waited_for()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        watch = _Watch(process.pid)
        while process.returncode is None:
            watch.look()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
        wall, cpu = time.perf_counter() - begun, _waited_for() - before
        if process.returncode:
            output.seek(0)
            raise Failed(f"{' '.join(command)}: status {process.returncode}\n{output.read()}")
    return Cost(cpu + sum(watch.never_waited_for.values()), wall, watch.peak)


def cores() -> int:
    """Count the cores that builds can have."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass
class _Watch:
    """Looks at a process and all below it.

    The system adds up the time of processes that somebody waits for. A process that ignores the end of its children waits
    for none: theirs is what they had used when they were last seen.
    """

    top: int
    peak: float = 0
    never_waited_for: dict[int, float] = field(default_factory=dict)
    _looks: int = 0

    def look(self) -> None:
        found = list(_below(self.top))
        for pid, parent in found:
            if parent and _ignores_children(parent):
                self.never_waited_for[pid] = _seconds(pid) or self.never_waited_for.get(pid, 0)
        if self._looks % _WEIGH == 0:
            self.peak = max(self.peak, sum(_memory(pid) for pid, _ in found))
        self._looks += 1


def _below(pid: int, parent: int = 0) -> Iterator[tuple[int, int]]:
    """Yield a process and all below it, each with its parent (0 for the first)."""
    yield pid, parent
    for thread in _lines(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{thread}/children").split():
            yield from _below(int(child), pid)


def _lines(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:  # it has ended
        return []


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""


def _ignores_children(pid: int) -> bool:
    mask = _value(_read(f"/proc/{pid}/status"), "SigIgn:")
    return bool(int(mask or "0", 16) & _SIGCHLD)


def _memory(pid: int) -> float:
    return float(_value(_read(f"/proc/{pid}/smaps_rollup"), "Pss:") or 0) * 1024


def _value(text: str, name: str) -> str:
    return next((line.split()[1] for line in text.splitlines() if line.startswith(name)), "")


def _seconds(pid: int) -> float:
    """Return what a process and those that it waited for have used."""
    _, _, fields = _read(f"/proc/{pid}/stat").rpartition(")")
    return sum(map(int, fields.split()[11:15])) / os.sysconf("SC_CLK_TCK")
