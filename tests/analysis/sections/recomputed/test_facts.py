"""Every fact that can be had from the tidy tables in a few lines of pandas is computed a second time, by other code."""

import math
import re
from collections import Counter

import pytest

from report_engine.contracts import study
from report_engine.model.section import Fact
from report_engine.words.editions import EDITIONS
from report_engine.words.numbers import change_word
from tests.analysis.sections.recomputed import accounts, interviews, registers, survey, words
from tests.analysis.sections.recomputed.independent import Found

FACTS = {**survey.FACTS, **interviews.FACTS, **accounts.FACTS, **registers.FACTS, **words.FACTS}
FEWEST = 5  # of a section's facts
SMALLEST = 5  # a cell of fewer is suppressed
IN_WORDS = {
    "sv": {"ingen": 0, "inga": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7,
           "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12},
    "en": {"none": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
           "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
}  # fmt: skip
SCALE = {"miljoner": 1e3, "miljarder": 1e6, "million": 1e3, "billion": 1e6}  # of SEK thousands
HUNDREDTHS = ("share", "share_difference")
UNSIGNED = re.compile(r"_growth(_yearly)?$")  # the chapter's verb tells the sign
BY_HUNDREDS = re.compile(r"per_participant_(first|last)$")


@pytest.mark.parametrize("id", FACTS)
def test_a_fact_is_what_other_code_makes_of_the_tables(id, facts, tidy):
    got, expected = facts[id], FACTS[id](tidy)
    if got.value is None and got.text["en"] == "..":
        assert (expected.n is not None and expected.n < SMALLEST) or few_beside(id, facts)
        return
    if isinstance(expected.value, str):
        assert got.value == expected.value
    else:
        assert got.value == pytest.approx(expected.value, abs=1e-9)
    assert got.n == expected.n
    assert_interval(got, expected)
    if beside := facts.get(f"{id}_interval"):
        assert beside.n == expected.n
        assert_interval(beside, expected)


@pytest.mark.parametrize("id", words.WORDS)
def test_a_word_is_what_the_numbers_behind_it_say(id, facts, tidy):
    assert facts[id].text["en"] == words.WORDS[id](tidy)


def few_beside(id: str, facts: dict[str, Fact]) -> bool:
    """Whether another fact of the same name, for another actor, is hidden as well: one hidden cell takes a second with it."""
    stem = next(stem for stem in ("fall_between_chairs", "parallel_tracks") if stem in id)
    return sum(fact.value is None for other, fact in facts.items() if stem in other) > 1


def assert_interval(got: Fact, expected: Found) -> None:
    if expected.low is None or expected.high is None:
        assert got.low is None and got.high is None
        return
    off = expected.near * (expected.high - expected.low) + 1e-9
    assert got.low == pytest.approx(expected.low, abs=off)
    assert got.high == pytest.approx(expected.high, abs=off)


def test_every_section_has_facts_that_are_recomputed():
    counts = Counter(id.split(".")[0] for id in FACTS)
    assert {name for name in study.sections() if counts[name] >= FEWEST} == set(study.sections())


@pytest.mark.parametrize("name", study.sections())
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_facts_words_tell_its_own_numbers(name, edition, shipped):
    for fact in shipped.section(name).facts:
        assert_words_tell(fact, edition)


def assert_words_tell(fact: Fact, edition: str) -> None:
    told, text = numbers(fact.text[edition], edition), fact.text[edition]
    if fact.value is None and fact.low is not None:  # an interval of its own
        shown = [end * 100 if fact.unit == "text" and is_share(text) else end for end in (fact.low, fact.high)]
        assert len(told) == 2, fact.id
        assert_told(told, shown, fact.id)
    elif fact.unit == "word" and isinstance(fact.value, float):
        assert text == change_word(fact.value, edition, still=0.005), fact.id
    elif isinstance(fact.value, int | float):
        assert_told(told[:1], [shown_value(fact, text)], fact.id)


def is_share(text: str) -> bool:
    """Whether an interval is told in hundredths: in per cent or whole percentage points, not in decimals."""
    return not re.search(r"\d[.,]\d\d", text)


def shown_value(fact: Fact, text: str) -> float:
    value = float(fact.value)
    if UNSIGNED.search(fact.id):
        value = abs(value)
    if fact.unit in HUNDREDTHS:
        return value * 100
    return next((value / size for word, size in SCALE.items() if word in text), value)


def numbers(text: str, edition: str) -> list[tuple[float, float]]:
    """The numbers of a text, with half of their last digit."""
    thousands, point = {"sv": ("\u202f", ","), "en": (",", ".")}[edition]
    found = []
    for sign, digits in re.findall(rf"([−+]?)(\d+(?:{thousands}\d{{3}})*(?:{re.escape(point)}\d+)?)", text):
        plain = digits.replace(thousands, "").replace(point, ".")
        decimals = len(plain.partition(".")[2])
        found.append((float(plain) * (-1 if sign == "−" else 1), 0.5 * 10**-decimals))
    if found:
        return found
    words = re.findall(r"\w+", text.lower())
    return [(float(IN_WORDS[edition][word]), 0.0) for word in words if word in IN_WORDS[edition]]


def assert_told(told: list[tuple[float, float]], values: list[float], id: str) -> None:
    assert len(told) == len(values), f"{id}: {told}"
    for (number, half), value in zip(told, values, strict=True):
        off = 50 if BY_HUNDREDS.search(id) else half
        assert math.isclose(number, value, abs_tol=off + 1e-9), f"{id}: told {number}, is {value}"
