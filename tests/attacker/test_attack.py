"""The attacker itself, on a few published numbers at a time: each kind of leak is found, and none where there is none."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from tests.attacker.blur import Blur
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.judge import Target, recovered
from tests.attacker.program import Contradiction, Program, World
from tests.attacker.trying import deduced

PLACES, ACTORS, ANSWERS = ("a", "b", "c"), ("x", "y"), ("no", "yes")
WEIGHT = {"a": 1.75, "b": 1.777777778, "c": 2.0}


def world() -> World:
    kinds = pd.DataFrame(list(product(PLACES, ACTORS, ANSWERS)), columns=["place", "actor", "answer"])
    return World(kinds, {"weight": kinds["place"].map(WEIGHT).to_numpy()})


def people(**counts: int) -> pd.DataFrame:
    """So many records for each ``<place><actor>_<answer>``."""
    rows = [(name[0], name[1], name[3:]) for name, number in counts.items() for _ in range(number)]
    return pd.DataFrame(rows, columns=["place", "actor", "answer"])


def exact(of: Cell, truth: pd.DataFrame) -> Statement:
    n = float(of.holds(truth).sum())
    return count(of, n, n, str(of))


def share(inner: Cell, of: Cell, truth: pd.DataFrame, half: float, noise: float = 0.0) -> Statement:
    weight = truth["place"].map(WEIGHT).to_numpy()
    told = weight[inner.holds(truth)].sum() / weight[of.holds(truth)].sum()
    return Statement(((1.0, inner & of),), told - half, told + half, f"share {inner}", of, "weight", noise)


def found(
    statements: list[Statement], truth: pd.DataFrame, *wanted: Cell, group: Cell | None = None
) -> dict[Cell, tuple[float, float]]:
    result = recovered(world(), statements, [Target(one, group) for one in wanted], truth, 5)
    return {one.cell: (one.low, one.high) for one in result}


YES, X, A = cell(answer="yes"), cell(actor="x"), cell(place="a")


def test_a_share_and_its_number_of_answers_give_the_count_and_its_complement() -> None:
    truth = people(ax_yes=3, ax_no=32)
    said = [exact(A & X, truth), share(YES, A & X, truth, 0.0005)]
    assert found(said, truth, A & X & YES) == {A & X & YES: (3, 3)}
    reverse = people(ax_yes=32, ax_no=3)
    said = [exact(A & X, reverse), share(YES, A & X, reverse, 0.0005)]
    no = A & X & cell(answer="no")
    assert found(said, reverse, no) == {no: (3, 3)}


def test_a_share_with_twelve_digits_gives_the_count_of_each_stratum() -> None:
    truth = people(ax_yes=12, ax_no=14, bx_yes=2, bx_no=7)
    of, small = X & cell(place=("a", "b")), cell(place="b") & X & YES
    said = [exact(of, truth), share(YES, of, truth, 1e-10)]
    assert found([*said, *deduced(world(), said, "place")], truth, small) == {small: (2, 2)}


def test_numbers_tried_bound_strata_no_closer_than_they_are() -> None:
    truth = people(ax_yes=12, ax_no=14, bx_yes=2, bx_no=7)
    of = X & cell(place=("a", "b"))
    said = [exact(of, truth), share(YES, of, truth, 0.005, noise=3)]
    weights = {"weight": truth["place"].map(WEIGHT).to_numpy()}
    got = deduced(world(), said, "place")
    assert got and all(one.is_true(truth, weights) for one in got)
    assert found([*said, *got], truth, cell(place="b") & X & YES) == {}


def test_totals_give_a_hidden_cell_back() -> None:
    truth = people(ax_yes=9, bx_yes=2, cx_yes=8)
    hidden = cell(place="b")
    said = [exact(cell(), truth), exact(A, truth), exact(cell(place="c"), truth)]
    assert found(said, truth, hidden) == {hidden: (2, 2)}


def test_two_hidden_cells_that_the_rule_bounds_are_known_from_their_total() -> None:
    truth = people(ax_yes=9, bx_yes=3, cx_yes=4)
    rule = [count(cell(place=place), *Blur().hidden(5), "rule") for place in ("b", "c")]
    said = [exact(cell(), truth), exact(A, truth), *rule]
    assert found(said, truth, cell(place="b"), cell(place="c")) == {cell(place="b"): (3, 4), cell(place="c"): (3, 4)}


def test_margins_both_ways_give_a_cell_back_that_neither_gives() -> None:
    truth = people(ax_yes=3, ay_yes=6, bx_yes=7, by_yes=2)
    corner, places = A & X, cell(place=("a", "b"))
    margins = [exact(A, truth), exact(cell(place="b"), truth), exact(places & X, truth)]
    assert found(margins, truth, corner) == {}
    assert found([*margins, exact(cell(place="b") & X, truth)], truth, corner) == {corner: (3, 3)}


def test_the_number_of_answers_less_those_to_an_item_are_those_who_gave_none() -> None:
    truth = people(ax_yes=36, ax_no=1)
    none = A & X & cell(answer="no")
    assert found([exact(A & X, truth), exact(A & X & YES, truth)], truth, none) == {none: (1, 1)}


def test_all_and_none_of_a_small_group_are_found_and_of_a_large_one_are_not() -> None:
    for size, known in ((8, True), (40, False)):
        truth = people(ax_yes=size)
        said = [exact(A & X, truth), share(YES, A & X, truth, 0.0005)]
        every, none = A & X & YES, A & X & cell(answer="no")
        assert set(found(said, truth, every, none, group=A & X)) == ({every, none} if known else set())


def test_a_verdict_is_a_bound_as_a_number_is() -> None:
    truth = people(ax_yes=3, ax_no=3)
    half = Statement(((1.0, A & X & YES),), 0.5, 1.0, "holds", A & X, "weight")
    said = [exact(A & X, truth), count(A & X & cell(answer="no"), 3, 9, "rule"), half]
    assert found(said[:2], truth, A & X & YES) == {A & X & YES: (0, 3)}
    assert found(said, truth, A & X & YES) == {A & X & YES: (3, 3)}


def test_what_is_rounded_and_moved_enough_gives_nothing_away() -> None:
    truth = people(ax_yes=3, ax_no=32)
    blur = Blur(noise=3, step=5)
    said = [count(A & X, *blur.cases(35), "n"), share(YES, A & X, truth, 0.005, noise=blur.noise)]
    assert found(said, truth, A & X & YES) == {}


def test_large_cells_are_nobodys_secret() -> None:
    truth = people(ax_yes=20, ax_no=15)
    said = [exact(A & X, truth), exact(A & X & YES, truth)]
    assert found(said, truth, A & X & YES, A & X & cell(answer="no")) == {}


def test_a_cell_that_nothing_is_said_of_has_no_bound() -> None:
    assert Program(world(), [count(A, 3, 3, "n")]).interval(cell(place="b")) == (0, np.inf)
    assert Program(world(), [count(A, 3, 3, "n")]).interval(A & X) == (0, 3)


def test_numbers_that_no_records_fulfil_are_no_finding() -> None:
    with pytest.raises(Contradiction):
        Program(world(), [count(A, 3, 3, "n"), count(A & X, 4, 9, "n")]).interval(A & X)


def test_a_finding_names_what_it_follows_from() -> None:
    truth = people(ax_yes=9, bx_yes=2, cx_yes=8)
    said = [exact(cell(), truth), exact(A, truth), exact(cell(place="c"), truth), count(A & X, 0, 50, "idle")]
    [one] = recovered(world(), said, [Target(cell(place="b"))], truth, 5)
    assert one.sources == tuple(sorted(["all", "place=a", "place=c"]))
