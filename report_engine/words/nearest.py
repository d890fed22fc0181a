"""The name or the value that a wrong one was probably meant to be."""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

_MOST_COMPARED = 5_000  # beyond this a comparison with every allowed value takes too long
_LONGEST = 80  # characters: a longer text is no misspelt code
_ALIKE = 0.7  # of 1: "summa" and "surahammar" are less so
_CLOSE = 5  # of the most similar, among which those of another kind are passed over


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that a word, which somebody typed for it, is most like; ``None`` where none is."""
    by_case = {_plain(one): one for one in known}
    close = get_close_matches(_plain(word[:_LONGEST]), by_case, n=1) if len(by_case) <= _MOST_COMPARED else []
    return by_case.get(_plain(word)) or (by_case[close[0]] if close else None)


def neighbour(value: str, allowed: Collection[str], labels: Mapping[str, str] | None = None) -> str | None:
    """Return the allowed value that ``value`` comes closest to, or ``None`` where none is close.

    Values that differ in case or by lost leading zeros come first, then labels (``labels`` maps a wording to its value),
    then the most similar spelling of the same kind: with the same numbers in it, and not a name of which the other is a part.
    A code of digits may be off by one digit, where one code alone is.
    """
    text = value.removesuffix(".0")
    is_code = text.isascii() and text.isdigit()
    if is_code:
        padded = [one for one in allowed if one.isascii() and one.isdigit() and one.lstrip("0") == text.lstrip("0")]
        if padded:
            return min(padded, key=len)
    by_case = {_plain(one): one for one in allowed}
    by_label = {_plain(label): one for label, one in (labels or {}).items()}
    exact = by_case.get(_plain(value)) or by_label.get(_plain(value))
    if exact is not None or len(allowed) > _MOST_COMPARED or len(value) > _LONGEST:
        return exact
    if is_code:
        near = [one for one in allowed if _one_digit_off(text, one)]
        return near[0] if len(near) == 1 else None
    for known in (by_case, by_label):
        close = get_close_matches(_plain(value), known, n=_CLOSE, cutoff=_ALIKE)
        if alike := next((one for one in close if _of_a_kind(_plain(value), one)), None):
            return known[alike]
    return None


def _one_digit_off(text: str, code: str) -> bool:
    if len(code) != len(text) or not code.isdigit():
        return False
    return sum(one != other for one, other in zip(text, code, strict=True)) == 1


def _of_a_kind(one: str, other: str) -> bool:
    """Say whether one may be a misspelling of the other: "65-74" is none of "25-34", and "uppsala län" none of "uppsala"."""
    numbers = [[number.lstrip("0") for number in re.findall(r"\d+", text)] for text in (one, other)]
    words = [{word.removesuffix("s") for word in text.split()} for text in (one, other)]
    return numbers[0] == numbers[1] and not (words[0] < words[1] or words[1] < words[0])


def _plain(text: str) -> str:
    return "".join(" " if c in "_-–—\xa0\u202f" else c for c in text.casefold())


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, in quotation marks."""
    found = nearest(word, known)
    return repr(found) if found else None


def hint(word: str, known: Iterable[str]) -> str:
    """Return ``. Did you mean ...?`` for the known word that is most like this one, or nothing."""
    found = meant(word, known)
    return f". Did you mean {found}?" if found else ""
