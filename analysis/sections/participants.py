"""Participants: what they think of what they do, by age, and whom they are content with.

The slides say that participants are mostly glad to have something to do but critical of what it is and used as cheap
labour; that the young are more positive; that the PES cannot be reached, that the social services control them without
need, and that the staff of the labour-market units want to help.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analysis.methods.cluster import clustered_mean
from analysis.methods.disclosure import suppress, suppressed_cells
from analysis.methods.estimate import Estimate
from analysis.methods.survey import AGREE
from analysis.model import EDITIONS, Claim, Column, Figure, Inputs, Provenance, Section, Table, Text, Verdict
from analysis.sections import participants_charts as charts
from analysis.sections import participants_claims as claims
from analysis.sections import participants_words as words
from analysis.sections.participants_facts import facts
from analysis.sections.participants_robustness import robustness
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    coded_segments,
    interview_source,
    latest_wave,
    same,
    survey_source,
)
from analysis.sections.staff_words import AGREE_NOTE
from analysis.sections.studied import studied
from analysis.sections.survey_items import SURVEY, cell, enough, item_shares, likert_cells, side_by_side

TABLES = ("actors", "interviews", "segments", "codebook")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()

ITEMS = (
    "glad_to_have_something",
    "tasks_useful",
    "tasks_match_wishes",
    "unit_staff_help",
    "pes_reachable",
    "feel_controlled",
    "cheap_labour",
)
BY_AGE = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes", "cheap_labour")
CONTENT = {
    "unit": ("unit_staff_help", "unit_staff_support"),
    "social_services": ("feel_controlled", "felt_controlled"),
    "pes": ("pes_reachable", "pes_unreachable"),
}
"""Whom participants meet: the survey item (the social services' reversed) and the interview code that tell of it."""
_VALUES = ["estimate", "low", "high"]


@dataclass(frozen=True)
class Frames:
    """What the section computes once, small cells suppressed."""

    first: int
    last: int
    answers: pd.DataFrame
    waves: pd.DataFrame
    """Items by wave: item, wave, estimate, low, high, n, suppressed."""
    ages: pd.DataFrame
    contentment: pd.DataFrame
    cheap: Estimate
    coded: pd.DataFrame
    respondents: int


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    found = compute(inputs)
    return Section(
        "participants",
        figures=_figures(inputs, found),
        tables=(_items_table(inputs, found),),
        facts=facts(inputs, found),
        claims=_claims(inputs, found),
    )


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames for the waves and interviews at hand."""
    actors, smallest, boot = inputs.tables["actors"], inputs.settings.smallest_cell, inputs.settings.bootstrap
    asked = actors["actor"] == "participant"
    last = int(actors["wave"].max())
    coded = coded_segments(inputs.tables["segments"], inputs.tables["interviews"])
    current = latest_wave(actors)
    participants = current.assign(age_group=current["age_group"].where(current["actor"] == "participant"))
    return Frames(
        first=int(actors["wave"].min()),
        last=last,
        answers=likert_cells(current, ITEMS, ["actor"], smallest).drop(columns="actor"),
        waves=item_shares(actors, ITEMS, ["wave"], smallest),
        ages=item_shares(participants, BY_AGE, ["age_group"], smallest),
        contentment=contentment(current, coded, smallest, boot.resamples, boot.seed),
        cheap=enough(claims.balance(actors, "cheap_labour"), smallest),
        coded=coded,
        respondents=int((asked & (actors["wave"] == last)).sum()),
    )


def contentment(current: pd.DataFrame, coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> pd.DataFrame:
    """Estimate how content participants are with unit, social services and PES, in the survey and in the interviews.

    ``current`` holds one wave, ``coded`` the primary coders' segments. Returns ``whom``, ``stream`` (survey: share content,
    0–1; interviews: mean stance, −1 to 1), ``estimate``, ``low``, ``high``, ``n`` (Int64), ``suppressed``.
    """
    rows = []
    spoken = coded[(coded["speaker_actor"] == "participant") & coded["stance"].notna()]
    for whom, (item, code) in CONTENT.items():
        agree = AGREE if whom != "social_services" else tuple(6 - answer for answer in AGREE)
        share = cell(item_shares(current, [item], ["actor"], smallest, agree), actor="participant")
        rows.append({"whom": whom, "stream": "survey", **{key: share[key] for key in (*_VALUES, "n")}})
        part = spoken[spoken["code"] == code]
        if part.empty:
            continue
        mean = clustered_mean(part, "stance", "interview_id", resamples=resamples, seed=seed)
        values = {"estimate": mean.estimate, "low": mean.low, "high": mean.high, "n": mean.n}
        rows.append({"whom": whom, "stream": "interviews", **values})
    frame = pd.DataFrame(rows)
    frame["n"] = frame["n"].astype("Int64")
    return suppress(frame, "n", _VALUES, smallest=smallest)


def _figures(inputs: Inputs, found: Frames) -> tuple[Figure, ...]:
    current = latest_wave(inputs.tables["actors"])
    survey, interviews = survey_source(current), interview_source(inputs.tables["interviews"])
    both: Text = {e: f"{survey[e]}; {interviews[e][:1].lower()}{interviews[e][1:]}" for e in EDITIONS}
    order = [item for item in words.ITEM_TITLES if item in set(found.answers["item"])]
    ages = inputs.labels["actors"]["age_group"]
    plan = (
        ("items", found.answers, partial(charts.answers, items=words.items(order)), words.answers(found), survey, SURVEY),
        ("by_age", found.ages, partial(charts.by_age, items=words.items(BY_AGE), ages=ages),
         words.by_age(inputs, found), survey, SURVEY),
        ("contentment", found.contentment, partial(charts.contentment, whom=words.WHOM),
         words.contentment(found), both, SURVEY + INTERVIEW_TABLES),
    )  # fmt: skip
    return tuple(
        Figure(
            name=name,
            title=words.TITLES[name],
            data=data,
            draw=draw,
            caption=said[0],
            alt=said[1],
            provenance=Provenance(
                source, inputs.origin(*tables), tables, found.respondents, ANSWERS, suppressed_cells(data)
            ),
        )
        for name, data, draw, said, source, tables in plan
    )


def _items_table(inputs: Inputs, found: Frames) -> Table:
    waves = sorted(int(wave) for wave in found.waves["wave"].unique())
    asked = [item for item in ITEMS if item in set(found.waves["item"])]
    data, wording = side_by_side(found.waves, asked, "wave", waves)
    actors = inputs.tables["actors"]
    participants = actors[actors["actor"] == "participant"]
    return Table(
        name="items_by_wave",
        data=data,
        columns=(
            Column("item", {"sv": "Påstående i enkäten", "en": "Item"}, labels=words.items(ITEMS)),
            *(Column(f"{wave}_text", same(wave), labels=wording) for wave in waves),
        ),
        caption=words.items_caption(found),
        provenance=Provenance(
            survey_source(participants), inputs.origin("actors"), SURVEY, len(participants), ANSWERS,
            suppressed_cells(found.waves),
        ),
        note=AGREE_NOTE,
    )  # fmt: skip


def _claims(inputs: Inputs, found: Frames) -> tuple[Claim, ...]:
    boot = inputs.settings.bootstrap
    now = {item: cell(found.waves, item=item, wave=found.last) for item in ITEMS}
    plan: tuple[tuple[str, Verdict, str | None], ...] = (
        ("glad", claims.claim_glad(now["glad_to_have_something"]), "items"),
        ("tasks_do_not_match", claims.claim_tasks_do_not_match(now["tasks_match_wishes"]), "items"),
        ("tasks_not_useful", claims.claim_tasks_not_useful(now["tasks_useful"]), "items"),
        ("want_paid_jobs", claims.claim_want_paid_jobs(ITEMS), None),
        (
            "young_more_positive",
            claims.claim_young_more_positive(inputs.tables["actors"], inputs.settings.smallest_cell),
            "by_age",
        ),
        ("cheap_labour", claims.claim_used_as_cheap_labour(found.cheap, now["cheap_labour"]), "items"),
        ("pes_out_of_reach", claims.claim_pes_out_of_reach(now["pes_reachable"]), "contentment"),
        ("feel_controlled", claims.claim_feel_controlled(now["feel_controlled"]), "contentment"),
        ("stuck", claims.claim_stuck(found.coded, inputs.settings.smallest_cell, boot.resamples, boot.seed), None),
        ("unit_wants_to_help", claims.claim_unit_wants_to_help(now["unit_staff_help"]), "contentment"),
    )
    kinds: dict[str, Any] = {"stuck": ("interviews", INTERVIEW_TABLES)}
    firm = robustness(inputs, found.coded, {name: verdict for name, verdict, _ in plan})
    made = []
    for name, verdict, figure in plan:
        stream, tables = kinds.get(name, ("survey", SURVEY))
        shown = f"participants/{figure}" if figure else None
        statement, origin = words.STATEMENTS[name], inputs.origin(*tables)
        made.append(
            Claim(f"participants.{name}", statement, verdict, stream, tables, origin, shown, robustness=firm.get(name))
        )
    return tuple(made)
