"""The language in which a command speaks to the person at it: one rule for all of them, needing nothing but Python itself."""

import os
from typing import Literal

ASKED = "REPORT_LANG"
"""Names the language, ``sv`` or ``en``, whatever the machine's is."""

_BY_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as for any program


def language() -> Literal["sv", "en"]:
    """Return the language that ``REPORT_LANG`` asks for, else the machine's where it is one of ours, else English."""
    asked = os.environ.get(ASKED, "")
    system = next(filter(None, map(os.environ.get, _BY_SYSTEM)), "")
    for named in (asked, system[:2]):
        if named.lower() == "sv":
            return "sv"
        if named.lower() == "en":
            return "en"
    return "en"
