import numpy as np
import pandas as pd
import pytest

from analysis import facts, interviews
from report_engine.methods.estimate import Estimate
from report_engine.results import robustness

CODEBOOK = pd.DataFrame({"code": ["rules"], "name_sv": ["Regler"], "name_en": ["Rules"]})


def segments(rows):
    """Rows of (interview, municipality, speaker, code)."""
    return pd.DataFrame(rows, columns=["interview_id", "municipality_code", "speaker_actor", "code"]).assign(
        side=lambda frame: frame["speaker_actor"].replace("labour_unit_manager", "municipal_manager")
    )


def test_only_the_primary_coders_segments_count_and_municipal_managers_stand_together():
    coded = pd.DataFrame(
        {
            "interview_id": ["i1", "i1", "i2"],
            "coder": ["a", "b", "b"],
            "speaker_actor": ["labour_unit_manager", "labour_unit_manager", "participant"],
        }
    )
    held = pd.DataFrame(
        {
            "interview_id": ["i1", "i2"],
            "municipality_code": ["0581", "1980"],
            "group": ["managers", "participants"],
            "primary_coder": ["a", "b"],
        }
    )
    got = interviews.coded_segments(coded, held)

    assert got["side"].tolist() == ["municipal_manager", "participant"]
    assert got["municipality_code"].tolist() == ["0581", "1980"]


def test_labels_inside_a_sentence_keep_names_and_abbreviations():
    got = facts.inside({"sv": "Arbetsförmedlingens chefer", "en": "PES managers"})

    assert got == {"sv": "Arbetsförmedlingens chefer", "en": "PES managers"}
    assert facts.inside({"sv": "Chefer", "en": "Labour-market unit managers"})["en"] == "labour-market unit managers"


@pytest.mark.parametrize(
    ("low", "high", "sign", "expected"),
    [(0.51, 0.7, 1, "holds"), (0.45, 0.7, 1, "borderline"), (0.51, 0.7, -1, "fails"), (0.3, 0.45, 1, "fails")],
)
def test_judge(low, high, sign, expected):
    assert robustness.judge(low, high, 0.5, sign=sign) == expected


def test_a_difference_is_judged_where_both_speak_enough_and_hidden_where_rows_are_protected():
    rows = [("i1", "a", "pes_manager", "rules")] * 6 + [("i2", "a", "pes_manager", "other")] * 4
    rows += [("i1", "a", "labour_unit_manager", "rules")] * 4 + [("i2", "b", "labour_unit_manager", "other")] * 6
    how = {"smallest": 5, "resamples": 50, "seed": 1}
    coded, sides = segments(rows), ("pes_manager", "municipal_manager")
    keyed = coded.assign(_record=pd.array(range(1, len(rows) + 1), dtype="uint64").to_numpy(), _smallest=5)
    shown, hidden, few = (
        interviews.code_difference(part, ["rules"], *sides, **how) for part in (coded, keyed, coded.iloc[:14])
    )

    assert shown.estimate == pytest.approx(0.6 - 0.4)
    assert np.isnan([hidden.estimate, hidden.low, hidden.high]).all()
    assert np.isnan([few.estimate, few.low, few.high]).all()


def test_hidden_differences_are_written_as_two_dots():
    nan = float("nan")
    hidden = facts.points_facts("s.gap", Estimate(nan, nan, nan, nan, 4), ("segments",), "synthetic")
    shown = facts.points_facts("s.gap", Estimate(0.12, 0.05, -0.04, 0.28, 40), ("segments",), "synthetic")

    unknown = facts.points_facts("s.gap", Estimate(0.12, nan, nan, nan, 2), ("segments",), "synthetic")

    assert [fact.text["sv"] for fact in (*hidden, *unknown)] == [".."] * 4
    assert [fact.text["sv"] for fact in shown] == ["+12\u00a0procentenheter", "−4 till +28"]
    assert [fact.text["en"] for fact in shown] == ["+12\u00a0percentage points", "−4 to +28"]


@pytest.mark.parametrize(
    ("there", "places", "expected"),
    [("abc", "ab", "holds"), ("abc", "a", "borderline"), ("abcd", "ab", "borderline"), ("abc", "", "fails")],
)
def test_a_code_is_voiced_in_most_municipalities_or_not(there, places, expected):
    rows = [("i1", place, "participant", "other") for place in there]
    rows += [("i1", place, "participant", "rules") for place in places]
    missing = {"sv": "Finns inte.", "en": "Not there."}

    assert interviews.voiced(segments(rows), CODEBOOK, "rules", missing).outcome == expected
    assert interviews.voiced(segments(rows), CODEBOOK, "unknown", missing).reason == missing


def test_written_share_has_a_key_for_the_csv_and_words_for_the_table():
    key, words = facts.written_share(0.637, 0.539, 0.729, 92)

    assert key == "64 (54–73; n=92)"
    assert words == {"sv": "64\u00a0% (54–73; n\u00a0=\u00a092)", "en": "64% (54–73; n\u00a0=\u00a092)"}
    assert facts.written_share(pd.NA, pd.NA, pd.NA, pd.NA) == ("..", {"sv": "..", "en": ".."})
