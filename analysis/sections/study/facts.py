"""The study's facts: every number and computed word that its chapter uses."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pandas as pd

from analysis.facts import same
from analysis.sections.study.claims import RELIABLE
from analysis.sections.study.frames import Frames
from analysis.sections.study.map import NAMED
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
    survey = partial(_fact, found, ("actors", "survey_frame"))
    interviews = partial(_fact, found, INTERVIEWS)
    yield lambda: _places(found, say, places)
    yield lambda: _people(found, say, places)
    yield lambda: _survey(found, say, survey)
    yield lambda: _interviews(found, interviews)
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
    yield make("groups", groups, say("facts.groups", n=groups), "groups")
    yield make("groups_all", of_all, both(count_words, of_all), "groups")
    yield make("net_cost", cost, both(money, cost, 0), "tkr")
    yield _year(make, "net_cost_year", frame["net_cost_year"].iloc[0])


def _people(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    frame = found.municipalities
    if frame["population"].isna().all():
        raise Unavailable(say("unavailable.no_population"))
    people = int(frame["population"].sum())
    yield make("population", people, both(number, people), "persons")
    yield _year(make, "population_year", frame["population_year"].iloc[0])


def _survey(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    waves = found.rates.groupby("wave")[["invited", "respondents"]].sum()
    total = int(waves["respondents"].sum())
    years = [str(wave) for wave in waves.index]
    yield make("respondents", total, both(number, total), "persons", n=total)
    yield make("waves", len(waves), both(count_words, len(waves)), "waves")
    yield make("waves_named", None, say("facts.waves", n=len(waves), years=years), "text")
    yield make("response_words", None, _response_words(waves, say), "text")
    for name, wave in (("first", waves.index.min()), ("last", waves.index.max())):
        row = waves.loc[wave]
        rate = float(row["respondents"] / row["invited"])
        n = int(row["respondents"])
        yield _year(make, f"{name}_wave", wave)
        yield make(f"{name}_respondents", n, both(number, n), "persons", n=n)
        yield make(f"{name}_response_rate", rate, both(percent_words, rate), "share", n=int(row["invited"]))


def _response_words(waves: pd.DataFrame, say: Texts) -> Text:
    """Write the response rates of the first and the last wave, or of the only one."""
    rates = (waves["respondents"] / waves["invited"]).sort_index().tolist()
    if len(rates) == 1:
        return both(percent_words, rates[0])
    return say("facts.responses", first=rates[0], last=rates[-1], waves=len(rates))


def _interviews(found: Frames, make: Make) -> Iterator[Fact]:
    interviews = found.inputs.tables["interviews"]
    counts = {
        "interviews": len(interviews),
        "interviewees": int(interviews["n_interviewees"].sum()),
        "manager_interviews": int((interviews["group"] == "managers").sum()),
        "staff_interviews": int((interviews["group"] == "staff").sum()),
        "participant_interviews": int((interviews["group"] == "participants").sum()),
    }
    return _counts(counts, make)


def _coded(found: Frames, make: Make) -> Iterator[Fact]:
    counts = {
        "segments": len(found.segments),
        "codes": int(found.inputs.tables["codebook"]["parent"].notna().sum()),
    }
    return _counts(counts, make)


def _counts(counts: dict[str, int], make: Make) -> Iterator[Fact]:
    for name, n in counts.items():
        yield make(name, n, both(count_words, n), "count", n=n)


def _agreement(found: Frames, say: Texts, make: Make) -> Iterator[Fact]:
    if any(alpha.value != alpha.value for alpha in (found.codes, found.stances)):
        raise Unavailable(say("unavailable.not_coded_twice"))
    second = int(found.inputs.tables["interviews"]["second_coder"].notna().sum())
    yield from _counts({"double_coded_interviews": second, "double_coded_segments": found.codes.n_units}, make)
    yield from _alpha("codes", found.codes, say, make)
    yield from _alpha("stances", found.stances, say, make)
    yield make("alpha_threshold", RELIABLE, both(number, RELIABLE, 3), "alpha")


def _alpha(name: str, alpha: Alpha, say: Texts, make: Make) -> Iterator[Fact]:
    bounds = (alpha.low, alpha.high, alpha.n_units)
    yield make(f"alpha_{name}", alpha.value, both(number, alpha.value, 2), "alpha", *bounds)
    interval = say("facts.interval", low=alpha.low, high=alpha.high)
    yield make(f"alpha_{name}_interval", None, interval, "text", *bounds)
