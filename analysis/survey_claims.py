"""What claims on the survey are tested by, and how firmly the verdicts stand when respondents are drawn anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from analysis.effect_sizes import estimated, size
from analysis.facts import inside
from analysis.shared_texts import say as shared
from analysis.survey import (
    NO_ESTIMATE,
    SURVEY,
    Row,
    as_estimate,
    cell,
    compared,
    enough,
    item_shares,
    known,
    unanswered,
)
from report_engine.methods import resampling
from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import AGREE, weighted_mean
from report_engine.model.section import Robustness, Stream, Unavailable, Verdict
from report_engine.results import robustness
from report_engine.results.claims import Say
from report_engine.results.robustness import judge, leaning
from report_engine.settings.settings import Bootstrap
from report_engine.words.editions import Text

HALF = 0.5
"""A majority starts here."""

Side = Literal["above", "below"]
"""On which side of its limit an estimate must lie for a claim to hold."""

SIGN: dict[Side, int] = {"above": 1, "below": -1}


class Respondents:
    """The survey's respondents, all waves, drawn anew within their strata as often as the settings say."""

    def __init__(self, actors: pd.DataFrame, boot: Bootstrap, smallest: int) -> None:
        self.actors, self.boot, self.smallest = actors, boot, smallest

    @cached_property
    def drawn(self) -> resampling.Resamples:
        """The resamples; drawn when the first claim asks for them."""
        draws = min(self.boot.resamples, robustness.MOST_DRAWS)
        return resampling.resample(self.actors, draws, self.boot.seed)

    def now(self, members: Sequence[str]) -> pd.Series:
        """Mark the last wave's respondents who are one of these actors."""
        return (self.actors["wave"] == self.actors["wave"].max()) & self.actors["actor"].isin(list(members))

    def row(self, item: str, members: Sequence[str], agree: Sequence[int] = AGREE) -> Row:
        """Estimate the share of these actors who agree with an item in the last wave; missing values where few answered."""
        marked = self.actors.assign(_member=self.now(members))
        return cell(item_shares(marked, [item], ["_member"], self.smallest, agree), _member=True)

    def agreeing(self, item: str, who: pd.Series, agree: Sequence[int] = AGREE) -> np.ndarray:
        """Give 1.0 for those of ``who`` who agree with an item, 0.0 for those who answered otherwise, else NaN."""
        answer = self.actors[item]
        agrees: np.ndarray = answer.isin(list(agree)).astype("float64").where(answer.notna() & who).to_numpy()
        return agrees

    def share(self, verdict: Verdict, agrees: np.ndarray, sign: int = 1, limit: float = HALF) -> Robustness | None:
        """Judge again whether a share lies above (``sign`` 1) or below (−1) a limit."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.shares(self.drawn, agrees), limit, sign)

    def mean(self, verdict: Verdict, values: np.ndarray, sign: int = 1) -> Robustness | None:
        """Judge again whether a mean lies above or below zero; ``values`` has NaN for those left out."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.means(self.drawn, values), 0.0, sign)

    def gap(
        self, verdict: Verdict, first: np.ndarray, second: np.ndarray, *, share: bool = True, sign: int = 1
    ) -> Robustness | None:
        """Judge again whether the first group's share (or mean) is higher (``sign`` 1) or lower than the second's."""
        if verdict.outcome == "untestable":
            return None
        return self._kept(verdict, resampling.differences(self.drawn, first, second, share=share), 0.0, sign)

    def _kept(self, verdict: Verdict, found: resampling.Drawn, limit: float, sign: int) -> Robustness | None:
        enough = found.n >= self.smallest
        codes = robustness.judged(found.estimate, found.low, found.high, limit, sign=sign, enough=enough)
        return robustness.kept(verdict, codes, robustness.RESPONDENTS)


class Surveyed(Protocol):
    """What a section has found, with the survey's respondents."""

    @property
    def people(self) -> Respondents:
        """The respondents; raises ``Unavailable`` without a survey."""


