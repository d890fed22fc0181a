"""Cell-key perturbation: counts, shares and means of persons with noise that is the same wherever the same cell stands.

A frame whose rows are persons, or what persons said, may carry two columns: ``RECORD`` (a random number a row, uint64, from a
secret) and ``SMALLEST`` (the smallest cell that may be known). Estimators that find them publish no exact number: the noise of a
cell follows from the set of rows inside it and the set of those in its group beside it, is at most ``bound`` rows either way, and
that of a cell and of its complement add up to zero. Fraser and Wooton (2005), A proposed method for confidentialising tabular output
to protect against differencing; Thompson, Broadfoot and Elazar (2013), Methodology for the automatic confidentialisation of
statistical outputs from remote servers at the Australian Bureau of Statistics.
"""

import hashlib
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from report_engine.methods.estimate import Estimate
from report_engine.methods.sampling import logit_interval, normal_interval

RECORD, SMALLEST = "_record", "_smallest"
"""The columns of a protected frame."""

NEVER_ZERO = 0.1
"""What stands for no row in a protected cell: that there is none is as small a number as any."""

FINE = 1000
"""From so many rows on shares are published in tenths of a per cent, below in whole per cent."""

FEW = 20
"""Of fewer cases than so many smallest cells, intervals tell next to nothing of the design: its effect tells in which strata they are."""


@dataclass(frozen=True)
class Group:
    """The rows of a group: their record keys and weights, and the smallest cell."""

    key: np.ndarray
    weight: np.ndarray
    smallest: int

    @property
    def step(self) -> float:
        """The step in which shares of the group are published."""
        return 0.01 if len(self.key) < FINE else 0.001

    @property
    def cases(self) -> int | None:
        """The number of rows as published: a multiple of the smallest cell, None where that would be too few."""
        return published_cases(len(self.key), self.key, self.smallest)

    def tail(self, inside: np.ndarray) -> float:
        """Estimate the weighted share of the rows ``inside`` (booleans), with noise and rounded."""
        total = self.weight.sum()
        moved = noise(self.key[inside], self.key[~inside], self.smallest) * self.weight.max()
        share = (self.weight[inside].sum() + moved) / total
        return float(np.clip(round(share / self.step) * self.step, 0.0, 1.0))

    def tails(self, values: np.ndarray, levels: np.ndarray) -> np.ndarray:
        """Estimate the share of values of at least each level but the first; a later share is never the larger."""
        shares = [self.tail(values >= level) for level in levels[1:]]
        return np.minimum.accumulate(np.array([1.0, *shares]))


def protected(frame: pd.DataFrame) -> bool:
    """Say whether a frame carries record keys."""
    return RECORD in frame.columns


def group(frame: pd.DataFrame, member: np.ndarray | None = None, weight: np.ndarray | None = None) -> Group:
    """Take the rows ``member`` (booleans; all if left out) of a protected frame as a group."""
    key = frame[RECORD].to_numpy(dtype="uint64")
    member = np.ones(len(key), dtype=bool) if member is None else member
    weights = np.ones(len(key)) if weight is None else weight
    smallest = int(frame[SMALLEST].iloc[0]) if len(frame) else 1
    return Group(key[member], weights[member], smallest)


def bound(smallest: int) -> int:
    """Return how many rows noise may add or take: what is published never bounds a count closer than ``smallest``."""
    return math.ceil(0.6 * (smallest - 1))


def noise(inside: np.ndarray, outside: np.ndarray, smallest: int) -> float:
    """Draw the noise of a cell, in rows: triangular between plus and minus ``bound``, from the record keys in and beside it.

    ``noise(a, b)`` is ``-noise(b, a)``; neither the order of the keys nor anything but the keys matters.
    """
    one, other = (int(np.bitwise_xor.reduce(keys, initial=np.uint64(0))) for keys in (inside, outside))
    low, high = sorted((one, other))
    if low == high:
        return 0.0
    drawn = hashlib.blake2b(low.to_bytes(8, "big") + high.to_bytes(8, "big"), digest_size=16).digest()
    uniform = [int.from_bytes(half, "big") / 2**64 for half in (drawn[:8], drawn[8:])]
    return (1 if one == low else -1) * (sum(uniform) - 1) * bound(smallest)


def published_cases(count: float, key: np.ndarray, smallest: int) -> int | None:
    """Write the number of cases that rest on the rows of these keys: a multiple of the smallest cell, None for too few."""
    seen = count + noise(key, key[:0], smallest)
    if min(count, seen) < smallest:
        return None
    return max(smallest, round(seen / smallest) * smallest)


def cases(frame: pd.DataFrame) -> int | None:
    """Count the rows of a frame: exactly, or with noise and rounded where it carries keys; None where they are too few to tell."""
    return group(frame).cases if protected(frame) else len(frame)


def total(frame: pd.DataFrame, column: str) -> int | None:
    """Add up a column of persons over the rows of a frame, as ``cases`` counts rows."""
    found = int(frame[column].sum())
    if not protected(frame):
        return found
    rows = group(frame)
    return published_cases(found, rows.key, rows.smallest)


