"""Rounding after which a number is the same on any machine.

Processors add, multiply and take logarithms with instructions of their own, and what they return differs in the last
bits. Such a number may decide nothing (an order, a row, a label's place, a digit) before it has been rounded here.
"""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SIGNIFICANT = 12
"""Digits that a computed number keeps: beyond them is noise."""

THRESHOLD = 0.5317
"""Where ``settled`` rounds up. Not at the half: numbers that people lay out are often exact halves of a step, and would fall
to this side or that by their last bit."""


def significant(value: float) -> float:
    """Return the number with 12 significant digits; infinity and NaN as they are."""
    return float(f"{value:.{SIGNIFICANT}g}")


def settled(value: float, step: float) -> float:
    """Return the multiple of ``step`` by the value: the same for values that differ in their last bits only."""
    return math.floor(value / step + 1 - THRESHOLD) * step


def published(data: "pd.DataFrame") -> "pd.DataFrame":
    """Return a frame whose numbers (columns of floats) have 12 significant digits."""
    numbers = data.select_dtypes("floating").columns
    return data.assign(**{name: data[name].map(significant, na_action="ignore") for name in numbers})
