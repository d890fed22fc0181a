"""What is fetched becomes our datasets through the shipped mappings, with nothing to complain about."""

from collections.abc import Sequence
from math import prod
from pathlib import Path

import pytest

from report_engine.checks.validate import validate
from report_engine.contracts import contract
from report_engine.contracts.plausibility_years import Covers
from report_engine.model import document
from report_engine.readers import Source, mapping, parse
from report_engine.settings import config
from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page, kolada_row

ROOT = Path(__file__).resolve().parents[3]
TIME = {"2023": "2023", "2024": "2024"}
AREAS = {"575": "Ekonomiskt bistånd", "600": "Flyktingmottagande ", "610": "Arbetsmarknadsåtgärder ", "690": "Summa"}
COST = {"0000005X": "Nettokostnad"}
PLACES = {"0581": "Norrköping", "2081": "Borlänge"}


def table(labels: dict[str, dict[str, str]]) -> bytes:
    count = prod(len(codes) for codes in labels.values())
    return as_bytes(json_stat(labels, [1000 + at for at in range(count)]))


ANSWERS = {
    "kolada_exits": as_bytes(
        [
            kolada_page(
                [
                    kolada_row("U40455", "0581", 2023, 40.25),
                    kolada_row("U40455", "0581", 2023, 38, gender="K"),
                    kolada_row("U40455", "2081", 2023, None),
                ]
            ),
            kolada_page([kolada_row("U40455", "2081", 2024, 25)]),
        ]
    ),
    "scb_municipal_net_cost": table(
        {"Region": PLACES, "Verksomrkom": AREAS, "ContentsCode": COST, "Tid": {"2024": "2024"}}
    ),
    "scb_national_net_cost": table(
        {"Region": {"00": "Riket"}, "Verksomrkom": AREAS, "ContentsCode": COST, "Tid": TIME}
    ),
    "scb_population": table({"Region": PLACES, "ContentsCode": {"BE0101N1": "Folkmängd"}, "Tid": TIME}),
    "scb_consumer_prices": table({"ContentsCode": {"000000KL": "Index"}, "Tid": TIME}),
    "scb_unemployment": as_bytes(
        json_stat(
            {
                "Arbetskraftstillh": {"ALÖS": "arbetslösa"},
                "Kon": {"1+2": "totalt"},
                "Alder": {"tot15-74": "totalt 15-74 år"},
                "ContentsCode": {"AM04011Q": "Procent"},
                "Tid": TIME,
            },
            [7.7, 8.4],
        )
    ),
}
EXPECTED: dict[str, list[Sequence[object]]] = {
    "kolada_exits": [(2023, "0581", 40.25), (2023, "2081", None), (2024, "2081", 25.0)],
    "scb_municipal_net_cost": [(2024, "0581", "575", 1000), (2024, "0581", "600", 1001)],
    "scb_national_net_cost": [(2023, "575", 1000), (2024, "575", 1001)],
    "scb_population": [(2023, "0581", 1000), (2024, "0581", 1001)],
    "scb_consumer_prices": [(2023, 1000.0, 12, "final", None), (2024, 1001.0, 12, "final", None)],
    "scb_unemployment": [(2023, 7.7), (2024, 8.4)],
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_becomes_the_dataset(name: str) -> None:
    its = contract.load(name.split("_", 1)[1])
    rules = mapping.parse(document.read(ROOT / "data/mappings" / f"{name}.yaml", only_text=True), its, dict)
    raw = parse(ANSWERS[name], f"{name}.json", its, Source((), mapping=rules))
    findings, checked = validate(raw, its, {})
    assert list(map(str, findings)) == []
    rows = list(zip(*(checked.columns[column] for column in its.columns), strict=True))
    width = len(EXPECTED[name][0])
    assert [row[:width] for row in rows[: len(EXPECTED[name])]] == EXPECTED[name]
    assert {row[width:] for row in rows} == {(rules.constants["source"], row[0], "official") for row in rows}


def test_the_population_of_two_tables_becomes_one_dataset() -> None:
    """From 2025 SCB has another table, whose totals have codes of their own."""
    its = contract.load("population")
    rules = mapping.parse(document.read(ROOT / "data/mappings/scb_population.yaml", only_text=True), its, dict)
    select = config.load(ROOT).fetch.scb.tables["population_from_2025"].select
    labels = {key: {code: code for code in codes} for key, codes in select.items()}
    body = table({**labels, "Region": PLACES, "Tid": {"2025": "2025"}})
    raw = parse(body, "population_from_2025.json", its, Source((), mapping=rules))
    findings, checked = validate(raw, its, {})
    assert list(map(str, findings)) == []
    assert list(zip(*(checked.columns[name] for name in its.columns[:3]), strict=True)) == [
        (2025, "0581", 1000),
        (2025, "2081", 1001),
    ]


def test_what_a_contract_says_is_fetched_is_fetched() -> None:
    """The advice of `report check` names what the shipped settings have."""
    fetch = config.load(ROOT).fetch
    known = {*fetch.kolada.datasets, *fetch.scb.tables}
    checks = [(name, check) for name, its in contract.load_all().items() for check in its.checks]
    named = {name: set(check.fetch) for name, check in checks if isinstance(check, Covers) and check.fetch}
    assert set().union(*named.values()) <= known
    assert {"consumer_prices", "population", "unemployment", "exits"} == set(named)


def test_a_cell_is_found_again_in_the_answer() -> None:
    its = contract.load("exits")
    rules = mapping.parse(document.read(ROOT / "data/mappings/kolada_exits.yaml", only_text=True), its, dict)
    wrong = as_bytes(kolada_page([kolada_row("U40455", "0581", 2023, 140)]))
    findings, _ = validate(parse(wrong, "exits.json", its, Source((), mapping=rules)), its, {})
    assert [(finding.row, finding.column, finding.value) for finding in findings] == [(1, "value", "140")]


def test_every_mapping_has_its_file_in_the_shipped_settings() -> None:
    fetch = config.load(ROOT).fetch
    names = {f"kolada_{name}" for name in fetch.kolada.datasets} | {f"scb_{name}" for name in fetch.scb.tables}
    assert set(ANSWERS) <= names
    kpis = fetch.kolada.datasets["exits"]
    into = mapping.parse(
        document.read(ROOT / "data/mappings/kolada_exits.yaml", only_text=True), contract.load("exits"), dict
    ).pivot
    assert into is not None
    assert {kpi: column for column, kpi in kpis.items()} == into.into
