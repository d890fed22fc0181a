from pathlib import Path

from report_engine.contracts.contract import load, load_all
from report_engine.contracts.data_dictionary import dictionary

ROOT = Path(__file__).parents[3]


def test_the_committed_dictionary_is_the_one_the_contracts_give():
    got = (ROOT / "data/README.md").read_text(encoding="utf-8")
    assert got == dictionary(load_all()), "run `python -m report_engine.contracts.data_dictionary`"


def test_every_column_and_user_missing_code_is_described():
    contract = load("actors")
    got = dictionary({"actors": contract})
    assert all(f"| `{column}` |" in got for column in contract.columns)
    assert "`8` Don't know (missing: `dont_know`)" in got
    assert "Asked of `participant`; empty for others." in got


def test_origin_and_licence_stand_with_each_dataset():
    got = dictionary({"labour_units": load("labour_units")})
    assert "- Origin: row by row, see the column `origin`" in got
    assert "- Licence: CC BY 4.0" in got


def test_tables_keep_their_columns():
    rows = [line for line in dictionary(load_all()).splitlines() if line.startswith("| `")]
    assert rows
    assert {line.replace("\\|", "").count("|") for line in rows} == {6}
