"""How a conclusion gets its verdict from the claims it rests on: one rule, for conclusions and for each stream of evidence."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from analysis.effect_sizes import size
from analysis.shared_texts import say as shared
from report_engine.model.section import Claim, Outcome, Robustness, Verdict
from report_engine.model.verdicts import is_finding
from report_engine.results import robustness
from report_engine.results.claims import Say
from report_engine.results.inputs import Inputs

Stream = Literal["spending", "survey", "interviews", "literature"]
STREAMS: tuple[Stream, ...] = ("spending", "survey", "interviews", "literature")

# The stream of evidence that a tidy table belongs to, for claims that draw on several.
_TABLE_STREAM: Mapping[str, Stream] = {
    "municipal_accounts": "spending",
    "state_programmes": "spending",
    "municipal_net_cost": "spending",
    "national_net_cost": "spending",
    "labour_units": "survey",
    "actors": "survey",
    "survey_frame": "survey",
    "interviews": "interviews",
    "segments": "interviews",
    "studies": "literature",
}

OUTCOMES: tuple[Outcome, ...] = ("holds", "borderline", "fails", "untestable")

_REVERSED: Mapping[Outcome, Outcome] = {"holds": "fails", "fails": "holds"}


@dataclass(frozen=True)
class Evidence:
    """One claim that a conclusion or recommendation rests on; ``against`` where the claim speaks against it if it holds."""

    claim: str
    against: bool = False


def outcomes(evidence: Iterable[Evidence], claims: Mapping[str, Claim], owner: str) -> dict[str, Outcome]:
    """Look up what each claim says for the conclusion: its own outcome, or the opposite where it speaks against.

    ``claims`` are those of earlier sections by id; ``owner`` names who asks. Raises ValueError naming a claim that
    nobody makes and the nearest that somebody does.
    """
    found: dict[str, Outcome] = {}
    for item in evidence:
        if item.claim not in claims:
            near = difflib.get_close_matches(item.claim, sorted(claims), n=1, cutoff=0.3)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ValueError(f"{owner} rests on the claim {item.claim}, which no earlier section makes.{hint}")
        outcome = claims[item.claim].verdict.outcome
        found[item.claim] = _REVERSED.get(outcome, outcome) if item.against else outcome
    return found


def rests_on_synthetic(claims: Iterable[Claim]) -> bool:
    """Say whether any of the claims that could be tested is no finding, for it rests on synthetic rows."""
    return any(claim.verdict.outcome != "untestable" and not is_finding(claim) for claim in claims)


def combine(found: Sequence[Outcome]) -> Outcome:
    """Sum up outcomes by the report's rule.

    Of those that can be tested: holds when more than half hold and none fails, fails when more than half fail, else
    borderline; untestable when none can be tested.
    """
    tested = [outcome for outcome in found if outcome != "untestable"]
    if not tested:
        return "untestable"
    count = Counter(tested)
    if count["holds"] > len(tested) / 2 and not count["fails"]:
        return "holds"
    return "fails" if count["fails"] > len(tested) / 2 else "borderline"


class Judged(Protocol):
    """What a section has found, with the claims of earlier sections and its own."""

    @property
    def inputs(self) -> Inputs:
        """Tables, settings and claims by id."""


@dataclass(frozen=True)
class Rests:
    """A claim over earlier claims: those ``on`` which it rests, and those that speak ``against`` it if they hold."""

    on: tuple[str, ...]
    against: tuple[str, ...] = ()
    stream: Literal["several"] = "several"
    tables: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Both kinds, in their order."""
        return (*map(Evidence, self.on), *(Evidence(claim, against=True) for claim in self.against))

    def behind(self, data: Judged) -> list[Claim]:
        """Give the claims behind, of which tables, origin and citations are the claim's own."""
        return [data.inputs.claims[each.claim] for each in self.evidence]

    def verdict(self, data: Judged, say: Say) -> Verdict:
        """Judge what the claims behind say together by the rule of ``combine``."""
        found = self._said(data)
        count = Counter(found)
        numbers: dict[str, float | int | str] = {name: count[name] for name in OUTCOMES}
        tested = len(found) - count["untestable"]
        if not tested:
            return Verdict("untestable", numbers, shared("evidence.all_untested"))
        said = [shared(f"evidence.said.{name}", count=count[name]) for name in OUTCOMES[:-1] if count[name]]
        reason = shared("evidence.reason", tested=tested, said=said)
        if count["untestable"]:
            untested = shared("evidence.untested", count=count["untestable"])
            reason = shared("evidence.partly", reason=reason, untested=untested)
        effect = size(count["holds"], "count", shared("evidence.effect"), n=tested)
        return Verdict(combine(found), numbers, reason, effect, robustness.leaning(count["holds"], count["fails"]))

    def robustness(self, data: Judged, verdict: Verdict) -> Robustness | None:
        """Judge again without each of the claims behind that can be tested."""
        tested = [outcome for outcome in self._said(data) if outcome != "untestable"]
        return robustness.rerun(verdict, map(combine, robustness.without_each(tested)), robustness.ONE_CLAIM)

    def _said(self, data: Judged) -> list[Outcome]:
        return list(outcomes(self.evidence, data.inputs.claims, "a conclusion").values())


def streams(claim: Claim) -> tuple[Stream, ...]:
    """Say which streams of evidence a claim belongs to: its own, or those of its tables where it draws on several."""
    if claim.stream != "several":
        return (claim.stream,)
    found = {_TABLE_STREAM[table] for table in claim.tables if table in _TABLE_STREAM}
    return tuple(stream for stream in STREAMS if stream in found)


def by_stream(found: Mapping[str, Outcome], claims: Mapping[str, Claim]) -> dict[Stream, Outcome]:
    """Sum up, in each stream of evidence that has any, what the claims behind a conclusion say."""
    grouped: dict[Stream, list[Outcome]] = {}
    for id_, outcome in found.items():
        for stream in streams(claims[id_]):
            grouped.setdefault(stream, []).append(outcome)
    return {stream: combine(grouped[stream]) for stream in STREAMS if stream in grouped}
