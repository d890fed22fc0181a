"""What a build is doing: the steps report to a file, the display reads it, and neither needs to know the other."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

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


def began(job: str) -> None:
    """Report that a job begins, by the name its log has."""
    _report({"job": job})


def ended(job: str, status: int) -> None:
    """Report that a job came to its end, with its exit status; one that is killed does not."""
    _report({"job": job, "status": status})


def _report(event: dict[str, Any]) -> None:
    path = os.environ.get(VARIABLE)
    if path:
        # one short write: lines of two steps don't mix; and nothing fails for want of room to say that it runs
        with suppress(OSError), open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(event) + "\n")
