"""A large table is read a batch at a time: what comes out is what a small one gives, cell by cell and word by word."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.checks import tidy
from report_engine.checks.validate import validate
from report_engine.readers import parse
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys import spss_child
from report_engine.readers.tables import delimited, grid, parquet
from report_engine.readers.tables.grid import gridded
from tests.contracts import contract, field
from tests.report_engine.readers.test_spss import FRAME, OPTIONS, written

PLACES = contract(
    field("code", constraints={"required": True}),
    field("cost", "number"),
    field("year", "integer", constraints={"maximum": 2030}),
    key=["code", "year"],
)
RECORDS = st.lists(st.lists(st.sampled_from(["", "a", "b", "1"]), max_size=4), max_size=12)
CELL = st.sampled_from(
    ["", " ", "a", "b", "å", "1", "2016", "1,5", "2.5", "#N/A", '"två\nrader"', '"a;b"', "x" * 9, "Ã¥"]
)
LINES = st.lists(st.lists(CELL, max_size=5).map(";".join), max_size=25)


@given(RECORDS, st.integers(-13, 13), st.integers(-13, 13))
def test_records_come_back_as_they_were(lines, start, end):
    records = list(enumerate(lines, start=2))
    table = gridded(iter(records))
    assert [*table] == records
    assert [table[at] for at in range(len(records))] == records
    assert [*table[start:end]] == records[start:end]


def told(data, name):
    """What reading, checking and writing make of a file: the findings, and the bytes of the tidy table."""
    try:
        found, table = validate(parse(data, name, PLACES), PLACES, {})
    except Unreadable as error:
        return [*map(str, error.findings)], None
    rows = [*zip(*table.columns.values(), strict=True)]
    if len(table.columns) < len(PLACES.columns):
        return [*map(str, found)], rows
    target = io.BytesIO()
    pq.write_table(tidy.arrow(table), target)
    return [*map(str, found)], rows, target.getvalue()


@settings(max_examples=150)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_text_read_in_batches_says_the_same(lines, end):
    data = end.join(["code;cost;year", *lines]).encode()
    expected = told(data, "a.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "BATCH", 2)
        patch.setattr(delimited, "_PIECE", 3)
        assert told(data, "a.csv") == expected


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.none() | st.sampled_from(["a", "b", " "]),
            st.none() | st.sampled_from([1.5, -0.0, 2.0]),
            st.integers(2016, 2040),
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_parquet_read_in_batches_says_the_same(records, together):
    columns = {name: [record[at] for record in records] for at, name in enumerate(PLACES.columns)}
    table = pa.table(columns, pa.schema([("code", pa.string()), ("cost", pa.float64()), ("year", pa.int16())]))
    target = io.BytesIO()
    pq.write_table(table, target, row_group_size=100 if together else 3)
    expected = told(target.getvalue(), "a.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "_BATCH", 2)
        assert told(target.getvalue(), "a.parquet") == expected


def test_spss_read_a_column_at_a_time_says_the_same(monkeypatch):
    data = written(FRAME, **OPTIONS)
    expected = [*spss_child._documents(data, 100, 1000)]
    monkeypatch.setattr(spss_child, "_TOGETHER", 1)
    assert [*spss_child._documents(data, 100, 1000)] == expected
