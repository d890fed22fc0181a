"""The background's facts: every number and computed word that its chapter uses."""

from collections.abc import Callable
from functools import partial

from analysis.sections.background import place_words
from analysis.sections.background.frames import Frames
from analysis.sections.background.lacks import NONE_STUDIED, ONE_YEAR_OF_INHABITANTS, ONE_YEAR_OF_PARTICIPANTS
from analysis.sections.background.words import final_ends, of_all, text
from analysis.shared import some
from report_engine.model.section import Fact, Origin, Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import (
    both,
    change_word,
    count_words,
    kronor,
    money,
    municipalities_words,
    number,
    percent_words,
)

Add = Callable[..., Fact]


def facts(inputs: Inputs, computed: Frames) -> tuple[Callable[[], tuple[Fact, ...]], ...]:
    """List the section's facts, in groups by what they rest on; a group raises ``Unavailable`` where that is lacking."""
    makers = (
        _settings,
        _years,
        _last,
        _index_base,
        _places,
        _costs,
        _national,
        _state,
        _unemployment,
        _inhabitants,
        _risen,
        _ratios,
        _studied_ratios,
        _per_participant,
        _heads,
    )
    return tuple(partial(make, inputs, computed) for make in makers)


def _adder(inputs: Inputs, *tables: str) -> Add:
    """Return a function that makes facts from these tables; the origin is that of the tables unless given."""
    behind = inputs.origin(*tables)

    def add(
        name: str,
        value: float | int | str | None,
        words: Text,
        unit: str,
        *,
        origin: Origin = behind,
        n: int | None = None,
    ) -> Fact:
        return Fact(f"background.{name}", value, words, unit, tables, origin, n=n)

    return add


def _year(add: Add, name: str, year: int) -> Fact:
    return add(name, int(year), text(lambda _: str(int(year))), "year")


def _growth(add: Add, name: str, growth: float) -> tuple[Fact, Fact]:
    """Give the size of a change (without sign) and the verb that goes with it (``<name>_word``)."""
    return (
        add(name, float(growth), both(percent_words, abs(growth)), "share"),
        add(f"{name}_word", None, both(change_word, growth), "text"),
    )


