"""What survey and interviews say of the staff's work: who gets support, what is known, the caseload."""

from functools import cached_property

import pandas as pd

from analysis.actors import MANAGERS, STAFF
from analysis.frames import StudyFrames
from analysis.interviews import unheard
from analysis.survey import item_shares, latest_wave, likert_cells, unanswered
from analysis.survey_claims import ItemDifference, change
from report_engine.methods.cluster import clustered_difference
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.perturbation import cases
from report_engine.methods.stances import code_counts

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
NOTHING = float("nan")


class Frames(StudyFrames):
    """What the section computes once, when it is asked for: shares, counts and estimates, small cells suppressed.

    Each raises ``Unavailable`` where the data do not bear it.
    """

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The respondents, with ``group`` (managers, staff) and ``workplace``."""
        return grouped(self.inputs.tables["actors"])

    @property
    def first(self) -> int:
        """The year of the first wave."""
        return int(self.actors["wave"].min())

    @property
    def last(self) -> int:
        """The year of the last wave."""
        return int(self.actors["wave"].max())

    @cached_property
    def likert(self) -> pd.DataFrame:
        """Answers on who gets support, by actor: ``likert_cells`` of the last wave."""
        return likert_cells(latest_wave(self.actors), SUPPORT, ["actor"], self._smallest)

    @cached_property
    def by_actor(self) -> pd.DataFrame:
        """Items by actor in the last wave: item, actor, estimate, low, high, n, suppressed."""
        return employed_shares(self.actors, self.last, self._smallest)

    @cached_property
    def pooled(self) -> pd.DataFrame:
        """Items by wave and group (managers, staff), each actor weighted by its population."""
        return item_shares(self.actors, ITEMS, ["wave", "group"], self._smallest)

    @cached_property
    def caseload(self) -> pd.DataFrame:
        """The share who find the caseload manageable: ``caseload_rows``."""
        return caseload_rows(self.actors, self._smallest)

    def caseload_change(self, workplace: str) -> Estimate:
        """Estimate the change between waves in the share of a workplace who find the caseload manageable."""
        return change(self.actors, "caseload_manageable", WORKPLACES[workplace], self._smallest)

    @cached_property
    def chairs(self) -> pd.DataFrame:
        """Segments on falling between chairs and on Försäkringskassan: ``chairs_by_municipality``."""
        return chairs_by_municipality(self.coded, self.inputs.tables["municipalities"], self._smallest)

    @cached_property
    def fk_survey(self) -> Estimate:
        """The share of staff for whom collaboration with Försäkringskassan works minus the share for the PES."""
        return ItemDifference("fk_collaboration", "pes_collaboration", STAFF).estimate(self)

    @cached_property
    def fk_interviews(self) -> Estimate:
        """The share of critical segments in the staff's talk of Försäkringskassan minus that in their talk of the PES."""
        boot = self.inputs.settings.bootstrap
        return critical_difference(self.coded, ("collab_fk", "collab_pes"), self._smallest, boot.resamples, boot.seed)

    @property
    def respondents(self) -> int | None:
        """Count the managers and staff who answered in the last wave; None where they are too few to tell."""
        return cases(self.actors[(self.actors["wave"] == self.last) & self.actors["actor"].isin(EMPLOYED)])


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
    """Estimate the shares agreeing with each item among managers and staff in one wave; raises Unavailable where none answered."""
    shares = item_shares(actors, ITEMS, ["wave", "actor"], smallest)
    shares = shares[(shares["wave"] == wave) & shares["actor"].isin(EMPLOYED)]
    if shares.empty:
        unanswered()
    return in_order(shares)


def caseload_rows(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate the share who find the caseload manageable at each workplace, together and by position, in each wave.

    Returns ``row`` (``<workplace>`` or ``<workplace>/<actor>``), ``wave``, ``estimate``, ``low``, ``high``, ``n``.
    """
    whole = item_shares(actors, ["caseload_manageable"], ["wave", "workplace"], smallest)
    by = ["wave", "workplace", "actor"]
    parts = item_shares(actors.dropna(subset=["workplace"]), ["caseload_manageable"], by, smallest)
    both = pd.concat(
        [whole.assign(row=whole["workplace"]), parts.assign(row=parts["workplace"] + "/" + parts["actor"])]
    )
    kept = both[["row", "wave", "estimate", "low", "high", "n", "suppressed"]]
    return kept.sort_values(["row", "wave"], ignore_index=True)


def chairs_by_municipality(coded: pd.DataFrame, municipalities: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Count the segments on falling between chairs and on Försäkringskassan in each municipality's interviews.

    Returns ``municipality``, ``municipality_code``, ``code``, ``n`` (Int64), ``suppressed``; municipalities by the number
    of segments on falling between chairs, those with a hidden number last. Raises Unavailable where nobody speaks of either.
    """
    if not coded["code"].isin(CHAIRS).any():
        unheard()
    codes = sorted(coded["municipality_code"].dropna().unique())
    cells = pd.MultiIndex.from_product([codes, CHAIRS], names=["municipality_code", "code"])
    frame = code_counts(coded, cells, "municipality_code")
    frame = suppress(frame, "n", [], smallest=smallest)
    names = municipalities.set_index("municipality_code")["municipality"]
    frame["municipality"] = frame["municipality_code"].map(names).fillna(frame["municipality_code"])
    order = frame[frame["code"] == CHAIRS[0]].sort_values(["n", "municipality"], ascending=[False, True])
    place = {code: rank for rank, code in enumerate(order["municipality_code"])}
    frame = frame.assign(_place=frame["municipality_code"].map(place), _code=frame["code"].map(CHAIRS.index))
    kept = ["municipality", "municipality_code", "code", "n", "suppressed"]
    return frame.sort_values(["_place", "_code"], ignore_index=True)[kept]


def critical_difference(
    coded: pd.DataFrame, codes: tuple[str, str], smallest: int, resamples: int, seed: int
) -> Estimate:
    """Estimate how much larger the share of critical segments is in the staff's talk of one code than of another.

    All NaN where either has fewer than ``smallest`` segments that take a stance.
    """
    spoken = coded[coded["speaker_actor"].isin(STAFF) & coded["stance"].notna()]
    if any((spoken["code"] == code).sum() < smallest for code in codes):
        return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, 0)
    return clustered_difference(
        spoken.assign(critical=spoken["stance"] == -1), "critical", "code", *codes, "interview_id",
        resamples=resamples, seed=seed,
    )  # fmt: skip
