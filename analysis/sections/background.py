"""Background: what municipal labour-market measures cost and how many take part.

The slides say that costs have risen considerably while unemployment, participants and the share of the unemployed
without benefit fell: SEK 4.8 billion net ("about 9" at the PES), 100,000 participants, about 4,700 full-time equivalents.
"""

from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Text, combine, row_origins
from analysis.sections import background_charts as charts
from analysis.sections import background_claims as claims
from analysis.sections import background_facts
from analysis.sections import background_frames as frames
from analysis.sections import background_words as words
from analysis.sections.background_robustness import robustness

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
    return Section(
        "background",
        figures=_figures(inputs, computed),
        tables=(_statistics_table(inputs, computed),),
        facts=background_facts.facts(inputs, computed),
        claims=_claims(inputs, computed),
    )


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


def _figures(inputs: Inputs, computed: frames.Frames) -> tuple[Figure, ...]:
    n = computed.costs["municipality_code"].nunique()
    units: Text = {"sv": "arbetsmarknadsenheterna i kommunerna", "en": "the municipalities' labour-market units"}
    people: Text = {"sv": "SCB, folkmängd", "en": "Statistics Sweden, population"}
    survey: Text = {"sv": "SCB, AKU", "en": "Statistics Sweden, Labour Force Survey"}
    plan = (
        ("net_cost_real", computed.panels, charts.net_cost_real, words.net_cost_real,
         ("municipal_accounts", "labour_units_national", "consumer_prices"), (NATIONAL, PRICES), n),
        ("index", computed.index, charts.index, words.index,
         ("municipal_accounts", "labour_units", "unemployment", "consumer_prices"), (ACCOUNTS, units, survey, PRICES), n),
        ("per_inhabitant", computed.inhabitants, charts.per_inhabitant, words.per_inhabitant,
         ("municipal_accounts", "population", "consumer_prices"), (ACCOUNTS, people, PRICES), len(computed.inhabitants)),
        ("all_290", computed.municipalities, charts.all_290, words.all_290,
         ("municipal_net_cost", "municipalities"), (_dated(ACCOUNTS, computed),), int(computed.municipalities["ratio"].notna().sum())),
        ("cost_per_participant", computed.participants, charts.cost_per_participant, words.cost_per_participant,
         ("municipal_accounts", "labour_units", "consumer_prices"), (ACCOUNTS, units, PRICES), n),
    )  # fmt: skip
    return tuple(
        Figure(
            name=name,
            title=words.TITLES[name],
            data=data,
            draw=draw,
            caption=write(computed)[0],
            alt=write(computed)[1],
            provenance=_provenance(inputs, tables, *sources, n=count),
        )
        for name, data, draw, write, tables, sources, count in plan
    )


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
    national = inputs.tables["labour_units_national"]
    accounts = ("municipal_accounts", "consumer_prices")
    first = inputs.settings.years.first
    plan = (
        ("costs_up", claims.claim_costs_up(computed.totals, computed.costs), accounts, "net_cost_real"),
        ("unemployment_fell", claims.claim_unemployment_fell(computed.unemployment, first, computed.presented),
         ("unemployment",), "index"),
        ("participants_fell", claims.claim_participants_fell(national), ("labour_units_national",), "national"),
        ("without_benefit_fell", claims.claim_without_benefit_fell(national), ("labour_units_national",), None),
        ("cost_per_participant_up", claims.claim_cost_per_participant_up(computed.totals, computed.costs),
         (*accounts, "labour_units"), "cost_per_participant"),
        ("national_figures_agree", claims.claim_national_figures_agree(national), ("labour_units_national",), "national"),
        ("groups_differ_little", claims.claim_groups_differ_little(computed.municipalities),
         ("municipal_net_cost", "municipalities"), "all_290"),
        ("state_spends_double", claims.claim_state_spends_double(national, computed.state),
         ("labour_units_national", "state_programmes"), "national"),
    )  # fmt: skip
    firm = robustness(inputs, computed, {name: verdict for name, verdict, *_ in plan})
    return tuple(
        Claim(
            id=f"background.{name}",
            statement=words.STATEMENTS[name],
            verdict=verdict,
            stream="spending",
            tables=tables,
            origin="official" if name == "state_spends_double" else inputs.origin(*tables),
            figure=f"background/{figure}" if figure else None,
            robustness=firm[name],
        )
        for name, verdict, tables, figure in plan
    )
