"""How firmly the verdicts on cost, unemployment and participants stand under other reasonable choices."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.sections.background import claims
from analysis.sections.background.frames import Frames, yearly_totals
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne, firmness
from report_engine.words.editions import Text

if TYPE_CHECKING:
    Costs = Callable[[pd.DataFrame, pd.DataFrame], Verdict]

COST_CHOICES: Text = {
    "sv": "en kommun utelämnad i taget, annat första eller sista år, löpande priser",
    "en": "one municipality left out at a time, another first or last year, current prices",
}
YEARS: Text = {"sv": "annat första eller sista år", "en": "another first or last year"}
ONE_FIGURE: Text = {"sv": "ett publicerat tal utelämnat i taget", "en": "one published figure left out at a time"}
ONE_GROUP: Text = {"sv": "en kommungrupp utelämnad i taget", "en": "one group of municipalities left out at a time"}
OTHER_STATE: Text = {
    "sv": "en vidare avgränsning av statens kostnader, eller presentationens egna tal",
    "en": "a wider definition of the state's costs, or the presentation's own figures",
}
SHIFTS = ((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))
"""Years left out at the start and at the end of the series."""


def robustness(inputs: Inputs, f: Frames, found: Mapping[str, Verdict]) -> dict[str, Robustness | None]:
    """Judge every claim again under its alternative choices; None for what can't be tested."""
    national = borne(lambda: inputs.tables["labour_units_national"])
    alternatives = borne(lambda: [(yearly_totals(costs), costs) for costs in _other_costs(f.costs)])

    def cost(name: str, claim: "Costs") -> Robustness | None:
        return firm.rerun(found[name], (claim(*frames) for frames in alternatives), COST_CHOICES)

    def without_figure(
        name: str, indicators: tuple[str, ...], claim: "Callable[[pd.DataFrame], Verdict]"
    ) -> Robustness | None:
        return firm.rerun(found[name], map(claim, _without_figure(national, indicators)), ONE_FIGURE)

    judges: dict[str, Callable[[], Robustness | None]] = {
        "costs_up": lambda: cost("costs_up", claims.claim_costs_up),
        "cost_per_participant_up": lambda: cost("cost_per_participant_up", claims.claim_cost_per_participant_up),
        "unemployment_fell": lambda: firm.rerun(
            found["unemployment_fell"],
            (
                claims.claim_unemployment_fell(f.unemployment, inputs.settings.years.first + early, f.presented + late)
                for early, late in ((-2, 0), (-1, 0), (1, 0), (2, 0), (0, -1), (0, 1))
            ),
            YEARS,
        ),
        "participants_fell": lambda: without_figure(
            "participants_fell", ("participants",), claims.claim_participants_fell
        ),
        "without_benefit_fell": lambda: without_figure(
            "without_benefit_fell", ("unemployed_without_benefit",), claims.claim_without_benefit_fell
        ),
        "national_figures_agree": lambda: without_figure(
            "national_figures_agree", ("participants", "net_cost", "staff"), claims.claim_national_figures_agree
        ),
        "groups_differ_little": lambda: firm.one_left_out(
            found["groups_differ_little"],
            f.municipalities,
            "skr_group_code",
            claims.claim_groups_differ_little,
            ONE_GROUP,
        ),
        "state_spends_double": lambda: firm.rerun(
            found["state_spends_double"],
            (claims.claim_state_spends_double(*frames) for frames in _other_state(national, f.state)),
            OTHER_STATE,
        ),
    }
    return firmness(judges)


def _other_costs(costs: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give ``municipal_costs`` without each municipality, without the first or last years, and in current prices."""
    yield from firm.leaving_out(costs, "municipality_code")
    final = sorted(costs.loc[costs["price_status"] == "final", "year"].unique())
    for early, late in SHIFTS:
        kept = final[early : len(final) - late]
        if len(kept) > 1:
            yield costs[costs["year"].isin(kept)]
    nominal = costs["cost_per_participant"] * costs["net_cost_tkr"] / costs["net_cost_real_tkr"]
    yield costs.assign(net_cost_real_tkr=costs["net_cost_tkr"], cost_per_participant=nominal)


def _without_figure(national: pd.DataFrame, indicators: tuple[str, ...]) -> Iterator[pd.DataFrame]:
    """Give the national figures without each published one of these indicators, the presentation's own kept."""
    published = national["indicator"].isin(list(indicators)) & (national["basis"] != "presentation")
    for row in national.index[published]:
        yield national.drop(index=row)


def _other_state(national: pd.DataFrame, state: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Give the frames of the claim with other figures for the state, and for the municipalities in the same years."""
    net_cost = national[(national["indicator"] == "net_cost") & (national["basis"] != "presentation")]
    for programme in ("benefits_and_activity_support", "total_expenditure_area_14"):
        rows = state[state["programme"] == programme]
        if (rows.loc[rows["origin"] == "official", "year"].isin(net_cost["year"])).any():
            yield net_cost.assign(basis="accounts"), rows.assign(programme="programmes_and_measures")
    own = national[national["basis"] == "presentation"]
    spent = own[own["indicator"] == "programmes_and_measures"]
    if len(spent) and (own["indicator"] == "net_cost").any():
        presented = pd.DataFrame(
            {
                "year": spent["year"],
                "programme": "programmes_and_measures",
                "amount_tkr": spent["value"],
                "status": "outturn",
                "origin": "official",
            }
        )
        yield own.assign(basis="accounts"), presented
