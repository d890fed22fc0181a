"""What is added to the design changes nothing that was there: the part of a design gives the part of the whole's data."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.synthetic import common, interviews, spending, survey, units
from analysis.synthetic.common import chosen, read_reference, stream
from analysis.synthetic.interview_design import WEIGHTS
from analysis.synthetic.utterance import Phrases
from tests.analysis.synthetic.shipped import DATA

REFERENCE = read_reference(DATA / "reference")
PARENTS = interviews.read_codebook(DATA / "raw/interviews/codebook.csv")
PLACES = [place.code for place in REFERENCE.municipalities]
PHRASES = Phrases()
HELD = interviews.conducted()
QUESTIONS = list(survey.TARGETS)
few = settings(max_examples=10)


def rows(text, *without):
    """Rows of a generated file, without some columns."""
    return [
        {name: value for name, value in row.items() if name not in without} for row in csv.DictReader(io.StringIO(text))
    ]


def part(of, least=1):
    return st.lists(st.sampled_from(of), min_size=least, unique=True)


def studied(codes):
    places = tuple(place for place in REFERENCE.municipalities if place.code in codes)
    return common.Reference(places, REFERENCE.assistance_per_inhabitant)


def test_a_stream_is_the_same_on_every_machine(monkeypatch):
    monkeypatch.setattr(common, "SEED", 1)
    assert stream("actors", 2016, "question").uniform() == 0.5069915059858481


@given(st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=4))
def test_a_stream_depends_on_its_names_and_on_nothing_else(names):
    got = [stream(*names).normal() for _ in range(2)]
    assert got[0] == got[1]
    assert stream(*names, "c").normal() != got[0]
    assert stream("c", *names).normal() != got[0]


@given(st.dictionaries(st.text("abc", min_size=1), st.floats(0.1, 9), min_size=1), st.floats(0.1, 9), st.integers())
def test_a_key_more_changes_a_choice_only_where_it_wins(weights, weight, n):
    assert chosen(weights | {"new": weight}, n) in {"new", chosen(weights, n)}


@few
@given(st.permutations(QUESTIONS), st.integers(0, len(QUESTIONS)))
def test_a_question_more_changes_no_other_answer(order, at):
    before = rows(survey.actors(REFERENCE))
    order.insert(at, "new")
    with pytest.MonkeyPatch.context() as patch:
        targets = survey.TARGETS | {"new": survey.TARGETS["pes_collaboration"]}
        patch.setattr(survey, "TARGETS", {item: targets[item] for item in order})
        text = survey.actors(REFERENCE)
    assert rows(text, "new") == before
    assert {row["new"] for row in rows(text)} == {"1", "2", "3", "4", "5", "8", "9"}


@few
@given(part(survey.ACTORS))
def test_an_actor_more_changes_no_other_respondent(actors):
    whole = rows(survey.actors(REFERENCE), "respondent_id")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey, "ACTORS", [actor for actor in survey.ACTORS if actor in actors])
        got = rows(survey.actors(REFERENCE), "respondent_id")
    assert sorted(map(repr, got)) == sorted(repr(row) for row in whole if row["actor"] in actors)


def test_a_wave_more_changes_no_other_respondent(monkeypatch):
    before = survey.actors(REFERENCE)
    strata = {actor: replace(one, response=(*one.response, one.response[-1])) for actor, one in survey.STRATA.items()}
    targets = {item: {actor: (*two, two[-1]) for actor, two in by.items()} for item, by in survey.TARGETS.items()}
    monkeypatch.setattr(survey, "WAVES", (*survey.WAVES, 2020))
    monkeypatch.setattr(survey, "POPULATION_GROWTH", survey.POPULATION_GROWTH | {2020: 1.1})
    monkeypatch.setattr(survey, "STRATA", strata)
    monkeypatch.setattr(survey, "TARGETS", targets)
    after = survey.actors(REFERENCE)
    assert after.startswith(before)
    assert len(after) > len(before)


@few
@given(part(PLACES), part(common.YEARS))
def test_a_municipality_or_a_year_more_changes_no_other_account(codes, years):
    whole = rows(spending.municipal_accounts(REFERENCE))
    expected = [row for row in whole if row["municipality_code"] in codes and int(row["year"]) in years]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spending, "YEARS", sorted(years))
        assert rows(spending.municipal_accounts(studied(codes))) == expected


@few
@given(part(sorted(spending.AREAS)), part(common.YEARS))
def test_an_area_or_a_programme_more_changes_no_other_amount(areas, years):
    expected = [row for row in rows(spending.municipal_accounts(REFERENCE)) if row["area"] in areas]
    programmes = [row for row in rows(spending.state_programmes()) if int(row["year"]) in years]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spending, "AREAS", {area: spending.AREAS[area] for area in areas})
        assert rows(spending.municipal_accounts(REFERENCE)) == expected
        patch.setattr(spending, "YEARS", sorted(years))
        assert rows(spending.state_programmes()) == programmes


@few
@given(part(PLACES), part(common.YEARS))
def test_a_municipality_or_a_year_more_changes_no_other_unit(codes, years):
    whole = rows(units.labour_units(REFERENCE))
    expected = [row for row in whole if row["municipality_code"] in codes and int(row["year"]) in years]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "YEARS", sorted(years))
        assert rows(units.labour_units(studied(codes))) == expected


@few
@given(st.integers(0, len(units.MEASURES)))
def test_a_measure_more_changes_no_other_column(at):
    def widened(values, new):
        return (*values[:at], new, *values[at:])

    before = rows(units.labour_units(REFERENCE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "MEASURES", widened(units.MEASURES, "new"))
        patch.setattr(units, "_MIX", {code: widened(mix, 0.1) for code, mix in units._MIX.items()})
        patch.setattr(units, "COLUMNS", [*units.COLUMNS, "measure_new"])
        text = units.labour_units(REFERENCE)
    assert rows(text, "measure_new") == before
    assert all(int(row["measure_new"]) > 0 for row in rows(text))


def test_a_municipality_more_changes_no_interview_and_no_segment(monkeypatch):
    monkeypatch.setattr(interviews, "VISITS", (*interviews.VISITS, "0180"))
    after = interviews.conducted()
    assert after[: len(HELD)] == HELD
    assert [one.municipality for one in after[len(HELD) :]] == ["0180"] * 4
    text = interviews.segments(after, PARENTS, PHRASES)
    assert text.startswith(interviews.segments(HELD, PARENTS, PHRASES))


@few
@given(part(HELD))
def test_an_interview_more_changes_nothing_in_another(held):
    ids = {one.id for one in held}
    whole = rows(interviews.segments(HELD, PARENTS, PHRASES), "segment_id")
    got = rows(interviews.segments(sorted(held, key=lambda one: one.id), PARENTS, PHRASES), "segment_id")
    assert got == [row for row in whole if row["interview_id"] in ids]


@few
@given(st.sampled_from(sorted(PARENTS)))
def test_a_code_more_changes_no_other_segment(code):
    """Codings of other codes stay, but for numbers and room; only in the second coder's eyes the new one may take their place."""
    after = rows(interviews.segments(HELD, PARENTS, PHRASES), "segment_id")
    with pytest.MonkeyPatch.context() as patch:
        weights = {actor: {other: w for other, w in codes.items() if other != code} for actor, codes in WEIGHTS.items()}
        patch.setattr(interviews, "WEIGHTS", weights)
        parents = {other: parent for other, parent in PARENTS.items() if other != code}
        before = rows(interviews.segments(HELD, parents, PHRASES), "segment_id")
    primary = {one.id: one.primary for one in HELD}
    passages = {
        (row["interview_id"], row["text"])
        for row in after
        if row["code"] == code and row["coder"] == primary[row["interview_id"]]
    }
    kept = [row for row in after if (row["interview_id"], row["text"]) not in passages]
    assert len(kept) == len(before) < len(after)
    for old, new in zip(before, kept, strict=True):
        assert int(old["start"]) <= int(new["start"])
        same = {name for name in old if old[name] == new[name]}
        seen_anew = {"code"} if new["code"] == code else set()
        assert set(old) - same <= {"start", "end"} | seen_anew