def _settings(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    return (_year(_adder(inputs, "municipal_accounts", "consumer_prices"), "price_base", computed.price_base),)


def _years(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "consumer_prices")
    first, final = final_ends(computed.totals)
    return _year(add, "first_year", first["year"]), _year(add, "final_year", final["year"])


def _last(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "consumer_prices")
    last = computed.totals.iloc[-1]
    cost = last["net_cost_tkr"]
    return (
        _year(add, "last_year", computed.totals["year"].max()),
        add("cost_last", float(cost), both(money, cost, 0), "tkr", origin=_one(last["basis"])),
    )


def _index_base(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "consumer_prices")
    return (_year(add, "index_base", computed.index["base_year"].iloc[0]),)


def _places(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "consumer_prices")
    n = computed.costs["municipality_code"].nunique()
    return (
        add("municipalities", n, both(count_words, n), "municipalities"),
        add("municipalities_studied", n, both(municipalities_words, n, definite=True), "municipalities"),
    )


def _costs(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "consumer_prices")
    first, final = final_ends(computed.totals)
    growth = final["net_cost_real_tkr"] / first["net_cost_real_tkr"] - 1
    yearly = (1 + growth) ** (1 / max(1, final["year"] - first["year"])) - 1
    return (
        add("cost_first", float(first["net_cost_real_tkr"]), both(money, first["net_cost_real_tkr"], 0), "tkr"),
        add("cost_final", float(final["net_cost_real_tkr"]), both(money, final["net_cost_real_tkr"], 0), "tkr"),
        *_growth(add, "cost_growth", growth),
        add("cost_growth_yearly", float(yearly), both(percent_words, abs(yearly), 1), "share"),
    )


def _one(basis: str) -> str:
    return basis if basis in ("official", "synthetic") else "mixed"


def _national(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    rows = inputs.tables["labour_units_national"]
    add = _adder(inputs, "labour_units_national")
    found: list[Fact] = []
    presented = rows[rows["basis"] == "presentation"].set_index("indicator")["value"]
    found.append(_year(add, "presented_year", computed.presented))
    writers: dict[str, Callable[..., str]] = {"net_cost": money, "participants": number, "staff": number}
    for indicator, write in writers.items():
        if indicator in presented:
            value = float(presented[indicator])
            found.append(add(f"presented_{indicator}", value, both(write, value), "number"))
    if "programmes_and_measures" in presented:
        state = float(presented["programmes_and_measures"])
        found.append(add("presented_state", state, text(lambda e: money(state, e, 0)), "tkr"))
    for name, indicator, basis in (
        ("published_participants", "participants", "approximate"),
        ("participants_earlier", "participants", "derived"),
        ("participants_later", "participants", "scaled"),
        ("participants_reported", "participants", "reported"),
        ("staff_bound", "staff", "lower_bound"),
    ):
        chosen = rows[(rows["indicator"] == indicator) & (rows["basis"] == basis)].sort_values("year", kind="stable")
        if len(chosen):
            value, year = float(chosen["value"].iloc[-1]), chosen["year"].iloc[-1]
            found += [add(name, value, both(number, value), "persons"), _year(add, f"{name}_year", year)]
    accounts = computed.national[computed.national["basis"] == "accounts"]
    if len(accounts):
        value = float(accounts["net_cost_tkr"].iloc[-1])
        found += [add("national_cost", value, both(money, value), "tkr")]
        found += [_year(add, "national_cost_year", accounts["year"].iloc[-1])]
    return tuple(found)


def _state(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "state_programmes", "labour_units_national")
    state, national = computed.state, inputs.tables["labour_units_national"]
    official = state[(state["programme"] == "programmes_and_measures") & (state["origin"] == "official")]
    accounts = national[(national["indicator"] == "net_cost") & (national["basis"] == "accounts")]
    both_rows = official.merge(accounts[["year", "value"]], on="year").sort_values("year", kind="stable")
    if both_rows.empty:
        return ()
    row = both_rows.iloc[-1]
    return (
        add("state_cost", float(row["amount_tkr"]), both(money, row["amount_tkr"]), "tkr", origin="official"),
        _year(add, "state_cost_year", row["year"]),
    )


def _unemployment(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "unemployment")
    rates = computed.unemployment.set_index("year")["unemployment_percent"]
    start = inputs.settings.years.first
    years = {"first": start, "presented": computed.presented, "last": int(rates.index.max())}
    return tuple(
        add(f"unemployment_{name}", float(rates[year]), both(percent_words, rates[year] / 100, 1), "percent")
        for name, year in years.items()
        if year in rates.index
    )


def _inhabitants(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "population", "consumer_prices")
    frame = computed.inhabitants
    top, bottom = frame.iloc[0], frame.iloc[-1]
    return (
        add("inhabitant_top", top["municipality"], _same(top["municipality"]), "text"),
        add("inhabitant_top_sek", float(top["last"]), both(kronor, top["last"]), "sek"),
        add("inhabitant_bottom", bottom["municipality"], _same(bottom["municipality"]), "text"),
        add("inhabitant_bottom_sek", float(bottom["last"]), both(kronor, bottom["last"]), "sek"),
        _year(add, "inhabitant_last_year", frame["last_year"].iloc[0]),
        add("inhabitant_sentence", None, text(lambda e: place_words.inhabitant_sentence(frame, e)), "text"),
    )


def _risen(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "population", "consumer_prices")
    frame = computed.inhabitants
    risen = int((frame["change"] > 0).sum())
    years = frame["first_year"].iloc[0], frame["last_year"].iloc[0]
    if years[0] == years[1]:
        raise Unavailable(ONE_YEAR_OF_INHABITANTS)
    return (
        add("inhabitant_risen", risen, text(lambda e: of_all(risen, len(frame), e)), "municipalities"),
        _year(add, "inhabitant_first_year", years[0]),
    )


def _ratios(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_net_cost", "municipalities")
    everyone = computed.municipalities.dropna(subset=["ratio"])
    median = float(everyone["ratio"].median())
    return (
        add("all_n", len(everyone), both(number, len(everyone)), "municipalities"),
        add("ratio_median", median, text(lambda e: _sek(median, e)), "sek", n=len(everyone)),
        _year(add, "ratio_year", everyone["year"].iloc[0]),
    )


def _studied_ratios(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_net_cost", "municipalities")
    everyone = computed.municipalities.dropna(subset=["ratio"])
    studied = everyone[everyone["studied"]].sort_values("ratio", ascending=False, kind="stable")
    if studied.empty:
        raise Unavailable(NONE_STUDIED)
    above = int((studied["ratio"] > float(everyone["ratio"].median())).sum())
    lead = studied.iloc[0]
    return (
        add("ratio_above", above, both(some, above), "municipalities"),
        add("ratio_studied", len(studied), both(some, len(studied)), "municipalities"),
        add("ratio_top", lead["municipality"], _same(lead["municipality"]), "text"),
        add("ratio_top_sek", float(lead["ratio"]), text(lambda e: _sek(lead["ratio"], e)), "sek"),
        add("ratio_sentence", None, text(lambda e: place_words.ratio_sentence(studied, above, e)), "text"),
    )


def _per_participant(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "labour_units", "consumer_prices")
    together = computed.participants[computed.participants["series"] == "all"]
    if len(together) < 2:
        raise Unavailable(ONE_YEAR_OF_PARTICIPANTS)
    first, last = together.iloc[0], together.iloc[-1]
    return (
        add("per_participant_first", float(first["sek"]), both(kronor, _hundreds(first["sek"])), "sek"),
        add("per_participant_last", float(last["sek"]), both(kronor, _hundreds(last["sek"])), "sek"),
        *_growth(add, "per_participant_growth", last["sek"] / first["sek"] - 1),
    )


def _heads(inputs: Inputs, computed: Frames) -> tuple[Fact, ...]:
    add = _adder(inputs, "municipal_accounts", "labour_units", "consumer_prices")
    len(computed.participants)  # names the dataset where it is lacking
    heads = computed.totals.dropna(subset=["participants"])
    start, end = heads.iloc[0], heads.iloc[-1]
    if start["year"] == end["year"] or start["participants"] <= 0:
        raise Unavailable(ONE_YEAR_OF_PARTICIPANTS)
    return (
        add("participants_first", float(start["participants"]), both(number, start["participants"]), "persons"),
        add("participants_last", float(end["participants"]), both(number, end["participants"]), "persons"),
        *_growth(add, "participants_growth", end["participants"] / start["participants"] - 1),
    )


def _hundreds(sek: float) -> float:
    """Round to whole hundreds: more digits than that say nothing about a cost per participant."""
    return round(float(sek) / 100) * 100.0


def _sek(value: float, edition: Edition) -> str:
    return kronor(value, edition, 2)


def _same(word: str) -> Text:
    return text(lambda _: word)
