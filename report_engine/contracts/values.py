"""What a typed table holds, once its cells have been read as the contract says."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeGuard

Value: TypeAlias = str | float | bool | None
Columns: TypeAlias = Mapping[str, Sequence[Value]]
"""A table by column, each with one value a record."""


def is_number(value: Value) -> TypeGuard[float]:
    """Say whether a value is a whole or decimal number; to Python a boolean is one, here it is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
