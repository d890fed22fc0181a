"""The list of mutations keeps up with the code: each can still be planted, and its tests are there."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from report_engine.contracts import study
from tests.mutations.plan import Mutation, Unplanted, plant
from tests.mutations.planted import MUTATIONS

ROOT = Path(__file__).resolve().parents[1]
SOURCE = """
SIDES = ("a", "b")

def outer():
    def inner():
        return SIDES[0]
    return inner() + SIDES[0]
"""
PLANTED = Mutation("one", "m.py", "outer.inner", "SIDES[0]", "SIDES[1]", ())


def test_a_fault_is_planted_inside_its_function_only():
    got = plant(SOURCE, PLANTED)
    assert got == SOURCE.replace("return SIDES[0]", "return SIDES[1]")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"place": "gone"}, "one: 0 places called gone in m.py"),
        ({"old": "SIDES[2]"}, "one: the text stands 0 times in outer.inner of m.py"),
        ({"place": "outer"}, "one: the text stands 2 times in outer of m.py"),
        ({"new": "SIDES[0]"}, "one: the change changes nothing"),
    ],
)
def test_a_fault_that_no_longer_fits_is_told(change, expected):
    with pytest.raises(Unplanted) as raised:
        plant(SOURCE, replace(PLANTED, **change))
    assert str(raised.value) == expected


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mutation_still_fits_the_code(mutation):
    plant((ROOT / mutation.module).read_text("utf-8"), mutation)


def test_names_tell_mutations_apart():
    assert [name for name, count in Counter(one.name for one in MUTATIONS).items() if count > 1] == []


def test_mutations_are_spread_over_the_sections_and_the_other_parts():
    counts = Counter(one.name.partition(":")[0] for one in MUTATIONS)
    assert {
        name for name in (*study.sections(), "methods", "render", "changes", "validation") if counts[name] < 3
    } == set()
