import math

import pandas as pd
import pytest

from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import difference, likert_shares, response_rates, weighted_mean, weighted_share

FRAME = pd.DataFrame(
    {
        "wave": [2016, 2016, 2016, 2016, 2018, 2018, 2018, 2018],
        "actor": ["staff", "staff", "manager", "manager", "staff", "staff", "manager", "manager"],
        "stratum": ["a", "a", "b", "b", "c", "c", "d", "d"],
        "weight": [1.0, 3.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0],
        "item": pd.array([5, 1, 4, None, 2, 4, None, None], dtype="Int8"),
    }
)


def test_groups_are_sorted_carry_their_keys_and_the_number_of_answers():
    got = weighted_mean(FRAME, "item", ["actor", "wave"])
    assert got.columns.tolist() == ["actor", "wave", "estimate", "se", "low", "high", "n"]
    assert got[["actor", "wave", "n"]].values.tolist() == [["manager", 2016, 1], ["staff", 2016, 2], ["staff", 2018, 2]]
    assert got["estimate"].tolist() == pytest.approx([4, 2, 3])
    assert got["wave"].dtype == FRAME["wave"].dtype


def test_without_groups_there_is_one_row():
    got = weighted_mean(FRAME, "item")
    assert got.columns.tolist() == ["estimate", "se", "low", "high", "n"]
    assert got["estimate"].tolist() == pytest.approx([(5 + 3 + 8 + 2 + 4) / 8])
    assert got["n"].tolist() == [5]


def test_a_single_answer_says_nothing_of_its_uncertainty():
    got = weighted_mean(FRAME, "item", "actor").set_index("actor")
    assert got.loc["manager", ["se", "low", "high"]].isna().all()
    assert got.loc["staff", ["se", "low", "high"]].notna().all()


def test_rows_without_a_group_are_in_none_but_stay_in_the_design():
    frame = FRAME.assign(actor=FRAME["actor"].where(FRAME.index != 0))
    got = weighted_mean(frame, "item", "actor").set_index("actor")
    assert got.loc["staff", "n"] == 3


def test_shares_count_those_who_agree():
    got = weighted_share(FRAME, "item", by="wave")
    assert got["estimate"].tolist() == pytest.approx([(1 + 2) / (1 + 3 + 2), 1 / 2])
    assert got["n"].tolist() == [3, 2]
    assert (
        (got["low"] > 0) & (got["low"] < got["estimate"]) & (got["estimate"] < got["high"]) & (got["high"] < 1)
    ).all()


def test_unanimous_shares_have_an_interval_within_bounds():
    got = weighted_share(FRAME, "item", agree=(1, 2, 3, 4, 5))
    assert got.loc[0, ["estimate", "se", "high"]].tolist() == [1, 0, 1]
    assert 0 < got.loc[0, "low"] < 1
    nobody = weighted_share(FRAME, "item", agree=(3,))
    assert nobody.loc[0, ["estimate", "low"]].tolist() == [0, 0]
    assert nobody.loc[0, "high"] == pytest.approx(1 - got.loc[0, "low"])


def test_a_census_is_certain():
    sizes = {"a": 2, "b": 2, "c": 2, "d": 2}
    got = weighted_share(FRAME, "item", agree=(1, 2, 3, 4, 5), frame_sizes=sizes)
    assert got.loc[0, ["estimate", "low", "high"]].tolist() == [1, 1, 1]
    assert weighted_mean(FRAME, "item", frame_sizes=pd.Series(sizes))["se"].tolist() == [0]


def test_likert_shares_add_up_and_list_every_answer():
    got = likert_shares(FRAME, "item", "wave")
    assert got.columns.tolist() == ["wave", "answer", "share", "n", "answer_n"]
    assert got["answer"].tolist() == [1, 2, 3, 4, 5] * 2
    assert got.groupby("wave")["share"].sum().tolist() == pytest.approx([1, 1])
    assert got.loc[got["wave"] == 2016, "share"].tolist() == pytest.approx([3 / 6, 0, 0, 2 / 6, 1 / 6])
    assert got.loc[got["wave"] == 2016, ["n", "answer_n"]].values.tolist() == [[3, 1], [3, 0], [3, 0], [3, 1], [3, 1]]
    assert likert_shares(FRAME, "item")["answer"].tolist() == [1, 2, 3, 4, 5]


