"""What the municipalities' labour-market measures cost, in constant prices: by year, inhabitant and participant."""

import pandas as pd

from analysis.population import AREA
from report_engine.methods.prices import constant_prices
from report_engine.methods.rates import KEYS, index_series, per_inhabitant, per_participant

SEK_PER_TKR = 1000
_INHABITANTS = ("first", "last", "change")


def municipal_costs(
    accounts: pd.DataFrame, labour_units: pd.DataFrame, prices: pd.DataFrame, base_year: int
) -> pd.DataFrame:
    """Put the municipalities' net cost of labour-market measures in constant prices, beside their participants.

    ``accounts`` and ``labour_units`` hold the years and municipalities wanted. Returns one row a year and
    municipality, sorted: ``year``, ``municipality_code``, ``net_cost_tkr`` and ``net_cost_real_tkr`` (tkr; prices of
    ``base_year``), ``participants`` (persons), ``cost_per_participant`` (SEK, same prices; NaN without participants),
    ``price_status`` (final | preliminary) and ``origin``. Years without a price index are left out.
    """
    measures = accounts[(accounts["area"] == AREA) & accounts["year"].isin(prices["year"])]
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
