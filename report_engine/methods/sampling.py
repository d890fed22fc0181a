"""The arithmetic of a stratified sample: ratio estimates, their linearised standard errors and intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from report_engine.methods.estimate import NORMAL_95

FrameSizes: TypeAlias = Mapping[str, int] | pd.Series
"""Population of each stratum, by stratum."""


@dataclass(frozen=True)
class Design:
    """A sample as arrays: respondents' weights and stratum codes; strata's respondents and shares not surveyed."""

    weight: np.ndarray
    stratum: np.ndarray
    size: np.ndarray
    unsurveyed: np.ndarray


def design(frame: pd.DataFrame, frame_sizes: FrameSizes | None) -> Design:
    """Read the design from ``weight`` and ``stratum``; without ``frame_sizes`` sampling counts as with replacement.

    Raises ValueError on a weight that is missing or not positive, a missing stratum, or a stratum that
    ``frame_sizes`` lacks or makes smaller than its respondents.
    """
    weight = frame["weight"].to_numpy(dtype="float64", na_value=np.nan)
    wrong = ~((weight > 0) & np.isfinite(weight))
    if wrong.any():
        raise ValueError(f"respondents whose weight is missing or not positive: {wrong.sum()}")
    stratum, names = pd.factorize(frame["stratum"], sort=True)
    if (stratum < 0).any():
        raise ValueError(f"respondents without a stratum: {(stratum < 0).sum()}")
    size = np.bincount(stratum, minlength=len(names))
    return Design(weight, stratum, size, _unsurveyed(names, size, frame_sizes))


def ratio(values: np.ndarray, member: np.ndarray, weight: np.ndarray) -> tuple[float, np.ndarray]:
    """Estimate the weighted mean of the members' values, and everybody's linearised score (zero for others)."""
    load = np.where(member, weight, 0.0)
    total = load.sum()
    estimate = float((load * np.where(member, values, 0.0)).sum() / total)
    return estimate, load * np.where(member, values - estimate, 0.0) / total


def standard_error(score: np.ndarray, sample: Design) -> float:
    """Compute the standard error of a total of scores over all strata of the design.

    A stratum with one respondent has no spread of its own: its score is measured from the grand mean of the scores,
    which is zero for a ratio, instead of from its stratum's (``survey.lonely.psu="adjust"`` of R's survey).
    """
    several = sample.size > 1
    strata = len(sample.size)
    mean = np.bincount(sample.stratum, score, strata) / sample.size
    squares = np.bincount(sample.stratum, (score - np.where(several, mean, 0.0)[sample.stratum]) ** 2, strata)
    degrees = np.where(several, sample.size / np.where(several, sample.size - 1, 1), 1.0)
    return float(np.sqrt((sample.unsurveyed * degrees * squares).sum()))


def effective_size(member: np.ndarray, sample: Design) -> float:
    """Count the members as Kish (1965) does, (Σw)²/Σw²: what they are worth as a simple random sample.

    Members of a stratum of which a share was surveyed are worth more; infinite when all were.
    """
    load = sample.weight[member]
    spent = (load**2 * sample.unsurveyed[sample.stratum[member]]).sum()
    return float(load.sum() ** 2 / spent) if spent > 0 else np.inf


def normal_interval(estimate: float, se: float) -> tuple[float, float]:
    """Bound an estimate by 1.96 standard errors on either side."""
    return estimate - NORMAL_95 * se, estimate + NORMAL_95 * se


def logit_interval(share: float, se: float) -> tuple[float, float]:
    """Bound a share strictly between 0 and 1 by 1.96 standard errors on the logit scale."""
    logit = np.log(share / (1 - share))
    reach = NORMAL_95 * se / (share * (1 - share))
    low, high = 1 / (1 + np.exp(-(logit + np.array([-reach, reach]))))
    return float(low), float(high)


def wilson_interval(share: float, effective: float) -> tuple[float, float]:
    """Bound a share as Wilson (1927) does from an effective number of answers; infinitely many leave no doubt."""
    if np.isinf(effective):
        return share, share
    square = NORMAL_95**2 / effective
    middle = (share + square / 2) / (1 + square)
    reach = np.sqrt(share * (1 - share) * square + square**2 / 4) / (1 + square)
    return float(max(0.0, middle - reach)), float(min(1.0, middle + reach))


def newcombe_interval(shares: Sequence[float], bounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Bound the difference of two independent shares from the interval of each (Newcombe 1998, method 10)."""
    (one, other), ((low, high), (lower, higher)) = shares, bounds
    gap, below, above = one - other, np.hypot(one - low, higher - other), np.hypot(high - one, other - lower)
    return gap - float(below), gap + float(above)


def _unsurveyed(names: pd.Index, size: np.ndarray, frame_sizes: FrameSizes | None) -> np.ndarray:
    if frame_sizes is None:
        return np.ones(len(names))
    missing = [str(name) for name in names if name not in frame_sizes]
    if missing:
        raise ValueError(f"frame sizes lack the strata {', '.join(missing)}")
    population = np.array([float(frame_sizes[name]) for name in names])
    small = names[~(population >= size)]
    if len(small):
        raise ValueError(f"stratum {small[0]} has more respondents than its frame size")
    unsurveyed: np.ndarray = 1 - size / population
    return unsurveyed
