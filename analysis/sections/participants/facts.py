"""The facts of the section on participants."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from analysis.sections.participants.words import WHOM
from analysis.shared import INTERVIEW_TABLES, latest_wave, same, unheard
from analysis.survey_items import HIDDEN, SURVEY, Row, cell, interval_fact, item_shares, known, share_fact
from report_engine.methods.survey import AGREE
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words.numbers import both, count_words, number

if TYPE_CHECKING:
    from analysis.sections.participants import Frames

Rows = Iterable[tuple[str, Row]]

DISAGREE = tuple(6 - answer for answer in AGREE)


def facts(parts: Parts, inputs: Inputs, found: "Frames") -> None:
    """Add the section's facts, each group by itself where the data bear it: shares, stances, counts and years."""
    origin = inputs.origin("actors")
    for rows in (_now, partial(_against, inputs), _by_age):
        parts.facts(partial(_shares, rows, found, origin))
    parts.facts(lambda: _stances(inputs, found))
    parts.facts(lambda: _counts(found, origin))


def _items(found: "Frames") -> list[str]:
    return sorted(set(found.waves["item"]))


def _now(found: "Frames") -> Rows:
    for item in _items(found):
        yield item, cell(found.waves, item=item, wave=found.last)


def _against(inputs: Inputs, found: "Frames") -> Rows:
    items, smallest = _items(found), inputs.settings.smallest_cell
    against = item_shares(latest_wave(inputs.tables["actors"]), items, ["actor"], smallest, DISAGREE)
    for item in items:
        yield f"{item}_against", cell(against, item=item, actor="participant")


def _by_age(found: "Frames") -> Rows:
    ages = sorted(set(found.ages["age_group"]))
    for item in sorted(set(found.ages["item"])):
        for name, age in (("youngest", ages[0]), ("oldest", ages[-1])):
            yield f"{item}_{name}", cell(found.ages, item=item, age_group=age)


def _shares(rows: Callable[["Frames"], Rows], found: "Frames", origin: Origin) -> Iterable[Fact]:
    for name, row in rows(found):
        yield share_fact(f"participants.{name}", row, SURVEY, origin)
        yield interval_fact(f"participants.{name}_interval", row, SURVEY, origin)


def _counts(found: "Frames", origin: Origin) -> Iterable[Fact]:
    asked, answered = len(_items(found)), found.respondents
    yield Fact("participants.questions", asked, both(count_words, asked), "count", SURVEY, origin)
    yield Fact("participants.respondents", answered, both(number, answered), "count", SURVEY, origin, n=answered)
    for name, year in (("first_wave", found.first), ("last_wave", found.last)):
        yield Fact(f"participants.{name}", year, same(int(year)), "year", SURVEY, origin)


def _stances(inputs: Inputs, found: "Frames") -> Iterable[Fact]:
    """Give the mean stance in the interviews towards unit, social services and PES (−1 to 1)."""
    tables, origin = INTERVIEW_TABLES, inputs.origin(*INTERVIEW_TABLES)
    if not len(found.coded):
        unheard()
    for whom in WHOM:
        row, id = cell(found.contentment, whom=whom, stream="interviews"), f"participants.stance_{whom}"
        if known(row["estimate"]):
            words = both(number, row["estimate"], 2, signed=True)
            yield Fact(id, float(row["estimate"]), words, "stance", tables, origin, n=int(row["n"]))
        else:
            yield Fact(id, None, HIDDEN, "stance", tables, origin)
