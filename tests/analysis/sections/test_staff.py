from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.sections.staff import claims as staff_claims
from analysis.sections.staff import frames as staff_frames
from analysis.sections.staff.figures import draw_caseload
from analysis.shared_texts import say as shared
from analysis.survey_claims import against_limit, against_zero, change
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.settings.settings import Bootstrap, Settings
from report_engine.words import texts
from tests.analysis.sections import checks

SAID = {"sv": "ord", "en": "words"}
CLAIMS = {declared.name: declared.test for declared in staff_claims.CLAIMS}
SETTINGS = Settings(years={"first": 2016, "last": 2018}, smallest_cell=5, bootstrap=Bootstrap(resamples=200, seed=1))


class Heard:
    """What a claim on the interviews asks of what the section has found."""

    def __init__(self, coded):
        codebook = pd.DataFrame(columns=["code", "parent"])
        self.inputs, self.coded = Inputs({"codebook": codebook}, SETTINGS), coded


def say(key, **values):
    return SAID


DRAWS = (5, 200, 1)  # smallest cell, resamples, seed


def row(estimate, low, high, n=180):
    return {"estimate": estimate, "low": low, "high": high, "n": n}


def coded(code, stances, speaker="social_worker", interviews=6):
    return pd.DataFrame(
        [
            {"code": code, "stance": stance, "speaker_actor": speaker, "interview_id": f"{speaker}-{i % interviews}"}
            for i, stance in enumerate(stances)
        ]
    ).astype({"stance": "Int8"})


def survey(first, last, item="caseload_manageable", actor="social_worker"):
    """Two waves of respondents of equal weight at one workplace: answers of each."""
    rows = [
        {"wave": wave, "stratum": f"{wave}-x", "weight": 1.0, "actor": actor, "group": "staff", item: answer}
        for wave, answers in ((2016, first), (2018, last))
        for answer in answers
    ]
    return pd.DataFrame(rows).astype({item: "Int8"})


@pytest.mark.parametrize(
    ("name", "bears_out", "contradicts"),
    [
        ("greatest_need_unsupported", row(0.2, 0.1, 0.3), row(0.6, 0.51, 0.7)),
        ("effects_unknown", row(0.2, 0.1, 0.3), row(0.6, 0.51, 0.7)),
        ("caseload_high", row(0.2, 0.1, 0.3), row(0.6, 0.51, 0.7)),
        ("resources_to_closest", row(0.7, 0.6, 0.8), row(0.4, 0.3, 0.49)),
    ],
)
def test_claims_on_shares(name, bears_out, contradicts):
    test = CLAIMS[name]
    assert against_limit(bears_out, SAID, test.side, test.limit).outcome == "holds"
    assert against_limit(contradicts, SAID, test.side, test.limit).outcome == "fails"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ([1, 2] * 20, [4, 5] * 18 + [1] * 4, "holds"),
        ([1, 2, 4] * 5, [1, 2, 4] * 4 + [4, 4, 2], "borderline"),
        ([4, 5] * 20, [1, 2] * 20, "fails"),
    ],
)
def test_caseload_fell_where_more_find_it_manageable(first, last, expected):
    found = change(survey(first, last), "caseload_manageable", ["social_worker"], 5)

    assert against_zero(found, SAID, CLAIMS["caseload_fell"].side).outcome == expected


def test_caseload_change_by_hand_leaves_other_workplaces_out():
    frame = pd.concat([survey([4, 1, 1, 1], [4, 4, 4, 1]), survey([5] * 9, [5] * 9, actor="labour_unit_staff")])
    got = change(frame, "caseload_manageable", ["social_worker"], 5)

    assert (got.estimate, got.n) == (pytest.approx(0.5), 8)


def test_a_single_wave_says_nothing_of_change():
    frame = survey([4] * 9, [1] * 9)
    with pytest.raises(Unavailable) as error:
        change(frame[frame["wave"] == 2018], "caseload_manageable", ["social_worker"], 5)
    assert error.value.reason == shared("unavailable.one_wave")


@pytest.mark.parametrize(
    ("stances", "expected"),
    [([-1] * 12, "holds"), ([-1, 1, -1, 0, 1, -1, 0], "borderline"), ([1] * 12, "fails"), ([-1] * 4, "untestable")],
)
def test_managers_dont_listen(stances, expected):
    assert (
        CLAIMS["managers_dont_listen"].verdict(Heard(coded("managers_dont_listen", stances)), say).outcome == expected
    )


def test_only_staff_can_say_that_managers_do_not_listen():
    frame = coded("managers_dont_listen", [-1] * 12, speaker="participant")

    assert CLAIMS["managers_dont_listen"].verdict(Heard(frame), say).outcome == "untestable"


@pytest.mark.parametrize(("workers", "unit", "expected"), [(-1, 1, "holds"), (1, -1, "fails")])
def test_social_workers_more_critical(workers, unit, expected):
    frame = pd.concat(
        [
            coded("job_activation", [workers] * 8),
            coded("job_activation", [unit] * 8, speaker="labour_unit_staff"),
            coded("resource_activation", [-workers] * 50),  # not a stance on activation's demands
        ]
    )

    assert CLAIMS["social_workers_critical"].verdict(Heard(frame), say).outcome == expected


