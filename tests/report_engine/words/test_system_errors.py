"""The system's refusals have no English words of the system's own."""

import errno
import os

import pytest

from report_engine.words.editions import EDITIONS
from report_engine.words.system_errors import said


@pytest.mark.parametrize("number", [errno.EACCES, errno.EADDRINUSE, errno.ENOSPC, errno.EIO])
def test_a_refusal_is_said_in_each_language(number: int) -> None:
    texts = {edition: said(OSError(number, os.strerror(number))).say(edition) for edition in EDITIONS}
    assert len({*texts.values()}) == len(EDITIONS)
    assert os.strerror(number) not in texts["sv"]


def test_a_port_in_use_and_an_error_without_a_number() -> None:
    assert said(OSError(errno.EADDRINUSE, "x")).say("sv") == "den används redan"
    assert "0" in said(OSError("x")).say("en")
    assert said(OSError(errno.ENOSPC, "x")).say("sv") == "disken är full"
