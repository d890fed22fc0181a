"""How the size of what a claim asserts is put together."""

from typing import TYPE_CHECKING

from report_engine.model.section import Effect
from report_engine.words.editions import Text

if TYPE_CHECKING:
    from report_engine.methods.estimate import Estimate


def size(
    value: float, unit: str, what: Text, *, low: float | None = None, high: float | None = None, n: int | None = None
) -> Effect:
    """Give the size of a claim; ``unit`` as a fact's (share, percent, count, stance …), bounds left out where they are NaN."""
    bounds = [None if bound is None or bound != bound else float(bound) for bound in (low, high)]
    return Effect(float(value), unit, what, bounds[0], bounds[1], None if n is None else int(n))


def estimated(found: "Estimate", unit: str, what: Text) -> Effect:
    """Give an estimate as the size of a claim, with its interval and cases."""
    return size(found.estimate, unit, what, low=found.low, high=found.high, n=found.n)
