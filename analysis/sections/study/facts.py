"""The study's facts: every number and computed word that its chapter uses."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pandas as pd

from analysis.coding import RELIABLE
from analysis.facts import HIDDEN, about, same
from analysis.sections.study.frames import Frames
from analysis.sections.study.map import NAMED
from report_engine.methods.perturbation import cases
from report_engine.methods.perturbation import total as persons
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Fact, Unavailable
from report_engine.words.editions import Text
from report_engine.words.numbers import both, count_words, money, number, percent_words
from report_engine.words.texts import Texts

PLACES = ("municipalities", "population", "municipal_net_cost")
INTERVIEWS = ("interviews", "segments", "codebook")


def groups(found: Frames, say: Texts) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    places = partial(_fact, found, PLACES)
    survey = partial(_fact, found, ("actors", "survey_frame") if found.has_frame else ("actors",))
    interviews = partial(_fact, found, INTERVIEWS)
    yield lambda: _places(found, say, places)
    yield lambda: _several(found, say, places)
    yield lambda: _people(found, say, places)
    yield lambda: _survey(found, say, survey)
    yield lambda: _responses(found, say, survey)
    yield lambda: _weighted(found, say, survey)
    yield lambda: _stratified(found, say, survey)
    yield lambda: _interviews(found, say, interviews)
    yield lambda: _coded(found, interviews)
    yield lambda: _agreement(found, say, interviews)


Make = Callable[..., Fact]
"""Makes a fact of some tables from name, value, wording and unit; further values are those of ``Fact``."""


def _fact(
    found: Frames,
    tables: tuple[str, ...],
    name: str,
    value: float | int | str | None,
    words: Text,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    n: int | None = None,
) -> Fact:
    return Fact(f"study.{name}", value, words, unit, tables, found.inputs.origin(*tables), low, high, n)


def _year(make: Make, name: str, year: int) -> Fact:
    return make(name, int(year), same(int(year)), "year")


def _places(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    frame, register = found.municipalities, found.inputs.tables["municipalities"]
    n, counties, groups = len(frame), frame["county"].nunique(), frame["skr_group_code"].nunique()
    of_all, cost = register["skr_group_code"].nunique(), float(frame["net_cost_million"].sum() * 1_000)
    names = frame["municipality"].tolist()
    yield make("municipalities", n, both(count_words, n), "municipalities")
    yield make("municipalities_words", None, say("facts.municipalities", n=n), "text")
    yield make("names", None, say("facts.names", places=names) if n <= NAMED else say("facts.names_many"), "text")
    yield make("counties", counties, both(count_words, counties), "counties")
    yield make("places_lie", None, say("facts.places_lie", n=n), "text")
    yield make("counties_words", None, say("facts.counties", n=counties), "text")
    yield make("groups", groups, say("facts.groups", n=groups), "groups")
    yield make("groups_all", of_all, both(count_words, of_all), "groups")
    yield make("net_cost", cost, both(money, cost, 0), "tkr")
    yield _year(make, "net_cost_year", frame["net_cost_year"].iloc[0])


def _several(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    if len(found.municipalities) == 1:
        raise Unavailable(say("unavailable.one_place"))
    yield make("several", None, say("facts.several"), "text")


def _people(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    frame = found.municipalities
    if frame["population"].isna().all():
        raise Unavailable(say("unavailable.no_population"))
    people = int(frame["population"].sum())
    yield make("population", people, both(number, people), "persons")
    yield _year(make, "population_year", frame["population_year"].iloc[0])


def _survey(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    total = found.respondents
    years = [str(wave) for wave in found.years]
    yield make("respondents", total, about(total), "persons", n=total)
    yield make("waves", len(years), both(count_words, len(years)), "waves")
    yield make("waves_named", None, say("facts.waves", n=len(years), years=years), "text")
    yield make("waves_compared", None, _compared(years, say), "text")
    how = "none" if not found.weighted else "frame" if found.has_frame else "own"
    yield make("weighting", None, say(f"facts.weighting.{how}"), "text")
    drawn = "strata" if found.stratified else "waves"
    yield make("sampling", None, say(f"facts.sampling.{drawn}"), "text")
    yield make("redrawn", None, say(f"facts.redrawn.{drawn}"), "text")
    for name, year in (("first", found.years[0]), ("last", found.years[-1])):
        yield _year(make, f"{name}_wave", year)


def _weighted(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    if not found.weighted:
        raise Unavailable(say("unavailable.unweighted"))
    yield make("weighted", None, say("facts.weighted"), "text")


def _stratified(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    if not found.stratified:
        raise Unavailable(say("unavailable.unstratified"))
    yield make("stratified", None, say("facts.stratified"), "text")


def _responses(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    waves = found.waves
    yield make("response_words", None, _response_words(waves, say), "text")
    for name, wave in (("first", waves.index.min()), ("last", waves.index.max())):
        row = waves.loc[wave]
        n, rate = (None if pd.isna(row[each]) else row[each] for each in ("respondents", "rate"))
        count, share = None if n is None else int(n), None if rate is None else float(rate)
        yield make(f"{name}_respondents", count, about(count), "persons", n=count)
        words = HIDDEN if share is None else both(percent_words, share)
        yield make(f"{name}_response_rate", share, words, "share", n=int(row["invited"]))


def _response_words(waves: pd.DataFrame, say: Texts) -> Text:
    """Write the response rates of both waves, of the only one, or of every one with its year; two dots where one is hidden."""
    rates = waves["rate"].sort_index()
    if rates.isna().any():
        return HIDDEN
    if len(rates) == 1:
        return both(percent_words, rates.iloc[0])
    if len(rates) == 2:
        return say("facts.responses", first=rates.iloc[0], last=rates.iloc[1])
    each = [say("facts.response_of", rate=rate, wave=wave) for wave, rate in rates.items()]
    return say("facts.responses_of_all", rates=each)


def _compared(years: list[str], say: Texts) -> Text:
    """Say which waves changes are told between, and what is said of those in between."""
    if len(years) == 1:
        return say("facts.compared.single")
    ends = {"first": years[0], "last": years[-1]}
    if len(years) == 2:
        return say("facts.compared.both", **ends)
    return say("facts.compared.more", **ends, between=years[1:-1], n=len(years) - 2)


def _interviews(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    interviews = found.inputs.tables["interviews"]
    counts = {
        "interviews": len(interviews),
        "manager_interviews": int((interviews["group"] == "managers").sum()),
        "staff_interviews": int((interviews["group"] == "staff").sum()),
        "participant_interviews": int((interviews["group"] == "participants").sum()),
    }
    yield from _counts(counts, make)
    yield _blurred("interviewees", persons(interviews, "n_interviewees"), make)
    twice = int(interviews["second_coder"].notna().sum())
    yield make("double_coded_interviews", twice, say("facts.double_coded", n=twice), "count", n=twice)


def _coded(found: Frames, make: Make) -> Iterator[Fact]:
    yield _blurred("segments", cases(found.segments), make)
    yield from _counts({"codes": int(found.inputs.tables["codebook"]["parent"].notna().sum())}, make)


def _counts(counts: dict[str, int], make: Make) -> Iterator[Fact]:
    for name, n in counts.items():
        yield make(name, n, both(count_words, n), "count", n=n)


def _blurred(name: str, n: int | None, make: Make) -> Fact:
    return make(name, n, about(n), "count", n=n)


def _agreement(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    if any(alpha.value != alpha.value for alpha in (found.codes, found.stances)):
        raise Unavailable(say("unavailable.not_coded_twice"))
    yield _blurred("double_coded_segments", found.codes.n_units, make)
    yield from _alpha("codes", found.codes, say, make)
    yield from _alpha("stances", found.stances, say, make)
    yield make("alpha_threshold", RELIABLE, both(number, RELIABLE, 3), "alpha")


def _alpha(name: str, alpha: Alpha, say: Texts, make: Make) -> Iterator[Fact]:
    bounds = (alpha.low, alpha.high, alpha.n_units)
    yield make(f"alpha_{name}", alpha.value, both(number, alpha.value, 2), "alpha", *bounds)
    interval = say("facts.interval", low=alpha.low, high=alpha.high)
    yield make(f"alpha_{name}_interval", None, interval, "text", *bounds)
