"""How firmly the verdicts on survey and interviews stand when respondents or interviews are drawn anew."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from report_engine.methods import resampling
from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import AGREE
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness

if TYPE_CHECKING:
    from report_engine.settings.settings import Bootstrap

HALF = 0.5


class Respondents:
    """The survey's respondents, all waves, drawn anew within their strata as often as the settings say."""

    def __init__(self, actors: pd.DataFrame, boot: "Bootstrap", smallest: int) -> None:
        self.actors, self.boot, self.smallest = actors, boot, smallest

    @cached_property
    def drawn(self) -> resampling.Resamples:
        """The resamples; drawn when the first claim asks for them."""
        draws = min(self.boot.resamples, robustness.MOST_DRAWS)
        return resampling.resample(self.actors, draws, self.boot.seed)

    def now(self, members: Sequence[str]) -> pd.Series:
        """Mark the last wave's respondents who are one of these actors."""
        return (self.actors["wave"] == self.actors["wave"].max()) & self.actors["actor"].isin(list(members))

    def agreeing(self, item: str, who: pd.Series, agree: Sequence[int] = AGREE) -> np.ndarray:
        """Give 1.0 for those of ``who`` who agree with an item, 0.0 for those who answered otherwise, else NaN."""
        answer = self.actors[item]
        agrees: np.ndarray = answer.isin(list(agree)).astype("float64").where(answer.notna() & who).to_numpy()
        return agrees

    def share(self, verdict: Verdict, agrees: np.ndarray, sign: int = 1) -> Robustness | None:
        """Judge again whether a share lies above (``sign`` 1) or below (−1) a half; see ``survey_items.majority``."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.shares(self.drawn, agrees), HALF, sign)

    def mean(self, verdict: Verdict, values: np.ndarray, sign: int = 1) -> Robustness | None:
        """Judge again whether a mean lies above or below zero; ``values`` has NaN for those left out."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.means(self.drawn, values), 0.0, sign)

    def gap(self, verdict: Verdict, first: np.ndarray, second: np.ndarray, *, share: bool = True) -> Robustness | None:
        """Judge again whether the first group's share (or mean) is higher than the second's; see ``survey_items.direction``."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.differences(self.drawn, first, second, share=share), 0.0, 1)

    def _kept(self, verdict: Verdict, found: resampling.Drawn, limit: float, sign: int) -> Robustness | None:
        enough = found.n >= self.smallest
        codes = robustness.judged(found.estimate, found.low, found.high, limit, sign=sign, enough=enough)
        return robustness.kept(verdict, codes, robustness.RESPONDENTS)


def interviews(verdict: Verdict, found: Estimate, limit: float = 0.0, sign: int = 1) -> Robustness | None:
    """Judge an estimate from interviews again in every resample of these (``found.draws``)."""
    if verdict.outcome == "untestable" or found.draws is None:
        return None
    codes = robustness.recentred(found.draws, found.estimate, found.low, found.high, limit, sign=sign)
    return robustness.kept(verdict, codes, robustness.INTERVIEWS)


def by_municipality(
    verdict: Verdict, frame: pd.DataFrame, judge: Callable[[pd.DataFrame], Verdict]
) -> Robustness | None:
    """Judge again without one municipality at a time (``frame`` has ``municipality_code``)."""
    return robustness.one_left_out(verdict, frame, "municipality_code", judge, robustness.ONE_MUNICIPALITY)


def heard(coded: pd.DataFrame) -> pd.DataFrame:
    """Keep of coded segments only who says what where, once each, which is all that counts of municipalities need."""
    return coded[["municipality_code", "code", "speaker_actor", "side"]].drop_duplicates()
