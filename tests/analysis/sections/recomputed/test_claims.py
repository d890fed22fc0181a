"""The numbers that decide a claim are computed a second time, by other code."""

from collections import Counter

import pytest

from report_engine.contracts import study
from tests.analysis.sections.recomputed.claims import CLAIMS

FEWEST = 2  # of a section's claims


@pytest.mark.parametrize("id", CLAIMS)
def test_a_claim_is_decided_by_what_other_code_makes_of_the_tables(id, claims, tidy):
    numbers, found = CLAIMS[id](tidy)
    got = claims[id].verdict.numbers
    assert {name: got[name] for name in numbers} == pytest.approx(numbers, abs=1e-9)
    for name in ("low", "high") if found else ():
        expected, off = getattr(found, name), found.near * (found.high - found.low) + 1e-9
        assert got[name] == pytest.approx(expected, abs=off)


@pytest.mark.parametrize("id", CLAIMS)
def test_a_claims_effect_is_of_the_numbers_that_decide_it(id, claims):
    verdict = claims[id].verdict
    effect = verdict.effect
    if effect is None or effect.low is None:
        return
    assert any(effect.value == pytest.approx(number) for number in verdict.numbers.values())
    for end in ("low", "high"):
        if end in verdict.numbers:
            assert getattr(effect, end) == pytest.approx(verdict.numbers[end])


def test_every_section_has_claims_that_are_recomputed():
    counts = Counter(id.split(".")[0] for id in CLAIMS)
    assert {name for name in study.sections() if counts[name] >= FEWEST} == set(study.sections())


def test_the_conclusions_are_counted_by_their_outcome(facts, shipped):
    conclusions = [claim for claim in shipped.section("conclusions").claims if claim.rests_on]
    outcomes = Counter(claim.verdict.outcome for claim in conclusions)
    expected = {outcome: outcomes[outcome] for outcome in ("holds", "borderline", "fails", "untestable")}
    expected["total"] = len(conclusions)
    expected["claims_behind"] = len({id for claim in conclusions for id in claim.rests_on})
    got = {name: facts[f"conclusions.{name}"] for name in expected}
    assert {name: fact.value for name, fact in got.items()} == expected
    assert {name: fact.n for name, fact in got.items()} == expected
