"""Damage to a file that chance chooses: to its bytes, to the members of an archive, to values of JSON, to rows of a database."""

import io
import json
import random
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing

NUMBERS = (
    "",
    "-1",
    "0",
    "00",
    "1",
    "2",
    "255",
    "65536",
    "4294967295",
    "9" * 19,
    "9" * 400,
    "1e400",
    "-0.0",
    "nan",
    "²",
    "٣",
)
"""What may stand in a text in the place of a number."""

_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**63 - 1, 2**64 - 1)
_QUOTED = re.compile(rb'"[^"]{0,200}"')
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_TEXTS = (".xml", ".rels", ".qde", ".txt")

Damage = Callable[[bytes, random.Random], bytes]


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return a file with one to five damages, each at a place and of a kind that chance chooses."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        data = rng.choice(_ways(data))(data, rng)
    return data


def _ways(data: bytes) -> tuple[Damage, ...]:
    if data.startswith(b"PK"):
        return (_bytes, _member, _member, _member, _member)
    if data.startswith(b"SQLite format 3"):
        return (_bytes, _bytes, _row, _row)
    if data[:1] in (b"{", b"["):
        return (_bytes, _text, _value, _value)
    return (_bytes, _bytes) if b"\0" in data[:4_000] else (_bytes, _text, _text)


def _bytes(data: bytes, rng: random.Random) -> bytes:
    """Change, lose, repeat, move or put in some bytes, or put a number in that may be a length or a place."""
    content = bytearray(data)
    at = rng.randrange(len(content) + 1)
    to = min(len(content), at + rng.choice((1, 1, 2, 4, 8, 30, 300)))
    match rng.randrange(7):
        case 0:
            content[at:to] = rng.randbytes(to - at)
        case 1:
            del content[at:to]
        case 2:
            content[at:at] = content[at:to]
        case 3:
            content[at:at] = rng.randbytes(rng.randrange(1, 9))
        case 4:
            width = rng.choice((1, 2, 4, 8))
            number = rng.choice(_INTEGERS) % 2 ** (8 * width)
            content[at : at + width] = number.to_bytes(width, rng.choice(("little", "big")))
        case 5:
            content[at:to] = bytes(byte ^ 1 << rng.randrange(8) for byte in content[at:to])
        case _ if rng.random() < 0.3:
            del content[at:]
        case _:
            other = rng.randrange(len(content) + 1)
            content[at:to] = content[other : other + to - at]
    return bytes(content)


def _text(data: bytes, rng: random.Random) -> bytes:
    """Put another number, or another of the file's own quoted texts, in the place of one."""
    pattern = rng.choice((_NUMBER, _QUOTED))
    found = list(pattern.finditer(data))
    if not found:
        return _bytes(data, rng)
    place = rng.choice(found)
    new = rng.choice(NUMBERS).encode() if pattern is _NUMBER or rng.random() < 0.5 else rng.choice(found)[0]
    if pattern is _QUOTED and not new.startswith(b'"'):
        new = b'"' + new + b'"'
    return data[: place.start()] + new + data[place.end() :]


def _member(data: bytes, rng: random.Random) -> bytes:
    """Damage a member of an archive, or lose it, and pack the rest as before."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {member.filename: archive.read(member) for member in archive.infolist()}
    except Exception:  # what was damaged before can't be taken apart: its bytes can
        return _bytes(data, rng)
    if not parts:
        return data
    name = rng.choice(sorted(parts))
    if rng.random() < 0.05:
        del parts[name]
    else:
        parts[name] = (_text if name.endswith(_TEXTS) and rng.random() < 0.6 else _bytes)(parts[name], rng)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            plain = name == "mimetype"
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED)
    return target.getvalue()


_ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2**70,
    1.5,
    "",
    "²",
    "x" * 300,
    "\0",
    "\ud800",
    [],
    {},
    [None],
    {"a": None},
    [[]],
)


def _value(data: bytes, rng: random.Random) -> bytes:
    """Put something odd in the place of a value of JSON, or lose it."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes(data, rng)
    places: list[tuple[list[object] | dict[str, object], object]] = []
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict):
            keys = list(one) if isinstance(one, dict) else list(range(len(one)))
            places += [(one, key) for key in keys]
            waiting += [one[key] for key in keys]
    if not places:
        return data
    holder, key = rng.choice(places)
    if rng.random() < 0.2:
        del holder[key]  # type: ignore[arg-type]
    else:
        holder[key] = rng.choice((*_ODD, rng.choice(places)[1]))  # type: ignore[index]
    return json.dumps(root).encode()


def _row(data: bytes, rng: random.Random) -> bytes:
    """Put something odd in the place of a value of a database, or of all in its column."""
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.deserialize(data)
            connection.execute("PRAGMA ignore_check_constraints = ON")
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            table = rng.choice(sorted(tables))
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            column = rng.choice(columns)
            value = rng.choice((None, -1, 0, 2**62, 1.5, "", "²", "1.5", b"\xff\0", "x" * 300, "\0"))
            where = "" if rng.random() < 0.3 else "WHERE rowid IN (SELECT rowid FROM this ORDER BY rowid LIMIT 1)"
            connection.execute(
                f'UPDATE OR IGNORE "{table}" SET "{column}" = ? {where.replace("this", table)}', (value,)
            )
            return connection.serialize()
    except (sqlite3.Error, IndexError, UnicodeError):
        return _bytes(data, rng)
