"""The steps of the workflow, a module each: ``needs`` says what decides whether it is due, ``run`` reads, computes and writes.

A step loads only what it needs: imports of anything heavy stand inside its ``run``.
"""

import importlib
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from report_engine.settings import readable
from report_engine.words import obstacles

if TYPE_CHECKING:
    from report_engine.words.editions import Edition

NAMES = ("tidy", "section", "results", "quality", "chapters", "render", "slides", "publish", "finish")
"""The steps, in the order of the stages."""

BAD_INPUT = 2
"""Exit status for data or settings that can't be used; 1 is for anything else."""

CHANGED = 75
"""Exit status where files changed while the build ran: building again will do (sysexits.h: EX_TEMPFAIL)."""


OBSTACLE = 74
"""Exit status where something is in the way: the last line says what, and what to do (sysexits.h: EX_IOERR)."""


class BadInput(Exception):
    """Data or settings that can't be used; ``lines`` is what to tell the person who made them."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("bad input")
        self.lines = tuple(lines)


class Changed(Exception):
    """Files that the build rests on have changed while it ran; ``names`` are theirs."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(*self.names)

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: "Edition") -> str:
        """Name the files, and say what to do."""
        from report_engine.words.messages import say

        return say("build.changed", edition, names=self.names)


def run(argv: list[str], settings: Iterable[str] | None = None) -> int:
    """Run a step and return its exit status; what went wrong stands on the last lines of the standard error.

    Where ``settings`` are given, it can read these alone.
    """
    name, *names = argv
    if settings is not None:
        readable.allow(settings)
    try:
        importlib.import_module(f"report_engine.pipeline.steps.{name}").run(*names)
    except Exception as error:
        with suppress(OSError):  # a log on a full disk
            return explain(error)
        return OBSTACLE
    return 0


def explain(error: Exception) -> int:
    """Print what went wrong for the person who caused it, and return the exit status that says what kind it is."""
    if line := obstacles.plain(error):
        if not isinstance(error, obstacles.Obstacle):
            _tell("".join(traceback.format_exception(error)))
        print(line, file=sys.stderr, flush=True)
        return OBSTACLE
    from report_engine.model.document import DocumentError
    from report_engine.words.messages import told

    match error:
        case BadInput():
            print(*error.lines, sep="\n", file=sys.stderr)
            return BAD_INPUT
        case DocumentError():
            print(told(error), file=sys.stderr)
            return BAD_INPUT
        case Changed():
            print(told(error), file=sys.stderr)
            return CHANGED
    if type(error).__module__.startswith(
        ("analysis.", "report_engine.")
    ):  # written for the person whose file it is about
        _tell(f"{told(error)}\n")
    else:
        _tell("".join(traceback.format_exception(error)))
    return 1


def _tell(story: str) -> None:
    from report_engine.checks.masking import without_persons

    print(without_persons(story), end="", file=sys.stderr)
