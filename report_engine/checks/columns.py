"""One column against its field in the contract: types, allowed values, ranges, patterns, empty cells."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from report_engine.checks.numerals import numerals, stored
from report_engine.contracts.contract import Field
from report_engine.contracts.contract import labels as field_labels
from report_engine.contracts.values import Value
from report_engine.model.encoded import Encoded, encoded, marked, sorted_out, together
from report_engine.model.findings import Fault, listed
from report_engine.readers import Column
from report_engine.readers.chosen_rows import is_sum
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message
from report_engine.words.nearest import neighbour

if TYPE_CHECKING:
    from report_engine.model.encoded import Codes

_MOST_NEAREST = 100  # different wrong values of one column that a nearest one is sought for
_SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]+(\.0)?")
_MONTH = "jan|feb|mar|apr|ma[ij]|may|jun|jul|aug|sep|o[kc]t|nov|dec"
_DATE = re.compile(
    rf"(?i)[0-9]{{1,4}}[-/ .]({_MONTH})[a-z]*\.?|({_MONTH})[a-z]*\.?[-/ .][0-9]{{1,4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
)
_AS_TEXT = Message("checks.format_as_text")
_ZEROS = Message("checks.zeros_dropped")
_CUT = Message("checks.cut_off")


def judge(
    field: Field, column: Column, missing: Collection[str], usual: str | None, known: Collection[str] = ()
) -> tuple[Encoded[Value], dict[int, Fault]]:
    """Return a column's values (``None`` where empty or wrong) and what is wrong, by position.

    ``missing`` are the texts that stand for an empty cell, ``usual`` is the file's decimal sign, ``known`` the values of
    the column that this one refers to, if it refers to one (only for finding the nearest).
    """
    texts, odd = encoded(column.texts), _odd(column)
    counts = (texts if odd is None else texts.take(odd == _PLAIN)).counted()
    for text in missing:
        counts.pop(text, None)
    numeric = field.type in ("integer", "number")
    judged = _numbers(field, counts, usual) if numeric else _words(field, counts, known)
    required = field.constraints.required and not field.asked_of
    empty = Fault("required", described(field), Message("checks.cell_empty")) if required else None
    judged |= dict.fromkeys(missing, empty)
    if odd is None:
        readings = texts.map(judged.get)
    else:
        in_cells = texts.take(odd == _NUMBER).values()
        judged_cells = _stored(field, in_cells) if numeric else _words(field, in_cells, known)
        made_date = Fault("type", described(field), Message("checks.made_date"), advice=_AS_TEXT)
        readings = sorted_out(texts, odd, [judged.get, lambda _: None, judged_cells.get, lambda _: made_date])
    faults = readings.at(Fault)
    return readings.map(lambda reading: None if isinstance(reading, Fault) else reading), faults


_PLAIN, _DAMAGED, _NUMBER, _MADE_DATE = range(4)


def _odd(column: Column) -> "Codes | None":
    """Say which cells hold more or less than text; ``None`` where none does."""
    import numpy as np

    if not (column.numbers or column.dates or column.damaged):
        return None
    count = len(column.texts)
    odd = np.full(count, _PLAIN, np.int32)
    for kind, positions in ((_DAMAGED, column.damaged), (_NUMBER, column.numbers), (_MADE_DATE, column.dates)):
        odd[marked(positions, count)] = kind
    return odd


def asked(field: Field, values: Sequence[Value], groups: Sequence[Value], wrong: AbstractSet[int]) -> dict[int, Fault]:
    """Return what is wrong with who answered a question: answers of groups it was not put to, and empty cells of others.

    ``wrong`` holds the positions of cells that have a finding already.
    """
    codes = ", ".join(f"{code.value} ({code.name})" for code in field.user_missing)
    advice = Message("checks.write_code", {"codes": codes}) if codes else None
    to = listed(field.asked_of)

    def fault(given: tuple[Value, ...]) -> Fault | None:
        value, group = given
        if group is None:
            return None
        put = not field.asked_of or group in field.asked_of
        if value is not None and not put:
            remedy = Message("checks.empty_or_correct_group")
            problem = Message("checks.answer_not_asked", {"group": str(group)})
            return Fault("asked", Message("expected.only_of", {"groups": to}), problem, None, remedy)
        if value is None and put and (codes or field.constraints.required):
            return Fault("required", described(field), Message("checks.cell_empty"), None, advice)
        return None

    faults = together([values, groups]).map(fault).at(Fault)
    return {at: one for at, one in faults.items() if at not in wrong}


_TYPED = ("parquet", "spss")  # forms in which a program gave the column its type, not a spreadsheet its cells
_OF_TYPED = {
    "checks.made_date": Message("checks.stored_date"),
    "checks.format_as_text": Message("checks.store_as_text"),
    "checks.zeros_dropped": Message("checks.zeros_not_stored"),
}


def said_of(fault: Fault, form: str) -> Fault:
    """Say what is wrong as it is said of a file of this form: only a spreadsheet has cells to format."""
    if form not in _TYPED:
        return fault
    problem = _OF_TYPED.get(fault.problem.key, fault.problem) if fault.problem else None
    advice = _OF_TYPED.get(fault.advice.key, fault.advice) if fault.advice else None
    return replace(fault, problem=problem, advice=advice)


def described(field: Field) -> Message:
    """Say what a column may hold: ``one of a, b``, ``a whole number from 1 to 5``."""
    if field.type == "boolean":
        return Message("expected.one_of", {"allowed": listed((*field.true_values, *field.false_values))})
    if field.allowed:
        return Message("expected.one_of", {"allowed": listed(field.allowed)})
    limits = field.constraints
    if field.type == "string":
        return _form(limits.pattern) if limits.pattern else Message("expected.text")
    kind = Message("expected.whole_number") if field.type == "integer" else Message("expected.number")
    if limits.minimum is not None and limits.maximum is not None:
        return Message("expected.between", {"kind": kind, "minimum": limits.minimum, "maximum": limits.maximum})
    if limits.minimum is not None:
        return Message("expected.at_least", {"kind": kind, "minimum": limits.minimum})
    return kind if limits.maximum is None else Message("expected.at_most", {"kind": kind, "maximum": limits.maximum})


def _form(pattern: str) -> Message:
    digits = re.fullmatch(r"\\d\{(\d+)\}", pattern)
    return (
        Message("expected.code", {"digits": digits[1]}) if digits else Message("expected.of_form", {"pattern": pattern})
    )


def _numbers(field: Field, counts: Mapping[str, int], usual: str | None) -> dict[str, Value | Fault]:
    labels = _labels(field)

    def meant(text: str, fault: Fault) -> Fault:
        value = fault.nearest or (neighbour(text, [], labels) if labels else None)
        if fault.nearest and field.unit == "share" and text.endswith("%"):
            value = f"{float(fault.nearest) / 100:.12g}"
        if value and usual == "," and field.type == "number":
            value = value.replace(".", ",")
        return replace(fault, nearest=value)

    numbers = numerals(counts, usual, whole=field.type == "integer")
    if not any(isinstance(number, Fault) for number in numbers.values()):
        return _within(field, numbers)
    sound = {text: number for text, number in numbers.items() if not isinstance(number, Fault)}
    return _within(field, sound) | {
        text: meant(text, number) for text, number in numbers.items() if isinstance(number, Fault)
    }


def _stored(field: Field, texts: Iterable[str]) -> dict[str, Value | Fault]:
    return _within(field, {text: stored(text, whole=field.type == "integer") for text in texts})


def _within(field: Field, numbers: Mapping[str, float | Fault]) -> dict[str, Value | Fault]:
    """Replace numbers that are not allowed or out of range by what is wrong with them."""
    limits = field.constraints
    if not field.allowed and limits.minimum is None and limits.maximum is None:
        return dict(numbers)
    return {
        text: number if isinstance(number, Fault) else _outside(field, number) or number
        for text, number in numbers.items()
    }


def _outside(field: Field, number: float) -> Fault | None:
    low, high = field.constraints.minimum, field.constraints.maximum
    if field.categories or field.constraints.enum:
        return None if number in field.allowed else Fault("range", described(field))
    outside = (low is not None and number < low) or (high is not None and number > high)
    if not outside or any(number == code.value for code in field.user_missing):
        return None
    share = field.unit == "share" and 1 < number <= 100
    advice = Message("checks.write_as_share", {"share": format(number / 100, ".12g")}) if share else None
    return Fault("range", described(field), advice=advice)


def _words(field: Field, texts: Collection[str], known: Collection[str]) -> dict[str, Value | Fault]:
    """Judge the distinct texts of a column of words; a nearest value is sought for the first few hundred wrong ones."""
    left = _MOST_NEAREST
    cut = _cut_off(field.constraints.pattern, texts, known)
    judged = partial(_boolean, field) if field.type == "boolean" else partial(_string, field, frozenset(field.allowed))
    readings: dict[str, Value | Fault] = {}
    for text in texts:
        reading = judged(text)
        if isinstance(reading, Fault) and text in cut:
            reading = replace(reading, advice=_CUT)
        elif isinstance(reading, Fault) and left:
            reading = _with_nearest(reading, field, text, known)
            left -= 1
        readings[text] = reading
    return readings


def _boolean(field: Field, text: str) -> bool | Fault:
    if text in field.true_values:
        return True
    return False if text in field.false_values else Fault("value", described(field))


def _string(field: Field, allowed: AbstractSet[object], text: str) -> str | Fault:
    if _SHORTENED.fullmatch(text):
        return Fault("type", described(field), Message("checks.shortened_code"), None, _AS_TEXT)
    pattern = field.constraints.pattern
    if (allowed and text not in allowed) or (pattern and not re.fullmatch(pattern, text)):
        return Fault("value", described(field))
    return text


def _with_nearest(fault: Fault, field: Field, text: str, known: Collection[str]) -> Fault:
    allowed = [str(value) for value in field.allowed] or [*field.true_values, *field.false_values] or list(known)
    meant = None if is_sum(text) else neighbour(text, allowed, _labels(field))
    if meant is None and not known and not text.startswith("0"):
        meant = _padded(text, field.constraints.pattern)
    if _DATE.fullmatch(text):
        return replace(fault, nearest=meant, advice=Message("checks.taken_for_date", {"advice": _AS_TEXT}))
    zeros = meant is not None and meant != text and meant.lstrip("0") == text.removesuffix(".0").lstrip("0")
    return replace(fault, nearest=meant, advice=_ZEROS if zeros else fault.advice)


def _cut_off(pattern: str | None, texts: Iterable[str], known: Collection[str]) -> set[str]:
    """Return the codes of a column whose last digits are lost: all too short, and one of them still has its leading zero or
    is no code with a zero in front."""
    digits = re.fullmatch(r"\\d\{(\d+)\}", pattern or "")
    codes = {text for text in texts if text.isascii() and text.isdigit()}
    if not digits or any(len(text) >= int(digits[1]) for text in codes):
        return set()
    beginnings = {code[:length] for code in known for length in range(len(code))}
    cut = any(text.startswith("0") or (known and text.zfill(int(digits[1])) not in known) for text in codes)
    return codes if cut and (not known or codes <= beginnings) else set()


def _padded(text: str, pattern: str | None) -> str | None:
    """Give a number back the leading zeros that its pattern asks for."""
    digits = text.removesuffix(".0")
    if not pattern or not digits.isdigit():
        return None
    return next((digits.zfill(n) for n in range(len(digits) + 1, 13) if re.fullmatch(pattern, digits.zfill(n))), None)


def _labels(field: Field) -> dict[str, str]:
    labels = {label: str(value) for edition in EDITIONS for value, label in field_labels(field, edition).items()}
    if field.type == "boolean":
        words = {
            "ja": field.true_values,
            "yes": field.true_values,
            "true": field.true_values,
            "sant": field.true_values,
        }
        words |= {"nej": field.false_values, "no": field.false_values, "false": field.false_values}
        labels |= {word: values[0] for word, values in {**words, "falskt": field.false_values}.items() if values}
    return labels
