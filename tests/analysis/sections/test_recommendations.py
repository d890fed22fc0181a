import pandas as pd
import pytest

from analysis.sections.recommendations import claims as recommendations_claims
from analysis.sections.recommendations import figures as recommendations_charts
from analysis.sections.recommendations import frames as recommendations_frames
from analysis.sections.recommendations import words as recommendations_words
from report_engine.methods.estimate import Estimate
from tests.analysis.sections import checks


def units(**more):
    base = {
        "municipality_code": ["0581", "0581", "1980"],
        "year": [2023, 2024, 2024],
        "measure_education": [10, 20, 0],
        "measure_subsidised_employment": [10, 0, 0],
        "measure_task_work": [20, 40, 0],
        "exits_total": [20, 20, 0],
        "exits_work": [5, 3, 0],
        "exits_study": [1, 1, 0],
    }
    return pd.DataFrame({**base, **more})


def official(**shares):
    rows = [
        {"municipality_code": f"{place[1:]}", "year": 2016 + year, "exit_to_work_or_study_percent": share}
        for place, given in shares.items()
        for year, share in enumerate(given)
    ]
    return pd.DataFrame(rows)


def studies(*rows):
    columns = ["bib_key", "authors_short", "year", "sanctions"]
    return pd.DataFrame([[f"{author}{year}", author, year, said] for author, year, said in rows], columns=columns)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.8, 0.4, 0.95, "holds"),
        (0.45, -0.1, 0.8, "borderline"),
        (-0.3, -0.8, 0.4, "fails"),
        (float("nan"), float("nan"), float("nan"), "untestable"),
    ],
)
def test_association(value, low, high, expected):
    found = Estimate(value, 0.2, low, high, 11)

    assert recommendations_claims.claim_exits_go_with_resources(found).outcome == expected
    assert recommendations_claims.claim_official_exits_agree(found, 4).outcome == expected


def test_association_is_never_called_an_effect_and_flags_anomalies():
    got = recommendations_claims.claim_official_exits_agree(Estimate(0.45, 0.2, -0.1, 0.8, 11), 4)

    assert "Ett samband, ingen effekt." in got.reason["sv"]
    assert got.reason["en"].endswith("four of the yearly values deviate strongly.")
    assert got.numbers["flagged"] == 4


def test_correlation_needs_a_few_municipalities():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [2.0, 4.0, 6.0, 8.0, 9.0]})

    assert recommendations_claims.correlation(frame, "x", "y", 200, 1).estimate == pytest.approx(1)
    assert recommendations_claims.correlation(frame.head(3), "x", "y", 200, 1).n == 3
    assert pd.isna(recommendations_claims.correlation(frame.head(3), "x", "y", 200, 1).estimate)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Nybom", 2013, "harms"), ("Andra", 2015, "harms")], "holds"),
        ([("Nybom", 2013, "harms"), ("Andra", 2015, "harms"), ("Tredje", 2017, "helps")], "borderline"),
        ([("Nybom", 2012, "harms"), ("Nybom", 2013, "harms"), ("Bergmark et al.", 2017, "helps")], "fails"),
        ([("Nybom", 2013, "harms")], "borderline"),  # one study is not research
        ([("Nybom", 2013, None)], "untestable"),
    ],
)
def test_sanctions(rows, expected):
    assert recommendations_claims.claim_sanctions_raise_dependency(studies(*rows)).outcome == expected


def test_sanctions_name_who_says_what():
    found = studies(("Nybom", 2012, "harms"), ("Nybom", 2013, "harms"), ("Bergmark et al.", 2017, "helps"))
    got = recommendations_claims.claim_sanctions_raise_dependency(found)

    assert got.numbers == {"harm": 1, "other": 1}
    assert "enligt Nybom, inte enligt Bergmark m.fl.;" in got.reason["sv"]
    assert "according to Nybom, not according to Bergmark et al.;" in got.reason["en"]


def test_authors_who_find_both_count_as_mixed():
    found = studies(("Nybom", 2012, "harms"), ("Nybom", 2013, "helps"))

    assert recommendations_claims.claim_sanctions_raise_dependency(found).numbers == {"harm": 0, "other": 1}


def test_secrecy_was_not_asked_about():
    got = recommendations_claims.claim_secrecy_in_the_way(17, 33)

    assert got.outcome == "untestable" and "33" in got.reason["sv"]


def test_resource_share_and_exits_by_hand():
    got = recommendations_frames.resource_and_exits(units()).set_index("municipality_code")

    assert got.loc["0581", "resource_share"] == pytest.approx(40 / 100)
    assert got.loc["0581", "exit_share"] == pytest.approx(10 / 40)
    assert got.loc["0581", ["measures", "exits"]].tolist() == [100, 40]
    assert got.loc["1980", ["resource_share", "exit_share"]].isna().all()  # no measures, no exits


def test_official_values_are_medians_and_far_ones_are_flagged():
    frame = official(m0581=[30.0, 40.0, 35.0, None], m2081=[52.0, 100.0, 26.0, 50.0])
    medians = recommendations_frames.official_medians(frame).set_index("municipality_code")
    strange = recommendations_frames.anomalies(frame)

    assert medians["official"].to_dict() == pytest.approx({"0581": 0.35, "2081": 0.51})
    assert medians["official_years"].to_dict() == {"0581": 3, "2081": 4}
    assert strange[["municipality_code", "year"]].to_numpy().tolist() == [["2081", 2017]]


def test_names_of_points_do_not_cover_each_other():
    data = pd.DataFrame(
        {"municipality": ["Falun", "Trollhättan"], "resource_share": [0.214, 0.216], "exit_share": [0.316, 0.31]}
    )
    canvas = recommendations_charts.exits_resource(data, "sv")
    canvas.draw_without_rendering()
    first, second = (text.get_window_extent() for text in canvas.axes[0].texts)

    assert not first.overlaps(second)


def test_section_on_shipped_data(shipped):
    section = shipped.section("recommendations")

    checks.words(section, {"exits_resource", "recommendations"}, {"basis"}, set(recommendations_words.STATEMENTS))
    claims = {claim.id.split(".")[1]: claim for claim in section.claims}
    assert claims["exits_go_with_resources"].verdict.outcome == "borderline"
    assert claims["sanctions_raise_dependency"].verdict.outcome == "fails"
    assert set(claims["sanctions_raise_dependency"].citations) == set(
        ("bergmarkbackmanminas2017", "dahlbergjohanssonmork2008", "nybom2012", "nybom2013", "sbu2022")
    )


def test_anomalies_of_the_official_series(shipped):
    facts = {fact.id.split(".")[1]: fact for fact in shipped.section("recommendations").facts}

    assert "Borlänge 2022 (100\u00a0procent)" in facts["anomalies_named"].text["sv"].replace(
        " procent", "\u00a0procent"
    )
    assert facts["official_last_year"].value == 2023


def test_every_recommendation_rests_on_something(shipped):
    section = shipped.section("recommendations")
    data = next(figure for figure in section.figures if figure.name == "recommendations").data

    assert set(data["recommendation"]) == {item.name for item in recommendations_words.RECOMMENDATIONS}
    assert data.groupby("recommendation").size().min() >= 3


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("recommendations"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("recommendations").figures:
        assert figure.draw(figure.data, edition).get_axes()
