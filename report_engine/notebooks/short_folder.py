"""Temporary folders for sockets, whose paths must be short whatever TMPDIR says."""

import os
import tempfile

from report_engine.words.obstacle_texts import say
from report_engine.words.obstacles import Obstacle

LONGEST = 103
"""Bytes of a socket's path: macOS has the smallest room, Linux 107."""

PLACES = (None, "/tmp", "/var/tmp")
"""Where this machine wants temporary files, then where systems with sockets have them."""


def short_folder(longest_name: int) -> "tempfile.TemporaryDirectory[str]":
    """Make a temporary folder in which a socket's name may have ``longest_name`` bytes; raises ``Obstacle`` where none can be."""
    for place in PLACES:
        try:
            made = tempfile.TemporaryDirectory(prefix="report-", dir=place, ignore_cleanup_errors=True)
        except OSError:  # full, or not to be written to
            continue
        if len(os.fsencode(made.name)) + 1 + longest_name <= LONGEST:
            return made
        made.cleanup()
    raise Obstacle(say("no_socket", bytes=LONGEST - longest_name))
