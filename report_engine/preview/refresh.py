"""Makes the page of an edition again, and says in terminal and browser how it went."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import filelock

from report_engine.contracts import study
from report_engine.pipeline import build_state, jobs, lock, planning, progress, steps, warm
from report_engine.pipeline.display import Display
from report_engine.preview.draft import Drafts
from report_engine.preview.plan import Plan, plan
from report_engine.render import RenderError, checks, editions, embedded, fonts, staging
from report_engine.render.page import parse
from report_engine.render.project import metadata
from report_engine.words import obstacles
from report_engine.words.messages import speak, told
from report_engine.words.obstacle_texts import say as say_obstacle
from report_engine.words.spoken import language

if TYPE_CHECKING:
    from rich.console import Console

    from report_engine.preview.server import Screen
    from report_engine.words.editions import Edition

LOGS = Path("logs")
PROGRESS = LOGS / "preview.jsonl"

_PATIENCE = 1  # second in which an open browser fetches the page
_TAIL = 12  # lines of a traceback that are shown


class Failed(Exception):
    """The page could not be made; ``lines`` say why."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("failed")
        self.lines = tuple(lines)


class Refresher:
    """Keeps the packages of sections loaded between saves, and holds the project's lock only while it works."""

    def __init__(self, edition: "Edition", screen: "Screen", console: "Console") -> None:
        self.edition, self.screen, self.console = edition, screen, console
        self._drafts = Drafts(Path(), staging(Path(), edition) / "preview")
        self._warm = contextlib.ExitStack()
        self._workflow_due = self._sections_due = False  # what failed must be tried again with the next change

    def __enter__(self) -> Self:
        os.environ.update(jobs.ENVIRONMENT)
        os.environ[build_state.RUN] = "1"
        os.environ[progress.VARIABLE] = str(PROGRESS.resolve())  # the warm process keeps the environment it began with
        self._warm.enter_context(warm.process())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._warm.close()

    def begin(self) -> None:
        """Bring everything that the page rests on up to date, and make the page."""
        self._refresh(Plan(page=True, workflow=True))
        plan({"analysis/__init__.py"}, ())  # the first look at the code takes seconds: now, not when somebody waits

    def take(self, changed: set[str]) -> None:
        """Make the page again if these changed files (paths below the project's folder) concern it."""
        found = plan(changed, sys.modules)
        if found.own:
            self._say(speak("preview.own", names=found.own))
        if found.again:
            self._warm.close()
            self._warm.enter_context(warm.process())
        if found.page:
            self._refresh(found)

    def _refresh(self, found: Plan) -> None:
        begun = time.monotonic()
        self.screen.working()
        try:
            page = self._made(found)
        except Failed as failure:
            self.screen.failed(failure.lines)
            self._say(speak("preview.as_it_was"), *failure.lines)
            return
        self.screen.ready(page)
        self._say(speak("preview.made", seconds=time.monotonic() - begun))
        self.screen.fetched.wait(_PATIENCE)  # the reader comes first
        if notes := self._notes(page):
            self.screen.note(notes)
            self._say(speak("preview.unpublishable"), *notes)

    def _made(self, found: Plan) -> bytes:
        try:
            with self._locked():
                self._compute(found)
                return self._page()
        except Failed:
            raise
        except Exception as error:
            if (line := obstacles.plain(error)) is None:
                raise
            raise Failed([line]) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        held = filelock.FileLock(lock.LOCK)
        try:
            held.acquire(timeout=0)
        except filelock.Timeout:
            self._say(speak("preview.waiting"))
            held.acquire()
        try:
            yield
        finally:
            held.release()

    def _compute(self, found: Plan) -> None:
        self._workflow_due |= found.workflow
        if self._workflow_due:
            self._workflow()
            self._workflow_due = False
        elif found.sections or self._sections_due:
            self._sections_due = True
            self._sections()
            self._sections_due = False

    def _workflow(self) -> None:
        """Run the workflow up to what the page is made from."""
        fonts.check(Path())
        targets = [*(f"section-{name}" for name in study.sections()), "results", "quality"]
        command = [sys.executable, "-m", "snakemake", *((build_state.CURRENT / name).as_posix() for name in targets)]
        LOGS.mkdir(exist_ok=True)
        log = LOGS / "preview.log"
        environment = {**os.environ, lock.LOCK_HELD: "1"}
        with Display(PROGRESS, self.console) as display, log.open("wb") as output:
            environment |= {name: os.environ[name] for name in os.environ if name.startswith("REPORT_")}
            status = subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode
        if status and display.unfinished:
            raise Failed(f"{job}: {say_obstacle('killed')}" for job in display.unfinished)
        if status:
            failures = display.failures or {"preview": status}
            raise Failed(line for job, its in failures.items() for line in _explained(LOGS / f"{job}.log", its))

    def _sections(self) -> None:
        """Compute the sections that are due, and those that rest on what has changed with them, in the report's order."""
        LOGS.mkdir(exist_ok=True)
        try:
            planned = planning.plan(planning.project())
        except planning.STOPPED as error:
            raise Failed(told(error).splitlines()) from None
        with Display(PROGRESS, self.console):
            for step in planned:
                if step.name.startswith(("section-", "results")):
                    _step(*step.name.split("-"))

    def _page(self) -> bytes:
        try:
            return self._drafts.page(embedded.read(Path(), self.edition))
        except RenderError as error:
            raise Failed(told(error).splitlines()) from None

    def _notes(self, page: bytes) -> list[str]:
        """Say what would keep the page from being published, though it can be shown."""
        found = parse(page.decode("utf-8"))
        found.resources.clear()  # it is the preview's page that loads them
        lines = [
            problem.say(language()) for problem in (*editions.check(Path()), *checks.check(Path(), self.edition, []))
        ]
        return [*lines, *map(told, checks.check_page(found, str(metadata(Path(), self.edition)["lang"])))]

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _step(*argv: str) -> None:
    """Run a step of the workflow as Snakemake would; raises Failed."""
    log = LOGS / f"{'-'.join(argv)}.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "report_engine.pipeline.jobs", *argv]
        status = subprocess.run(command, stdout=output, stderr=output, check=False).returncode
    if status:
        raise Failed(_explained(log, status))


def _explained(log: Path, status: int) -> Sequence[str]:
    """Return what a step's log says: all of it for bad input, else the lines of the error that are the report's own."""
    if status == steps.OBSTACLE and (line := obstacles.told(log)):
        return [line]
    lines = log.read_text("utf-8", errors="replace").rstrip().splitlines()
    if status != steps.BAD_INPUT and any(line.startswith("Traceback") for line in lines):
        lines = lines[-_TAIL:]
    return lines or [speak("preview.log_silent", log=log.as_posix(), status=status)]
