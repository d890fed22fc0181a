import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.methods import quality

SEGMENTS = pd.DataFrame(
    [
        ("i1", 0, 9, "A", "control", -1),
        ("i1", 0, 9, "B", "control", -1),
        ("i1", 9, 20, "A", "collab_pes", 1),
        ("i1", 9, 20, "B", "control", 0),
        ("i1", 20, 31, "A", "sanctions", 0),
        ("i1", 20, 31, "B", "sanctions", 1),
        ("i1", 31, 40, "A", "control", None),  # the second coder passed it over
        ("i1", 40, 50, "C", "control", 1),  # a coder who is neither
        ("i1", 40, 50, "A", "control", 1),
        ("i2", 0, 9, "A", "control", 1),  # coded once
    ],
    columns=["interview_id", "start", "end", "coder", "code", "stance"],
)
INTERVIEWS = pd.DataFrame({"interview_id": ["i1", "i2"], "primary_coder": ["A", "A"], "second_coder": ["B", None]})
CODEBOOK = pd.DataFrame(
    {
        "code": ["poor_relief", "control", "sanctions", "collaboration", "collab_pes", "unused"],
        "parent": [None, "poor_relief", "poor_relief", None, "collaboration", None],
    }
)


def test_completeness_leaves_questions_out_that_were_not_put():
    tables = {
        "empty": pd.DataFrame({"a": []}),
        "actors": pd.DataFrame(
            {
                "respondent_id": ["r1", "r2", "r3"],
                "tasks_useful": pd.array([5, None, None], dtype="Int8"),
                "tasks_useful_missing": [None, "dont_know", "not_asked"],
                "note": ["x", None, None],
            }
        ),
    }
    got = quality.completeness(tables)
    expected = [["actors", 3, 3, 8, 3, ("note", "tasks_useful")], ["empty", 0, 1, 0, 0, ()]]
    assert got.drop(columns="share").values.tolist() == expected
    assert got["share"].tolist()[0] == pytest.approx(3 / 8)
    assert math.isnan(got["share"].tolist()[1])


def test_item_nonresponse_by_actor_and_by_item():
    actors = pd.DataFrame(
        {
            "respondent_id": ["r1", "r2", "r3", "r4"],
            "actor": ["staff", "staff", "participant", "participant"],
            "effects_known": [5, None, None, None],
            "effects_known_missing": [None, "dont_know", "not_asked", "not_asked"],
            "pes_collaboration": [3, 2, None, None],
            "pes_collaboration_missing": [None, None, "dont_know", "no_answer"],
        }
    )
    got = quality.item_nonresponse(actors, ["actor"])
    assert got.columns.tolist() == ["actor", "answered", "dont_know", "no_answer", "asked", "n"]
    assert got.values.tolist() == [["participant", 0, 0.5, 0.5, 2, 2], ["staff", 0.75, 0.25, 0, 4, 2]]
    got = quality.item_nonresponse(actors, ["item"])
    assert got.values.tolist() == [["effects_known", 0.5, 0.5, 0, 2, 2], ["pes_collaboration", 0.5, 0.25, 0.25, 4, 4]]


def test_double_coded_keeps_passages_that_both_coders_coded():
    got = quality.double_coded(SEGMENTS, INTERVIEWS)
    assert got[["start", "coder", "unit"]].values.tolist() == [
        [0, "A", 0],
        [0, "B", 0],
        [9, "A", 1],
        [9, "B", 1],
        [20, "A", 2],
        [20, "B", 2],
    ]
    assert quality.double_coded(SEGMENTS, INTERVIEWS.assign(second_coder=None)).empty


def test_coder_agreement_by_code_group_and_stance():
    coded = quality.double_coded(SEGMENTS, INTERVIEWS)
    got = quality.coder_agreement(coded, CODEBOOK, resamples=50, seed=1)
    assert got[["what", "n"]].values.tolist() == [["codes", 3], ["group", 1], ["group", 3], ["stance", 2]]
    assert got["group"].tolist()[1:3] == ["collaboration", "poor_relief"]
    # three passages, two coders: codes (c, c), (p, c), (s, s); 1 - 5 * (2 * 1 disagreeing) / (36 - 9 - 1 - 4)
    assert got["alpha"].tolist()[0] == pytest.approx(1 - 5 * 2 / 22)
    # presence of collaboration: (0, 0), (1, 0), (0, 0); 1 - 5 * 2 / (2 * 5 * 1)
    assert got["alpha"].tolist()[1:3] == pytest.approx([0, 0])
    # stance where both gave the same code: control (-1, -1), sanctions (0, 1)
    assert got["alpha"].tolist()[3] == pytest.approx(1 - 3 * 2 * 1.0 / (2 * (2 * 1.5**2 + 2 * 2.5**2 + 1.0)))


def test_a_coder_may_give_a_passage_several_codes():
    more = pd.DataFrame([("i1", 0, 9, coder, "sanctions", 1) for coder in "AB"], columns=SEGMENTS.columns)
    coded = quality.double_coded(pd.concat([SEGMENTS, more]), INTERVIEWS)
    got = quality.coder_agreement(coded, CODEBOOK, resamples=10, seed=1)
    assert got["n"].tolist() == [3, 1, 3, 3]


def test_a_circle_in_the_codebook_ends():
    codebook = pd.DataFrame({"code": ["control", "sanctions"], "parent": ["sanctions", "control"]})
    coded = quality.double_coded(SEGMENTS[SEGMENTS["code"] != "collab_pes"], INTERVIEWS)
    assert len(quality.coder_agreement(coded, codebook, resamples=10, seed=1)) == 4


def test_flagged_values():
    series = pd.DataFrame(
        {
            "municipality_code": ["2081", "2081", "2081", "2081", "0581", "0581", "0581", "1282"],
            "year": [2023, 2022, 2021, 2020, 2016, 2017, 2018, 2016],
            "percent": [25.6, 100.0, None, 52.0, 30.0, 55.0, 80.1, None],
        }
    )
    got = quality.flagged_values(series, "percent", jump=25)
    expected = pd.DataFrame(
        {
            "municipality_code": ["0581", "1282", "2081", "2081", "2081"],
            "year": [2018, 2016, 2021, 2022, 2023],
            "value": [80.1, None, None, 100.0, 25.6],
            "previous": [55.0, None, 52.0, 52.0, 100.0],
            "change": [25.1, None, None, 48.0, -74.4],
            "reason": ["jump", "missing", "missing", "hundred", "jump"],
        }
    )
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)


@given(st.permutations(range(6)))
def test_the_order_of_a_series_changes_nothing(order):
    series = pd.DataFrame(
        {"municipality_code": ["a"] * 3 + ["b"] * 3, "year": [1, 2, 3] * 2, "percent": [1.0, 50, None, 100, 3, 4]}
    )
    expected = quality.flagged_values(series, "percent", jump=25)
    pd.testing.assert_frame_equal(quality.flagged_values(series.iloc[list(order)], "percent", jump=25), expected)
