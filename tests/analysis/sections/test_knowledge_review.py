import re

import pandas as pd
import pytest

from analysis.sections import knowledge_review as review
from analysis.sections.knowledge_review import claims, words
from tests.analysis.sections import checks

NAMES = pd.Series({key: words.study_name(f"{key.title()} et al.", 2000) for key in "abcd"})


def studies(**columns):
    n = len(next(iter(columns.values())))
    defaults = {"bib_key": list("abcdefgh")[:n], "year": 2000, "direction": "descriptive", "method": "survey", "sanctions": None,
                "coding_basis": "abstract", "theme": "effects"}  # fmt: skip
    return pd.DataFrame({**defaults, **columns})


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (["descriptive", "descriptive", "helps"], "holds"),
        (["descriptive", "descriptive", "helps", "not_read"], "borderline"),
        (["descriptive", "helps"], "fails"),
        (["not_read"], "untestable"),
    ],
)
def test_research_descriptive(directions, expected):
    assert claims.claim_research_descriptive(studies(direction=directions)).outcome == expected


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (["quasi_experiment", *["survey"] * 7], "holds"),
        (["quasi_experiment", *["survey"] * 5, "not_read", "not_read"], "borderline"),
        (["quasi_experiment", "survey"], "fails"),
        (["not_read"], "untestable"),
    ],
)
def test_few_test_effects(methods, expected):
    assert claims.claim_few_test_effects(studies(method=methods)).outcome == expected


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (["helps", "no_effect", "mixed", "descriptive"], "holds"),
        (["helps", "helps", "helps", "mixed"], "fails"),
        (["helps", "descriptive"], "untestable"),
    ],
)
def test_effects_disagree(directions, expected):
    assert claims.claim_effects_disagree(studies(direction=directions)).outcome == expected


@pytest.mark.parametrize(
    ("sanctions", "expected"),
    [
        (["helps", "harms"], "holds"),
        (["helps", "mixed"], "borderline"),
        (["harms", "harms"], "fails"),
        (["harms", None], "untestable"),
    ],
)
def test_sanctions_mixed(sanctions, expected):
    assert claims.claim_sanctions_mixed(studies(sanctions=sanctions), NAMES).outcome == expected


def test_sanctions_name_the_studies_on_either_side():
    got = claims.claim_sanctions_mixed(studies(sanctions=["harms", "helps", "harms"]), NAMES).reason["sv"]

    assert "kortare bidragstid: B m.fl. (2000)." in got
    assert "Med längre: A m.fl. (2000) och C m.fl. (2000)." in got


@pytest.mark.parametrize(("keys", "expected"), [("abc", "holds"), ("ac", "borderline"), ("c", "untestable")])
def test_two_tracks_counts_studies_that_were_read(keys, expected):
    frame = studies(coding_basis=["abstract", "report", "title"])

    assert claims.claim_two_tracks(frame, list(keys)).outcome == expected


@pytest.mark.parametrize(("reach", "expected"), [([6, 8], "holds"), ([5, 8], "borderline"), ([0, 8], "fails")])
def test_reasons_voiced(reach, expected):
    assert (
        claims.claim_reasons_voiced(pd.DataFrame({"code": ["x", "y"], "municipalities": reach}), 11).outcome == expected
    )


def test_voiced_leaves_out_objections_and_reach_counts_municipal_actors():
    reason = review.REASONS[0]
    segments = pd.DataFrame(
        {
            "interview_id": ["i1", "i1", "i2", "i2", "i1"],
            "code": [reason, reason, reason, reason, "control"],
            "stance": pd.array([1, -1, None, 0, 1], dtype="Int8"),
            "speaker_actor": ["social_worker", "social_worker", "pes_manager", "labour_unit_staff", "social_worker"],
        }
    )
    interviews = pd.DataFrame({"interview_id": ["i1", "i2"], "municipality_code": ["a", "b"]})
    voiced = review.voiced_segments(segments, interviews, review.REASONS)
    got = review.reason_reach(voiced, ["a", "b"]).set_index("code")

    assert len(voiced) == 3
    assert got.loc[reason].tolist() == [2, 2]
    assert got.loc[review.REASONS[1]].tolist() == [0, 0]


def test_study_names_are_those_of_the_edition():
    assert words.study_name("Persson and Vikman", 2010) == {
        "sv": "Persson och Vikman (2010)",
        "en": "Persson and Vikman (2010)",
    }
    assert words.study_name("Dahlberg et al.", 2008)["sv"] == "Dahlberg m.fl. (2008)"


def test_section_on_shipped_data(shipped):
    section = shipped.section("knowledge_review")

    checks.words(
        section,
        {"themes", "timeline", "tracks", "reasons"},
        {"studies"},
        {
            "two_tracks",
            "research_descriptive",
            "few_test_effects",
            "effects_disagree",
            "sanctions_mixed",
            "reasons_voiced",
        },
    )
    coded = shipped.inputs("knowledge_review").tables["studies"]
    figures = {figure.name: figure for figure in section.figures}
    assert figures["themes"].data["studies"].sum() == len(coded) == len(figures["timeline"].data)
    assert f"Av {len(coded)} studier" in figures["themes"].caption["sv"]
    shown = figures["reasons"].data
    assert not ((shown["n"] > 0) & (shown["n"] < 5)).any()
    assert shown.loc[shown["suppressed"] != "", ["n", "share"]].isna().all(axis=None)


def test_citations_are_in_the_bibliography(shipped):
    keys = set(re.findall(r"^@\w+\{(\w+),", (checks.ROOT / "report/references.bib").read_text("utf-8"), re.MULTILINE))
    cited = {key for claim in shipped.section("knowledge_review").claims for key in claim.citations}

    assert cited and cited <= keys


def test_the_diagram_carries_no_numbers(shipped):
    tracks = next(figure for figure in shipped.section("knowledge_review").figures if figure.name == "tracks")

    for edition in ("sv", "en"):
        assert not tracks.data[f"label_{edition}"].str.contains(r"\d").any()


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("knowledge_review"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("knowledge_review").figures:
        assert figure.draw(figure.data, edition).get_axes()
