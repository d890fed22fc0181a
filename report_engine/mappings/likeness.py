"""How alike a column of theirs and one of ours are: by what they are called in both languages, and by what stands in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache

from report_engine.contracts.contract import Contract, Field, labels
from report_engine.mappings.columns import Candidate, plain
from report_engine.readers.chosen_rows import is_sum
from report_engine.readers.register import code_of, spellings
from report_engine.words.editions import EDITIONS

ENOUGH = 0.62
"""How alike (0 to 1) a column of theirs and one of ours must be for a proposal."""

UNSURE = 0.75
"""A proposal less alike than this is worth a look."""

_MOST_VALUES = 60
_TRUE = ("ja", "yes", "true", "sant", "1", "x")
_FALSE = ("nej", "no", "false", "falskt", "0")
_FILLERS = frozenset({"antal", "number", "of", "no", "the", "in", "i", "st", "per"})
_NEAR = 0.8  # how much a value counts that is only nearly called like one of ours
_MOST_OF_OURS = 0.75
_FEW = 4  # words that a name may have before it is a sentence
_SHORTEST = 4  # letters of a word that may begin or end a longer one


@dataclass(frozen=True)
class Known:
    """What the rows of the datasets that others refer to are called: by dataset, the key of each name.

    ``register`` is the dataset among them that lists places, which are written in many ways.
    """

    names: Mapping[str, Mapping[str, str]]
    register: str | None = None

    @cached_property
    def places(self) -> frozenset[str]:
        """Every way to write a place of the register, in small letters."""
        return frozenset(spellings(self.names.get(self.register or "", {})))

    def of(self, one: Field, contract: Contract) -> Mapping[str, str]:
        """Return the keys that a column may hold, by what they are called."""
        return self.names.get(reference(one, contract), {})

    def is_place(self, one: Field, contract: Contract) -> bool:
        """Whether a column holds places of the register."""
        return self.register is not None and reference(one, contract) == self.register


def reference(one: Field, contract: Contract) -> str:
    """Name the dataset that a column refers to, ``""`` where it refers to none other than its own."""
    named = (key.resource for key in contract.foreign_keys if key.fields == (one.name,))
    return next((name for name in named if name != contract.name), "")


def alike(candidate: Candidate, one: Field, contract: Contract, known: Known) -> float:
    """Say how alike a column of theirs and one of ours are, 0 to 1: what can't stand in ours is never alike by a similar name."""
    name = by_name(candidate, one)
    share, telling = by_content(candidate, one, contract, known)
    if not candidate.counted:
        return 0.9 * name
    if share < 0.5:
        return 0.7 if name == 1 else 0.6 * name
    if telling:
        return max(name, 0.6 * share + 0.4 * name, 0.85 * share)
    return name * (0.85 + 0.15 * share)


def by_name(candidate: Candidate, one: Field) -> float:
    """Say how alike two columns are called, 0 to 1; a question counts as a name."""
    ours = {plain(one.name), *map(plain, one.title.values()), *map(plain, (one.description or {}).values())}
    theirs = {plain(candidate.name.replace("{}", "")), *map(plain, candidate.questions)}
    unit = plain(one.unit or "")
    return max((_called(their, our, unit) for their in theirs for our in ours if their and our), default=0.0)


@lru_cache(maxsize=100_000)
def _called(their: str, our: str, unit: str) -> float:
    if their == our:
        return 1.0
    their_words, our_words = set(their.split()), set(our.split())
    small = _FILLERS | set(unit.split())
    if their_words - small and their_words - small == our_words - small:
        return 0.97
    found = 0.0
    if our_words <= their_words:
        found = 0.72 + 0.25 * len(our) / len(their)
    elif their_words <= our_words and len(their) >= _SHORTEST:
        found = 0.6 + 0.3 * len(their) / len(our)
    short, long = sorted((their.replace(" ", ""), our.replace(" ", "")), key=len)
    if len(short) >= _SHORTEST and (long.startswith(short) or long.endswith(short)):
        found = max(found, 0.68 + 0.27 * len(short) / len(long))
    if min(len(their_words), len(our_words)) > _FEW:  # sentences are alike by their words
        return max(found, 0.95 * 2 * len(their_words & our_words) / (len(their_words) + len(our_words)))
    if min(len(their), len(our)) * 2 < ENOUGH * (len(their) + len(our)):  # no such ratio can be reached
        return found
    matcher = SequenceMatcher(None, their, our, autojunk=False)
    if matcher.real_quick_ratio() > ENOUGH and matcher.quick_ratio() > ENOUGH:
        found = max(found, (0.95 if len(short) > _SHORTEST + 1 else 0.8) * matcher.ratio())
    return found


