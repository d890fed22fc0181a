import dataclasses

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.actors import ACTORS
from analysis.sections.study import claims as study_claims
from analysis.sections.study import facts as study_facts
from analysis.sections.study import figures as study_charts
from analysis.sections.study import frames as study_frames
from analysis.sections.study import map as study_map
from analysis.sections.study.frames import Frames
from report_engine.methods.disclosure import suppress
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Unavailable
from report_engine.words import texts
from tests.analysis.sections import checks

LABELS = {actor: {"sv": f"{actor}-sv", "en": f"{actor}-en"} for actor in ACTORS}
NAMES = pd.Series({"2580": "Luleå", "1282": "Landskrona"})


def interviews(*met):
    rows = [
        {"interview_id": f"i{n}", "municipality_code": c, "group": g, "n_interviewees": 5}
        for n, (c, g) in enumerate(met)
    ]
    return pd.DataFrame(rows)


def test_projection_keeps_the_meridian_straight_and_distances_true():
    got = study_map.project(np.array([[15.0, 60.0], [15.0, 61.0], [16.0, 60.0]]))

    assert got[0, 0] == pytest.approx(0)
    assert got[1, 1] - got[0, 1] == pytest.approx(6371 * np.pi / 180, rel=1e-6)  # a degree of latitude
    assert got[2, 0] == pytest.approx(6371 * np.pi / 180 * np.cos(np.pi / 3), rel=1e-3)  # a degree of longitude at 60°


def test_map_knows_where_municipalities_lie():
    got = study_map.middles(["2580", "1282"]).set_index("municipality_code")

    assert got.loc["2580", "y_km"] - got.loc["1282", "y_km"] > 1000  # Luleå lies far north of Landskrona
    with pytest.raises(ValueError, match="the map has no municipality 9999"):
        study_map.middles(["9999"])


def test_outlines_are_the_same_where_a_processor_takes_sines_differently(monkeypatch):
    draw_anew, project = study_map.outlines.__wrapped__, study_map.project
    expected = draw_anew("lan")
    monkeypatch.setattr(study_map, "project", lambda degrees: np.nextafter(project(degrees), np.inf))

    got = draw_anew("lan")
    assert all(shapely.equals_exact(got[code], expected[code], 0.0) for code in expected)


def test_respondents_are_counted_in_every_combination():
    actors = pd.DataFrame({"municipality_code": ["2580", "2580"], "actor": ["participant", "participant"]})
    got = study_frames.respondent_counts(actors, ["2580", "1282"])

    assert len(got) == 2 * len(ACTORS)
    assert got["n"].sum() == 2
    assert got.loc[(got["municipality_code"] == "2580") & (got["actor"] == "participant"), "n"].item() == 2


def test_material_hides_small_cells_and_says_which():
    people = {
        ("1282", "pes_manager"): 3,
        ("1282", "participant"): 30,
        ("2580", "pes_manager"): 9,
        ("2580", "participant"): 40,
    }
    counts = pd.DataFrame(
        [{"municipality_code": c, "actor": a, "n": people.get((c, a), 20)} for c in ("1282", "2580") for a in ACTORS]
    )
    hidden = suppress(counts, "n", [], smallest=5)
    places = pd.DataFrame({"municipality_code": ["1282", "2580"], "municipality": ["Landskrona", "Luleå"]})
    met = interviews(("1282", "staff"), ("2580", "staff"), ("2580", "managers"))
    actors = counts.loc[counts.index.repeat(counts["n"]), ["municipality_code", "actor"]]
    got = study_frames.material_rows(hidden, actors, met, places).set_index("municipality")

    assert got.loc["Landskrona", "pes_manager_n_suppressed"] and pd.isna(got.loc["Landskrona", "pes_manager_n"])
    assert got[[f"{actor}_n_suppressed" for actor in ACTORS]].to_numpy()[:2].sum() == 1
    assert got.loc["all", ["interviews", "interviewees", "all_n"]].tolist() == [3, 15, 3 + 30 + 9 + 40 + 8 * 20]


@pytest.fixture
def found(shipped):
    return Frames(shipped.inputs("study"), texts.load("study"))


