"""Tracebacks without what identifies persons or what they said: their ids and free texts, as the tidy tables hold them."""

import re
from collections.abc import Iterator
from pathlib import Path

from report_engine.checks.personal import MASK, quotable
from report_engine.contracts.contract import load_all

_TIDY = Path("data/tidy")
_BEGINNING = 12  # characters of a text that are looked for: what prints a table cuts the rest
_SHORTEST = 4  # characters; a shorter id is part of too many words
_ERROR = re.compile(r"(?:[A-Za-z_][\w.]*: )?")


def without_persons(story: str) -> str:
    """Mask each line that quotes an id or free text of persons, but for the name of an error that it begins with.

    Never raises: a story that can't be compared with the tables, because there are none, is returned as it is.
    """
    try:
        quoted = {beginning for beginning in _beginnings() if beginning in story}
    except Exception:  # a second error must not take the place of the one that is told of
        return story
    lines = story.split("\n")
    return "\n".join(
        f"{_name(line)}{MASK}" if any(beginning in line for beginning in quoted) else line for line in lines
    )


def _name(line: str) -> str:
    found = _ERROR.match(line)
    return found[0] if found else ""


def _beginnings() -> Iterator[str]:
    """Give how each line of an id or text begins, and how Python writes the whole."""
    import pyarrow.parquet as pq

    for name, contract in load_all().items():
        path = _TIDY / f"{name}.parquet"
        if contract.rows != "persons" or not path.is_file():
            continue
        spoken = quotable(contract)
        columns = [field.name for field in contract.fields if field.type == "string" and field.name not in spoken]
        for column in pq.read_table(path, columns=columns).columns:
            for text in column.unique().drop_null().to_pylist():
                for line in (*text.splitlines(), repr(text)[1:-1]):
                    if len(line) >= _SHORTEST:
                        yield line[:_BEGINNING]
