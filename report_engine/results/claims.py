"""A claim as a section declares it once: what it is tested by and what shows it; the rest derives from that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar, runtime_checkable

from report_engine.contracts import contract
from report_engine.model.section import (
    Claim,
    Leaning,
    Origin,
    Outcome,
    Robustness,
    Stream,
    Unavailable,
    Verdict,
    combine,
)
from report_engine.results.inputs import Inputs
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.forms import Value
from report_engine.words.report import say as report
from report_engine.words.texts import Texts

Data = TypeVar("Data")
Data_contra = TypeVar("Data_contra", contravariant=True)

Say = Callable[..., Text]
"""Fills one of a claim's own texts: ``say("reason", share=0.61)``."""


class Test(Protocol[Data_contra]):
    """What decides a claim: an estimator with its limit and side, or a function where the claim is special."""

    @property
    def stream(self) -> Stream:
        """The kind of evidence."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tidy tables that the evidence comes from."""

    def verdict(self, data: Data_contra, say: Say) -> Verdict:
        """Judge the claim; raises ``Unavailable`` where the data do not bear it."""

    def robustness(self, data: Data_contra, verdict: Verdict) -> Robustness | None:
        """Judge it again over resamples or other choices; None where there is nothing to vary."""


@runtime_checkable
class OverClaims(Protocol[Data_contra]):
    """A test that judges by earlier claims: the claim's tables, origin and citations are theirs."""

    def behind(self, data: Data_contra) -> Sequence[Claim]:
        """Give the claims that this one rests on."""


@dataclass(frozen=True)
class Declared(Generic[Data]):
    """A claim: its name, what decides it, the figure or table of the section that shows it (``None`` for none).

    Its sentence is the text ``claims.<name>.statement``. ``citations`` are bib keys or found in the data.
    """

    name: str
    test: Test[Data]
    figure: str | None = None
    citations: tuple[str, ...] | Callable[[Data], tuple[str, ...]] = ()
    dissent: tuple[str, ...] = ()
    origin: Origin | None = None  # that of the tables, unless only some of their rows decide


@dataclass(frozen=True)
class Function(Generic[Data]):
    """A test that no estimator fits: ``judge`` gives the verdict, ``again`` judges it anew."""

    judge: Callable[[Data, Say], Verdict]
    stream: Stream
    tables: tuple[str, ...]
    again: Callable[[Data, Verdict], Robustness | None] | None = None

    def verdict(self, data: Data, say: Say) -> Verdict:
        """Judge the claim."""
        return self.judge(data, say)

    def robustness(self, data: Data, verdict: Verdict) -> Robustness | None:
        """Judge it again, where there is a way to."""
        return self.again(data, verdict) if self.again else None


def judged(section: str, declared: Iterable[Declared[Data]], data: Data, inputs: Inputs, texts: Texts) -> list[Claim]:
    """Judge the claims that a section declares, in their order."""
    return [_judged(section, each, data, inputs, texts) for each in declared]


def _judged(section: str, its: Declared[Data], data: Data, inputs: Inputs, texts: Texts) -> Claim:
    def say(key: str, **values: Value) -> Text:
        return texts(f"claims.{its.name}.{key}", **values)

    try:
        verdict = its.test.verdict(data, say)
    except Unavailable as lacking:
        verdict = Verdict("untestable", {}, lacking.reason)
    claim = Claim(
        id=f"{section}.{its.name}",
        statement=say("statement"),
        verdict=verdict,
        stream=its.test.stream,
        tables=its.test.tables,
        origin=its.origin or inputs.origin(*its.test.tables),
        figure=f"{section}/{its.figure}" if its.figure else None,
        citations=_citations(its, data),
        dissent=its.dissent,
        robustness=None if inputs.exact else _robustness(its, data, verdict),
    )
    claim = _resting(claim, its.test.behind(data)) if isinstance(its.test, OverClaims) else claim
    if inputs.exact:
        claim = as_published(inputs.exact[claim.id], claim, lambda verdict: _robustness(its, data, verdict))
    return claim if claim.verdict.outcome == "borderline" else _settled(claim)


def _settled(claim: Claim) -> Claim:
    return replace(claim, verdict=replace(claim.verdict, leaning=None))


COARSE = 20
"""Steps in which it is told in how many resamples of persons a verdict stays: finer ones would tell the exact estimate."""


def as_published(exact: Claim, shown: Claim, again: Callable[[Verdict], Robustness | None]) -> Claim:
    """Give a claim the outcome and robustness that the exact numbers have, and the numbers and words of the protected ones.

    Where these would give another outcome, or are hidden, the reason says so. ``again`` judges the claim again by the protected numbers.
    An outcome that is borderline leans as the protected numbers do: where the exact estimate lies is not told.
    """
    outcome, verdict = exact.verdict.outcome, shown.verdict
    if outcome == "untestable" and verdict.outcome != outcome:
        verdict = Verdict(outcome, {}, exact.verdict.reason)
    elif verdict.outcome == "untestable" and verdict.outcome != outcome:
        verdict = Verdict(outcome, {}, report("protection.hidden"))
    elif verdict.outcome != outcome:
        also = report("protection.exact")
        reason: Text = {edition: f"{verdict.reason[edition]} {also[edition]}" for edition in EDITIONS}
        leans: dict[Outcome, Leaning] = {"holds": "for", "fails": "against"}
        leaning = leans.get(verdict.outcome, verdict.leaning)
        verdict = replace(verdict, outcome=outcome, reason=reason, leaning=leaning)
    return replace(shown, verdict=verdict, robustness=_coarse(exact, lambda: again(verdict)))


def _coarse(claim: Claim, again: Callable[[], Robustness | None]) -> Robustness | None:
    """Say how firmly a verdict on persons stands: in steps, or, of few choices (a municipality left out), by the protected numbers."""
    its = claim.robustness
    if its is None or not contract.on_persons(claim.tables):
        return its
    if its.draws <= COARSE:
        return again()
    return replace(its, same=round(round(its.same / its.draws * COARSE) / COARSE * its.draws))


def _resting(claim: Claim, behind: Sequence[Claim]) -> Claim:
    """Give a claim over claims the tables, origin and citations of those that it rests on."""
    return replace(
        claim,
        tables=tuple(sorted({table for each in behind for table in each.tables})),
        origin=combine({each.origin for each in behind}),
        rests_on=tuple(each.id for each in behind),
        citations=tuple(sorted({key for each in behind for key in each.citations})),
        dissent=tuple(sorted({key for each in behind for key in each.dissent})),
    )


def _citations(its: Declared[Data], data: Data) -> tuple[str, ...]:
    if isinstance(its.citations, tuple):
        return its.citations
    try:
        return its.citations(data)
    except Unavailable:
        return ()


def _robustness(its: Declared[Data], data: Data, verdict: Verdict) -> Robustness | None:
    if verdict.outcome == "untestable":
        return None
    try:
        return its.test.robustness(data, verdict)
    except Unavailable:
        return None
