import numpy as np
import pytest

from report_engine.methods.estimate import NORMAL_95, Estimate
from report_engine.methods.multiple import critical_value, simultaneous


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (1, 1.960),
        (2, 2.236),
        (5, 2.569),
        (10, 2.800),
        (20, 3.016),
    ],  # the maximum modulus for infinite degrees of freedom
)
def test_critical_values_are_those_of_the_tables(of, expected):
    assert critical_value(of) == pytest.approx(expected, abs=0.001)


def test_all_intervals_cover_together_as_often_as_they_say():
    drawn = np.abs(np.random.default_rng(1).normal(size=(40_000, 18)))

    assert (drawn.max(axis=1) < critical_value(18)).mean() == pytest.approx(0.95, abs=0.004)
    assert (drawn.max(axis=1) < NORMAL_95).mean() < 0.5


def test_an_interval_is_widened_on_either_side_of_its_estimate():
    got = simultaneous(Estimate(0.2, 0.1, 0.1, 0.4, 50), 10)
    wider = critical_value(10) / NORMAL_95

    assert (got.low, got.high) == pytest.approx((0.2 - 0.1 * wider, 0.2 + 0.2 * wider))
    assert simultaneous(Estimate(0.2, 0.1, 0.1, 0.4, 50), 1).low == pytest.approx(0.1)