@dataclass(frozen=True)
class Share:
    """The share of some actors who agree with an item in the last wave, against a limit (0–1)."""

    item: str
    of: tuple[str, ...]
    side: Side
    limit: float = HALF
    agree: tuple[int, ...] = AGREE
    stream: Stream = "survey"
    tables: tuple[str, ...] = SURVEY

    def verdict(self, data: Surveyed, say: Say) -> Verdict:
        """Judge the share; the claim's text ``said`` ends the reason's "61 per cent …"."""
        return against_limit(data.people.row(self.item, self.of, self.agree), say("said"), self.side, self.limit)

    def robustness(self, data: Surveyed, verdict: Verdict) -> Robustness | None:
        """Judge the share again in every resample of the respondents."""
        agrees = data.people.agreeing(self.item, data.people.now(self.of), self.agree)
        return data.people.share(verdict, agrees, SIGN[self.side], self.limit)


@dataclass(frozen=True)
class Change:
    """The change between the first and the last wave in the share of some actors who agree with an item."""

    item: str
    of: tuple[str, ...]
    side: Side = "above"
    agree: tuple[int, ...] = AGREE
    stream: Stream = "survey"
    tables: tuple[str, ...] = SURVEY

    def verdict(self, data: Surveyed, say: Say) -> Verdict:
        """Judge the change; the claim's text ``said``, with the holes ``first`` and ``last``, begins the reason."""
        first, last = waves(data.people.actors)
        found = change(data.people.actors, self.item, self.of, data.people.smallest, self.agree)
        return against_zero(found, say("said", first=first, last=last), self.side)

    def robustness(self, data: Surveyed, verdict: Verdict) -> Robustness | None:
        """Judge the change again in every resample of the respondents."""
        people, (first, last) = data.people, waves(data.people.actors)
        members = people.actors["actor"].isin(list(self.of))
        late, early = (
            people.agreeing(self.item, members & (people.actors["wave"] == wave), self.agree) for wave in (last, first)
        )
        return people.gap(verdict, late, early, sign=SIGN[self.side])


@dataclass(frozen=True)
class ShareDifference:
    """The share of some actors who agree with an item in the last wave minus the share of others."""

    item: str
    of: tuple[str, ...]
    than: tuple[str, ...]
    side: Side = "above"
    agree: tuple[int, ...] = AGREE
    stream: Stream = "survey"
    tables: tuple[str, ...] = SURVEY

    def estimate(self, data: Surveyed) -> Estimate:
        """Estimate the difference; NaN where a group has no answer, or both together few."""
        people = data.people
        group = people.actors["actor"].map({**dict.fromkeys(self.of, "of"), **dict.fromkeys(self.than, "than")})
        marked = people.actors.assign(_group=group.where(people.now((*self.of, *self.than))))
        return compared(marked, self.item, "_group", "of", "than", smallest=people.smallest, share_of=self.agree)

    def verdict(self, data: Surveyed, say: Say) -> Verdict:
        """Judge the difference; the claim's text ``said`` begins the reason."""
        return against_zero(self.estimate(data), say("said"), self.side)

    def robustness(self, data: Surveyed, verdict: Verdict) -> Robustness | None:
        """Judge the difference again in every resample of the respondents."""
        people = data.people
        of, than = (people.agreeing(self.item, people.now(group), self.agree) for group in (self.of, self.than))
        return people.gap(verdict, of, than, sign=SIGN[self.side])


