"""Views on collaboration: the same collaboration as managers, staff and participants see it.

The slides say that managers find collaboration with the PES improved and collaboration inside the municipality good,
while social workers and unit staff find that it does not work and participants hardly know of any; the study's aim is
whether state and municipal policy overlap and whether people fall between them.
"""

import pandas as pd

from analysis.methods.disclosure import suppressed_cells
from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Text
from analysis.sections import collaboration_charts as charts
from analysis.sections import collaboration_claims as claims
from analysis.sections import collaboration_facts
from analysis.sections import collaboration_frames as frames
from analysis.sections import collaboration_words as words
from analysis.sections.collaboration_robustness import robustness
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MANAGERS,
    SEGMENTS,
    Evidence,
    code_names,
    coded_segments,
    interview_source,
    latest_wave,
    points,
    points_interval,
    reach,
    survey_source,
    written_share,
)
from analysis.sections.studied import studied
from analysis.sections.survey_items import SURVEY, cell, enough, item_shares, known

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
        "collaboration",
        figures=_figures(inputs, computed, actors),
        tables=(_waves_table(inputs, computed),),
        facts=collaboration_facts.facts(inputs, computed),
        claims=_claims(inputs, computed, coded),
    )


def compute(inputs: Inputs, actors: pd.DataFrame, coded: pd.DataFrame) -> words.Frames:
    """Compute the section's frames; ``actors`` is the last wave, change is computed from all waves."""
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    draws = {"resamples": boot.resamples, "seed": boot.seed}
    everyone, last = inputs.tables["actors"], frames.grouped(actors)
    steps = frames.answer_steps(actors, frames.PES, smallest)
    unknown = frames.unaware(actors, frames.PES, smallest)
    return words.Frames(
        steps=steps,
        unknown=unknown,
        figure=frames.same_collaboration(steps, unknown),
        by_actor=item_shares(last, frames.ITEMS, ["actor"], smallest),
        by_level=item_shares(last, frames.ITEMS, ["level"], smallest),
        by_side=item_shares(last, frames.ITEMS, ["side"], smallest),
        pes_change=enough(frames.wave_change(everyone, frames.PES, ("pes_manager",)), smallest),
        change=enough(frames.wave_change(everyone, frames.PES, MANAGERS), smallest),
        stances=frames.relation_stances(coded, smallest),
        stance_gap=enough(frames.stance_gap(coded, "collab_pes", **draws), smallest),
        gaps=frames.manager_staff_gaps(actors, smallest),
        overlap=frames.overlap(coded, smallest=smallest, **draws),
        reach=reach(coded, frames.OVERLAP),
        places=coded["municipality_code"].nunique(),
        waves=frames.waves(everyone, smallest),
        first=int(everyone["wave"].min()),
        last=int(everyone["wave"].max()),
        code_labels=code_names(inputs.tables["codebook"]),
        actor_labels=inputs.labels["actors"]["actor"],
    )


def _figures(inputs: Inputs, f: words.Frames, actors: pd.DataFrame) -> tuple[Figure, ...]:
    survey, interviews = survey_source(actors), interview_source(inputs.tables["interviews"])
    asked = int((actors[f"{frames.PES}_missing"] != "not_asked").sum())
    sided = int(frames.grouped(actors)["side"].notna().sum())
    stances, spoken = (int(frame["n"].fillna(0).sum()) for frame in (f.stances, f.overlap))
    plan = (
        ("same_collaboration", f.figure, charts.same_collaboration(f.actor_labels), words.same_collaboration(f),
         survey, SURVEY, asked, ANSWERS),
        ("stance_heat", f.stances, charts.stance_heat, words.stance_heat(f),
         interviews, INTERVIEW_TABLES, stances, SEGMENTS),
        ("manager_staff_gap", f.gaps, charts.manager_staff_gap(words.ITEM_LABELS), words.manager_staff_gap(f),
         survey, SURVEY, sided, ANSWERS),
        ("overlap_gaps", f.overlap, charts.overlap_gaps(f.code_labels), words.overlap_gaps(f),
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
            Provenance(
                source, inputs.origin(*tables), tables, n, unit, suppressed_cells(data) if "suppressed" in data else 0
            ),
        )
        for name, data, draw, (caption, alt), source, tables, n, unit in plan
    )


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
    survey: Evidence = ("survey", SURVEY)
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    level = {name: cell(f.by_level, item=frames.PES, level=name) for name in ("managers", "staff")}
    actor = {name: cell(f.by_actor, item=frames.PES, actor=name) for name in f.actor_labels}
    internal = "municipal_collaboration"
    managers_inside = cell(f.by_side, item=internal, side="municipal_managers")
    staff_inside = cell(f.by_side, item=internal, side="staff")
    fk = cell(f.by_level, item="fk_collaboration", level="staff")
    shown, table = "same_collaboration", "waves"
    plan = (
        ("managers_see_it_working", claims.claim_works(level["managers"]), survey, shown),
        ("managers_see_improvement", claims.claim_managers_see_improvement(f.change, f.first, f.last), survey, table),
        ("pes_managers_positive", claims.claim_works(actor["pes_manager"]), survey, shown),
        (
            "pes_managers_see_improvement",
            claims.claim_managers_see_improvement(f.pes_change, f.first, f.last, claims.PES_MANAGERS),
            survey,
            table,
        ),
        ("social_workers_negative", claims.claim_does_not_work(actor["social_worker"]), survey, shown),
        ("unit_staff_negative", claims.claim_does_not_work(actor["labour_unit_staff"]), survey, shown),
        (
            "participants_unaware",
            claims.claim_participants_unaware(cell(f.unknown, actor="participant")),
            survey,
            shown,
        ),
        ("internal_works_managers", claims.claim_works(managers_inside), survey, table),
        ("internal_fails_staff", claims.claim_does_not_work(staff_inside), survey, table),
        ("fk_fails_staff", claims.claim_does_not_work(fk), survey, table),
        ("interviews_agree", claims.claim_interviews_agree(f.stance_gap), interviews, "stance_heat"),
        ("overlap_and_gaps", claims.claim_overlap_and_gaps(f.reach, f.places), interviews, "overlap_gaps"),
    )
    verdicts = {name: verdict for name, verdict, *_ in plan}
    firm = robustness(inputs, f, coded, verdicts)
    return tuple(
        Claim(
            id=f"collaboration.{name}",
            statement=claims.STATEMENTS[name],
            verdict=verdict,
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=f"collaboration/{figure}",
            robustness=firm[name],
        )
        for name, verdict, (stream, tables), figure in plan
    )
