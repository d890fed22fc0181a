"""What survey and interviews say of managers: their views on activation, their roles, and the PES' discretion."""

from collections.abc import Sequence

import pandas as pd

from analysis.actors import ACTORS
from analysis.shared import MANAGERS, MUNICIPAL_MANAGERS, STAFF, unheard
from analysis.survey_items import item_shares, unanswered
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.stances import code_counts, stance_shares
from report_engine.methods.survey import AGREE, weighted_mean

JOB, RESOURCE = "sanctions_needed", "education_is_way"
MODELS = (JOB, RESOURCE)
ITEMS = (
    *MODELS,
    "furthest_supported",
    "resources_to_closest",
    "measures_documented",
    "effects_known",
    "caseload_manageable",
)
ROLE_CODES = ("entrepreneur", "implementer", "central_rules", "job_activation", "resource_activation")
RULE_CODES = ("central_rules", "implementer")
OWN_ROLE = ("entrepreneur", *RULE_CODES)

# Whose segments of which code say how free the PES is: themselves, and those they work with.
SPOKEN_OF = {
    "discretion_own": ("pes_discretion", ("pes_manager",)),
    "discretion_others": ("pes_discretion", (*MUNICIPAL_MANAGERS, *STAFF)),
    "rules_own": ("central_rules", ("pes_manager",)),
}


def sides(actors: pd.DataFrame) -> pd.DataFrame:
    """Add ``side``: municipal managers, PES managers, (municipal) staff; missing for participants."""
    names = {
        **dict.fromkeys(MUNICIPAL_MANAGERS, "municipal_manager"),
        "pes_manager": "pes_manager",
        **dict.fromkeys(STAFF, "staff"),
    }
    return actors.assign(side=actors["actor"].map(names))


