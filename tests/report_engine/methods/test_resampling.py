import numpy as np
import pandas as pd
import pytest

from report_engine.methods import resampling
from report_engine.methods.survey import difference, weighted_mean, weighted_share


def respondents(seed=3, n=60):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "respondent_id": [f"r{number:03}" for number in range(n)],
            "stratum": random.choice(["a", "b", "c"], n),
            "weight": random.uniform(1, 4, n),
            "item": pd.array(random.integers(1, 6, n), dtype="Int8"),
            "side": random.choice(["x", "y"], n),
        }
    )
    frame.loc[n - 1, "stratum"] = "lonely"
    return frame


def drawn_frame(frame, times):
    """The resample as a frame: a row drawn twice stands there twice."""
    return frame.loc[frame.index.repeat(times.astype(int))].reset_index(drop=True)


def agreeing(frame, within=None):
    values = frame["item"].isin([4, 5]).astype("float64")
    return (values if within is None else values.where(frame["side"] == within)).to_numpy()


@pytest.mark.parametrize("draw", range(4))
def test_each_resample_is_estimated_as_the_survey_is(draw):
    frame = respondents()
    drawn = resampling.resample(frame, 4, 1)
    one = drawn_frame(frame, drawn.times[draw])

    share, mean = resampling.shares(drawn, agreeing(frame)), resampling.means(drawn, frame["item"].to_numpy("float64"))
    gap = resampling.differences(drawn, agreeing(frame, "x"), agreeing(frame, "y"), share=True)

    for got, expected in (
        (share, weighted_share(one, "item").iloc[0]),
        (mean, weighted_mean(one, "item").iloc[0]),
        (gap, difference(one, "item", "side", "x", "y", share_of=(4, 5))),
    ):
        assert got.estimate[draw] == pytest.approx(expected.estimate)
        assert (got.low[draw], got.high[draw]) == pytest.approx((expected.low, expected.high))
        assert got.n[draw] == expected.n


def test_groups_that_agree_altogether_have_the_intervals_of_the_survey():
    frame = respondents().assign(item=pd.array([5] * 60, dtype="Int8"))
    frame.loc[frame["side"] == "y", "item"] = 1
    drawn = resampling.resample(frame, 2, 1)
    one = drawn_frame(frame, drawn.times[1])

    gap = resampling.differences(drawn, agreeing(frame, "x"), agreeing(frame, "y"), share=True)
    share = resampling.shares(drawn, agreeing(frame, "x"))
    expected = difference(one, "item", "side", "x", "y", share_of=(4, 5))
    alone = weighted_share(one, "item", by="side").iloc[0]

    assert (gap.low[1], gap.high[1]) == pytest.approx((expected.low, expected.high))
    assert (share.low[1], share.high[1]) == pytest.approx((alone["low"], alone["high"]))


def test_strata_keep_their_size_and_the_order_of_the_rows_does_not_matter():
    frame = respondents()
    drawn = resampling.resample(frame, 50, 1)
    turned = resampling.resample(frame[::-1], 50, 1)

    for stratum in sorted(frame["stratum"].unique()):
        rows = (frame["stratum"] == stratum).to_numpy()
        assert (drawn.times[:, rows].sum(axis=1) == rows.sum()).all()
    assert (drawn.times == turned.times[:, ::-1]).all()


def test_blocks_change_nothing(monkeypatch):
    frame = respondents()
    whole = resampling.resample(frame, 50, 1)
    expected = resampling.shares(whole, agreeing(frame))
    monkeypatch.setattr(resampling, "_BLOCK", 100)  # a few resamples at a time
    drawn = resampling.resample(frame, 50, 1)
    got = resampling.shares(drawn, agreeing(frame))

    assert (drawn.times == whole.times).all()
    for name in ("estimate", "low", "high", "n"):
        np.testing.assert_allclose(getattr(got, name), getattr(expected, name), rtol=1e-12)


def test_resamples_need_a_byte_for_each_respondent():
    drawn = resampling.resample(respondents(), 50, 1)
    assert drawn.times.nbytes == 50 * 60


def test_a_group_that_nobody_of_a_resample_belongs_to_is_unknown():
    frame = respondents()
    only = np.where(np.arange(60) == 0, 1.0, np.nan)
    got = resampling.shares(resampling.resample(frame, 30, 1), only)

    assert np.isnan(got.estimate[got.n == 0]).all() and (got.n == 0).any()


def test_the_spread_over_resamples_is_that_of_the_linearised_standard_error():
    frame = respondents(n=400)
    got = resampling.shares(resampling.resample(frame, 2000, 1), agreeing(frame)).estimate.std()

    assert got == pytest.approx(weighted_share(frame, "item")["se"].iloc[0], rel=0.08)


def test_everybody_of_a_stratum_is_drawn_as_often_as_the_others():
    frame = respondents()
    times = resampling.resample(frame, 4000, 1).times
    assert times.mean(axis=0) == pytest.approx(1.0, abs=0.1)
    for stratum, size in frame.groupby("stratum").size().items():
        assert set(times[:, (frame["stratum"] == stratum).to_numpy()].sum(axis=1)) == {size}
