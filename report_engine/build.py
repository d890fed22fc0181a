"""``report build``: runs the workflow, and says what it does, what came of it and where the report lies."""

import contextlib
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from rich.console import Console

from report_engine.changes import commands
from report_engine.disclosure import keys
from report_engine.pipeline import build_state, jobs, lock, planning, steps, warm, workspace, writable
from report_engine.pipeline.build_state import Planned
from report_engine.pipeline.display import Display
from report_engine.pipeline.step import Project
from report_engine.pipeline.writable import LOGS
from report_engine.render import Choice, index
from report_engine.settings.settings import Settings
from report_engine.words import obstacles
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message, Word, told
from report_engine.words.obstacle_texts import say as say_obstacle

WORKFLOW_LOG = LOGS / "snakemake.log"

FAILED = 1

_TAIL = 12  # lines of a traceback that are shown
_SHOWN = 5  # reasons why a step is due that are shown
_OUTCOMES = ("holds", "borderline", "fails", "untestable")


def build(console: Console, *, strict: bool = False, verbose: bool = False) -> int:
    """Bring the published report up to date in the current folder, which stays locked until this process ends.

    Returns 0, 1 where a step failed, 2 for data or settings that can't be used, 130 after Ctrl-C; then the published
    report is as it was.
    With ``strict`` also 1 where a claim that held in the last release no longer does, though the report is published.
    A quiet console says only what is wrong; ``verbose`` says first which steps are due, and why.
    """
    begun = time.monotonic()
    try:
        its, status = _bring_up_to_date(console, verbose)
    except planning.STOPPED as error:
        say_wrong(console, told(error))
        status = steps.BAD_INPUT
    except KeyboardInterrupt:
        say_wrong(console, Message("build.interrupted"))
        status = jobs.INTERRUPTED
    except Exception as error:
        if (line := obstacles.plain(error)) is None:
            raise
        say_wrong(console, line)
        status = FAILED
    if status:
        say_kept(console)
        return status
    _summarise(console, its.settings, its.engine)
    verdicts: list[Word] = []
    status = commands.verdicts(strict, verdicts.append)
    console.quiet = console.quiet and not status
    for words in verdicts:
        say(console, words)
    say(console, Message("build.seconds", {"seconds": time.monotonic() - begun}))
    return status


def _bring_up_to_date(console: Console, verbose: bool) -> tuple[Project, int]:
    """Run what is due; return the project and the exit status."""
    lock.open_for_build()
    os.environ[lock.LOCK_HELD] = "1"
    its = planning.project()
    if keys.ensure(Path()):
        say(console, Message("disclosure.made_key", {"file": keys.FILE}))
    plan, due = planning.begin(its)
    if not due:
        say(console, Message("build.nothing_due"))
        return its, 0
    if verbose:
        _say_due(console, due)
    display = _run(console, preload=any(name.startswith(("tidy", "section", "results")) for name in due))
    if changed := _changed_meanwhile(display):  # somebody saved a file: what is there now is what should be published
        say(console, changed)
        display = _run(console, preload=True)
    return its, _explain(console, display, plan) if display.status else 0


def _changed_meanwhile(display: Display) -> str:
    """Say what has changed since the plan was made, as a step found out or as nobody did because no later step was due."""
    if display.failures and not display.interrupted and {*display.failures.values()} == {steps.CHANGED}:
        return _tail(LOGS / f"{next(iter(display.failures))}.log").strip()
    late = [] if display.status else build_state.late(but="finish")
    return told(steps.Changed(late)) if late else ""


def say(console: Console, words: Word) -> None:
    """Say something in the language asked for; text from files stands as it is: no markup, and lines are not broken."""
    console.print(told(words), markup=False, highlight=False, soft_wrap=True)


def say_wrong(console: Console, words: Word) -> None:
    """Say what is wrong, on a console that was quiet, too; it is not from then on."""
    console.quiet = False
    say(console, words)


def _say_due(console: Console, due: Mapping[str, Sequence[str]]) -> None:
    for job, why in due.items():
        if why == [build_state.UNENDED]:
            say(console, Message("build.due_first", {"job": job}))
        else:
            say(console, Message("build.due", {"job": job, "n": len(why), "names": why[:_SHOWN]}))


def say_kept(console: Console) -> None:
    """Say that a build that came to nothing has left the published report alone."""
    if any(workspace.published_files(edition) for edition in EDITIONS):
        say(console, Message("build.kept"))


def _run(console: Console, *, preload: bool) -> Display:
    """Run Snakemake beside a process that has the heavy packages loaded, where they may be needed."""
    display = Display(LOGS / "progress.jsonl", console)
    warmed = warm.process() if preload else contextlib.nullcontext()
    with display, _output_to(WORKFLOW_LOG), _interrupts_noted(display), warmed:
        display.status = _snakemake()
    return display