def test_chairs_need_both_streams():
    below, above = Estimate(-0.1, 0.03, -0.16, -0.04, 180), Estimate(0.2, 0.05, 0.1, 0.3, 60)
    unclear, nothing = Estimate(0.02, 0.1, -0.2, 0.2, 60), Estimate(*[float("nan")] * 4, 0)

    def judged(survey_gap, talk):
        found = SimpleNamespace(fk_survey=survey_gap, fk_interviews=talk)
        return staff_claims.between_chairs(found, say).outcome

    assert judged(below, above) == "holds"
    assert judged(below, unclear) == "borderline"
    assert judged(above, below) == "fails"
    assert judged(below, nothing) == "untestable"


def test_critical_shares_of_two_codes_by_hand():
    frame = pd.concat([coded("collab_fk", [-1] * 6 + [1] * 2), coded("collab_pes", [-1] * 2 + [0] * 6)])
    got = staff_frames.critical_difference(frame, ("collab_fk", "collab_pes"), *DRAWS)

    assert got.estimate == pytest.approx(0.5)
    assert staff_frames.critical_difference(frame, ("collab_fk", "collab_internal"), *DRAWS).n == 0


def test_municipalities_with_few_segments_are_hidden():
    segments = pd.DataFrame(
        [
            {"municipality_code": place, "code": "fall_between_chairs"}
            for place, count in (("0581", 12), ("1282", 2), ("1980", 6), ("2580", 9))
            for _ in range(count)
        ]
    )
    names = pd.DataFrame(
        {"municipality_code": ["0581", "1282", "1980"], "municipality": ["Norrköping", "Landskrona", "Västerås"]}
    )
    got = staff_frames.chairs_by_municipality(segments, names, 5)
    chairs = got[got["code"] == "fall_between_chairs"]

    assert chairs["municipality"].tolist()[:2] == ["Norrköping", "2580"]  # no name in the register: the code
    assert chairs.set_index("municipality_code")["n"].isna().to_dict() == {
        "0581": False, "2580": False, "1282": True, "1980": False,
    }  # fmt: skip
    assert (got[got["code"] == "collab_fk"]["n"] == 0).all()  # nothing said is no small cell


def test_caseload_rows_hold_workplaces_and_positions():
    rows = [
        {
            "wave": 2018,
            "actor": actor,
            "workplace": place,
            "stratum": actor,
            "weight": 1.0,
            "caseload_manageable": answer,
        }
        for place, members in staff_frames.WORKPLACES.items()
        for actor in members
        for answer in (1, 2, 4, 5, 5)
    ]
    got = staff_frames.caseload_rows(pd.DataFrame(rows), 5)

    assert set(got["row"]) == set(texts.load("staff").keys("labels.row"))
    assert got["estimate"].tolist() == pytest.approx([0.6] * 6)
    assert got.loc[got["row"] == "labour_unit", "n"].item() == 10


def test_the_caseload_is_drawn_of_the_waves_that_its_words_compare():
    names = {key: SAID for key in texts.load("staff").keys("labels.row")}
    data = pd.DataFrame(
        [
            {"row": name, "wave": wave, "estimate": 0.5, "low": 0.4, "high": 0.6, "n": 9, "suppressed": ""}
            for name in names
            for wave in (2016, 2018, 2020)
        ]
    )
    drawn = draw_caseload(data, "en", rows=names, axis_label=SAID)
    _, labels = drawn.axes[0].get_legend_handles_labels()
    assert labels == ["2016", "2020"]


def test_section_on_shipped_data(shipped):
    section = shipped.section("staff")

    figures = {"furthest_supported", "effects_known", "caseload", "fall_between_chairs"}
    checks.words(section, figures, {"items"}, set(CLAIMS))
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["greatest_need_unsupported"] == outcomes["effects_unknown"] == outcomes["caseload_fell"] == "holds"
    assert outcomes["managers_dont_listen"] == "untestable"  # coders do not agree on its group of codes


def test_facts_agree_with_the_survey(shipped):
    facts = {fact.id.split(".")[1]: fact for fact in shipped.section("staff").facts}
    actors = shipped.inputs("staff").tables["actors"]
    workers = actors[(actors["wave"] == actors["wave"].max()) & (actors["actor"] == "social_worker")]
    known = workers.dropna(subset=["effects_known"])
    by_hand = known.loc[known["effects_known"] >= 4, "weight"].sum() / known["weight"].sum()

    assert facts["effects_social_worker"].value == pytest.approx(by_hand)
    assert facts["effects_social_worker"].n == len(known)
    change = facts["caseload_change_social_services"].value
    assert change == pytest.approx(
        facts["caseload_social_services_last"].value - facts["caseload_social_services_first"].value
    )


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("staff"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("staff").figures:
        assert figure.draw(figure.data, edition).get_axes()
