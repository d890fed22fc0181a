import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from report_engine.methods.dispersion import Range, coefficient_of_variation, share_range

POSITIVE = st.lists(st.tuples(st.floats(0.1, 1e6), st.floats(0.1, 1e6)), min_size=2, max_size=20)


@given(POSITIVE)
def test_coefficient_of_variation_agrees_with_scipy_and_statsmodels(rows):
    values, weights = pd.Series([r[0] for r in rows]), pd.Series([r[1] for r in rows])
    assert coefficient_of_variation(values) == pytest.approx(stats.variation(values), abs=1e-9)
    weighted = DescrStatsW(values, weights)
    assert coefficient_of_variation(values, weights) == pytest.approx(weighted.std / weighted.mean, abs=1e-9)


@given(POSITIVE, st.floats(0.01, 100))
def test_units_and_the_size_of_weights_change_nothing(rows, factor):
    values, weights = pd.Series([r[0] for r in rows]), pd.Series([r[1] for r in rows])
    expected = coefficient_of_variation(values, weights)
    assert coefficient_of_variation(values * factor, weights * factor) == pytest.approx(expected, abs=1e-9)
    assert coefficient_of_variation(values[::-1], weights[::-1]) == pytest.approx(expected, abs=1e-9)


def test_missing_values_are_left_out_and_too_few_have_no_spread():
    assert coefficient_of_variation(pd.Series([1, None, 3], dtype="Float64")) == pytest.approx(0.5)
    assert math.isnan(coefficient_of_variation(pd.Series([1.0])))
    assert math.isnan(coefficient_of_variation(pd.Series([0.0, 0.0])))
    with pytest.raises(ValueError, match="indexes differ"):
        coefficient_of_variation(pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0], index=[1, 2]))


def test_share_range_names_both_ends():
    shares = pd.Series([0.4, 0.1, None, 0.9, 0.1], index=["Luleå", "Timrå", "Falun", "Västerås", "Falköping"])
    assert share_range(shares) == Range(0.1, 0.9, 0.8, "Falköping", "Västerås")
    with pytest.raises(ValueError, match="no municipality has a share"):
        share_range(pd.Series([np.nan]))
