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
        elif whom := _respondents(id_, survey):
            yield count(whom, *survey.blur.cases(fact["value"]), f"fact {id_}")


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
    short, _, group = name.partition("_")
    return (survey.who(group, ITEMS[short]), AGREE) if short in ITEMS and group in WHO else None


def _respondents(id_: str, survey: Survey) -> Cell | None:
    first, last = survey.waves
    return {
        "participants.respondents": cell(actor="participant", wave=last),
        "staff.respondents": cell(actor=(*WHO["managers"], *WHO["staff"]), wave=last),
        "study.respondents": cell(),
        "study.first_respondents": cell(wave=first),
        "study.last_respondents": cell(wave=last),
    }.get(id_)
