"""What the Snakefile's shell lines call: ``python -m analysis.jobs <step> [<name>]``.

Starts fast, because a build calls it a dozen times: a step that needs heavy packages is handed to the warm process where
there is one, and only else does this process load what the step needs.
"""

import os
import sys
from collections.abc import Mapping

from analysis import progress, warm

ENVIRONMENT: Mapping[str, str] = {
    "MPLBACKEND": "Agg",  # no window, whatever the desktop
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # sums differ in the last digit with the number of threads
    "PYTHONDONTWRITEBYTECODE": "",  # a build starts Python a dozen times; without bytecode each takes three times as long
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1767225600",  # 1 January 2026: documents carry this date, not that of the build
    "TZ": "UTC",
}
"""What every step runs under, so that the same inputs give the same bytes on any machine."""

BAD_INPUT = 2
"""Exit status for data or settings that can't be used; 1 is for anything else."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


HEAVY = frozenset({"section", "results"})
"""Steps that load pandas or matplotlib; a warm process runs them where there is one."""


def main(argv: list[str]) -> int:
    """Run a step and return its exit status."""
    os.environ.update(ENVIRONMENT)
    try:
        if argv[0] == "render":  # everything that was to be computed has been
            warm.dismiss()
        status = warm.ask(argv) if argv[0] in HEAVY else None
        if status is None:
            from analysis import steps

            status = steps.run(argv)
    except KeyboardInterrupt:
        status = INTERRUPTED
    if status:
        progress.failed("-".join(argv), status)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