def by_content(candidate: Candidate, one: Field, contract: Contract, known: Known) -> tuple[float, bool]:
    """Return the share of values that our column may hold, and whether that tells it from other columns of the dataset."""
    values = [text for text in candidate.texts[:_MOST_VALUES] if not is_sum(text)]
    if not values:
        return 0.5, False
    meant = meaning(candidate, one, contract, known)
    if meant is not None:
        near = _NEAR if len(candidate.counted) <= 2 * len(one.allowed) else 0
        share = sum(1 if meant(value) else near * bool(guess(candidate, value, one)) for value in values) / len(values)
        found = {meant(value) for value in candidate.texts} - {None}
        if candidate.labels and len(found) > 1 and len(found) >= _MOST_OF_OURS * len(one.allowed) > 0:
            share = 1.0  # a list of official statistics holds ours, and many others
        words = not all(value.isdecimal() and len(value) < 3 and value not in candidate.labels for value in values)
        return share, words and len(values) > 1 and (bool(known.of(one, contract)) or _alone(one, contract))
    if one.type in ("integer", "number"):
        share = sum(_fits(value, one) for value in values) / len(values)
        return share, one.unit == "year" and share > 0.9
    share = 0.5
    if one.constraints.pattern:
        share = sum(bool(re.fullmatch(one.constraints.pattern, value)) for value in values) / len(values)
    if one.constraints.unique and len(candidate.counted) < candidate.counted.total():
        share = min(share, 0.3)
    keys = {*contract.primary_key, *(name for key in contract.foreign_keys for name in key.fields)}
    if share == 0.5 and one.name not in keys and all(_number(value) is not None for value in values):
        share = 0.25  # a text that is nothing but numbers
    return share, False


def _alone(one: Field, contract: Contract) -> bool:
    """Say whether no other column of the dataset holds the same values."""
    return one.type != "boolean" and sum(other.allowed == one.allowed for other in contract.fields) == 1


def _fits(value: str, one: Field) -> float:
    number = _number(value)
    low, high = one.constraints.minimum, one.constraints.maximum
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        return 0.0
    return 1.0 if one.type == "number" or number.is_integer() else 0.6


def _number(value: str) -> float | None:
    text = re.sub(r"[\s%]", "", value).replace(",", ".")
    if text.count(".") > 1:
        text = text.replace(".", "")
    return float(text) if re.fullmatch(r"[-+−]?[0-9]{0,15}\.?[0-9]{1,15}", text.replace("−", "-")) else None


def guess(candidate: Candidate, text: str, one: Field) -> str | None:
    """Return the value of ours that is called most like one of theirs, ``None`` where none is like it."""
    if one.type != "string" or not one.allowed:
        return None
    called = {plain(label): str(value) for edition in EDITIONS for value, label in labels(one, edition).items()}
    near = get_close_matches(plain(candidate.labels.get(text, text)), called, n=1, cutoff=UNSURE)
    return called[near[0]] if near else None


def meaning(candidate: Candidate, one: Field, contract: Contract, known: Known) -> Callable[[str], str | None] | None:
    """Return what tells a value of ours from what they write, ``None`` where our column may hold anything."""
    names = known.of(one, contract)
    if known.is_place(one, contract):
        spelled = spellings(names)
        return lambda text: code_of(text, spelled) or code_of(candidate.labels.get(text, ""), spelled)
    if one.type == "boolean":
        ours = {**dict.fromkeys(_TRUE, one.true_values[0]), **dict.fromkeys(_FALSE, one.false_values[0])}
        ours |= {plain(word): word for word in (*one.true_values, *one.false_values)}
    elif one.allowed:
        ours = {plain(str(value)): str(value) for value in one.allowed}
        for edition in EDITIONS:
            ours |= {plain(label): str(value) for value, label in labels(one, edition).items()}
    elif names:
        ours = {plain(name): key for name, key in names.items()}
    else:
        return None

    def meant(text: str) -> str | None:
        label = ours.get(plain(candidate.labels.get(text, ""))) if text in candidate.labels else None
        return label or ours.get(plain(text))

    return meant
