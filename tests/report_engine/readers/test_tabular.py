"""Headers that stand twice are told apart, whatever else they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.tables.tabular import unique


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "b", "a"], ["a", "a (2)", "b", "a (3)"]),
        (["", "a", ""], ["", "a", ""]),
        (["a", "a", "a (2)"], ["a", "a (3)", "a (2)"]),
    ],
)
def test_the_second_of_a_name_has_a_number(names, expected):
    assert unique(names) == expected


@given(st.lists(st.sampled_from(["", "a", "b", "a (2)", "a (3)", "a (2) (2)"])))
def test_none_stands_twice_and_the_first_of_each_stays(names):
    got = unique(names)
    named = [name for name in got if name]
    assert len(named) == len({*named}) and len(got) == len(names)
    assert all(got[names.index(name)] == name for name in names)


def test_names_that_run_into_one_another_without_end_are_told_apart_at_once():
    names = ["a", "a", *("a" + " (2)" * times for times in range(1, 1200))]
    assert len({*unique(names)}) == len(names)
