"""What a person sees of a build: a line for every step that has ended, and those under way."""

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.text import Text

from report_engine.pipeline.progress import VARIABLE
from report_engine.words.messages import speak


@dataclass
class Display:
    """Shows steps as they end, one line each; on a terminal also those under way, with their elapsed time.

    Use it as a context manager around the build. ``failures`` then maps the jobs that failed to their exit status, and
    ``unfinished`` names those that never came to an end; ``status`` and ``interrupted`` are for the build's own.
    """

    path: Path
    console: Console
    failures: dict[str, int] = field(default_factory=dict)
    unfinished: dict[str, None] = field(default_factory=dict)
    status: int = 0
    interrupted: bool = False
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

        # what Snakemake prints meanwhile goes to its log, not through the display
        with Live(
            console=self.console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        ) as live:

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
            self._note_job(event["job"], event.get("status"))
            return
        name = event["step"]
        if event["state"] == "begun":
            self._running[name] = time.monotonic()
            return
        self._running.pop(name, None)
        good = event["state"] == "done"
        mark, style = speak("steps.done" if good else "steps.failed"), "green" if good else "bold red"
        self.console.print(Text.assemble((f"{mark:<6}", style), _line(name, event["seconds"])))

    def _note_job(self, job: str, status: int | None) -> None:
        if status is None:
            self.unfinished[job] = None
            return
        self.unfinished.pop(job, None)
        if status:
            self.failures[job] = status

    def _under_way(self) -> Text:
        now = time.monotonic()
        lines = [f"      {_line(name, now - since)}" for name, since in self._running.items()]
        return Text("\n".join(lines), style="dim")


def _line(name: str, seconds: float) -> str:
    return f" {name:<36} {seconds:6.1f} s"
