"""Municipal activation: which measures municipalities offer, whether they are documented, and the poor-relief logic.

The slides say that municipal measures are heterogeneous, short-lived, badly documented and of low quality beside what
builds competence, and that activation reproduces the poor-relief logic: work compulsion, sorting the deserving from the
undeserving, local moralising, discipline, control, suspicion, individualised causes and sanctions.
"""

import pandas as pd

from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Text, Verdict
from analysis.sections import municipal_activation_charts as charts
from analysis.sections import municipal_activation_claims as claims
from analysis.sections import municipal_activation_frames as frames
from analysis.sections import municipal_activation_words as words
from analysis.sections.municipal_activation_robustness import robustness
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MUNICIPAL_MANAGERS,
    SEGMENTS,
    STAFF,
    Evidence,
    code_difference,
    code_names,
    coded_segments,
    interview_source,
    latest_wave,
    reach,
    survey_source,
    voiced,
)
from analysis.sections.studied import studied
from analysis.sections.survey_items import cell, direction, item_shares

TABLES = ("actors", "codebook", "interviews", "labour_units", "municipalities", "segments")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell", "years")
RESTS_ON = ()

UNITS: Text = {
    "sv": "Uppgifter från kommunernas arbetsmarknadsenheter",
    "en": "Data from municipal labour-market units",
}
MUNICIPALITIES: Text = {"sv": "kommuner", "en": "municipalities"}
MIX_TABLES = ("labour_units", "municipalities")
DOCUMENTATION_TABLES = ("actors", "labour_units")


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    units = _chosen_units(inputs)
    coded = coded_segments(inputs.tables["segments"], inputs.tables["interviews"])
    computed = compute(inputs, units, coded)
    return Section(
        "municipal_activation",
        figures=_figures(inputs, computed, len(coded)),
        tables=(_dispersion_table(inputs, computed),),
        facts=words.facts(inputs, computed),
        claims=_claims(inputs, computed, units, coded),
    )


