import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from report_engine.checks import tidy
from report_engine.checks.validate import Checked
from report_engine.contracts import contract as contracts
from report_engine.contracts import tidy_tables
from tests.contracts import categories, contract, field
from tests.report_engine.checks.test_validate import REGISTER, REQUIRED, SURVEY

ROOT = Path(__file__).parents[3]
MISSING = [
    {"value": 8, "name": "dont_know", "label": {"sv": "Vet inte", "en": "Don't know"}},
    {"value": 9, "name": "no_answer", "label": {"sv": "Inget svar", "en": "No answer"}},
]
TYPES = contract(
    field("id", "integer", **REQUIRED),
    field("actor", categories=categories("participant", "pes_manager"), **REQUIRED),
    field("note"),
    field("count", "integer"),
    field("stance", "integer", categories=categories(-1, 0, 1)),
    field("wave", "integer", categories=categories(2016, 2018)),
    field("cost", "number"),
    field("goals", "boolean", trueValues=["yes"], falseValues=["no"]),
    field("sure", "boolean", trueValues=["yes"], falseValues=["no"], **REQUIRED),
    field("works", "integer", categories=categories(1, 2, 3, 4, 5), userMissing=MISSING),
    field("glad", "integer", categories=categories(1, 2, 3, 4, 5), userMissing=MISSING, askedOf=["participant"]),
    name="types",
    key=["id"],
    groups="actor",
)
TABLE = Checked(
    TYPES,
    {
        "id": [3, 1, 2],
        "actor": ["participant", "pes_manager", "participant"],
        "note": ["å", None, ""],
        "count": [None, 5, 6],
        "stance": [-1, None, 1],
        "wave": [2016, 2018, None],
        "cost": [1.5, None, 0.1],
        "goals": [True, None, False],
        "sure": [True, False, True],
        "works": [1, 8, 9],
        "glad": [8, None, 5],
    },
)


