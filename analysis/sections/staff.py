"""Staff: who gets support, what is known of effects, and the caseload, as social workers and unit staff see it.

The slides say that staff work with those closest to the labour market while those with the greatest need go without,
that managers know but do not listen, that people fall between chairs above all towards Försäkringskassan, that much is
done without knowing the effects, and that the caseload fell at social services but stays high at the labour-market units.
"""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.methods.disclosure import suppressed_cells
from analysis.model import Claim, Column, Inputs, Provenance, Section, Table, Verdict
from analysis.sections import staff_charts as charts
from analysis.sections import staff_claims as claims
from analysis.sections import staff_words as words
from analysis.sections.parts import Parts, verdict_of
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    SEGMENTS,
    STAFF,
    Drawn,
    Evidence,
    Figured,
    code_names,
    figure,
    interview_source,
    latest_wave,
    survey_source,
    voiced,
)
from analysis.sections.staff_facts import facts
from analysis.sections.staff_frames import (
    CHAIRS,
    EMPLOYED,
    ITEMS,
    KNOWLEDGE,
    SUPPORT,
    WORKPLACES,
    Frames,
    compute,
)
from analysis.sections.staff_robustness import robustness
from analysis.sections.studied import studied
from analysis.sections.survey_items import SURVEY, Row, cell, side_by_side

TABLES = ("actors", "interviews", "segments", "codebook", "municipalities")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    found = compute(inputs)
    parts = Parts("staff")
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("row", words.row_names)
    _figures(parts, inputs, found)
    parts.table("items", lambda: _items_table(inputs, found))
    facts(parts, inputs, found)
    parts.claims(_claims(inputs, found))
    return parts.section()


def _figures(parts: Parts, inputs: Inputs, found: Frames) -> None:
    actors = {actor: inputs.labels["actors"]["actor"][actor] for actor in EMPLOYED}
    everyone = inputs.tables["actors"]

    def support() -> Figured:
        drawn = partial(charts.support, actors=actors, items=words.items(SUPPORT))
        return found.likert, drawn, words.support(inputs, found)

    def knowledge() -> Figured:
        items = found.by_actor[found.by_actor["item"].isin(KNOWLEDGE)].reset_index(drop=True)
        drawn = partial(charts.knowledge, actors=actors, items=words.items(KNOWLEDGE))
        return items, drawn, words.knowledge(inputs, found)

    def caseload() -> Figured:
        return found.caseload, partial(charts.caseload, rows=words.ROWS), words.caseload(found)

    def chairs() -> Figured:
        codes = words.code_names(inputs.tables["codebook"], CHAIRS)
        said = words.chairs(found, codes, inputs.settings.smallest_cell)
        return found.chairs, partial(charts.between_chairs, codes=codes), said

    plan: dict[str, Drawn] = {
        "furthest_supported": lambda: (
            *support(), survey_source(latest_wave(everyone)), SURVEY, found.respondents, ANSWERS,
        ),
        "effects_known": lambda: (
            *knowledge(), survey_source(latest_wave(everyone)), SURVEY, found.respondents, ANSWERS,
        ),
        "caseload": lambda: (*caseload(), survey_source(everyone), SURVEY, int(_asked(inputs).sum()), ANSWERS),
        "fall_between_chairs": lambda: (
            *chairs(), interview_source(inputs.tables["interviews"]), INTERVIEW_TABLES,
            int(found.coded["code"].isin(CHAIRS).sum()), SEGMENTS,
        ),
    }  # fmt: skip
    for name, drawn in plan.items():
        title = words.TITLES[name]
        parts.figure(name, title, partial(figure, inputs, name, title, drawn))


def _asked(inputs: Inputs) -> pd.Series:
    """Mark the respondents at social services and labour-market units, of all waves."""
    return inputs.tables["actors"]["actor"].isin([actor for members in WORKPLACES.values() for actor in members])


