"""Staff: who gets support, what is known of effects, and the caseload, as social workers and unit staff see it.

The slides say that staff work with those closest to the labour market while those with the greatest need go without,
that managers know but do not listen, that people fall between chairs above all towards Försäkringskassan, that much is
done without knowing the effects, and that the caseload fell at social services but stays high at the labour-market units.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analysis.methods.disclosure import suppress, suppressed_cells
from analysis.methods.estimate import Estimate
from analysis.methods.stances import code_counts
from analysis.model import Claim, Column, Figure, Inputs, Provenance, Section, Table, Verdict
from analysis.sections import staff_charts as charts
from analysis.sections import staff_claims as claims
from analysis.sections import staff_words as words
from analysis.sections.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    MANAGERS,
    SEGMENTS,
    STAFF,
    coded_segments,
    interview_source,
    latest_wave,
    survey_source,
    voiced,
)
from analysis.sections.staff_facts import facts
from analysis.sections.staff_robustness import robustness
from analysis.sections.studied import studied
from analysis.sections.survey_items import SURVEY, cell, enough, item_shares, likert_cells, side_by_side

TABLES = ("actors", "interviews", "segments", "codebook", "municipalities")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()

EMPLOYED = (*MANAGERS, *STAFF)
SUPPORT = ("furthest_supported", "resources_to_closest")
KNOWLEDGE = ("effects_known", "measures_documented")
ITEMS = (
    *SUPPORT,
    *KNOWLEDGE,
    "caseload_manageable",
    "sanctions_needed",
    "education_is_way",
    "pes_collaboration",
    "municipal_collaboration",
    "fk_collaboration",
)
CHAIRS = ("fall_between_chairs", "collab_fk")
WORKPLACES = {
    "social_services": ("social_services_manager", "social_worker"),
    "labour_unit": ("labour_unit_manager", "labour_unit_staff"),
}


@dataclass(frozen=True)
class Frames:
    """What the section computes once: shares, counts and estimates, small cells suppressed."""

    first: int
    last: int
    likert: pd.DataFrame
    by_actor: pd.DataFrame
    """Items by actor in the last wave: item, actor, estimate, low, high, n, suppressed."""
    pooled: pd.DataFrame
    """Items by wave and group (managers, staff), each actor weighted by its population."""
    caseload: pd.DataFrame
    chairs: pd.DataFrame
    coded: pd.DataFrame
    change: dict[str, Estimate]
    fk_survey: Estimate
    fk_interviews: Estimate
    respondents: int


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    found = compute(inputs)
    return Section(
        "staff",
        figures=_figures(inputs, found),
        tables=(_items_table(inputs, found),),
        facts=facts(inputs, found),
        claims=_claims(inputs, found),
    )


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames for the waves and interviews at hand."""
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    actors = _grouped(inputs.tables["actors"])
    coded = coded_segments(inputs.tables["segments"], inputs.tables["interviews"])
    first, last = int(actors["wave"].min()), int(actors["wave"].max())
    likert = likert_cells(latest_wave(actors), SUPPORT, ["actor"], smallest)
    by_actor = item_shares(actors, ITEMS, ["wave", "actor"], smallest)
    by_actor = in_order(by_actor[(by_actor["wave"] == last) & by_actor["actor"].isin(EMPLOYED)])
    answered = actors[(actors["wave"] == last) & actors["actor"].isin(EMPLOYED)]
    return Frames(
        first=first,
        last=last,
        likert=likert,
        by_actor=by_actor,
        pooled=item_shares(actors, ITEMS, ["wave", "group"], smallest),
        caseload=caseload_rows(actors, smallest),
        chairs=chairs_by_municipality(coded, inputs.tables["municipalities"], smallest),
        coded=coded,
        change={place: enough(claims.caseload_change(actors, place, first, last), smallest) for place in WORKPLACES},
        fk_survey=enough(
            claims.paired_difference(actors[actors["wave"] == last], "fk_collaboration", "pes_collaboration", "staff"),
            smallest,
        ),
        fk_interviews=claims.critical_difference(
            coded, ("collab_fk", "collab_pes"), smallest, boot.resamples, boot.seed
        ),
        respondents=len(answered),
    )


def _grouped(actors: pd.DataFrame) -> pd.DataFrame:
    """Add each respondent's ``group`` (managers, staff) and ``workplace``; missing for others."""
    group = {**dict.fromkeys(MANAGERS, "managers"), **dict.fromkeys(STAFF, "staff")}
    workplace = {actor: place for place, members in WORKPLACES.items() for actor in members}
    return actors.assign(group=actors["actor"].map(group), workplace=actors["actor"].map(workplace))


