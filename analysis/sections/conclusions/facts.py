"""The facts of the conclusions."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from analysis.sections.conclusions.words import INDICATORS, tally
from analysis.shared import same
from analysis.survey_items import unanswered
from report_engine.model.section import Fact, combine
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import both, change_word, count_words, percent_words

if TYPE_CHECKING:
    from analysis.sections.conclusions import Frames


def facts(parts: Parts, inputs: Inputs, found: "Frames") -> None:
    """Add the section's facts: the conclusions by outcome, and what is new in the first and the last year."""
    parts.facts(lambda: _outcomes(found))
    for name in INDICATORS:
        parts.facts(partial(_indicator, inputs, found, name))
    parts.facts(lambda: _years(inputs, found))


def _outcomes(found: "Frames") -> tuple[Fact, ...]:
    behind = [found.claims[id_] for said in found.found.values() for id_ in said]
    tables = tuple(sorted({table for claim in behind for table in claim.tables}))
    origin = combine({claim.origin for claim in behind})
    counts = {"total": len(found.overall), "claims_behind": len({claim.id for claim in behind})}
    for outcome in ("holds", "borderline", "fails", "untestable"):
        counts[outcome] = sum(verdict == outcome for verdict in found.overall.values())
    return (
        *(
            Fact(f"conclusions.{name}", count, _count(count), "count", tables, origin, n=count)
            for name, count in counts.items()
        ),
        Fact("conclusions.tally", None, tally(found.overall), "text", tables, origin),
    )


def _count(count: int) -> Text:
    return {"sv": count_words(count, "sv") if count else "ingen", "en": count_words(count, "en") if count else "none"}


def _indicator(inputs: Inputs, found: "Frames", name: str) -> Iterable[Fact]:
    tables, origin = ("labour_units",), inputs.origin("labour_units")
    series = found.new[found.new["indicator"] == name].sort_values("year", kind="stable")
    if series.empty:
        unanswered()
    first, last = float(series["mean"].iloc[0]), float(series["mean"].iloc[-1])
    for when, value in (("first", first), ("last", last)):
        yield Fact(f"conclusions.{name}_{when}", value, both(percent_words, value), "share", tables, origin)
    change = {e: change_word(last - first, e) for e in EDITIONS}
    yield Fact(f"conclusions.{name}_changed", None, change, "text", tables, origin)


def _years(inputs: Inputs, found: "Frames") -> Iterable[Fact]:
    tables, origin = ("labour_units",), inputs.origin("labour_units")
    for name, year in (("first_year", int(found.new["year"].min())), ("last_year", int(found.new["year"].max()))):
        yield Fact(f"conclusions.{name}", year, same(year), "year", tables, origin)
    places = int(found.units["municipality_code"].nunique())
    yield Fact("conclusions.municipalities", places, both(count_words, places), "count", tables, origin, n=places)
