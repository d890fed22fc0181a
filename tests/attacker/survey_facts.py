"""What the facts on the survey mean; they add what tables round, pool or leave out."""

import re
from collections.abc import Iterator
from typing import Any

from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.interviews import told
from tests.attacker.survey import AGREE, DISAGREE, DOCUMENTED, DONT_KNOW, PES, WHO, Survey

ITEMS = {
    "support": "furthest_supported",
    "closest": "resources_to_closest",
    "effects": "effects_known",
    "documented": DOCUMENTED,
    "fk": "fk_collaboration",
    "pes": PES,
    "internal": "municipal_collaboration",
    "sanctions": "sanctions_needed",
    "education": "education_is_way",
}
DIFFERENCES = {
    "collaboration.managers_change": ("collaboration.pes_managers", "collaboration.pes_managers_first"),
    "managers.sanctions_gap": ("managers.sanctions_municipal_manager", "managers.sanctions_pes_manager"),
    "staff.caseload_change_labour_unit": ("staff.caseload_units_last", "staff.caseload_units_first"),
    "staff.caseload_change_social_services": (
        "staff.caseload_social_services_last",
        "staff.caseload_social_services_first",
    ),
}
"""Facts on differences, and what the two shares between which they lie are called, published or not."""
HALF = 0.005
PLACES = {"units": "labour_unit", "social_services": "social_services"}


def facts(found: dict[str, Any], survey: Survey) -> Iterator[Statement]:
    """Read the facts that tell of the survey, each with the number of answers behind it."""
    for id_, fact in found.items():
        if not isinstance(fact.get("value"), int | float) or "actors" not in fact["tables"]:
            continue
        if fact["unit"] == "share" and (meant := _share(id_, survey)):
            group, answers = meant
            yield survey.share(group, answers, told(fact, survey.blur), f"fact {id_}")
            if fact["n"] and DONT_KNOW not in answers:
                yield survey.cases(group, fact["n"], f"fact {id_} n")
                yield from _interval(fact, group, answers, survey, f"fact {id_}")
        elif id_ in DIFFERENCES and fact["unit"] == "share_difference":
            yield from _difference(fact, DIFFERENCES[id_], found, survey, f"fact {id_}")
        elif whom := _respondents(id_, survey):
            yield count(whom, *survey.blur.cases(fact["value"]), f"fact {id_}")


def _interval(
    fact: dict[str, Any], group: Cell, answers: tuple[str, ...], survey: Survey, source: str
) -> Iterator[Statement]:
    if fact.get("low") is not None:
        ends = [(fact[end] - HALF, fact[end] + HALF) for end in ("low", "high")]
        said = survey.interval(group, answers, (ends[0], ends[1]), fact["value"], fact["n"], source)
        yield from (said,) if said else ()


def _difference(
    fact: dict[str, Any], parts: tuple[str, str], found: dict[str, Any], survey: Survey, source: str
) -> Iterator[Statement]:
    """Take the second of two published shares from their difference, and its cases from their sum: the first is told with it."""
    for at, sign in ((0, 1), (1, -1)):
        other = found.get(parts[1 - at], {})
        meant = _share(parts[at], survey)
        if isinstance(other.get("value"), int | float) and other.get("n") and meant:
            share = other["value"] + sign * fact["value"]
            yield survey.share(*meant, (share - HALF, share + HALF), source)
            yield survey.cases(meant[0], fact["n"] - other["n"], f"{source} n")


def _share(id_: str, survey: Survey) -> tuple[Cell, tuple[str, ...]] | None:
    section, _, name = id_.partition(".")
    if id_ == "collaboration.participants_unaware":
        return survey.who("participant", PES), (DONT_KNOW,)
    if id_ == "staff.support_denied":
        return survey.who("staff", "furthest_supported"), DISAGREE
    if section == "participants":
        parts = re.fullmatch(r"(.+?)(_against|_youngest|_oldest)?", name)
        assert parts
        ages = {"_youngest": {"age_group": "18-24"}, "_oldest": {"age_group": "50-64"}}.get(parts[2] or "", {})
        return survey.who("participant", parts[1], **ages), DISAGREE if parts[2] == "_against" else AGREE
    if caseload := re.fullmatch(r"caseload_(units|social_services)_(first|last)", name):
        wave = survey.waves[0 if caseload[2] == "first" else 1]
        return survey.who(PLACES[caseload[1]], "caseload_manageable", wave), AGREE
    short, _, group = name.removesuffix("_first").partition("_")
    wave = survey.waves[0] if name.endswith("_first") else None
    return (survey.who(group, ITEMS[short], wave), AGREE) if short in ITEMS and group in WHO else None


def _respondents(id_: str, survey: Survey) -> Cell | None:
    first, last = survey.waves
    return {
        "participants.respondents": cell(actor="participant", wave=last),
        "staff.respondents": cell(actor=(*WHO["managers"], *WHO["staff"]), wave=last),
        "study.respondents": cell(),
        "study.first_respondents": cell(wave=first),
        "study.last_respondents": cell(wave=last),
    }.get(id_)
