import hashlib
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.methods import perturbation
from report_engine.methods.cluster import clustered_difference, clustered_mean
from report_engine.methods.perturbation import RECORD, SMALLEST, bound, noise
from report_engine.methods.stances import stance_means, stance_shares
from report_engine.methods.survey import difference, likert_shares, response_rates, weighted_mean, weighted_share

SIZES = st.sampled_from([2, 3, 5, 10, 20])


def keys(count: int, of: str = "a") -> np.ndarray:
    drawn = (hashlib.sha256(f"{of}{number}".encode()).digest()[:8] for number in range(count))
    return np.array([int.from_bytes(each, "big") for each in drawn], dtype="uint64")


def survey(answers, smallest=5, of="a", weight=2.0, stratum="s"):
    frame = pd.DataFrame({"item": pd.array(answers, dtype="Int8"), "weight": weight, "stratum": stratum, "by": "g"})
    return frame.assign(**{RECORD: keys(len(frame), of), SMALLEST: smallest})


ANSWERS = st.lists(st.integers(1, 5), min_size=1, max_size=60)


@given(st.integers(0, 40), st.integers(0, 40), SIZES, st.randoms())
def test_noise_is_bounded_antisymmetric_and_of_the_set_alone(inside, outside, smallest, random):
    drawn = keys(inside + outside)
    one, other = drawn[:inside], drawn[inside:]
    shuffled = one[random.sample(range(inside), inside)]
    got = noise(one, other, smallest)
    assert abs(got) < bound(smallest) or (got == 0 and bound(smallest) == 0) or inside + outside == 0
    assert got == -noise(other, one, smallest)
    assert got == noise(shuffled, other, smallest)


@pytest.mark.parametrize("smallest", range(2, 60))
def test_a_count_is_never_known_closer_than_the_smallest_cell(smallest):
    assert 2 * bound(smallest) >= smallest


def test_nothing_is_blurred_where_every_cell_may_be_known():
    assert bound(1) == 0


def test_noise_differs_between_cells_and_is_about_zero():
    drawn = [noise(keys(12, str(n)), keys(9, f"b{n}"), 5) for n in range(2000)]
    assert len(set(drawn)) == len(drawn)
    assert np.mean(drawn) == pytest.approx(0, abs=0.1)
    assert np.std(drawn) == pytest.approx(3 / 6**0.5, rel=0.1)


def test_a_cell_that_stands_in_another_group_has_other_noise():
    drawn = {noise(keys(12), keys(9, f"b{n}"), 5) for n in range(50)}
    assert len(drawn) == 50


def test_few_are_hidden_though_noise_makes_them_seem_enough():
    seen = [noise(keys(44, str(n))[:4], keys(44, str(n))[4:], 5) + 4 for n in range(40)]
    shown = [weighted_share(survey([5] * 4 + [1] * 40, of=str(n)), "item")["estimate"].iloc[0] for n in range(40)]
    assert max(seen) > 5
    assert np.isnan(shown).all()


@settings(deadline=None)
@given(ANSWERS, SIZES)
def test_shares_add_up_and_agree_with_each_other_wherever_they_stand(answers, smallest):
    frame = survey(answers, smallest)
    likert = likert_shares(frame, "item", "by").set_index("answer")
    assert likert["share"].sum() == pytest.approx(1)
    assert (likert["share"] >= 0).all()
    agree, disagree = (weighted_share(frame, "item", those, "by").iloc[0] for those in ((4, 5), (1, 2, 3)))
    assert pd.isna(agree["n"]) == pd.isna(disagree["n"])
    if pd.notna(agree["n"]):
        assert agree["estimate"] == pytest.approx(likert.loc[[4, 5], "share"].sum())
        assert agree["estimate"] + disagree["estimate"] == pytest.approx(1)
        assert agree["low"] <= agree["estimate"] <= agree["high"]


@settings(deadline=None)
@given(ANSWERS, SIZES)
def test_a_share_is_hidden_where_those_with_or_without_are_few_in_truth_or_as_published(answers, smallest):
    row = weighted_share(survey(answers, smallest), "item", (4, 5)).iloc[0]
    agree, n = sum(answer >= 4 for answer in answers), len(answers)
    if min(agree, n - agree) < smallest:
        assert row[["estimate", "se", "low", "high", "n"]].isna().all()
    elif pd.notna(row["n"]):
        assert min(row["estimate"], 1 - row["estimate"]) * n >= smallest - 1e-9
        assert row["n"] % smallest == 0
        assert abs(row["estimate"] * n - agree) <= bound(smallest) + 0.005 * n + 1e-9


