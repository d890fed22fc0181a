"""What survey and interviews say of collaboration, actor by actor."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from analysis.actors import ACTORS, MANAGERS, MUNICIPAL_MANAGERS, STAFF
from analysis.frames import StudyFrames
from analysis.interviews import reach, unheard, with_codes
from analysis.survey import NO_ESTIMATE, compared, enough, item_shares, latest_wave, unanswered
from analysis.survey_claims import change
from report_engine.methods.cluster import clustered_difference, clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.multiple import simultaneous
from report_engine.methods.perturbation import cases, count, protected
from report_engine.methods.stances import stance_means
from report_engine.methods.survey import AGREE, likert_shares, weighted_share
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts

PES = "pes_collaboration"
ITEMS = (PES, "municipal_collaboration", "fk_collaboration")
RELATIONS = ("collab_pes", "collab_internal", "collab_fk")
OVERLAP = ("parallel_tracks", "fall_between_chairs")
GAP_ITEMS = (
    *ITEMS,
    "furthest_supported",
    "resources_to_closest",
    "measures_documented",
    "effects_known",
    "sanctions_needed",
    "education_is_way",
    "caseload_manageable",
)
# Answers of each step: five where no answer was given by few, else three, so that small cells stay in larger ones.
FIVE = {"1": (1,), "2": (2,), "3": (3,), "4": (4,), "5": (5,)}
THREE = {"disagree": (1, 2), "neither": (3,), "agree": (4, 5)}


class Frames(StudyFrames):
    """What the section computes once, when it is asked for: shares, counts and estimates, small cells suppressed.

    Each raises ``Unavailable`` where the data do not bear it.
    """

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        super().__init__(inputs)
        self._say = say

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The last wave's respondents, with ``level`` and ``side``: ``grouped``."""
        return grouped(latest_wave(self.inputs.tables["actors"]))

    @property
    def first(self) -> int:
        """The year of the first wave."""
        return int(self.people.actors["wave"].min())

    @property
    def last(self) -> int:
        """The year of the last wave."""
        return int(self.people.actors["wave"].max())

    @cached_property
    def steps(self) -> pd.DataFrame:
        """How each actor's answers on the PES are distributed: ``answer_steps``."""
        return answer_steps(self.actors, PES, self._smallest)

    @cached_property
    def unknown(self) -> pd.DataFrame:
        """The share of each actor who don't know how collaboration with the PES works: ``unaware``."""
        return unaware(self.actors, PES, self._smallest)

    def agreeing(self, by: str) -> pd.DataFrame:
        """Agreement with the items on collaboration by ``actor``, ``level`` or ``side``."""
        return item_shares(self.actors, ITEMS, [by], self._smallest)

    @cached_property
    def change(self) -> Estimate:
        """The change between waves in the share of managers for whom collaboration with the PES works."""
        return change(self.people.actors, PES, MANAGERS, self._smallest)

    @cached_property
    def stances(self) -> pd.DataFrame:
        """Each actor's mean stance towards each relation: ``relation_stances``."""
        return relation_stances(self.coded, self._smallest)

    @cached_property
    def stance_gap(self) -> Estimate:
        """How much more favourably managers speak of collaboration with the PES than staff do."""
        return enough(stance_gap(self.coded, "collab_pes", **self._resampled), self._smallest)

    @cached_property
    def pes_gap(self) -> Estimate:
        """By how much more municipal managers than staff agree that collaboration with the PES works, alone."""
        if not (self.gaps["item"] == PES).any():
            return NO_ESTIMATE
        return compared(
            self.actors, PES, "side", "municipal_managers", "staff", smallest=self._smallest, share_of=AGREE
        )

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """By how much more municipal managers than staff agree with each item: ``manager_staff_gaps``."""
        gaps = manager_staff_gaps(self.actors, self._smallest)
        if gaps.empty:
            raise Unavailable(self._say("unavailable.none_to_compare"))
        return gaps

    @cached_property
    def overlap(self) -> pd.DataFrame:
        """How much each actor speaks of parallel tracks and of falling between chairs: ``overlap``."""
        return overlap(self._spoken, smallest=self._smallest, **self._resampled)

    @property
    def reach(self) -> pd.Series:
        """In how many municipalities parallel tracks and falling between chairs are voiced, by code."""
        return reach(self._spoken, OVERLAP)

    @property
    def places(self) -> int:
        """Count the municipalities with coded segments."""
        return int(self.coded["municipality_code"].nunique())

    @property
    def _spoken(self) -> pd.DataFrame:
        return with_codes(self.coded, self.inputs.tables["codebook"], OVERLAP)

    @cached_property
    def waves(self) -> pd.DataFrame:
        """Agreement with the items on collaboration by actor, wave beside wave: ``waves``."""
        return waves(self.people.actors, self._smallest)


