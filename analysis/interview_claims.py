"""What claims on the coded interviews are tested by, and how firmly the verdicts stand when interviews are drawn anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from analysis.coding import trusted
from analysis.effect_sizes import estimated
from analysis.interviews import INTERVIEW_TABLES, code_difference, voiced, with_codes
from analysis.shared_texts import say as shared
from analysis.survey import known
from analysis.survey_claims import HALF, SIGN, Side, against_limit, against_zero, too_few
from report_engine.methods.cluster import clustered_difference, clustered_mean
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Robustness, Stream, Verdict
from report_engine.results import robustness
from report_engine.results.claims import Say
from report_engine.results.inputs import Inputs
from report_engine.results.robustness import judge, leaning
from report_engine.words.editions import Text

NOTHING = float("nan")


class Heard(Protocol):
    """What a section has found, with the coded segments of the interviews."""

    @property
    def inputs(self) -> Inputs:
        """Tables and settings."""

    @property
    def coded(self) -> pd.DataFrame:
        """The primary coders' segments (``interviews.coded_segments``); raises ``Unavailable`` without interviews."""


@dataclass(frozen=True)
class MeanStance:
    """The mean stance (−1 to 1) of some actors' segments with one of some codes, against zero."""

    codes: tuple[str, ...]
    of: tuple[str, ...]
    side: Side
    stream: Stream = "interviews"
    tables: tuple[str, ...] = INTERVIEW_TABLES

    def estimate(self, data: Heard) -> Estimate:
        """Estimate the mean over resampled interviews; NaN with fewer than the smallest cell's segments."""
        spoken = _taking_a_stance(data.coded, self.codes)
        spoken = spoken[spoken["speaker_actor"].isin(list(self.of))]
        if len(spoken) < data.inputs.settings.smallest_cell:
            return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, len(spoken))
        boot = data.inputs.settings.bootstrap
        return clustered_mean(spoken, "stance", "interview_id", resamples=boot.resamples, seed=boot.seed)

    def verdict(self, data: Heard, say: Say) -> Verdict:
        """Judge the mean; the claim's text ``reason`` has the holes ``mean``, ``low``, ``high`` and ``n``."""
        trusted(data.inputs, self.codes, stances=True)
        found = self.estimate(data)
        if not known(found.low):
            return too_few()
        return Verdict(
            judge(found.low, found.high, 0, sign=SIGN[self.side]),
            {"mean_stance": found.estimate, "low": found.low, "high": found.high, "n": found.n},
            say("reason", mean=found.estimate, low=found.low, high=found.high, n=found.n),
            estimated(found, "stance", shared("effects.mean_stance")),
            leaning(found.estimate, 0, sign=SIGN[self.side]),
        )

    def robustness(self, data: Heard, verdict: Verdict) -> Robustness | None:
        """Judge the mean again in every resample of the interviews."""
        return again(verdict, self.estimate(data), self.side)


@dataclass(frozen=True)
class StanceDifference:
    """The first actor's mean stance on some codes minus the second's, against zero."""

    codes: tuple[str, ...]
    of: tuple[str, str]
    side: Side
    stream: Stream = "interviews"
    tables: tuple[str, ...] = INTERVIEW_TABLES

    def estimate(self, data: Heard) -> Estimate:
        """Estimate the difference over resampled interviews; NaN where either has fewer segments than the smallest cell."""
        spoken = _taking_a_stance(data.coded, self.codes)
        settings = data.inputs.settings
        if any((spoken["speaker_actor"] == actor).sum() < settings.smallest_cell for actor in self.of):
            return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, len(spoken))
        boot = settings.bootstrap
        return clustered_difference(
            spoken, "stance", "speaker_actor", *self.of, "interview_id", resamples=boot.resamples, seed=boot.seed
        )

    def verdict(self, data: Heard, say: Say) -> Verdict:
        """Judge the difference; the claim's text ``said`` begins the reason."""
        trusted(data.inputs, self.codes, stances=True)
        return against_zero(self.estimate(data), say("said"), self.side, "mean")

    def robustness(self, data: Heard, verdict: Verdict) -> Robustness | None:
        """Judge the difference again in every resample of the interviews."""
        return again(verdict, self.estimate(data), self.side)


