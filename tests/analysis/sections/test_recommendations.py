from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from analysis.sections.recommendations import claims, frames
from analysis.sections.recommendations.basis import RECOMMENDATIONS
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Unavailable
from report_engine.words import texts
from tests.analysis.sections import checks

SAY = texts.load("recommendations")


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


def given(shipped, *rows):
    """The shipped data with these studies in the place of those that were read."""
    inputs = shipped.inputs("recommendations")
    return frames.Frames(replace(inputs, tables={**inputs.tables, "studies": studies(*rows)}), SAY)


def said(name, key, **values):
    return SAY(f"claims.{name}.{key}", **values)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.8, 0.4, 0.95, "holds"),
        (0.45, -0.1, 0.8, "borderline"),
        (-0.3, -0.8, 0.4, "borderline"),
        (-0.6, -0.8, -0.4, "fails"),
        (float("nan"), float("nan"), float("nan"), "untestable"),
    ],
)
def test_association(shipped, value, low, high, expected):
    found, its = frames.Frames(shipped.inputs("recommendations"), SAY), Estimate(value, 0.2, low, high, 11)
    found.association = found.official = its

    for claim in claims.CLAIMS[:2]:
        assert claim.test.verdict(found, partial(said, claim.name)).outcome == expected


def test_association_is_never_called_an_effect_and_flags_anomalies(shipped):
    found = frames.Frames(shipped.inputs("recommendations"), SAY)
    got = claims.CLAIMS[1].test.verdict(found, partial(said, "official_exits_agree"))

    assert "Ett samband, ingen effekt." in got.reason["sv"]
    assert got.reason["en"].endswith("of the yearly values deviate strongly.")
    assert got.numbers["flagged"] == len(found.anomalies) > 0


def test_correlation_needs_a_few_municipalities():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [2.0, 4.0, 6.0, 8.0, 9.0]})

    assert frames.correlation(frame, "x", "y", 200, 1).estimate == pytest.approx(1)
    assert frames.correlation(frame.head(3), "x", "y", 200, 1).n == 3
    assert pd.isna(frames.correlation(frame.head(3), "x", "y", 200, 1).estimate)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Nybom", 2013, "harms"), ("Andra", 2015, "harms")], "holds"),
        ([("Nybom", 2013, "harms"), ("Andra", 2015, "harms"), ("Tredje", 2017, "helps")], "borderline"),
        ([("Nybom", 2012, "harms"), ("Nybom", 2013, "harms"), ("Bergmark et al.", 2017, "helps")], "borderline"),
        ([("Andra", 2015, "helps"), ("Bergmark et al.", 2017, "mixed")], "fails"),
        ([("Nybom", 2013, "harms")], "borderline"),  # one study is not research
    ],
)
def test_sanctions(rows, expected):
    assert claims.shown(studies(*rows)) == expected


def test_sanctions_name_who_says_what(shipped):
    found = given(shipped, ("Nybom", 2012, "harms"), ("Nybom", 2013, "harms"), ("Bergmark et al.", 2017, "helps"))
    got = claims.sanctions_raise_dependency(found, partial(said, "sanctions_raise_dependency"))

    assert got.numbers == {"harm": 1, "other": 1}
    assert "enligt Nybom, inte enligt Bergmark m.fl.;" in got.reason["sv"]
    assert "according to Nybom, not according to Bergmark et al.;" in got.reason["en"]


def test_sanctions_that_nobody_finds_harmful(shipped):
    found = given(shipped, ("Nybom", 2012, "helps"))
    got = claims.sanctions_raise_dependency(found, partial(said, "sanctions_raise_dependency"))

    assert (
        got.outcome == "borderline"
        and got.leaning == "against"
        and "enligt ingen, inte enligt Nybom;" in got.reason["sv"]
    )


def test_sanctions_that_no_study_tests(shipped):
    with pytest.raises(Unavailable):
        claims.sanctions_raise_dependency(given(shipped, ("Nybom", 2013, None)), partial(said, "x"))


def test_authors_who_find_both_are_not_counted_as_finding_harm():
    assert claims.by_finding(studies(("Nybom", 2012, "harms"), ("Nybom", 2013, "helps"))) == ([], ["Nybom"])


def test_resource_share_and_exits_by_hand():
    got = frames.resource_and_exits(units()).set_index("municipality_code")

    assert got.loc["0581", "resource_share"] == pytest.approx(40 / 100)
    assert got.loc["0581", "exit_share"] == pytest.approx(10 / 40)
    assert got.loc["0581", ["measures", "exits"]].tolist() == [100, 40]
    assert got.loc["1980", ["resource_share", "exit_share"]].isna().all()  # no measures, no exits


def test_official_values_are_medians_and_far_ones_are_flagged():
    frame = official(m0581=[30.0, 40.0, 35.0, None], m2081=[52.0, 100.0, 26.0, 50.0])
    medians = frames.official_medians(frame).set_index("municipality_code")
    strange = frames.anomalies(frame)

    assert medians["official"].to_dict() == pytest.approx({"0581": 0.35, "2081": 0.51})
    assert medians["official_years"].to_dict() == {"0581": 3, "2081": 4}
    assert strange[["municipality_code", "year"]].to_numpy().tolist() == [["2081", 2017]]


def test_section_on_shipped_data(shipped):
    section = shipped.section("recommendations")

    checks.words(section, {"recommendations"}, {"basis", "exits_resource"}, set(SAY.keys("claims")))
    made = {claim.id.split(".")[1]: claim for claim in section.claims}
    assert made["exits_go_with_resources"].verdict.outcome == "borderline"
    assert made["sanctions_raise_dependency"].verdict.outcome == "borderline"
    assert made["secrecy_in_the_way"].verdict.outcome == "untestable"
    assert set(made["sanctions_raise_dependency"].citations) == set(
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

    assert set(data["recommendation"]) == set(RECOMMENDATIONS)
    assert data.groupby("recommendation").size().min() >= 3


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("recommendations"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("recommendations").figures:
        assert figure.draw(figure.data, edition).get_axes()


def test_recommendations_are_told_as_counts_of_the_claims_behind_them(shipped):
    section = shipped.section("recommendations")
    table = next(table for table in section.tables if table.name == "basis")
    told = {fact.id.split(".")[1]: fact.text["sv"] for fact in section.facts}

    assert "verdict" not in table.data and "verdict" not in {column.key for column in table.columns}
    for row in table.data.to_dict("records"):
        counts = [row[outcome] for outcome in ("holds", "borderline", "fails", "untestable")]
        assert sum(counts) == len(RECOMMENDATIONS[row["recommendation"]]) >= row["findings"] + row["untestable"]
        assert told[f"{row['recommendation']}_behind"].count(" och ") == (sum(map(bool, counts)) > 1)
