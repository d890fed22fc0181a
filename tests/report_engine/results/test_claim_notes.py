"""What stands beside a sentence: quantities by edition, a claim's note, a fact's sources, the count on top."""

import dataclasses
from pathlib import Path

import pytest

from report_engine.model.section import Claim, Effect, Fact, Outcome, Robustness, Verdict
from report_engine.results import claim_notes as notes
from report_engine.words.editions import Edition

WHAT = {"sv": "andel som instämmer", "en": "share who agree"}
TITLES = {"actors": {"sv": "Aktörsenkäten", "en": "The actors’ survey"}}


def claim(outcome: Outcome = "holds", **changes: object) -> Claim:
    made = Claim(
        id="staff.tired_out",
        statement={"sv": "Personalen är trött", "en": "Staff are tired"},
        verdict=Verdict(outcome, {}, {"sv": "61 procent instämmer.", "en": "61 per cent agree."}),
        stream="survey",
        tables=("actors",),
        origin="synthetic",
        figure="staff/caseload",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "edition", "expected"),
    [
        (0.779444901721, "share", "sv", "77,9445\u00a0%"),
        (0.5, "share", "en", "50%"),
        (551206.0, "tkr", "sv", "551\u202f206\u00a0tusen kronor"),
        (2023, "year", "en", "2023"),
        (1234.5678, "sek", "en", "1,234.57\u00a0SEK"),
        (11, "count", "sv", "11"),
        (-0.25, "stance", "sv", "−0,25\u00a0på skalan −1 till 1"),
        (0, "persons", "en", "0\u00a0persons"),
        (3, "unheard_of", "en", "3\u00a0unheard_of"),
        ("ökade", "word", "sv", "ökade"),
    ],
)
def test_a_quantity_is_exact_and_written_as_the_edition_writes(
    value: float | str, unit: str, edition: Edition, expected: str
) -> None:
    assert notes.quantity(value, unit, edition) == expected


def test_a_size_has_interval_and_cases_where_there_are_any() -> None:
    whole = Effect(0.6123, "share", WHAT, 0.55, 0.6712, 89)
    assert (
        notes.size(whole, "sv")
        == "Andel som instämmer: 61,2\u00a0%, 95 % konfidensintervall 55\u00a0% till 67,1\u00a0%, n\u00a0=\u00a089"
    )
    assert notes.size(Effect(3, "count", WHAT), "en") == "Share who agree: 3"


def test_firmness_says_in_how_many_the_verdict_stays() -> None:
    over = {"sv": "omtagningar av de svarande", "en": "resamples of the respondents"}
    assert (
        notes.firmness(Robustness(987, 1000, over), "en")
        == "The same verdict in 987 of 1,000 (resamples of the respondents)"
    )
    assert notes.firmness(Robustness(987, 1000, over), "sv").startswith("Samma utfall i 987 av 1\u202f000 (")


def test_the_note_of_a_claim_says_everything_that_is_known() -> None:
    got = notes.claim_note(claim("fails"), ["staff/items"], TITLES, "en")
    assert got == {
        "outcome": "fails",
        "verdict": "✗ does not hold in the synthetic data",
        "finding": False,
        "statement": "Staff are tired",
        "lines": {"decided": "61 per cent agree.", "data": "Synthetic data. The actors’ survey"},
        "citations": [],
        "dissent": [],
        "figure": "fig-staff-caseload",
        "row": "ledger-staff-tired-out",
    }
    assert notes.claim_note(claim(figure="staff/items"), ["staff/items"], TITLES, "sv")["figure"] == "tbl-staff-items"
    assert notes.claim_note(claim(figure=None), [], TITLES, "sv")["figure"] is None
    size = Verdict("holds", {}, WHAT, Effect(0.6, "share", WHAT))
    assert "60%" in notes.claim_note(claim(verdict=size), [], TITLES, "en")["lines"]["size"]


def test_a_fact_says_value_origin_and_files() -> None:
    fact = Fact("staff.agree", 0.6123, WHAT, "share", ("actors",), "synthetic", 0.55, 0.67, 89)
    files = {"actors": "data/raw/survey/actors.csv"}
    assert notes.fact_note(fact, TITLES, files, "sv").split("\n") == [
        "61,23\u00a0%, 95 % konfidensintervall 55\u00a0% till 67\u00a0%, n\u00a0=\u00a089",
        "Syntetiska data.",
        "Aktörsenkäten (data/raw/survey/actors.csv)",
    ]
    words = dataclasses.replace(fact, value="ökade", unit="word")
    assert notes.fact_note(words, TITLES, files, "en").startswith("Synthetic data.")


def test_files_are_named_without_the_way_to_them_on_this_machine() -> None:
    assert notes.named([Path("data/raw/a.csv")]) == "data/raw/a.csv"
    assert notes.named([Path("/home/somebody/secret/b.csv")]) == "b.csv"
    assert notes.named([Path(f"data/{i}.csv") for i in range(5)]) == "data/0.csv, data/1.csv, data/2.csv, … (5)"


def test_the_banner_counts_what_fails_and_is_silent_where_nothing_does() -> None:
    assert notes.banner([claim("holds"), claim("borderline")], "sv") is None
    one = notes.banner([claim("holds"), claim("fails"), claim("borderline")], "sv")
    assert one == {
        "fails": "Ett av 3 prövade påståenden håller inte, med de data som rapporten vilar på nu.",
        "rest": "Prövade mot syntetiska data, alltså inga resultat: 1 av dem. Osäkra: 1. Kan inte prövas: 0.",
    }
    real = claim("fails", origin="official")
    two = notes.banner([real, real, claim("untestable")], "en")
    assert two is not None and two["fails"].startswith("2 of 2 tested claims do not hold")
    assert two["rest"] == "Uncertain: 0. Cannot be tested: 1."


def test_a_difference_of_shares_is_told_in_points():
    assert notes.quantity(0.246, "share_difference", "en") == "+24.6\u00a0percentage points"
    assert notes.interval(-0.014, 0.375, "share_difference", "sv") == "95 % konfidensintervall −1,4 till +37,5"
