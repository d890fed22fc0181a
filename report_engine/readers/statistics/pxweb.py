"""SCB's statistical database (PxWeb): JSON-stat2 of API v2, JSON and JSON-stat of v1; its CSV is in ``pxweb_csv``."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, TypeGuard

from report_engine.model.findings import listed, show
from report_engine.readers.raw import BLANKS
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.strict_json import load, looks_like_json, refused
from report_engine.words.messages import Message

FORM = "pxweb"

MOST_CELLS = 1_000_000
MOST_DIMENSIONS = 30
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def matches(data: bytes, name: str) -> bool:
    """Say whether a file holds JSON that PxWeb wrote: one answer, or a list of the answers to one question."""
    if not looks_like_json(data):
        return False
    return (b'"dimension"' in data and b'"size"' in data) or (b'"columns"' in data and b'"key"' in data)


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read each table into a sheet in long form; answers with the same columns are put together into one.

    Columns: each dimension's code and (JSON-stat) ``<dimension>_label``, then ``value`` and ``status``. A missing value is
    ``""``, with the symbol that stands for it in ``status``. Raises ``Unreadable`` where sizes and values don't match.
    """
    content = load(data, file)
    answers = content if isinstance(content, list) else [content]
    if not answers:
        raise refused(file, Message("statistics.no_answer"))
    tables = [_table(answer, file) for answer in answers]
    joined: list[Sheet] = []
    for table in tables:
        if joined and joined[-1].header == table.header:
            joined[-1] = _together(joined[-1], table)
        else:
            joined.append(table)
    return joined


def is_number(text: str) -> bool:
    """Say whether a cell holds a plain number; anything else in its place is a symbol."""
    return _NUMBER.fullmatch(text) is not None