@settings(deadline=None)
@given(ANSWERS, SIZES)
def test_what_is_published_has_no_more_digits_than_n_allows(answers, smallest):
    frame = survey(answers, smallest)
    found = (weighted_share(frame, "item"), weighted_mean(frame, "item"))
    for row, name in itertools.product(found, ("estimate", "low", "high")):
        value = row[name].iloc[0]
        assert pd.isna(value) or value == pytest.approx(round(value, 2), abs=1e-9)


def segments(stances, sides=None, of="a"):
    frame = pd.DataFrame({"stance": pd.array(stances, dtype="Int8"), "side": sides or "x"})
    frame["interview_id"] = [f"i{number % 4}" for number in range(len(frame))]
    return frame.assign(**{RECORD: keys(len(frame), of), SMALLEST: 5})


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=60))
def test_a_mean_stance_agrees_with_the_shares_beside_it(stances):
    frame = segments(stances)
    row, beside = stance_shares(frame, "side").iloc[0], stance_means(frame, "side").iloc[0]
    mean = clustered_mean(frame, "stance", "interview_id", resamples=20)
    assert pd.isna(beside["mean"]) == pd.isna(mean.estimate)
    if pd.notna(beside["mean"]):
        assert beside["mean"] == pytest.approx(mean.estimate)
    if pd.notna(row["critical"]):
        assert min(stances.count(-1), stances.count(1)) >= 5
        assert row["mean"] == pytest.approx(beside["mean"])
        assert row["supportive"] - row["critical"] == pytest.approx(row["mean"])
    assert mean.draws is None


def test_a_difference_is_that_of_the_published_shares():
    one, other = survey([5] * 20 + [1] * 12, of="a"), survey([5] * 9 + [1] * 19, of="b").assign(by="h")
    both = pd.concat([one, other], ignore_index=True)
    shares = weighted_share(both, "item", by="by").set_index("by")["estimate"]
    found = difference(both, "item", "by", "g", "h", share_of=(4, 5))
    assert found.estimate == pytest.approx(shares["g"] - shares["h"])
    assert pd.isna(difference(both.iloc[:22], "item", "by", "g", "g", share_of=(4, 5)).estimate)
    spoken = segments([1] * 20 + [-1] * 20 + [1] * 9 + [-1] * 21, ["x"] * 40 + ["y"] * 30)
    assert clustered_difference(spoken, "stance", "side", "x", "y", "interview_id", resamples=20).draws is None


def test_rates_hide_few_answers_and_few_without():
    people = pd.concat([survey([3] * count, of=by).assign(by=by) for by, count in (("a", 3), ("b", 40), ("c", 58))])
    rates = response_rates(people, pd.DataFrame({"by": list("abc"), "invited": [60, 60, 60]}), "by").set_index("by")
    assert rates["rate"].isna().to_dict() == {"a": True, "b": False, "c": True}
    assert rates["respondents"].isna().to_dict() == {"a": True, "b": False, "c": True}
    assert rates.loc["b", "respondents"] % 5 == 0


@given(st.integers(0, 60), SIZES)
def test_cases_are_multiples_of_the_smallest_cell_or_hidden(count, smallest):
    frame = survey([3] * count, smallest)
    got = perturbation.cases(frame)
    assert (got is None and count < smallest + bound(smallest)) or got % smallest == 0
    assert got is None or (count >= smallest and abs(got - count) <= bound(smallest) + smallest / 2)
    assert perturbation.cases(frame.drop(columns=[RECORD, SMALLEST])) == count


@given(st.integers(0, 30), st.integers(0, 30))
def test_counts_hide_few_and_none_and_all(inside, outside):
    frame, those = survey([3] * (inside + outside)), np.arange(inside + outside) < inside
    got = perturbation.count(frame, those)
    if min(inside, outside) < 5:
        assert got is None
    elif got is not None:
        assert got >= 5
        assert abs(got - inside) <= bound(5)
