"""An encoded column says of its cells what a list of them says."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from report_engine.model.encoded import Encoded, Positions, alike, either, encoded, joined, marked, sorted_out, together

VALUES = st.none() | st.integers(0, 4) | st.sampled_from(["", "a", "b"]) | st.booleans()
CELLS = st.lists(VALUES, max_size=30)


@st.composite
def columns(draw):
    """A column whose values may stand twice among the distinct, or for no cell."""
    distinct = draw(st.lists(VALUES, min_size=1, max_size=8))
    codes = draw(st.lists(st.integers(0, len(distinct) - 1), max_size=30))
    return Encoded(distinct, np.array(codes, np.int32))


def same(got, expected):
    return len(got) == len(expected) and all(
        type(one) is type(other) and one == other for one, other in zip(got, expected, strict=True)
    )


@given(CELLS)
def test_cells_come_back_as_they_were(cells):
    assert same([*encoded(iter(cells))], cells)
    assert [encoded(cells)[at] for at in range(len(cells))] == cells
    assert encoded(cells) == cells


@given(columns(), st.data())
def test_what_is_said_of_values_is_said_of_their_cells(column, data):
    cells = [*column]
    assert column.values() == list(dict.fromkeys(cells))
    assert [*column.counted().items()] == [*Counter(cells).items()]
    assert same([*column.map(str)], [*map(str, cells)])
    assert column.where(bool).tolist() == [*map(bool, cells)]
    assert [*column.those(bool)] == [(at, cell) for at, cell in enumerate(cells) if cell]
    assert column.at(str) == {at: cell for at, cell in enumerate(cells) if isinstance(cell, str)}
    assert ("a" in column) == ("a" in cells)
    order = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=9)) if cells else []
    assert [*column.take(order)] == [cells[at] for at in order]
    start, end = sorted(data.draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    assert column[start:end] == cells[start:end]


@given(columns())
def test_each_value_is_distinct_once(column):
    unique = column.unique()
    assert [*unique] == [*column]
    assert unique.distinct == list(dict.fromkeys(column))
    times = Counter(column)
    assert [*unique.repeated()] == [(at, cell) for at, cell in enumerate(column) if times[cell] > 1]


@given(st.lists(columns(), max_size=3))
def test_columns_under_one_another(parts):
    assert same([*joined(parts)], [cell for part in parts for cell in part])


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=30))
def test_combinations_of_columns(records):
    several = [[record[at] for record in records] for at in range(3)]
    both = together(several)
    assert [*both] == records
    assert len(set(both.distinct)) == len(both.distinct)


@given(st.lists(st.tuples(VALUES, st.integers(0, 2)), max_size=30))
def test_cells_of_each_kind_are_changed_otherwise(cells):
    kinds = np.array([kind for _, kind in cells], np.int32)
    changes = [repr, lambda _: None, lambda value: (value,)]
    got = sorted_out(encoded([value for value, _ in cells]), kinds, changes)
    assert [*got] == [changes[kind](value) for value, kind in cells]


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.sampled_from("abc")), max_size=50))
def test_sums_to_the_last_digit(cells):
    expected = {}
    for amount, group in cells:
        expected[group] = expected.get(group, 0.0) + amount
    got = encoded([amount for amount, _ in cells]).sums(encoded([group for _, group in cells]))
    assert [*got.items()] == [*expected.items()]


@given(st.lists(st.lists(st.none() | st.integers(0, 2), min_size=4, max_size=4), max_size=20))
def test_records_with_one_and_the_same_answer(records):
    expected = []
    for at, record in enumerate(records):
        answers = [answer for answer in record if answer is not None]
        if answers and len(set(answers)) == 1:
            expected.append((at, len(answers)))
    assert [*alike([[record[at] for record in records] for at in range(4)])] == expected


@given(st.lists(st.sets(st.integers(0, 9)), max_size=3))
def test_positions_are_a_set(several):
    sets = [Positions(marked(places, 10)) for places in several]
    assert [[*each] for each in sets] == [sorted(places) for places in several]
    assert either(sets, 10) == set().union(*several)
    assert either(several, 10) == set().union(*several)
    for one, other in zip(sets, several, strict=True):
        assert one == other
        assert frozenset({3}) | one == {3} | other
        assert one - {3} == other - {3}
        assert (3 in one, "3" in one, -1 in one) == (3 in other, False, False)
