import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine import readers as sources
from report_engine.readers import parse
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables import parquet
from tests.contracts import contract, field

PLACES = contract(field("code"), field("name"), field("cost", "number"), key=["code"])


def written(columns, **options):
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, **options)
    return target.getvalue()


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        parse(data, "a.parquet", PLACES)
    return str(caught.value)


def test_every_type_comes_out_as_text():
    values = {
        "code": pa.array(["0581", "1", "1280"]),
        "dictionary": pa.array(["a", None, "a"]).dictionary_encode(),
        "cost": pa.array([1.5, float("nan"), 3.0]),
        "int": pa.array([1, None, 2**60]),
        "decimal": pa.array([Decimal("1.50"), None, Decimal("-2.25")]),
        "bool": pa.array([True, None, False]),
        "date": pa.array([date(2016, 3, 1), None, None]),
        "time": pa.array([datetime(2016, 3, 1, 12, 30), None, None]),
        "binary": pa.array(["å".encode(), None, b"\xff"]),
        "nothing": pa.nulls(3),
        "list": pa.array([[1, 2], None, []]),
        "__index_level_0__": pa.array([5, 6, 7]),
    }
    raw = parse(written(values), "a.parquet", PLACES)
    assert {name: column.texts for name, column in raw.columns.items()} == {
        "code": ["0581", "1", "1280"],
        "dictionary": ["a", "", "a"],
        "cost": ["1.5", "", "3"],
        "int": ["1", "", str(2**60)],
        "decimal": ["1.50", "", "-2.25"],
        "bool": ["TRUE", "", "FALSE"],
        "date": ["2016-03-01", "", ""],
        "time": ["2016-03-01 12:30:00", "", ""],
        "binary": ["å", "", "#VALUE!"],
        "nothing": ["", "", ""],
        "list": ["[1, 2]", "", "[]"],
    }
    assert raw.rows == [1, 2, 3]
    assert raw.columns["cost"].numbers == {0, 2}
    assert raw.columns["date"].dates == {0}
    assert raw.columns["binary"].damaged == {2}


def test_limits_and_damage(monkeypatch):
    good = written({"code": ["1"] * 50, "cost": list(range(50))})
    assert "the Parquet file is damaged" in refusal(good[:-30])
    assert "the Parquet file is damaged" in refusal(b"PAR1" + b"\0" * 100)
    assert "none of the columns is there, found a." in refusal(written({"a": [1]}))
    assert "the table has 1,001 columns, the limit is 1,000" in refusal(written({f"c{n}": [1] for n in range(1001)}))
    monkeypatch.setattr(parquet, "MOST_CELLS", 99)
    assert "the table has 50 rows and 2 columns" in refusal(good)
    monkeypatch.undo()
    monkeypatch.setattr(parquet, "LARGEST_UNPACKED", 100)
    assert "unpacks to" in refusal(good)


def test_one_long_text_repeated_takes_the_room_of_one():
    import tracemalloc

    texts = pa.DictionaryArray.from_arrays([0] * 4_000, ["x" * 90_000])  # 360 MB if each had its own
    data = written({"code": texts})
    tracemalloc.start()
    raw = parse(data, "a.parquet", contract(field("code")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(raw.rows) == 4_000
    assert peak < 60_000_000


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffdÃÂâ#")).map(
    lambda text: unicodedata.normalize("NFC", text).strip(BLANKS)
)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL.filter(bool), CELL, st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=6),
       st.sampled_from(["snappy", "zstd", "none"]), st.booleans())  # fmt: skip
def test_any_table_reads_back_as_written(rows, compression, dictionary):
    columns = dict(zip(("code", "name", "cost"), map(list, zip(*rows, strict=True)), strict=True))
    raw = parse(written(columns, compression=compression, use_dictionary=dictionary), "a.parquet", PLACES)
    assert raw.columns["code"].texts == columns["code"]
    assert raw.columns["name"].texts == columns["name"]
    assert [float(text) for text in raw.columns["cost"].texts] == columns["cost"]
    assert not raw.findings


SAMPLE = written({"code": ["1", "2"], "cost": [1.5, 2.5]})


def test_an_index_outside_the_file_s_own_dictionary_is_a_finding():
    repeated = bytearray(written({"code": ["1", "2", "1", "1"], "cost": [1.5, 2.5, 1.5, 1.5]}, compression="none"))
    refused = 0
    for at in range(4, repeated.index(b"code")):
        refused += outcome(repeated[:at] + bytes([255]) + repeated[at + 1 :])
    assert refused


def test_a_time_zone_that_there_is_not_is_a_finding():
    moments = pa.array([0], pa.timestamp("us", "Europe/Nowhere"))
    assert "the Parquet file is damaged" in refusal(written({"code": ["1"], "cost": moments}))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_file_gives_a_table_or_a_finding(changes):
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    outcome(data)


def outcome(data):
    try:
        sources.parse(bytes(data), "a.parquet", PLACES)
    except Unreadable as caught:
        assert caught.findings
        return 1
    return 0
