import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from report_engine.methods.association import rank_correlation

VALUES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=30)


def columns(pairs):
    return pd.Series([p[0] for p in pairs], dtype="float64"), pd.Series([p[1] for p in pairs], dtype="float64")


def test_without_ties_it_is_the_textbook_formula():
    # 1 - 6 * sum(d^2) / (n * (n^2 - 1)) with d = (1, -1, 1, -1, 0)
    got = rank_correlation(pd.Series([1.0, 2, 3, 4, 5]), pd.Series([2.0, 1, 4, 3, 5]))
    assert got.estimate == pytest.approx(1 - 6 * 4 / (5 * 24))
    assert got.n == 5


@given(VALUES)
@settings(deadline=None, max_examples=60)
def test_agrees_with_scipy_with_ties(pairs):
    x, y = columns(pairs)
    got = rank_correlation(x, y, resamples=20)
    if x.nunique() == 1 or y.nunique() == 1:
        assert math.isnan(got.estimate) and math.isnan(got.low)
    else:
        assert got.estimate == pytest.approx(stats.spearmanr(x, y).statistic)
        assert -1 <= got.low <= got.high <= 1


@given(VALUES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_the_order_of_rows_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert repr(rank_correlation(*columns(pairs), resamples=50)) == repr(
        rank_correlation(*columns(shuffled), resamples=50)
    )


def test_the_interval_narrows_with_more_pairs_and_is_the_same_every_time():
    few = pd.Series(range(12), dtype="float64")
    noisy = pd.Series([2, 0, 1, 5, 3, 4, 8, 6, 7, 11, 9, 10], dtype="float64")
    small = rank_correlation(few, noisy, seed=3)
    large = rank_correlation(
        *(pd.concat([column + 12 * k for k in range(8)], ignore_index=True) for column in (few, noisy)), seed=3
    )
    assert large.high - large.low < small.high - small.low
    assert small == rank_correlation(few, noisy, seed=3)


def test_incomplete_pairs_are_left_out():
    got = rank_correlation(pd.Series([1, 2, 3, 4, None], dtype="Float64"), pd.Series([1.0, 2, 3, 4, 9]))
    assert (got.n, got.estimate) == (4, pytest.approx(1))


def test_too_few_pairs_and_strange_columns_are_refused():
    with pytest.raises(ValueError, match="at least 4 complete pairs, not 3"):
        rank_correlation(pd.Series([1.0, 2, 3]), pd.Series([1.0, 2, 3]))
    with pytest.raises(ValueError, match="indexes differ"):
        rank_correlation(pd.Series([1.0]), pd.Series([1.0], index=[2]))


def test_pairs_are_drawn_as_pairs():
    rising = pd.Series(range(8), dtype="float64")
    got = rank_correlation(rising, rising**2)
    assert (got.estimate, got.low, got.high) == pytest.approx((1, 1, 1))
