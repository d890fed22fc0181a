"""Bootstrap of a stratified sample survey: what shares, means and differences would have been with other respondents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from report_engine.methods.estimate import NORMAL_95
from report_engine.methods.sampling import Design, design
from report_engine.methods.survey import NO_SPREAD

_BLOCK = 4_000_000


@dataclass(frozen=True)
class Resamples:
    """Resamples of a survey: ``times`` (resamples × respondents, in bytes) says how often each respondent was drawn."""

    times: np.ndarray
    sample: Design


@dataclass(frozen=True)
class Drawn:
    """One estimate in every resample: ``estimate``, ``low``, ``high`` (95 % interval) and ``n`` (answers), each an array.

    NaN where nobody in the resample answered.
    """

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n: np.ndarray


def resample(frame: pd.DataFrame, resamples: int, seed: int) -> Resamples:
    """Draw the respondents of each stratum anew, as many as there are, with replacement.

    ``frame`` is as for ``survey.weighted_mean``, with ``respondent_id``, by which respondents are put in order before the
    draw so that the order of the rows does not matter. Method: stratified naive bootstrap; Lohr (2022), Sampling, ch. 9. It
    shows too little spread in strata of few respondents (a factor of (n − 1)/n in the variance).
    """
    sample = design(frame, None)
    order = np.argsort(frame["respondent_id"].to_numpy(dtype="str"), kind="stable")
    times = np.zeros((resamples, len(frame)), dtype="uint8")  # to be drawn 256 times of n draws is beyond all chance
    random = np.random.default_rng(seed)
    for stratum in range(len(sample.size)):
        members = order[sample.stratum[order] == stratum]
        count = len(members)
        for block in _blocks(resamples, count):
            rows = block.stop - block.start
            places = random.integers(count, size=(rows, count)) + np.arange(rows)[:, None] * count
            times[block, members] = np.bincount(places.ravel(), minlength=rows * count).reshape(rows, count)
    return Resamples(times, sample)


def _blocks(resamples: int, respondents: int) -> Iterator[slice]:
    """Divide resamples so that the numbers of a block (8 bytes for each respondent in each resample) need little memory."""
    rows = max(1, _BLOCK // respondents)
    return (slice(first, min(first + rows, resamples)) for first in range(0, resamples, rows))


def shares(drawn: Resamples, agrees: np.ndarray) -> Drawn:
    """Estimate a share in every resample, with the interval of ``survey.weighted_share``.

    ``agrees`` has 1.0, 0.0 or NaN (not in the group, no answer) for each respondent.
    """
    moments = _moments(drawn, agrees)
    return _share(moments, np.sqrt(_variance([(moments, 1.0)], drawn.sample)))


def means(drawn: Resamples, values: np.ndarray) -> Drawn:
    """Estimate a mean in every resample, with the interval of ``survey.weighted_mean``; ``values`` has NaN for those left out."""
    moments = _moments(drawn, values)
    return _normal(moments.ratio, _variance([(moments, 1.0)], drawn.sample), moments.n)


def differences(drawn: Resamples, first: np.ndarray, second: np.ndarray, *, share: bool) -> Drawn:
    """Estimate how much higher the mean of ``first`` is than that of ``second``, with the interval of ``survey.difference``.

    Both have NaN for respondents outside their group; nobody is in both. With ``share`` the values are 0 or 1, and
    resamples in which a group's answers do not differ get Newcombe's interval.
    """
    groups = [_moments(drawn, values) for values in (first, second)]
    one, other = groups
    gap = one.ratio - other.ratio
    found = _normal(gap, _variance([(one, 1.0), (other, -1.0)], drawn.sample), one.n + other.n)
    if not share:
        return found
    own = [np.sqrt(_variance([(group, 1.0)], drawn.sample)) for group in groups]
    (a, b) = (_share(group, se) for group, se in zip(groups, own, strict=True))
    flat = (own[0] < NO_SPREAD) | (own[1] < NO_SPREAD)
    below = np.hypot(a.estimate - a.low, b.high - b.estimate)
    above = np.hypot(a.high - a.estimate, b.estimate - b.low)
    return Drawn(gap, np.where(flat, gap - below, found.low), np.where(flat, gap + above, found.high), found.n)


@dataclass(frozen=True)
class _Moments:
    """Weighted sums over a group in every resample; those of squares by stratum (resamples × strata), for the variance."""

    ratio: np.ndarray
    total: np.ndarray
    n: np.ndarray
    load: np.ndarray  # sum of squared weights
    strata: np.ndarray  # indices of the group's strata
    score: np.ndarray  # sum of scores
    square: np.ndarray  # sum of squared scores


def _moments(drawn: Resamples, values: np.ndarray) -> _Moments:
    (members,) = np.nonzero(~np.isnan(values))
    weight, value = drawn.sample.weight[members], values[members]
    strata, place = np.unique(drawn.sample.stratum[members], return_inverse=True)
    one = np.ones(len(members))
    columns = np.stack((one, weight, weight * value, weight**2, weight**2 * value, weight**2 * value**2), axis=1)
    sums = np.empty((len(drawn.times), len(strata), columns.shape[1]))
    for stratum in range(len(strata)):
        within = place == stratum
        for block in _blocks(len(drawn.times), int(within.sum())):
            sums[block, stratum] = drawn.times[block, members[within]].astype("float64") @ columns[within]
    n, w, wy, ww, wwy, wwyy = np.moveaxis(sums, 2, 0)
    total = w.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = wy.sum(axis=1) / total
        mean, scale = ratio[:, None], total[:, None]
        score = (wy - mean * w) / scale
        square = np.maximum((wwyy - 2 * mean * wwy + mean**2 * ww) / scale**2, 0.0)
    return _Moments(ratio, total, n.sum(axis=1), ww.sum(axis=1), strata, score, square)


def _variance(groups: Sequence[tuple[_Moments, float]], sample: Design) -> np.ndarray:
    """Add up over strata what ``sampling.standard_error`` does, for a sum of groups that share nobody."""
    draws, strata = len(groups[0][0].ratio), len(sample.size)
    score, square = np.zeros((draws, strata)), np.zeros((draws, strata))
    for group, sign in groups:
        score[:, group.strata] += sign * group.score
        square[:, group.strata] += group.square
    several = sample.size > 1
    degrees = np.where(several, sample.size / np.where(several, sample.size - 1, 1), 1.0)
    spread = square - np.where(several, score**2 / sample.size, 0.0)
    variance: np.ndarray = np.maximum((degrees * spread).sum(axis=1), 0.0)
    return variance


def _normal(estimate: np.ndarray, variance: np.ndarray, n: np.ndarray) -> Drawn:
    reach = NORMAL_95 * np.sqrt(variance)
    return Drawn(estimate, estimate - reach, estimate + reach, n)


def _share(moments: _Moments, se: np.ndarray) -> Drawn:
    share = np.clip(moments.ratio, 0.0, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        flat = (se < NO_SPREAD) | (share <= 0.0) | (share >= 1.0)
        logit = np.log(share / (1 - share))
        reach = NORMAL_95 * se / (share * (1 - share))
        square = NORMAL_95**2 * moments.load / moments.total**2  # 1.96² by the effective number of answers
        middle = (share + square / 2) / (1 + square)
        wide = np.sqrt(share * (1 - share) * square + square**2 / 4) / (1 + square)
        low = np.where(flat, np.maximum(middle - wide, 0.0), 1 / (1 + np.exp(-(logit - reach))))
        high = np.where(flat, np.minimum(middle + wide, 1.0), 1 / (1 + np.exp(-(logit + reach))))
    return Drawn(share, low, high, moments.n)
