"""The frames behind the background's figures, tables, facts and claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.sections.background.lacks import NO_BASE_YEAR, NO_INHABITANTS, NO_PARTICIPANTS, NO_RATIO, NO_TOTAL
from report_engine.methods.prices import constant_prices
from report_engine.methods.rates import KEYS, index_series, per_inhabitant, per_participant
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne
from report_engine.words.editions import Text

SEK_PER_TKR = 1000
STATE_ROWS = ("programmes_and_measures", "total_expenditure_area_14")
_INHABITANTS = ("first", "last", "change")
INDICATORS = ("participants", "net_cost", "staff", "exits", "exits_to_work_or_study", *STATE_ROWS)


@dataclass(frozen=True)
class Frames:
    """The frames of this section, computed once."""

    costs: pd.DataFrame
    totals: pd.DataFrame
    national: pd.DataFrame
    panels: pd.DataFrame
    index: pd.DataFrame
    inhabitants: pd.DataFrame
    municipalities: pd.DataFrame
    participants: pd.DataFrame
    statistics: pd.DataFrame
    unemployment: pd.DataFrame
    state: pd.DataFrame
    price_base: int
    presented: int
    """The year that the presentation's own figures refer to."""


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames for the municipalities and years of the settings; those not borne are ``Absent``."""
    tables, settings = inputs.tables, inputs.settings
    national = borne(lambda: tables["labour_units_national"])
    chosen = {name: borne(partial(_chosen, inputs, name)) for name in ("municipal_accounts", "population")}
    costs = borne(
        lambda: municipal_costs(
            chosen["municipal_accounts"], _heads(inputs), tables["consumer_prices"], settings.price_base
        )
    )
    totals = borne(lambda: _some(yearly_totals(costs), NO_TOTAL))
    names = borne(lambda: tables["municipalities"].set_index("municipality_code")["municipality"])
    points = borne(lambda: national_costs(national, tables["consumer_prices"], settings.price_base))
    unemployment = borne(lambda: _until(tables["unemployment"], settings.years.last))
    return Frames(
        costs=costs,
        totals=totals,
        national=points,
        panels=borne(lambda: net_cost_panels(totals, points)),
        index=borne(lambda: _some(index_lines(totals, unemployment, settings.index_base), NO_BASE_YEAR)),
        inhabitants=borne(lambda: _some(inhabitant_change(costs, chosen["population"], names), NO_INHABITANTS)),
        municipalities=borne(
            lambda: _ratios(
                all_municipalities(tables["municipal_net_cost"], tables["municipalities"], settings.municipalities)
            )
        ),
        participants=borne(lambda: _with_participants(inputs, participant_costs(costs, totals, names))),
        statistics=borne(lambda: national_statistics(national, tables["state_programmes"])),
        unemployment=unemployment,
        state=borne(lambda: tables["state_programmes"]),
        price_base=settings.price_base,
        presented=borne(lambda: _presented(national, settings.years.last)),
    )


def _some(frame: pd.DataFrame, reason: Text) -> pd.DataFrame:
    if frame.empty:
        raise Unavailable(reason)
    return frame


def _ratios(frame: pd.DataFrame) -> pd.DataFrame:
    if frame["ratio"].isna().all():
        raise Unavailable(NO_RATIO)
    return frame


def _with_participants(inputs: Inputs, frame: pd.DataFrame) -> pd.DataFrame:
    """Check that there are participants of all municipalities together; names the dataset where it is lacking."""
    if (frame["series"] != "all").all():
        len(inputs.tables["labour_units"])
        raise Unavailable(NO_PARTICIPANTS)
    return frame


def _heads(inputs: Inputs) -> pd.DataFrame:
    """Give the units' rows, or none where nobody counted participants: costs can be told without them."""
    if "labour_units" in inputs.empty:
        return pd.DataFrame({"year": [], "municipality_code": [], "participants": []}).astype(
            {"year": "int64", "municipality_code": "str", "participants": "float64"}
        )
    return _chosen(inputs, "labour_units")


def _until(unemployment: pd.DataFrame, last: int) -> pd.DataFrame:
    return unemployment[unemployment["year"] <= last].sort_values("year", kind="stable")


def _presented(national: pd.DataFrame, last: int) -> int:
    presented = national[national["basis"] == "presentation"]
    return int(presented["year"].max()) if len(presented) else last


def _chosen(inputs: Inputs, name: str) -> pd.DataFrame:
    """Keep the rows of the settings' municipalities and years."""
    frame, settings = inputs.tables[name], inputs.settings
    inside = frame["year"].between(settings.years.first, settings.years.last)
    return frame[inside & frame["municipality_code"].isin(list(settings.municipalities))]


