"""The allowed value that a wrong one was probably meant to be."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

_MOST_COMPARED = 5_000  # beyond this a comparison with every allowed value takes too long
_LONGEST = 80  # characters: a longer text is no misspelt code


def nearest(value: str, allowed: Collection[str], labels: Mapping[str, str] | None = None) -> str | None:
    """Return the allowed value that ``value`` comes closest to, or ``None`` where none is close.

    Values that differ in case or by lost leading zeros come first, then labels (``labels`` maps a wording to its value),
    then the most similar spelling.
    """
    text = value.removesuffix(".0")
    if text.isascii() and text.isdigit():
        padded = [one for one in allowed if one.isascii() and one.isdigit() and one.lstrip("0") == text.lstrip("0")]
        if padded:
            return min(padded, key=len)
        allowed = [
            one for one in allowed if not one.isdigit() or len(one) == len(text)
        ]  # a shorter code is of another kind
    by_case = {_plain(one): one for one in allowed}
    by_label = {_plain(label): one for label, one in (labels or {}).items()}
    exact = by_case.get(_plain(value)) or by_label.get(_plain(value))
    if exact is not None or len(allowed) > _MOST_COMPARED or len(value) > _LONGEST:
        return exact
    close = get_close_matches(_plain(value), by_case, n=1)
    if close:
        return by_case[close[0]]
    close = get_close_matches(_plain(value), by_label, n=1)
    return by_label[close[0]] if close else None


def _plain(text: str) -> str:
    return "".join(" " if c in "_-–—\xa0\u202f" else c for c in text.casefold())


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, in quotation marks."""
    found = nearest(word, list(known))
    return repr(found) if found else None


def hint(word: str, known: Iterable[str]) -> str:
    """Return ``. Did you mean ...?`` for the known word that is most like this one, or nothing."""
    found = meant(word, known)
    return f". Did you mean {found}?" if found else ""
