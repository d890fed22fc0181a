"""The facts that are words: which word each must be, in English, from the recomputed numbers behind it."""

import dataclasses
from collections.abc import Callable

from scipy.stats import norm

from tests.analysis.sections.recomputed import accounts, interviews, registers, survey
from tests.analysis.sections.recomputed.independent import LAST, MUNICIPAL_MANAGERS, STAFF, Found, Recomputed, Tidy, gap

GAP_ITEMS = (
    "pes_collaboration",
    "municipal_collaboration",
    "fk_collaboration",
    "furthest_supported",
    "resources_to_closest",
    "measures_documented",
    "effects_known",
    "sanctions_needed",
    "education_is_way",
    "caseload_manageable",
)


def together(its: Found) -> Found:
    """Widen an interval to one that holds for all items, by the normal quantile of each one's share of the risk (Šidák)."""
    wider = norm.isf((1 - 0.95 ** (1 / len(GAP_ITEMS))) / 2) / norm.isf(0.025)
    low, high = (float(its.value) + (end - float(its.value)) * wider for end in (its.low or 0.0, its.high or 0.0))
    return dataclasses.replace(its, low=low, high=high)


def gaps(tidy: Tidy) -> list[tuple[str, Found]]:
    """How much more municipal managers than staff agree with each item, the largest difference first."""
    found = {item: together(gap(item, (MUNICIPAL_MANAGERS, LAST), (STAFF, LAST))(tidy)) for item in GAP_ITEMS}
    return sorted(found.items(), key=lambda pair: (-pair[1].value, pair[0]))


def verb(change: float, still: float = 0.0) -> str:
    return "stood still" if abs(change) <= still else "rose" if change > 0 else "fell"


def moved(facts: dict[str, Recomputed], first: str, last: str | None = None) -> Callable[[Tidy], str]:
    """The verb of a fact that is a change, or of a change from one fact to another."""
    if last is None:
        return lambda tidy: verb(facts[first](tidy).value)
    return lambda tidy: verb(facts[last](tidy).value - facts[first](tidy).value)


def leans(id: str) -> Callable[[Tidy], str]:
    def word(tidy: Tidy) -> str:
        found = survey.FACTS[id](tidy)
        return "job activation" if found.low > 0 else "resource activation" if found.high < 0 else "neither model"

    return word


def reason(place: int) -> Callable[[Tidy], str]:
    """The reason that municipal actors voice most (0) or least (−1), as the codebook names it."""

    def word(tidy: Tidy) -> str:
        order = sorted(interviews.REASONS, key=lambda name: (-interviews.segments_voicing(name, tidy), name))
        names = tidy["codebook"].set_index("code")["name_en"]
        return str(names[f"reason_{order[place]}"])

    return word


NEW = ("degrees", "premises", "plans", "cofinancing", "subsidised")
WORDS: dict[str, Callable[[Tidy], str]] = {
    **{
        f"background.{name}_growth_word": moved(accounts.FACTS, f"background.{name}_growth")
        for name in ("cost", "participants", "per_participant")
    },
    "knowledge_review.reason_top": reason(0),
    "knowledge_review.reason_least": reason(-1),
    **{f"managers.lean_{side}_word": leans(f"managers.lean_{side}") for side in survey.SIDES},
    "collaboration.managers_change_word": moved(survey.FACTS, "collaboration.managers_change"),
    **{
        f"conclusions.{name}_changed": moved(registers.FACTS, f"conclusions.{name}_first", f"conclusions.{name}_last")
        for name in NEW
    },
}
FACTS: dict[str, Recomputed] = {
    "collaboration.largest_gap": lambda tidy: gaps(tidy)[0][1],
    "collaboration.largest_gap_item": lambda tidy: Found(gaps(tidy)[0][0]),
    "collaboration.smallest_gap": lambda tidy: gaps(tidy)[-1][1],
    "collaboration.smallest_gap_item": lambda tidy: Found(gaps(tidy)[-1][0]),
}