@dataclass(frozen=True)
class SegmentShare:
    """The share with one code of some actors' segments with any of some codes, against a limit (0–1)."""

    code: str
    among: tuple[str, ...]
    of: tuple[str, ...]
    side: Side
    limit: float = HALF
    stream: Stream = "interviews"
    tables: tuple[str, ...] = INTERVIEW_TABLES

    def estimate(self, data: Heard) -> Estimate:
        """Estimate the share over resampled interviews; NaN where the segments are few, or none."""
        coded, settings = data.coded, data.inputs.settings
        said = coded[coded["speaker_actor"].isin(list(self.of)) & coded["code"].isin(list(self.among))]
        said = said.assign(hit=said["code"] == self.code)
        if len(said) < max(settings.smallest_cell, 1):
            return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, len(said))
        boot = settings.bootstrap
        return clustered_mean(said, "hit", "interview_id", resamples=boot.resamples, seed=boot.seed)

    def verdict(self, data: Heard, say: Say) -> Verdict:
        """Judge the share; the claim's text ``said`` ends the reason's "61 per cent …"."""
        trusted(data.inputs, self.among)
        found = self.estimate(data)
        row = {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n}
        return against_limit(row, say("said"), self.side, self.limit, shared("effects.of_segments"))

    def robustness(self, data: Heard, verdict: Verdict) -> Robustness | None:
        """Judge the share again in every resample of the interviews."""
        return again(verdict, self.estimate(data), self.side, self.limit)


@dataclass(frozen=True)
class SegmentShareDifference:
    """The share of one group's segments with one of some codes minus another group's (of ``actors.GROUPS``), against zero."""

    codes: tuple[str, ...]
    of: tuple[str, str]
    side: Side = "above"
    stream: Stream = "interviews"
    tables: tuple[str, ...] = INTERVIEW_TABLES

    def estimate(self, data: Heard) -> Estimate:
        """Estimate the difference (``interviews.code_difference``); ``Unavailable`` where the codebook has none of the codes."""
        settings = data.inputs.settings
        boot, spoken = settings.bootstrap, with_codes(data.coded, data.inputs.tables["codebook"], self.codes)
        return code_difference(
            spoken, self.codes, *self.of, smallest=settings.smallest_cell, resamples=boot.resamples, seed=boot.seed
        )

    def verdict(self, data: Heard, say: Say) -> Verdict:
        """Judge the difference; the claim's text ``said`` begins the reason."""
        trusted(data.inputs, self.codes)
        return against_zero(self.estimate(data), say("said"), self.side)

    def robustness(self, data: Heard, verdict: Verdict) -> Robustness | None:
        """Judge the difference again in every resample of the interviews."""
        return again(verdict, self.estimate(data), self.side)


@dataclass(frozen=True)
class Voiced:
    """A code that some actors bring up in most municipalities.

    ``lacking`` is the claim's own text for a codebook without the code, where it has one.
    """

    code: str
    of: tuple[str, ...]
    lacking: str | None = None
    stream: Stream = "interviews"
    tables: tuple[str, ...] = INTERVIEW_TABLES

    def verdict(self, data: Heard, say: Say) -> Verdict:
        """Judge in how many municipalities the code is voiced; more than half: holds, at least one: borderline."""
        trusted(data.inputs, (self.code,))
        lacking = say(self.lacking) if self.lacking else shared("unavailable.no_code")
        return self._judged(data, data.coded, lacking)

    def robustness(self, data: Heard, verdict: Verdict) -> Robustness | None:
        """Judge again without one municipality at a time."""
        said = data.coded[["municipality_code", "code", "speaker_actor", "side"]].drop_duplicates()
        said = said[said["speaker_actor"].isin(list(self.of))]
        return robustness.one_left_out(
            verdict,
            said,
            "municipality_code",
            lambda part: self._judged(data, part, verdict.reason),
            robustness.ONE_MUNICIPALITY,
        )

    def _judged(self, data: Heard, coded: pd.DataFrame, lacking: Text) -> Verdict:
        spoken = coded[coded["speaker_actor"].isin(list(self.of))]
        return voiced(spoken, data.inputs.tables["codebook"], self.code, lacking)


def again(verdict: Verdict, found: Estimate, side: Side = "above", limit: float = 0.0) -> Robustness | None:
    """Judge an estimate from interviews again in every resample of these (``found.draws``)."""
    if found.draws is None:
        return None
    codes = robustness.recentred(found.draws, found.estimate, found.low, found.high, limit, sign=SIGN[side])
    return robustness.kept(verdict, codes, robustness.INTERVIEWS)


def _taking_a_stance(coded: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    return coded[coded["code"].isin(list(codes)) & coded["stance"].notna()]
