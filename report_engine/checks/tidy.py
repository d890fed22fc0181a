"""From the files to the tidy tables: read and check everything, then write typed Parquet with the same bytes every time."""

import gc
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.checks import personal
from report_engine.checks.validate import Checked, implausible, validate
from report_engine.contracts import tidy_tables
from report_engine.contracts.contract import Contract, Field
from report_engine.contracts.plausibility_check import Asked
from report_engine.contracts.values import Value
from report_engine.model.encoded import Encoded, encoded, together
from report_engine.model.findings import Finding, ordered
from report_engine.readers import Source, Unreadable, read

if TYPE_CHECKING:  # `report check` needs neither
    import pandas as pd
    import pyarrow as pa

    from report_engine.model.encoded import Codes

NOT_ASKED = "not_asked"
MISSING = "_missing"


def check(
    sources: Mapping[str, Source | Path], contracts: Mapping[str, Contract], asked: Asked | None = None
) -> tuple[list[Finding], dict[str, Checked]]:
    """Read and check the files of every dataset, with the keys between datasets.

    Returns all findings, the most important first, and the typed tables of the datasets that have no error; a dataset
    without files gives a table without rows. ``asked`` is what should be there. Never raises for what stands in a file.
    """
    this_year = date.today().year
    findings: list[Finding] = []
    tables: dict[str, Checked] = {}
    faulty: set[str] = set()
    with _no_collector():
        for name in _order(sources, contracts):
            contract, source = contracts[name], sources[name]
            if isinstance(source, Source) and not source.files:
                tables[name] = Checked(contract, {field: [] for field in contract.columns})
                continue
            try:
                raw = read(source, contract)
                found, table = validate(raw, contract, tables)
                tables[name] = replace(table, records=tuple(len(part.rows) for part in raw.parts or (raw,)))
                sound = not any(finding.severity == "error" for finding in found)
                found += implausible(raw, tables[name], tables, asked or Asked(), this_year, sound=sound)
            except Unreadable as error:
                found = personal.discreet([*error.findings], contracts[name])
            findings += found
            if any(finding.severity == "error" for finding in found):
                faulty.add(name)
    return ordered(findings), {name: tables[name] for name in sorted(tables) if name not in faulty}


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep Python from searching millions of cells for circles of references: there are none, and it takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def write(tables: Mapping[str, Checked], folder: Path) -> list[Path]:
    """Write each table to ``<name>.parquet``, sorted by its primary key; a file appears whole or not at all.

    Columns are as in the contract, each question followed by ``<question>_missing`` (why there is no answer: a user-missing
    name or ``not_asked``). Text and categories are strings, yes/no is boolean, codes with categories are Int8 where they
    fit, other whole numbers int64 (Int64 where they may be missing), numbers float64. Returns the paths.
    """
    paths = [folder / f"{name}.parquet" for name in sorted(tables)]
    for path in paths:
        _write(arrow(tables[path.stem]), path)
    return paths


def write_questions(survey: Checked, root: Path) -> None:
    """Write a survey in parts below ``root``: each question's answers in the rows' order, and what else is known of the rows."""
    whole = arrow(survey)
    asked = [name.removesuffix(MISSING) for name in whole.column_names if name.endswith(MISSING)]
    parts = {name: [name, f"{name}{MISSING}"] for name in asked}
    answers = {column for columns in parts.values() for column in columns}
    parts[tidy_tables.RESPONDENTS] = [name for name in whole.column_names if name not in answers]
    for name, columns in parts.items():
        _write(whole.select(columns), root / tidy_tables.part(survey.contract.name, name))


def _write(table: "pa.Table", path: Path) -> None:
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(table, unfinished, compression="zstd", compression_level=3)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def frame(table: Checked) -> "pd.DataFrame":
    """Return a table as the frame that reading its Parquet file gives."""
    return arrow(table).to_pandas()


def arrow(table: Checked) -> "pa.Table":
    """Return a table as it is written, with the types that pandas is to read it as."""
    import pyarrow as pa

    order = _row_order(table)
    names, arrays, notes = [], [], []
    for name, kind, values in _typed(table):
        names.append(name)
        arrays.append(_array(values.take(order), kind))
        notes.append({"name": name, "field_name": name, "pandas_type": kind, "numpy_type": kind, "metadata": None})
    # what pandas itself would note down, but for the versions: an update must not change the bytes
    about = {"index_columns": [], "column_indexes": [], "columns": notes, "pandas_version": "3.0.0"}
    return pa.Table.from_arrays(arrays, names).replace_schema_metadata({"pandas": json.dumps(about)})


