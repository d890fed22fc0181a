"""SPSS files (.sav, .zsav): values as text, with questions, value labels and user-missing codes."""

import math
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from report_engine.model.encoded import Encoded
from report_engine.model.findings import Finding, at_most
from report_engine.readers import limits
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys import spss_child
from report_engine.readers.tables import tabular
from report_engine.readers.tables.grid import Grid
from report_engine.readers.tables.sheet import DateText, NumberText, Sheet
from report_engine.words.messages import Message

FORM = "spss"
MOST_COLUMNS = 5_000
SECONDS = 20  # of computing, which no other program on the machine takes up
SECONDS_A_MB = 1

_HEADER = 176  # bytes
_PROGRAM = Path(spss_child.__file__)
_LONGEST_WAIT = None if spss_child.OUT_OF_TIME else 600  # seconds on the clock, where a system limits no computing
_ADVICE = Message("exports.spss_save")
_KINDS = {"text": str, "numbers": NumberText, "dates": DateText}


def matches(data: bytes, name: str) -> bool:
    """Say whether the file is an SPSS system file, plain or compressed."""
    return data.startswith((b"$FL2", b"$FL3"))


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read an SPSS file: one sheet whose records are numbered as SPSS numbers the cases.

    ``questions`` are the variable labels, ``labels`` the value labels (for codes that never occur too), ``missing`` the
    user-missing codes, ranges resolved to the codes that occur or have a label. Dates are ISO 8601. Raises ``Unreadable``.
    """
    documents = _run(data, file)
    about, columns = documents[0], documents[1:]
    if not columns or not columns[0]["codes"]:
        raise Unreadable(
            Finding(file, "file", Message("exports.spss_without_cases"), advice=Message("exports.data_again"))
        )
    findings = []
    if about["guessed"]:
        problem = Message("exports.spss_encoding")
        findings.append(Finding(file, "encoding", problem, severity="warning"))
    texts = []
    for column in columns:
        lost = (_lost(file, at + 1, column["name"]) for at in column["lost"])
        findings += at_most(lost)
        texts.append(_typed(column, _KINDS[column["kind"]]))
    labels = {name: dict(pairs) for name, pairs in about["labels"].items()}
    missing = {
        column["name"]: codes
        for column in columns
        if (
            codes := _missing(
                about["missing"].get(column["name"], ()), column["distinct"], labels.get(column["name"], {})
            )
        )
    }
    records = Grid([*range(1, len(texts[0]) + 1)], texts, {})
    header = [column["name"] for column in columns]
    said = {"questions": about["questions"], "labels": labels, "missing": missing}
    return [Sheet(file, FORM, tabular.unique(header), records, decimal=".", findings=tuple(findings), **said)]


def _run(data: bytes, file: str) -> list[dict[str, Any]]:
    layout = data[64:68]  # 2 or 3, in either order of bytes; what has neither is not worth a process
    if len(data) < _HEADER or not {layout, layout[::-1]} & {b"\2\0\0\0", b"\3\0\0\0"}:
        raise _refused(file, Message("exports.spss_damaged"))
    seconds = SECONDS + len(data) // 1_000_000 * SECONDS_A_MB
    bounds = (MOST_COLUMNS, limits.most_cells(), seconds, max(spss_child.MEMORY, limits.memory()))
    command = [sys.executable, "-P", _PROGRAM.as_posix(), *map(str, bounds)]
    try:
        ended = subprocess.run(
            command, input=data, capture_output=True, timeout=_LONGEST_WAIT, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired:
        raise _refused(file, Message("exports.spss_needs_more")) from None
    if ended.returncode == -spss_child.OUT_OF_TIME:
        raise _refused(file, Message("exports.spss_time", {"seconds": seconds}))
    documents = [*spss_child.lines(ended.stdout)] if ended.returncode == 0 else []
    if not documents:
        raise _refused(file, Message("exports.spss_needs_more"))
    if refused := documents[0].get("message"):
        raise _refused(file, Message(*refused))
    return documents


def _environment() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}


def _refused(file: str, problem: Message) -> Unreadable:
    return Unreadable(Finding(file, "file", problem, advice=_ADVICE))


def _lost(file: str, case: int, column: str) -> Finding:
    advice = Message("exports.correct_date")
    return Finding(file, "type", Message("exports.no_such_date"), case, column, advice=advice)


def _typed(column: Mapping[str, Any], kind: type[str]) -> Encoded[str]:
    """Return a column's cells, marked as numbers or dates where they hold something."""
    import numpy as np

    codes = np.frombuffer(b64decode(column["codes"]), column["type"]).astype(np.int32)
    return Encoded([kind(text) if text else "" for text in column["distinct"]], codes)


def _missing(ranges: Iterable[Any], cells: Iterable[str], labels: Mapping[str, str]) -> frozenset[str]:
    """Resolve user-missing values to codes as text."""
    codes = set()
    for low, high in ranges:
        if isinstance(low, str) or isinstance(high, str):
            codes |= {str(low), str(high)} if low == high else {c for c in {*cells, *labels} if c and low <= c <= high}
            continue
        if low == high and math.isfinite(low):
            codes.add(str(int(low)) if low == int(low) else repr(low))
        for cell in {*cells, *labels}:
            if (number := _number(cell)) is not None and low <= number <= high:
                codes.add(cell)
    return frozenset(codes)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
