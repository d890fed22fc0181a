"""What survey and interviews say of collaboration, actor by actor."""

from collections.abc import Sequence

import pandas as pd

from analysis.actors import ACTORS
from analysis.shared import MANAGERS, MUNICIPAL_MANAGERS, STAFF, unheard
from analysis.survey_items import NO_ESTIMATE, compared, item_shares, unanswered
from report_engine.methods.cluster import clustered_difference, clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.stances import stance_shares
from report_engine.methods.survey import AGREE, likert_shares, weighted_share
from report_engine.results.section_builder import lack

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

    Returns ``actor``, ``estimate``, ``low``, ``high`` (of all who were asked), ``n`` (Int64, asked), ``suppressed``. Blank where some, but fewer than
    ``smallest``, don't know. Raises Unavailable where nobody was asked.
    """
    missing = actors[f"{item}_missing"]
    asked = actors.assign(unknown=(missing == "dont_know").astype("float64").mask(missing == "not_asked"))
    if not asked["unknown"].notna().any():
        unanswered()
    found = weighted_share(asked, "unknown", agree=(1,), by="actor").drop(columns="se")
    counts = asked.groupby("actor")["unknown"].sum()
    found["count"] = found["actor"].map(counts).astype("int64")
    found = suppress(found, "count", ["estimate", "low", "high"], smallest=smallest).drop(columns="count")
    found["n"] = found["n"].astype("Int64").mask(found["n"] < smallest)
    return _ordered(found, "actor", ACTORS)


def same_collaboration(steps: pd.DataFrame, unknown: pd.DataFrame) -> pd.DataFrame:
    """Put answers and don't knows into the one frame behind the figure, told apart by ``part``."""
    return pd.concat([steps.assign(part="answers"), unknown.assign(part="dont_know")], ignore_index=True)[
        ["part", "actor", "step", "share", "estimate", "low", "high", "n", "suppressed"]
    ]


def relation_stances(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Average each actor's stance towards each relation: ``actor``, ``code``, ``mean`` (−1 to 1), ``n``, ``suppressed``; every combination.

    Raises Unavailable where nobody takes a stance on any of them.
    """
    if not coded.loc[coded["code"].isin(RELATIONS), "stance"].notna().any():
        unheard()
    found = stance_shares(coded[coded["code"].isin(RELATIONS)], ["speaker_actor", "code"])
    cells = pd.MultiIndex.from_product([ACTORS, RELATIONS], names=["speaker_actor", "code"])
    frame = found.set_index(["speaker_actor", "code"])[["mean", "n"]].reindex(cells).reset_index()
    frame["n"] = frame["n"].fillna(0).astype("int64")
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
    answers); items that a group has few answers to are left out. Raises Unavailable where none is left.
    """
    sided = grouped(actors)
    shares = item_shares(sided, GAP_ITEMS, ["side"], smallest)
    wide = shares.pivot(index="item", columns="side", values="estimate").reindex(
        columns=["municipal_managers", "staff"]
    )
    rows = []
    for item in wide.index[wide.notna().all(axis=1)]:
        gap = compared(sided, item, "side", "municipal_managers", "staff", smallest=smallest, share_of=AGREE)
        rows.append((item, *wide.loc[item, ["municipal_managers", "staff"]], gap.estimate, gap.low, gap.high, gap.n))
    frame = pd.DataFrame(rows, columns=["item", "managers", "staff", "estimate", "low", "high", "n"])
    if frame.empty:
        lack(
            "För få kommunala chefer eller medarbetare har svarat för att jämföras.",
            "Too few municipal managers or staff have answered to be compared.",
        )
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
            rows.append((code, actor, int(own["hit"].sum()), len(own), found.estimate, found.low, found.high))
    frame = pd.DataFrame(rows, columns=["code", "actor", "n", "spoken", "estimate", "low", "high"])
    return suppress(frame, "n", ["estimate", "low", "high"], smallest=smallest, rows="code")


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
        first, last = years[0], years[-1]
        changes = [_change(actors, *key, first, last, frame.loc[key, [f"{first}_n", f"{last}_n"]]) for key in order]
        frame[["change", "change_low", "change_high"]] = pd.DataFrame(changes, index=frame.index)
    return frame.reset_index()


def wave_change(actors: pd.DataFrame, item: str, members: Sequence[str], smallest: int = 1) -> Estimate:
    """Estimate how much larger the share of these actors agreeing is in the last wave than in the first.

    All NaN with one wave, or where fewer than ``smallest`` answered, or nobody in one of the waves.
    """
    years = sorted(int(year) for year in actors["wave"].unique())
    if len(years) < 2:
        return NO_ESTIMATE
    key = actors["wave"].astype("int64").astype("str").where(actors["actor"].isin(list(members)))
    ends = (str(years[-1]), str(years[0]))
    return compared(actors.assign(key=key), item, "key", *ends, smallest=smallest, share_of=AGREE)


def _change(
    actors: pd.DataFrame, item: str, actor: str, first: int, last: int, counts: pd.Series
) -> tuple[float, float, float]:
    if counts.isna().any():
        return (float("nan"),) * 3
    pair = actors[actors["wave"].isin([first, last])]
    found = wave_change(pair, item, [actor])
    return found.estimate, found.low, found.high


def _ordered(frame: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    place = {name: index for index, name in enumerate(order)}
    return frame.sort_values(column, key=lambda names: names.map(place), kind="stable", ignore_index=True)
