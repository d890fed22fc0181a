"""Means and differences of coded segments, whose uncertainty comes from the interviews and not from the segments.

Of segments with record keys (``perturbation.RECORD``) they have noise and are rounded, or are hidden, and come without resamples.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from report_engine.methods import perturbation
from report_engine.methods.estimate import Estimate

Totals = tuple[np.ndarray, np.ndarray]  # sums of values and counts of rows, one row a cluster


def clustered_mean(frame: pd.DataFrame, value: str, cluster: str, *, resamples: int = 1000, seed: int = 0) -> Estimate:
    """Estimate the mean of ``value`` with an interval from resampled clusters.

    ``frame`` has one row a segment: ``value`` (number or boolean, missing ones are left out; the mean of a boolean is
    a share) and ``cluster`` (the interview). Returns an ``Estimate``: mean, standard error and 95 % percentile
    interval over resampled clusters (NaN from a single cluster), n rows. Raises ValueError when there is no value.
    Method: cluster bootstrap, whole interviews drawn with replacement; Davison and Hinkley (1997), Bootstrap Methods
    and their Application, section 3.8. With few interviews the interval is somewhat too narrow.
    """
    known = frame[frame[value].notna()]
    if known.empty:
        raise ValueError(f"{value}: there is no value")
    sums, counts = _totals(known, value, cluster, ())
    found = _bootstrap(_ratio, sums, counts, len(known), resamples, seed)
    if not perturbation.protected(frame):
        return found
    return perturbation.mean(perturbation.group(known), known[value].to_numpy(dtype="float64"), found.se)


def clustered_difference(
    frame: pd.DataFrame,
    value: str,
    by: str,
    first: object,
    second: object,
    cluster: str,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Estimate:
    """Estimate how much higher the mean of ``value`` is where ``by`` is ``first`` than where it is ``second``.

    Takes, returns and raises what ``clustered_mean`` does; n counts the rows of both groups. Interviews in which both
    groups speak are drawn as wholes, so that what the groups share does not count as difference; resamples in which
    one group does not speak are left out.
    """
    known = frame[frame[value].notna() & frame[by].isin([first, second])]
    for group in (first, second):
        if not (known[by] == group).any():
            raise ValueError(f"{value}: there is no value where {by} is {group!r}")
    sums, counts = _totals(known, value, cluster, (by,), order=[first, second])
    found = _bootstrap(_gap, sums, counts, len(known), resamples, seed)
    if not perturbation.protected(frame):
        return found
    one, other = (known[known[by] == group] for group in (first, second))
    own = [
        _bootstrap(_ratio, *_totals(part, value, cluster, ()), len(part), resamples, seed).se for part in (one, other)
    ]
    values = (one[value].to_numpy(dtype="float64"), other[value].to_numpy(dtype="float64"))
    groups = (perturbation.group(one), perturbation.group(other))
    return perturbation.difference(groups, values, (own[0], own[1]), found.se)


def _totals(
    known: pd.DataFrame, value: str, cluster: str, by: tuple[str, ...], order: list[object] | None = None
) -> Totals:
    """Sum up values and rows by cluster (sorted, so that the order of the rows does not matter) and group."""
    values = known[list(dict.fromkeys((cluster, *by)))].assign(_value=known[value].astype("float64"))
    groups = values.groupby([cluster, *by], observed=True)["_value"].agg(["sum", "size"])
    if not by:
        return groups["sum"].to_numpy()[:, None], groups["size"].to_numpy()[:, None]
    sums, sizes = (groups[name].unstack(fill_value=0)[order].to_numpy(dtype="float64") for name in ("sum", "size"))
    return sums, sizes


def _ratio(sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: np.ndarray = sums[..., 0] / counts[..., 0]
    return ratio


def _gap(sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        gap: np.ndarray = sums[..., 0] / counts[..., 0] - sums[..., 1] / counts[..., 1]
    return gap


def _bootstrap(
    statistic: Callable[[np.ndarray, np.ndarray], np.ndarray],
    sums: np.ndarray,
    counts: np.ndarray,
    n: int,
    resamples: int,
    seed: int,
) -> Estimate:
    estimate = float(statistic(sums.sum(axis=0), counts.sum(axis=0)))
    if len(sums) < 2:
        return Estimate(estimate, np.nan, np.nan, np.nan, n)
    draws = np.random.default_rng(seed).integers(len(sums), size=(resamples, len(sums)))
    drawn = statistic(sums[draws].sum(axis=1), counts[draws].sum(axis=1))
    drawn = drawn[np.isfinite(drawn)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(estimate, float(drawn.std(ddof=1)), float(low), float(high), n, drawn)
