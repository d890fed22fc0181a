import numpy as np
import pandas as pd
import pytest

from report_engine.methods.cluster import clustered_difference, clustered_mean


def segments(values, interviews, sides=None):
    frame = pd.DataFrame({"interview_id": interviews, "hit": pd.array(values, dtype="boolean")})
    return frame if sides is None else frame.assign(side=sides)


def test_a_share_is_that_of_all_rows_and_missing_ones_are_left_out():
    got = clustered_mean(segments([True, False, True, None], ["a", "a", "b", "b"]), "hit", "interview_id")

    assert (got.estimate, got.n) == (pytest.approx(2 / 3), 3)
    assert got.low <= got.estimate <= got.high


def test_interval_is_that_of_whole_clusters():
    """Twenty equal rows in each of ten interviews say no more than one row in each of ten."""
    hits = [True] * 5 + [False] * 5
    single = clustered_mean(segments(hits, list("abcdefghij")), "hit", "interview_id", seed=1)
    many = clustered_mean(
        segments(np.repeat(hits, 20).tolist(), np.repeat(list("abcdefghij"), 20)), "hit", "interview_id", seed=1
    )

    assert (many.low, many.high) == (single.low, single.high)
    assert single.se == pytest.approx(np.sqrt(0.25 / 10), rel=0.1)  # that of a mean of ten independent draws


def test_difference_keeps_interviews_whole():
    """Two groups that always agree within an interview do not differ, however much interviews do."""
    frame = segments([True, True, False, False] * 3, list("aabbccddeeff"), ["x", "y"] * 6)
    got = clustered_difference(frame, "hit", "side", "x", "y", "interview_id")

    assert (got.estimate, got.low, got.high, got.n) == (0, 0, 0, 12)


def test_difference_is_first_minus_second():
    frame = segments([True, True, True, False], ["a", "b", "a", "b"], ["x", "x", "y", "y"])
    got = clustered_difference(frame, "hit", "side", "x", "y", "interview_id")

    assert got.estimate == 0.5
    assert clustered_difference(frame, "hit", "side", "y", "x", "interview_id").estimate == -0.5


def test_order_of_rows_does_not_matter():
    frame = segments([True, False, True, True, False, False], list("aabbcc"))
    shuffled = frame.sample(frac=1, random_state=3)

    assert clustered_mean(frame, "hit", "interview_id") == clustered_mean(shuffled, "hit", "interview_id")


def test_a_single_interview_gives_no_interval():
    got = clustered_mean(segments([True, False], ["a", "a"]), "hit", "interview_id")

    assert got.estimate == 0.5
    assert np.isnan([got.se, got.low, got.high]).all()


def test_no_values_are_an_error():
    with pytest.raises(ValueError, match="hit: there is no value"):
        clustered_mean(segments([None], ["a"]), "hit", "interview_id")
    with pytest.raises(ValueError, match="where side is 'y'"):
        clustered_difference(segments([True], ["a"], ["x"]), "hit", "side", "x", "y", "interview_id")


def test_interval_holds_95_per_cent_of_the_resamples():
    random = np.random.default_rng(3)
    frame = segments((random.random(400) < 0.4).tolist(), [f"i{number % 40}" for number in range(400)])
    got = clustered_mean(frame, "hit", "interview_id", resamples=4000)
    inside = (got.draws >= got.low) & (got.draws <= got.high)
    assert inside.mean() == pytest.approx(0.95, abs=0.01)
    assert (got.draws < got.low).mean() == pytest.approx(0.025, abs=0.01)
