"""The numbers that a text holds, read as the edition writes them, and whether one of them is a value's rounded form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from report_engine.words.editions import Edition

Unit = Literal["plain", "percent", "thousand", "million", "billion"]
FACTORS: dict[Unit, tuple[float, ...]] = {
    "plain": (1.0, 100.0),  # a difference in percentage points on an axis has no sign of its unit
    "percent": (100.0,),
    "thousand": (1e-3,),
    "million": (1e-6, 1e-3, 1.0),  # of SEK, of SEK thousand, as it stands
    "billion": (1e-9, 1e-6, 1e-3),
}
_DIGITS = {
    "sv": "\\d{1,3}(?:\u202f\\d{3})+(?:,\\d+)?|\\d+(?:,\\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
}
_UNITS = (
    ("percent", r"[\s-]?%|[\s-]procent|[\s-]per cent|\spercentage point"),
    ("billion", r"\s(?:miljard|billion)"),
    ("million", r"\s(?:miljon|million)"),
)
_COUNTS = {
    "sv": "noll,ett,två,tre,fyra,fem,sex,sju,åtta,nio,tio,elva,tolv".split(","),
    "en": "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve".split(","),
}
_OTHER_COUNTS = {"sv": {"en": 1, "ingen": 0, "inga": 0}, "en": {"no": 0, "none": 0}}


@dataclass(frozen=True)
class Numeral:
    """One number of a text: its value as written, its decimals, its unit and where it stands; ``signed`` with + or −."""

    value: float
    decimals: int
    unit: Unit
    start: int
    end: int
    signed: bool = False
    word: bool = False

    def is_form_of(self, value: float) -> bool:
        """Say whether this is ``value`` rounded to the decimals shown, in the unit shown."""
        found = abs(value) if not self.signed and self.unit == "percent" else value
        return any(rounded(found * factor, self.decimals) == self.value for factor in FACTORS[self.unit])


def is_year(numeral: Numeral) -> bool:
    """Say whether a number is written as a year is."""
    return numeral.unit == "plain" and not numeral.decimals and not numeral.signed and 1900 <= numeral.value <= 2100


def rounded(value: float, decimals: int) -> float:
    """Round halves away from zero, as readers expect."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) + 0.0


def numerals(text: str, edition: Edition, *, words: bool = False) -> Iterator[Numeral]:
    """Yield the numbers of a text from left to right; ``words`` reads small counts written in letters, too."""
    pattern = rf"(?<![\w.,])(?P<sign>[+\u2212])?(?P<digits>{_DIGITS[edition]})(?![\w])"
    if words:
        spelled = "|".join((*_COUNTS[edition], *_OTHER_COUNTS[edition]))
        pattern += rf"|(?<!\w)(?P<word>{spelled})(?!\w)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        if match.groupdict().get("word"):
            word = match["word"].lower()
            value = _OTHER_COUNTS[edition].get(word)
            value = _COUNTS[edition].index(word) if value is None else value
            yield Numeral(float(value), 0, "plain", match.start(), match.end(), word=True)
            continue
        plain = match["digits"].replace("\u202f", "") if edition == "sv" else match["digits"].replace(",", "")
        plain = plain.replace(",", ".")
        unit: Unit = next((unit for unit, after in _UNITS if re.match(after, text[match.end() :])), "plain")  # type: ignore[misc]
        value = float(plain) * (-1 if match["sign"] == "\u2212" else 1)
        decimals = len(plain.partition(".")[2])
        yield Numeral(value, decimals, unit, match.start(), match.end(), signed=bool(match["sign"]))
