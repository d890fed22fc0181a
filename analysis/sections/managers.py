"""Managers: how they see activation and their own role.

The slides say that municipal managers act as entrepreneurs who want something done quickly and argue for job activation
(control, sanctions, demands) rather than education, while PES managers refer to central rules that they implement and
interpret in different ways, from no freedom to much freedom.
"""

import pandas as pd

from analysis.methods.cluster import clustered_mean
from analysis.methods.disclosure import suppressed_cells
from analysis.methods.survey import AGREE, difference
from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Text
from analysis.sections import managers_charts as charts
from analysis.sections import managers_claims as claims
from analysis.sections import managers_frames as frames
from analysis.sections import managers_words as words
from analysis.sections.managers_robustness import robustness
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MANAGERS,
    SEGMENTS,
    Evidence,
    code_difference,
    code_names,
    coded_segments,
    interview_source,
    latest_wave,
    survey_source,
    voiced,
    written_share,
)
from analysis.sections.studied import studied
from analysis.sections.survey_items import SURVEY, cell, enough, item_shares

TABLES = ("actors", "codebook", "interviews", "segments")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    coded = coded_segments(inputs.tables["segments"], inputs.tables["interviews"])
    actors = latest_wave(inputs.tables["actors"])
    computed = compute(inputs, actors, coded)
    return Section(
        "managers",
        figures=_figures(inputs, computed, actors, coded),
        tables=(_answers_table(inputs, computed, actors),),
        facts=words.facts(inputs, computed),
        claims=_claims(inputs, computed, coded),
    )


def compute(inputs: Inputs, actors: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames and estimates from the last wave's respondents and the coded segments."""
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    draws = {"smallest": smallest, "resamples": boot.resamples, "seed": boot.seed}
    sided = frames.sides(actors)
    pes = coded[coded["side"] == "pes_manager"]
    rules = pes.assign(hit=pes["code"].isin(frames.RULE_CODES))
    return words.Frames(
        views=frames.activation_views(actors, smallest),
        pooled=item_shares(sided, frames.MODELS, ["side"], smallest),
        lean=frames.lean(actors, smallest),
        gap=enough(difference(sided, frames.JOB, "side", "municipal_manager", "pes_manager", share_of=AGREE), smallest),
        roles=frames.role_codes(coded, smallest),
        discretion=frames.discretion(coded, smallest),
        ends=frames.end_shares(coded, **draws),
        rules_gap=code_difference(coded, frames.RULE_CODES, "pes_manager", "municipal_manager", **draws),
        job_within=frames.share_within(
            coded, "municipal_manager", "job_activation", ("job_activation", "resource_activation"), **draws
        ),
        entrepreneur_within=frames.share_within(coded, "municipal_manager", "entrepreneur", frames.OWN_ROLE, **draws),
        rules_share=clustered_mean(rules, "hit", "interview_id", resamples=boot.resamples, seed=boot.seed),
        answers=frames.answers(actors, smallest),
        discretion_places=pes.loc[pes["code"] == "pes_discretion", "municipality_code"].nunique(),
        interviews=int((inputs.tables["interviews"]["group"] == "managers").sum()),
        wave=int(actors["wave"].iloc[0]),
        code_labels=code_names(inputs.tables["codebook"]),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _figures(inputs: Inputs, f: words.Frames, actors: pd.DataFrame, coded: pd.DataFrame) -> tuple[Figure, ...]:
    asked = actors["actor"].isin(f.views["actor"].unique())
    survey, interviews = survey_source(actors), interview_source(inputs.tables["interviews"])
    managers = int(coded["speaker_actor"].isin(MANAGERS).sum())
    spoken = int(f.discretion["n"].fillna(0).sum())
    plan = (
        ("activation_models", f.views, charts.activation_models(f.actor_labels), words.activation_models(f),
         survey, SURVEY, int(asked.sum()), ANSWERS),
        ("codes_by_actor", f.roles, charts.codes_by_actor(f.code_labels), words.codes_by_actor(f),
         interviews, INTERVIEW_TABLES, managers, SEGMENTS),
        ("pes_discretion", f.discretion, charts.pes_discretion, words.pes_discretion(f),
         interviews, INTERVIEW_TABLES, spoken, SEGMENTS),
    )  # fmt: skip
    return tuple(
        Figure(
            name,
            words.TITLES[name],
            data,
            draw,
            caption,
            alt,
            Provenance(source, inputs.origin(*tables), tables, n, unit, suppressed_cells(data)),
        )
        for name, data, draw, (caption, alt), source, tables, n, unit in plan
    )


def _answers_table(inputs: Inputs, f: words.Frames, actors: pd.DataFrame) -> Table:
    asked = actors["actor"].isin(MANAGERS)
    data, labels = _written(f.answers)
    return Table(
        name="answers",
        data=data,
        columns=(
            Column("item", {"sv": "Påstående i enkäten", "en": "Survey item"}, labels=words.ITEM_LABELS),
            *(Column(f"{actor}_text", f.actor_labels[actor], labels=labels) for actor in MANAGERS),
        ),
        caption=words.answers(f),
        provenance=Provenance(
            survey_source(actors),
            inputs.origin(*SURVEY),
            SURVEY,
            int(asked.sum()),
            ANSWERS,
            int(f.answers[[f"{actor}_n" for actor in MANAGERS]].isna().sum().sum()),
        ),
        note={
            "sv": "Viktad andel som instämmer (svar 4 eller 5 av 5), i parentes 95-procentigt konfidensintervall och antal svar.",
            "en": "Weighted share agreeing (answer 4 or 5 of 5), in brackets the 95 per cent confidence interval and number of answers.",
        },
    )


def _written(answers: pd.DataFrame) -> tuple[pd.DataFrame, dict[object, Text]]:
    """Add to each actor's numbers a text column for the printed table, with its wording per edition."""
    data, labels = answers.copy(), dict[object, Text]()
    for actor in MANAGERS:
        columns = [f"{actor}_{kind}" for kind in ("estimate", "low", "high", "n")]
        cells = [written_share(*row) for row in answers[columns].itertuples(index=False)]
        labels.update(cells)
        data[f"{actor}_text"] = [key for key, _ in cells]
    return data, labels


def _claims(inputs: Inputs, f: words.Frames, coded: pd.DataFrame) -> tuple[Claim, ...]:
    survey: Evidence = ("survey", SURVEY)
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    models, codes = "managers/activation_models", "managers/codes_by_actor"
    plan = (
        (
            "job_activation_survey",
            claims.claim_job_activation_survey(cell(f.lean, side="municipal_manager")),
            survey,
            models,
        ),
        ("job_activation_interviews", claims.claim_job_activation_interviews(f.job_within), interviews, codes),
        ("municipal_more_than_pes", claims.claim_municipal_more_than_pes(f.gap), survey, models),
        ("municipal_entrepreneurs", claims.claim_municipal_entrepreneurs(f.entrepreneur_within), interviews, codes),
        ("pes_central_rules", claims.claim_pes_central_rules(f.rules_gap), interviews, codes),
        ("pes_discretion_varies", claims.claim_pes_discretion_varies(f.ends), interviews, "managers/pes_discretion"),
        ("quick_action", voiced(coded, inputs.tables["codebook"], "quick_action", claims.NOT_ASKED), interviews, None),
    )
    verdicts = {name: verdict for name, verdict, *_ in plan}
    firm = robustness(inputs, f, coded, verdicts)
    return tuple(
        Claim(
            id=f"managers.{name}",
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
