"""The facts of the recommendations."""

from collections.abc import Callable, Iterable, Iterator

from analysis.facts import same
from analysis.sections.recommendations.basis import RECOMMENDATIONS, Basis
from analysis.sections.recommendations.frames import EXIT_PERCENT, Frames
from analysis.shared_texts import places
from analysis.survey import known
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Fact, Origin, Unavailable
from report_engine.results.tables import tally
from report_engine.words.numbers import both, count_words, number, percent_words

UNITS, CHECKED, OFFICIAL = ("labour_units",), ("labour_units", "exits"), ("exits",)


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the association, its ends, and the official series' anomalies, in groups that the data bear or lack together."""
    origin = found.inputs.origin(*UNITS)
    yield lambda: _correlation(found, "association", found.association, UNITS)
    yield lambda: _correlation(found, "official", found.official, CHECKED)
    yield lambda: _years(found, origin)
    yield lambda: _behind(found.basis, origin)
    yield lambda: _ends(found, origin)
    yield lambda: _official(found)


def _years(found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, year in (("first_year", found.first), ("last_year", found.last)):
        yield Fact(f"recommendations.{name}", year, same(year), "year", UNITS, origin)


def _behind(basis: Basis, origin: Origin) -> Iterable[Fact]:
    yield _count("total", basis.matrix["recommendation"].nunique(), (), origin)
    yield _count("claims_behind", basis.matrix["claim"].nunique(), (), origin)
    for name in RECOMMENDATIONS:
        yield Fact(f"recommendations.{name}_behind", None, tally(basis.of(name)), "text", (), origin)


def _ends(found: Frames, origin: Origin) -> Iterable[Fact]:
    """Give the municipalities compared, and those with the lowest and the highest shares."""
    frame = found.exits.dropna(subset=["resource_share", "exit_share"])
    if frame.empty:
        raise Unavailable(found.say("unavailable.no_exits"))
    if len(frame) == 1:
        raise Unavailable(found.say("unavailable.few_places"))
    yield Fact("recommendations.municipalities", len(frame), places(len(frame)), "count", UNITS, origin, n=len(frame))
    for column, name in (("resource_share", "resource"), ("exit_share", "exits")):
        for end, row in (("lowest", frame[column].idxmin()), ("highest", frame[column].idxmax())):
            share, place = float(frame.at[row, column]), str(frame.at[row, "municipality"])
            yield Fact(f"recommendations.{name}_{end}", share, both(percent_words, share), "share", UNITS, origin)
            yield Fact(f"recommendations.{name}_{end}_where", place, same(place), "text", UNITS, origin)


def _correlation(found: Frames, name: str, its: Estimate, tables: tuple[str, ...]) -> Iterable[Fact]:
    id, origin, low, high = f"recommendations.{name}", found.inputs.origin(*tables), its.low, its.high
    if not known(low):
        raise Unavailable(found.say("unavailable.few_places"))
    value = both(number, its.estimate, 2, signed=True)
    yield Fact(id, its.estimate, value, "correlation", tables, origin, low, high, its.n)
    bounds = found.say("facts.interval", low=low, high=high)
    yield Fact(f"{id}_interval", None, bounds, "text", tables, origin, low, high, its.n)


def _count(name: str, count: int, tables: tuple[str, ...], origin: Origin) -> Fact:
    return Fact(f"recommendations.{name}", count, both(count_words, count), "count", tables, origin, n=count)


def _official(found: Frames) -> Iterable[Fact]:
    """Give the official series' years, its gaps and the values that deviate strongly."""
    origin, series, flagged = found.inputs.origin(*OFFICIAL), found.official_exits, found.anomalies
    for name, year in (("first", series["year"].min()), ("last", series["year"].max())):
        yield Fact(f"recommendations.official_{name}_year", int(year), same(int(year)), "year", OFFICIAL, origin)
    missing = int(series[EXIT_PERCENT].isna().sum())
    for name, count, n in (("official_missing", missing, missing), ("anomalies", len(flagged), None)):
        said = found.say(f"facts.counted.{name}", n=count)
        yield Fact(f"recommendations.{name}", count, said, "count", OFFICIAL, origin, n=n)
    named = [
        found.say("facts.anomaly", place=place, year=int(year), percent=float(share))
        for place, year, share in zip(flagged["municipality"], flagged["year"], flagged[EXIT_PERCENT], strict=True)
    ]
    all_named = found.say("facts.anomalies", named=named) if named else found.say("facts.no_anomaly")
    yield Fact("recommendations.anomalies_named", None, all_named, "text", OFFICIAL, origin)