def judged(found, name):
    """Judge one of the section's claims by what is in ``found``."""
    declared = next(claim for claim in study_claims.CLAIMS if claim.name == name)
    return declared.test.verdict(found, lambda key, **values: found.say(f"claims.{name}.{key}", **values))


def test_interviews_cover_all_where_each_group_was_met_everywhere(found):
    everywhere = [(code, group) for code in NAMES.index for group in study_claims.GROUPS]

    assert study_claims.without_a_group(interviews(*everywhere), tuple(NAMES.index)) == []
    assert study_claims.without_a_group(interviews(*everywhere[:-1]), tuple(NAMES.index)) == ["1282"]
    assert judged(found, "interviews_cover_all").outcome == "holds"


def test_a_municipality_where_a_group_was_not_met_is_named(found):
    tables = dict(found.inputs.tables)
    met = tables["interviews"]
    tables["interviews"] = met[(met["municipality_code"] != "1282") | (met["group"] != "staff")]
    found.inputs = dataclasses.replace(found.inputs, tables=tables)

    got = judged(found, "interviews_cover_all")
    assert (got.outcome, got.reason["en"]) == ("fails", "A group is missing in Landskrona.")


@pytest.mark.parametrize(("n", "expected"), [([1, 5], "holds"), ([1, 0], "fails")])
def test_answers_from_all(found, n, expected):
    found.counts = pd.DataFrame({"n": n})
    assert judged(found, "answers_from_all").outcome == expected


def rates(first, second):
    rows = [(2016, "pes_manager", first), (2018, "pes_manager", second)]
    frame = pd.DataFrame(rows, columns=["wave", "actor", "rate"])
    return frame.assign(invited=100, respondents=(frame["rate"] * 100).astype(int))


def test_response_over_half(found):
    found.rates = rates(0.6, 0.51)
    assert judged(found, "response_over_half").outcome == "holds"
    found.rates = rates(0.6, 0.5)
    got = judged(found, "response_over_half")
    assert got.outcome == "fails"
    assert got.reason["en"] == "Lowest: PES managers in 2018, 50\u00a0per cent."


@pytest.mark.parametrize(
    ("years", "rates_said", "compared"),
    [
        ([2018], "60\u00a0per cent", "The survey has a single wave, and no change is given."),
        (
            [2016, 2018],
            "60\u00a0per cent in the first wave and 60\u00a0per cent in the second",
            "Changes are given between 2016 and 2018.",
        ),
        (
            [2016, 2018, 2020],
            "60\u00a0per cent in the wave of 2016, 60\u00a0per cent in the wave of 2018 and 60\u00a0per cent in the wave of 2020",
            "Changes are given between the first wave (2016) and the last (2020). The wave in between (2018) stands in the "
            "response rates and in the tables that show all waves, but decides no claim of a change.",
        ),
    ],
)
def test_no_wave_is_left_out_unsaid(found, years, rates_said, compared):
    found.waves = pd.DataFrame({"wave": years, "rate": 0.6, "invited": 100, "respondents": 60}).set_index("wave")
    facts = {fact.id: fact.text["en"] for group in study_facts.groups(found, found.say) for fact in group()}
    assert facts["study.response_words"] == rates_said
    assert facts["study.waves_compared"] == compared


def test_rates_of_both_waves_stand_in_one_row():
    got = study_charts.rate_rows(rates(0.6, 0.5), LABELS).iloc[0]

    assert (got["first_wave"], got["last_wave"], got["first"], got["last"], got["last_respondents"]) == (
        2016,
        2018,
        0.6,
        0.5,
        50,
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [(0.8, 0.7, 0.9, "holds"), (0.7, 0.6, 0.9, "borderline"), (0.6, 0.4, 0.7, "borderline"), (0.5, 0.4, 0.6, "fails")],
)
def test_reliable(found, value, low, high, expected):
    found.codes = found.stances = Alpha(value, low, high, 50, 50)
    assert judged(found, "codes_reliable").outcome == judged(found, "stances_reliable").outcome == expected


def test_the_limit_of_agreement_is_said_as_it_judges(found):
    found.codes = Alpha(0.8, 0.7, 0.9, 50, 50)
    got = study_claims.Reliable("codes", limit=0.75).verdict(found, found.say)

    assert (got.outcome, "the threshold is 0.750" in got.reason["en"]) == ("borderline", True)