def long_form(
    file: str,
    form: str,
    dimensions: Mapping[str, Mapping[str, str]],
    cells: Sequence[tuple[str, str]],
    questions: Mapping[str, str],
    name: str = "",
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> Sheet:
    """Lay out cells (value, status) that stand row-major over the dimensions, each given as code to label, in order."""
    header = [column for key in dimensions for column in (key, f"{key}_label")] + ["value", "status"]
    if len(set(header)) < len(header):
        twice = next(column for column in header if header.count(column) > 1)
        raise refused(
            file,
            Message("statistics.columns_called_alike", {"name": show(twice)}),
            Message("statistics.rename_variable"),
        )
    pairs = [[(code, label) for code, label in codes.items()] for codes in dimensions.values()]
    records = [
        (row, [*(text for pair in place for text in pair), value, status])
        for row, (place, (value, status)) in enumerate(zip(product(*pairs), cells, strict=True), start=1)
    ]
    return Sheet(
        file, form, header, records, name, decimal=".", questions=questions, labels={**dimensions, **(labels or {})}
    )


def refuse_vast(sizes: Sequence[int], file: str) -> int:
    """Return the number of cells of a table; ``Unreadable`` beyond the limit, before anything of that size is made."""
    if len(sizes) > MOST_DIMENSIONS or any(size > MOST_CELLS for size in sizes) or math.prod(sizes) > MOST_CELLS:
        problem = Message("statistics.table_size", {"cells": MOST_CELLS, "dimensions": MOST_DIMENSIONS})
        raise refused(file, problem, Message("statistics.choose_fewer"))
    return math.prod(sizes)


def _table(answer: Any, file: str) -> Sheet:
    if isinstance(answer, dict):
        if isinstance(answer.get("columns"), list) and isinstance(answer.get("data"), list):
            return _plain(answer, file)
        if isinstance(answer.get("dataset"), dict):  # JSON-stat 1.x: the same content in other places
            inner = answer["dataset"]
            dimension = inner.get("dimension")
            if isinstance(dimension, dict):
                answer = {**inner, "id": dimension.get("id"), "size": dimension.get("size")}
        if "dimension" in answer:
            return _json_stat(answer, file)
    raise refused(file, Message("statistics.not_pxweb"))


def _together(first: Sheet, second: Sheet) -> Sheet:
    start = len(first.records)
    records = [*first.records, *((start + row, cells) for row, cells in second.records)]
    labels = {key: {**first.labels.get(key, {}), **codes} for key, codes in second.labels.items()}
    return Sheet(
        first.file, first.form, first.header, records, first.name, decimal=".", questions=first.questions, labels=labels
    )


def _json_stat(answer: dict[str, Any], file: str) -> Sheet:
    ids, sizes, given = answer.get("id"), answer.get("size"), answer["dimension"]
    if not (isinstance(ids, list) and ids and all(isinstance(key, str) for key in ids) and isinstance(given, dict)):
        raise refused(file, Message("statistics.no_dimensions"))
    if not (isinstance(sizes, list) and len(sizes) == len(ids) and all(map(_is_whole, sizes))):
        raise refused(file, Message("statistics.size_invalid"))
    total = refuse_vast([int(size) for size in sizes], file)
    dimensions = {
        key.strip(BLANKS): _codes(given.get(key), key, int(size), file) for key, size in zip(ids, sizes, strict=True)
    }
    questions = {key.strip(BLANKS): _label(given[key].get("label"), key) for key in ids}
    if answer.get("value") == [] and total:
        raise refused(file, Message("statistics.describes_only"), Message("statistics.download_data"))
    values = _spread(answer.get("value"), total, "value", file)
    statuses = _spread(answer.get("status", {}), total, "status", file)
    cells = [_cell(value, status, at, file) for at, (value, status) in enumerate(zip(values, statuses, strict=True), 1)]
    return long_form(file, FORM, dimensions, cells, questions, _label(answer.get("label"), ""))


def _codes(dimension: Any, key: str, size: int, file: str) -> dict[str, str]:
    """Return the codes of a dimension with their labels, in the order of their positions (not of the file)."""
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise refused(file, Message("statistics.no_categories", {"dimension": show(key)}))
    labels = category.get("label", {})
    index = category.get("index", list(labels) if isinstance(labels, dict) else None)
    if isinstance(index, list) and all(isinstance(code, str) for code in index):
        order = list(index)
    elif isinstance(index, dict) and all(map(_is_whole, index.values())):
        order = sorted(index, key=lambda code: int(index[code]))
        if [int(index[code]) for code in order] != list(range(len(order))):
            raise refused(file, Message("statistics.categories_gaps", {"dimension": show(key)}))
    else:
        raise refused(file, Message("statistics.categories_order", {"dimension": show(key)}))
    if len(order) != size or len({code.strip(BLANKS) for code in order}) != size or not isinstance(labels, dict):
        raise refused(
            file, Message("statistics.categories_size", {"dimension": show(key), "n": len(order), "size": size})
        )
    return {code.strip(BLANKS): _label(labels.get(code), code) for code in order}


def _spread(content: Any, total: int, name: str, file: str) -> list[Any]:
    """Return one entry a cell from a full list, a sparse object of positions, or (status) one text for all."""
    if isinstance(content, list) and len(content) == total:
        return content
    if isinstance(content, str) and name == "status":
        return [content] * total
    if isinstance(content, dict) and all(key.isascii() and key.isdigit() and len(key) < 10 for key in content):
        spread: list[Any] = [None] * total
        if all(int(key) < total for key in content):
            for key, entry in content.items():
                spread[int(key)] = entry
            return spread
    found = (
        Message("statistics.entries", {"n": len(content)})
        if isinstance(content, list)
        else Message("statistics.something_else")
    )
    raise refused(file, Message("statistics.entries_promised", {"promised": total, "name": name, "found": found}))


def _cell(value: Any, status: Any, at: int, file: str) -> tuple[str, str]:
    if not (value is None or isinstance(value, str)) or not (status is None or isinstance(status, str)):
        raise refused(file, Message("statistics.cell_invalid", {"cell": at}))
    symbol = (status or "").strip(BLANKS)
    if value is None or is_number(value):
        return value or "", symbol
    return "", symbol or value.strip(BLANKS)


def _plain(answer: dict[str, Any], file: str) -> Sheet:
    """Read API v1's own JSON: keys by row and a column for each content, all of it text."""
    columns = answer["columns"]
    if not all(
        isinstance(c, dict) and isinstance(c.get("code"), str) and isinstance(c.get("type"), str) for c in columns
    ):
        raise refused(file, Message("statistics.columns_invalid"))
    keys = [c for c in columns if c["type"] in ("d", "t")]
    contents = [c for c in columns if c["type"] == "c"]
    if not keys or not contents or len(columns) > 1000:
        raise refused(file, Message("statistics.columns_missing"))
    names = [c["code"].strip(BLANKS) for c in keys]
    header = [*names, "ContentsCode", "ContentsCode_label", "value", "status"]
    if len(set(header)) < len(header):
        raise refused(file, Message("statistics.column_twice", {"names": listed(names)}))
    refuse_vast([len(answer["data"]), len(contents)], file)
    records = []
    for row, entry in enumerate(answer["data"], start=1):
        key, values = (entry.get("key"), entry.get("values")) if isinstance(entry, dict) else ([], [])
        if not _texts(key, len(keys)) or not _texts(values, len(contents)):
            raise refused(
                file, Message("statistics.entry_invalid", {"entry": row, "keys": len(keys), "values": len(contents)})
            )
        for content, cell in zip(contents, values, strict=True):
            code, label = content["code"].strip(BLANKS), _label(content.get("text"), content["code"])
            records.append((row, [*(text.strip(BLANKS) for text in key), code, label, *symbol_apart(cell)]))
    questions = {name: _label(c.get("text"), name) for name, c in zip(names, keys, strict=True)}
    labels = {"ContentsCode": {c["code"].strip(BLANKS): _label(c.get("text"), c["code"]) for c in contents}}
    return Sheet(file, FORM, header, records, decimal=".", questions=questions, labels=labels)


def symbol_apart(cell: str) -> tuple[str, str]:
    """Return value and symbol of a cell that holds the one or the other: ``..`` stands for a missing value."""
    text = cell.strip(BLANKS)
    return (text, "") if is_number(text) else ("", text)


def _texts(entries: Any, number: int) -> TypeGuard[list[str]]:
    return isinstance(entries, list) and len(entries) == number and all(isinstance(entry, str) for entry in entries)


def _is_whole(content: Any) -> bool:
    return isinstance(content, str) and content.isascii() and content.isdigit() and len(content) < 20


def _label(text: Any, otherwise: str) -> str:
    return (text if isinstance(text, str) else otherwise).strip(BLANKS)
