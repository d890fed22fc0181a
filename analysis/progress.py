"""What a build is doing: the steps report to a file, the display reads it, and neither needs to know the other."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.text import Text

VARIABLE = "REPORT_PROGRESS"
"""Names the file that steps report to; without it (``snakemake`` alone) they report nothing."""


@contextmanager
def step(label: str) -> Iterator[None]:
    """Report that a step begins, and that it ended well or failed."""
    begun = time.monotonic()
    _report({"step": label, "state": "begun"})
    try:
        yield
    except BaseException:
        _report({"step": label, "state": "failed", "seconds": time.monotonic() - begun})
        raise
    _report({"step": label, "state": "done", "seconds": time.monotonic() - begun})


def failed(job: str, status: int) -> None:
    """Report that a job failed, by the name its log has."""
    _report({"job": job, "status": status})


def _report(event: dict[str, Any]) -> None:
    path = os.environ.get(VARIABLE)
    if path:
        with open(path, "a", encoding="utf-8", newline="\n") as file:  # one short write: lines of two steps don't mix
            file.write(json.dumps(event) + "\n")


@dataclass
class Display:
    """Shows steps as they end, one line each; on a terminal also those under way, with their elapsed time.

    Use it as a context manager around the build. ``failures`` then maps the jobs that failed to their exit status;
    ``status`` is for the build's own.
    """

    path: Path
    console: Console
    failures: dict[str, int] = field(default_factory=dict)
    status: int = 0
    _running: dict[str, float] = field(default_factory=dict)
    _read: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("", "utf-8")
        os.environ[VARIABLE] = str(self.path.resolve())
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        os.environ.pop(VARIABLE, None)

    def _follow(self) -> None:
        if not self.console.is_terminal:
            self._poll(self._take)
            return
        from rich.live import Live

        with Live(console=self.console, transient=True, auto_refresh=False) as live:

            def show() -> None:
                self._take()
                live.update(self._under_way(), refresh=True)

            self._poll(show)

    def _poll(self, look: Callable[[], None]) -> None:
        while not self._stop.wait(0.1):
            look()
        look()

    def _take(self) -> None:
        """Read what steps have reported since the last look, whole lines only."""
        with self.path.open("rb") as file:
            file.seek(self._read)
            lines = file.read().rpartition(b"\n")[0]
        if not lines:
            return
        self._read += len(lines) + 1
        for line in lines.decode("utf-8").splitlines():
            self._note(json.loads(line))

    def _note(self, event: dict[str, Any]) -> None:
        if "job" in event:
            self.failures[event["job"]] = event["status"]
            return
        name = event["step"]
        if event["state"] == "begun":
            self._running[name] = time.monotonic()
            return
        self._running.pop(name, None)
        good = event["state"] == "done"
        mark, style = ("done  " if good else "failed", "green" if good else "bold red")
        self.console.print(Text.assemble((mark, style), _line(name, event["seconds"])))

    def _under_way(self) -> Text:
        now = time.monotonic()
        lines = [f"      {_line(name, now - since)}" for name, since in self._running.items()]
        return Text("\n".join(lines), style="dim")


def _line(name: str, seconds: float) -> str:
    return f" {name:<36} {seconds:6.1f} s"
