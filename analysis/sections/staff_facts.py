"""The facts of the section on staff."""

from typing import TYPE_CHECKING

from analysis.methods.survey import AGREE
from analysis.model import EDITIONS, Fact, Inputs
from analysis.numbers import both, number
from analysis.sections.shared import INTERVIEW_TABLES, STAFF, points_facts
from analysis.sections.survey_items import SURVEY, Row, cell, interval_fact, item_shares, share_fact

if TYPE_CHECKING:
    from analysis.sections.staff import Frames


def facts(inputs: Inputs, found: "Frames") -> tuple[Fact, ...]:
    """List the section's facts."""
    survey, origin = SURVEY, inputs.origin("actors")
    shares: list[tuple[str, Row]] = []
    for item, name in (("furthest_supported", "support"), ("resources_to_closest", "closest"), ("effects_known", "effects"),
                       ("measures_documented", "documented"), ("fk_collaboration", "fk"), ("pes_collaboration", "pes")):  # fmt: skip
        for group in ("staff", "managers"):
            shares.append((f"{name}_{group}", cell(found.pooled, item=item, wave=found.last, group=group)))
        shares += [(f"{name}_{actor}", cell(found.by_actor, item=item, actor=actor)) for actor in STAFF]
    for place, name in (("social_services", "caseload_social_services"), ("labour_unit", "caseload_units")):
        for wave, when in ((found.first, "first"), (found.last, "last")):
            shares.append((f"{name}_{when}", cell(found.caseload, row=place, wave=wave)))
    shares.append(("support_denied", _denied(inputs, found)))
    changes = [
        fact
        for place, change in found.change.items()
        for fact in points_facts(f"staff.caseload_change_{place}", change, survey, origin)
    ]
    n = {
        "respondents": found.respondents,
        "chairs_segments": int((found.coded["code"] == "fall_between_chairs").sum()),
        "fk_segments": int((found.coded["code"] == "collab_fk").sum()),
    }
    counted = {name: ("actors",) if name == "respondents" else INTERVIEW_TABLES for name in n}
    return (
        *(share_fact(f"staff.{name}", row, survey, origin) for name, row in shares),
        *(interval_fact(f"staff.{name}_interval", row, survey, origin) for name, row in shares),
        *changes,
        *(
            Fact(
                f"staff.{name}",
                value,
                both(number, value),
                "count",
                counted[name],
                inputs.origin(*counted[name]),
                n=value,
            )
            for name, value in n.items()
        ),
        *(
            Fact(f"staff.{name}", year, {e: str(year) for e in EDITIONS}, "year", survey, origin)
            for name, year in (("first_wave", found.first), ("last_wave", found.last))
        ),
    )


def _denied(inputs: Inputs, found: "Frames") -> Row:
    """The share of staff who disagree that those furthest from work get support (answers 1 and 2)."""
    actors = inputs.tables["actors"]
    grouped = actors.assign(staff=actors["actor"].isin(STAFF))
    disagree = tuple(6 - answer for answer in AGREE)
    shares = item_shares(grouped, ["furthest_supported"], ["wave", "staff"], inputs.settings.smallest_cell, disagree)
    return cell(shares, wave=found.last, staff=True)
