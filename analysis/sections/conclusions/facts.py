"""The facts of the conclusions."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from analysis.evidence import OUTCOMES
from analysis.facts import same
from analysis.sections.conclusions.figures import tally
from analysis.sections.conclusions.frames import INDICATORS, Frames
from analysis.shared_texts import places as in_words
from analysis.survey import unanswered
from report_engine.model.section import Fact, combine
from report_engine.words.numbers import both, change_word, percent_words
from report_engine.words.texts import Texts

UNITS = ("labour_units",)


def groups(found: Frames, say: Texts) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups: the conclusions by outcome, and what is new in the first and the last year."""
    yield lambda: _outcomes(found, say)
    for name in INDICATORS:
        yield partial(_indicator, found, name)
    yield lambda: _years(found)


def _outcomes(found: Frames, say: Texts) -> Iterable[Fact]:
    tables = tuple(sorted({table for claim in found.behind for table in claim.tables}))
    origin = combine({claim.origin for claim in found.behind})
    counts = {"total": len(found.overall), "claims_behind": len(found.behind)}
    for outcome in OUTCOMES:
        counts[outcome] = sum(verdict == outcome for verdict in found.overall.values())
    for name, count in counts.items():
        yield Fact(f"conclusions.{name}", count, say("facts.count", count=count), "count", tables, origin, n=count)
    yield Fact("conclusions.tally", None, tally(found, say), "text", tables, origin)


def _indicator(found: Frames, name: str) -> Iterable[Fact]:
    origin = found.inputs.origin(*UNITS)
    series = found.ends(name)
    if series is None:
        unanswered()
    first, last = series
    for when, value in (("first", first), ("last", last)):
        yield Fact(f"conclusions.{name}_{when}", value, both(percent_words, value), "share", UNITS, origin)
    yield Fact(f"conclusions.{name}_changed", None, both(change_word, last - first), "text", UNITS, origin)


def _years(found: Frames) -> Iterable[Fact]:
    origin = found.inputs.origin(*UNITS)
    for name, year in (("first_year", found.first), ("last_year", found.last)):
        yield Fact(f"conclusions.{name}", year, same(year), "year", UNITS, origin)
    places = int(found.units["municipality_code"].nunique())
    yield Fact("conclusions.municipalities", places, in_words(places), "count", UNITS, origin, n=places)
