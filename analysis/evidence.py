"""How a conclusion gets its verdict from the claims it rests on: one rule, for conclusions and for each stream of evidence."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.effect_sizes import size
from report_engine.model.section import Claim, Outcome, Verdict
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import count_words, listing

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

_REVERSED: Mapping[Outcome, Outcome] = {"holds": "fails", "fails": "holds"}


@dataclass(frozen=True)
class Evidence:
    """One claim that a conclusion or recommendation rests on; ``against`` where the claim speaks against it if it holds."""

    claim: str
    against: bool = False


@dataclass(frozen=True)
class Conclusion:
    """One conclusion of the presentation: its name, its sentence, a few words for a figure, and what it rests on."""

    name: str
    statement: Text
    short: Text
    evidence: tuple[Evidence, ...]


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


def claim_conclusion(found: Mapping[str, Outcome]) -> Verdict:
    """Judge a conclusion by the claims it rests on (id → what the claim says for it), with the rule of ``combine``."""
    count = Counter(found.values())
    tested = len(found) - count["untestable"]
    numbers: dict[str, float | int | str] = {
        name: count[name] for name in ("holds", "borderline", "fails", "untestable")
    }
    if not tested:
        return Verdict(
            "untestable",
            numbers,
            {"sv": "Inget av påståendena bakom kan prövas.", "en": "None of the claims behind it can be tested."},
        )
    return Verdict(
        combine(list(found.values())),
        numbers,
        {e: _reason(count, tested, e) for e in EDITIONS},
        size(count["holds"], "count", {"sv": "påståenden som talar för", "en": "claims that support it"}, n=tested),
    )


# One claim and several: what a number of claims does to the conclusion.
_SAID: Mapping[Outcome, tuple[Text, Text]] = {
    "holds": ({"sv": "talar ett för", "en": "one supports it"}, {"sv": "talar {n} för", "en": "{n} support it"}),
    "borderline": (
        {"sv": "är ett osäkert", "en": "one is uncertain"},
        {"sv": "är {n} osäkra", "en": "{n} are uncertain"},
    ),
    "fails": (
        {"sv": "talar ett emot", "en": "one speaks against it"},
        {"sv": "talar {n} emot", "en": "{n} speak against it"},
    ),
}


def _reason(count: Counter[Outcome], tested: int, edition: Edition) -> str:
    parts = [
        _SAID[outcome][0 if count[outcome] == 1 else 1][edition].format(n=count_words(count[outcome], edition))
        for outcome in _SAID
        if count[outcome]
    ]
    whole, rest = _claims(tested, edition), _claims(count["untestable"], edition)
    if edition == "sv":
        text = f"Av {whole} {'prövbart påstående' if tested == 1 else 'prövbara påståenden'} {listing(parts, edition)}."
        return f"{text} {rest.capitalize()} kan inte prövas." if count["untestable"] else text
    text = f"Of {whole} testable {'claim' if tested == 1 else 'claims'} {listing(parts, edition)}."
    return f"{text} {rest.capitalize()} cannot be tested." if count["untestable"] else text


def _claims(count: int, edition: Edition) -> str:
    """Write a number of claims in words; Swedish counts one of them as ``ett``."""
    return "ett" if count == 1 and edition == "sv" else count_words(count, edition)


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
