import re

import pandas as pd
import pytest

from analysis.sections.knowledge_review import claims, frames
from report_engine.words import texts
from tests.analysis.sections import checks

TESTS = {claim.name: claim.test for claim in claims.CLAIMS}


def studies(**columns):
    n = len(next(iter(columns.values())))
    defaults = {"bib_key": list("abcdefgh")[:n], "authors_short": list("abcdefgh")[:n], "year": 2000, "direction": "descriptive", "method": "survey", "sanctions": None,
                "coding_basis": "abstract", "theme": "effects"}  # fmt: skip
    return pd.DataFrame({**defaults, **columns})


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (["descriptive", "descriptive", "helps"], "holds"),
        (["descriptive", "descriptive", "helps", "not_read"], "borderline"),
        (["descriptive", "helps"], "borderline"),  # half is not the wrong side
        (["descriptive", "helps", "helps"], "fails"),
        (["not_read"], "untestable"),
    ],
)
def test_research_descriptive(directions, expected):
    assert TESTS["research_descriptive"].outcome(studies(direction=directions)) == expected


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
    assert TESTS["few_test_effects"].outcome(studies(method=methods)) == expected


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (["helps", "no_effect", "mixed", "descriptive"], "holds"),
        (["helps", "helps", "helps", "mixed"], "fails"),
        (["helps", "descriptive"], "untestable"),
    ],
)
def test_effects_disagree(directions, expected):
    assert claims.disagreement(studies(direction=directions)) == expected


@pytest.mark.parametrize(
    ("sanctions", "expected"),
    [
        (["helps", "harms"], "borderline"),  # one study each way, of which the abstract was read
        (["helps", "helps", "harms", "harms"], "holds"),
        (["helps", "mixed"], "borderline"),
        (["harms", "harms"], "fails"),
        (["harms", None], "untestable"),
    ],
)
def test_sanctions_mixed(sanctions, expected):
    assert claims.both_ways(studies(sanctions=sanctions)) == expected


def test_sanctions_point_both_ways_where_a_study_each_way_was_read_whole():
    assert claims.both_ways(studies(sanctions=["helps", "harms"], coding_basis="report")) == "holds"


def test_texts_of_one_study_are_one_study():
    two = {"authors_short": ["a", "a", "b"], "direction": ["mixed", "mixed", "helps"]}
    found = studies(sanctions=["harms", "harms", "helps"], **two)

    assert list(frames.one_a_study(found)["bib_key"]) == ["b", "c"]
    assert claims.both_ways(found) == "borderline"
    assert (
        len(frames.one_a_study(studies(direction=["helps", "helps"], authors_short="a"))) == 2
    )  # nothing says so of these


def test_sanctions_name_the_studies_on_either_side(shipped):
    section = shipped.section("knowledge_review")
    got = next(claim for claim in section.claims if claim.id.endswith("sanctions_mixed")).verdict.reason["sv"]

    assert "kortare bidragstid: Bergmark m.fl. (2017)." in got
    assert "Med längre: Nybom (2013). Avhandling och artikel ur samma data är en studie." in got


@pytest.mark.parametrize(("read", "expected"), [(2, "holds"), (1, "borderline"), (0, "untestable")])
def test_two_tracks_counts_studies_that_were_read(read, expected):
    cited = claims.TWO_TRACKS[:3]
    frame = studies(bib_key=[*cited, "other"], coding_basis=[*["abstract"] * read, *["title"] * (3 - read), "report"])

    assert claims.on_two_tracks(frame) == (expected, read)


@pytest.mark.parametrize(("reach", "expected"), [([6, 8], "holds"), ([5, 8], "borderline"), ([0, 8], "fails")])
def test_reasons_voiced(reach, expected):
    assert claims.spread(pd.DataFrame({"code": ["x", "y"], "municipalities": reach}), 11) == expected


def test_voiced_leaves_out_objections_and_reach_counts_municipal_actors():
    reason = frames.REASONS[0]
    segments = pd.DataFrame(
        {
            "interview_id": ["i1", "i1", "i2", "i2", "i1"],
            "code": [reason, reason, reason, reason, "control"],
            "stance": pd.array([1, -1, None, 0, 1], dtype="Int8"),
            "speaker_actor": ["social_worker", "social_worker", "pes_manager", "labour_unit_staff", "social_worker"],
        }
    )
    interviews = pd.DataFrame({"interview_id": ["i1", "i2"], "municipality_code": ["a", "b"]})
    voiced = frames.voiced_segments(segments, interviews, frames.REASONS)
    got = frames.reason_reach(voiced, ["a", "b"]).set_index("code")

    assert len(voiced) == 3
    assert got.loc[reason].tolist() == [2, 2]
    assert got.loc[frames.REASONS[1]].tolist() == [0, 0]


def test_study_names_are_those_of_the_edition():
    say = texts.load("knowledge_review")

    assert frames.study_name("Persson and Vikman", 2010, say) == {
        "sv": "Persson och Vikman (2010)",
        "en": "Persson and Vikman (2010)",
    }
    assert frames.study_name("Dahlberg et al.", 2008, say)["sv"] == "Dahlberg m.fl. (2008)"
    assert frames.study_name("Dahlberg et al.", 2008, say)["en"] == "Dahlberg et al. (2008)"


def test_section_on_shipped_data(shipped):
    section = shipped.section("knowledge_review")

    checks.words(
        section,
        {"themes", "timeline", "tracks", "reasons"},
        {"studies"},
        set(TESTS),
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
