"""How much municipalities differ from each other."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from report_engine.methods.rounding import significant


@dataclass(frozen=True)
class Range:
    """The span of a quantity and where its ends are found; ``spread`` is highest minus lowest."""

    low: float
    high: float
    spread: float
    lowest: Hashable
    highest: Hashable


def coefficient_of_variation(values: pd.Series, weights: pd.Series | None = None) -> float:
    """Divide the standard deviation by the mean, for all the municipalities at hand.

    ``values`` (number ≥ 0, any unit) and ``weights`` (number > 0, e.g. population) share their index; missing values
    are left out. Returns a share of the mean, NaN with fewer than two values or a mean of zero. The standard
    deviation divides by the (weighted) number of values: the municipalities are described, not sampled. Raises
    ValueError when the indexes differ.
    """
    if weights is not None and not values.index.equals(weights.index):
        raise ValueError("values and weights must be columns of the same frame: their indexes differ")
    numbers = values.astype("float64").to_numpy()
    loads = np.ones(len(numbers)) if weights is None else weights.astype("float64").to_numpy()
    known = ~np.isnan(numbers) & ~np.isnan(loads) & (loads > 0)
    numbers, loads = numbers[known], loads[known]
    if len(numbers) < 2:
        return float("nan")
    mean = np.average(numbers, weights=loads)
    if mean == 0:
        return float("nan")
    return significant(np.sqrt(np.average((numbers - mean) ** 2, weights=loads)) / mean)


def share_range(shares: pd.Series) -> Range:
    """Find the lowest and the highest share and the municipalities that have them.

    ``shares`` (0–1) is indexed by municipality; missing values are left out; of equals the first by index is named.
    Returns a ``Range`` in the unit of ``shares``. Raises ValueError when there is no value.
    """
    known = shares.astype("float64").dropna().sort_index()
    if known.empty:
        raise ValueError("no municipality has a share: there is no range")
    lowest, highest = known.idxmin(), known.idxmax()
    low, high = float(known[lowest]), float(known[highest])
    return Range(low, high, high - low, lowest, highest)
