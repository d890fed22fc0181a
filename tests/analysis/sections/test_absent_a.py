"""Sections on background, study, research, activation and recommendations, from less data than the repository ships."""

import dataclasses
import importlib

import pytest

from report_engine.contracts import contract
from report_engine.model.section import Section
from report_engine.results import outputs
from report_engine.results.inputs import Inputs
from report_engine.results.reading import Tables

pytestmark = pytest.mark.long  # `make test-long`

SURVEY = ("actors", "survey_frame")
INTERVIEWS = ("interviews", "segments", "codebook")
UNITS = ("labour_units",)
RESULTS = ("background", "study", "knowledge_review", "municipal_activation", "recommendations")


def without(given: Inputs, *names: str, keep=lambda name, frame: frame) -> Inputs:
    """Empty these tables, and bend the others."""
    frames = {
        name: given.tables[name].head(0) if name in names else keep(name, given.tables[name]) for name in given.tables
    }
    empty = frozenset(name for name, frame in frames.items() if frame.empty)
    titles = {name: contract.load(name).title for name in frames}
    return dataclasses.replace(given, tables=Tables(frames, titles), empty=empty)


def built(shipped, tmp_path, name: str, *names: str, codes: tuple[str, ...] = (), keep=None) -> Section:
    given = without(shipped.inputs(name), *names, **({"keep": keep} if keep else {}))
    if codes:
        given = dataclasses.replace(given, settings=given.settings.model_copy(update={"municipalities": codes}))
    section = importlib.import_module(f"analysis.sections.{name}").build(given)
    outputs.write(section, tmp_path, given.settings.smallest_cell)
    return section


def untestable(section: Section) -> set[str]:
    return {claim.id.split(".")[1] for claim in section.claims if claim.verdict.outcome == "untestable"}


@pytest.mark.parametrize(
    ("name", "lacking", "notes", "claims"),
    [
        ("background", UNITS, {"cost_per_participant"}, {"cost_per_participant_up"}),
        ("background", ("municipal_accounts",), {"net_cost_real", "index", "per_inhabitant", "cost_per_participant"},
         {"costs_up", "cost_per_participant_up"}),
        ("study", SURVEY, {"response_rates", "material"}, {"answers_from_all", "response_over_half"}),
        ("study", INTERVIEWS, {"material"}, {"interviews_cover_all", "codes_reliable", "stances_reliable"}),
        ("knowledge_review", INTERVIEWS, {"reasons"}, {"reasons_voiced"}),
        ("knowledge_review", ("studies",), {"themes", "timeline", "studies"},
         {"two_tracks", "research_descriptive", "few_test_effects", "effects_disagree", "sanctions_mixed"}),
        ("municipal_activation", UNITS, {"measure_mix", "documentation", "dispersion"},
         {"measures_heterogeneous", "task_work_dominates", "goals_lacking", "effects_not_followed_up", "documentation_lacking"}),
        ("municipal_activation", SURVEY, {"documentation"}, {"documentation_lacking"}),
        ("municipal_activation", INTERVIEWS, {"poor_relief_codes"},
         {"documentation_lacking", "poor_relief_voiced", "poor_relief_municipal"}),
        ("recommendations", UNITS, {"exits_resource"}, {"exits_go_with_resources", "official_exits_agree"}),
        ("recommendations", ("studies",), set(), {"sanctions_raise_dependency"}),
        ("recommendations", ("exits",), set(), {"official_exits_agree"}),
        ("recommendations", INTERVIEWS, set(), {"person_bound"}),
    ],
)  # fmt: skip
def test_only_what_rests_on_the_lacking_data_goes(shipped, tmp_path, name, lacking, notes, claims):
    whole = shipped.section(name)
    got = built(shipped, tmp_path, name, *[table for table in lacking if table in shipped.inputs(name).tables])

    parts = {part.name: part for part in (*got.figures, *got.tables)}
    assert {part for part, made in parts.items() if made.provenance.source["en"] == "No data"} == notes
    assert untestable(got) == untestable(whole) | claims
    for part in (*whole.figures, *whole.tables):
        if part.name not in notes and not set(part.provenance.tables) & set(lacking):
            assert parts[part.name].caption == part.caption
            columns = [column for column in part.data if not column.startswith("official")]  # beside the units' exits
            assert parts[part.name].data[columns].equals(part.data[columns])
    assert {fact.id for fact in got.facts} <= {fact.id for fact in whole.facts}
    said = [claim.verdict.reason["sv"] for claim in got.claims if claim.id.split(".")[1] in claims]
    assert all(reason.endswith(".") for reason in said)


@pytest.mark.parametrize("name", RESULTS)
def test_a_single_municipality_is_no_comparison(shipped, tmp_path, name):
    got = built(shipped, tmp_path, name, codes=("2580",))

    expected = {
        "background": set(),
        "study": set(),
        "knowledge_review": set(),
        "municipal_activation": {"measures_heterogeneous"},
        "recommendations": {"exits_go_with_resources", "official_exits_agree"},
    }
    assert expected[name] <= untestable(got)
    words = " ".join(text["sv"] for part in (*got.figures, *got.tables) for text in (part.caption,))
    assert "ett kommuner" not in words
    assert "de ett kommunerna" not in words


def test_a_single_wave_is_called_one(shipped, tmp_path):
    def last(name, frame):
        return frame[frame["wave"] == frame["wave"].max()] if "wave" in frame else frame

    got = built(shipped, tmp_path, "study", keep=last)
    texts = {fact.id: fact.text for fact in got.facts}

    assert texts["study.waves_named"] == {"sv": "en våg, 2018", "en": "one wave, 2018"}
    assert untestable(got) == untestable(shipped.section("study"))


def test_a_survey_without_participants_keeps_the_others(shipped, tmp_path):
    def others(name, frame):
        return frame[frame["actor"] != "participant"] if name in SURVEY else frame

    got = built(shipped, tmp_path, "study", keep=others)
    rates = next(figure for figure in got.figures if figure.name == "response_rates")

    assert "participant" not in set(rates.data["actor"])
    assert "answers_from_all" not in untestable(got)


def test_no_municipality_with_both_costs_leaves_no_ratio(shipped, tmp_path):
    def nothing(name, frame):
        return frame.assign(net_cost_tkr=0) if name == "municipal_net_cost" else frame

    got = built(shipped, tmp_path, "background", keep=nothing)
    note = next(figure for figure in got.figures if figure.name == "all_290")

    assert note.caption["en"] == "Not shown. No municipality has a net cost of both measures and social assistance."
    assert "groups_differ_little" in untestable(got)


@pytest.mark.parametrize("years", [(2014, 2020), (2023, 2024), (2024, 2024)])
def test_other_years_leave_what_they_bear(shipped, tmp_path, years):
    given = shipped.inputs("background")
    span = given.settings.years.model_copy(update={"first": years[0], "last": years[1]})
    changed = {"years": span, "price_base": years[0], "index_base": years[0]}
    given = dataclasses.replace(given, settings=given.settings.model_copy(update=changed))
    got = importlib.import_module("analysis.sections.background").build(given)
    outputs.write(got, tmp_path, given.settings.smallest_cell)

    assert ("costs_up" in untestable(got)) == (years[0] >= 2023)
