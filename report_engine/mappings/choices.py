"""What a person has to choose in a proposal: which rows, how another scale becomes ours, what one value for all rows is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from report_engine.contracts.contract import Field, labels
from report_engine.mappings.columns import Candidate, plain, years_in
from report_engine.mappings.proposal import Proposal
from report_engine.readers.chosen_rows import is_sum
from report_engine.readers.raw import Column
from report_engine.readers.recoding import nearest
from report_engine.readers.scales import named_steps, other_scale, steps_of
from report_engine.words.editions import EDITIONS

_TOTALS = frozenset({"t", "1+2", "båda könen", "both", "both sexes", "sc", "tot"})
_MOST_STEPS = 11
_FIRST = re.compile(r"(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Rows:
    """A column of theirs that divides rows of the same key: the value to keep, and the others there are.

    ``certain`` where the value stands for all of them.
    """

    column: str
    value: str
    others: tuple[str, ...]
    certain: bool


def rows(proposal: Proposal) -> Rows | None:
    """Return the rows to keep where several have the same key, ``None`` where the key tells each row or no column does."""
    one = proposal.divider
    if one is None:
        return None
    total = next((text for text in one.texts if _is_total(one, text)), None)
    value = total or one.texts[0]
    return Rows(one.name, value, tuple(text for text in one.texts if text != value), total is not None)


def _is_total(one: Candidate, text: str) -> bool:
    words = (text, one.labels.get(text, ""))
    return any(is_sum(word) or word.casefold() in _TOTALS for word in words if word)


@dataclass(frozen=True)
class OtherScale:
    """A scale of theirs with ``theirs`` steps where ours has ``ours``: our step for each answer, by its words where it has any.

    ``nearest`` where the answers are plain steps in our order: then the nearest step will do.
    """

    theirs: int
    ours: int
    table: Mapping[str, str]
    nearest: bool


def scales(proposal: Proposal) -> dict[str, OtherScale]:
    """Return, by our column, the scales of theirs that are not ours."""
    found = {name: scale(one, proposal.contract.field(name)) for name, (one, _) in proposal.placed.items()}
    return {name: its for name, its in found.items() if its}


def together(found: Mapping[str, OtherScale]) -> list[tuple[OtherScale, list[str]]]:
    """Put our columns with the same scale of theirs together, that of the most columns first."""
    alike: dict[tuple[int, int, bool], list[str]] = {}
    for name, its in found.items():
        alike.setdefault((its.theirs, its.ours, its.nearest), []).append(name)
    groups = sorted(alike.values(), key=len, reverse=True)
    return [(_merged([found[name] for name in names]), names) for names in groups]


def _merged(scales: Sequence[OtherScale]) -> OtherScale:
    table = {text: ours for its in scales for text, ours in its.table.items()}
    return replace(scales[0], table={text: table[text] for text in sorted(table, key=lambda text: (table[text], text))})


def scale(one: Candidate, field: Field) -> OtherScale | None:
    """Return their scale where its labels, or the range of the answers, say that it is not ours."""
    ours = steps_of(field)
    if not ours or not one.counted:
        return None
    none = {plain(code.label[edition]) for code in field.user_missing for edition in EDITIONS}
    none |= {str(code.value) for code in field.user_missing} | one.missing
    codes = {code: label for code, label in one.labels.items() if code not in one.missing and plain(label) not in none}
    answers = [text for text in one.texts if text not in none and plain(text) not in none]
    words = [text for text in answers if not text.isdecimal()]
    called = {plain(label): value for edition in EDITIONS for value, label in labels(field, edition).items()}
    if {called.get(plain(label)) for label in codes.values()} >= {*ours} and all(text in codes for text in answers):
        return None  # what is labelled besides is no step
    if not words:
        column = Column([text for text in one.cells if text not in none])
        values = {label: str(value) for edition in EDITIONS for value, label in labels(field, edition).items()}
        told = other_scale(column, codes, values, field, one.missing)
        steps = told.values.get("theirs") if told else None
        if not isinstance(steps, int):
            return None
        first = 0 if "0" in answers or "0" in codes else 1
        table = nearest(range(first, first + steps), ours) if 1 < steps <= _MOST_STEPS else {}
        return OtherScale(steps, len(ours), table, nearest=True)
    return _in_words(answers, ours, called)


def _in_words(answers: Sequence[str], ours: range, called: Mapping[str, str | int]) -> OtherScale | None:
    """Tell a scale whose answers are words, all or some of them ("1 – Not at all", 2, 3 …)."""
    begun = {text: _FIRST.match(text) for text in answers}
    numbers = {text: int(digits[1]) for text, digits in begun.items() if digits}
    words = {plain(text): text for text in answers if text not in numbers}
    bare = [words[word] for word in named_steps([*words], ours, called)]
    means = {text: called.get(plain(text)) for text in bare}
    whole = {*means.values(), *numbers.values()} >= {*ours} and max(numbers.values(), default=0) <= ours[-1]
    if whole and (numbers or None not in means.values()):
        return None  # what there is besides is no step
    if not numbers:
        if len(bare) > _MOST_STEPS or (len(bare) <= len(ours) and all(means.values())) or not any(means.values()):
            return None
        return OtherScale(max(len(bare), 2), len(ours), dict.fromkeys(bare, ""), nearest=False)
    if len(bare) + len(numbers) > _MOST_STEPS or max(numbers.values()) > _MOST_STEPS:
        return None
    lowest = [text for text in bare if means[text] == ours[0]]
    first = min(numbers.values()) - len(lowest)
    steps = max(numbers.values()) + (len(bare) - len(lowest)) - first + 1
    first = min(first, ours[0])
    if steps <= len(ours) and first + steps - 1 <= ours[-1]:
        return None
    table = nearest(range(first, first + steps), ours)
    found = {text: table.get(str(number), "") for text, number in numbers.items()}
    found |= {
        text: str(ours[0]) if text in lowest else str(ours[-1]) if means[text] == ours[-1] else "" for text in bare
    }
    return OtherScale(steps, len(ours), found, nearest=False)


def same(proposal: Proposal) -> dict[str, str]:
    """Return our columns of years that the file lacks and that mostly repeat its year."""
    if proposal.year not in proposal.given:
        return {}
    open_ = [one.name for one in proposal.lacking if one.unit == "year" and one.name not in proposal.perhaps]
    return {name: proposal.year for name in open_ if name != proposal.year}


def constant(one: Field, proposal: Proposal) -> tuple[str, tuple[str, ...]]:
    """Return what may stand in every row of a column that the file lacks, ``""`` where nobody can know, and the other choices."""
    if one.unit == "year":
        named = (years_in([text]) for text in proposal.about)
        return next((next(iter(years)) for years in named if len(years) == 1), ""), ()
    first, *others = [str(value) for value in one.allowed] or [*one.true_values[:1], *one.false_values[:1]] or [""]
    return first, tuple(others)