@contextlib.contextmanager
def _interrupts_noted(display: Display) -> Iterator[None]:
    """Note Ctrl-C, for Snakemake and a step that is only starting end by it as they do where something fails."""

    def note(number: int, frame: FrameType | None) -> None:
        display.interrupted = True
        signal.default_int_handler(number, frame)

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else whoever started the build wants it left alone
        signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _snakemake() -> int:
    """Run Snakemake as its command does, with the profile; in this process, because its import takes a second."""
    # It would load pandas (a second, 70 MB) only to ask whether a parameter is a data frame: none of ours is.
    sys.modules["pandas"] = None  # type: ignore[assignment]  # None: an import of it fails
    from snakemake.cli import main

    try:
        main([])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@contextlib.contextmanager
def _output_to(path: Path) -> Iterator[None]:
    """Send everything that this process and those it starts print to a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    with path.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for ours, theirs in zip(kept, (1, 2), strict=True):
            os.dup2(ours, theirs)
            os.close(ours)


def _explain(console: Console, display: Display, plan: Sequence[Planned]) -> int:
    """Say what failed, with the last lines of the right log, and return the build's exit status."""
    console.quiet = False
    statuses = set(display.failures.values())
    if display.interrupted or jobs.INTERRUPTED in statuses:
        say(console, Message("build.interrupted"))
        return jobs.INTERRUPTED
    refusing = _refusing(plan)
    if in_the_way := refusing or _met(display):
        say(console, in_the_way)
    elif not statuses:
        say(console, Message("build.workflow", {"log": WORKFLOW_LOG.as_posix()}))
        say(console, _tail(WORKFLOW_LOG, whole_list=False))
    said = set()
    for job, status in display.failures.items():
        log = LOGS / f"{job}.log"
        if in_the_way and (status == steps.OBSTACLE or (refusing and status != steps.BAD_INPUT)):  # it is said
            continue
        if status == steps.BAD_INPUT:  # the log is the list of findings
            say(console, log.read_text("utf-8").rstrip())
        elif (tail := _tail(log)) in said:  # what keeps one edition from being published keeps the other, too
            say(console, Message("build.step_same", {"job": job, "log": log.as_posix()}))
        else:
            say(console, Message("build.step_failed", {"job": job, "log": log.as_posix()}))
            say(console, tail)
            said.add(tail)
    return steps.BAD_INPUT if statuses == {steps.BAD_INPUT} else FAILED


def _refusing(plan: Sequence[Planned]) -> str:
    """Say what can't be written to now: that explains why steps failed, whatever they made of it."""
    try:
        writable.check(plan)
    except OSError as error:
        return obstacles.plain(error) or ""
    return ""


def _met(display: Display) -> str:
    """Say what was in the way of the first step that met such a thing, or of Snakemake itself."""
    for job, status in display.failures.items():
        if status == steps.OBSTACLE and (line := obstacles.told(LOGS / f"{job}.log")):
            return _with_rest(line, LOGS / f"{job}.log")
    story = "" if display.failures else WORKFLOW_LOG.read_text("utf-8", errors="replace")
    if words := obstacles.of_traceback(story):
        return _with_rest(words, WORKFLOW_LOG)
    return next((f"{job}: {say_obstacle('killed')}" for job in display.unfinished), "")


def _with_rest(line: str, log: Path) -> str:
    return told(Message("build.rest", {"said": line, "log": log.as_posix()}))


def _tail(log: Path, *, whole_list: bool = True) -> str:
    """Return the last lines of a log; all of them where it is a list of problems, without a traceback."""
    lines = log.read_text("utf-8", errors="replace").rstrip().splitlines()
    if not whole_list or any(line.startswith("Traceback") for line in lines):
        lines = lines[-_TAIL:]
    return "\n".join(f"  {line}" for line in lines)


def _summarise(console: Console, settings: Settings, engine: Choice) -> None:
    results = Path("data/results")
    placements = json.loads((results / "placements.json").read_text("utf-8"))
    facts = json.loads((results / "facts.json").read_text("utf-8"))
    claims = json.loads((results / "claims.json").read_text("utf-8"))
    found = Counter(claim["verdict"]["outcome"] for claim in claims.values())
    verdicts = [Message(f"counted.{outcome}", {"n": found[outcome]}) for outcome in _OUTCOMES if found[outcome]]
    made = {"figures": len(placements["figures"]), "tables": len(placements["tables"]), "facts": len(facts)}
    say(console, Message("build.made", made))
    say(console, Message("build.claims", {"n": len(claims), "verdicts": verdicts}))
    say(console, Message("build.engine", {"engine": engine.engine, "reason": engine.reason}))
    for path in (
        workspace.PUBLISHED / index.NAME,
        *(p for e in settings.editions for p in workspace.published_files(e)),
    ):
        say(console, path.as_posix())
