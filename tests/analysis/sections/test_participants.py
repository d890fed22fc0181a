import pandas as pd
import pytest

from analysis.sections import participants
from analysis.sections.participants import claims as participants_claims
from analysis.sections.participants import words as participants_words
from report_engine.methods.estimate import Estimate
from tests.analysis.sections import checks

DRAWS = (5, 200, 1)  # smallest cell, resamples, seed


def row(estimate, low, high, n=120):
    return {"estimate": estimate, "low": low, "high": high, "n": n}


def survey(**ages):
    """Participants of one wave by age group (``a18_24=[...]``): each answers the three items on content alike."""
    rows = [
        {"wave": 2018, "actor": "participant", "age_group": age[1:].replace("_", "-"), "stratum": "s", "weight": 1.0,
         **dict.fromkeys(participants_claims.CONTENT, answer)}
        for age, answers in ages.items()
        for answer in answers
    ]  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(participants_claims.CONTENT, "Int8"))


def segments(code, stances, speaker="participant"):
    return pd.DataFrame(
        [
            {"code": code, "stance": stance, "speaker_actor": speaker, "interview_id": f"i{i % 6}"}
            for i, stance in enumerate(stances)
        ]
    ).astype({"stance": "Int8"})


@pytest.mark.parametrize(
    "claim",
    [
        participants_claims.claim_glad,
        participants_claims.claim_unit_wants_to_help,
        participants_claims.claim_feel_controlled,
    ],
)
def test_claims_that_most_say(claim):
    assert claim(row(0.7, 0.6, 0.8)).outcome == "holds"
    assert claim(row(0.52, 0.42, 0.62)).outcome == "borderline"
    assert claim(row(0.3, 0.2, 0.4)).outcome == "fails"


@pytest.mark.parametrize(
    "claim",
    [
        participants_claims.claim_tasks_do_not_match,
        participants_claims.claim_tasks_not_useful,
        participants_claims.claim_pes_out_of_reach,
    ],
)
def test_claims_that_few_say(claim):
    assert claim(row(0.2, 0.1, 0.3)).outcome == "holds"
    assert claim(row(0.45, 0.35, 0.55)).outcome == "borderline"
    assert claim(row(0.7, 0.6, 0.8)).outcome == "fails"


@pytest.mark.parametrize(
    ("young", "older", "expected"),
    [
        ([4, 5] * 10, [1, 2] * 20, "holds"),
        ([1, 3, 5], [1, 3, 4, 1, 5], "borderline"),
        ([1, 2] * 10, [4, 5] * 20, "fails"),
    ],
)
def test_young_more_positive(young, older, expected):
    frame = survey(a18_24=young, a35_49=older)

    assert participants_claims.claim_young_more_positive(frame).outcome == expected


def test_young_cannot_be_compared_with_nobody():
    assert participants_claims.claim_young_more_positive(survey(a18_24=[4] * 9)).outcome == "untestable"


def test_balance_is_agreeing_minus_disagreeing_in_the_last_wave():
    frame = pd.DataFrame(
        {
            "wave": [2018] * 5 + [2016] * 3,
            "stratum": ["new"] * 5 + ["old"] * 3,
            "weight": [1.0] * 5 + [50.0] * 3,
            "cheap_labour": pd.array([5, 4, 3, 1, None, 1, 1, 1], dtype="Int8"),
        }
    )
    got = participants_claims.balance(frame, "cheap_labour")

    assert (got.estimate, got.n) == (pytest.approx(0.25), 4)


@pytest.mark.parametrize(
    ("gap", "low", "expected"), [(0.2, 0.05, "holds"), (0.05, -0.1, "borderline"), (-0.2, -0.35, "fails")]
)
def test_cheap_labour_asks_whether_more_agree_than_disagree(gap, low, expected):
    found = Estimate(gap, 0.08, low, gap + 0.15, 118)
    got = participants_claims.claim_used_as_cheap_labour(found, row(0.5, 0.4, 0.6))

    assert got.outcome == expected


