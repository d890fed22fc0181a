"""Numbers as people and machines write them, read only where there is one way to read them."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from report_engine.model.findings import Fault
from report_engine.words.messages import Message

MINUS_SIGNS = "-\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"

_PLAIN = re.compile(r"-?[0-9]+(?P<power>[eE][-+]?[0-9]+)?")
_SPACED = re.compile(r"-?[0-9]{1,3}([ \xa0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?:(?P<sign>[.,])[0-9]+)?")
_DECIMAL = re.compile(r"-?[0-9]*(?P<sign>[.,])[0-9]+(?P<power>[eE][-+]?[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]+)?")
_ABSENT = re.compile(
    r"(?:#?n/?a|nan|null|none|missing|saknas|uppgift saknas|inf(?:inity)?|[-.?x*]+|\.\.)", re.IGNORECASE
)
_LONGEST = 40  # characters: no measurement has more digits
_LARGEST_WHOLE = 2**63 - 1

_OTHER = {",": ".", ".": ","}
_SIGN_NAMES = {",": Message("checks.decimal_comma"), ".": Message("checks.decimal_point")}


@dataclass(frozen=True)
class _Form:
    """How a text can be read: ``decimal`` and ``grouped`` are the readings in Python's notation, ``sign`` the decimal sign
    that the reading as it stands implies. ``either`` can be read both ways: ``1.234``."""

    kind: Literal["plain", "decimal", "grouped", "either", "power"]
    decimal: str = ""
    grouped: str = ""
    sign: str = ""


def decimal_signs(texts: Collection[str]) -> set[str]:
    """Return the decimal signs that a column's texts leave no doubt about."""
    simple = _simple(texts)
    if simple is not None:
        return simple[1]
    forms = (_form(text) for text in texts)
    return {form.sign for form in forms if form is not None and form.kind in ("decimal", "grouped") and form.sign}


def numerals(counts: Mapping[str, int], usual: str | None, *, whole: bool) -> dict[str, float | Fault]:
    """Read the distinct texts of one column, each with how often it occurs, as numbers or as what is wrong with them.

    A column has one decimal sign: that of its unambiguous numbers, else ``usual`` (``None``: unknown). A text that can be
    both a decimal number and one with thousands (``1.234``) is read only if the column or ``usual`` decides it; in a column
    of whole numbers it never is, unless others there are grouped beyond doubt (``1.234.567``).
    """
    simple = _simple(counts)
    if simple == ("", set()):
        read = int if whole else float
        return {text: read(text) for text in counts}
    if simple is not None and not whole and (simple[1] or simple[0] == usual):
        return {text: float(text.replace(",", ".")) for text in counts}
    return _one_by_one(counts, usual, whole=whole)


def _one_by_one(counts: Mapping[str, int], usual: str | None, *, whole: bool) -> dict[str, float | Fault]:
    forms = {text: _form(text) for text in counts}
    votes: dict[str, int] = {}
    groups = set()
    for text, form in forms.items():
        if form is not None and form.kind in ("decimal", "grouped"):
            votes[form.sign] = votes.get(form.sign, 0) + counts[text]
            groups |= {_OTHER[form.sign]} if form.kind == "grouped" else set()
    certain = max(sorted(votes), key=lambda sign: (votes[sign], sign == usual)) if votes else None
    groups &= {_OTHER[certain]} if certain else set()
    return {text: _read(text, forms[text], certain, usual, groups, whole) for text in counts}


def _simple(texts: Collection[str]) -> tuple[str, set[str]] | None:
    """Look at a column as a whole: most hold nothing but digits, with one and the same sign between them, or none.

    Returns that sign and, in a set, whether it is beyond doubt a decimal sign; ``None`` for any other column. One search of a
    long text is some twenty times faster than a look at each number.
    """
    lines = "\n".join(texts)
    if lines.count("\n") != len(texts) - 1:
        return None
    for sign, column, certain in _SIMPLE:
        if column.fullmatch(lines):
            return sign, {sign} if certain and certain.search(lines) else set()
    return None


_SIMPLE = (
    ("", re.compile(r"(?:-?[0-9]{1,18}\n)*+-?[0-9]{1,18}"), None),
    *(
        (
            sign,
            re.compile(rf"(?:-?[0-9]{{1,18}}(?:\{sign}[0-9]{{1,18}})?\n)*+-?[0-9]{{1,18}}(?:\{sign}[0-9]{{1,18}})?"),
            re.compile(rf"(?m)^-?(?:0[0-9]*|[0-9]{{4,}})\{sign}|\{sign}(?:[0-9]{{1,2}}|[0-9]{{4,}})$"),
        )
        for sign in (",", ".")
    ),
)


