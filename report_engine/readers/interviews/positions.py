"""Positions in a text, from how a tool counts them to Unicode code points over the text with ``\\n`` as its line break."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from report_engine.words.messages import Message

Unit = Literal["points", "utf16", "bytes"]


@dataclass(frozen=True)
class Counting:
    """How a tool counts: in code points, UTF-16 units or UTF-8 bytes; a line break of two characters as one or two."""

    unit: Unit = "points"
    crlf: Literal[1, 2] = 2

    @property
    def said(self) -> Message:
        """How a tool counts, in words."""
        return Message("exports.line_break_as", {"units": _UNITS[self.unit], "n": self.crlf})


_UNITS: Mapping[Unit, Message] = {
    "points": Message("exports.characters"),
    "utf16": Message("exports.utf_16_units"),
    "bytes": Message("exports.utf_8_bytes"),
}


_CHARACTERS = {"points": "", "utf16": "[\U00010000-\U0010ffff]", "bytes": "[^\0-\x7f]"}
_WIDE = {
    Counting(unit, crlf): "|".join(filter(None, (_CHARACTERS[unit], "\r\n")))
    for unit in get_args(Unit)
    for crlf in (1, 2)
}
_QUOTED = 200  # characters of a quotation that are compared
COUNTINGS = tuple(Counting(unit, crlf) for unit in ("points", "utf16") for crlf in (1, 2))

TOOLS = {
    "nvivo": Counting("utf16", 2),
    "atlas.ti": Counting("utf16", 1),
    "maxqda": Counting("utf16", 2),
    "qualcoder": Counting("utf16", 2),
}
"""How each tool counts in a REFI-QDA project. Measured for NVivo, taken from QualCoder's source for the others."""

STANDARD = Counting("points", 2)
"""What the standard asks for."""


class Ruler:
    """A text, and the code point at each position that a tool counts.

    ``text`` is what positions are returned over: no byte order mark, ``\\n`` for every line break.
    """

    def __init__(self, original: str, counting: Counting) -> None:
        original = original.removeprefix("\ufeff")
        self.text = plain(original)
        self._wide = array("Q")  # the place of each character that counts as more than one
        self._starts = array("Q")  # where the tool has it begin
        self._ends = array("Q")
        breaks = more = 0
        for found in re.finditer(_WIDE[counting], original):
            place = found.start() - breaks
            width = _width(found[0], counting)
            self._wide.append(place)
            self._starts.append(place + more)
            self._ends.append(place + more + width)
            more += width - 1
            breaks += found[0] == "\r\n"
        self._length = len(self.text) + more

    def at(self, position: int) -> int | None:
        """Return the code point at a tool's position (of one inside a character: the next), ``None`` outside the text."""
        if not 0 <= position <= self._length:
            return None
        before = bisect_left(self._starts, position) - 1
        if before < 0:
            return position
        return self._wide[before] + 1 + max(0, position - self._ends[before])


def plain(text: str) -> str:
    """Return a text with ``\\n`` for every line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def counting_of(tool: str) -> Counting:
    """Return how a tool counts, by the name it gives itself (``NVivo 12.6.0``)."""
    return next((counting for name, counting in TOOLS.items() if name in tool.casefold()), STANDARD)


@dataclass(frozen=True)
class Marked:
    """A passage that a tool marked: where, in the tool's counting, and the quotation it keeps with it, if any."""

    start: int
    end: int
    quoted: str = ""


def fit(ruler: Ruler, passages: Collection[Marked]) -> float:
    """Return how well positions fit a text, 0 to 1: do passages hold what the tool quotes, or begin and end with words?"""
    found = 0.0
    for passage in passages:
        start, end = ruler.at(passage.start), ruler.at(passage.end)
        if start is None or end is None or start >= end:
            continue
        quoted = " ".join(passage.quoted[:_QUOTED].rstrip("….").split())
        end_of_quote = min(end, start + 2 * _QUOTED)
        if quoted and " ".join(ruler.text[start:end_of_quote].split()).startswith(quoted):
            found += 1
        elif _boundary(ruler.text, start) and _boundary(ruler.text, end):
            found += 0.5 if quoted else 1
    return found / len(passages) if passages else 1.0


def holds(ruler: Ruler, passage: Marked) -> bool:
    """Say whether a passage is what the tool quotes, blanks aside; where it quotes nothing, it may be anything."""
    start, end = ruler.at(passage.start), ruler.at(passage.end)
    if start is None or end is None or end - start > 2 * len(passage.quoted) + _QUOTED:
        return not passage.quoted
    return not passage.quoted or ruler.text[start:end].split() == passage.quoted.split()


def best(stated: Counting, texts: Sequence[tuple[str, Sequence[Marked]]]) -> tuple[Counting, float, float]:
    """Return the counting under which positions fit their texts, its fit and that of the one ``stated``.

    Another than the stated one is taken only where it fits clearly better: more than a tenth of at least five passages.
    """
    total = sum(len(passages) for _, passages in texts)

    def score(counting: Counting) -> float:
        return sum(fit(Ruler(text, counting), marked) * len(marked) for text, marked in texts) / max(1, total)

    stated_fit = score(stated)
    if total < 5 or stated_fit > 0.95:
        return stated, stated_fit, stated_fit
    fits = {counting: score(counting) for counting in COUNTINGS}
    found = max(COUNTINGS, key=lambda counting: (fits[counting], counting == stated))
    if fits[found] - stated_fit > 0.1:
        return found, fits[found], stated_fit
    return stated, stated_fit, stated_fit


def _boundary(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def _width(part: str, counting: Counting) -> int:
    if part == "\r\n":
        return counting.crlf
    if counting.unit == "bytes":
        return len(part.encode("utf-8", "surrogatepass"))
    return 2 if counting.unit == "utf16" and part > "\uffff" else 1
