"""The facts of the section on staff."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from analysis.methods.survey import AGREE
from analysis.model import Fact, Inputs, Origin
from analysis.numbers import both, number
from analysis.sections.parts import Parts
from analysis.sections.shared import INTERVIEW_TABLES, STAFF, points_facts, same
from analysis.sections.staff_words import shown_total
from analysis.sections.survey_items import HIDDEN, SURVEY, Row, cell, interval_fact, item_shares, share_fact

if TYPE_CHECKING:
    from analysis.sections.staff_frames import Frames

Rows = Iterable[tuple[str, Row]]


ITEMS = (
    ("furthest_supported", "support"),
    ("resources_to_closest", "closest"),
    ("effects_known", "effects"),
    ("measures_documented", "documented"),
    ("fk_collaboration", "fk"),
    ("pes_collaboration", "pes"),
)
"""Survey items and what their facts are called."""


def facts(parts: Parts, inputs: Inputs, found: "Frames") -> None:
    """Add the section's facts, each group by itself where the data bear it."""
    origin = inputs.origin("actors")
    for rows in (_group_rows, _actor_rows, _caseload_rows):
        parts.facts(partial(_shares, rows, found, origin))
    parts.facts(partial(_shares, partial(_denied, inputs), found, origin))
    for place in found.change:
        parts.facts(partial(_change, found, place, origin))
    parts.facts(lambda: _count("respondents", found.respondents, SURVEY, origin))
    for name, code in (("chairs_segments", "fall_between_chairs"), ("fk_segments", "collab_fk")):
        parts.facts(partial(_segments, inputs, found, name, code))
    parts.facts(lambda: _waves(found, origin))


def _group_rows(found: "Frames") -> Rows:
    for item, name in ITEMS:
        for group in ("staff", "managers"):
            yield f"{name}_{group}", cell(found.pooled, item=item, wave=found.last, group=group)


def _actor_rows(found: "Frames") -> Rows:
    for item, name in ITEMS:
        for actor in STAFF:
            yield f"{name}_{actor}", cell(found.by_actor, item=item, actor=actor)


def _caseload_rows(found: "Frames") -> Rows:
    for place, name in (("social_services", "caseload_social_services"), ("labour_unit", "caseload_units")):
        for wave, when in ((found.first, "first"), (found.last, "last")):
            yield f"{name}_{when}", cell(found.caseload, row=place, wave=wave)


def _shares(rows: Callable[["Frames"], Rows], found: "Frames", origin: Origin) -> Iterable[Fact]:
    for name, row in rows(found):
        yield share_fact(f"staff.{name}", row, SURVEY, origin)
        yield interval_fact(f"staff.{name}_interval", row, SURVEY, origin)


def _change(found: "Frames", place: str, origin: Origin) -> Iterable[Fact]:
    return points_facts(f"staff.caseload_change_{place}", found.change[place], SURVEY, origin)


def _segments(inputs: Inputs, found: "Frames", name: str, code: str) -> Iterable[Fact]:
    total = shown_total(found, code, inputs.settings.smallest_cell)
    return _count(name, total, INTERVIEW_TABLES, inputs.origin(*INTERVIEW_TABLES))


def _count(name: str, value: int | None, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    text = HIDDEN if value is None else both(number, value)
    yield Fact(f"staff.{name}", value, text, "count", tables, origin, n=value)


def _waves(found: "Frames", origin: Origin) -> Iterable[Fact]:
    for name, year in (("first_wave", found.first), ("last_wave", found.last)):
        yield Fact(f"staff.{name}", year, same(int(year)), "year", SURVEY, origin)


def _denied(inputs: Inputs, found: "Frames") -> Rows:
    """The share of staff who disagree that those furthest from work get support (answers 1 and 2)."""
    actors = inputs.tables["actors"]
    grouped = actors.assign(staff=actors["actor"].isin(STAFF))
    disagree = tuple(6 - answer for answer in AGREE)
    shares = item_shares(grouped, ["furthest_supported"], ["wave", "staff"], inputs.settings.smallest_cell, disagree)
    yield "support_denied", cell(shares, wave=found.last, staff=True)