def activation_views(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate who agrees with job and with resource activation: ``item``, ``actor``, ``estimate``, ``low``, ``high``, ``n``, ``suppressed``."""
    shares = item_shares(actors, MODELS, ["actor"], smallest)
    order = {actor: place for place, actor in enumerate(ACTORS)}
    shares["place"] = shares["actor"].map(order)
    shares["model"] = shares["item"].map({JOB: 0, RESOURCE: 1})
    return shares.sort_values(["model", "place"]).drop(columns=["model", "place"]).reset_index(drop=True)


def lean(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate by how much more respondents agree with job than with resource activation, within respondents.

    Each respondent who answered both items counts 1, 0 or −1. Returns ``side``, ``estimate`` (difference of shares), ``low``, ``high``,
    ``n``, ``suppressed``. Raises Unavailable where nobody answered both.
    """
    answered = actors[list(MODELS)].notna().all(axis=1)
    if not answered.any():
        unanswered()
    agrees = {item: actors[item].isin(AGREE).astype("float64") for item in MODELS}
    balance = (agrees[JOB] - agrees[RESOURCE]).where(answered)
    found = weighted_mean(sides(actors).assign(balance=balance), "balance", by="side").drop(columns="se")
    return suppress(found, "n", ["estimate", "low", "high"], smallest=smallest)


def role_codes(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Compute how large a share of each manager actor's coded segments each role or activation code makes up.

    ``coded`` is ``coded_segments``. Returns one row an actor and code: ``actor``, ``code``, ``n``, ``spoken`` (the actor's segments of all codes),
    ``share``, ``suppressed``. Raises Unavailable where no manager speaks.
    """
    spoken = coded.groupby("speaker_actor").size()
    counts = code_counts(coded[coded["code"].isin(ROLE_CODES)], ["speaker_actor", "code"])
    actors = [actor for actor in MANAGERS if actor in spoken.index]
    if not actors:
        unheard()
    cells = pd.MultiIndex.from_product([actors, ROLE_CODES], names=["speaker_actor", "code"])
    frame = counts.set_index(["speaker_actor", "code"])["n"].reindex(cells, fill_value=0).reset_index()
    frame["spoken"] = frame["speaker_actor"].map(spoken).astype("int64")
    frame["share"] = frame["n"] / frame["spoken"]
    return suppress(frame, "n", ["share"], smallest=smallest).rename(columns={"speaker_actor": "actor"})


def discretion(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Share out the stances on the PES' discretion and rules, by who speaks.

    Returns one row of ``SPOKEN_OF`` that occurs: ``row``, ``critical`` (no freedom), ``neutral``, ``supportive`` (much freedom), ``mean``,
    ``n`` (segments with a stance), ``suppressed``. Raises Unavailable where nobody speaks of either.
    """
    parts = []
    for row, (code, speakers) in SPOKEN_OF.items():
        said = coded[(coded["code"] == code) & coded["speaker_actor"].isin(speakers)]
        parts.append(stance_shares(said.assign(row=row), "row"))
    frame = pd.concat(parts, ignore_index=True)
    if frame.empty:
        unheard()
    return suppress(frame, "n", ["critical", "neutral", "supportive", "mean"], smallest=smallest)


def share_within(
    coded: pd.DataFrame,
    side: str,
    code: str,
    codes: Sequence[str],
    *,
    smallest: int,
    resamples: int,
    seed: int,
) -> Estimate:
    """Estimate which share of a side's segments of these ``codes`` carries ``code``, over interviews.

    All NaN where the segments with the code, or those without, are fewer than ``smallest`` (but some).
    """
    said = coded[(coded["side"] == side) & coded["code"].isin(list(codes))]
    said = said.assign(hit=said["code"] == code)
    hits = int(said["hit"].sum())
    nan = float("nan")
    if said.empty or any(0 < count < smallest for count in (hits, len(said) - hits)):
        return Estimate(nan, nan, nan, nan, len(said))
    return clustered_mean(said, "hit", "interview_id", resamples=resamples, seed=seed)


def end_shares(coded: pd.DataFrame, *, smallest: int, resamples: int, seed: int) -> dict[str, Estimate]:
    """Estimate how often PES managers say that they have no freedom (``none``) and much freedom (``much``), over interviews.

    Shares of their segments on discretion with a stance; NaN where these are fewer than ``smallest``.
    """
    said = coded[(coded["code"] == "pes_discretion") & (coded["speaker_actor"] == "pes_manager")]
    said = said[said["stance"].notna()]
    nan = float("nan")
    if len(said) < smallest:
        return {end: Estimate(nan, nan, nan, nan, len(said)) for end in ("none", "much")}
    marked = said.assign(none=said["stance"] == -1, much=said["stance"] == 1)
    return {
        end: clustered_mean(marked, end, "interview_id", resamples=resamples, seed=seed) for end in ("none", "much")
    }


def rules_share(coded: pd.DataFrame, *, resamples: int, seed: int) -> Estimate:
    """Estimate which share of what PES managers say is about central rules; raises Unavailable where none of them speaks."""
    pes = coded[coded["side"] == "pes_manager"]
    if pes.empty:
        unheard()
    marked = pes.assign(hit=pes["code"].isin(RULE_CODES))
    return clustered_mean(marked, "hit", "interview_id", resamples=resamples, seed=seed)


def discretion_places(coded: pd.DataFrame) -> int:
    """Count the municipalities in which a PES manager speaks of their discretion."""
    said = coded[(coded["side"] == "pes_manager") & (coded["code"] == "pes_discretion")]
    return int(said["municipality_code"].nunique())


def answers(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Lay out managers' agreement with ``ITEMS``: one row an item, and ``estimate``, ``low``, ``high``, ``n`` of each actor.

    Columns: ``item`` and ``<actor>_estimate`` … ``<actor>_n`` for each of ``MANAGERS``; missing where suppressed. Raises
    Unavailable where no manager answered.
    """
    shares = item_shares(actors, ITEMS, ["actor"], smallest)
    shares = shares[shares["actor"].isin(MANAGERS)]
    if shares.empty:
        unanswered()
    wide = shares.pivot(index="item", columns="actor", values=["estimate", "low", "high", "n"])
    order = [item for item in ITEMS if item in wide.index]
    columns = [(kind, actor) for actor in MANAGERS for kind in ("estimate", "low", "high", "n")]
    wide = wide.reindex(index=order, columns=pd.MultiIndex.from_tuples(columns))
    wide.columns = pd.Index([f"{actor}_{kind}" for kind, actor in columns])
    return wide.rename_axis("item").reset_index()