def municipal_costs(
    accounts: pd.DataFrame, labour_units: pd.DataFrame, prices: pd.DataFrame, base_year: int
) -> pd.DataFrame:
    """Put the municipalities' net cost of labour-market measures in constant prices, beside their participants.

    ``accounts`` and ``labour_units`` hold the years and municipalities wanted. Returns one row a year and
    municipality, sorted: ``year``, ``municipality_code``, ``net_cost_tkr`` and ``net_cost_real_tkr`` (tkr; prices of
    ``base_year``), ``participants`` (persons), ``cost_per_participant`` (SEK, same prices; NaN without participants),
    ``price_status`` (final | preliminary) and ``origin``. Years without a price index are left out.
    """
    measures = accounts[(accounts["area"] == "labour_market_measures") & accounts["year"].isin(prices["year"])]
    frame = measures[[*KEYS, "net_cost_tkr", "origin"]].sort_values(KEYS, ignore_index=True)
    frame["net_cost_real_tkr"] = constant_prices(frame["net_cost_tkr"], frame["year"], prices, base_year)
    frame["price_status"] = frame["year"].map(prices.set_index("year")["status"])
    heads = labour_units[[*KEYS, "participants"]]
    frame = frame.merge(heads, on=KEYS, how="left", validate="one_to_one")
    frame["cost_per_participant"] = per_participant(frame, "net_cost_real_tkr", heads)
    columns = ["net_cost_tkr", "net_cost_real_tkr", "participants", "cost_per_participant", "price_status", "origin"]
    return frame[[*KEYS, *columns]]


def yearly_totals(costs: pd.DataFrame) -> pd.DataFrame:
    """Add up ``municipal_costs`` over the municipalities, for the years in which none of them lacks a cost.

    Returns one row a year: ``year``, ``net_cost_tkr``, ``net_cost_real_tkr``, ``participants`` (NA where one
    municipality lacks it), ``cost_per_participant`` (SEK), ``price_status`` and ``basis`` (official | synthetic |
    mixed).
    """
    expected = costs["municipality_code"].nunique()
    groups = costs.groupby("year", sort=True)
    totals = groups.agg(
        net_cost_tkr=("net_cost_tkr", "sum"),
        net_cost_real_tkr=("net_cost_real_tkr", "sum"),
        price_status=("price_status", "first"),
        basis=("origin", lambda origins: origins.iloc[0] if origins.nunique() == 1 else "mixed"),
        costs=("net_cost_tkr", "count"),
    )
    totals["participants"] = groups["participants"].sum(min_count=expected).astype("float64")
    totals["cost_per_participant"] = totals["net_cost_real_tkr"] * SEK_PER_TKR / totals["participants"]
    return totals[totals["costs"] == expected].drop(columns="costs").reset_index()


