"""Two columns are alike by name in either language and by content; what can't stand in ours is not alike."""

import pytest

from report_engine.mappings.columns import Candidate
from report_engine.mappings.likeness import ENOUGH, UNSURE, alike, by_content, by_name, guess
from tests.report_engine.mappings.proposed import CONTRACTS, KNOWN


def column(name, *cells, question="", labels=None):
    return Candidate(name, cells, (question,) if question else (), labels or {})


def likeness(one, dataset, ours):
    its = CONTRACTS[dataset]
    return alike(one, its.field(ours), its, KNOWN)


@pytest.mark.parametrize(
    ("name", "dataset", "ours"),
    [
        ("Folkmängd", "population", "population"),
        ("Population", "population", "population"),
        ("Folkmängd 31 december", "population", "population"),
        ("Bruttokostnad (tkr)", "municipal_accounts", "gross_cost_tkr"),
        ("Brutto", "municipal_accounts", "gross_cost_tkr"),
        ("Arbetslöshet, procent", "unemployment", "unemployment_percent"),
        ("Deltagare, kvinnor", "labour_units", "participants_women"),
        ("Antal deltagare", "labour_units", "participants"),
    ],
)
def test_what_people_call_a_column(name, dataset, ours):
    its = CONTRACTS[dataset]
    found = {one.name: by_name(column(name), one) for one in its.fields}
    assert max(found, key=found.__getitem__) == ours and found[ours] > UNSURE


@pytest.mark.parametrize("name", ["Telefon", "Stängning", "month", "Kund", "sensor_id", "Hållplats"])
def test_what_nobody_means(name):
    assert all(by_name(column(name), one) < UNSURE for one in CONTRACTS["municipal_accounts"].fields)


def test_a_question_counts_as_a_name():
    words = "Samverkan mellan kommunen och Arbetsförmedlingen fungerar bra."
    assert likeness(column("Q7", "1", "4", question=words), "actors", "pes_collaboration") > UNSURE


@pytest.mark.parametrize(
    ("cells", "dataset", "ours", "enough"),
    [
        (["Malmö", "Falun"], "population", "municipality_code", True),
        (["1280", "2080"], "population", "municipality_code", True),
        (["Bo", "Anna"], "population", "municipality_code", False),
        (["2022", "2023"], "population", "year", True),
        (["1822", "12"], "population", "year", False),
        (["Deltagare", "Socialsekreterare"], "actors", "actor", True),
        (["Ja", "Nej"], "labour_units", "documented_goals", False),  # or any other yes or no
        (["1", "5"], "actors", "pes_collaboration", False),  # or any other question
    ],
)
def test_content_alone(cells, dataset, ours, enough):
    assert (likeness(column("x", *cells), dataset, ours) >= ENOUGH) is enough


def test_a_similar_name_is_not_enough_where_the_content_is_another():
    assert likeness(column("Folkmängden", "hög", "låg"), "population", "population") < ENOUGH
    assert ENOUGH < likeness(column("Folkmängd", "hög", "låg"), "population", "population") < UNSURE


def test_people_are_not_minutes():
    its = CONTRACTS["interviews"]
    assert alike(column("Folkmängd", "139363", "44611"), its.field("duration_minutes"), its, KNOWN) < ENOUGH


def test_numbers_are_no_words_and_shares_no_percentages():
    its = CONTRACTS["population"]
    assert by_content(column("x", "1", "2"), its.field("source"), its, KNOWN)[0] < 0.5
    units = CONTRACTS["labour_units"]
    assert by_content(column("x", "45,3", "12"), units.field("individual_plan_share"), units, KNOWN)[0] == 0
    assert by_content(column("x", "1 234 567", "-12,5"), its.field("population"), its, KNOWN)[0] == 0.5


def test_labels_of_codes_say_what_they_mean():
    one = column("v1", "1", "2", labels={"1": "Socialsekreterare", "2": "Deltagare"})
    assert likeness(one, "actors", "actor") > UNSURE


def test_a_list_of_official_statistics_may_hold_others_besides_ours():
    codes = ["575", "600", "610", "690", *map(str, range(400, 430))]
    one = column("Verksomrkom", *codes, labels=dict.fromkeys(codes, "Område"))
    assert likeness(one, "municipal_net_cost", "area_code") > UNSURE


def test_the_nearest_value():
    its = CONTRACTS["actors"].field("actor")
    assert guess(column("Roll"), "Chef, socialtjänsten", its) == "social_services_manager"
    assert guess(column("Roll"), "Rektor", its) is None
