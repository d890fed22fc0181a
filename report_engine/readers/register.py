"""Municipalities by name: what people write, and the code that is meant."""

import re
from collections.abc import Mapping

_CODE_FIRST = re.compile(r"(\d{4})\s*[-–,:.]?\s+(\S.*)")


def spellings(register: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each way to write a municipality ("malmö", "malmö stad", "region gotland"), in small letters.

    ``register`` gives the code of each name.
    """
    found = {}
    for name, code in register.items():
        plain = name.casefold()
        genitive = plain if plain.endswith(("s", "x", "z")) else f"{plain}s"
        for written in (f"{first} {kind}" for first in (plain, genitive) for kind in ("kommun", "stad")):
            found[written] = code
        found[f"region {plain}"] = code
        found[code] = code
    return found | {name.casefold(): code for name, code in register.items()}


def code_of(text: str, spelled: Mapping[str, str]) -> str | None:
    """Return the code of a municipality that stands as name ("Malmö stad"), code, or both; ``None`` for anything else."""
    text = " ".join(text.split()).casefold()
    if text.isascii() and text.isdecimal() and len(text) == 3:  # a spreadsheet dropped the first zero
        text = text.zfill(4)
    if found := _CODE_FIRST.fullmatch(text):
        return found[1] if spelled.get(found[2]) == found[1] else None
    return spelled.get(text)
