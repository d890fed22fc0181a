"""Which cells an attacker recovers: small ones whose interval is narrow, and small groups that are wholly inside or outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from tests.attacker.cells import Cell, Statement
from tests.attacker.program import Program, World

SMALL_GROUP = 2
"""A group of up to so many smallest cells is small: that all of it, or none, is in a category tells of each member."""


@dataclass(frozen=True)
class Target:
    """A cell to protect, and the group that it is a part of, where that is known to be in it or not."""

    cell: Cell
    group: Cell | None = None


@dataclass(frozen=True)
class Recovered:
    """A cell that follows from what is published: how large it is, its interval, and from what it follows."""

    cell: Cell
    size: int
    low: float
    high: float
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.cell}: {self.size} in {self.low:g}–{self.high:g}, from {'; '.join(self.sources)}"


def targets(statements: Iterable[Statement]) -> list[Target]:
    """List what statements are about: their cells, and what is left beside each in its whole."""
    found = set()
    for said in statements:
        for _, inner in said.terms:
            found.add(Target(inner & said.of if said.of else inner, said.of))
            rest = said.of.without(inner) if said.of else None
            if rest:
                found.add(Target(rest, said.of))
        if said.of:
            found.add(Target(said.of))
    return sorted(found, key=str)


def recovered(
    world: World, statements: Sequence[Statement], wanted: Sequence[Target], truth: pd.DataFrame, smallest: int
) -> list[Recovered]:
    """Bound the cells that are small in truth (records as rows), and give those that are recovered."""
    small = [(target, how) for target in wanted if (how := _protected(target, truth, smallest)) is not None]
    if not small:
        return []
    program = Program(world, statements)
    found = {}
    for target, (size, whole) in small:
        if _is_safe(program, target, size, whole, smallest):
            continue
        low, high = program.interval(target.cell)
        if size == 0:
            known = high == 0
        elif size == whole and target.group is not None:
            known = low >= program.interval(target.group)[1]
        else:
            known = high - low < smallest
        if known:
            found[target.cell] = Recovered(target.cell, size, low, high, tuple(program.reasons(target.cell)))
    return list(found.values())


def _is_safe(program: Program, target: Target, size: int, whole: int | None, smallest: int) -> bool:
    """Say whether worlds found for other cells show already that a cell's bounds are wide: it costs less than bounding it."""
    low, high = program.reached(target.cell)
    if size == 0:
        return high > 0
    if size == whole and target.group is not None:
        return program.apart(target.cell, target.group)
    return high - low >= smallest


def _protected(target: Target, truth: pd.DataFrame, smallest: int) -> tuple[int, int | None] | None:
    """Give size of cell and group where the cell is small, or all or none of a small group; else None."""
    size = int(target.cell.holds(truth).sum())
    whole = int(target.group.holds(truth).sum()) if target.group else None
    group = whole is not None and 0 < whole <= SMALL_GROUP * smallest and size in (0, whole)
    return (size, whole) if 0 < size < smallest or group else None