_NUMPY = {"Int8": "int8", "int64": "int64", "Int64": "int64", "float64": "float64", "bool": "bool", "boolean": "bool"}


def _array(values: Encoded[Value], kind: str) -> "pa.Array":
    """Build an array from its buffers: ``pyarrow.array`` would import pandas, which takes longer than all the rest."""
    import numpy as np
    import pyarrow as pa

    count = len(values)
    present = values.where(lambda value: value is not None)
    validity = None if present.all() else pa.py_buffer(np.packbits(present, bitorder="little").tobytes())
    if kind == "str":
        texts = [b"" if value is None else str(value).encode() for value in values.distinct]
        ends = np.zeros(len(texts) + 1, "int32")
        np.cumsum([len(text) for text in texts], out=ends[1:])
        distinct = pa.Array.from_buffers(
            pa.string(), len(texts), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(texts))]
        )
        codes = pa.Array.from_buffers(pa.int32(), count, [validity, pa.py_buffer(values.codes)])
        return pa.DictionaryArray.from_arrays(codes, distinct).dictionary_decode()
    cells = np.array([0 if value is None else value for value in values.distinct], _NUMPY[kind])[values.codes]
    if cells.dtype == bool:
        packed = np.packbits(cells, bitorder="little")
        return pa.Array.from_buffers(pa.bool_(), count, [validity, pa.py_buffer(packed.tobytes())])
    return pa.Array.from_buffers(pa.from_numpy_dtype(cells.dtype), count, [validity, pa.py_buffer(cells)])


def _typed(table: Checked) -> Iterable[tuple[str, str, Encoded[Value]]]:
    """Give each column's name, its type in pandas and its values, user-missing codes split off into a column of their own."""
    groups = table.columns.get(table.contract.group_column or "")
    for field in table.contract.fields:
        values = encoded(table.columns[field.name])
        codes: dict[Value, str] = {code.value: code.name for code in field.user_missing}
        if not codes and not field.asked_of:
            yield field.name, _kind(field), values
            continue
        yield (
            field.name,
            _kind(field),
            Encoded([None if value in codes else value for value in values.distinct], values.codes),
        )
        reasons: Encoded[Value] = Encoded([codes.get(value) for value in values.distinct], values.codes)
        if field.asked_of and groups is not None:
            both = together([reasons, groups])
            texts: list[Value] = [reason if group in field.asked_of else NOT_ASKED for reason, group in both.distinct]
            reasons = Encoded(texts, both.codes)
        yield f"{field.name}{MISSING}", "str", reasons


def _kind(field: Field) -> str:
    required = field.constraints.required and not (field.user_missing or field.asked_of or field.lost)
    if field.type == "integer":
        if field.allowed and all(-128 <= int(value) <= 127 for value in field.allowed):
            return "Int8"
        return "int64" if required else "Int64"
    if field.type == "boolean":
        return "bool" if required else "boolean"
    return "float64" if field.type == "number" else "str"


def _row_order(table: Checked) -> "Codes":
    """Return the records' positions in the order of their keys, missing parts first."""
    import numpy as np

    names = table.contract.primary_key or table.contract.columns
    order: Codes = np.lexsort([_ranks(table.columns[name]) for name in reversed(names)]).astype(np.int32)
    return order


def _ranks(column: Sequence[Value]) -> "Codes":
    import numpy as np

    values = encoded(column).unique()
    filled: list[Any] = [value for value in values.distinct if value is not None]
    rank = {value: at for at, value in enumerate(sorted(filled), start=1)}
    return np.array([rank.get(value, 0) for value in values.distinct], np.int32)[values.codes]


def _order(sources: Collection[str], contracts: Mapping[str, Contract]) -> list[str]:
    """Order datasets so that each comes after those it refers to, or is compared with."""
    graph = {}
    for name in sorted(sources):
        others = {key.resource for key in contracts[name].foreign_keys}
        others |= {table for check in contracts[name].checks for table in check.elsewhere}
        graph[name] = sorted(others & set(sources) - {name})
    return list(TopologicalSorter(graph).static_order())
