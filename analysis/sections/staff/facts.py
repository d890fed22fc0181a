"""The facts of the section on staff."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from analysis.actors import STAFF
from analysis.facts import counted, interval_fact, points_facts, same, share_fact
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.staff.frames import WORKPLACES, Frames
from analysis.survey import DISAGREE, SURVEY, Row, cell
from report_engine.methods.perturbation import count
from report_engine.model.section import Fact, Origin

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


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    origin = found.inputs.origin("actors")
    for rows in (_group_rows, _actor_rows, _caseload_rows, _denied):
        yield partial(_shares, rows, found, origin)
    for place in WORKPLACES:
        yield partial(_change, found, place, origin)
    yield lambda: (counted("staff.respondents", found.respondents, SURVEY, origin),)
    for name, code in (("chairs_segments", "fall_between_chairs"), ("fk_segments", "collab_fk")):
        yield partial(_segments, found, name, code)
    yield lambda: _waves(found, origin)


def _group_rows(found: Frames) -> Rows:
    for item, name in ITEMS:
        for group in ("staff", "managers"):
            yield f"{name}_{group}", cell(found.pooled, item=item, wave=found.last, group=group)


def _actor_rows(found: Frames) -> Rows:
    for item, name in ITEMS:
        for actor in STAFF:
            yield f"{name}_{actor}", cell(found.by_actor, item=item, actor=actor)


def _caseload_rows(found: Frames) -> Rows:
    for place, name in (("social_services", "caseload_social_services"), ("labour_unit", "caseload_units")):
        for wave, when in ((found.first, "first"), (found.last, "last")):
            yield f"{name}_{when}", cell(found.caseload, row=place, wave=wave)


def _denied(found: Frames) -> Rows:
    """The share of staff who disagree that those furthest from work get support."""
    yield "support_denied", found.people.row("furthest_supported", STAFF, DISAGREE)


def _shares(rows: Callable[[Frames], Rows], found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, row in rows(found):
        yield share_fact(f"staff.{name}", row, SURVEY, origin)
        yield interval_fact(f"staff.{name}_interval", row, SURVEY, origin)


def _change(found: Frames, place: str, origin: Origin) -> Iterable[Fact]:
    return points_facts(f"staff.caseload_change_{place}", found.caseload_change(place), SURVEY, origin)


def _segments(found: Frames, name: str, code: str) -> Iterable[Fact]:
    total = count(found.coded, found.coded["code"] == code)
    yield counted(f"staff.{name}", total, INTERVIEW_TABLES, found.inputs.origin(*INTERVIEW_TABLES))


def _waves(found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, year in (("first_wave", found.first), ("last_wave", found.last)):
        yield Fact(f"staff.{name}", year, same(int(year)), "year", SURVEY, origin)
