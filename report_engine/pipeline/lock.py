"""One build at a time in a folder, each from where the one before it got to."""

import os
import sys
from pathlib import Path

import filelock

from report_engine import render
from report_engine.pipeline import jobs
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

LOCK = ".report.lock"
LOCK_HELD = "REPORT_LOCK_HELD"
"""Set by ``report build`` for the Snakefile it runs, which then need not take the lock itself."""


def open_for_build() -> None:
    """Fix the environment, wait for any other build in this folder, and finish or undo what one that died left behind.

    The lock is held until this process ends, however it ends.
    """
    os.environ.update(jobs.ENVIRONMENT)
    if LOCK_HELD not in os.environ:
        take_lock()
    for edition in EDITIONS:
        render.recover(Path(), edition)


def take_lock() -> None:
    """Become the only build in this folder; say so where that means waiting."""
    global _lock  # kept alive: the lock is gone when the object is
    _lock = filelock.FileLock(LOCK)
    try:
        _lock.acquire(timeout=0)
    except filelock.Timeout:
        print(speak("build.waiting"), file=sys.stderr, flush=True)
        _lock.acquire()


_lock: filelock.BaseFileLock
