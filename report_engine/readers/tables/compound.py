"""Compound files, in which old Office programs keep what they write: streams of sectors, found through a table of them."""

import struct
from collections.abc import Iterator

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BROKEN = (struct.error, IndexError, ValueError)
"""What reading a damaged file raises."""

_ENTRY = 128  # bytes of the directory
_SMALL = 4096  # bytes: a smaller stream lies in sectors of its own kind
_FIRST_TABLES = 109  # sectors of the table that the header names


def names(data: bytes) -> list[str]:
    """List the streams by name; none where the file is damaged. Never raises."""
    try:
        return [name for name, _, _ in _entries(data)]
    except BROKEN:
        return []


def stream(data: bytes, name: str) -> bytes:
    """Return what a stream holds; an error of ``BROKEN`` where the file is damaged."""
    for called, start, size in _entries(data):
        if called == name:
            if size >= _SMALL:
                return b"".join(_chain(data, start, _table(data)))[:size]
            return _small(data, start, size)
    raise IndexError(name)


def _sector(data: bytes) -> int:
    exponent = struct.unpack_from("<H", data, 30)[0]
    if exponent not in (9, 12):
        raise ValueError(exponent)
    return 512 if exponent == 9 else 4096


def _read(data: bytes, number: int) -> bytes:
    size = _sector(data)
    at = size * (number + 1)
    if at >= len(data):
        raise IndexError(number)
    return data[at : at + size]


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _table(data: bytes) -> list[int]:
    """Return the sector that follows each sector."""
    most = len(data) // _sector(data) + 1
    count, following = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 68)[0]
    places = list(struct.unpack_from(f"<{_FIRST_TABLES}I", data, 76))
    while following < most and len(places) < most:
        *more, following = _numbers(_read(data, following))
        places += more
    return [number for place in places[: min(count, most)] for number in _numbers(_read(data, place))]


def _chain(data: bytes, start: int, table: list[int]) -> Iterator[bytes]:
    number = start
    for _ in range(len(data) // _sector(data) + 1):  # one that leads back to itself ends
        if number >= len(table):
            return
        yield _read(data, number)
        number = table[number]


def _entries(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Give name, first sector and size of each entry of the directory; the first is that of the small sectors."""
    directory = b"".join(_chain(data, struct.unpack_from("<I", data, 48)[0], _table(data)))
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind:
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
            yield name, *struct.unpack_from("<II", directory, at + 116)


def _small(data: bytes, start: int, size: int) -> bytes:
    """Return a small stream: sectors of 64 bytes inside the first entry's stream, with a table of their own."""
    width = 1 << min(struct.unpack_from("<H", data, 32)[0], 12)
    _, first, length = next(_entries(data))
    table = _table(data)
    held = b"".join(_chain(data, first, table))[:length]
    following = _numbers(b"".join(_chain(data, struct.unpack_from("<I", data, 60)[0], table)))
    found: list[bytes] = []
    number = start
    while number < len(following) and len(found) * width < size:
        found.append(held[number * width : (number + 1) * width])
        number = following[number]
    return b"".join(found)[:size]