def in_order(by_actor: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by item and actor in the order in which the study names them."""
    ranks = {"item": ITEMS.index, "actor": EMPLOYED.index}
    return by_actor.sort_values(["item", "actor"], key=lambda column: column.map(ranks[column.name]), ignore_index=True)


def caseload_rows(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate the share who find the caseload manageable at each workplace, together and by position, in each wave.

    Returns ``row`` (``<workplace>`` or ``<workplace>/<actor>``), ``wave``, ``estimate``, ``low``, ``high``, ``n``.
    """
    whole = item_shares(actors, ["caseload_manageable"], ["wave", "workplace"], smallest)
    parts = item_shares(actors.dropna(subset=["workplace"]), ["caseload_manageable"], ["wave", "workplace", "actor"], 1)
    values = ["estimate", "low", "high"]
    parts = suppress(parts, "n", values, smallest=smallest, rows=["wave", "workplace"])
    both = pd.concat(
        [whole.assign(row=whole["workplace"]), parts.assign(row=parts["workplace"] + "/" + parts["actor"])]
    )
    kept = both[["row", "wave", *values, "n", "suppressed"]]
    return kept.sort_values(["row", "wave"], ignore_index=True)


def chairs_by_municipality(coded: pd.DataFrame, municipalities: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Count the segments on falling between chairs and on Försäkringskassan in each municipality's interviews.

    Returns ``municipality``, ``municipality_code``, ``code``, ``n`` (Int64), ``suppressed``; municipalities by the number
    of segments on falling between chairs, those with a hidden number last. The codes' totals are published, so that
    a small cell takes another with it.
    """
    codes = sorted(coded["municipality_code"].dropna().unique())
    cells = pd.MultiIndex.from_product([codes, CHAIRS], names=["municipality_code", "code"]).to_frame(index=False)
    counts = code_counts(coded[coded["code"].isin(CHAIRS)], ["municipality_code", "code"])
    frame = cells.merge(counts, how="left", on=["municipality_code", "code"])
    frame["n"] = frame["n"].fillna(0).astype("int64")
    frame = suppress(frame, "n", [], smallest=smallest, columns="code")
    names = municipalities.set_index("municipality_code")["municipality"]
    frame["municipality"] = frame["municipality_code"].map(names).fillna(frame["municipality_code"])
    order = frame[frame["code"] == CHAIRS[0]].sort_values(["n", "municipality"], ascending=[False, True])
    place = {code: rank for rank, code in enumerate(order["municipality_code"])}
    frame = frame.assign(_place=frame["municipality_code"].map(place), _code=frame["code"].map(CHAIRS.index))
    kept = ["municipality", "municipality_code", "code", "n", "suppressed"]
    return frame.sort_values(["_place", "_code"], ignore_index=True)[kept]


def _figures(inputs: Inputs, found: Frames) -> tuple[Figure, ...]:
    actors = {actor: inputs.labels["actors"]["actor"][actor] for actor in EMPLOYED}
    codes = words.code_names(inputs.tables["codebook"], CHAIRS)
    known_items = found.by_actor[found.by_actor["item"].isin(KNOWLEDGE)].reset_index(drop=True)
    last = inputs.tables["actors"].query("wave == @found.last")
    plan = (
        ("furthest_supported", found.likert, partial(charts.support, actors=actors, items=words.items(SUPPORT)),
         words.support(inputs, found), survey_source(last), found.respondents, SURVEY),
        ("effects_known", known_items, partial(charts.knowledge, actors=actors, items=words.items(KNOWLEDGE)),
         words.knowledge(inputs, found), survey_source(last), found.respondents, SURVEY),
        ("caseload", found.caseload, partial(charts.caseload, rows=words.ROWS),
         words.caseload(found), survey_source(inputs.tables["actors"]), int(_asked(inputs).sum()), SURVEY),
        ("fall_between_chairs", found.chairs, partial(charts.between_chairs, codes=codes),
         words.chairs(found, codes), interview_source(inputs.tables["interviews"]),
         int(found.coded["code"].isin(CHAIRS).sum()), INTERVIEW_TABLES),
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
                source, inputs.origin(*tables), tables, n, SEGMENTS if tables == INTERVIEW_TABLES else ANSWERS,
                suppressed_cells(data),
            ),
        )
        for name, data, draw, said, source, n, tables in plan
    )  # fmt: skip


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


def _claims(inputs: Inputs, found: Frames) -> tuple[Claim, ...]:
    boot = inputs.settings.bootstrap
    draws = (inputs.settings.smallest_cell, boot.resamples, boot.seed)
    coded = found.coded
    staff = {item: cell(found.pooled, item=item, wave=found.last, group="staff") for item in ITEMS}
    units = cell(found.caseload, row="labour_unit", wave=found.last)
    spoken = coded[coded["speaker_actor"].isin(STAFF)]
    survey, interviews = ("survey", SURVEY), ("interviews", INTERVIEW_TABLES)
    plan: tuple[tuple[str, Verdict, Any, str | None], ...] = (
        ("greatest_need_unsupported", claims.claim_greatest_need_unsupported(staff["furthest_supported"]), survey,
         "furthest_supported"),
        ("resources_to_closest", claims.claim_resources_to_closest(staff["resources_to_closest"]), survey,
         "furthest_supported"),
        ("managers_dont_listen", claims.claim_managers_dont_listen(coded, *draws), interviews, None),
        ("between_chairs_fk", claims.claim_between_chairs_fk(found.fk_survey, found.fk_interviews),
         ("several", SURVEY + INTERVIEW_TABLES), "fall_between_chairs"),
        ("effects_unknown", claims.claim_effects_unknown(staff["effects_known"]), survey, "effects_known"),
        ("someone_else_answers", voiced(spoken, inputs.tables["codebook"], "someone_else_knows", words.NO_CODE),
         interviews, None),
        ("social_workers_critical", claims.claim_social_workers_critical(coded, *draws), interviews,
         None),
        ("caseload_fell", claims.claim_caseload_fell(found.change["social_services"], found.first, found.last), survey,
         "caseload"),
        ("caseload_high", claims.claim_caseload_high(units), survey, "caseload"),
    )  # fmt: skip
    firm = robustness(inputs, found, WORKPLACES, {name: verdict for name, verdict, *_ in plan})
    return tuple(
        Claim(
            id=f"staff.{name}",
            statement=words.STATEMENTS[name],
            verdict=verdict,
            stream=stream,
            tables=tables,
            origin=inputs.origin(*tables),
            figure=f"staff/{figure}" if figure else "staff/items" if stream == "survey" else None,
            robustness=firm[name],
        )
        for name, verdict, (stream, tables), figure in plan
    )
