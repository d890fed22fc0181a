"""Background: what municipal labour-market measures cost and how many take part.

The slides say that costs have risen considerably while unemployment, participants and the share of the unemployed
without benefit fell: SEK 4.8 billion net ("about 9" at the PES), 100,000 participants, about 4,700 full-time equivalents.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from analysis.sections.background import claims, frames, place_words, words
from analysis.sections.background import facts as background_facts
from analysis.sections.background import figures as charts
from analysis.sections.background.robustness import robustness
from report_engine.model.section import Claim, Column, Figure, Provenance, Section, Table, Verdict, combine, row_origins
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, verdict_of
from report_engine.words import texts
from report_engine.words.editions import Text

TABLES = (
    "municipal_accounts",
    "state_programmes",
    "labour_units",
    "consumer_prices",
    "unemployment",
    "population",
    "labour_units_national",
    "municipal_net_cost",
    "municipalities",
)
SETTINGS = ("municipalities", "years", "price_base", "index_base")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    computed = frames.compute(inputs)
    parts = Parts("background", inputs, texts.load("background"))
    for column, names in charts.LABELS.items():
        parts.label(column, partial(dict, names))
    for name, make in _figures(inputs, computed).items():
        parts.figure(name, words.TITLES[name], make)
    parts.table("national", lambda: _statistics_table(inputs, computed))
    for group in background_facts.facts(inputs, computed):
        parts.facts(group)
    parts.claims(_claims(inputs, computed))
    return parts.section()


ACCOUNTS: Text = {"sv": "SCB, räkenskapssammandrag (TAB4199)", "en": "Statistics Sweden, municipal accounts (TAB4199)"}
PRICES: Text = {"sv": "SCB, konsumentprisindex", "en": "Statistics Sweden, consumer price index"}
NATIONAL: Text = {
    "sv": "SKL/SKR, kommunal arbetsmarknadsstatistik; SCB, räkenskapssammandrag",
    "en": "SALAR, municipal labour-market statistics; Statistics Sweden, municipal accounts",
}


def _source(*parts: Text) -> Text:
    return {"sv": "; ".join(part["sv"] for part in parts), "en": "; ".join(part["en"] for part in parts)}


def _provenance(inputs: Inputs, tables: tuple[str, ...], *sources: Text, n: int | None = None) -> Provenance:
    unit: Text = {"sv": "kommuner", "en": "municipalities"}
    return Provenance(_source(*sources), inputs.origin(*tables), tables, n, unit if n is not None else None)


def _figures(inputs: Inputs, computed: frames.Frames) -> dict[str, Callable[[], Figure]]:
    units: Text = {"sv": "arbetsmarknadsenheterna i kommunerna", "en": "the municipalities' labour-market units"}
    people: Text = {"sv": "SCB, folkmängd", "en": "Statistics Sweden, population"}
    survey: Text = {"sv": "SCB, AKU", "en": "Statistics Sweden, Labour Force Survey"}

    def n() -> int:
        return int(computed.costs["municipality_code"].nunique())

    plan = (
        ("net_cost_real", lambda: computed.panels, charts.net_cost_real, words.net_cost_real,
         ("municipal_accounts", "labour_units_national", "consumer_prices"), lambda: (NATIONAL, PRICES), n),
        ("index", lambda: computed.index, charts.index, words.index,
         ("municipal_accounts", "labour_units", "unemployment", "consumer_prices"),
         lambda: (ACCOUNTS, *([units] if "labour_units" not in inputs.empty else []), survey, PRICES), n),
        ("per_inhabitant", lambda: computed.inhabitants, charts.per_inhabitant, place_words.per_inhabitant,
         ("municipal_accounts", "population", "consumer_prices"), lambda: (ACCOUNTS, people, PRICES), lambda: len(computed.inhabitants)),
        ("all_290", lambda: computed.municipalities, charts.all_290, place_words.all_290,
         ("municipal_net_cost", "municipalities"), lambda: (_dated(ACCOUNTS, computed),), lambda: int(computed.municipalities["ratio"].notna().sum())),
        ("cost_per_participant", lambda: computed.participants, charts.cost_per_participant, words.cost_per_participant,
         ("municipal_accounts", "labour_units", "consumer_prices"), lambda: (ACCOUNTS, units, PRICES), n),
    )  # fmt: skip

    def made(name: str, data: Any, draw: Any, write: Any, tables: tuple[str, ...], sources: Any, count: Any) -> Figure:
        caption, alt = write(computed)
        source = _provenance(inputs, tables, *sources(), n=count())
        return Figure(name, words.TITLES[name], data(), draw, caption, alt, source)

    return {figure[0]: partial(made, *figure) for figure in plan}


def _dated(source: Text, computed: frames.Frames) -> Text:
    year = computed.municipalities["year"].iloc[0]
    return {"sv": f"{source['sv']}, {year}", "en": f"{source['en']}, {year}"}


def _statistics_table(inputs: Inputs, computed: frames.Frames) -> Table:
    labels = inputs.labels
    national, state = labels["labour_units_national"], labels["state_programmes"]
    budget: Text = {
        "sv": "Ekonomistyrningsverket och budgetpropositionen",
        "en": "National Financial Management Authority and the budget bill",
    }
    tables = ("labour_units_national", "state_programmes")
    return Table(
        name="national",
        data=computed.statistics,
        columns=(
            Column("indicator", {"sv": "Uppgift", "en": "Indicator"}, labels={**national["indicator"], **words.STATE}),
            Column("year", {"sv": "År", "en": "Year"}, format="code"),
            Column("value", {"sv": "Värde", "en": "Value"}, format="integer"),
            Column("unit", {"sv": "Enhet", "en": "Unit"}, labels={**national["unit"], **words.UNITS}),
            Column("basis", {"sv": "Grund", "en": "Basis"}, labels={**national["basis"], **state["status"]}),
        ),
        caption=words.national(computed),
        provenance=Provenance(
            _source(NATIONAL, {"sv": "IFAU", "en": "IFAU"}, budget), combine(row_origins(computed.statistics)), tables
        ),
        note={
            "sv": "Tal med olika grund ska inte jämföras mellan år.",
            "en": "Figures with different bases should not be compared over the years.",
        },
    )


def _claims(inputs: Inputs, computed: frames.Frames) -> tuple[Claim, ...]:
    def national() -> pd.DataFrame:
        return inputs.tables["labour_units_national"]

    accounts = ("municipal_accounts", "consumer_prices")
    first = inputs.settings.years.first
    plan: tuple[tuple[str, Callable[[], Verdict], tuple[str, ...], str | None], ...] = (
        ("costs_up", lambda: claims.claim_costs_up(computed.totals, computed.costs), accounts, "net_cost_real"),
        ("unemployment_fell", lambda: claims.claim_unemployment_fell(computed.unemployment, first, computed.presented),
         ("unemployment",), "index"),
        ("participants_fell", lambda: claims.claim_participants_fell(national()), ("labour_units_national",), "national"),
        ("without_benefit_fell", lambda: claims.claim_without_benefit_fell(national()), ("labour_units_national",), None),
        ("cost_per_participant_up", lambda: claims.claim_cost_per_participant_up(computed.totals, computed.costs),
         (*accounts, "labour_units"), "cost_per_participant"),
        ("national_figures_agree", lambda: claims.claim_national_figures_agree(national()), ("labour_units_national",), "national"),
        ("groups_differ_little", lambda: claims.claim_groups_differ_little(computed.municipalities),
         ("municipal_net_cost", "municipalities"), "all_290"),
        ("state_spends_double", lambda: claims.claim_state_spends_double(national(), computed.state),
         ("labour_units_national", "state_programmes"), "national"),
    )  # fmt: skip
    found = {name: verdict_of(judge) for name, judge, *_ in plan}
    firm = robustness(inputs, computed, found)
    return tuple(
        Claim(
            id=f"background.{name}",
            statement=words.STATEMENTS[name],
            verdict=found[name],
            stream="spending",
            tables=tables,
            origin="official" if name == "state_spends_double" else inputs.origin(*tables),
            figure=f"background/{figure}" if figure else None,
            robustness=firm[name],
        )
        for name, _, tables, figure in plan
    )
