"""Prose, compared: paragraph by paragraph, and within a paragraph word by word."""

import difflib
import re
from collections.abc import Iterator
from typing import Literal

_WORD = re.compile(r"\{\{<.*?>\}\}|\s+|(?:(?!\{\{<)\S)+", re.DOTALL)

Piece = tuple[Literal["same", "old", "new"], str]


def paragraphs(old: str, new: str) -> list[tuple[str, str]]:
    """Pair the paragraphs of two texts that differ; an empty one stands beside what was added or removed.

    Comparing the other way round gives the same pairs, turned round.
    """
    if old > new:  # the comparison of sequences is not symmetric by itself
        return [(before, after) for after, before in paragraphs(new, old)]
    before, after = split(old), split(new)
    pairs = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            pairs += _pair(before[a:b], after[c:d])
    return pairs


def split(text: str) -> list[str]:
    """Return a text's paragraphs, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def words(old: str, new: str) -> Iterator[Piece]:
    """Yield a paragraph in pieces: what both have, what only the old one has and what only the new one has."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[a:b])
            continue
        if b > a:
            yield "old", "".join(before[a:b])
        if d > c:
            yield "new", "".join(after[c:d])


def _pair(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Pair in order where there are as many of each; else what is alike, and the rest alone."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    pairs, rest = [], list(new)
    for paragraph in old:
        like = difflib.get_close_matches(paragraph, rest, n=1, cutoff=0.5)
        if like:
            at = rest.index(like[0])
            pairs += [("", skipped) for skipped in rest[:at]]
            rest = rest[at + 1 :]
        pairs.append((paragraph, like[0] if like else ""))
    return pairs + [("", paragraph) for paragraph in rest]
