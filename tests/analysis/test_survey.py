import pandas as pd
import pytest

from analysis import facts, survey, survey_claims
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Unavailable

AGREES = {"sv": "instämmer", "en": "agree"}


def actors(answers, wave=2018):
    """Respondents of equal weight by actor: {actor: [answers]}."""
    rows = [
        {"wave": wave, "actor": actor, "stratum": f"{wave}-{actor}-large", "weight": 1.0, "effects_known": answer}
        for actor, given in answers.items()
        for answer in given
    ]
    return pd.DataFrame(rows).astype({"effects_known": "Int8"})


def row(estimate, low, high, n=100):
    return {"estimate": estimate, "low": low, "high": high, "n": n}


def test_shares_by_hand_and_small_groups_hidden():
    frame = actors({"social_worker": [5, 4, 2, 1, 3, None], "pes_manager": [5, 5]})
    got = survey.item_shares(frame, ["effects_known"], ["actor"], 5)
    workers = survey.cell(got, item="effects_known", actor="social_worker")
    hidden = survey.cell(got, item="effects_known", actor="pes_manager")

    assert (workers["estimate"], workers["n"]) == (pytest.approx(0.4), 5)  # the missing answer does not count
    assert not survey.known(hidden["estimate"]) and not survey.known(hidden["n"])
    assert facts.share_fact("s.x", hidden, ("actors",), "synthetic").text["sv"] == ".."


def test_a_question_nobody_answered_bears_nothing():
    with pytest.raises(Unavailable, match="Nobody has answered"):
        survey.item_shares(actors({"social_worker": [None]}), ["effects_known"], ["actor"], 5)


def test_ambiguous_cell_is_an_error():
    got = survey.item_shares(
        actors({"social_worker": [5] * 6, "pes_manager": [1] * 6}), ["effects_known"], ["actor"], 5
    )

    with pytest.raises(ValueError, match="name all columns"):
        survey.cell(got, item="effects_known")


def test_answers_given_by_few_are_published_with_their_neighbour():
    frame = actors({"social_worker": [1] * 2 + [2] * 8 + [3] * 10 + [4] * 10 + [5] * 10})
    got = survey.likert_cells(frame, ["effects_known"], ["actor"], 5)

    assert got["answer"].tolist() == [2, 3, 4, 5]
    assert got["merged"].tolist() == [True, False, False, False]
    assert got["share"].tolist() == pytest.approx([0.25, 0.25, 0.25, 0.25])


def test_a_row_that_merging_cannot_save_is_hidden():
    frame = actors({"social_worker": [1] * 10 + [3] * 2 + [5] * 10})
    got = survey.likert_cells(frame, ["effects_known"], ["actor"], 5)

    assert got["share"].isna().all() and set(got["suppressed"]) == {"primary"}
    assert got["n"].tolist() == [22] * 5


@pytest.mark.parametrize(
    ("found", "more", "less"),
    [
        (row(0.7, 0.6, 0.8), "holds", "fails"),
        (row(0.55, 0.45, 0.65), "borderline", "borderline"),
        (row(0.45, 0.35, 0.55), "borderline", "borderline"),
        (row(0.2, 0.1, 0.3), "fails", "holds"),
        (row(None, None, None, None), "untestable", "untestable"),
    ],
)
def test_majority_and_minority(found, more, less):
    assert survey_claims.against_limit(found, AGREES, "above").outcome == more
    assert survey_claims.against_limit(found, AGREES, "below").outcome == less


def test_reason_tells_share_interval_n_and_limit():
    got = survey_claims.against_limit(row(0.61, 0.54, 0.68, 143), AGREES, "above").reason

    assert got["sv"] == "61\u00a0procent instämmer (54–68\u00a0procent, n = 143). Gränsen: mer än hälften."
    assert got["en"] == "61\u00a0per cent agree (54–68\u00a0per cent, n = 143). The threshold: more than half."


@pytest.mark.parametrize(
    ("value", "low", "high", "sign", "expected"),
    [
        (0.2, 0.1, 0.3, 1, "holds"),
        (0.2, -0.1, 0.5, 1, "borderline"),
        (-0.2, -0.5, 0.1, 1, "borderline"),
        (-0.3, -0.5, -0.1, 1, "fails"),
        (-0.2, -0.3, -0.1, -1, "holds"),
        (float("nan"), float("nan"), float("nan"), 1, "untestable"),
    ],
)
def test_direction(value, low, high, sign, expected):
    assert (
        survey_claims.against_zero(
            Estimate(value, 0.1, low, high, 50), AGREES, "above" if sign > 0 else "below"
        ).outcome
        == expected
    )


def test_difference_of_means_is_told_in_steps_of_the_scale():
    got = survey_claims.against_zero(Estimate(0.26, 0.2, -0.14, 0.66, 124), AGREES, scale="mean").reason

    assert got["sv"] == "instämmer: +0,26 skalsteg (−0,14 till +0,66), n = 124."


def test_groups_side_by_side_keep_numbers_and_wording():
    shares = survey.item_shares(
        actors({"social_worker": [5] * 3 + [1] * 3, "pes_manager": [1] * 2}), ["effects_known"], ["actor"], 5
    )
    data, wording = survey.side_by_side(shares, ["effects_known"], "actor", ["social_worker", "pes_manager"])
    got = data.iloc[0]

    assert (got["social_worker_estimate"], got["social_worker_n"]) == (pytest.approx(0.5), 6)
    assert wording[got["social_worker_text"]]["sv"].startswith("50\u00a0% (")
    assert got["pes_manager_text"] == ".." and pd.isna(got["pes_manager_n"])


def test_a_table_says_whether_its_shares_are_weighted():
    everyone = actors({"participant": [5, 4]})
    assert " not weighted," in survey.agreeing_note(everyone)["en"]
    assert " 1–5, weighted," in survey.agreeing_note(everyone.assign(weight=[1.5, 1.0]))["en"]
