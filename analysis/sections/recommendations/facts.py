"""The facts of the recommendations."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analysis.shared import same
from analysis.survey_items import HIDDEN, known
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import lack
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import both, count_words, listing, number, percent_words

if TYPE_CHECKING:
    from analysis.sections.recommendations import Frames
    from report_engine.methods.estimate import Estimate

SHARE = "exit_to_work_or_study_percent"


def facts(inputs: Inputs, found: "Frames") -> tuple[Callable[[], Sequence[Fact]], ...]:
    """List the section's facts: the association, its ends, and the official series' anomalies; in groups by what they rest on."""
    units, origin = ("labour_units",), inputs.origin("labour_units")
    checked, mixed = ("labour_units", "exits"), inputs.origin("labour_units", "exits")
    return (
        lambda: _correlation("association", found.association, units, origin),
        lambda: _correlation("official", found.official, checked, mixed),
        lambda: [
            Fact("recommendations.first_year", found.first, same(found.first), "year", units, origin),
            Fact("recommendations.last_year", found.last, same(found.last), "year", units, origin),
        ],
        lambda: [
            _count("total", found.matrix["recommendation"].nunique(), (), origin),
            _count("claims_behind", found.matrix["claim"].nunique(), (), origin),
        ],
        lambda: _ends(found, units, origin),
        lambda: _official(inputs, found),
    )


def _ends(found: "Frames", units: tuple[str, ...], origin: Origin) -> list[Fact]:
    """The municipalities compared, and those with the lowest and the highest shares."""
    frame = found.exits.dropna(subset=["resource_share", "exit_share"])
    if frame.empty:
        lack(
            "Ingen kommun har uppgift om både insatser och avslut.",
            "No municipality has data on both measures and exits.",
        )
    made = [_count("municipalities", len(frame), units, origin)]
    for column, name in (("resource_share", "resource"), ("exit_share", "exits")):
        for end, row in (("lowest", frame[column].idxmin()), ("highest", frame[column].idxmax())):
            share, place = float(frame.at[row, column]), str(frame.at[row, "municipality"])
            made.append(
                Fact(f"recommendations.{name}_{end}", share, both(percent_words, share), "share", units, origin)
            )
            made.append(Fact(f"recommendations.{name}_{end}_where", place, same(place), "text", units, origin))
    return made


def _correlation(name: str, found: "Estimate", tables: tuple[str, ...], origin: Origin) -> list[Fact]:
    if not known(found.low):
        return [Fact(f"recommendations.{name}{end}", None, HIDDEN, "text", tables, origin) for end in ("", "_interval")]
    low, high = found.low, found.high
    bounds: Text = {
        e: f"{number(low, e, 2, signed=True)} {'till' if e == 'sv' else 'to'} {number(high, e, 2, signed=True)}"
        for e in EDITIONS
    }
    value = both(number, found.estimate, 2, signed=True)
    return [
        Fact(f"recommendations.{name}", found.estimate, value, "correlation", tables, origin, low, high, found.n),
        Fact(f"recommendations.{name}_interval", None, bounds, "text", tables, origin, low, high, found.n),
    ]


def _count(name: str, count: int, tables: tuple[str, ...], origin: Origin) -> Fact:
    return Fact(f"recommendations.{name}", count, both(count_words, count), "count", tables, origin, n=count)


def _official(inputs: Inputs, found: "Frames") -> list[Fact]:
    """The official series: its years, its gaps and the values that deviate strongly."""
    tables, origin = ("exits",), inputs.origin("exits")
    series = inputs.tables["exits"]
    series = series[series["municipality_code"].isin(inputs.settings.municipalities)]
    flagged = found.anomalies  # not borne without any value
    missing = int(series[SHARE].isna().sum())
    named = {
        e: listing(
            [
                f"{row.municipality} {row.year} ({number(getattr(row, SHARE), e)} {'procent' if e == 'sv' else 'per cent'})"
                for row in flagged.itertuples()
            ],
            e,
        )
        or {"sv": "inga", "en": "none"}[e]
        for e in EDITIONS
    }
    first, last = int(series["year"].min()), int(series["year"].max())
    return [
        Fact("recommendations.official_first_year", first, same(first), "year", tables, origin),
        Fact("recommendations.official_last_year", last, same(last), "year", tables, origin),
        Fact(
            "recommendations.official_missing", missing, both(count_words, missing), "count", tables, origin, n=missing
        ),
        Fact(
            "recommendations.anomalies",
            len(flagged),
            both(count_words, len(flagged)),
            "count",
            tables,
            origin,
        ),
        Fact("recommendations.anomalies_named", None, named, "text", tables, origin),
    ]