def count(frame: pd.DataFrame, inside: "pd.Series | np.ndarray") -> int | None:
    """Count the rows ``inside`` (booleans), exactly or, where the frame carries keys, with the noise of their share of the frame.

    None where they, or those beside them, are too few to tell.
    """
    chosen = np.asarray(inside, dtype=bool)
    found = int(chosen.sum())
    if not protected(frame):
        return found
    rows = group(frame)
    seen = round(found + noise(rows.key[chosen], rows.key[~chosen], rows.smallest))
    return None if min(found, seen, len(frame) - found, len(frame) - seen) < rows.smallest else seen


def kept_effect(exact: float, cases: float, rows: Group) -> float:
    """Round a design effect to tenths; of few rows of different weights it is left out (1), and NaN stays NaN.

    In a small group of few strata it would tell who is in the stratum that weighs most.
    """
    if cases < FEW * rows.smallest and not np.isnan(exact) and np.ptp(rows.weight) > 0:
        return 1.0
    return float(np.maximum(np.round(exact, 1), 0.1))


def share_of_cases(inside: pd.Series, of: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """Divide counts of rows by the cases that they are among, both from ``frame``: in whole per cent where it is protected."""
    shares = (inside / of).astype("Float64")
    return (shares.round(2) if protected(frame) else shares).astype("float64")


@dataclass(frozen=True)
class Spread:
    """The mean of a group as published, the variance that goes with it, the design effect, and the cases."""

    mean: float
    variance: float
    effect: float
    cases: int
    binary: bool
    step: float

    @property
    def se(self) -> float:
        """The standard error that the published numbers give."""
        return math.sqrt(self.effect * self.variance / self.cases)

    def estimate(self) -> Estimate:
        """Put an interval around the mean, on the logit scale where it is a share."""
        bounds = logit_interval(self.mean, self.se) if self.binary else normal_interval(self.mean, self.se)
        low, high = (round(float(end), 2 if self.step > 0.005 else 3) for end in bounds)
        return Estimate(self.mean, round(self.se, 3), low, high, self.cases)


def spread(rows: Group, values: np.ndarray, se: float) -> Spread | None:
    """Estimate the mean of a group's values with noise; None where it would tell of fewer than the smallest cell.

    ``values`` has one number a row, ``se`` is the standard error of their exact mean, of which the design effect alone is kept, rounded
    (``kept_effect``). A mean is told by the shares of values of at least each level, so that it agrees with those shares wherever they stand.
    It is hidden where those whose value is not the commonest are too few, in truth or as published.
    """
    levels, sizes = np.unique(values, return_counts=True)
    cases, n = rows.cases, len(values)
    if cases is None or n - sizes.max() < rows.smallest:
        return None
    tails = rows.tails(values, levels)
    shares = tails - np.append(tails[1:], 0.0)
    if (1 - shares.max()) * n < rows.smallest:
        return None
    mean = float(levels[0] + (np.diff(levels) * tails[1:]).sum())
    variance = float((shares * (levels - mean) ** 2).sum())
    exact = np.average(values, weights=rows.weight)
    exact_variance = float(np.average((values - exact) ** 2, weights=rows.weight))
    effect = kept_effect(se**2 * n / exact_variance, cases, rows) if exact_variance > 0 else 1.0
    binary = set(levels.tolist()) <= {0.0, 1.0}
    return Spread(round(mean, 3), variance, effect, cases, binary, rows.step)


NOTHING = Estimate(math.nan, math.nan, math.nan, math.nan, 0)
"""What is published of an estimate that is hidden."""


def mean(rows: Group, values: np.ndarray, se: float) -> Estimate:
    """Publish the mean of a group's values with its interval; all NaN, of no cases, where it is hidden (see ``spread``)."""
    found = spread(rows, values, se)
    return NOTHING if found is None else found.estimate()


def difference(
    groups: "tuple[Group, Group]", values: "tuple[np.ndarray, np.ndarray]", own: tuple[float, float], se: float
) -> Estimate:
    """Publish the difference of two published means; ``own`` are their exact standard errors, ``se`` that of the difference.

    How far the difference's variance is from the sum of the two is kept to one decimal. All NaN where either is hidden.
    """
    one, other = (spread(rows, found, each) for rows, found, each in zip(groups, values, own, strict=True))
    if one is None or other is None:
        return NOTHING
    both = own[0] ** 2 + own[1] ** 2
    shared = round(se**2 / both, 1) if both > 0 else 1.0
    spread_ = math.sqrt(max(shared, 0.1) * (one.se**2 + other.se**2)) if not math.isnan(se) else math.nan
    gap = round(one.mean - other.mean, 3)
    low, high = (round(end, 2 if max(one.step, other.step) > 0.005 else 3) for end in normal_interval(gap, spread_))
    return Estimate(gap, round(spread_, 3), low, high, one.cases + other.cases)
