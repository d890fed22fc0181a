"""What the checks of chapters and prose say, in Swedish: each English message, with holes (``{}``; ``{n}`` for a number), and its translation.

The checks write English; a message is translated where it is shown. The tests look through the code of the checks and
fail when one of their messages has no Swedish.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from report_engine.words.editions import Edition, Text
from report_engine.words.messages import checks, official, prose, reading, render, tools

_HOLE = re.compile(r"\{(\d*)(:n)?\}")
_LONGEST = 10_000  # characters of a message: nothing that a check says is longer

THIN_SPACE = "\u202f"


class _Message(NamedTuple):
    start: str
    end: str
    pattern: str
    swedish: str


def say(text: str, edition: Edition) -> str:
    """Return a message in the language; one that has no Swedish stays as it is."""
    return text if edition == "en" else swedish(text) or text


@lru_cache(maxsize=20_000)
def swedish(text: str) -> str | None:
    """Translate a message and, where what stands in its holes is a message too, that as well; ``None`` for no message."""
    if len(text) > _LONGEST:
        return None
    exact, messages = _messages()
    if known := exact.get(text) or _OF_STUDY.get(text):
        return known
    for message in messages:
        if text.startswith(message.start) and text.endswith(message.end):
            found = _compiled(message.pattern).fullmatch(text)
            if found:
                return _filled(message.swedish, found.groups())
    return None


def _filled(translation: str, parts: tuple[str, ...]) -> str:
    """Put what stood in the holes into the translation, in order or (``{1}``) by number; ``{:n}`` writes a decimal comma."""
    order = iter(range(len(parts)))

    def fill(hole: re.Match[str]) -> str:
        part = parts[int(hole[1]) if hole[1] else next(order)]
        return _number(part, decimal=bool(hole[2])) or swedish(part) or part

    return _HOLE.sub(fill, translation)


def _number(text: str, *, decimal: bool) -> str | None:
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return text.replace(",", THIN_SPACE).replace(".", ",").replace("-", "−")
    if decimal and re.fullmatch(r"-?\d+(\.\d+)?(e[-+]\d+)?", text):
        return text.replace(".", ",").replace("-", "−")
    return f"{text[:-1]}\u00a0%" if re.fullmatch(r"\d+%", text) else None


@cache
def _messages() -> tuple[dict[str, str], tuple[_Message, ...]]:
    """Give the messages without holes, and those with, the most telling first."""
    exact, holed = {}, []
    for english, translation in _all():
        pieces = re.split(r"(\{n?\})", english)
        if len(pieces) == 1:
            exact[english] = translation
            continue
        known = pieces[::2]
        telling = (len(known[0]) + len(known[-1]), sum(map(len, known)))
        pattern = "".join(_PARTS.get(piece) or re.escape(piece) for piece in pieces)
        holed.append((telling, _Message(known[0], known[-1], pattern, translation)))
    ordered = sorted(holed, key=lambda one: (one[0], one[1].pattern), reverse=True)
    return exact, tuple(message for _, message in ordered)


_PARTS = {"{}": "(.+?)", "{n}": r"([-\d.,]+(?:e[-+]\d+)?)"}


def know(text: Text) -> None:
    """Learn how a remark that a study's contract makes is said in both languages."""
    _OF_STUDY[text["en"]] = text["sv"]
    swedish.cache_clear()


_OF_STUDY: dict[str, str] = {}


def _all() -> Iterator[tuple[str, str]]:
    for table in (checks, reading, tools, official, prose, render):
        yield from table.MESSAGES.items()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)
