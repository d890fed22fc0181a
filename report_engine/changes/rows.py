"""Rows of a dataset, compared by primary key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 5
"""How many rows of each kind are kept as examples."""

Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]
"""Rows by primary key: the other columns by name."""


@dataclass(frozen=True)
class RowDiff:
    """How many rows were added, removed and changed, with the first few of each.

    ``changed_examples`` pairs a key with ``{column: (old, new)}``.
    """

    key: tuple[str, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0
    added_examples: tuple[Key, ...] = ()
    removed_examples: tuple[Key, ...] = ()
    changed_examples: tuple[tuple[Key, Mapping[str, tuple[Any, Any]]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def by_key(records: Iterable[Mapping[str, Any]], key: Sequence[str]) -> dict[Key, dict[str, Any]]:
    """Arrange records by the columns of their primary key."""
    return {
        tuple(record.get(name) for name in key): {name: value for name, value in record.items() if name not in key}
        for record in records
    }


def compare_rows(old: Rows, new: Rows, key: Sequence[str]) -> RowDiff:
    """Compare rows by key; columns that only one side has count as changed values where they hold one."""
    added = sorted(new.keys() - old.keys(), key=_order)
    removed = sorted(old.keys() - new.keys(), key=_order)
    changed = [
        (at, differing)
        for at in sorted(old.keys() & new.keys(), key=_order)
        if (differing := _values(old[at], new[at]))
    ]
    return RowDiff(
        tuple(key),
        added=len(added),
        removed=len(removed),
        changed=len(changed),
        added_examples=tuple(added[:SHOWN]),
        removed_examples=tuple(removed[:SHOWN]),
        changed_examples=tuple(changed[:SHOWN]),
    )


def _values(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*old, *(name for name in new if name not in old)]
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _order(key: Key) -> tuple[tuple[bool, str, Any], ...]:
    return tuple((part is not None, type(part).__name__, part if part is not None else 0) for part in key)
