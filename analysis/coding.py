"""How far two coders agree, and whether what they coded is evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

import pandas as pd

from analysis.shared_texts import say as shared
from report_engine.methods.reliability import krippendorff_alpha
from report_engine.model.section import Robustness, Stream, Unavailable, Verdict
from report_engine.results.claims import Function, Say
from report_engine.results.inputs import Inputs
from report_engine.words.editions import Text

RELIABLE = 0.667
"""The lowest alpha from which tentative conclusions may be drawn; Krippendorff (2004), Content Analysis."""

FEWEST = 10
"""Passages coded twice from which the agreement on one group of codes is told apart from that on all."""

NO_STANCE = "none"
"""What a coder's judgement is called who finds no stance in a passage: a judgement as any other."""


class Read(Protocol):
    """What a section has found, with its tables."""

    @property
    def inputs(self) -> Inputs:
        """Tables and settings."""


Data = TypeVar("Data", bound=Read)


@dataclass(frozen=True)
class Coded(Generic[Data]):
    """A test of what was said with some codes (or groups of codes): untestable where the coders do not agree on them."""

    test: Function[Data]
    codes: tuple[str, ...]
    stances: bool = False

    @property
    def stream(self) -> Stream:
        """The kind of evidence."""
        return self.test.stream

    @property
    def tables(self) -> tuple[str, ...]:
        """The tidy tables that the evidence comes from."""
        return self.test.tables

    def verdict(self, data: Data, say: Say) -> Verdict:
        """Judge the claim; raises ``Unavailable`` where its coding is unreliable."""
        trusted(data.inputs, self.codes, stances=self.stances)
        return self.test.verdict(data, say)

    def robustness(self, data: Data, verdict: Verdict) -> Robustness | None:
        """Judge it again, where there is a way to."""
        return self.test.robustness(data, verdict)


def trusted(inputs: Inputs, codes: Sequence[str], *, stances: bool = False) -> None:
    """Raise ``Unavailable`` where two coders agree too little, on all codes, on the groups of these, or on stances.

    A group counts by itself from ``FEWEST`` passages that either coder placed in it. Codes that the codebook lacks are passed
    over, and so is everything where nothing was coded twice: nobody knows then.
    """
    codebook = inputs.tables["codebook"].set_index("code")
    named = codebook.loc[[code for code in codes if code in codebook.index]]
    if named.empty:
        return
    judged = ratings(inputs.tables["segments"], "code")
    _enough(alpha(judged), "codes")
    groups = judged["value"].map(codebook["parent"])
    for group in sorted({*named["parent"].dropna(), *named.index[named["parent"].isna()]}):
        if judged.loc[groups == group, "unit"].nunique() >= FEWEST:
            name = codebook.loc[group]
            found = alpha(of_group(judged, groups == group))
            _enough(found, "group", group={"sv": name["name_sv"], "en": name["name_en"]})
    if stances:
        _enough(alpha(ratings(inputs.tables["segments"], "stance")), "stances")


def of_group(judged: pd.DataFrame, inside: pd.Series) -> pd.DataFrame:
    """Let all codes outside a group be one: what is left to disagree on is the group and its codes."""
    return judged.assign(value=judged["value"].where(inside, "other"))


def alpha(judged: pd.DataFrame) -> float:
    """Compute Krippendorff's nominal alpha of ``ratings``; NaN where nothing was judged twice."""
    return krippendorff_alpha(judged, resamples=1).value


def _enough(found: float, what: str, **more: Text) -> None:
    if found < RELIABLE:  # not where it is not known
        raise Unavailable(shared(f"unreliable.{what}", alpha=found, limit=RELIABLE, **more))


def ratings(segments: pd.DataFrame, value: Literal["code", "stance"]) -> pd.DataFrame:
    """Return the judgements of passages coded twice, of a ``code`` or a ``stance``: ``unit`` (a passage), ``coder``, ``value``.

    A passage whose place in the transcript is not known can't be told from others and is left out. Several codes that one
    coder gave a passage are one judgement, the set of them; of several stances none is the coder's judgement of the passage.
    """
    segments = segments[segments["start"].notna() & segments["end"].notna()]
    interview, start, end = (segments[name].astype("str") for name in ("interview_id", "start", "end"))
    unit = interview + ":" + start + "-" + end
    said = segments[value].astype("str").where(segments[value].notna(), NO_STANCE if value == "stance" else pd.NA)
    judged = pd.DataFrame({"unit": unit, "coder": segments["coder"], "value": said})
    judged = judged[judged.groupby("unit")["coder"].transform("nunique") > 1]
    several = judged.duplicated(["unit", "coder"], keep=False)
    if not several.any():
        return judged
    one = judged[several].groupby(["unit", "coder"])["value"].unique().map(lambda found: _one(found, value))
    return pd.concat([judged[~several], one.rename("value").reset_index()], ignore_index=True)


def _one(values: Sequence[object], value: str) -> object:
    given = sorted({str(found) for found in values if not pd.isna(found)})
    if len(given) == 1 or (given and value == "code"):
        return " ".join(given)
    return pd.NA