def test_likert_shares_agree_with_weighted_share():
    answers = likert_shares(FRAME, "item", "wave")
    agreeing = answers[answers["answer"] >= 4].groupby("wave")["share"].sum()
    assert agreeing.tolist() == pytest.approx(weighted_share(FRAME, "item", by="wave")["estimate"].tolist())


def test_an_answer_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="item: answer 8 is not one of 1, 2, 3, 4, 5"):
        likert_shares(FRAME.assign(item=[8] * 8), "item")


def test_difference_is_first_minus_second():
    got = difference(FRAME, "item", "wave", 2018, 2016)
    means = weighted_mean(FRAME, "item", "wave").set_index("wave")["estimate"]
    assert got.estimate == pytest.approx(means[2018] - means[2016])
    assert got.n == 5
    back = difference(FRAME, "item", "wave", 2016, 2018)
    assert (back.estimate, back.se, back.low) == pytest.approx((-got.estimate, got.se, -got.high))


def test_difference_of_shares_where_all_agree_is_not_certain():
    frame = FRAME.assign(item=[5, 5, 1, 1, 5, 5, 1, 1])
    got = difference(frame, "item", "actor", "staff", "manager", share_of=(4, 5))
    assert (got.estimate, got.se) == (1, 0)
    assert 0 < got.low < got.high == 1


def test_difference_with_a_single_answer_is_uncertain():
    got = difference(FRAME, "item", "actor", "staff", "manager")
    assert got.estimate == pytest.approx(18 / 6 - 1 / 3 - 4, abs=0.4)
    assert math.isnan(got.se) and math.isnan(got.low)


def test_a_group_that_nobody_is_in_is_named_with_the_others():
    with pytest.raises(ValueError, match=r"nobody answered where wave is '2016' \(others: 2016, 2018\)"):
        difference(FRAME, "item", "wave", "2016", 2018)


@pytest.mark.parametrize(
    ("change", "sizes", "message"),
    [
        ({"weight": [0.0] + [1.0] * 7}, None, "weight is missing or not positive: 1"),
        ({"weight": [None, math.inf] + [1.0] * 6}, None, "weight is missing or not positive: 2"),
        ({"stratum": [None] + ["a"] * 7}, None, "without a stratum: 1"),
        ({"item": pd.array([None] * 8, dtype="Int8")}, None, "item: nobody answered"),
        ({}, {"a": 9, "b": 9}, "lack the strata c, d"),
        ({}, {"a": 9, "b": 9, "c": 1, "d": 9}, "stratum c has more respondents than its frame size"),
    ],
)
def test_what_can_not_be_estimated_is_refused(change, sizes, message):
    with pytest.raises(ValueError, match=message):
        weighted_mean(FRAME.assign(**change), "item", frame_sizes=sizes)
    with pytest.raises(ValueError, match=message):
        weighted_share(FRAME.assign(**change), "item", frame_sizes=sizes)


def test_response_rates():
    survey_frame = pd.DataFrame(
        {
            "wave": [2016, 2016, 2018, 2018, 2018],
            "actor": ["staff", "manager", "staff", "manager", "participant"],
            "stratum": list("abcde"),
            "invited": [4, 4, 8, 2, 0],
        }
    )
    got = response_rates(FRAME, survey_frame, ("wave", "actor"))
    assert got.columns.tolist() == ["wave", "actor", "invited", "respondents", "rate"]
    assert got["rate"].isna().tolist() == [False, False, False, True, False]
    assert got["rate"].dropna().tolist() == [0.5, 0.5, 1.0, 0.25]
    assert response_rates(FRAME, survey_frame, "wave")[["invited", "respondents"]].values.tolist() == [[8, 4], [10, 4]]
    with pytest.raises(ValueError, match=r"the survey frame has no stratum d"):
        response_rates(FRAME, survey_frame[survey_frame["stratum"] != "d"], "stratum")


def test_an_estimate_holds_no_noise_that_could_decide_a_rank_or_a_verdict():
    got = Estimate(0.1 + 0.2, float("nan"), 0.1 * 3, 0.7 + 0.1, 12)

    assert (got.estimate, got.low, got.high) == (0.3, 0.3, 0.8)
