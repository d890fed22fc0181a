import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from report_engine.checks import tidy
from report_engine.checks.validate import Checked
from report_engine.contracts import contract as contracts
from report_engine.contracts.plausibility_check import Asked
from report_engine.readers import Source
from tests.contracts import categories, contract, field
from tests.report_engine.checks.test_validate import REGISTER, REQUIRED, SURVEY
from tests.report_engine.readers.workbooks import workbook

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


SHIPPED = {name: ROOT / "data" / schema.path for name, schema in contracts.load_all().items()}


def test_the_shipped_data_have_no_finding():
    findings, tables = tidy.check(SHIPPED, contracts.load_all())
    assert [str(finding) for finding in findings if finding.severity != "note"] == []
    assert set(tables) == set(SHIPPED)


WRITE = """
import hashlib, sys
from pathlib import Path
from report_engine.contracts import contract
from report_engine.checks import tidy
contracts = contract.load_all()
_, tables = tidy.check({name: Path("data") / one.path for name, one in contracts.items()}, contracts)
assert "pandas" not in sys.modules, "a check must stay quick"
for path in tidy.write(tables, Path(sys.argv[1])):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
assert "pandas" not in sys.modules, "so must writing"
"""


def test_shipped_tables_have_the_same_bytes_in_every_run_locale_and_hash_seed(tmp_path):
    got = []
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "sv_SE.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        run = subprocess.run(
            [sys.executable, "-c", WRITE, str(tmp_path / seed)],
            capture_output=True, text=True, env=environment, cwd=ROOT, check=True,
        )  # fmt: skip
        got.append(run.stdout)
    assert got[0] == got[1]
    assert len(got[0].splitlines()) == len(SHIPPED)


def test_shipped_tables_are_what_pandas_reads_from_the_files(tmp_path):
    """An independent reader sees the same values in the tidy tables."""
    _, tables = tidy.check(SHIPPED, contracts.load_all())
    for name, path in SHIPPED.items():
        schema = contracts.load_all()[name]
        key = list(schema.primary_key)
        plain = {one.name: "str" for one in schema.fields if one.type in ("string", "boolean")}
        expected = pd.read_csv(path, dtype=plain, keep_default_na=False, na_values=[""]).sort_values(key)
        got = tidy.frame(tables[name])
        for one in schema.fields:
            if one.type == "boolean":
                expected[one.name] = expected[one.name].map({"yes": True, "no": False})
            if one.user_missing:
                codes = [code.value for code in one.user_missing]
                expected[one.name] = expected[one.name].where(~expected[one.name].isin(codes))
            left = got[one.name].astype("object").where(got[one.name].notna(), None).tolist()
            right = expected[one.name].astype("object").where(expected[one.name].notna(), None).tolist()
            assert left == right, (name, one.name)


def as_excel_in_sweden(rows, schema):
    """Write records as Excel does on a Swedish machine: semicolons, decimal commas, thousands with a no-break space."""

    def cell(text, one):
        if one.type == "integer" and text.isdigit() and int(text) > 9999:
            return f"{int(text):,}".replace(",", "\xa0")
        return text.replace(".", ",") if one.type == "number" else text

    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"{one.name} " for one in schema.fields])
    writer.writerows([cell(text, one) for text, one in zip(row, schema.fields, strict=True)] for row in rows)
    text = target.getvalue()
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def as_unicode_text(rows, schema):
    """Write records as Excel's "Unicode text" does: tabs, UTF-16, here with decimal commas."""
    lines = [[one.name for one in schema.fields]]
    lines += [
        [text.replace(".", ",") if one.type == "number" else text for text, one in zip(row, schema.fields, strict=True)]
        for row in rows
    ]
    target = io.StringIO(newline="")
    csv.writer(target, delimiter="\t", lineterminator="\r\n").writerows(lines)
    return target.getvalue().encode("utf-16")


def as_workbook(rows, schema):
    kinds = {"integer": int, "number": float}
    cells = [
        [kinds.get(one.type, str)(text) if text else None for text, one in zip(row, schema.fields, strict=True)]
        for row in rows
    ]
    return workbook(("Blad1", [[one.name for one in schema.fields], *cells]))


@pytest.mark.parametrize("form", [as_excel_in_sweden, as_unicode_text, as_workbook])
def test_the_shipped_data_in_any_form_give_the_same_tables(tmp_path, form):
    schemas = contracts.load_all()
    expected = tidy.write(tidy.check(SHIPPED, schemas)[1], tmp_path / "expected")
    rewritten = {}
    for name, path in SHIPPED.items():
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == list(schemas[name].columns)
        rewritten[name] = tmp_path / f"{name}.dat"
        rewritten[name].write_bytes(form(rows[::-1], schemas[name]))
    findings, tables = tidy.check(rewritten, schemas)
    assert [str(finding) for finding in findings if finding.severity != "note"] == []
    for path, other in zip(expected, tidy.write(tables, tmp_path / "got"), strict=True):
        assert path.read_bytes() == other.read_bytes(), path.name


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


def test_a_dataset_that_the_settings_leave_out_gives_a_table_without_rows(tmp_path):
    schemas = {name: one for name, one in contracts.load_all().items() if name != "segments"}
    sources = {name: Source((ROOT / "data" / one.path,)) for name, one in schemas.items()}
    sources["actors"] = Source(())
    findings, tables = tidy.check(sources, schemas, Asked(("0581",)))
    assert [finding for finding in findings if finding.severity == "error"] == []
    tidy.write(tables, tmp_path)
    got = pd.read_parquet(tmp_path / "actors.parquet")
    assert got.empty
    expected = tidy.frame(tidy.check(SHIPPED, contracts.load_all())[1]["actors"])
    assert got.dtypes.to_dict() == expected.dtypes.to_dict()


def test_a_new_year_is_missed_in_every_series_that_ends_before_it_and_a_price_base_without_an_index_stops():
    years = {"years": range(2009, 2026), "price_base": [2025], "index_base": [2016]}
    found, tables = tidy.check(SHIPPED, contracts.load_all(), Asked(("0581",), years))
    missed = [one for one in found if str(one.problem).startswith("no rows for 2025, which")]
    assert {(one.file, one.severity) for one in missed if "`years`" in str(one.problem)} == {
        (f"data/{name}.csv", "warning")
        for name in (
            "raw/spending/municipal_accounts",
            "raw/survey/labour_units",
            "reference/consumer_prices",
            "reference/exits",
            "reference/population",
        )
    }
    (stops,) = [one for one in found if one.severity == "error"]
    assert str(stops).startswith(
        "data/reference/consumer_prices.csv, column year: no rows for 2025, which `price_base`"
    )
    assert "`report fetch --only consumer_prices`" in str(stops)
    assert "consumer_prices" not in tables
