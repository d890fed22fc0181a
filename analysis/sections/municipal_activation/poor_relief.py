"""How often the codes of the poor-relief logic are voiced, and with which stance, group by group."""

from collections.abc import Sequence

import pandas as pd

from analysis.actors import GROUPS
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.perturbation import cases, count, share_of_cases
from report_engine.methods.stances import code_counts, stance_shares


def frequencies(coded: pd.DataFrame, codes: Sequence[str], smallest: int) -> pd.DataFrame:
    """Compute how large a share of each group's coded segments each poor-relief code makes up.

    ``coded`` is ``coded_segments``. Returns one row a group (of ``GROUPS``) and code, codes by falling frequency: ``side``, ``code``, ``n``
    (segments with the code), ``spoken`` (the group's segments of all codes), ``share`` (n of spoken), ``suppressed``. Cells of fewer than
    ``smallest`` segments are blank.
    """
    spoken = {side: cases(own) for side, own in coded.groupby("side")}
    cells = pd.MultiIndex.from_product([[g for g in GROUPS if g in spoken], list(codes)], names=["side", "code"])
    frame = code_counts(coded, cells, "side")
    order = frame.groupby("code")["n"].sum().reindex(list(codes)).sort_values(ascending=False, kind="stable")
    frame = frame.set_index(["side", "code"]).reindex(order.index, level="code").reset_index()
    frame["spoken"] = frame["side"].map(spoken).astype("Int64")
    frame["share"] = share_of_cases(frame["n"], frame["spoken"], coded)
    return suppress(frame, "n", ["share"], smallest=smallest)


def stances(coded: pd.DataFrame, codes: Sequence[str], smallest: int) -> pd.DataFrame:
    """Share out each group's poor-relief segments with a stance: ``side``, ``critical``, ``neutral``, ``supportive``, ``mean``, ``n``, ``suppressed``."""
    shares = stance_shares(coded[coded["code"].isin(list(codes))], "side")
    shares = shares.set_index("side").reindex([g for g in GROUPS if g in set(shares["side"])]).reset_index()
    return suppress(shares, "n", ["critical", "neutral", "supportive", "mean"], smallest=smallest)


def totals(coded: pd.DataFrame, codes: Sequence[str], smallest: int, *, resamples: int, seed: int) -> pd.DataFrame:
    """Estimate which share of each group's coded segments carries a poor-relief code, over interviews.

    Returns one row a group: ``side``, ``n`` (segments with such a code), ``spoken`` (the group's segments), ``estimate``, ``low``, ``high``
    (0–1) and ``suppressed``.
    """
    marked = coded.assign(relief=coded["code"].isin(list(codes)))
    rows = []
    for side in (group for group in GROUPS if (marked["side"] == group).any()):
        own = marked[marked["side"] == side]
        found = clustered_mean(own, "relief", "interview_id", resamples=resamples, seed=seed)
        rows.append((side, count(own, own["relief"]), cases(own), found.estimate, found.low, found.high))
    frame = pd.DataFrame(rows, columns=["side", "n", "spoken", "estimate", "low", "high"])
    frame = frame.astype({"n": "Int64", "spoken": "Int64"})
    return suppress(frame, "n", ["estimate", "low", "high"], smallest=smallest)


def together(frequencies: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """Put code frequencies and stances into the one frame behind the figure, told apart by ``part``."""
    return pd.concat([frequencies.assign(part="codes"), stances.assign(part="stance")], ignore_index=True)[
        ["part", "side", "code", "n", "spoken", "share", "critical", "neutral", "supportive", "mean", "suppressed"]
    ]
