"""The forms in which a text's holes say their values: ``{share:percent}``, ``{n:plural(kommun|kommuner)}``, ``{names:and}``."""

import math
from collections.abc import Callable, Mapping, Sequence

from report_engine.words import numbers
from report_engine.words.editions import Edition, Text

HIDDEN = ".."
"""What stands for a number that is missing or not to be shown."""

Value = float | int | str | Text | None | Sequence["float | int | str | Text | None"]
"""What a hole takes: a number, words, words an edition, nothing, or several of these."""


class FormError(ValueError):
    """A form that there is none of, or a value that it can't say."""


def write(value: Value, form: str, options: str, edition: Edition) -> str:
    """Say a value in a form; ``FormError`` where that can't be."""
    if why := wrong(form, options):
        raise FormError(why)
    if form in _OF_LISTS:
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            raise FormError(f"expected several values, found {value!r}")
        return _OF_LISTS[form]([_plain(each, edition) for each in value], edition)
    if form in _OF_WORDS:
        return _OF_WORDS[form](_plain(value, edition), edition)
    if form == "select":
        return _select(value, options)
    if form in _OF_NUMBERS:
        if value is None or (isinstance(value, int | float) and math.isnan(value)):
            return HIDDEN
        if not isinstance(value, int | float):
            raise FormError(f"expected a number, found {value!r}")
        try:
            return _OF_NUMBERS[form](value, options, edition)
        except ArithmeticError:
            raise FormError(f"{value!r} is too large a number") from None
    return _plain(value, edition)


def wrong(form: str, options: str) -> str | None:
    """Say what is wrong with a form and its options; None where nothing is."""
    if form and form not in FORMS:
        return f"there is no form {form!r}; there are {', '.join(sorted(FORMS))}"
    if form in _DECIMALS and options and not options.isdecimal():
        return f"expected a number of decimals, found {options!r}"
    if form == "plural" and not 2 <= len(options.split("|")) <= 3:
        return "expected (one|several) or (none|one|several)"
    if form == "select" and not all("=" in option for option in options.split("|")):
        return "expected (key=words|other=words)"
    return None


def _plain(value: object, edition: Edition) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return str(value[edition])
    if value is None:
        return ""
    raise FormError(f"{value!r} needs a form")


def _select(value: Value, options: str) -> str:
    words = dict(option.split("=", 1) for option in options.split("|"))
    if str(value) in words:
        return words[str(value)]
    if "other" in words:
        return words["other"]
    raise FormError(f"there are no words for {value!r}")


def _plural(value: float, options: str, edition: Edition) -> str:
    """Choose among the words for none, one and several; # stands for the number in words."""
    words = options.split("|")
    none = words.pop(0) if len(words) > 2 else words[1]
    chosen = none if value == 0 else words[0] if value == 1 else words[1]
    return chosen.replace("#", numbers.count_words(int(value), edition))


def _decimals(options: str) -> int:
    return int(options) if options else 0


def _significant(value: float, digits: int, edition: Edition, grouped: str = "") -> str:
    """Write a number with as many decimals as it has, of so many digits; ``grouped`` with a sign between thousands."""
    text = f"{value:{grouped}.{digits}g}"
    return text if edition == "en" else text.translate(_SWEDISH)


_SWEDISH = str.maketrans({",": numbers.THIN, ".": ",", "-": numbers.MINUS})

Writer = Callable[[float, str, Edition], str]

_DECIMALS: Mapping[str, Writer] = {
    "number": lambda value, options, e: numbers.number(value, e, _decimals(options)),
    "signed": lambda value, options, e: numbers.number(value, e, _decimals(options), signed=True),
    "percent": lambda value, options, e: numbers.percent_words(value, e, _decimals(options)),
    "percent_sign": lambda value, options, e: numbers.percent(value, e, _decimals(options)),
    "hundredths": lambda value, options, e: numbers.number(value * 100, e, _decimals(options)),
    "signed_hundredths": lambda value, options, e: numbers.number(value * 100, e, _decimals(options), signed=True),
    "points": lambda value, options, e: numbers.points(value, e, _decimals(options)),
    "unsigned_points": lambda value, options, e: numbers.points_words(value, e, _decimals(options)),
    "money": lambda value, options, e: numbers.money(value, e, _decimals(options or "1")),
    "kronor": lambda value, options, e: numbers.kronor(value, e, _decimals(options)),
}
"""Forms that take a number of decimals."""

_OF_NUMBERS: Mapping[str, Writer] = {
    **_DECIMALS,
    "general": lambda value, options, e: _significant(value, int(options or 6), e),
    "grouped": lambda value, options, e: _significant(value, int(options or 6), e, ","),
    "year": lambda value, _, e: str(int(value)),
    "words": lambda value, _, e: numbers.count_words(int(value), e),
    "change": lambda value, _, e: numbers.change_word(value, e),
    "plural": _plural,
}

_OF_LISTS: Mapping[str, Callable[[list[str], Edition], str]] = {
    "and": numbers.listing,
    "or": numbers.alternatives,
    "commas": lambda words, _: ", ".join(words),
    "semicolons": lambda words, _: "; ".join(words),
    "slashes": lambda words, _: " / ".join(words),
    "sentences": lambda words, _: " ".join(words),
    "stops": lambda words, _: ". ".join(words),
    "joined": lambda words, _: "".join(words),
}

_OF_WORDS: Mapping[str, Callable[[str, Edition], str]] = {
    "capital": lambda words, _: words[:1].upper() + words[1:],
}

FORMS = frozenset({*_OF_NUMBERS, *_OF_LISTS, *_OF_WORDS, "select"})
