"""Managers: how they see activation and their own role.

The slides say that municipal managers act as entrepreneurs who want something done quickly and argue for job activation
(control, sanctions, demands) rather than education, while PES managers refer to central rules that they implement and
interpret in different ways, from no freedom to much freedom.
"""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from analysis.population import studied
from analysis.sections.managers import claims, frames, words
from analysis.sections.managers import figures as charts
from analysis.sections.managers.robustness import robustness
from analysis.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MANAGERS,
    SEGMENTS,
    Drawn,
    Evidence,
    code_difference,
    code_names,
    coded_segments,
    figure,
    interview_source,
    latest_wave,
    survey_source,
    voiced,
    with_codes,
    written_share,
)
from analysis.survey_items import SURVEY, cell, compared, item_shares
from report_engine.methods.survey import AGREE
from report_engine.model.section import Claim, Column, Provenance, Section, Table, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, verdict_of
from report_engine.words import texts
from report_engine.words.editions import Text

TABLES = ("actors", "codebook", "interviews", "segments")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    coded = borne(lambda: coded_segments(inputs.tables["segments"], inputs.tables["interviews"]))
    actors = borne(lambda: latest_wave(inputs.tables["actors"]))
    computed = compute(inputs, actors, coded)
    parts = Parts("managers", inputs, texts.load("managers"))
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("row", lambda: charts.ROW_LABELS)
    _figures(parts, inputs, computed, actors, coded)
    parts.table("answers", lambda: _answers_table(inputs, computed, actors))
    words.facts(parts, inputs, computed)
    parts.claims(_claims(inputs, computed, coded))
    return parts.section()


def compute(inputs: Inputs, actors: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames and estimates from the last wave's respondents and the coded segments.

    What the data do not bear is ``parts.Absent``.
    """
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    resampled = {"resamples": boot.resamples, "seed": boot.seed}
    draws = {"smallest": smallest, **resampled}
    sided = borne(lambda: frames.sides(actors))
    models = ("job_activation", "resource_activation")

    def spoken(codes: Sequence[str]) -> pd.DataFrame:
        return with_codes(coded, inputs.tables["codebook"], codes)

    return words.Frames(
        views=borne(lambda: frames.activation_views(actors, smallest)),
        pooled=borne(lambda: item_shares(sided, frames.MODELS, ["side"], smallest)),
        lean=borne(lambda: frames.lean(actors, smallest)),
        gap=borne(
            lambda: compared(
                sided, frames.JOB, "side", "municipal_manager", "pes_manager", smallest=smallest, share_of=AGREE
            )
        ),
        roles=borne(lambda: frames.role_codes(coded, smallest)),
        discretion=borne(lambda: frames.discretion(coded, smallest)),
        ends=borne(lambda: frames.end_shares(coded, **draws)),
        rules_gap=borne(
            lambda: code_difference(
                spoken(frames.RULE_CODES), frames.RULE_CODES, "pes_manager", "municipal_manager", **draws
            )
        ),
        job_within=borne(lambda: frames.share_within(coded, "municipal_manager", models[0], models, **draws)),
        entrepreneur_within=borne(
            lambda: frames.share_within(coded, "municipal_manager", "entrepreneur", frames.OWN_ROLE, **draws)
        ),
        rules_share=borne(lambda: frames.rules_share(coded, **resampled)),
        answers=borne(lambda: frames.answers(actors, smallest)),
        discretion_places=borne(lambda: frames.discretion_places(coded)),
        interviews=borne(lambda: int((inputs.tables["interviews"]["group"] == "managers").sum())),
        wave=borne(lambda: int(actors["wave"].iloc[0])),
        code_labels=borne(lambda: code_names(inputs.tables["codebook"])),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _figures(parts: Parts, inputs: Inputs, f: words.Frames, actors: pd.DataFrame, coded: pd.DataFrame) -> None:
    def interviews() -> Text:
        return interview_source(inputs.tables["interviews"])

    def asked() -> int:
        return int(actors["actor"].isin(f.views["actor"].unique()).sum())

    plan: dict[str, Drawn] = {
        "activation_models": lambda: (
            f.views, charts.activation_models(f.actor_labels), words.activation_models(f),
            survey_source(actors), SURVEY, asked(), ANSWERS,
        ),
        "codes_by_actor": lambda: (
            f.roles, charts.codes_by_actor(f.code_labels), words.codes_by_actor(f),
            interviews(), INTERVIEW_TABLES, int(coded["speaker_actor"].isin(MANAGERS).sum()), SEGMENTS,
        ),
        "pes_discretion": lambda: (
            f.discretion, charts.pes_discretion, words.pes_discretion(f),
            interviews(), INTERVIEW_TABLES, int(f.discretion["n"].fillna(0).sum()), SEGMENTS,
        ),
    }  # fmt: skip
    for name, drawn in plan.items():
        parts.figure(name, words.TITLES[name], partial(figure, inputs, name, words.TITLES[name], drawn))


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
    plan: dict[str, tuple[Callable[[], Verdict], Evidence, str | None]] = {
        "job_activation_survey": (
            lambda: claims.claim_job_activation_survey(cell(f.lean, side="municipal_manager")), survey, models,
        ),
        "job_activation_interviews": (
            lambda: claims.claim_job_activation_interviews(f.job_within), interviews, codes,
        ),
        "municipal_more_than_pes": (lambda: claims.claim_municipal_more_than_pes(f.gap), survey, models),
        "municipal_entrepreneurs": (
            lambda: claims.claim_municipal_entrepreneurs(f.entrepreneur_within), interviews, codes,
        ),
        "pes_central_rules": (lambda: claims.claim_pes_central_rules(f.rules_gap), interviews, codes),
        "pes_discretion_varies": (
            lambda: claims.claim_pes_discretion_varies(f.ends), interviews, "managers/pes_discretion",
        ),
        "quick_action": (
            lambda: voiced(coded, inputs.tables["codebook"], "quick_action", claims.NOT_ASKED), interviews, None,
        ),
    }  # fmt: skip
    verdicts = {name: verdict_of(judge) for name, (judge, *_) in plan.items()}
    firm = robustness(inputs, f, coded, verdicts)
    return tuple(
        Claim(
            id=f"managers.{name}",
            statement=claims.STATEMENTS[name],
            verdict=verdicts[name],
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=shown,
            robustness=firm[name],
        )
        for name, (_, (stream, tables), shown) in plan.items()
    )