def grouped(actors: pd.DataFrame) -> pd.DataFrame:
    """Add ``level`` (managers, staff, participants) and ``side`` (municipal_managers, staff; missing for others)."""
    level = {**dict.fromkeys(MANAGERS, "managers"), **dict.fromkeys(STAFF, "staff"), "participant": "participants"}
    side = {**dict.fromkeys(MUNICIPAL_MANAGERS, "municipal_managers"), **dict.fromkeys(STAFF, "staff")}
    return actors.assign(level=actors["actor"].map(level), side=actors["actor"].map(side))


def answer_steps(actors: pd.DataFrame, item: str, smallest: int) -> pd.DataFrame:
    """Estimate how each actor's answers to an item are distributed, in five steps or, where some are rare, in three.

    Returns ``actor`` (in the study's order), ``step`` (keys of ``FIVE`` or ``THREE``), ``share`` (0–1), ``n`` (Int64, all answers of the actor) and
    ``suppressed``. With three steps, an actor with a step of fewer than ``smallest`` answers (but some) is blank altogether.
    Raises Unavailable where nobody answered.
    """
    if not actors[item].notna().any():
        unanswered()
    shares = likert_shares(actors, item, "actor")
    rare = (shares["answer_n"] > 0) & (shares["answer_n"] < smallest)
    steps = THREE if rare.any() else FIVE
    of = {answer: step for step, answers in steps.items() for answer in answers}
    pooled = shares.assign(step=shares["answer"].map(of)).groupby(["actor", "step"], sort=False)
    frame = pooled.agg(share=("share", "sum"), n=("n", "first"), answers=("answer_n", "sum")).reset_index()
    small = frame.assign(few=(frame["answers"] > 0) & (frame["answers"] < smallest)).groupby("actor")["few"]
    hidden = small.transform("any")
    frame["share"] = frame["share"].mask(hidden)
    frame["n"] = frame["n"].astype("Int64").mask(frame["n"] < smallest)
    frame["suppressed"] = hidden.map({True: "primary", False: ""})
    return _ordered(frame.drop(columns="answers"), "actor", ACTORS)


def unaware(actors: pd.DataFrame, item: str, smallest: int) -> pd.DataFrame:
    """Estimate the share of each actor's respondents who answer that they don't know.

    Returns ``actor``, ``estimate``, ``low``, ``high`` (of all who were asked), ``n`` (Int64, asked), ``suppressed``. Blank where fewer than
    ``smallest`` were asked. Raises Unavailable where nobody was asked.
    """
    missing = actors[f"{item}_missing"]
    asked = actors.assign(unknown=(missing == "dont_know").astype("float64").mask(missing == "not_asked"))
    if not asked["unknown"].notna().any():
        unanswered()
    found = weighted_share(asked, "unknown", agree=(1,), by="actor").drop(columns="se")
    return _ordered(suppress(found, "n", ["estimate", "low", "high"], smallest=smallest), "actor", ACTORS)


