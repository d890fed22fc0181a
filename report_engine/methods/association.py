"""How two quantities go together, without saying that one causes the other."""

import numpy as np
import pandas as pd

from report_engine.methods.estimate import Estimate

FEWEST = 4
"""With fewer pairs a rank correlation says nothing."""


def rank_correlation(x: pd.Series, y: pd.Series, *, resamples: int = 1000, seed: int = 0) -> Estimate:
    """Compute Spearman's rank correlation of two columns with a bootstrap interval.

    ``x`` and ``y`` (numbers, any unit) share their index; pairs with a missing value are left out. Returns an
    ``Estimate`` (correlation −1 to 1; se and 95 % percentile interval over resampled pairs; n pairs); all NaN where a
    column does not vary. The order of the rows does not matter. Raises ValueError when the indexes differ or fewer
    than four pairs are complete. Method: Pearson's correlation of average ranks (Spearman 1904); percentile bootstrap
    (Efron and Tibshirani 1993, ch. 13); resamples in which a column does not vary are left out.
    """
    if not x.index.equals(y.index):
        raise ValueError("the two columns must come from the same frame: their indexes differ")
    pairs = pd.DataFrame({"x": x.astype("float64"), "y": y.astype("float64")}).dropna()
    if len(pairs) < FEWEST:
        raise ValueError(f"a rank correlation needs at least {FEWEST} complete pairs, not {len(pairs)}")
    values = pairs.sort_values(["x", "y"]).to_numpy()
    correlation = _spearman(values[None])[0]
    if np.isnan(correlation):
        return Estimate(np.nan, np.nan, np.nan, np.nan, len(values))
    draws = np.random.default_rng(seed).integers(len(values), size=(resamples, len(values)))
    resampled = _spearman(values[draws])
    resampled = resampled[~np.isnan(resampled)]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Estimate(float(correlation), float(resampled.std(ddof=1)), float(low), float(high), len(values), resampled)


def _spearman(samples: np.ndarray) -> np.ndarray:
    """Correlate the ranks in each of ``samples`` (samples × pairs × 2); NaN where a column does not vary."""
    first, second = (pd.DataFrame(samples[:, :, column]).rank(axis=1).to_numpy() for column in (0, 1))
    first = first - first.mean(axis=1, keepdims=True)
    second = second - second.mean(axis=1, keepdims=True)
    spread = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 0, (first * second).sum(axis=1) / spread, np.nan)
