"""How finished words are set: apostrophes, and where a line breaks."""

import re

from report_engine.words.editions import Edition


def typeset(text: str, edition: Edition) -> str:
    """Set the apostrophes of English words as Pandoc sets those of the chapters: ``the study’s``."""
    return re.sub(r"(?<=\w)'", "’", text) if edition == "en" else text


def wrap(text: str, width: int) -> list[str]:
    """Break a line at ordinary spaces so that no part is longer than ``width`` characters where that can be."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