def sources(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.csv" for name in texts}


def test_types_order_and_reasons_for_missing_answers(tmp_path):
    (path,) = tidy.write({"types": TABLE}, tmp_path / "tidy")
    got = pd.read_parquet(path)
    expected = pd.DataFrame(
        {
            "id": pd.Series([1, 2, 3], dtype="int64"),
            "actor": pd.Series(["pes_manager", "participant", "participant"], dtype="str"),
            "note": pd.Series([None, "", "å"], dtype="str"),
            "count": pd.Series([5, 6, None], dtype="Int64"),
            "stance": pd.Series([None, 1, -1], dtype="Int8"),
            "wave": pd.Series([2018, None, 2016], dtype="Int64"),
            "cost": pd.Series([None, 0.1, 1.5], dtype="float64"),
            "goals": pd.Series([None, False, True], dtype="boolean"),
            "sure": pd.Series([False, True, True], dtype="bool"),
            "works": pd.Series([None, None, 1], dtype="Int8"),
            "works_missing": pd.Series(["dont_know", "no_answer", None], dtype="str"),
            "glad": pd.Series([None, 5, None], dtype="Int8"),
            "glad_missing": pd.Series(["not_asked", None, "dont_know"], dtype="str"),
        }
    )
    pd.testing.assert_frame_equal(got, expected)
    pd.testing.assert_frame_equal(tidy.frame(TABLE), expected)


def test_arrays_are_those_that_pyarrow_makes_itself():
    got = tidy.arrow(TABLE)
    for name in got.column_names:
        column = got.column(name).combine_chunks()
        column.validate(full=True)
        assert column.equals(pa.array(column.to_pylist(), column.type))


def test_bytes_do_not_depend_on_the_order_of_rows_or_tables(tmp_path):
    turned = Checked(TYPES, {name: values[::-1] for name, values in TABLE.columns.items()})
    (first,) = tidy.write({"types": TABLE}, tmp_path / "a")
    second, _ = tidy.write({"types": turned, "zero": Checked(REGISTER, {"code": []})}, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert sorted(os.listdir(tmp_path / "b")) == ["types.parquet", "zero.parquet"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    (path,) = tidy.write({"types": TABLE}, tmp_path)
    before = path.read_bytes()

    def fail(table, where, **options):
        Path(where).write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr("pyarrow.parquet.write_table", fail)
    with pytest.raises(OSError, match="no space left"):
        tidy.write({"types": TABLE}, tmp_path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["types.parquet"]


def test_check_reads_all_files_and_reports_all_of_them(tmp_path):
    survey = "id,code,wave,actor,share,cost,goals,glad\na1,0180,2016,participant,,,,4\na2,0181,2016,participant,,,,9\n"
    paths = sources(tmp_path, register="code\n0180\n", survey=survey) | {"types": tmp_path / "types.csv"}
    findings, tables = tidy.check(paths, {"survey": SURVEY, "register": REGISTER, "types": TYPES})
    assert [(Path(finding.file).name, finding.kind, finding.row) for finding in findings] == [
        ("types.csv", "file", None), ("survey.csv", "range", 3), ("survey.csv", "reference", 3),
    ]  # fmt: skip
    assert "the file of the dataset types is missing" in str(findings[0])
    assert list(tables) == ["register"]


def test_a_dataset_is_compared_with_another_whatever_their_names(tmp_path):
    check = {"kind": "adds_up", "columns": ["cost"], "by": ["code"], "table": "totals", "of": ["total"]}
    costs = contract(field("code"), field("cost", "number"), name="costs", stream="spending", checks=[check])
    totals = contract(field("code"), field("total", "number"), name="totals", stream="spending")
    files = sources(tmp_path, costs="code,cost\na,1\na,2\n", totals="code,total\na,4\n")
    got, _ = tidy.check(files, {"costs": costs, "totals": totals})
    assert [str(one.problem) for one in got] == ["adds up to 3 for code a, but totals has total 4"]


def test_a_key_into_a_file_that_can_t_be_read_is_not_a_second_finding(tmp_path):
    survey = "id,code,wave,actor,share,cost,goals,glad\na1,0180,2016,participant,,,,4\n"
    findings, tables = tidy.check(
        sources(tmp_path, register="", survey=survey), {"survey": SURVEY, "register": REGISTER}
    )
    assert [str(finding).split(": ", 1)[1] for finding in findings] == ["the file is empty. Export the table again."]
    assert list(tables) == ["survey"]


def test_nothing_personal_stands_in_any_finding(tmp_path):
    schemas = contracts.load_all()
    paths = {name: ROOT / "data" / its.path for name, its in schemas.items()}
    for name, column, value in [
        ("segments", "text", "Jag heter inget, 900118-9811"),
        ("actors", "actor", "900118-9811"),
        ("interviews", "interview_id", "namn@kommun.se"),
    ]:
        header, *rows = (ROOT / "data" / schemas[name].path).read_text("utf-8").splitlines()
        cells = rows[3].split(",", header.count(","))
        cells[header.split(",").index(column)] = f'"{value}"'
        rows[3] = ",".join(cells)
        paths[name] = tmp_path / f"{name}.csv"
        paths[name].write_text("\n".join([header, *rows]) + "\n", "utf-8")
    findings, tables = tidy.check(paths, schemas)
    got = [(Path(f.file).name, f.row, f.column) for f in findings if f.kind == "personal"]
    assert got == [("actors.csv", 5, "actor"), ("interviews.csv", 5, "interview_id"), ("segments.csv", 5, "text")]
    printed = "\n".join(map(str, findings))
    assert not any(value in printed for value in ("900118", "9811", "kommun.se", "Jag heter"))
    assert not {"actors", "interviews", "segments"} & set(tables)


def test_a_survey_in_parts_holds_what_it_holds_whole(tmp_path):
    (path,) = tidy.write({"types": TABLE}, tmp_path)
    tidy.write_questions(TABLE, tmp_path)
    folder = tmp_path / Path(tidy_tables.part(TYPES.name, "works")).parent
    got = {part.stem: pd.read_parquet(part) for part in sorted(folder.iterdir())}
    assert {name: list(part) for name, part in got.items() if name != tidy_tables.RESPONDENTS} == {
        name: [name, f"{name}_missing"] for name in ("works", "glad")
    }
    whole = pd.read_parquet(path)
    pd.testing.assert_frame_equal(pd.concat(got.values(), axis="columns")[list(whole)], whole)
