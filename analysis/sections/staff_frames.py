"""What survey and interviews say of the staff's work: who gets support, what is known, the caseload."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.methods.disclosure import suppress
from analysis.methods.estimate import Estimate
from analysis.methods.stances import code_counts
from analysis.model import Inputs
from analysis.sections import staff_claims as claims
from analysis.sections.parts import borne, lack
from analysis.sections.shared import MANAGERS, STAFF, coded_segments, latest_wave, unheard
from analysis.sections.survey_items import enough, item_shares, likert_cells, unanswered

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
    """What the section computes once: shares, counts and estimates, small cells suppressed; ``parts.Absent`` where not borne."""

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
    change: Mapping[str, Estimate]
    fk_survey: Estimate
    fk_interviews: Estimate
    respondents: int


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames for the waves and interviews at hand."""
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    actors = borne(lambda: grouped(inputs.tables["actors"]))
    coded = borne(lambda: coded_segments(inputs.tables["segments"], inputs.tables["interviews"]))
    first, last = borne(lambda: int(actors["wave"].min())), borne(lambda: int(actors["wave"].max()))
    compared = ("fk_collaboration", "pes_collaboration")
    return Frames(
        first=first,
        last=last,
        likert=borne(lambda: likert_cells(latest_wave(actors), SUPPORT, ["actor"], smallest)),
        by_actor=borne(lambda: employed_shares(actors, last, smallest)),
        pooled=borne(lambda: item_shares(actors, ITEMS, ["wave", "group"], smallest)),
        caseload=borne(lambda: caseload_rows(actors, smallest)),
        chairs=borne(lambda: chairs_by_municipality(coded, inputs.tables["municipalities"], smallest)),
        coded=coded,
        change={place: borne(partial(caseload_change, actors, place, first, last, smallest)) for place in WORKPLACES},
        fk_survey=borne(
            lambda: enough(
                claims.paired_difference(actors[actors["wave"] == last], *compared, "staff"),
                smallest,
            )
        ),
        fk_interviews=borne(
            lambda: claims.critical_difference(coded, ("collab_fk", "collab_pes"), smallest, boot.resamples, boot.seed)
        ),
        respondents=borne(lambda: int(((actors["wave"] == last) & actors["actor"].isin(EMPLOYED)).sum())),
    )


def grouped(actors: pd.DataFrame) -> pd.DataFrame:
    """Add each respondent's ``group`` (managers, staff) and ``workplace``; missing for others."""
    group = {**dict.fromkeys(MANAGERS, "managers"), **dict.fromkeys(STAFF, "staff")}
    workplace = {actor: place for place, members in WORKPLACES.items() for actor in members}
    return actors.assign(group=actors["actor"].map(group), workplace=actors["actor"].map(workplace))


def in_order(by_actor: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by item and actor in the order in which the study names them."""
    ranks = {"item": ITEMS.index, "actor": EMPLOYED.index}
    return by_actor.sort_values(["item", "actor"], key=lambda column: column.map(ranks[column.name]), ignore_index=True)


def employed_shares(actors: pd.DataFrame, wave: int, smallest: int) -> pd.DataFrame:
    """Estimate the shares agreeing with each item among managers and staff in one wave; raises NotBorne where none answered."""
    shares = item_shares(actors, ITEMS, ["wave", "actor"], smallest)
    shares = shares[(shares["wave"] == wave) & shares["actor"].isin(EMPLOYED)]
    if shares.empty:
        unanswered()
    return in_order(shares)


def caseload_change(actors: pd.DataFrame, workplace: str, first: int, last: int, smallest: int) -> Estimate:
    """Estimate the change of ``staff_claims.caseload_change``; raises NotBorne with a single wave."""
    if first == last:
        lack(claims.ONE_WAVE["sv"], claims.ONE_WAVE["en"])
    return enough(claims.caseload_change(actors, workplace, first, last), smallest)


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
    a small cell takes another with it. Raises NotBorne where nobody speaks of either.
    """
    if not coded["code"].isin(CHAIRS).any():
        unheard()
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
