"""Whether the municipalities' accounts agree with the published net costs, and these with the national ones."""

from dataclasses import dataclass

import pandas as pd

AREA_CODES = {"social_assistance": "575", "refugee_reception": "600", "labour_market_measures": "610"}


@dataclass(frozen=True)
class AccountCheck:
    """How many rows of the accounts were compared with something, and how many of them did not agree."""

    published: int  # official rows that stand in the published table of all municipalities too
    not_as_published: int
    with_parts: int  # rows that have gross cost, revenue and net cost
    not_adding_up: int


def national_sums(municipal: pd.DataFrame, national: pd.DataFrame) -> pd.DataFrame:
    """Compare the sum of all municipalities' net cost with the published national one.

    Both have ``year``, ``area_code`` and ``net_cost_tkr``. Returns one row a published value, sorted: ``year``, ``area_code``,
    ``municipalities`` (int64), ``summed``, ``published``, ``difference`` (float64, tkr; NaN without municipalities).
    """
    keys = ["year", "area_code"]
    sums = municipal.groupby(keys)["net_cost_tkr"].agg(municipalities="count", summed="sum").reset_index()
    both = national[[*keys, "net_cost_tkr"]].merge(sums, how="left", on=keys, validate="one_to_one").sort_values(keys)
    both = both.rename(columns={"net_cost_tkr": "published"}).astype({"published": "float64", "summed": "float64"})
    both["municipalities"] = both["municipalities"].fillna(0).astype("int64")
    both["difference"] = both["summed"] - both["published"]
    return both[[*keys, "municipalities", "summed", "published", "difference"]].reset_index(drop=True)


def account_check(accounts: pd.DataFrame, municipal: pd.DataFrame) -> AccountCheck:
    """Check the accounts' official rows against the published table, and every row's net cost against its parts.

    ``accounts`` has ``year``, ``municipality_code``, ``area``, ``gross_cost_tkr``, ``revenue_tkr``, ``net_cost_tkr`` and ``origin``; ``municipal``
    ``year``, ``municipality_code``, ``area_code`` and ``net_cost_tkr``.
    """
    keys = ["year", "municipality_code", "area_code"]
    official = accounts[accounts["origin"] == "official"].assign(area_code=lambda rows: rows["area"].map(AREA_CODES))
    pairs = official.merge(municipal[[*keys, "net_cost_tkr"]], on=keys, suffixes=("", "_published"))
    parts = accounts[["gross_cost_tkr", "revenue_tkr", "net_cost_tkr"]].astype("float64").dropna()
    return AccountCheck(
        published=len(pairs),
        not_as_published=int((pairs["net_cost_tkr"] != pairs["net_cost_tkr_published"]).sum()),
        with_parts=len(parts),
        not_adding_up=int((parts["gross_cost_tkr"] - parts["revenue_tkr"] != parts["net_cost_tkr"]).sum()),
    )