def compute(inputs: Inputs, units: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames from the units' chosen rows and the coded segments."""
    tables, settings = inputs.tables, inputs.settings
    smallest, draws = settings.smallest_cell, settings.bootstrap
    years = [int(units["year"].min()), int(units["year"].max())]
    first_mix, mix = (frames.measure_mix(units, tables["municipalities"], year) for year in years)
    actors = latest_wave(tables["actors"])
    codes = frames.poor_relief_codes(tables["codebook"])
    relief = frames.poor_relief(
        frames.relief_frequencies(coded, codes, smallest), frames.relief_stances(coded, codes, smallest)
    )
    return words.Frames(
        mix=mix,
        first_mix=first_mix,
        dispersion=frames.dispersion(mix),
        documentation=frames.documentation(frames.practices(units), actors, smallest),
        documented=_documented(actors, smallest),
        relief=relief,
        totals=frames.relief_totals(coded, codes, smallest, resamples=draws.resamples, seed=draws.seed),
        relief_gap=code_difference(
            coded,
            codes,
            "municipal_manager",
            "pes_manager",
            smallest=smallest,
            resamples=draws.resamples,
            seed=draws.seed,
        ),
        reach=reach(coded, codes),
        lacking_in=int(reach(coded, ["documentation_lacking"]).iloc[0]),
        places=coded["municipality_code"].nunique(),
        wave=int(actors["wave"].iloc[0]),
        code_labels=code_names(tables["codebook"]),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _chosen_units(inputs: Inputs) -> pd.DataFrame:
    """Keep the units' rows of the settings' municipalities and years."""
    units, settings = inputs.tables["labour_units"], inputs.settings
    inside = units["year"].between(settings.years.first, settings.years.last)
    chosen = units[inside & units["municipality_code"].isin(list(settings.municipalities))]
    if chosen.empty:
        raise ValueError("labour_units: no row of the municipalities and years in config.yaml")
    return chosen


def _documented(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate who agrees that measures are documented: municipal managers, their staff, and both (``side``)."""
    sides = {"manager": MUNICIPAL_MANAGERS, "staff": STAFF, "municipal": (*MUNICIPAL_MANAGERS, *STAFF)}
    parts = []
    for side, members in sides.items():
        grouped = actors.assign(side=actors["actor"].isin(list(members)))
        shares = item_shares(grouped, ["measures_documented"], ["side"], smallest)
        parts.append(shares[shares["side"]].assign(side=side))
    return pd.concat(parts, ignore_index=True)


def _figures(inputs: Inputs, f: words.Frames, segments: int) -> tuple[Figure, ...]:
    tables = inputs.tables
    survey, interviews = survey_source(latest_wave(tables["actors"])), interview_source(tables["interviews"])
    both_sources: Text = {"sv": f"{UNITS['sv']}; {survey['sv']}", "en": f"{UNITS['en']}; {survey['en']}"}
    answers = f.documentation.loc[f.documentation["part"] == "survey", "n"].dropna()
    hidden = int((f.relief["suppressed"] != "").sum())
    plan = (
        ("measure_mix", f.mix, charts.measure_mix, words.measure_mix(f),
         Provenance(UNITS, inputs.origin("labour_units"), MIX_TABLES, len(f.mix) - 1, MUNICIPALITIES)),
        ("documentation", f.documentation, charts.documentation(f.actor_labels), words.documentation(f),
         Provenance(both_sources, inputs.origin(*DOCUMENTATION_TABLES), DOCUMENTATION_TABLES, int(answers.sum()), ANSWERS)),
        ("poor_relief_codes", f.relief, charts.poor_relief_codes(f.code_labels), words.poor_relief_codes(f),
         Provenance(interviews, inputs.origin("interviews", "segments"), INTERVIEW_TABLES, segments, SEGMENTS, hidden)),
    )  # fmt: skip
    return tuple(
        Figure(name, words.TITLES[name], data, draw, caption, alt, provenance)
        for name, data, draw, (caption, alt), provenance in plan
    )


def _dispersion_table(inputs: Inputs, f: words.Frames) -> Table:
    return Table(
        name="dispersion",
        data=f.dispersion,
        columns=(
            Column("measure", {"sv": "Insats", "en": "Measure"}, labels=charts.MEASURE_LABELS),
            Column("mean", {"sv": "Medelvärde", "en": "Mean"}, "percent"),
            Column("low", {"sv": "Lägst", "en": "Lowest"}, "percent"),
            Column("lowest", {"sv": "Kommun", "en": "Municipality"}),
            Column("high", {"sv": "Högst", "en": "Highest"}, "percent"),
            Column("highest", {"sv": "Kommun", "en": "Municipality"}),
            Column(
                "variation",
                {"sv": "Variationskoefficient", "en": "Coefficient of variation"},
                "decimal",
                decimals=2,
            ),
        ),
        caption=words.dispersion(f),
        provenance=Provenance(UNITS, inputs.origin("labour_units"), MIX_TABLES, len(f.mix) - 1, MUNICIPALITIES),
        note={
            "sv": "Andelar av deltagandet i kommunens insatser. Variationskoefficienten är standardavvikelsen delad med medelvärdet.",
            "en": "Shares of participation in the municipality's measures. The coefficient of variation is the standard deviation divided by the mean.",
        },
    )


def _claims(inputs: Inputs, f: words.Frames, units: pd.DataFrame, coded: pd.DataFrame) -> tuple[Claim, ...]:
    practices = f.documentation[f.documentation["part"] == "units"]
    goals = claims.claim_practice_lacking(practices, "documented_goals")
    survey = cell(f.documented, side="municipal")
    gap: Text = {
        "sv": "Andelen segment med fattigvårdslogik, kommunala chefer minus Arbetsförmedlingens",
        "en": "Share of segments with poor-relief logic, municipal managers minus PES managers",
    }
    codebook = inputs.tables["codebook"]
    relief = "municipal_activation/poor_relief_codes"
    shown = "municipal_activation/documentation"
    units_alone: Evidence = ("survey", ("labour_units",))
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    three: Evidence = ("several", (*DOCUMENTATION_TABLES, *INTERVIEW_TABLES))
    plan = (
        ("measures_heterogeneous", claims.claim_measures_heterogeneous(f.dispersion), units_alone,
         "municipal_activation/dispersion"),
        ("task_work_dominates", claims.claim_task_work_dominates(f.mix), units_alone,
         "municipal_activation/measure_mix"),
        ("goals_lacking", goals, units_alone, shown),
        ("effects_not_followed_up", claims.claim_practice_lacking(practices, "effect_follow_up"), units_alone, shown),
        ("documentation_lacking", claims.claim_documentation_lacking(goals, survey, f.lacking_in, f.places), three, shown),
        ("poor_relief_voiced", claims.claim_poor_relief_voiced(f.reach, f.places), interviews, relief),
        ("poor_relief_municipal", direction(f.relief_gap, gap), interviews, relief),
        ("project_form", _voiced(coded, codebook, "project_form"), interviews, None),
        ("good_examples_not_spread", _voiced(coded, codebook, "good_examples_not_spread"), interviews, None),
    )  # fmt: skip
    firm = robustness(inputs, f, units, coded, {name: verdict for name, verdict, *_ in plan})
    return tuple(
        Claim(
            id=f"municipal_activation.{name}",
            statement=claims.STATEMENTS[name],
            verdict=verdict,
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=figure,
            robustness=firm[name],
        )
        for name, verdict, (stream, tables), figure in plan
    )


def _voiced(coded: pd.DataFrame, codebook: pd.DataFrame, code: str) -> Verdict:
    return voiced(coded, codebook, code, claims.NOT_ASKED[code])
