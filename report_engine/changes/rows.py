"""Rows of a dataset, compared by primary key; those of personal data are known by their key and a hash only."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 5
"""How many rows of each kind are kept as examples."""

_HASH_DIGITS = 8

Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]
"""Rows by primary key: the other columns by name; of personal data one column, ``HASH``."""

HASH = "hash"


@dataclass(frozen=True)
class RowDiff:
    """How many rows were added, removed and changed, with the first few of each.

    ``changed_examples`` pairs a key with ``{column: (old, new)}``; of personal data no column is told.
    """

    key: tuple[str, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0
    added_examples: tuple[Key, ...] = ()
    removed_examples: tuple[Key, ...] = ()
    changed_examples: tuple[tuple[Key, Mapping[str, tuple[Any, Any]]], ...] = ()
    personal: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def by_key(records: Iterable[Mapping[str, Any]], key: Sequence[str]) -> dict[Key, dict[str, Any]]:
    """Arrange records by the columns of their primary key."""
    return {
        tuple(record.get(name) for name in key): {name: value for name, value in record.items() if name not in key}
        for record in records
    }


def anonymous(rows: Rows) -> dict[Key, dict[str, Any]]:
    """Put a short hash in the place of each row's values.

    Short on purpose: it shows that a row has changed, while too many sets of answers share it to tell which were given.
    """
    return {key: {HASH: _hash(row)} for key, row in rows.items()}


def compare_rows(old: Rows, new: Rows, key: Sequence[str], *, personal: bool = False) -> RowDiff:
    """Compare rows by key; columns that only one side has count as changed values where they hold one.

    Of ``personal`` data ``old`` has been kept as hashes, and ``new`` is compared as such.
    """
    new = anonymous(new) if personal else new
    added = sorted(new.keys() - old.keys(), key=_order)
    removed = sorted(old.keys() - new.keys(), key=_order)
    changed = [
        (at, differing)
        for at in sorted(old.keys() & new.keys(), key=_order)
        if (differing := _values(old[at], new[at]))
    ]
    examples = tuple((at, {k: v for k, v in values.items() if k != HASH}) for at, values in changed[:SHOWN])
    return RowDiff(
        tuple(key),
        added=len(added),
        removed=len(removed),
        changed=len(changed),
        added_examples=tuple(added[:SHOWN]),
        removed_examples=tuple(removed[:SHOWN]),
        changed_examples=examples,
        personal=personal,
    )


def _values(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*old, *(name for name in new if name not in old)]
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _hash(row: Mapping[str, Any]) -> str:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]


def _order(key: Key) -> tuple[tuple[bool, str, Any], ...]:
    return tuple((part is not None, type(part).__name__, part if part is not None else 0) for part in key)
