"""How much of a table may be read: what fits in the memory that reading may take."""

import os
from collections.abc import Iterator

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

CELL = 150  # bytes that a cell takes, taken apart and checked
TEXT = 20  # bytes that a byte of text takes at most, where every other one begins a cell
LEAST = 750_000_000  # bytes, on any machine

_given: int | None = None


def allow(gigabytes: int | None) -> None:
    """Say how much memory reading may take; None: half of the machine's."""
    global _given
    _given = None if gigabytes is None else gigabytes * 10**9


def memory() -> int:
    """Return how many bytes of memory reading a file may take."""
    if _given is not None:
        return _given
    try:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows does not tell in this way
        return LEAST
    return max(LEAST, min([machine, *_allowed()]) // 2)


def _allowed() -> Iterator[int]:
    """Yield how much memory this process may take at most, by each limit that it was started with."""
    import resource  # not on Windows

    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_AS):
        most, _ = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            yield most


def most_cells() -> int:
    """Return how many cells a table may have."""
    return memory() // CELL


def refuse_cells(cells: int, file: str) -> None:
    """Raise ``Unreadable`` where a table of so many cells needs more memory than it may take."""
    if cells > most_cells():
        raise _refused(file, Message("exports.cells", {"limit": most_cells()}))


def refuse_text(size: int, file: str) -> None:
    """Raise ``Unreadable`` where a text of so many bytes may need more memory than it may take."""
    if size * TEXT > memory():
        raise _refused(file, Message("files.too_many_mb", {"mb": size / 1e6, "limit": memory() // TEXT // 10**6}))


def _refused(file: str, problem: Message) -> Unreadable:
    advice = Message("files.more_memory", {"gb": round(memory() / 1e9, 1)})
    return Unreadable(Finding(file, "file", problem, advice=advice))
