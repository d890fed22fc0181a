"""Letters that the report's fonts lack: an accessible PDF can't hold them, and a stray emoji must not keep it from being made."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_COMMON = frozenset(map(chr, range(0x250))) | frozenset("–—‘’‚“”„†•…‰‹›€−\u2009\u202f\u2060\u200b\ufeff")
_STANDS_IN = "\ufffd□?"  # the first of these that the fonts have
_INVISIBLE = ("Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn")


def showable(text: str, fonts: Iterable[Path]) -> str:
    """Return a text in which a sign stands for every letter that none of the fonts has; marks on letters are left out."""
    rare = set(text) - _COMMON
    if not rare:
        return text
    known = frozenset().union(*(_letters(path) for path in fonts))
    sign = next((one for one in _STANDS_IN if ord(one) in known), "?")
    lacking = {
        ord(letter): "" if unicodedata.category(letter) in _INVISIBLE else sign
        for letter in rare
        if ord(letter) not in known and letter not in "\n\r\t"
    }
    return text.translate(lacking)


@cache
def _letters(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