def stored(text: str, *, whole: bool) -> float | Fault:
    """Read a number as a workbook stores it: Python's notation, no doubt about its decimal sign."""
    value = float(text)
    if not math.isfinite(value):
        return Fault("type", Message("expected.finite_number"), Message("checks.too_large"))
    if not whole:
        return value
    return (
        int(value)
        if value.is_integer() and abs(value) <= _LARGEST_WHOLE
        else Fault("type", Message("expected.whole_number"))
    )


def _form(text: str) -> _Form | None:
    if text[:1] in MINUS_SIGNS:
        text = "-" + text[1:]
    if len(text) > _LONGEST:
        return None
    if found := _PLAIN.fullmatch(text):
        return _Form("power" if found["power"] else "plain", text)
    if found := _SPACED.fullmatch(text):
        digits = text.replace(found[1], "")
        return _Form("decimal" if found["sign"] else "plain", digits.replace(",", "."), sign=found["sign"] or "")
    if found := _GROUPED.fullmatch(text):
        group = found["group"]
        grouped = text.replace(group, "").replace(_OTHER[group], ".")
        if text.count(group) > 1 or _OTHER[group] in text:
            return _Form("grouped", "", grouped, _OTHER[group])
        return _Form("either", text.replace(",", "."), grouped, group)
    if found := _DECIMAL.fullmatch(text):
        return _Form("decimal", text.replace(",", "."), sign=found["sign"])
    return None


def _read(
    text: str, form: _Form | None, certain: str | None, usual: str | None, groups: set[str], whole: bool
) -> float | Fault:
    if form is None:
        return _no_number(text, whole)
    if form.kind == "either":
        if form.sign in groups:
            return _value(text, form.grouped, whole)
        if whole or form.sign != (certain or usual):
            return _ambiguous(text, form, whole)
        return _value(text, form.decimal, whole)
    if form.sign and certain and form.sign != certain:
        return _mixed(form, certain, whole)
    if whole and (form.kind == "power" or re.search("[eE]", form.decimal)):
        advice = Message("checks.format_without_decimals")
        return Fault("type", Message("expected.whole_number"), Message("checks.shortened_number"), None, advice)
    return _value(text, form.decimal or form.grouped, whole)


def _value(text: str, notation: str, whole: bool) -> float | Fault:
    if not whole:
        value = float(notation)
        return (
            Fault("type", Message("expected.finite_number"), Message("checks.too_large"))
            if math.isinf(value)
            else value
        )
    digits, _, fraction = notation.partition(".")
    if fraction.strip("0"):
        return Fault("type", Message("expected.whole_number"))
    number = int(digits) if digits.strip("-") else 0
    return (
        Fault("type", Message("expected.whole_number"), Message("checks.too_large"))
        if abs(number) > _LARGEST_WHOLE
        else number
    )


def _ambiguous(text: str, form: _Form, whole: bool) -> Fault:
    problem = Message(
        "checks.read_two_ways", {"grouped": form.grouped, "decimal": form.decimal.rstrip("0").rstrip(".")}
    )
    advice = Message("checks.no_separators" if whole else "checks.no_separators_in_excel")
    return Fault("type", None, problem, form.grouped if whole else None, advice)


def _mixed(form: _Form, certain: str, whole: bool) -> Fault:
    nearest = (form.grouped or form.decimal).replace(".", certain)
    problem = Message("checks.mixed_signs", {"sign": _SIGN_NAMES[form.sign], "usual": _SIGN_NAMES[certain]})
    return Fault("type", None, problem, nearest, Message("checks.one_decimal_sign"))


def _no_number(text: str, whole: bool) -> Fault:
    expected = Message("expected.whole_number") if whole else Message("expected.number")
    if _ABSENT.fullmatch(text.strip(MINUS_SIGNS) or "-"):
        return Fault("type", expected, advice=Message("checks.leave_empty"))
    if text.endswith("%"):
        form = _form(text[:-1].rstrip())
        reading = form.decimal or form.grouped if form else ""
        nearest = reading if form and form.kind != "either" else None
        advice = Message("checks.without_percent_sign")
        return Fault("type", expected, None, nearest, advice)
    return Fault("type", expected)
