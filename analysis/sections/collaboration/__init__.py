"""Views on collaboration: the same collaboration as managers, staff and participants see it.

The slides say that managers find collaboration with the PES improved and collaboration inside the municipality good,
while social workers and unit staff find that it does not work and participants hardly know of any; the study's aim is
whether state and municipal policy overlap and whether people fall between them.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.population import studied
from analysis.sections.collaboration import claims, frames, words
from analysis.sections.collaboration import facts as collaboration_facts
from analysis.sections.collaboration import figures as charts
from analysis.sections.collaboration.robustness import robustness
from analysis.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MANAGERS,
    SEGMENTS,
    Drawn,
    Evidence,
    Figured,
    code_names,
    coded_segments,
    figure,
    interview_source,
    latest_wave,
    points,
    points_interval,
    reach,
    survey_source,
    with_codes,
    written_share,
)
from analysis.survey_items import SURVEY, Row, cell, enough, item_shares, known
from report_engine.methods.estimate import Estimate
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
    parts = Parts("collaboration", inputs, texts.load("collaboration"))
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("part", lambda: charts.PARTS)
    parts.label("step", lambda: charts.STEP_LABELS)
    _figures(parts, inputs, computed, actors)
    parts.table("waves", lambda: _waves_table(inputs, computed))
    collaboration_facts.facts(parts, inputs, computed)
    parts.claims(_claims(inputs, computed, coded))
    return parts.section()


def compute(inputs: Inputs, actors: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames; ``actors`` is the last wave, change is computed from all waves.

    What the data do not bear is ``parts.Absent``.
    """
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    draws = {"resamples": boot.resamples, "seed": boot.seed}
    everyone, last = inputs.tables["actors"], borne(lambda: frames.grouped(actors))

    def spoken() -> pd.DataFrame:
        return with_codes(coded, inputs.tables["codebook"], frames.OVERLAP)

    steps = borne(lambda: frames.answer_steps(actors, frames.PES, smallest))
    unknown = borne(lambda: frames.unaware(actors, frames.PES, smallest))
    return words.Frames(
        steps=steps,
        unknown=unknown,
        figure=borne(lambda: frames.same_collaboration(steps, unknown)),
        by_actor=borne(lambda: item_shares(last, frames.ITEMS, ["actor"], smallest)),
        by_level=borne(lambda: item_shares(last, frames.ITEMS, ["level"], smallest)),
        by_side=borne(lambda: item_shares(last, frames.ITEMS, ["side"], smallest)),
        pes_change=borne(lambda: frames.wave_change(everyone, frames.PES, ("pes_manager",), smallest)),
        change=borne(lambda: frames.wave_change(everyone, frames.PES, MANAGERS, smallest)),
        stances=borne(lambda: frames.relation_stances(coded, smallest)),
        stance_gap=borne(lambda: enough(frames.stance_gap(coded, "collab_pes", **draws), smallest)),
        gaps=borne(lambda: frames.manager_staff_gaps(actors, smallest)),
        overlap=borne(lambda: frames.overlap(spoken(), smallest=smallest, **draws)),
        reach=borne(lambda: reach(spoken(), frames.OVERLAP)),
        places=borne(lambda: coded["municipality_code"].nunique()),
        waves=borne(lambda: frames.waves(everyone, smallest)),
        first=borne(lambda: int(everyone["wave"].min())),
        last=borne(lambda: int(everyone["wave"].max())),
        code_labels=borne(lambda: code_names(inputs.tables["codebook"])),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _figures(parts: Parts, inputs: Inputs, f: words.Frames, actors: pd.DataFrame) -> None:
    def survey(drawn: Callable[[], Figured], cases: Callable[[], int]) -> Drawn:
        return lambda: (*drawn(), survey_source(actors), SURVEY, cases(), ANSWERS)

    def interviews(drawn: Callable[[], Figured], frame: pd.DataFrame) -> Drawn:
        return lambda: (
            *drawn(), interview_source(inputs.tables["interviews"]), INTERVIEW_TABLES, int(frame["n"].fillna(0).sum()),
            SEGMENTS,
        )  # fmt: skip

    plan = {
        "same_collaboration": survey(
            lambda: (f.figure, charts.same_collaboration(f.actor_labels), words.same_collaboration(f)),
            lambda: int((actors[f"{frames.PES}_missing"] != "not_asked").sum()),
        ),
        "stance_heat": interviews(lambda: (f.stances, charts.stance_heat, words.stance_heat(f)), f.stances),
        "manager_staff_gap": survey(
            lambda: (f.gaps, charts.manager_staff_gap(words.ITEM_LABELS), words.manager_staff_gap(f)),
            lambda: int(frames.grouped(actors)["side"].notna().sum()),
        ),
        "overlap_gaps": interviews(
            lambda: (f.overlap, charts.overlap_gaps(f.code_labels), words.overlap_gaps(f)), f.overlap
        ),
    }
    for name, drawn in plan.items():
        title = words.TITLES[name]
        parts.figure(name, title, partial(figure, inputs, name, title, drawn))


def _waves_table(inputs: Inputs, f: words.Frames) -> Table:
    actors = inputs.tables["actors"]
    years = sorted(int(year) for year in actors["wave"].unique())
    data, labels = _written(f.waves, years)
    columns = [
        Column("item", {"sv": "Samverkan fungerar", "en": "Collaboration works"}, labels=words.SHORT_ITEMS),
        Column("actor", {"sv": "Aktör", "en": "Actor"}, labels=f.actor_labels),
        *(Column(f"{year}_text", {"sv": str(year), "en": str(year)}, labels=labels) for year in years),
    ]
    if "change" in data:
        columns.append(Column("change_text", {"sv": "Skillnad", "en": "Difference"}, labels=labels))
    return Table(
        name="waves",
        data=data,
        columns=tuple(columns),
        caption=words.waves(f),
        provenance=Provenance(
            survey_source(actors),
            inputs.origin(*SURVEY),
            SURVEY,
            len(actors),
            ANSWERS,
            int(f.waves[[f"{year}_n" for year in years]].isna().sum().sum()),
        ),
        note={
            "sv": "Viktad andel som instämmer (svar 4 eller 5 av 5), i parentes 95-procentigt konfidensintervall och antal svar; vet inte räknas inte. "
            "Skillnad i procentenheter mellan oberoende urval.",
            "en": "Weighted share agreeing (answer 4 or 5 of 5), in brackets the 95 per cent confidence interval and number of answers; don't know is left out. "
            "Difference in percentage points between independent samples.",
        },
    )


def _written(waves: pd.DataFrame, years: list[int]) -> tuple[pd.DataFrame, dict[object, Text]]:
    """Add text columns for the printed table to the numbers, with their wording per edition."""
    data, labels = waves.copy(), dict[object, Text]()
    for year in years:
        columns = [f"{year}_{kind}" for kind in ("estimate", "low", "high", "n")]
        cells = [written_share(*row) for row in waves[columns].itertuples(index=False)]
        labels.update(cells)
        data[f"{year}_text"] = [key for key, _ in cells]
    if "change" in waves:
        changes = [_change(*row) for row in waves[["change", "change_low", "change_high"]].itertuples(index=False)]
        labels.update(changes)
        data["change_text"] = [key for key, _ in changes]
    return data, labels


def _change(change: float, low: float, high: float) -> tuple[str, Text]:
    if not known(low):
        return "..", {"sv": "..", "en": ".."}
    words_: Text = {
        e: f"{points(change, e).split(chr(160))[0]} ({points_interval(low, high, e).split(chr(160))[0]})"
        for e in ("sv", "en")
    }
    return words_["en"], words_


def _claims(inputs: Inputs, f: words.Frames, coded: pd.DataFrame) -> tuple[Claim, ...]:
    plan = {**_survey_plan(f), **_interview_plan(f)}
    verdicts = {name: verdict_of(judge) for name, (judge, *_) in plan.items()}
    firm = robustness(inputs, f, coded, verdicts)
    return tuple(
        Claim(
            id=f"collaboration.{name}",
            statement=claims.STATEMENTS[name],
            verdict=verdicts[name],
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=f"collaboration/{shown}",
            robustness=firm[name],
        )
        for name, (_, (stream, tables), shown) in plan.items()
    )


Plan = dict[str, tuple[Callable[[], Verdict], Evidence, str]]
"""By claim: how it is judged, on what evidence, and the figure or table that shows it."""


def _survey_plan(f: words.Frames) -> Plan:
    survey: Evidence = ("survey", SURVEY)
    shown, table = "same_collaboration", "waves"
    internal = "municipal_collaboration"

    def actor(name: str) -> Row:
        return cell(f.by_actor, item=frames.PES, actor=name)

    def improved(change: Estimate, *who: Text) -> Verdict:
        return claims.claim_managers_see_improvement(change, f.first, f.last, *who)

    return {
        "managers_see_it_working": (
            lambda: claims.claim_works(cell(f.by_level, item=frames.PES, level="managers")), survey, shown,
        ),
        "managers_see_improvement": (lambda: improved(f.change), survey, table),
        "pes_managers_positive": (lambda: claims.claim_works(actor("pes_manager")), survey, shown),
        "pes_managers_see_improvement": (lambda: improved(f.pes_change, claims.PES_MANAGERS), survey, table),
        "social_workers_negative": (lambda: claims.claim_does_not_work(actor("social_worker")), survey, shown),
        "unit_staff_negative": (lambda: claims.claim_does_not_work(actor("labour_unit_staff")), survey, shown),
        "participants_unaware": (
            lambda: claims.claim_participants_unaware(cell(f.unknown, actor="participant")), survey, shown,
        ),
        "internal_works_managers": (
            lambda: claims.claim_works(cell(f.by_side, item=internal, side="municipal_managers")), survey, table,
        ),
        "internal_fails_staff": (
            lambda: claims.claim_does_not_work(cell(f.by_side, item=internal, side="staff")), survey, table,
        ),
        "fk_fails_staff": (
            lambda: claims.claim_does_not_work(cell(f.by_level, item="fk_collaboration", level="staff")), survey, table,
        ),
    }  # fmt: skip


def _interview_plan(f: words.Frames) -> Plan:
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    return {
        "interviews_agree": (lambda: claims.claim_interviews_agree(f.stance_gap), interviews, "stance_heat"),
        "overlap_and_gaps": (lambda: claims.claim_overlap_and_gaps(f.reach, f.places), interviews, "overlap_gaps"),
    }
