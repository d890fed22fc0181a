"""The facts of the conclusions."""

from typing import TYPE_CHECKING

from analysis.model import EDITIONS, Fact, Inputs, combine
from analysis.numbers import both, change_word, count_words, percent_words
from analysis.sections.conclusions_words import tally
from analysis.sections.shared import same

if TYPE_CHECKING:
    from analysis.sections.conclusions import Frames


def facts(inputs: Inputs, found: "Frames") -> tuple[Fact, ...]:
    """List the section's facts: the conclusions by outcome, and what is new in the first and the last year."""
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
        *_new(inputs, found),
    )


def _count(count: int) -> dict[str, str]:
    return {"sv": count_words(count, "sv") if count else "ingen", "en": count_words(count, "en") if count else "none"}


def _new(inputs: Inputs, found: "Frames") -> tuple[Fact, ...]:
    tables, origin = ("labour_units",), inputs.origin("labour_units")
    made: list[Fact] = []
    for name in sorted(set(found.new["indicator"])):
        series = found.new[found.new["indicator"] == name].sort_values("year")
        first, last = float(series["mean"].iloc[0]), float(series["mean"].iloc[-1])
        for when, value in (("first", first), ("last", last)):
            made.append(Fact(f"conclusions.{name}_{when}", value, both(percent_words, value), "share", tables, origin))
        change = {e: change_word(last - first, e) for e in EDITIONS}
        made.append(Fact(f"conclusions.{name}_changed", None, change, "text", tables, origin))
    years = (("first_year", int(found.new["year"].min())), ("last_year", int(found.new["year"].max())))
    made += [Fact(f"conclusions.{name}", year, same(year), "year", tables, origin) for name, year in years]
    places = int(found.units["municipality_code"].nunique())
    made.append(
        Fact("conclusions.municipalities", places, both(count_words, places), "count", tables, origin, n=places)
    )
    return tuple(made)
