"""The forms in which a text's holes say their values: ``{share:percent}``, ``{n:plural(kommun|kommuner)}``, ``{names:and}``."""

import math
import re
from collections.abc import Callable, Mapping, Sequence

from report_engine.words import numbers
from report_engine.words.editions import Edition, Text

HIDDEN = ".."
"""What stands for a number that is missing or not to be shown."""

Value = float | int | str | Text | None | Sequence["float | int | str | Text | None"]
"""What a hole takes: a number, words, words an edition, nothing, or several of these."""


HOLE = re.compile(r"\{(?P<name>[a-z_0-9]+)(?::(?P<form>[a-z_]+)(?:\((?P<options>[^{}]*)\))?)?\}")

Why = tuple[str, Mapping[str, str]]
"""What is wrong: the key of a message of the engine's, and what fills its holes."""


class FormError(ValueError):
    """A form that there is none of, or a value that it can't say: the key of a message and what fills its holes."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.why: Why = (key, values)


def holes(text: str) -> list[tuple[str, str, str]]:
    """List name, form and options of each hole of a text, in order."""
    return [(found["name"], found["form"] or "", found["options"] or "") for found in HOLE.finditer(text)]


def write(value: Value, form: str, options: str, edition: Edition) -> str:
    """Say a value in a form; ``FormError`` where that can't be."""
    if why := wrong(form, options):
        raise FormError(why[0], **why[1])
    if form in _OF_LISTS:
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            raise FormError("forms.several", found=repr(value))
        return _OF_LISTS[form]([_plain(each, edition) for each in value], edition)
    if form in _OF_WORDS:
        return _OF_WORDS[form](_plain(value, edition), edition)
    if form == "select":
        return _select(value, options)
    if form in _OF_NUMBERS:
        if value is None or (isinstance(value, int | float) and math.isnan(value)):
            return HIDDEN
        if not isinstance(value, int | float):
            raise FormError("forms.number", found=repr(value))
        try:
            return _OF_NUMBERS[form](value, options, edition)
        except ArithmeticError:
            raise FormError("forms.too_large", found=repr(value)) from None
    return _plain(value, edition)


def wrong(form: str, options: str) -> Why | None:
    """Return what is wrong with a form and its options; None where nothing is."""
    if form and form not in FORMS:
        return "forms.unknown", {"form": repr(form), "known": ", ".join(sorted(FORMS))}
    if form in _DECIMALS and options and not options.isdecimal():
        return "forms.decimals", {"found": repr(options)}
    if form == "plural" and not 2 <= len(options.split("|")) <= 3:
        return "forms.plural", {}
    if form == "select" and not all("=" in option for option in options.split("|")):
        return "forms.select", {}
    return None


def _plain(value: object, edition: Edition) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return str(value[edition])
    if value is None:
        return ""
    raise FormError("forms.needed", found=repr(value))


def _select(value: Value, options: str) -> str:
    words = dict(option.split("=", 1) for option in options.split("|"))
    if str(value) in words:
        return words[str(value)]
    if "other" in words:
        return words["other"]
    raise FormError("forms.no_words", found=repr(value))


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