def test_cheap_labour_tells_both_sides():
    got = participants_claims.claim_used_as_cheap_labour(Estimate(0.18, 0.08, 0.02, 0.34, 118), row(0.49, 0.4, 0.58))

    assert got.reason["en"].startswith("49\u00a0per cent agree and 31\u00a0per cent disagree (n = 118).")


@pytest.mark.parametrize(
    ("stances", "expected"), [([-1] * 20, "holds"), ([-1, 1] * 10 + [-1], "borderline"), ([1] * 20, "fails")]
)
def test_stuck_in_the_system(stances, expected):
    assert participants_claims.claim_stuck(segments("stuck_in_system", stances), *DRAWS).outcome == expected


def test_few_segments_say_nothing():
    assert participants_claims.claim_stuck(segments("stuck_in_system", [-1] * 4), *DRAWS).outcome == "untestable"
    staff = segments("stuck_in_system", [-1] * 9, speaker="social_worker")
    assert participants_claims.claim_stuck(staff, *DRAWS).outcome == "untestable"


def test_nobody_asked_for_wishes():
    got = participants_claims.claim_want_paid_jobs(participants.ITEMS)

    assert got.outcome == "untestable" and got.numbers["items"] == 7


def test_contentment_turns_control_round_and_hides_few_segments():
    answers = {"unit_staff_help": [5, 4, 1, 2, 3], "feel_controlled": [1, 2, 5, 5, 5], "pes_reachable": [1, 1, 1, 1, 5]}
    current = pd.DataFrame({"actor": "participant", "stratum": "s", "weight": 1.0, **answers}).astype(
        dict.fromkeys(answers, "Int8")
    )
    spoken = pd.concat([segments("unit_staff_support", [1] * 6), segments("pes_unreachable", [-1] * 3)])
    got = participants.contentment(current, spoken, 5, 100, 1).set_index(["whom", "stream"])

    assert got["estimate"].xs("survey", level="stream").to_dict() == pytest.approx(
        {"unit": 0.4, "social_services": 0.4, "pes": 0.2}
    )
    assert got.loc[("unit", "interviews"), "estimate"] == 1
    assert pd.isna(got.loc[("pes", "interviews"), "estimate"]) and pd.isna(got.loc[("pes", "interviews"), "n"])


def test_section_on_shipped_data(shipped):
    section = shipped.section("participants")

    statements = set(participants_words.STATEMENTS)
    checks.words(section, {"items", "by_age", "contentment"}, {"items_by_wave"}, statements)
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["glad"] == outcomes["tasks_do_not_match"] == outcomes["pes_out_of_reach"] == "holds"
    assert outcomes["young_more_positive"] == outcomes["feel_controlled"] == "borderline"
    assert outcomes["want_paid_jobs"] == "untestable"


def test_facts_agree_with_the_survey(shipped):
    facts = {fact.id.split(".")[1]: fact for fact in shipped.section("participants").facts}
    actors = shipped.inputs("participants").tables["actors"]
    answers = actors[actors["wave"] == actors["wave"].max()].dropna(subset=["tasks_useful"])
    agree, against = answers["tasks_useful"] >= 4, answers["tasks_useful"] <= 2
    total = answers["weight"].sum()

    assert facts["tasks_useful"].value == pytest.approx(answers.loc[agree, "weight"].sum() / total)
    assert facts["tasks_useful_against"].value == pytest.approx(answers.loc[against, "weight"].sum() / total)
    assert facts["questions"].text["sv"] == "sju"


def test_caption_names_the_ends(shipped):
    figure = next(f for f in shipped.section("participants").figures if f.name == "items")

    assert "“Glad to have something to do” (75\u00a0per cent)" in figure.caption["en"]
    assert "”Når handläggaren på Arbetsförmedlingen” (19\u00a0procent)" in figure.caption["sv"]


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("participants"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("participants").figures:
        assert figure.draw(figure.data, edition).get_axes()
