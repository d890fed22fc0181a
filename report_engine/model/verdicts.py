"""What verdicts are called."""

from collections.abc import Mapping
from typing import Literal, cast

from report_engine.model.section import Claim, Origin, Outcome
from report_engine.words.editions import Text
from report_engine.words.report import labels, say

VERDICT_WORDS = cast("Mapping[Outcome, Text]", labels("verdicts"))
"""By outcome, in the order in which they are counted."""

Evidence = Literal["official", "published", "synthetic"]

EVIDENCE: Mapping[Origin, Evidence] = {
    "official": "official",
    "literature": "published",
    "synthetic": "synthetic",
    "mixed": "synthetic",
}
"""The kind of evidence that a claim is counted with: what rests on any synthetic row is no finding."""


def is_finding(claim: Claim) -> bool:
    """Say whether a claim's verdict says something of the world: none that rests on synthetic rows does."""
    return EVIDENCE.get(claim.origin) != "synthetic"


def verdict_text(claim: Claim) -> Text:
    """Write a claim's verdict with what it is found in, where that is synthetic, and the side that it leans to."""
    verdict = claim.verdict
    said = VERDICT_WORDS[verdict.outcome]
    if verdict.outcome == "untestable":
        return said
    if not is_finding(claim):
        said = say(f"verdict.{claim.origin}", verdict=said)
    return say(f"verdict.{verdict.leaning}", verdict=said) if verdict.leaning else said
