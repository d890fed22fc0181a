"""Runs a step and writes down every file of the project that Python opened for it, and every folder it listed.

``python -m tests.workflow.watched <file> <step> [<name>]``, in a project's folder; ``<file>`` receives one line a path. Processes
that the step starts with this Python are watched, too (a notebook's kernel).
"""

import os
import sys
from pathlib import Path

LOG = "TEST_WATCHED_LOG"

_OPENS = {"open": 0, "os.listdir": 0, "os.scandir": 0}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def watch(log: str) -> None:
    """Write down from now on what this process reads below the current folder."""
    root = os.getcwd()
    to = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    busy = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal busy
        if busy or event not in _OPENS:
            return
        path, *rest = arguments
        if isinstance(path, int) or (event == "open" and _writes(*rest[:2])):  # what is open already, or is written
            return
        busy = True
        try:
            full = os.path.abspath(os.fsdecode(path if path is not None else "."))  # type: ignore[arg-type]
            if full.startswith(root + os.sep) and not (event == "open" and os.path.isdir(full)):
                kind = "file" if event == "open" else "folder"
                os.write(to, f"{kind} {full[len(root) + 1 :]}\n".encode())
        finally:
            busy = False

    sys.addaudithook(hook)


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return "r" not in mode or "+" in mode
    return isinstance(flags, int) and bool(flags & _WRITES)


def main(log: str, argv: list[str]) -> int:
    """Run the step with everything watched that it starts."""
    here = str(Path(__file__).resolve().parent / "watched_start")
    os.environ |= {LOG: log, "PYTHONPATH": here}
    sys.path[0:0] = [os.getcwd()]
    watch(log)
    from report_engine.pipeline import jobs

    return jobs.main(argv)


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:]))
