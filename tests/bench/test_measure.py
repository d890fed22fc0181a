"""What a command costs, whoever waits for its processes."""

import os
import sys
from pathlib import Path

import pytest

from tests.bench.measure import Failed, run

BUSY = "import time; begun = time.process_time()\nwhile time.process_time() - begun < {seconds}: pass"
UNWAITED = f"""
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    {BUSY.format(seconds=0.6).replace(chr(10), chr(10) + "    ")}
    os._exit(0)
try:
    os.wait()
except ChildProcessError:
    pass
"""


def test_time_of_a_process_that_nobody_waits_for_counts(tmp_path: Path) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("only Linux tells this")
    cost = run([sys.executable, "-c", UNWAITED], tmp_path, os.environ)
    assert 0.4 < cost.cpu < 2


def test_memory_of_a_process_is_seen(tmp_path: Path) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("only Linux tells this")
    cost = run([sys.executable, "-c", "import time; kept = b'x' * 200_000_000; time.sleep(0.8)"], tmp_path, os.environ)
    assert 200e6 < cost.memory < 300e6


def test_a_failure_says_what_was_printed(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="status 3\nwhy"):
        run([sys.executable, "-c", "print('why'); raise SystemExit(3)"], tmp_path, os.environ)
