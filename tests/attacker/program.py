"""Bounds on cells from statements: an integer linear programme over the smallest parts that the statements tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tests.attacker.cells import Cell, Statement

SECONDS = 0.3
"""After so long a bound is what the solver has shown so far: wider, so that nothing is found that is not there."""


TOLERANCE = 1e-5
"""Records by which a sum of shares may miss its whole: what the solver holds equal."""


class Contradiction(ValueError):
    """Statements that no records fulfil: the attacker has misread what was published."""


@dataclass(frozen=True)
class World:
    """Every kind of record that there can be, a row each: text columns, and weights by name."""

    kinds: pd.DataFrame
    weights: dict[str, np.ndarray]


class Program:
    """The statements on one world as rows of a programme, for bounds on some cells."""

    def __init__(self, world: World, statements: Sequence[Statement]) -> None:
        self.statements, self._kinds = list(statements), world.kinds
        cells = sorted({found for said in statements for found in said.cells}, key=str)
        names = sorted({said.weight for said in statements if said.weight})
        lines = [found.holds(world.kinds) for found in cells] + [world.weights[name] for name in names]
        marks = np.array(lines, dtype=float).reshape(len(lines), len(world.kinds))
        told, self._of_kind = np.unique(marks, axis=1, return_inverse=True)
        self._size = told.shape[1]
        self._inside = dict(zip(cells, told[: len(cells)], strict=True))
        self._weight = dict(zip(names, told[len(cells) :], strict=True))
        self._rows, self._low, self._high, self._said = self._constraints()
        self._points: list[np.ndarray] = []

    def _ends(self, target: Cell) -> tuple[np.ndarray, np.ndarray]:
        """Mark the parts that are wholly in a cell, and those that are in part: all of such a part may be in it, or none."""
        inside = target.holds(self._kinds)
        some, all_ = np.zeros(self._size, dtype=bool), np.ones(self._size, dtype=bool)
        some[self._of_kind[inside]] = True
        all_[self._of_kind[~inside]] = False
        return all_, some

    def _constraints(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        rows, low, high, of = [], [], [], []
        for at, said in enumerate(self.statements):
            weight = self._weight[said.weight] if said.weight else np.ones(self._size)
            total = sum((factor * self._inside[found] for factor, found in said.terms), np.zeros(self._size)) * weight
            if said.of is None:
                parts = [(total, said.low - said.noise, said.high + said.noise)]
            else:
                whole = self._inside[said.of] * weight
                moved = (said.noise + TOLERANCE) * whole.max(initial=0.0)
                parts = [(total - said.low * whole, -moved, np.inf), (total - said.high * whole, -np.inf, moved)]
            for row, least, most in parts:
                rows.append(row)
                low.append(least)
                high.append(most)
                of.append(at)
        matrix = np.array(rows).reshape(len(rows), self._size)
        return matrix, np.array(low), np.array(high), np.array(of, dtype=int)

    @cached_property
    def _component(self) -> np.ndarray:
        """The number of the component that each part belongs to: parts that no statement joins don't bound each other."""
        n_rows = len(self._rows)
        joined = csr_array(np.abs(self._rows) > 0)
        edges = csr_array(
            (np.ones(joined.nnz), (joined.nonzero()[0], joined.nonzero()[1] + n_rows)), shape=(n_rows + self._size,) * 2
        )
        return connected_components(edges, directed=False)[1][n_rows:]

    def _part(self, target: Cell) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Cut out what bears on a cell: what it has at least and at most, of which parts, and the rows that bind these."""
        all_, some = self._ends(target)
        parts = np.isin(self._component, np.unique(self._component[some]))
        rows = (np.abs(self._rows[:, parts]) > 0).any(axis=1)
        return all_[parts].astype(float), some[parts].astype(float), parts, rows

    def interval(self, target: Cell) -> tuple[float, float]:
        """Bound how many records a cell has, from the statements alone."""
        least, most, parts, rows = self._part(target)
        if not most.any():
            return 0.0, 0.0
        limits = LinearConstraint(csr_array(self._rows[rows][:, parts]), self._low[rows], self._high[rows])
        low, high = (self._least(aim, limits, parts) for aim in (least, -most))
        return max(low, 0.0), -high

    def reached(self, target: Cell) -> tuple[float, float]:
        """Give the least and the most records of a cell in the worlds found so far that fulfil all statements: its bounds are no closer."""
        all_, some = self._ends(target)
        points = self._known(some)
        if not points:
            return np.inf, -np.inf
        return min(point[all_].sum() for point in points), max(point[some].sum() for point in points)

    def apart(self, target: Cell, group: Cell) -> bool:
        """Say whether in a world found so far some of a group are certainly not in a cell."""
        inner, outer = self._ends(target)[1], self._ends(group)[0]
        return any(point[inner].sum() < point[outer].sum() - 0.5 for point in self._known(inner | outer))

    def _known(self, parts: np.ndarray) -> list[np.ndarray]:
        return [point for point in self._points if not np.isnan(point[parts]).any()]

    def _least(self, aim: np.ndarray, limits: LinearConstraint, parts: np.ndarray) -> float:
        """Solve for the least of an aim, in whole numbers as far as time allows."""
        bounds, integral = Bounds(0, np.inf), np.ones(len(aim))
        whole = milp(aim, integrality=integral, bounds=bounds, constraints=limits, options={"time_limit": SECONDS})
        if whole.x is not None:
            point = np.full(self._size, np.nan)
            point[parts] = np.round(whole.x)
            self._points.append(point)
        if whole.status == 0:
            return float(np.round(whole.fun))
        relaxed = milp(aim, bounds=bounds, constraints=limits)
        if 2 in (whole.status, relaxed.status):
            raise Contradiction("no records fulfil what was published")
        if relaxed.status != 0:
            return -np.inf
        return float(np.ceil(max(relaxed.fun, whole.mip_dual_bound or -np.inf) - 1e-4))

    def reasons(self, target: Cell, most: int = 6) -> list[str]:
        """Name the sources that bound a cell: those with a price in the relaxed programme."""
        *aims, parts, rows = self._part(target)
        matrix, low, high, of = self._rows[rows][:, parts], self._low[rows], self._high[rows], self._said[rows]
        above, below = np.isfinite(high), np.isfinite(low)
        price = np.zeros(len(self.statements))
        for aim in (aims[0], -aims[1]):
            found = linprog(
                aim,
                A_ub=np.vstack([matrix[above], -matrix[below]]),
                b_ub=np.concatenate([high[above], -low[below]]),
                method="highs",
            )
            if found.status == 0:
                np.add.at(price, np.concatenate([of[above], of[below]]), np.abs(found.ineqlin.marginals))
        order = [at for at in np.argsort(-price, kind="stable") if price[at] > 1e-9]
        return sorted({self.statements[at].source for at in order[:most]})
