"""What is left of managers, collaboration, staff, participants and conclusions where a stream, wave, group or place is lacking."""

import dataclasses
import importlib
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest

from report_engine.contracts import contract
from report_engine.model.section import Section
from report_engine.results import outputs
from report_engine.results.inputs import Inputs
from report_engine.results.reading import Tables
from tests.analysis.sections.conftest import Shipped

pytestmark = pytest.mark.long  # `make test-long`

SURVEY_ONLY = ("managers", "collaboration", "staff", "participants")
INTERVIEWS = ("interviews", "segments", "codebook")
# Claims that can't be tested from the shipped data either.
NEVER = {"managers.quick_action", "participants.want_paid_jobs"}
HEARD = {
    "managers": {
        "job_activation_interviews",
        "municipal_entrepreneurs",
        "pes_central_rules",
        "pes_discretion_varies",
    },
    "collaboration": {"interviews_agree", "overlap_and_gaps"},
    "staff": {"managers_dont_listen", "someone_else_answers", "social_workers_critical"},
    "participants": {"stuck"},
}
"""Claims that rest on interviews alone."""
BOTH = {"staff.between_chairs_fk"}
FROM_INTERVIEWS = {
    "managers": {"codes_by_actor", "pes_discretion"},
    "collaboration": {"stance_heat", "overlap_gaps"},
    "staff": {"fall_between_chairs"},
    "participants": set(),
}
CHANGED = {
    "collaboration.managers_see_improvement",
    "collaboration.pes_managers_see_improvement",
    "staff.caseload_fell",
}
OF_PARTICIPANTS = {"collaboration.participants_unaware", "conclusions.quid_pro_quo_common"}

Change = Callable[[pd.DataFrame], pd.DataFrame]


def changed(given: Inputs, **changes: Change) -> Inputs:
    """Change these tables, and draw few resamples."""
    frames = {
        name: changes.get(name, lambda frame: frame)(given.tables[name]).reset_index(drop=True) for name in given.tables
    }
    titles = {name: contract.load(name).title for name in frames}
    few = given.settings.bootstrap.model_copy(update={"resamples": 50})
    return dataclasses.replace(
        given,
        tables=Tables(frames, titles),
        empty=frozenset(name for name, frame in frames.items() if frame.empty),
        settings=given.settings.model_copy(update={"bootstrap": few}),
    )


def without(given: Inputs, *names: str) -> Inputs:
    """Empty these tables."""
    return changed(given, **{name: lambda frame: frame.iloc[:0] for name in names if name in given.tables})


def built(given: Inputs, name: str) -> Section:
    """Build a section, and make sure that it can be described."""
    section = importlib.import_module(f"analysis.sections.{name}").build(given)
    outputs.describe(section)
    return section


@cache
def as_shipped(shipped: Shipped, name: str) -> Section:
    return built(changed(shipped.inputs(name)), name)


def untestable(section: Section) -> set[str]:
    return {claim.id for claim in section.claims if claim.verdict.outcome == "untestable"}


def notes(section: Section) -> set[str]:
    return {item.name for item in (*section.figures, *section.tables) if item.provenance.origin == "none"}


def same_figures(got: Section, expected: Section, names: set[str]) -> None:
    """These figures have the data, words and provenance that they have otherwise."""
    for figure in (figure for figure in expected.figures if figure.name in names):
        (other,) = (found for found in got.figures if found.name == figure.name)
        pd.testing.assert_frame_equal(other.data, figure.data)
        assert (other.caption, other.alt, other.provenance) == (figure.caption, figure.alt, figure.provenance)


@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_without_interviews_the_survey_still_speaks(shipped, name, tmp_path):
    given = shipped.inputs(name)
    whole, got = as_shipped(shipped, name), built(without(given, *INTERVIEWS), name)

    silent = {f"{name}.{claim}" for claim in HEARD[name]} | {id_ for id_ in BOTH | NEVER if id_.startswith(f"{name}.")}
    assert untestable(got) == silent
    assert notes(got) == FROM_INTERVIEWS[name]
    same_figures(got, whole, {figure.name for figure in whole.figures} - notes(got) - {"contentment"})
    assert [claim.id for claim in got.claims] == [claim.id for claim in whole.claims]
    assert got.without and all("interv" in reason["sv"].lower() for reason in got.without)
    outputs.write(got, tmp_path, given.settings.smallest_cell)
    assert (tmp_path / "data/results/sections" / f"{name}.json").is_file()