def national_costs(national: pd.DataFrame, prices: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """List the published national net costs in constant prices: one row a year and basis, sorted.

    ``national`` is the tidy ``labour_units_national``. Returns ``year``, ``basis``, ``net_cost_tkr``,
    ``net_cost_real_tkr`` and ``price_status``.
    """
    costs = national[(national["indicator"] == "net_cost") & national["year"].isin(prices["year"])]
    frame = costs[["year", "basis", "value"]].rename(columns={"value": "net_cost_tkr"})
    frame = frame.sort_values(["year", "basis"], ignore_index=True)
    frame["net_cost_real_tkr"] = constant_prices(frame["net_cost_tkr"], frame["year"], prices, base_year)
    frame["price_status"] = frame["year"].map(prices.set_index("year")["status"])
    return frame


def net_cost_panels(totals: pd.DataFrame, national: pd.DataFrame) -> pd.DataFrame:
    """Stack the municipalities' total and the national points: ``panel`` (studied | national) and the common columns."""
    columns = ["year", "basis", "price_status", "net_cost_tkr", "net_cost_real_tkr"]
    parts = {"studied": totals[columns], "national": national[columns]}
    return pd.concat([part.assign(panel=name)[["panel", *columns]] for name, part in parts.items()], ignore_index=True)


def index_lines(totals: pd.DataFrame, unemployment: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Index net cost (constant prices, years with a final price index), participants and unemployment to ``base_year``.

    Returns a long frame: ``series`` (cost | participants | unemployment), ``year``, ``value`` (tkr, persons, per cent),
    ``index`` (base year = 100), ``base_year``; a series without a value in the base year is left out.
    """
    within = unemployment[unemployment["year"].between(totals["year"].min(), totals["year"].max())]
    final = totals[totals["price_status"] == "final"]
    sources = {
        "cost": (final, "net_cost_real_tkr"),
        "participants": (totals.dropna(subset=["participants"]), "participants"),
        "unemployment": (within.sort_values("year", kind="stable"), "unemployment_percent"),
    }
    columns = ["series", "year", "value", "index", "base_year"]
    parts = [pd.DataFrame(columns=columns)]
    for name, (frame, column) in sources.items():
        if not (frame.loc[frame["year"] == base_year, column] > 0).any():
            continue
        part = frame[["year", column]].rename(columns={column: "value"}).astype({"value": "float64"})
        part["index"] = index_series(part["value"], part["year"], base_year)
        parts.append(part.assign(series=name, base_year=base_year)[columns])
    return pd.concat(parts[1:] or parts, ignore_index=True)


def inhabitant_change(costs: pd.DataFrame, population: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Compare the net cost per inhabitant (SEK, constant prices) of the first and last year with a population.

    Preliminary price years are left out. ``names`` maps codes to municipalities. Returns one row a municipality, the
    dearest in the last year first: ``municipality_code``, ``municipality``, ``first_year``, ``last_year``, ``first``,
    ``last``, ``change``.
    """
    final = costs[costs["price_status"] == "final"]
    sek = final.assign(sek=per_inhabitant(final, "net_cost_real_tkr", population)).dropna(subset=["sek"])
    wide = sek.pivot(index="municipality_code", columns="year", values="sek").dropna(axis="columns")
    if wide.empty:
        return pd.DataFrame(columns=["municipality_code", "municipality", "first_year", "last_year", *_INHABITANTS])
    first, last = wide.columns.min(), wide.columns.max()
    frame = pd.DataFrame({"first": wide[first], "last": wide[last], "change": wide[last] - wide[first]})
    frame.insert(0, "municipality", names.reindex(frame.index))
    frame.insert(1, "first_year", int(first))
    frame.insert(2, "last_year", int(last))
    return frame.reset_index().sort_values(["last", "municipality_code"], ascending=[False, True], ignore_index=True)


def all_municipalities(net_cost: pd.DataFrame, municipalities: pd.DataFrame, studied: Sequence[str]) -> pd.DataFrame:
    """Divide every municipality's net cost of measures (610) by that of social assistance (575), latest year.

    Returns one row a municipality, sorted by group and ratio: ``year``, ``municipality_code``, ``municipality``,
    ``skr_group_code``, ``skr_group_sv``, ``skr_group_en``, ``measures_tkr``, ``assistance_tkr``, ``ratio`` (SEK per SEK; NaN where either is not
    positive), ``studied`` (bool).
    """
    latest = net_cost[net_cost["year"] == net_cost["year"].max()]
    wide = latest.pivot(index="municipality_code", columns="area_code", values="net_cost_tkr")
    named = ["municipality", "skr_group_code", "skr_group_sv", "skr_group_en"]
    frame = municipalities.set_index("municipality_code")[named].join(
        wide[["610", "575"]].rename(columns={"610": "measures_tkr", "575": "assistance_tkr"}), how="inner"
    )
    usable = (frame["measures_tkr"] > 0) & (frame["assistance_tkr"] > 0)
    frame["ratio"] = (frame["measures_tkr"] / frame["assistance_tkr"]).where(usable).astype("float64")
    frame = frame.assign(year=int(latest["year"].max()), studied=frame.index.isin(list(studied))).reset_index()
    columns = ["year", "municipality_code", *named, "measures_tkr", "assistance_tkr", "ratio", "studied"]
    return frame[columns].sort_values(["skr_group_code", "ratio", "municipality_code"], ignore_index=True)


def participant_costs(costs: pd.DataFrame, totals: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """List the cost per participant (SEK, constant prices) of every municipality and of all together, by year.

    Preliminary price years are left out. Returns ``series`` (all | municipality), ``municipality_code`` ("" for all),
    ``municipality``, ``year``, ``sek``; rows without a value are left out.
    """
    parts = [
        totals.assign(series="all", municipality_code="", municipality=""),
        costs.assign(series="municipality", municipality=costs["municipality_code"].map(names)),
    ]
    frame = pd.concat([part[part["price_status"] == "final"] for part in parts], ignore_index=True)
    frame = frame.rename(columns={"cost_per_participant": "sek"})
    columns = ["series", "municipality_code", "municipality", "year", "sek"]
    return frame[columns].dropna(subset=["sek"]).sort_values(["municipality_code", "year"], ignore_index=True)


def national_statistics(national: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """Put published municipal statistics and the state's programmes in one table, each figure with its basis.

    ``state`` is the tidy ``state_programmes``, of which only official rows on programmes and on the whole expenditure
    area are shown. Returns, sorted: ``indicator``, ``year``, ``value`` (money in SEK millions), ``unit``, ``basis``,
    ``origin``.
    """
    municipal = national[["indicator", "year", "value", "unit", "basis", "origin"]]
    shown = state[(state["origin"] == "official") & state["programme"].isin(STATE_ROWS)]
    spent = shown.rename(columns={"programme": "indicator", "amount_tkr": "value", "status": "basis"}).assign(
        unit="tkr"
    )
    frame = pd.concat([municipal, spent[municipal.columns]], ignore_index=True).astype({"value": "float64"})
    money = frame["unit"] == "tkr"
    frame["value"] = frame["value"].where(~money, frame["value"] / 1000)
    frame["unit"] = frame["unit"].mask(money, "sek_million")
    order = {name: place for place, name in enumerate(INDICATORS)}
    frame["place"] = frame["indicator"].map(order)
    return frame.sort_values(["place", "year", "basis"], ignore_index=True).drop(columns="place")
