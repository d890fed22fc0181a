"""Parquet files, read by pyarrow as text; values keep every digit that is stored."""

import math
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.sheet import DateText, ErrorText, NumberText, Record, Sheet
from report_engine.words.messages import Message

if TYPE_CHECKING:
    import pyarrow.parquet as pq

FORM = "parquet"

MOST_CELLS = 10_000_000
MOST_COLUMNS = 1_000
LARGEST_UNPACKED = 500_000_000  # bytes

_BATCH = 10_000  # rows
_LONGEST = 100_001  # characters of a cell that are looked at: one more than it may have
_INDEX = "__index_level_0__"  # what pandas writes of a table's index


def matches(data: bytes, name: str) -> bool:
    """Say whether this is a Parquet file."""
    return data.startswith(b"PAR1")


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read the table, its records counted from 1; ``Unreadable`` where the file is damaged or exceeds the limits."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        texts = [field.name for field in pq.read_schema(pa.BufferReader(data)) if _is_text(str(field.type))]
        # texts stay in their dictionary, so that one long text repeated a million times takes no more room than one
        table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
        _refuse_vast(table, file)
        header = [name for name in table.schema_arrow.names if name != _INDEX]
        return [Sheet(file, FORM, header, _records(table, header), header_row=0)]
    except (pa.ArrowException, OSError, ValueError, OverflowError, LookupError):  # the last: of time zones
        problem = Message("files.parquet_unreadable")
        raise Unreadable(Finding(file, "file", problem, advice=Message("files.write_again"))) from None


def _is_text(kind: str) -> bool:
    return kind in ("string", "large_string", "binary", "large_binary")


def _refuse_vast(table: "pq.ParquetFile", file: str) -> None:
    about = table.metadata
    columns = len(table.schema_arrow.names)
    unpacked = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if columns > MOST_COLUMNS or about.num_columns > MOST_COLUMNS:
        problem = Message("files.table_columns", {"n": max(columns, about.num_columns), "limit": MOST_COLUMNS})
    elif about.num_rows * columns > MOST_CELLS:
        problem = Message("files.table_size", {"rows": about.num_rows, "columns": columns})
    elif unpacked > LARGEST_UNPACKED:
        problem = Message("files.table_unpacked", {"mb": unpacked / 1e6, "limit": LARGEST_UNPACKED // 1_000_000})
    else:
        return
    raise Unreadable(Finding(file, "file", problem))


def _records(table: "pq.ParquetFile", header: list[str]) -> list[Record]:
    records: list[Record] = []
    places = [at for at, name in enumerate(table.schema_arrow.names) if name != _INDEX]
    for batch in table.iter_batches(batch_size=_BATCH):
        batch.validate(full=True)  # a damaged file may lead outside its own dictionary
        columns = []
        for at in places:
            array = batch.column(at)
            if hasattr(array, "dictionary"):
                known = [_text(value) for value in array.dictionary.to_pylist()]
                columns.append(["" if index is None else known[index] for index in array.indices.to_pylist()])
            else:
                columns.append([_text(value) for value in array.to_pylist()])
        start = len(records) + 1
        records += [(start + at, list(cells)) for at, cells in enumerate(zip(*columns, strict=True))]
    return records


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value[:_LONGEST]
        case bool():
            return str(value).upper()
        case int():
            return NumberText(value)
        case float():
            if math.isnan(value):  # how pandas writes a missing number
                return ""
            return NumberText(int(value)) if value.is_integer() and abs(value) < 1e15 else NumberText(value)
        case date() | datetime() | time() | timedelta():
            return DateText(value)
        case bytes():
            try:
                return value[: _LONGEST * 4].decode("utf-8")
            except UnicodeDecodeError:
                return ErrorText("#VALUE!")
    text = str(value)
    return NumberText(text) if type(value).__name__ == "Decimal" else text[:_LONGEST]