def test_nothing_coded_twice_shows_no_agreement(found):
    found.codes = Alpha(np.nan, np.nan, np.nan, 0, 0)
    with pytest.raises(Unavailable, match="No segments coded twice"):
        judged(found, "codes_reliable")


def test_counties_lose_their_genitive():
    got = study_charts.counties(["Dalarnas län", "Västra Götalands län", "Skåne län"])

    assert [text["en"] for text in got.values()] == ["Dalarna", "Västra Götaland", "Skåne"]


def test_section_on_shipped_data(shipped):
    section = shipped.section("study")

    checks.words(
        section,
        {"map", "response_rates"},
        {"municipalities", "material"},
        {"interviews_cover_all", "answers_from_all", "response_over_half", "codes_reliable", "stances_reliable"},
    )
    facts = {fact.id: fact for fact in section.facts}
    assert facts["study.municipalities"].text == {"sv": "elva", "en": "eleven"}
    assert facts["study.population"].value == 763_850
    assert facts["study.net_cost"].value == pytest.approx(618_234)
    assert facts["study.interviews"].value == 44
    actors = shipped.inputs("study").tables["actors"]
    assert facts["study.respondents"].value == len(actors)
    material = section.tables[1]
    assert material.provenance.suppressed == material.data.filter(like="_suppressed").to_numpy().sum()


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("study"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("study").figures:
        assert figure.draw(figure.data, edition).get_axes()


def without_design(found, *columns, stratum=None):
    """Return the section's frames for a survey that lacks columns of its design, or has strata that the frame does not know."""
    given = found._everyone
    actors = given.tables["actors"].copy()
    actors[list(columns)] = None
    if stratum:
        actors["stratum"] = stratum
    return Frames(dataclasses.replace(given, tables={**given.tables, "actors": actors}), found.say)


def told(found):
    """Return the words of the facts that there are, in English, and why there are no others."""
    facts, reasons = {}, set()
    for group in study_facts.groups(found, found.say):
        try:
            facts |= {fact.id.partition(".")[2]: fact.text["en"] for fact in group()}
        except Unavailable as lacking:
            reasons.add(lacking.reason["en"])
    return facts, reasons


def test_the_shipped_survey_is_weighted_and_stratified(found):
    facts, reasons = told(found)
    assert facts["weighting"] == "weighted with design weights that add up to the number of people in each stratum"
    assert facts["sampling"] == "for a stratified sample, with subgroups treated as parts of the whole sample"
    assert facts["redrawn"] == "within their strata"
    assert {"weighted", "stratified", "response_words"} <= {*facts}
    assert not reasons


@pytest.mark.parametrize(
    ("columns", "stratum", "weighting", "sampling", "without"),
    [
        (["weight", "stratum"], None, "not weighted", "simple random", {"weighted", "stratified", "response_words"}),
        (["stratum"], None, "weighted with the weights that came", "simple random", {"stratified", "response_words"}),
        (["weight"], "north", "not weighted", "stratified sample", {"weighted", "response_words"}),
        (["weight"], None, "not weighted", "stratified sample", {"weighted"}),
        ([], "north", "weighted with the weights that came", "stratified sample", {"response_words"}),
    ],
)
def test_of_a_survey_without_its_design_only_what_rests_on_it_is_lost(
    found, columns, stratum, weighting, sampling, without
):
    facts, reasons = told(without_design(found, *columns, stratum=stratum))
    assert facts["weighting"].startswith(weighting)
    assert sampling in facts["sampling"]
    assert {"weighted", "stratified", "response_words"} - {*facts} == without
    assert facts["respondents"] and facts["waves"] == "two" and facts["last_wave"] == "2018"
    assert len(reasons) == len(without)


def test_a_claim_on_response_needs_the_frame_and_those_on_answers_do_not(found):
    bare = without_design(found, "weight", "stratum")
    assert judged(bare, "answers_from_all").outcome == judged(found, "answers_from_all").outcome
    with pytest.raises(Unavailable, match="survey frame"):
        judged(bare, "response_over_half")
