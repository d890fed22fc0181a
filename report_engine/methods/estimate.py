"""What an estimate carries with it: standard error, 95 % interval and number of cases."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report_engine.methods.rounding import significant

if TYPE_CHECKING:
    import numpy as np

NORMAL_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


@dataclass(frozen=True)
class Estimate:
    """One estimate with its standard error, 95 % interval and the number of cases behind it.

    ``se``, ``low`` and ``high`` are NaN where the cases can't say how certain the estimate is. ``draws`` holds the
    estimates of the resamples that the interval came from, where it came from resamples.
    """

    estimate: float
    se: float
    low: float
    high: float
    n: int
    draws: "np.ndarray | None" = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Round the numbers before anything is decided or ranked by them: their last bits are the processor's."""
        for name in ("estimate", "se", "low", "high"):
            object.__setattr__(self, name, significant(getattr(self, name)))
