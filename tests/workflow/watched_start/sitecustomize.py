"""Python runs this first in every process that a watched step starts."""

import importlib.util
import os
from pathlib import Path

if log := os.environ.get("TEST_WATCHED_LOG"):
    spec = importlib.util.spec_from_file_location("watched", Path(__file__).resolve().parent.parent / "watched.py")
    assert spec and spec.loader
    watched = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(watched)
    watched.watch(log)
