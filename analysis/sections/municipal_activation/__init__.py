"""Municipal activation: which measures municipalities offer, whether they are documented, and the poor-relief logic.

The slides say that municipal measures are heterogeneous, short-lived, badly documented and of low quality beside what
builds competence, and that activation reproduces the poor-relief logic: work compulsion, sorting the deserving from the
undeserving, local moralising, discipline, control, suspicion, individualised causes and sanctions.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.population import studied
from analysis.sections.municipal_activation import claims, facts, frames, words
from analysis.sections.municipal_activation import figures as charts
from analysis.sections.municipal_activation.robustness import robustness
from analysis.shared import (
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
from analysis.survey_items import cell, direction, item_shares
from report_engine.model.section import Claim, Column, Figure, Provenance, Section, Table, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, lack, verdict_of
from report_engine.words import texts
from report_engine.words.editions import Text

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
ONE: Text = {
    "sv": "Det finns bara en kommun att jämföra.",
    "en": "There is only one municipality to compare.",
}


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    units = borne(lambda: _chosen_units(inputs))
    coded = borne(lambda: coded_segments(inputs.tables["segments"], inputs.tables["interviews"]))
    computed = compute(inputs, units, coded)
    parts = Parts("municipal_activation", inputs, texts.load("municipal_activation"))
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    for column, names in charts.LABELS.items():
        parts.label(column, partial(dict, names))
    for name, make in _figures(inputs, computed, coded).items():
        parts.figure(name, words.TITLES[name], make)
    parts.table("dispersion", lambda: _dispersion_table(inputs, computed))
    for group in facts.facts(inputs, computed):
        parts.facts(group)
    parts.claims(_claims(inputs, computed, units, coded))
    return parts.section()


def compute(inputs: Inputs, units: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames from the units' chosen rows and the coded segments; those not borne are ``Absent``."""
    tables, settings = inputs.tables, inputs.settings
    smallest, boot = settings.smallest_cell, settings.bootstrap
    draws = {"resamples": boot.resamples, "seed": boot.seed}

    def shares(year: Callable[[pd.Series], int]) -> pd.DataFrame:
        return borne(lambda: frames.measure_mix(units, tables["municipalities"], int(year(units["year"]))))

    mix = shares(lambda years: years.max())
    actors = borne(lambda: latest_wave(tables["actors"]))
    codes = borne(lambda: frames.poor_relief_codes(tables["codebook"]))
    practices = borne(lambda: frames.practices(units))
    return words.Frames(
        mix=mix,
        first_mix=shares(lambda years: years.min()),
        dispersion=borne(lambda: frames.dispersion(mix)),
        practices=practices,
        documentation=borne(lambda: frames.documentation(practices, actors, smallest)),
        documented=borne(lambda: _documented(actors, smallest)),
        relief=borne(
            lambda: frames.poor_relief(
                frames.relief_frequencies(coded, codes, smallest), frames.relief_stances(coded, codes, smallest)
            )
        ),
        totals=borne(lambda: frames.relief_totals(coded, codes, smallest, **draws)),
        relief_gap=borne(
            lambda: code_difference(coded, codes, "municipal_manager", "pes_manager", smallest=smallest, **draws)
        ),
        reach=borne(lambda: reach(coded, codes)),
        lacking_in=borne(lambda: _lacking_in(coded, tables["codebook"])),
        places=borne(lambda: coded["municipality_code"].nunique()),
        wave=borne(lambda: int(actors["wave"].iloc[0])),
        code_labels=borne(lambda: code_names(tables["codebook"])),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _lacking_in(coded: pd.DataFrame, codebook: pd.DataFrame) -> int:
    """Count the municipalities in which lacking documentation is voiced; not borne by a codebook without that code."""
    if "documentation_lacking" not in set(codebook["code"]):
        lack(
            "Kodboken har ingen kod för bristande dokumentation.", "The codebook has no code for lacking documentation."
        )
    return int(reach(coded, ["documentation_lacking"]).iloc[0])


def _chosen_units(inputs: Inputs) -> pd.DataFrame:
    """Keep the units' rows of the settings' municipalities and years."""
    units, settings = inputs.tables["labour_units"], inputs.settings
    inside = units["year"].between(settings.years.first, settings.years.last)
    chosen = units[inside & units["municipality_code"].isin(list(settings.municipalities))]
    if chosen.empty:
        lack(
            "Arbetsmarknadsenheterna har inga uppgifter för studiens kommuner och år.",
            "The labour-market units have no data on the municipalities and years studied.",
        )
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


def _figures(inputs: Inputs, f: words.Frames, coded: pd.DataFrame) -> dict[str, Callable[[], Figure]]:
    def mix() -> Figure:
        source = Provenance(UNITS, inputs.origin("labour_units"), MIX_TABLES, len(f.mix) - 1, MUNICIPALITIES)
        return Figure(
            "measure_mix", words.TITLES["measure_mix"], f.mix, charts.measure_mix, *words.measure_mix(f), source
        )

    def documentation() -> Figure:
        survey = survey_source(latest_wave(inputs.tables["actors"]))
        both_sources: Text = {"sv": f"{UNITS['sv']}; {survey['sv']}", "en": f"{UNITS['en']}; {survey['en']}"}
        answers = int(f.documentation.loc[f.documentation["part"] == "survey", "n"].dropna().sum())
        source = Provenance(both_sources, inputs.origin(*DOCUMENTATION_TABLES), DOCUMENTATION_TABLES, answers, ANSWERS)
        draw = charts.documentation(f.actor_labels)
        return Figure(
            "documentation", words.TITLES["documentation"], f.documentation, draw, *words.documentation(f), source
        )

    def poor_relief() -> Figure:
        hidden = int((f.relief["suppressed"] != "").sum())
        interviews, origin = interview_source(inputs.tables["interviews"]), inputs.origin("interviews", "segments")
        source = Provenance(interviews, origin, INTERVIEW_TABLES, len(coded), SEGMENTS, hidden)
        draw, told = charts.poor_relief_codes(f.code_labels), words.poor_relief_codes(f)
        return Figure("poor_relief_codes", words.TITLES["poor_relief_codes"], f.relief, draw, *told, source)

    return {"measure_mix": mix, "documentation": documentation, "poor_relief_codes": poor_relief}


def _dispersion_table(inputs: Inputs, f: words.Frames) -> Table:
    if len(f.mix) <= 2:  # one municipality, and all together
        lack(ONE["sv"], ONE["en"])
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
    def goals() -> Verdict:
        return claims.claim_practice_lacking(f.practices, "documented_goals")

    def documentation() -> Verdict:
        survey = cell(f.documented, side="municipal")
        return claims.claim_documentation_lacking(goals(), survey, f.lacking_in, f.places)

    def said(code: str) -> Verdict:
        return voiced(coded, inputs.tables["codebook"], code, claims.NOT_ASKED[code])

    gap: Text = {
        "sv": "Andelen segment med fattigvårdslogik, kommunala chefer minus Arbetsförmedlingens",
        "en": "Share of segments with poor-relief logic, municipal managers minus PES managers",
    }
    relief = "municipal_activation/poor_relief_codes"
    shown = "municipal_activation/documentation"
    units_alone: Evidence = ("survey", ("labour_units",))
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    three: Evidence = ("several", (*DOCUMENTATION_TABLES, *INTERVIEW_TABLES))
    plan: tuple[tuple[str, Callable[[], Verdict], Evidence, str | None], ...] = (
        ("measures_heterogeneous", lambda: claims.claim_measures_heterogeneous(f.dispersion), units_alone,
         "municipal_activation/dispersion"),
        ("task_work_dominates", lambda: claims.claim_task_work_dominates(f.mix), units_alone,
         "municipal_activation/measure_mix"),
        ("goals_lacking", goals, units_alone, shown),
        ("effects_not_followed_up", lambda: claims.claim_practice_lacking(f.practices, "effect_follow_up"), units_alone, shown),
        ("documentation_lacking", documentation, three, shown),
        ("poor_relief_voiced", lambda: claims.claim_poor_relief_voiced(f.reach, f.places), interviews, relief),
        ("poor_relief_municipal", lambda: direction(f.relief_gap, gap), interviews, relief),
        ("project_form", lambda: said("project_form"), interviews, None),
        ("good_examples_not_spread", lambda: said("good_examples_not_spread"), interviews, None),
    )  # fmt: skip
    found = {name: verdict_of(judge) for name, judge, *_ in plan}
    firm = robustness(inputs, f, units, coded, found)
    return tuple(
        Claim(
            id=f"municipal_activation.{name}",
            statement=claims.STATEMENTS[name],
            verdict=found[name],
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=shown_in,
            robustness=firm[name],
        )
        for name, _, (stream, tables), shown_in in plan
    )
