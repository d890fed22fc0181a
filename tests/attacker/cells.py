"""What an attacker knows: cells of records, and statements on how many or which share of them there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Cell:
    """The records that have, in each of some columns, one of some values."""

    where: Where

    def __str__(self) -> str:
        return " ".join(f"{name}={'|'.join(values)}" for name, values in self.where) or "all"

    def __and__(self, other: "Cell") -> "Cell":
        mine = dict(self.where)
        for name, values in other.where:
            mine[name] = tuple(v for v in mine.get(name, values) if v in values)
        return cell(**mine)

    def without(self, inner: "Cell") -> "Cell | None":
        """Return what is left of the cell beside an ``inner`` one that is narrower in one column; None for others."""
        mine, its = dict(self.where), dict((self & inner).where)
        narrower = [name for name in its if its[name] != mine.get(name)]
        if len(narrower) != 1 or narrower[0] not in mine:
            return None
        name = narrower[0]
        rest = tuple(value for value in mine[name] if value not in its[name])
        return cell(**mine | {name: rest}) if rest else None

    def holds(self, records: pd.DataFrame) -> np.ndarray:
        """Mark the records (all columns text) that are in the cell."""
        inside = np.ones(len(records), dtype=bool)
        for name, values in self.where:
            inside &= records[name].isin(values).to_numpy()
        return inside


def cell(**where: str | Iterable[str]) -> Cell:
    """Name a cell by columns and the value, or the values, that they have in it."""
    plain = {
        name: (values,) if isinstance(values, str) else tuple(sorted(set(values))) for name, values in where.items()
    }
    return Cell(tuple(sorted(plain.items())))


@dataclass(frozen=True)
class Statement:
    """That the terms (factor, cell) add up to something from ``low`` to ``high``.

    With ``of``, that what they add up to, divided by that cell, is from ``low`` to ``high``; then records count by their ``weight``, a column of
    the world. ``noise`` is how many records may have been added to or taken from the sum, ``effect`` from where to where the share's design effect
    lies, as its interval tells.
    """

    terms: tuple[tuple[float, Cell], ...]
    low: float
    high: float
    source: str
    of: Cell | None = None
    weight: str | None = None
    noise: float = 0.0
    effect: tuple[float, float] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that it is about."""
        return tuple(found for _, found in self.terms) + ((self.of,) if self.of else ())

    def within(self, outer: Cell) -> "Statement":
        """Say the same of the records in another cell only."""
        terms = tuple((factor, found & outer) for factor, found in self.terms)
        of = self.of & outer if self.of else None
        return replace(self, terms=terms, of=of)

    def is_true(self, records: pd.DataFrame, weights: Mapping[str, np.ndarray], slack: float = 1e-6) -> bool:
        """Say whether it is true of records, each with its weights by name."""
        size = weights[self.weight] if self.weight else np.ones(len(records))
        total = sum(factor * size[found.holds(records)].sum() for factor, found in self.terms)
        whole = size[self.of.holds(records)].sum() if self.of else 1.0
        moved = self.noise * (size[self.of.holds(records)].max(initial=0.0) if self.of else 1.0) + slack
        return bool(self.low * whole - moved <= total <= self.high * whole + moved)


def count(of: Cell, low: float, high: float, source: str) -> Statement:
    """State how many records a cell has."""
    return Statement(((1.0, of),), low, high, source)