@dataclass(frozen=True)
class ItemDifference:
    """The share of some actors who agree with an item minus the share who agree with another, in the last wave.

    Only those count who answered both, each with the difference of the two answers.
    """

    first: str
    second: str
    of: tuple[str, ...]
    side: Side = "above"
    agree: tuple[int, ...] = AGREE
    stream: Stream = "survey"
    tables: tuple[str, ...] = SURVEY

    def estimate(self, data: Surveyed) -> Estimate:
        """Estimate the difference; NaN where few of the actors answered both, ``Unavailable`` where nobody at all did."""
        actors, lead = data.people.actors, self._lead(data.people)
        both = actors[[self.first, self.second]].notna().all(axis=1)
        if not (both & (actors["wave"] == actors["wave"].max())).any():
            unanswered()
        if np.isnan(lead).all():
            return NO_ESTIMATE
        row = weighted_mean(actors.assign(_lead=lead), "_lead").iloc[0].to_dict()
        return enough(as_estimate(row), data.people.smallest)

    def verdict(self, data: Surveyed, say: Say) -> Verdict:
        """Judge the difference; the claim's text ``said`` begins the reason."""
        return against_zero(self.estimate(data), say("said"), self.side)

    def robustness(self, data: Surveyed, verdict: Verdict) -> Robustness | None:
        """Judge the difference again in every resample of the respondents."""
        return data.people.mean(verdict, self._lead(data.people), SIGN[self.side])

    def _lead(self, people: Respondents) -> np.ndarray:
        """Give each of the actors 1, 0 or −1; NaN for others, and for those who left an item out."""
        first, second = (people.agreeing(item, people.now(self.of), self.agree) for item in (self.first, self.second))
        lead: np.ndarray = first - second
        return lead


def waves(actors: pd.DataFrame) -> tuple[int, int]:
    """Return the years of the first and the last wave."""
    return int(actors["wave"].min()), int(actors["wave"].max())


def change(
    actors: pd.DataFrame, item: str, members: Sequence[str], smallest: int, agree: Sequence[int] = AGREE
) -> Estimate:
    """Estimate the change between waves in the share of some actors who agree; raises ``Unavailable`` with one wave.

    All NaN where fewer than ``smallest`` answered, or nobody in a wave.
    """
    first, last = waves(actors)
    if first == last:
        raise Unavailable(shared("unavailable.one_wave"))
    at = actors["wave"].where(actors["actor"].isin(list(members))).astype("Int64")
    return compared(actors.assign(_at=at), item, "_at", last, first, smallest=smallest, share_of=agree)


def against_limit(row: Row, said: Text, side: Side, limit: float = HALF, what: Text | None = None) -> Verdict:
    """Judge a share by its interval and a limit; ``said`` ends the reason's "61 per cent …", ``what`` names the share."""
    if not all(known(row[key]) for key in ("estimate", "low", "high")):
        return too_few()
    share, low, high, n = float(row["estimate"]), float(row["low"]), float(row["high"]), int(row["n"])
    reason = "claims.share_half" if limit == HALF else "claims.share"
    limits = {} if limit == HALF else {"limit": limit}
    return Verdict(
        judge(low, high, limit, sign=SIGN[side]),
        {"estimate": share, "low": low, "high": high, "n": n, "limit": limit},
        shared(reason, share=share, low=low, high=high, n=n, said=said, side=side, **limits),
        size(share, "share", what or shared("effects.agreeing"), low=low, high=high, n=n),
        leaning(share, limit, sign=SIGN[side]),
    )


def against_zero(
    found: Estimate, said: Text, side: Side = "above", scale: Literal["share", "mean"] = "share"
) -> Verdict:
    """Judge a difference of shares, or of means in steps of the scale, by its sign; ``said`` begins the reason."""
    value, low, high = found.estimate, found.low, found.high
    if not all(known(x) for x in (value, low, high)):
        return too_few()
    reason = "claims.share_difference" if scale == "share" else "claims.mean_difference"
    return Verdict(
        judge(low, high, 0, sign=SIGN[side]),
        {"difference": value, "low": low, "high": high, "n": found.n},
        shared(reason, said=said, difference=value, low=low, high=high, n=found.n),
        estimated(found, "share_difference" if scale == "share" else "scale_steps", inside(said)),
        leaning(value, 0, sign=SIGN[side]),
    )


def too_few() -> Verdict:
    """Say that the answers are too few to test a claim on."""
    return Verdict("untestable", {}, shared("unavailable.too_few"))
