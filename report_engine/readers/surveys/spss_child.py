"""The part of the SPSS reader that runs in a process of its own: one JSON document a line, first the file's description,
then each column. A damaged file can make the C library behind pyreadstat crash or never end; here it harms nobody.

It is run by its path, so that it imports nothing of the project.
"""

import io
import json
import math
import signal
import sys
from array import array
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

MEMORY = 1_000_000_000  # bytes, which a small file may take on any machine
OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
"""What ends this process when it has computed for too long; 0 on Windows, which has no such limit."""

_TOGETHER = 4_000_000  # cells
_FEW = 256  # different cells, of which one byte says which
_FIRST_DAY = datetime(1582, 10, 14)  # SPSS counts seconds from here
_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "MOYR", "QYR", "WKYR")
_MOMENTS = ("DATETIME", "YMDHMS")
_TIMES = ("TIME", "DTIME", "MTIME")


def main(most_columns: int, most_cells: int, seconds: int, memory: int) -> None:
    """Read the SPSS file on standard input and write what stands in it to standard output.

    It may take so many seconds of computing and so many bytes of memory.
    """
    _limit(seconds, memory)
    import pyreadstat

    data = sys.stdin.buffer.read()
    try:
        for document in _documents(data, most_columns, most_cells):
            sys.stdout.write(json.dumps(document) + "\n")
    except _TooLarge as error:
        sys.stdout.write(json.dumps({"message": error.args}) + "\n")
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, ValueError):
        sys.stdout.write(json.dumps({"message": ("exports.spss_damaged",)}) + "\n")


class _TooLarge(Exception):
    """A file that exceeds a limit; key and values of the engine's message, whose package this process does without."""


def _documents(data: bytes, most_columns: int, most_cells: int) -> Iterator[dict[str, object]]:
    import pyreadstat

    guessed, bounds = "", (most_columns, most_cells)
    try:
        about, columns = _read(data, *bounds)
    except pyreadstat.ReadstatError as error:
        if "convert string" not in str(error):
            raise
        guessed = "WINDOWS-1252"
        about, columns = _read(data, *bounds, encoding=guessed)
    yield {**_description(about), "guessed": guessed}
    yield from columns


def _read(
    data: bytes, most_columns: int, most_cells: int, encoding: str | None = None
) -> tuple[Any, list[dict[str, object]]]:
    """Return what a file says of its columns, and the columns: read a few at a time, since a cell takes 60 bytes before it is written."""
    import pyreadstat

    _, about = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True, user_missing=True, encoding=encoding)
    names = about.column_names
    if len(names) > most_columns:
        raise _TooLarge("exports.variables", {"n": len(names), "limit": most_columns})
    longest = most_cells // max(1, len(names))
    wanted: dict[str, Any] = {"user_missing": True, "output_format": "dict", "disable_datetime_conversion": True}
    wanted |= {"row_limit": longest + 1, "encoding": encoding}
    few = max(1, _TOGETHER // max(1, about.number_rows or 1))
    found = []
    for start in range(0, len(names), few):
        columns, its = pyreadstat.read_sav(io.BytesIO(data), usecols=names[start : start + few], **wanted)
        for name in names[start : start + few]:
            if len(columns[name]) > longest:
                raise _TooLarge("exports.cells", {"limit": most_cells})
            found.append(_column(name, columns.pop(name), its.original_variable_types.get(name, "")))
    return about, found


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent still stops what takes too long
        return
    limits = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_DATA: (memory, memory),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, bounds in limits.items():
        _, most = resource.getrlimit(kind)  # whoever started the program may allow less
        resource.setrlimit(
            kind, bounds if most == resource.RLIM_INFINITY else (min(bounds[0], most), min(bounds[1], most))
        )


def _description(about: Any) -> dict[str, object]:
    return {
        "columns": about.column_names,
        "questions": {name: text for name, text in about.column_names_to_labels.items() if text},
        "labels": {
            name: [[value if isinstance(value, str) else _number(value), label] for value, label in labels.items()]
            for name, labels in about.variable_value_labels.items()
        },
        "missing": {
            name: [[part["lo"], part["hi"]] for part in ranges] for name, ranges in about.missing_ranges.items()
        },
    }


def _column(name: str, values: list[object], form: str) -> dict[str, object]:
    """Write a column's cells as text, and say what they are: text, numbers or dates."""
    letters, distinct = form.rstrip("0123456789.").upper(), {*values}
    if letters in (*_DATES, *_MOMENTS, *_TIMES):
        kind, written = "dates", {value: _moment(value, letters) for value in distinct}
    elif letters == "N" and form[1:].isdigit():  # digits with leading zeros
        width = int(form[1:])
        kind, written = (
            "text",
            {value: _number(value).zfill(width) if _is_number(value) else "" for value in distinct},
        )
    else:
        is_text = letters in ("A", "AHEX") or any(isinstance(value, str) for value in distinct)
        kind = "text" if is_text else "numbers"
        written = {value: value if isinstance(value, str) else _number(value) for value in distinct}
    lost = {value for value, text in written.items() if not text and _is_number(value)}
    places = [at for at, value in enumerate(values) if value in lost] if lost else []
    # each answer is written once, however often it was given, and each cell as which of them it is
    known: defaultdict[str, int] = defaultdict(count().__next__)
    codes = array("i", map(known.__getitem__, map(written.__getitem__, values)))
    if len(known) <= _FEW:
        codes = array("B", codes)
    packed = b64encode(codes.tobytes()).decode("ascii")
    return {"name": name, "kind": kind, "lost": places, "distinct": [*known], "codes": packed, "type": codes.typecode}


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and math.isfinite(value)


def _number(value: object) -> str:
    if not isinstance(value, float | int) or math.isnan(value):
        return ""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def _moment(value: object, letters: str) -> str:
    """Write a date or time as ISO 8601; nothing where there is none or no calendar has it."""
    if not isinstance(value, float | int) or not math.isfinite(value):
        return ""
    try:
        if letters in _TIMES:
            minutes, seconds = divmod(round(value), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        moment = _FIRST_DAY + timedelta(seconds=round(value))
    except OverflowError:
        return ""
    return moment.isoformat(" ") if letters in _MOMENTS else moment.date().isoformat()


def lines(output: bytes) -> Iterator[dict[str, Any]]:
    """Read back what ``main`` wrote."""
    for line in output.splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