@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_without_the_survey_the_interviews_still_speak(shipped, name):
    given = shipped.inputs(name)
    whole, got = as_shipped(shipped, name), built(without(given, "actors"), name)

    tested = {f"{name}.{claim}" for claim in HEARD[name]}
    assert {claim.id for claim in got.claims} - untestable(got) == tested
    same_figures(got, whole, FROM_INTERVIEWS[name])
    expected = {fact.id for fact in whole.facts if fact.tables and "actors" not in fact.tables}
    assert {fact.id for fact in got.facts} == expected


@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_without_both_nothing_is_said_and_notes_say_why(shipped, name, tmp_path):
    given = shipped.inputs(name)
    got = built(without(given, "actors", *INTERVIEWS), name)

    assert untestable(got) == {claim.id for claim in got.claims}
    assert notes(got) == {item.name for item in (*got.figures, *got.tables)}
    assert got.facts == () and got.without
    assert all(claim.robustness is None for claim in got.claims)
    outputs.write(got, tmp_path, given.settings.smallest_cell)
    assert (tmp_path / "figures/en" / name / f"{got.figures[0].name}.svg").is_file()


@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_with_one_wave_only_changes_cannot_be_tested(shipped, name):
    given = shipped.inputs(name)
    whole = as_shipped(shipped, name)
    got = built(changed(given, actors=lambda frame: frame[frame["wave"] == frame["wave"].max()]), name)

    expected = {id_ for id_ in CHANGED if id_.startswith(f"{name}.")}
    assert untestable(got) - untestable(whole) == expected
    assert notes(got) == set()
    assert bool(got.without) == bool(expected)


@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_without_participants_among_the_respondents_only_theirs_is_lacking(shipped, name):
    given = shipped.inputs(name)
    whole = as_shipped(shipped, name)
    got = built(changed(given, actors=lambda frame: frame[frame["actor"] != "participant"]), name)

    theirs = (
        {claim.id for claim in whole.claims if "actors" in claim.tables} if name == "participants" else OF_PARTICIPANTS
    )
    assert untestable(got) - untestable(whole) == {id_ for id_ in theirs if id_.startswith(f"{name}.")} - NEVER


@pytest.mark.parametrize("actor", ["pes_manager", "social_worker", "labour_unit_manager", "participant"])
@pytest.mark.parametrize("name", SURVEY_ONLY)
def test_no_section_stumbles_over_an_actor_who_is_lacking(shipped, name, actor):
    given = shipped.inputs(name)
    got = built(
        changed(
            given,
            actors=lambda frame: frame[frame["actor"] != actor],
            segments=lambda frame: frame[frame["speaker_actor"] != actor],
        ),
        name,
    )
    assert [claim.id for claim in got.claims] == [claim.id for claim in as_shipped(shipped, name).claims]


@pytest.mark.parametrize("name", (*SURVEY_ONLY, "conclusions"))
def test_no_section_stumbles_over_interviews_on_something_else(shipped, name):
    got = built(changed(shipped.inputs(name), segments=lambda frame: frame[frame["code"] == "economy"]), name)
    assert got.claims


@pytest.mark.parametrize("name", (*SURVEY_ONLY, "conclusions"))
def test_one_municipality_is_enough(shipped, name, tmp_path):
    given = changed(shipped.inputs(name))
    one = dataclasses.replace(given, settings=given.settings.model_copy(update={"municipalities": ("0581",)}))
    got = built(one, name)

    silent = {"pes_discretion"} if name == "managers" else set()  # no PES manager there speaks of it
    assert notes(got) == silent
    outputs.write(got, tmp_path, given.settings.smallest_cell)
    for claim in got.claims:
        assert "ett kommuner" not in claim.verdict.reason["sv"] and "en kommuner" not in claim.verdict.reason["sv"]


def test_conclusions_without_units_rest_on_the_rest(shipped, tmp_path):
    given = shipped.inputs("conclusions")
    whole, got = as_shipped(shipped, "conclusions"), built(without(given, "labour_units"), "conclusions")

    assert notes(got) == {"new"}
    lacking = {claim.id for claim in whole.claims if claim.tables == ("labour_units",)}
    assert untestable(got) == lacking and lacking
    outputs.write(got, tmp_path, given.settings.smallest_cell)


def test_conclusions_without_anything_cannot_be_tested(shipped):
    given = shipped.inputs("conclusions")
    gone = {
        id_: dataclasses.replace(claim, verdict=dataclasses.replace(claim.verdict, outcome="untestable"))
        for id_, claim in given.claims.items()
    }
    got = built(dataclasses.replace(without(given, "labour_units", *INTERVIEWS), claims=gone), "conclusions")

    assert untestable(got) == {claim.id for claim in got.claims}
    facts = {fact.id: fact.text["sv"] for fact in got.facts}
    assert facts["conclusions.tally"] == "kan åtta inte prövas"
