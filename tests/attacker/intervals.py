"""What the ends of a published interval tell: the share between them, and the design effect that sets them apart (appendix A)."""

import numpy as np

from report_engine.methods.estimate import NORMAL_95
from report_engine.methods.perturbation import FEW

Bounds = tuple[float, float]

STEP = 0.1
"""Design effects are kept in multiples of it."""

OTHERS = 20
"""At most so many respondents of a stratum are taken to have given no answer that counts, or to belong to another group."""


def centre(low: Bounds, high: Bounds) -> Bounds | None:
    """Bound the share that an interval on the logit scale was put around; its ends are known from and to; None where one has no logit."""
    if low[0] <= 0 or high[1] >= 1:
        return None
    least, most = ((_logit(low[at]) + _logit(high[at])) / 2 for at in (0, 1))
    return _share(least), _share(most)


def effect(share: float, low: Bounds, high: Bounds, cases: float, smallest: int) -> Bounds | None:
    """Bound the exact design effect behind the interval around a share of so many cases as they are published.

    It is kept in tenths, and left out where the cases are few smallest cells.
    """
    if cases < FEW * smallest or low[0] <= 0 or high[1] >= 1 or not 0 < share < 1:
        return None
    reach = [max(_logit(high[at]) - _logit(low[1 - at]), 0.0) / 2 / NORMAL_95 for at in (0, 1)]
    least, most = (distance**2 * share * (1 - share) * cases / STEP for distance in reach)
    return max((np.ceil(least - 1e-6) - 0.5) * STEP, 0.0), (np.floor(most + 1e-6) + 0.5) * STEP


def may_have(
    known: Bounds, one: np.ndarray, other: np.ndarray, size: tuple[int, int], weight: tuple[float, float]
) -> np.ndarray:
    """Say which numbers inside two strata of a group give a design effect that an interval allows."""
    n1, n2 = size
    total = n1 * weight[0] + n2 * weight[1]
    share = (one * weight[0] + other * weight[1]) / total
    low, high = np.zeros(share.shape), np.zeros(share.shape)
    for inside, n, load in ((one, n1, weight[0]), (other, n2, weight[1])):
        if not n:
            continue
        squares = (load / total) ** 2 * (inside * (1 - share) ** 2 + (n - inside) * share**2)
        score = (load / total) * (inside * (1 - share) - (n - inside) * share)
        ends = [squares if big < 2 else (big * squares - score**2) / (big - 1) for big in (n, n + OTHERS)]
        low, high = low + np.minimum(*ends), high + np.maximum(*ends)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = (n1 + n2) / (share * (1 - share))
        fits = (low * times <= known[1] + 1e-9) & (high * times >= known[0] - 1e-9)
    return np.where((share > 0) & (share < 1), fits, True)


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _share(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))
