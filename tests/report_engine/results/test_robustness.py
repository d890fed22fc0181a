import numpy as np
import pandas as pd
import pytest

from report_engine.model.section import Verdict
from report_engine.results import robustness
from report_engine.results.robustness import judge

WORDS = {"sv": "Ord", "en": "Word"}


def verdict(outcome):
    return Verdict(outcome, {}, WORDS)


@pytest.mark.parametrize("sign", [1, -1])
def test_many_are_judged_as_one_is(sign):
    random = np.random.default_rng(1)
    estimate = random.uniform(0, 1, 200)
    low, high = estimate - random.uniform(0, 0.4, 200), estimate + random.uniform(0, 0.4, 200)
    got = robustness.judged(estimate, low, high, 0.5, sign=sign)
    expected = [robustness.CODES[judge(*row, 0.5, sign=sign)] for row in zip(low, high, strict=True)]

    assert got.tolist() == expected
    assert set(expected) == {robustness.HOLDS, robustness.BORDERLINE, robustness.FAILS}


@pytest.mark.parametrize(
    ("estimate", "low", "high", "expected"),
    [
        (0.6, 0.51, 0.7, ("holds", "for")),
        (0.6, 0.45, 0.7, ("borderline", "for")),
        (0.5, 0.4, 0.6, ("borderline", None)),
        (0.4, 0.3, 0.55, ("borderline", "against")),  # the estimate alone decides nothing
        (0.4, 0.3, 0.5, ("borderline", "against")),
        (0.4, 0.3, 0.49, ("fails", "against")),
    ],
)
def test_a_claim_fails_only_where_the_interval_lies_on_the_wrong_side(estimate, low, high, expected):
    assert (judge(low, high, 0.5), robustness.leaning(estimate, 0.5)) == expected
    mirrored = judge(1 - high, 1 - low, 0.5, sign=-1), robustness.leaning(1 - estimate, 0.5, sign=-1)
    assert mirrored == expected


def test_unknown_or_too_few_cannot_be_tested():
    ones = np.array([0.9, np.nan, 0.9])
    got = robustness.judged(ones, ones, ones, 0.5, enough=np.array([True, True, False]))

    assert got.tolist() == [robustness.HOLDS, robustness.UNTESTABLE, robustness.UNTESTABLE]


def test_a_resample_takes_the_interval_of_the_sample_with_it():
    draws = np.array([0.3, 0.1, -0.1])
    got = robustness.recentred(draws, estimate=0.4, low=0.2, high=0.7, limit=0.0)

    assert got.tolist() == [robustness.HOLDS, robustness.BORDERLINE, robustness.BORDERLINE]


def test_same_outcomes_are_counted():
    got = robustness.rerun(verdict("holds"), ["holds", verdict("fails"), "holds"], WORDS)

    assert (got.same, got.draws, got.over) == (2, 3, WORDS)
    assert robustness.rerun(verdict("untestable"), ["holds"], WORDS) is None
    assert robustness.rerun(verdict("holds"), [], WORDS) is None


def test_no_more_resamples_than_are_needed():
    got = robustness.kept(verdict("fails"), np.full(5000, robustness.FAILS), WORDS)

    assert (got.same, got.draws) == (1000, 1000)


def test_one_is_left_out_at_a_time_in_order():
    frame = pd.DataFrame({"place": ["b", "a", "b"], "value": [1, 2, 3]})

    assert [part["value"].tolist() for part in robustness.leaving_out(frame, "place")] == [[1, 3], [2]]
    assert list(robustness.leaving_out(frame.head(1), "place")) == []
    assert list(robustness.without_each(("a", "b", "c"))) == [("b", "c"), ("a", "c"), ("a", "b")]
    assert list(robustness.without_each(("a",))) == []
