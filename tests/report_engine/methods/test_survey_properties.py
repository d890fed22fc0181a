import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.methods.survey import difference, likert_shares, weighted_mean, weighted_share

RESPONDENT = st.tuples(
    st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y"]), st.integers(1, 5) | st.none(), st.floats(0.1, 50)
)
SAMPLES = st.lists(RESPONDENT, min_size=2, max_size=30).filter(lambda rows: any(r[2] for r in rows))
ESTIMATORS = st.sampled_from(
    [
        lambda frame: weighted_mean(frame, "item", "group"),
        lambda frame: weighted_share(frame, "item", by="group"),
        lambda frame: likert_shares(frame, "item", "group"),
    ]
)


def sample(rows):
    return pd.DataFrame(rows, columns=["stratum", "group", "item", "weight"]).astype({"item": "Int8"})


def same(got, expected):
    pd.testing.assert_frame_equal(got, expected, rtol=1e-6, atol=1e-7)


@given(SAMPLES, ESTIMATORS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_rows_changes_nothing(rows, estimate, random):
    same(estimate(sample(random.sample(rows, len(rows)))), estimate(sample(rows)))


@given(SAMPLES, ESTIMATORS, st.floats(0.001, 1000))
@settings(deadline=None)
def test_the_size_of_the_weights_changes_nothing(rows, estimate, factor):
    frame = sample(rows)
    same(estimate(frame.assign(weight=frame["weight"] * factor)), estimate(frame))


@given(SAMPLES, ESTIMATORS, st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 50)), min_size=1))
@settings(deadline=None)
def test_another_stratum_and_group_change_nothing_for_the_rest(rows, estimate, others):
    more = rows + [("z", "other", item, weight) for item, weight in others]
    got = estimate(sample(more))
    same(got[got["group"] != "other"].reset_index(drop=True), estimate(sample(rows)))


@given(SAMPLES)
@settings(deadline=None)
def test_the_names_of_strata_and_groups_change_nothing(rows):
    renamed = [(f"2016-{stratum}", {"x": "p", "y": "q"}[group], item, weight) for stratum, group, item, weight in rows]
    got = weighted_share(sample(renamed), "item", by="group").drop(columns="group")
    same(got, weighted_share(sample(rows), "item", by="group").drop(columns="group"))


@given(SAMPLES)
@settings(deadline=None)
def test_agreeing_and_not_agreeing_mirror_each_other(rows):
    yes, no = (weighted_share(sample(rows), "item", agree, "group") for agree in [(4, 5), (1, 2, 3)])
    mirrored = pd.DataFrame(
        {"estimate": 1 - no["estimate"], "se": no["se"], "low": 1 - no["high"], "high": 1 - no["low"]}
    )
    same(yes[["estimate", "se", "low", "high"]], mirrored)
    assert (yes["low"] >= 0).all() and (yes["high"] <= 1).all()
    assert (yes["low"] <= yes["estimate"]).all() and (yes["estimate"] <= yes["high"]).all()


@given(SAMPLES)
@settings(deadline=None)
def test_a_group_does_not_differ_from_itself(rows):
    group = next(row[1] for row in rows if row[2])
    got = difference(sample(rows), "item", "group", group, group)
    assert got.estimate == 0
    assert got.se == 0 or got.se != got.se
