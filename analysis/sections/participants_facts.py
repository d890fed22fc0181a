"""The facts of the section on participants."""

from typing import TYPE_CHECKING

from analysis.methods.survey import AGREE
from analysis.model import EDITIONS, Fact, Inputs
from analysis.numbers import both, count_words, number
from analysis.sections.shared import INTERVIEW_TABLES, latest_wave
from analysis.sections.survey_items import HIDDEN, SURVEY, cell, interval_fact, item_shares, known, share_fact

if TYPE_CHECKING:
    from analysis.sections.participants import Frames

DISAGREE = tuple(6 - answer for answer in AGREE)


def facts(inputs: Inputs, found: "Frames") -> tuple[Fact, ...]:
    """List the section's facts: shares with their intervals, stances, counts and years."""
    origin, smallest = inputs.origin("actors"), inputs.settings.smallest_cell
    items = sorted(set(found.waves["item"]))
    rows = [(item, cell(found.waves, item=item, wave=found.last)) for item in items]
    against = item_shares(latest_wave(inputs.tables["actors"]), items, ["actor"], smallest, DISAGREE)
    rows += [(f"{item}_against", cell(against, item=item, actor="participant")) for item in items]
    ages = sorted(set(found.ages["age_group"]))
    for item in sorted(set(found.ages["item"])):
        rows += [
            (f"{item}_{name}", cell(found.ages, item=item, age_group=age))
            for name, age in (("youngest", ages[0]), ("oldest", ages[-1]))
        ]
    years = (("first_wave", found.first), ("last_wave", found.last))
    return (
        *(share_fact(f"participants.{name}", row, SURVEY, origin) for name, row in rows),
        *(interval_fact(f"participants.{name}_interval", row, SURVEY, origin) for name, row in rows),
        *_stances(inputs, found),
        Fact("participants.questions", len(items), both(count_words, len(items)), "count", SURVEY, origin),
        Fact(
            "participants.respondents", found.respondents, both(number, found.respondents), "count", SURVEY, origin,
            n=found.respondents,
        ),
        *(Fact(f"participants.{name}", year, {e: str(year) for e in EDITIONS}, "year", SURVEY, origin) for name, year in years),
    )  # fmt: skip


def _stances(inputs: Inputs, found: "Frames") -> tuple[Fact, ...]:
    """The mean stance in the interviews towards unit, social services and PES (−1 to 1)."""
    origin, made = inputs.origin(*INTERVIEW_TABLES), []
    for row in found.contentment[found.contentment["stream"] == "interviews"].itertuples():
        if known(row.estimate):
            words, n = both(number, row.estimate, 2, signed=True), int(row.n)
            value = float(row.estimate)
            fact = Fact(f"participants.stance_{row.whom}", value, words, "stance", INTERVIEW_TABLES, origin, n=n)
        else:
            fact = Fact(f"participants.stance_{row.whom}", None, HIDDEN, "stance", INTERVIEW_TABLES, origin)
        made.append(fact)
    return tuple(made)
