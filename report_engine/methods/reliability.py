"""How far coders agree beyond chance."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

Level = Literal["nominal", "ordinal"]


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha with its 95 % interval, the units that could be compared and the pairs of values in them.

    1 is perfect agreement, 0 what chance would give; NaN where no value ever differs, or nothing could be compared.
    """

    value: float
    low: float
    high: float
    n_units: int
    n_pairs: int
    draws: np.ndarray | None = field(default=None, repr=False, compare=False)


def krippendorff_alpha(
    ratings: pd.DataFrame, level: Level = "nominal", *, resamples: int = 1000, seed: int = 0
) -> Alpha:
    """Compute Krippendorff's alpha of any number of coders, with gaps, and a bootstrap interval.

    ``ratings`` has one row a judgement: ``unit``, ``coder`` and ``value`` (any value for nominal, a number for
    ordinal; missing values and units judged once are left out). The order of the rows does not matter. Raises
    ValueError when a coder judged a unit twice or the level is neither nominal nor ordinal. Method: coincidence
    matrices, Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; the interval is the percentile
    bootstrap over units, leaving out resamples in which no value differs.
    """
    if level not in ("nominal", "ordinal"):
        raise ValueError(f"level must be nominal or ordinal, not {level!r}")
    known = ratings.loc[ratings["value"].notna(), ["unit", "coder", "value"]]
    twice = known[known.duplicated(["unit", "coder"])]
    if len(twice):
        raise ValueError(f"coder {twice['coder'].iloc[0]} judged unit {twice['unit'].iloc[0]} more than once")
    pairable = known[known.groupby("unit")["coder"].transform("size") >= 2]
    if pairable.empty:
        return Alpha(np.nan, np.nan, np.nan, 0, 0)
    coincidences = _coincidences(pairable)
    sizes = pairable.groupby("unit").size().to_numpy()
    pairs = int((sizes * (sizes - 1) // 2).sum())
    value = _alpha(coincidences.sum(axis=0)[None], level)[0]
    if np.isnan(value):
        return Alpha(np.nan, np.nan, np.nan, len(sizes), pairs)
    times = np.random.default_rng(seed).multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), size=resamples)
    flat = coincidences.reshape(len(sizes), -1)
    resampled = _alpha((times @ flat).reshape(resamples, *coincidences.shape[1:]), level)
    resampled = resampled[~np.isnan(resampled)]
    low, high = np.quantile(resampled, [0.025, 0.975]) if len(resampled) else (np.nan, np.nan)
    return Alpha(float(value), float(low), float(high), len(sizes), pairs, resampled)


def _coincidences(pairable: pd.DataFrame) -> np.ndarray:
    """Give each unit's coincidence matrix (units × values × values), units and values sorted."""
    counts = pairable.groupby(["unit", "value"], observed=True).size().unstack(fill_value=0)
    counts = counts.sort_index().sort_index(axis=1).to_numpy(dtype="float64")
    pairs = counts[:, :, None] * counts[:, None, :]
    kinds = np.arange(counts.shape[1])
    pairs[:, kinds, kinds] -= counts  # a value is not paired with itself
    coincidences: np.ndarray = pairs / (counts.sum(axis=1) - 1)[:, None, None]
    return coincidences


def _alpha(coincidence: np.ndarray, level: Level) -> np.ndarray:
    """Compute alpha from coincidence matrices (samples × values × values); NaN where no disagreement is expected."""
    margins = coincidence.sum(axis=2)
    totals = margins.sum(axis=1)
    distance = _distance(margins, level)
    observed = (coincidence * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (totals - 1) * observed / expected, np.nan)


def _distance(margins: np.ndarray, level: Level) -> np.ndarray:
    """Square the difference between values: 0 or 1 (nominal), or the values ranked in between (ordinal)."""
    kinds = margins.shape[1]
    if level == "nominal":
        return np.broadcast_to(1.0 - np.eye(kinds), (len(margins), kinds, kinds))
    middles = np.cumsum(margins, axis=1) - margins / 2  # between two values: all in between and half of both
    return (middles[:, :, None] - middles[:, None, :]) ** 2
