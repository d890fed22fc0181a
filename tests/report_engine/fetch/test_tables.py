"""A part of one of SCB's tables: asked for by codes that the table has, refused when the table is another than it was."""

import json

import pytest

from report_engine.fetch import plan
from report_engine.provenance import place
from report_engine.readers.statistics import pxweb
from report_engine.settings import config
from tests.report_engine.fetch.conftest import Run
from tests.report_engine.fetch.office import TABLE, Fault, Office, content, error
from tests.report_engine.readers.official import json_stat


def test_a_large_choice_is_asked_for_in_parts_no_longer_than_the_api_takes() -> None:
    codes = {"Region": [f"{n:04}" for n in range(900)], "Tid": ["2023", "2024"]}
    addresses = plan.data("https://x", "TAB1", codes)
    assert max(map(len, addresses)) <= plan.SCB_ADDRESS
    assert [code for one in addresses for code in one.split("[Region]=")[1].split("&")[0].split(",")] == codes["Region"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"table": "TAB9"}, "127.0.0.1 has no table TAB9: look it up"),
        (
            {"select": {"Regoin": ["0581"]}},
            "has no variable \"Regoin\"; it has: Region, Verksomrkom, ContentsCode, Tid. Did you mean 'Region'?",
        ),
        ({"select": {"Region": ["0581"]}}, 'needs a choice for the variable "Verksomrkom": 610, 575, 530'),
        ({"Verksomrkom": ["611"]}, "variable Verksomrkom has no code \"611\". Did you mean '610'?"),
        ({"Region": ["1???", "x*"]}, 'variable Region has no code "x*"'),
        ({"Tid": ["2030"]}, 'variable Tid has no code "2030"'),
    ],
)
def test_a_choice_that_the_table_does_not_have_names_the_nearest(
    fetch: Run, changes: dict[str, object], expected: str
) -> None:
    at = {"table": "fetch/scb/tables/net_cost/", "select": "fetch/scb/tables/net_cost/"}
    fetch.changes = {at.get(key, "fetch/scb/tables/net_cost/select/") + key: value for key, value in changes.items()}
    assert fetch("net_cost") == 1
    assert expected in fetch.text


def test_letters_for_any_and_the_last_year_are_understood(fetch: Run, office: Office) -> None:
    select = {"Region": ["????"], "Verksomrkom": ["*"], "ContentsCode": ["0000005X"], "Tid": ["last_year"]}
    fetch.changes = {"fetch/scb/tables/net_cost/select": select, "years/last": 2023}
    assert fetch("net_cost") == 0
    assert "[Region]=0581,1282,2081&" in office.calls[-1].replace("%5B", "[").replace("%5D", "]")
    assert office.calls[-1].endswith("=2023")


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (
            [content({"id": ["Region"]})],
            "describes the table TAB4199 in another form than before: its variables are missing",
        ),
        ([content({"id": ["Region"], "dimension": {"Region": {}}})], 'the variable "Region" has no codes'),
        ([None, content(json_stat())], "answers for TAB4199, Region, with other codes than asked for: 00"),
        ([None, content({**json_stat(), "value": [1]})], "in another form than before: the sizes promise 12 entries"),
        ([None, content(json_stat({"Region": {"0581": "N"}}, [1]))], "with other variables than asked for: Region"),
        ([None, error(400)], 'refuses with the error 400: "/v2/tables/TAB4199/data", saying "No".'),
    ],
)
def test_a_table_that_has_changed_is_refused(fetch: Run, office: Office, faults: list[Fault], expected: str) -> None:
    office.faults = list(faults)
    assert fetch("net_cost") == 1
    assert expected in fetch.text
    assert fetch.kept() == {}


def test_other_columns_than_those_kept_are_not_put_in_their_place(fetch: Run) -> None:
    fetch("net_cost")
    before = fetch.kept()
    path = fetch.file("scb/net_cost.json")
    kept = json.dumps(json_stat({"Region": {"0581": "N"}}, [1]))
    path.write_text(kept)
    assert fetch("net_cost") == 1
    assert "has other columns than the file kept" in fetch.text
    assert path.read_text() == kept
    assert fetch.kept()["scb/manifest.json"] == before["scb/manifest.json"]


@pytest.mark.parametrize("name", ["consumer_prices", "unemployment", "population_from_2025"])
def test_what_a_new_year_needs_is_fetched_as_the_shipped_settings_say(fetch: Run, office: Office, name: str) -> None:
    scb = config.load(place.ROOT).fetch.scb
    fetch.changes = {"fetch/scb": scb.model_dump() | {"url": f"{office.url}/v2"}, "years/last": 2025}
    office.scb = {
        "000000KL 2024": 415.5,
        "ALÖS 1+2 tot15-74 AM04011Q 2024": 8.4,
        "0581 SC TotSA TotSa 000007ME 2025": 145000,
    }
    assert fetch(name) == 0, fetch.text
    [sheet] = pxweb.sheets(fetch.file(f"scb/{name}.json").read_bytes(), f"{name}.json")
    got = {cells[sheet.header.index("value")] for _, cells in sheet.records}
    assert got & {"415.5", "8.4", "145000"} and not any("1989" in cells for _, cells in sheet.records)


def test_what_is_shipped_can_be_asked_for() -> None:
    fetch = config.load(place.ROOT).fetch
    assert fetch.kolada.url.startswith("https://") and fetch.scb.url.startswith("https://")
    shipped = fetch.scb.tables["municipal_net_cost"]
    assert set(shipped.select) == set(TABLE)


def test_an_id_that_was_never_tried_is_said_to_be_so_before_its_answer(fetch: Run) -> None:
    assert fetch("net_cost") == 0
    assert "never tried" not in fetch.text
    fetch.changes = {"fetch/scb/tables/net_cost/verified": False}
    assert fetch("net_cost") == 0
    assert (
        "The id and codes of TAB4199 were never tried against 127.0.0.1: look at the figures before you use them, and then "
        "write `verified: true` under fetch.scb.tables.net_cost in config.yaml." in fetch.said
    )


def test_docs_mark_the_tables_that_the_settings_call_unverified() -> None:
    tables = config.load(place.ROOT).fetch.scb.tables
    rows = [line for line in (place.ROOT / "docs/swap-data.md").read_text("utf-8").splitlines() if "| TAB" in line]
    for name, table in tables.items():
        (row,) = [line for line in rows if f"`scb/{name}.json`" in line]
        assert table.table in row
        assert ("(not verified)" in row) is not table.verified