def _items_table(inputs: Inputs, found: Frames) -> Table:
    rows = found.by_actor[found.by_actor["actor"].isin(STAFF)]
    data, wording = side_by_side(rows, [item for item in ITEMS if item in set(rows["item"])], "actor", STAFF)
    asked = latest_wave(inputs.tables["actors"])
    asked = asked[asked["actor"].isin(STAFF)]
    return Table(
        name="items",
        data=data,
        columns=(
            Column("item", {"sv": "Påstående i enkäten", "en": "Item"}, labels=words.items(ITEMS)),
            *(Column(f"{actor}_text", inputs.labels["actors"]["actor"][actor], labels=wording) for actor in STAFF),
        ),
        caption=words.items_caption(found),
        provenance=Provenance(
            survey_source(asked), inputs.origin("actors"), SURVEY, len(asked), ANSWERS, suppressed_cells(rows)
        ),
        note=words.AGREE_NOTE,
    )


Plan = dict[str, tuple[Callable[[], Verdict], str | None]]
"""By claim: how it is judged, and the figure that shows it."""


def _claims(inputs: Inputs, found: Frames) -> tuple[Claim, ...]:
    plan = {**_survey_plan(found), **_interview_plan(inputs, found)}
    verdicts = {name: verdict_of(plan[name][0]) for name in words.STATEMENTS}
    firm = robustness(inputs, found, WORKPLACES, verdicts)
    made = []
    for name, verdict in verdicts.items():
        stream, tables = _EVIDENCE.get(name, _SURVEY)
        shown = plan[name][1] or ("items" if stream == "survey" else None)
        made.append(
            Claim(
                id=f"staff.{name}",
                statement=words.STATEMENTS[name],
                verdict=verdict,
                stream=stream,
                tables=tables,
                origin=inputs.origin(*tables),
                figure=f"staff/{shown}" if shown else None,
                robustness=firm[name],
            )
        )
    return tuple(made)


_EVIDENCE: Mapping[str, Evidence] = {
    "managers_dont_listen": ("interviews", INTERVIEW_TABLES),
    "someone_else_answers": ("interviews", INTERVIEW_TABLES),
    "social_workers_critical": ("interviews", INTERVIEW_TABLES),
    "between_chairs_fk": ("several", SURVEY + INTERVIEW_TABLES),
}
"""Evidence of the claims that do not come from the survey alone."""

_SURVEY: Evidence = ("survey", SURVEY)


def _survey_plan(found: Frames) -> Plan:
    def staff(item: str) -> Row:
        return cell(found.pooled, item=item, wave=found.last, group="staff")

    def fell() -> Verdict:
        return claims.claim_caseload_fell(found.change["social_services"], found.first, found.last)

    def high() -> Verdict:
        return claims.claim_caseload_high(cell(found.caseload, row="labour_unit", wave=found.last))

    return {
        "greatest_need_unsupported": (
            lambda: claims.claim_greatest_need_unsupported(staff("furthest_supported")), "furthest_supported",
        ),
        "resources_to_closest": (
            lambda: claims.claim_resources_to_closest(staff("resources_to_closest")), "furthest_supported",
        ),
        "effects_unknown": (lambda: claims.claim_effects_unknown(staff("effects_known")), "effects_known"),
        "caseload_fell": (fell, "caseload"),
        "caseload_high": (high, "caseload"),
    }  # fmt: skip


def _interview_plan(inputs: Inputs, found: Frames) -> Plan:
    boot = inputs.settings.bootstrap
    draws = (inputs.settings.smallest_cell, boot.resamples, boot.seed)

    def passed_on() -> Verdict:
        spoken = found.coded[found.coded["speaker_actor"].isin(STAFF)]
        return voiced(spoken, inputs.tables["codebook"], "someone_else_knows", words.NO_CODE)

    return {
        "managers_dont_listen": (lambda: claims.claim_managers_dont_listen(found.coded, *draws), None),
        "between_chairs_fk": (
            lambda: claims.claim_between_chairs_fk(found.fk_survey, found.fk_interviews), "fall_between_chairs",
        ),
        "someone_else_answers": (passed_on, None),
        "social_workers_critical": (lambda: claims.claim_social_workers_critical(found.coded, *draws), None),
    }  # fmt: skip
