"""The background's facts: every number and computed word that its chapter uses."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pandas as pd

from analysis.facts import same
from analysis.sections.background import origins
from analysis.sections.background.claims import STATE
from analysis.sections.background.figures import risen
from analysis.sections.background.frames import Frames
from report_engine.model.section import Fact, Origin, Unavailable
from report_engine.words.editions import Text
from report_engine.words.numbers import both, change_word, count_words, kronor, money, number, percent_words
from report_engine.words.texts import Texts

ACCOUNTS = (origins.ACCOUNTS, "consumer_prices")
INHABITANTS = (origins.ACCOUNTS, "population", "consumer_prices")
PARTICIPANTS = (origins.ACCOUNTS, "labour_units", "consumer_prices")
NATIONAL = ("labour_units_national",)
REGISTER = ("municipal_net_cost", "municipalities")

PRESENTED: dict[str, Callable[..., str]] = {"net_cost": money, "participants": number, "staff": number}
"""Indicators of which the presentation has figures of its own, and how they are written."""

Add = Callable[..., Fact]
"""Makes a fact of some tables from name, value, wording and unit."""


def groups(found: Frames, say: Texts) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    accounts, inhabitants, participants = (partial(_fact, found, x) for x in (ACCOUNTS, INHABITANTS, PARTICIPANTS))
    register, state = partial(_fact, found, REGISTER), partial(_fact, found, ("state_programmes", *NATIONAL))
    yield lambda: [_year(accounts, "price_base", found.price_base)]
    yield lambda: _years(found, accounts)
    yield lambda: _last(found, accounts)
    yield lambda: [_year(accounts, "index_base", found.index["base_year"].iloc[0])]
    yield lambda: _places(found, say, accounts)
    yield lambda: origins.facts(found, say, accounts)
    yield lambda: _costs(found, accounts)
    yield lambda: _national(found, partial(_fact, found, NATIONAL))
    yield lambda: _state(found, state)
    yield lambda: _unemployment(found, partial(_fact, found, ("unemployment",)))
    yield lambda: _inhabitants(found, say, inhabitants)
    yield lambda: _risen(found, say, inhabitants)
    yield lambda: _ratios(found, register)
    yield lambda: _studied_ratios(found, say, register)
    yield lambda: _per_participant(found, participants)
    yield lambda: _heads(found, participants)


def _fact(
    found: Frames,
    tables: tuple[str, ...],
    name: str,
    value: float | int | str | None,
    words: Text,
    unit: str,
    *,
    origin: Origin | None = None,
    n: int | None = None,
) -> Fact:
    """Make a fact; the origin is that of the tables unless given."""
    return Fact(f"background.{name}", value, words, unit, tables, origin or found.inputs.origin(*tables), n=n)


def _year(add: Add, name: str, year: int) -> Fact:
    return add(name, int(year), same(int(year)), "year")


def _growth(add: Add, name: str, growth: float) -> Iterator[Fact]:
    """Give the size of a change (without sign) and the verb that goes with it (``<name>_word``)."""
    yield add(name, float(growth), both(percent_words, abs(growth)), "share")
    yield add(f"{name}_word", None, both(change_word, growth), "text")


def _years(found: Frames, add: Add) -> Iterator[Fact]:
    first, final = found.final_ends
    yield _year(add, "first_year", first["year"])
    yield _year(add, "final_year", final["year"])


def _last(found: Frames, add: Add) -> Iterator[Fact]:
    last = found.totals.iloc[-1]
    cost, basis = last["net_cost_tkr"], last["basis"]
    origin: Origin = basis if basis in ("official", "synthetic") else "mixed"
    yield _year(add, "last_year", found.totals["year"].max())
    yield add("cost_last", float(cost), both(money, cost, 0), "tkr", origin=origin)


def _places(found: Frames, say: Texts, add: Add) -> Iterator[Fact]:
    n = found.costs["municipality_code"].nunique()
    yield add("municipalities", n, both(count_words, n), "municipalities")
    yield add("municipalities_studied", n, say("facts.municipalities_studied", n=n), "municipalities")


def _costs(found: Frames, add: Add) -> Iterator[Fact]:
    first, final = found.final_ends
    add = partial(add, origin=origins.of_rows(found, ACCOUNTS, [first["year"], final["year"]]))
    growth = final["net_cost_real_tkr"] / first["net_cost_real_tkr"] - 1
    yearly = (1 + growth) ** (1 / max(1, final["year"] - first["year"])) - 1
    for name, row in (("cost_first", first), ("cost_final", final)):
        yield add(name, float(row["net_cost_real_tkr"]), both(money, row["net_cost_real_tkr"], 0), "tkr")
    yield from _growth(add, "cost_growth", growth)
    yield add("cost_growth_yearly", float(yearly), both(percent_words, abs(yearly), 1), "share")


def state_and_municipal(published: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """List the years in which both state and municipalities have official figures, side by side."""
    programmes = state[(state["programme"] == STATE) & (state["origin"] == "official")]
    municipal = published[(published["indicator"] == "net_cost") & (published["basis"] == "accounts")]
    return programmes.merge(municipal, on="year", suffixes=("_state", "_municipal")).sort_values("year", kind="stable")


def _national(found: Frames, add: Add) -> Iterator[Fact]:
    rows = found.published
    presented = rows[rows["basis"] == "presentation"].set_index("indicator")["value"]
    yield _year(add, "presented_year", found.presented)
    for indicator, write in PRESENTED.items():
        if indicator in presented:
            value = float(presented[indicator])
            yield add(f"presented_{indicator}", value, both(write, value), "number")
    if "programmes_and_measures" in presented:
        state = float(presented["programmes_and_measures"])
        yield add("presented_state", state, both(money, state, 0), "tkr")
    for name, indicator, basis in (
        ("published_participants", "participants", "approximate"),
        ("participants_earlier", "participants", "derived"),
        ("participants_later", "participants", "scaled"),
        ("participants_reported", "participants", "reported"),
        ("staff_bound", "staff", "lower_bound"),
    ):
        chosen = rows[(rows["indicator"] == indicator) & (rows["basis"] == basis)].sort_values("year", kind="stable")
        if len(chosen):
            value = float(chosen["value"].iloc[-1])
            yield add(name, value, both(number, value), "persons")
            yield _year(add, f"{name}_year", chosen["year"].iloc[-1])
    accounts = found.national[found.national["basis"] == "accounts"]
    if len(accounts):
        value = float(accounts["net_cost_tkr"].iloc[-1])
        yield add("national_cost", value, both(money, value), "tkr")
        yield _year(add, "national_cost_year", accounts["year"].iloc[-1])


def _state(found: Frames, add: Add) -> Iterator[Fact]:
    years = state_and_municipal(found.published, found.state)
    if years.empty:
        return
    row = years.iloc[-1]
    yield add("state_cost", float(row["amount_tkr"]), both(money, row["amount_tkr"]), "tkr", origin="official")
    yield _year(add, "state_cost_year", row["year"])


def _unemployment(found: Frames, add: Add) -> Iterator[Fact]:
    rates = found.unemployment.set_index("year")["unemployment_percent"]
    start, end = found.inputs.settings.years.first, int(rates.index.max())
    for name, year in (("first", start), ("presented", found.presented), ("last", end)):
        if year in rates.index:
            rate = float(rates[year])
            yield add(f"unemployment_{name}", rate, both(percent_words, rate / 100, 1), "percent")


def _inhabitants(found: Frames, say: Texts, add: Add) -> Iterator[Fact]:
    frame = found.inhabitants
    top, bottom = frame.iloc[0], frame.iloc[-1]
    add = partial(add, origin=origins.of_rows(found, INHABITANTS, [top["first_year"], top["last_year"]]))
    for name, row in (("inhabitant_top", top), ("inhabitant_bottom", bottom)):
        yield add(name, row["municipality"], same(row["municipality"]), "text")
        yield add(f"{name}_sek", float(row["last"]), both(kronor, row["last"]), "sek")
    yield _year(add, "inhabitant_last_year", frame["last_year"].iloc[0])
    yield add("inhabitant_ends", None, _inhabitant_ends(frame, say), "text")
    yield add("inhabitant_sentence", None, _inhabitant_sentence(frame, say), "text")


def _inhabitant_ends(frame: pd.DataFrame, say: Texts) -> Text:
    """Name the municipality with the highest cost per inhabitant, and the one with the lowest if that is another."""
    top, bottom, other = frame.iloc[0], frame.iloc[-1], None
    if len(frame) > 1:
        other = say("facts.inhabitant_other", bottom=bottom["municipality"], least=bottom["last"])
    return say("facts.inhabitant_ends", top=top["municipality"], most=top["last"], other=other)


def _inhabitant_sentence(frame: pd.DataFrame, say: Texts) -> Text:
    """Tell where the cost per inhabitant (``inhabitant_change``) is highest and lowest, and where it has risen."""
    top, bottom = frame.iloc[0], frame.iloc[-1]
    first, last, since = int(top["first_year"]), int(top["last_year"]), None
    dearest = {"top": top["municipality"], "most": top["last"], "last": last}
    if len(frame) == 1:
        if first != last:
            since = say("facts.inhabitants_one_since", was=top["first"], first=first)
        return say("facts.inhabitants_one", **dearest, since=since)
    if first != last:
        since = say("facts.inhabitants_since", risen=risen(frame, say), first=first)
    return say("facts.inhabitants", **dearest, bottom=bottom["municipality"], least=bottom["last"], since=since)


def _risen(found: Frames, say: Texts, add: Add) -> Iterator[Fact]:
    frame = found.inhabitants
    first, last = frame["first_year"].iloc[0], frame["last_year"].iloc[0]
    if first == last:
        raise Unavailable(say("unavailable.one_year_of_inhabitants"))
    add = partial(add, origin=origins.of_rows(found, INHABITANTS, [first, last]))
    yield add("inhabitant_risen", int((frame["change"] > 0).sum()), risen(frame, say), "municipalities")
    sentence = say("facts.inhabitants_risen", risen=risen(frame, say), first=int(first))
    yield add("inhabitant_risen_sentence", None, sentence, "text")
    yield _year(add, "inhabitant_first_year", first)


def _ratios(found: Frames, add: Add) -> Iterator[Fact]:
    everyone = found.municipalities.dropna(subset=["ratio"])
    median, n = float(everyone["ratio"].median()), len(everyone)
    yield add("all_n", n, both(number, n), "municipalities")
    yield add("ratio_median", median, both(kronor, median, 2), "sek", n=n)
    yield _year(add, "ratio_year", everyone["year"].iloc[0])


def _studied_ratios(found: Frames, say: Texts, add: Add) -> Iterator[Fact]:
    everyone = found.municipalities.dropna(subset=["ratio"])
    studied = everyone[everyone["studied"]].sort_values("ratio", ascending=False, kind="stable")
    if studied.empty:
        raise Unavailable(say("unavailable.none_studied"))
    above, n = int((studied["ratio"] > float(everyone["ratio"].median())).sum()), len(studied)
    lead, most = studied["municipality"].iloc[0], float(studied["ratio"].iloc[0])
    yield add("ratio_above", above, say("facts.some", n=above), "municipalities")
    yield add("ratio_studied", n, say("facts.some", n=n), "municipalities")
    yield add("ratio_top", lead, same(lead), "text")
    yield add("ratio_top_sek", most, both(kronor, most, 2), "sek")
    one = say("facts.ratios_one", top=lead, most=most)
    several = say("facts.ratios", top=lead, most=most, above=above, n=n)
    yield add("ratio_sentence", None, one if n == 1 else several, "text")


def _per_participant(found: Frames, add: Add) -> Iterator[Fact]:
    ends = found.participant_ends
    first, last = (float(row["sek"]) for row in ends)
    add = partial(add, origin=origins.of_rows(found, PARTICIPANTS, [int(row["year"]) for row in ends]))
    for name, sek in (("per_participant_first", first), ("per_participant_last", last)):
        yield add(name, sek, both(kronor, _hundreds(sek)), "sek")
    yield from _growth(add, "per_participant_growth", last / first - 1)


def _heads(found: Frames, add: Add) -> Iterator[Fact]:
    len(found.participants)  # names the dataset where it is lacking
    heads = found.totals.dropna(subset=["participants"])
    start, end = heads.iloc[0], heads.iloc[-1]
    first, last = float(start["participants"]), float(end["participants"])
    if start["year"] == end["year"] or first <= 0:
        raise Unavailable(found.say("unavailable.one_year_of_participants"))
    yield add("participants_first", first, both(number, first), "persons")
    yield add("participants_last", last, both(number, last), "persons")
    yield from _growth(add, "participants_growth", last / first - 1)


def _hundreds(sek: float) -> float:
    """Round to whole hundreds: more digits than that say nothing about a cost per participant."""
    return round(sek / 100) * 100.0
