"""What the Snakefile's shell lines call: ``python -m report_engine.pipeline.jobs <step> [<name>]``.

A step that is not due does nothing, so that what comes out the same stops there. Starts fast, because a build calls it two
dozen times: a step that needs heavy packages is handed to the warm process where there is one, and only else does this
process load what the step needs.
"""

import os
import sys
from collections.abc import Mapping

from report_engine.pipeline import build_state, progress, steps, warm

ENVIRONMENT: Mapping[str, str] = {
    "MPLBACKEND": "Agg",  # no window, whatever the desktop
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # sums differ in the last digit with the number of threads
    "PYTHONDONTWRITEBYTECODE": "",  # a build starts Python a dozen times; without bytecode each takes three times as long
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1767225600",  # what is dated by nothing else carries a fixed date, not that of the build
    "TZ": "UTC",
}
"""What every step runs under, so that the same inputs give the same bytes on any machine."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

HEAVY = frozenset({"section", "results"})
"""Steps that load pandas or matplotlib; a warm process runs them where there is one."""


def main(argv: list[str]) -> int:
    """Run a step if it is due and return its exit status; outside of a workflow run it is, and nothing is recorded."""
    if not argv or argv[0] not in steps.NAMES:
        print(
            f"usage: python -m report_engine.pipeline.jobs STEP [NAME]; steps: {', '.join(steps.NAMES)}",
            file=sys.stderr,
        )
        return steps.BAD_INPUT
    os.environ.update(ENVIRONMENT)
    job = "-".join(argv)
    progress.began(job)
    try:
        status = _run_if_due(argv) if build_state.RUN in os.environ else _run(argv)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:  # around a step: its record or the plan
        status = steps.explain(error)
    progress.ended(job, status)
    return status


def _run_if_due(argv: list[str]) -> int:
    """Run a step unless all is as it was when it last came to its end; record how it was when it began."""
    step = build_state.planned("-".join(argv))
    before = step.inputs()
    if build_state.reasons(step, before):
        if status := _run(argv, step.settings):
            return status
        if changed := build_state.differences(before, step.inputs()):
            return steps.explain(steps.Changed(changed))
        build_state.end(step, before)
    else:
        print("All that this step rests on is as it was.")
    build_state.mark(step.name)
    return 0


def _run(argv: list[str], settings: tuple[str, ...] | None = None) -> int:
    """Run a step, which may read these settings alone where they are given."""
    if argv[0] == "render":  # everything that was to be computed has been
        warm.dismiss()
    status = warm.ask(argv, settings) if argv[0] in HEAVY else None
    return steps.run(argv, settings) if status is None else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
