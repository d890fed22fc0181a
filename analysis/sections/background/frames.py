"""The frames behind the background's figures, tables, facts and claims."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from analysis.sections.background.costs import (
    index_lines,
    inhabitant_change,
    municipal_costs,
    participant_costs,
    yearly_totals,
)
from report_engine.methods.prices import constant_prices
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts

STATE_ROWS = ("programmes_and_measures", "total_expenditure_area_14")
INDICATORS = ("participants", "net_cost", "staff", "exits", "exits_to_work_or_study", *STATE_ROWS)

Ends = tuple[pd.Series, pd.Series]
"""The rows of the first and the last year."""


class Frames:
    """What the section computes once, when it is asked for, for the municipalities and years of the settings.

    Each raises ``Unavailable`` where the data do not bear it; ``say`` holds the section's texts.
    """

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        self.inputs, self.say = inputs, say
        self.price_base = inputs.settings.price_base

    @cached_property
    def costs(self) -> pd.DataFrame:
        """Net cost and participants by year and municipality: ``municipal_costs``."""
        accounts, prices = self._chosen("municipal_accounts"), self.inputs.tables["consumer_prices"]
        return municipal_costs(accounts, self._heads(), prices, self.price_base)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The municipalities' sums by year: ``yearly_totals``."""
        return self._some(yearly_totals(self.costs), "no_total")

    @property
    def final_ends(self) -> Ends:
        """The totals of the first and the last year with a final price index."""
        return self._ends(self.totals[self.totals["price_status"] == "final"], "one_year")

    @cached_property
    def published(self) -> pd.DataFrame:
        """The published figures on labour-market units in the whole country, as the tidy table has them."""
        return self.inputs.tables["labour_units_national"]

    @cached_property
    def national(self) -> pd.DataFrame:
        """The published net costs in constant prices: ``national_costs``."""
        return national_costs(self.published, self.inputs.tables["consumer_prices"], self.price_base)

    @cached_property
    def panels(self) -> pd.DataFrame:
        """Totals and national points: ``net_cost_panels``."""
        return net_cost_panels(self.totals, self.national)

    @cached_property
    def index(self) -> pd.DataFrame:
        """Cost, participants and unemployment as indices: ``index_lines``."""
        lines = index_lines(self.totals, self.unemployment, self.inputs.settings.index_base)
        return self._some(lines, "no_base_year")

    @cached_property
    def inhabitants(self) -> pd.DataFrame:
        """The cost per inhabitant in the first and the last year: ``inhabitant_change``."""
        frame = inhabitant_change(self.costs, self._chosen("population"), self._names)
        return self._some(frame, "no_inhabitants")

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """Measures in relation to social assistance, the whole country: ``all_municipalities``."""
        tables, codes = self.inputs.tables, self.inputs.settings.municipalities
        frame = all_municipalities(tables["municipal_net_cost"], tables["municipalities"], codes)
        if frame["ratio"].isna().all():
            raise Unavailable(self.say("unavailable.no_ratio"))
        return frame

    @cached_property
    def participants(self) -> pd.DataFrame:
        """The cost per participant by year: ``participant_costs``, with rows of all municipalities together."""
        frame = participant_costs(self.costs, self.totals, self._names)
        if (frame["series"] != "all").all():
            len(self.inputs.tables["labour_units"])  # names the dataset where it is lacking
            raise Unavailable(self.say("unavailable.no_participants"))
        return frame

    @property
    def participant_ends(self) -> Ends:
        """The cost per participant of all together in the first and the last year."""
        return self._ends(self.participants[self.participants["series"] == "all"], "one_year_of_participants")

    @cached_property
    def statistics(self) -> pd.DataFrame:
        """Published statistics of municipalities and state: ``national_statistics``."""
        return national_statistics(self.published, self.state)

    @cached_property
    def unemployment(self) -> pd.DataFrame:
        """Unemployment by year, until the last year of the settings."""
        rates = self.inputs.tables["unemployment"]
        return rates[rates["year"] <= self.inputs.settings.years.last].sort_values("year", kind="stable")

    @cached_property
    def state(self) -> pd.DataFrame:
        """The state's programmes, as the tidy table has them."""
        return self.inputs.tables["state_programmes"]

    @cached_property
    def presented(self) -> int:
        """The year that the presentation's own figures refer to."""
        own = self.published[self.published["basis"] == "presentation"]
        return int(own["year"].max()) if len(own) else self.inputs.settings.years.last

    @property
    def _names(self) -> pd.Series:
        return self.inputs.tables["municipalities"].set_index("municipality_code")["municipality"]

    def _chosen(self, name: str) -> pd.DataFrame:
        """Keep the rows of the settings' municipalities and years."""
        frame, settings = self.inputs.tables[name], self.inputs.settings
        inside = frame["year"].between(settings.years.first, settings.years.last)
        return frame[inside & frame["municipality_code"].isin(list(settings.municipalities))]

    def _heads(self) -> pd.DataFrame:
        """Give the units' rows, or none where nobody counted participants: costs can be told without them."""
        if "labour_units" in self.inputs.empty:
            return pd.DataFrame({"year": [], "municipality_code": [], "participants": []}).astype(
                {"year": "int64", "municipality_code": "str", "participants": "float64"}
            )
        return self._chosen("labour_units")

    def _some(self, frame: pd.DataFrame, lacking: str) -> pd.DataFrame:
        if frame.empty:
            raise Unavailable(self.say(f"unavailable.{lacking}"))
        return frame

    def _ends(self, frame: pd.DataFrame, lacking: str) -> Ends:
        if len(frame) < 2:
            raise Unavailable(self.say(f"unavailable.{lacking}"))
        return frame.iloc[0], frame.iloc[-1]


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