def relation_stances(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Average each actor's stance towards each relation: ``actor``, ``code``, ``mean`` (−1 to 1), ``n``, ``suppressed``; every combination.

    Raises Unavailable where nobody takes a stance on any of them.
    """
    if not coded.loc[coded["code"].isin(RELATIONS), "stance"].notna().any():
        unheard()
    found = stance_means(coded[coded["code"].isin(RELATIONS)], ["speaker_actor", "code"])
    cells = pd.MultiIndex.from_product([ACTORS, RELATIONS], names=["speaker_actor", "code"])
    frame = found.set_index(["speaker_actor", "code"])[["mean", "n"]].reindex(cells).reset_index()
    silent = ~frame.set_index(["speaker_actor", "code"]).index.isin(found.set_index(["speaker_actor", "code"]).index)
    frame["n"] = frame["n"].astype("Int64").mask(silent & (not protected(coded)), 0)
    return suppress(frame, "n", ["mean"], smallest=smallest).rename(columns={"speaker_actor": "actor"})


def stance_gap(coded: pd.DataFrame, code: str, *, resamples: int, seed: int) -> Estimate:
    """Estimate how much higher managers' mean stance towards a relation is than staff's, over interviews; NaN where one is silent."""
    said = coded[coded["code"] == code]
    stance = said["stance"].astype("float64")
    if not {"managers", "staff"} <= set(said.loc[stance.notna(), "group"]):
        return NO_ESTIMATE
    return clustered_difference(
        said.assign(stance=stance),
        "stance",
        "group",
        "managers",
        "staff",
        "interview_id",
        resamples=resamples,
        seed=seed,
    )


def manager_staff_gaps(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate by how much more municipal managers than municipal staff agree with each item.

    Returns, sorted by falling gap, ``item``, ``managers``, ``staff`` (shares agreeing), ``estimate``, ``low``, ``high`` (difference), ``n`` (both groups'
    answers); items that a group has few answers to are left out. The intervals hold for all items together.
    """
    shares = item_shares(actors, GAP_ITEMS, ["side"], smallest)
    wide = shares.pivot(index="item", columns="side", values="estimate").reindex(
        columns=["municipal_managers", "staff"]
    )
    rows = []
    known = wide.index[wide.notna().all(axis=1)]
    for item in known:
        alone = compared(actors, item, "side", "municipal_managers", "staff", smallest=smallest, share_of=AGREE)
        gap = simultaneous(alone, len(known))
        low, high = (round(end, 2) for end in (gap.low, gap.high)) if protected(actors) else (gap.low, gap.high)
        rows.append((item, *wide.loc[item, ["municipal_managers", "staff"]], gap.estimate, low, high, gap.n))
    frame = pd.DataFrame(rows, columns=["item", "managers", "staff", "estimate", "low", "high", "n"])
    return frame.sort_values(["estimate", "item"], ascending=[False, True], ignore_index=True)


def overlap(coded: pd.DataFrame, *, smallest: int, resamples: int, seed: int) -> pd.DataFrame:
    """Estimate how large a share of each actor's coded segments is about parallel tracks and about falling between chairs.

    Returns ``code``, ``actor``, ``n`` (segments with the code), ``spoken`` (the actor's segments), ``estimate``, ``low``, ``high`` (over interviews)
    and ``suppressed``. The codes' totals are published elsewhere in the report, so that a small cell takes another with it. Raises Unavailable
    where nobody speaks.
    """
    if coded.empty:
        unheard()
    rows = []
    for code in OVERLAP:
        for actor in (name for name in ACTORS if (coded["speaker_actor"] == name).any()):
            own = coded[coded["speaker_actor"] == actor]
            own = own.assign(hit=own["code"] == code)
            found = clustered_mean(own, "hit", "interview_id", resamples=resamples, seed=seed)
            rows.append((code, actor, count(own, own["hit"]), cases(own), found.estimate, found.low, found.high))
    frame = pd.DataFrame(rows, columns=["code", "actor", "n", "spoken", "estimate", "low", "high"])
    frame = frame.astype({"n": "Int64", "spoken": "Int64"})
    return suppress(frame, "n", ["estimate", "low", "high"], smallest=smallest)


def waves(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Lay out agreement with the collaboration items by actor, wave by wave, and its change from the first to the last.

    Returns one row an item and actor: ``item``, ``actor``, ``<wave>_estimate``, ``_low``, ``_high``, ``_n`` for each wave; with two waves or more
    also ``change``, ``change_low``, ``change_high``. Missing where suppressed.
    """
    shares = item_shares(actors, ITEMS, ["wave", "actor"], smallest)
    years = sorted(int(year) for year in actors["wave"].unique())
    wide = shares.pivot(index=["item", "actor"], columns="wave", values=["estimate", "low", "high", "n"])
    order = [(item, actor) for item in ITEMS for actor in ACTORS if (item, actor) in wide.index]
    wide = wide.reindex(order)
    kinds = ("estimate", "low", "high", "n")
    wide = wide.reindex(columns=pd.MultiIndex.from_product([kinds, years]))
    columns = {f"{year}_{kind}": wide[(kind, year)] for year in years for kind in kinds}
    frame = pd.DataFrame(columns)
    if len(years) > 1:
        ends = actors[actors["wave"].isin([years[0], years[-1]])]
        counts = frame[[f"{years[0]}_n", f"{years[-1]}_n"]]
        changes = [_change(ends, *key) if counts.loc[key].notna().all() else (float("nan"),) * 3 for key in order]
        frame[["change", "change_low", "change_high"]] = pd.DataFrame(changes, index=frame.index)
    return frame.reset_index()


def _change(actors: pd.DataFrame, item: str, actor: str) -> tuple[float, float, float]:
    found = change(actors, item, [actor], smallest=1)
    return found.estimate, found.low, found.high


def _ordered(frame: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    place = {name: index for index, name in enumerate(order)}
    return frame.sort_values(column, key=lambda names: names.map(place), kind="stable", ignore_index=True)
