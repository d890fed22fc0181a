"""How firmly a verdict stands: in how many resamples or alternative choices it stays the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from report_engine.model.section import Leaning, Outcome, Robustness, Verdict
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.report import say

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

MOST_DRAWS = 1000
"""Resamples that are judged: more of them would not change the share by a percentage point."""

ROUNDING = 1e-9
"""What lies this close to a limit lies on it: a difference that small is rounding."""

HOLDS, BORDERLINE, FAILS, UNTESTABLE = range(4)
CODES: dict[Outcome, int] = {
    "holds": HOLDS,
    "borderline": BORDERLINE,
    "fails": FAILS,
    "untestable": UNTESTABLE,
}
"""Outcomes as whole numbers, for arrays of them."""

RESPONDENTS = say("robustness.respondents")
INTERVIEWS = say("robustness.interviews")
MUNICIPALITIES = say("robustness.municipalities")
ONE_MUNICIPALITY = say("robustness.one_municipality")
ONE_STUDY = say("robustness.one_study")
ONE_CLAIM = say("robustness.one_claim")


def judge(low: float, high: float, limit: float, *, sign: int = 1) -> Outcome:
    """Judge that something is above (``sign`` 1) or below (−1) ``limit`` by its interval: all of it there holds, none fails."""
    near, far = (low, high) if sign > 0 else (high, low)
    if (near - limit) * sign > ROUNDING:
        return "holds"
    return "fails" if (limit - far) * sign > ROUNDING else "borderline"


def leaning(estimate: float, limit: float, *, sign: int = 1) -> Leaning | None:
    """Say which way an estimate leans that should be above (``sign`` 1) or below (−1) ``limit``; None where it lies on it."""
    beyond = (estimate - limit) * sign
    return "for" if beyond > ROUNDING else "against" if beyond < -ROUNDING else None


def majority(count: int, of: int) -> Leaning | None:
    """Say which way ``count`` of so many lean: more than half of them for, fewer against."""
    return leaning(count, of / 2)


def judged(
    estimate: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    limit: float,
    *,
    sign: int = 1,
    enough: np.ndarray | None = None,
) -> np.ndarray:
    """Judge many estimates at once by the rule of ``judge``: an array of ``CODES``.

    Estimates that are NaN, and those for which ``enough`` is False, are untestable.
    """
    near, far = (low, high) if sign > 0 else (high, low)
    codes = np.where((limit - far) * sign > ROUNDING, FAILS, BORDERLINE)
    codes = np.where((near - limit) * sign > ROUNDING, HOLDS, codes)
    unknown = np.isnan(estimate) | np.isnan(low) | np.isnan(high)
    return np.where(unknown if enough is None else unknown | ~enough, UNTESTABLE, codes)


def recentred(
    draws: np.ndarray, estimate: float, low: float, high: float, limit: float, *, sign: int = 1
) -> np.ndarray:
    """Judge resampled estimates, each with the interval of the sample's own estimate moved to it: an array of ``CODES``.

    To resample every resample again for an interval of its own would cost a thousand times as much.
    """
    return judged(draws, draws + (low - estimate), draws + (high - estimate), limit, sign=sign)


def kept(verdict: Verdict, codes: np.ndarray, over: Text) -> Robustness | None:
    """Count the resamples (``codes``) with the verdict's outcome; None for a claim that can't be tested."""
    if verdict.outcome == "untestable" or not len(codes):
        return None
    codes = codes[:MOST_DRAWS]
    return Robustness(int((codes == CODES[verdict.outcome]).sum()), len(codes), over)


def rerun(verdict: Verdict, others: Iterable[Outcome | Verdict], over: Text) -> Robustness | None:
    """Count the alternative choices with the verdict's outcome; None for a claim that can't be tested."""
    if verdict.outcome == "untestable":
        return None
    outcomes = [other.outcome if isinstance(other, Verdict) else other for other in others]
    return kept(verdict, np.array([CODES[outcome] for outcome in outcomes], dtype="int64"), over)


def one_left_out(
    verdict: Verdict, frame: "pd.DataFrame", column: str, judge: "Callable[[pd.DataFrame], Verdict]", over: Text
) -> Robustness | None:
    """Judge again without one value of ``column`` at a time; None for a claim that can't be tested."""
    return rerun(verdict, (judge(part) for part in leaving_out(frame, column)), over)


def leaving_out(frame: "pd.DataFrame", column: str) -> "Iterator[pd.DataFrame]":
    """Give the frame without one value of ``column`` at a time, in the values' order; nothing where there is only one."""
    values = sorted(frame[column].dropna().unique())
    if len(values) > 1:
        for value in values:
            yield frame[frame[column] != value]


def without_each(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Give the items without one of them at a time; nothing where there is only one."""
    if len(items) > 1:
        for place in range(len(items)):
            yield (*items[:place], *items[place + 1 :])


def both(first: Text, second: Text) -> Text:
    """Say that two things were varied, one after the other."""
    return {edition: f"{first[edition]}; {second[edition]}" for edition in EDITIONS}
