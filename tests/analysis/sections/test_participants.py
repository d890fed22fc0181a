import pandas as pd
import pytest

from analysis.sections.participants import frames
from report_engine.settings.settings import Bootstrap
from report_engine.words import texts
from tests.analysis.sections import checks

BOOT = Bootstrap(seed=1, resamples=200)


def survey(**ages):
    """Participants of one wave by age group (``a18_24=[...]``): each answers the three items on content alike."""
    rows = [
        {"wave": 2018, "actor": "participant", "age_group": age[1:].replace("_", "-"), "stratum": "s", "weight": 1.0,
         **dict.fromkeys(frames.CONTENT, answer)}
        for age, answers in ages.items()
        for answer in answers
    ]  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(frames.CONTENT, "Int8"))


def segments(code, stances, speaker="participant"):
    return pd.DataFrame(
        [
            {"code": code, "stance": stance, "speaker_actor": speaker, "interview_id": f"i{i % 6}"}
            for i, stance in enumerate(stances)
        ]
    ).astype({"stance": "Int8"})


@pytest.mark.parametrize(
    ("young", "older", "above"),
    [
        ([4, 5] * 10, [1, 2] * 20, [True, True]),
        ([1, 3, 5], [1, 3, 4, 1, 5], [True, False]),
        ([1, 2] * 10, [4, 5] * 20, [False, False]),
    ],
)
def test_young_more_positive(young, older, above):
    got = frames.young_more_positive(survey(a18_24=young, a35_49=older), 1)

    assert [got.estimate > 0, got.low > 0] == above


@pytest.mark.parametrize("alone", [survey(a18_24=[4] * 9), survey(a35_49=[4] * 9)])
def test_young_cannot_be_compared_with_nobody(alone):
    assert pd.isna(frames.young_more_positive(alone, 1).estimate)


def test_balance_is_agreeing_minus_disagreeing_in_the_last_wave():
    frame = pd.DataFrame(
        {
            "wave": [2018] * 5 + [2016] * 3,
            "stratum": ["new"] * 5 + ["old"] * 3,
            "weight": [1.0] * 5 + [50.0] * 3,
            "cheap_labour": pd.array([5, 4, 3, 1, None, 1, 1, 1], dtype="Int8"),
        }
    )
    got = frames.balance(frame, "cheap_labour")

    assert (got.estimate, got.n) == (pytest.approx(0.25), 4)


@pytest.mark.parametrize(("stances", "expected"), [([-1] * 20, 1), ([-1, 1] * 10 + [-1, 0], 0.5), ([1] * 20, 0)])
def test_critical_share_of_what_participants_say(stances, expected):
    spoken = pd.concat([segments("stuck_in_system", stances), segments("stuck_in_system", [0] * 9, "social_worker")])
    got = frames.critical_share(spoken, "stuck_in_system", 5, BOOT)

    assert (got.estimate, got.n) == (expected, len(stances))


def test_few_segments_say_nothing():
    assert pd.isna(frames.critical_share(segments("stuck_in_system", [-1] * 4), "stuck_in_system", 5, BOOT).low)
    staff = segments("stuck_in_system", [-1] * 9, speaker="social_worker")
    assert pd.isna(frames.critical_share(staff, "stuck_in_system", 5, BOOT).low)


def test_contentment_turns_control_round_and_hides_few_segments():
    answers = {"unit_staff_help": [5, 4, 1, 2, 3], "feel_controlled": [1, 2, 5, 5, 5], "pes_reachable": [1, 1, 1, 1, 5]}
    current = pd.DataFrame({"actor": "participant", "stratum": "s", "weight": 1.0, **answers}).astype(
        dict.fromkeys(answers, "Int8")
    )
    spoken = pd.concat([segments("unit_staff_support", [1] * 6), segments("pes_unreachable", [-1] * 3)])
    rows = [*frames.content_shares(current, 5), *frames.content_stances(spoken, BOOT)]
    got = frames.in_streams(rows, 5).set_index(["whom", "stream"])

    assert list(got.index.get_level_values("whom")) == ["unit", "unit", "social_services", "pes", "pes"]
    assert got["estimate"].xs("survey", level="stream").to_dict() == pytest.approx(
        {"unit": 0.4, "social_services": 0.4, "pes": 0.2}
    )
    assert got.loc[("unit", "interviews"), "estimate"] == 1
    assert pd.isna(got.loc[("pes", "interviews"), "estimate"]) and pd.isna(got.loc[("pes", "interviews"), "n"])


def test_section_on_shipped_data(shipped):
    section = shipped.section("participants")

    statements = set(texts.load("participants").keys("claims"))
    checks.words(section, {"items", "by_age", "contentment"}, {"items_by_wave"}, statements)
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["glad"] == outcomes["tasks_do_not_match"] == outcomes["pes_out_of_reach"] == "holds"
    assert outcomes["young_more_positive"] == outcomes["feel_controlled"] == "borderline"
    assert outcomes["want_paid_jobs"] == "untestable"


def test_claims_tell_what_they_rest_on(shipped):
    section = shipped.section("participants")
    facts = {fact.id.split(".")[1]: fact.text["en"] for fact in section.facts}
    reasons = {claim.id.split(".")[1]: claim.verdict.reason["en"] for claim in section.claims}

    both = f"{facts['cheap_labour']} agree and {facts['cheap_labour_against']} disagree (n = "
    assert reasons["cheap_labour"].startswith(both)
    assert reasons["want_paid_jobs"].startswith(f"None of the survey's {len(frames.ITEMS)} questions")


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

    assert "“Glad to have something to do” (74\u00a0per cent)" in figure.caption["en"]
    assert "”Når handläggaren på Arbetsförmedlingen” (15\u00a0procent)" in figure.caption["sv"]


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("participants"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("participants").figures:
        assert figure.draw(figure.data, edition).get_axes()
