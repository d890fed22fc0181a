"""SQLite databases from anywhere: opened in memory, tables only, within limits of steps and rows."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import repeat

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

MOST_ROWS = 1_000_000
LONGEST = 20_000_000  # bytes of one value
MOST_STEPS = 400_000_000  # of SQLite's machine; a row takes a dozen, whatever else the computer does

_STEPS = 10_000  # after which they are counted
_MAGIC = b"SQLite format 3\0"
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA}


def is_database(data: bytes, *tables: str) -> bool:
    """Say whether a file is an SQLite database that speaks of these tables."""
    return data.startswith(_MAGIC) and all(
        re.search(rb"CREATE TABLE [\"'`\[]?" + table.encode() + rb"\b", data, re.IGNORECASE) for table in tables
    )


def read(data: bytes, file: str, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of tables, each value as text (``""`` for NULL), in the order of their row numbers.

    ``wanted`` names the columns of each table; a table or column whose name ends with ``?`` may be missing (no rows, ``""``).
    Nothing of the database runs: no view, trigger, function or virtual table. Raises ``Unreadable``.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            _open(connection, data)
            tables = {
                str(name).casefold(): str(name)
                for name, root in connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
                if isinstance(root, int) and root > 0
            }
            for table, columns in wanted.items():
                name = table.removesuffix("?")
                if name not in tables:
                    if table == name:
                        raise _refused(file, Message("exports.table_missing", {"table": name}))
                    found[name] = []
                    continue
                found[name] = _rows(connection, file, tables[name], columns)
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, MemoryError) as error:
        ended = "interrupted" in str(error)
        raise _refused(file, Message("exports.database_steps" if ended else "exports.database_damaged")) from None
    return found


def _open(connection: sqlite3.Connection, data: bytes) -> None:
    if data[18:20] == b"\2\2":  # a write-ahead log can't be used in memory
        data = data[:18] + b"\1\1" + data[20:]
    connection.deserialize(data)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    left = repeat(False, MOST_STEPS // _STEPS)
    connection.set_progress_handler(lambda: next(left, True), _STEPS)
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)


def _rows(connection: sqlite3.Connection, file: str, table: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    have = {str(row[1]).casefold(): str(row[1]) for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")}
    taken = []
    for column in columns:
        name = column.removesuffix("?")
        if name in have:
            taken.append(_quoted(have[name]))
        elif column == name:
            raise _refused(file, Message("exports.column_of_table_missing", {"table": table, "column": name}))
        else:
            taken.append("NULL")
    rows = connection.execute(f"SELECT {', '.join(taken)} FROM {_quoted(table)}").fetchmany(MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise _refused(file, Message("exports.table_rows", {"table": table, "limit": MOST_ROWS}))
    return [tuple(_text(value) for value in row) for row in rows]


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refused(file: str, problem: Message) -> Unreadable:
    advice = Message("exports.close_tool")
    return Unreadable(Finding(file, "file", problem, advice=advice))
