"""Numbers in words and figures, per edition: never by the machine's locale."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from report_engine.words.editions import EDITIONS, Edition, Text

MINUS = "\u2212"
NBSP = "\u00a0"
THIN = "\u202f"  # thin no-break space: Swedish thousands separator

_GUARD = 9
"""Decimals beyond those shown that decide whether a number is a half: further ones are the processor's noise."""

_DECIMAL = {"sv": ",", "en": "."}
_THOUSANDS = {"sv": THIN, "en": ","}


def number(value: float, edition: Edition, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number with the edition's decimal sign, thousands separator and a true minus sign.

    ``signed`` puts a plus before positive values. Halves are rounded away from zero after
    correcting for the binary error of the last digit, as readers expect of 0.5.
    """
    rounded = _round(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}"
    whole, _, fraction = digits.partition(".")
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    text = sign + whole.replace(",", _THOUSANDS[edition])
    return text + _DECIMAL[edition] + fraction if fraction else text


def percent(share: float, edition: Edition, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a share (0–1) as a percentage for figures and tables: ``61 %`` (sv), ``61%`` (en)."""
    text = number(share * 100, edition, decimals, signed=signed)
    return f"{text}{NBSP}%" if edition == "sv" else f"{text}%"


def percent_words(share: float, edition: Edition, decimals: int = 0) -> str:
    """Write a share (0–1) for running text: ``61 procent``, ``61 per cent``."""
    word = "procent" if edition == "sv" else "per cent"
    return f"{number(share * 100, edition, decimals)}{NBSP}{word}"


def points_words(difference: float, edition: Edition, decimals: int = 0) -> str:
    """Write a difference of shares (0–1) as percentage points for running text, without sign."""
    text = number(abs(difference) * 100, edition, decimals)
    if edition == "sv":
        return f"{text}{NBSP}procentenhet{'' if text == '1' else 'er'}"
    return f"{text}{NBSP}percentage point{'' if text == '1' else 's'}"


def points(difference: float, edition: Edition, decimals: int = 0) -> str:
    """Write a difference of shares (0–1) with its sign: ``+12 procentenheter``."""
    amount = number(difference * 100, edition, decimals, signed=True)
    return f"{amount}{NBSP}{points_words(difference, edition, decimals).partition(NBSP)[2]}"


def money(tkr: float, edition: Edition, decimals: int = 1) -> str:
    """Write SEK thousands in running text, in billions or millions: ``4,8 miljarder kronor``, ``SEK 4.8 billion``."""
    large = abs(tkr) >= 1_000_000
    amount = number(tkr / (1_000_000 if large else 1_000), edition, decimals)
    if edition == "en":
        return f"SEK{NBSP}{amount}{NBSP}{'billion' if large else 'million'}"
    return f"{amount}{NBSP}{'miljarder' if large else 'miljoner'} kronor"


def kronor(sek: float, edition: Edition, decimals: int = 0) -> str:
    """Write whole SEK in running text: ``1 067 kronor``, ``SEK 1,067``."""
    amount = number(sek, edition, decimals)
    return f"{amount}{NBSP}kronor" if edition == "sv" else f"SEK{NBSP}{amount}"


def both(write: Callable[..., str], *args: object, **options: object) -> Text:
    """Apply one of this module's writers for every edition: ``both(percent_words, 0.61)``."""
    first, *rest = args
    return {edition: write(first, edition, *rest, **options) for edition in EDITIONS}


_WORDS = {
    "sv": "noll ett två tre fyra fem sex sju åtta nio tio elva tolv".split(),
    "en": "zero one two three four five six seven eight nine ten eleven twelve".split(),
}


def count_words(value: int, edition: Edition) -> str:
    """Write a count in words up to twelve, in digits above: ``elva``, ``eleven``, ``60``."""
    words = _WORDS[edition]
    return words[value] if 0 <= value < len(words) else number(value, edition)


def listing(items: Sequence[str], edition: Edition) -> str:
    """Join words as a sentence does: ``a, b och c`` / ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    word = "och" if edition == "sv" else "and"
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def alternatives(items: Sequence[str], edition: Edition) -> str:
    """Join words of which one is meant: ``a, b eller c`` / ``a, b or c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'eller' if edition == 'sv' else 'or'} {items[-1]}"


_CHANGES = {"sv": ("minskade", "låg stilla", "ökade"), "en": ("fell", "stood still", "rose")}


def change_word(change: float, edition: Edition, still: float = 0.0) -> str:
    """Say with a verb whether something ``fell``, ``stood still`` (by at most ``still`` either way) or ``rose``."""
    return _CHANGES[edition][1 if abs(change) <= still else 2 if change > 0 else 0]


def _round(value: float, decimals: int) -> float:
    freed = Decimal(f"{float(value):.{decimals + _GUARD}f}")  # 28.499999999999996 is a 28.5 that was computed
    return float(freed.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
