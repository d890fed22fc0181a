"""A mapping that is there already is found again for a file of the same shape, and none is taken for another's."""

from pathlib import Path

import pytest

from report_engine.mappings import earlier
from report_engine.model import document
from report_engine.readers import mapping
from tests.report_engine.mappings.proposed import CONTRACTS, REGISTER
from tests.report_engine.readers.workbooks import workbook

ROOT = Path(__file__).resolve().parents[3]
WHOLE = (ROOT / "tests/report_engine/readers/cases/scb-whole-table.json").read_bytes()
SHIPPED = earlier.written(ROOT / "data/mappings", CONTRACTS, lambda: REGISTER)

UNITS = """dataset: labour_units
columns: {Kommun: municipality_code}
ignore: [Kontakt]
unpivot: {column: year, columns: {participants: "{} Deltagare"}}
values: {municipality_code: by_name}
"""
FORM = """dataset: population
sheet: Tal
columns: {Kommun: municipality_code, Folkmängd: population}
keep: {Kön: [Totalt]}
"""


def rules(text, name="mine.yaml"):
    its = document.parse(text, name, only_text=True)
    return mapping.parse(its, CONTRACTS[its.content["dataset"]], lambda: REGISTER)


def best(data, *mappings):
    return earlier.best(data if isinstance(data, bytes) else data.encode(), "a.csv", mappings, CONTRACTS)


def test_every_shipped_mapping_is_read():
    names = [Path(its.file).name for its in SHIPPED]
    assert names == sorted(path.name for path in (ROOT / "data/mappings").glob("*.yaml")) and len(names) > 4


def test_the_shipped_mapping_of_a_whole_table_and_what_it_would_leave_out():
    found = best(WHOLE, *SHIPPED)
    assert isinstance(found, earlier.Fitting)
    assert Path(found.rules.file).name == "scb_municipal_net_cost.yaml"
    keep = earlier.narrowed(WHOLE, "a.json", found, CONTRACTS["municipal_net_cost"])
    assert keep == {"Verksomrkom": ["575", "690"]}
    text = earlier.copied(Path(found.rules.file), keep, "A copy.")
    narrower = rules(text)
    assert narrower.keep == {"ContentsCode": ("0000005X",), "Verksomrkom": ("575", "690")}
    assert narrower.columns == found.rules.columns and narrower.constants == found.rules.constants
    trial = earlier.tried(WHOLE, "a.json", narrower, CONTRACTS["municipal_net_cost"])
    assert (trial.rows, trial.errors) == (580, ())
    again = best(WHOLE, *SHIPPED, narrower)
    assert isinstance(again, earlier.Fitting) and again.rules is narrower  # nothing is wrong with what it takes


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ("Kommun;2022 Deltagare;2023 Deltagare\nMalmö;1;2\n", True),
        ("Kommun;2024 Deltagare;Kontakt\nMalmö;1;Bo\n", True),
        ("Kommun;2024 Deltagare;Lön\nMalmö;1;9\n", False),  # a column that it does not name
        ("Ort;2024 Deltagare\nMalmö;1\n", False),
        ("Kommun;Folkmängd\nMalmö;1\n", False),
    ],
)
def test_a_mapping_is_of_the_shape_of_a_file(data, fits):
    assert isinstance(best(data, rules(UNITS)), earlier.Fitting) is fits


def test_the_sheet_and_the_values_that_a_mapping_names_belong_to_the_shape():
    rows = [["Kommun", "Kön", "Folkmängd"], ["1280", "Totalt", 9], ["1280", "Män", 4]]
    assert isinstance(best(workbook(("Tal", rows)), rules(FORM)), earlier.Fitting)
    assert best(workbook(("Blad1", rows)), rules(FORM)) is None
    strange = best(workbook(("Tal", [rows[0], rows[2]])), rules(FORM))
    assert isinstance(strange, earlier.Strange)
    assert (strange.column, strange.found, strange.wanted) == ("Kön", ("Män",), ("Totalt",))


def test_the_answer_of_another_kpi_is_not_the_one_that_is_mapped():
    answer = b"""{"values": [{"kpi": "N00945", "municipality": "1280", "period": 2023,
        "values": [{"gender": "T", "value": 5.0, "count": 1, "status": ""}]}]}"""
    strange = best(answer, *SHIPPED)
    assert isinstance(strange, earlier.Strange)
    assert (strange.column, strange.found) == ("kpi", ("N00945",))
    fitting = best(answer.replace(b"N00945", b"U40455"), *SHIPPED)
    assert isinstance(fitting, earlier.Fitting) and fitting.rules.dataset == "exits"


def test_a_mapping_that_can_not_be_used_is_passed_over(tmp_path):
    (tmp_path / "a.yaml").write_text("mine", "utf-8")
    (tmp_path / "b.yaml").write_text("dataset: exits\ncolumns: {a: no_such_column}\n", "utf-8")
    (tmp_path / "c.yaml").write_text("dataset: exits\ncolumns: {a: year}\n", "utf-8")
    (tmp_path / "d.yaml").write_text("dataset: [exits]\n", "utf-8")
    assert [Path(its.file).name for its in earlier.written(tmp_path, CONTRACTS, dict)] == ["c.yaml"]
