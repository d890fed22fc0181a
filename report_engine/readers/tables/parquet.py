"""Parquet files, read by pyarrow as text; values keep every digit that is stored."""

import math
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from report_engine.model.encoded import Encoded, Encoder
from report_engine.model.findings import Finding
from report_engine.readers import limits
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.grid import Grid
from report_engine.readers.tables.sheet import DateText, ErrorText, NumberText, Sheet
from report_engine.words.messages import Message

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from report_engine.model.encoded import Codes

FORM = "parquet"

MOST_COLUMNS = 1_000
LARGEST_UNPACKED = 500_000_000  # bytes

_BATCH = 100_000  # rows
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
        return [Sheet(file, FORM, header, _grid(table), header_row=0)]
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
    elif unpacked > LARGEST_UNPACKED:
        problem = Message("files.table_unpacked", {"mb": unpacked / 1e6, "limit": LARGEST_UNPACKED // 1_000_000})
    else:
        limits.refuse_cells(about.num_rows * columns, file)
        return
    raise Unreadable(Finding(file, "file", problem))


def _grid(table: "pq.ParquetFile") -> Grid:
    places = [at for at, name in enumerate(table.schema_arrow.names) if name != _INDEX]
    columns = [_Column() for _ in places]
    count = 0
    for batch in table.iter_batches(batch_size=_BATCH):
        batch.validate(full=True)  # a damaged file may lead outside its own dictionary
        count += batch.num_rows
        for column, at in zip(columns, places, strict=True):
            column.add(batch.column(at))
    return Grid([*range(1, count + 1)], [column.encoder.encoded() for column in columns], {})


class _Column:
    """A column as it comes, batch by batch; those of a row group have one dictionary, whose texts are looked at once."""

    def __init__(self) -> None:
        self.encoder = Encoder()
        self._dictionary: pa.Array | None = None
        self._texts: list[str] = []

    def add(self, array: "pa.Array") -> None:
        """Take the next cells."""
        import pyarrow as pa

        if pa.types.is_primitive(array.type):  # a survey repeats few answers
            array = array.dictionary_encode()
        if not hasattr(array, "dictionary"):
            self.encoder.add([_text(value) for value in array.to_pylist()])
            return
        if self._dictionary is None or not array.dictionary.equals(self._dictionary):
            self._dictionary = array.dictionary
            self._texts = [*map(_text, array.dictionary.to_pylist()), ""]
        self.encoder.add_encoded(Encoded(self._texts, _codes(array.indices, len(self._texts) - 1)))


def _codes(indices: "pa.Array", none: int) -> "Codes":
    """Return indices, ``none`` where there is no value; pyarrow's own way to do that loads pandas."""
    import numpy as np

    present, cells = indices.buffers()
    end = indices.offset + len(indices)
    codes = np.frombuffer(cells or b"", indices.type.to_pandas_dtype())[indices.offset : end].astype(np.int32)
    if indices.null_count:
        bits = np.unpackbits(np.frombuffer(present, np.uint8), bitorder="little")[indices.offset : end]
        codes[bits == 0] = none
    return codes


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
