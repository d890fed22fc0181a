from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.drawing import placing

POSITIONS = st.lists(st.floats(0, 100).map(lambda value: round(value, 3)), min_size=1, max_size=12)


@given(POSITIONS, st.floats(0.5, 5))
def test_spread_keeps_labels_apart_and_in_order(positions, gap):
    got = placing.spread(positions, gap)

    ordered = [value for _, value in sorted(zip(positions, got, strict=True))]
    assert all(b - a >= gap * 0.999 for a, b in pairwise(sorted(got)))
    assert ordered == sorted(ordered)
    assert sum(got) == pytest.approx(sum(positions), abs=1e-3)


def test_spread_leaves_labels_that_have_room():
    assert placing.spread([1.0, 5.0, 9.0], 2.0) == [1.0, 5.0, 9.0]


def test_spread_moves_as_little_as_can_be():
    assert placing.spread([0.0, 0.0, 0.0, 10.0], 2.0) == [-2.0, 0.0, 2.0, 10.0]


def test_labels_at_one_place_keep_their_order_whatever_the_last_bits_say():
    expected = placing.spread([0.3, 0.3, 5.0], 1.0)

    assert placing.spread([0.1 + 0.2, 0.3, 5.0], 1.0) == expected
    assert placing.spread([0.3, 0.1 + 0.2, 5.0], 1.0) == expected


def test_values_that_fall_are_pooled():
    assert placing.isotonic([1.0, 3.0, 2.0, 4.0]) == [1.0, 2.5, 2.5, 4.0]


@given(st.lists(st.floats(0, 60), max_size=40))
def test_no_two_dots_of_a_swarm_touch(positions):
    got = placing.swarm(positions, 3.0)

    dots = list(zip(positions, got, strict=True))
    assert all((a - x) ** 2 + (b - y) ** 2 >= 2.99**2 for (a, b), (x, y) in combinations(dots, 2))


def test_dots_with_room_stay_on_their_row_and_others_move_to_either_side():
    assert placing.swarm([0.0, 10.0, 20.0], 3.0) == [0.0, 0.0, 0.0]
    assert placing.swarm([5.0, 5.0, 5.0], 3.0) == pytest.approx([0.0, 3.0, -3.0], abs=0.01)


def test_a_swarm_is_the_same_whatever_the_last_bits_of_its_positions_say():
    positions = [place / 10 for place in range(40)]
    nudged = [place * 0.1 for place in range(40)]

    assert positions != nudged
    assert placing.swarm(positions, 3.0) == placing.swarm(nudged, 3.0)
