"""The tidy tables of the shipped data, in any form that people send them."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from report_engine.checks import tidy
from report_engine.contracts import contract as contracts
from report_engine.contracts.plausibility_check import Asked
from report_engine.readers import Source
from tests.report_engine.readers.workbooks import workbook

ROOT = Path(__file__).parents[3]
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
    assert "`bin/report fetch --only consumer_prices`" in str(stops)
    assert "consumer_prices" not in tables
