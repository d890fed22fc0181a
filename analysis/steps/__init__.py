"""The steps of the workflow, a module each: ``needs`` says what decides whether it is due, ``run`` reads, computes and writes.

A step loads only what it needs: imports of anything heavy stand inside its ``run``.
"""

import importlib
import sys
import traceback
from collections.abc import Iterable

BAD_INPUT = 2
"""Exit status for data or settings that can't be used; 1 is for anything else."""

CHANGED = 75
"""Exit status where files changed while the build ran: building again will do (sysexits.h: EX_TEMPFAIL)."""


class BadInput(Exception):
    """Data or settings that can't be used; ``lines`` is what to tell the person who made them."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("bad input")
        self.lines = tuple(lines)


class Changed(Exception):
    """Files that the build rests on have changed while it ran; ``names`` are theirs."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"Changed while the report was being built: {', '.join(self.names)}. Build again.")


def run(argv: list[str]) -> int:
    """Run a step and return its exit status; what went wrong stands on the last lines of the standard error."""
    from analysis import config, contract

    name, *names = argv
    try:
        importlib.import_module(f"analysis.steps.{name}").run(*names)
    except (BadInput, config.ConfigError) as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        return BAD_INPUT
    except contract.ContractError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except Changed as error:
        print(error, file=sys.stderr)
        return CHANGED
    except Exception as error:
        if type(error).__module__.startswith("analysis."):  # written for the person whose file it is about
            print(error, file=sys.stderr)
        else:
            traceback.print_exc()
        return 1
    return 0
