"""What interview segments say: who speaks of what, and for or against it."""

from collections.abc import Sequence

import pandas as pd

STANCES = {"critical": -1, "neutral": 0, "supportive": 1}


def primary(segments: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """Keep the segments of each interview's primary coder, so that no passage counts twice.

    ``segments`` has ``interview_id`` and ``coder``; ``interviews`` has ``interview_id`` and ``primary_coder``, one
    row an interview. Returns the same columns with a new index. Raises ValueError naming a segment's interview that
    is not in ``interviews``.
    """
    coders = interviews.set_index("interview_id")["primary_coder"]
    if coders.index.has_duplicates:
        raise ValueError(f"interview {coders.index[coders.index.duplicated()][0]} has more than one row")
    expected = segments["interview_id"].map(coders)
    unknown = sorted(set(segments["interview_id"]) - set(coders.index))
    if unknown:
        names = ", ".join(map(str, unknown[:5]))
        raise ValueError(f"segments name interviews that the interview list lacks: {names}")
    return segments[(segments["coder"] == expected).fillna(False)].reset_index(drop=True)


def stance_shares(segments: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Share out the segments that take a stance between critical, neutral and supportive.

    ``segments`` has ``stance`` (−1, 0, 1 or missing) and the columns ``by``; pass one coder's rows only
    (``primary``). Returns one row a group, sorted: ``by``, ``critical``, ``neutral``, ``supportive`` (float64 shares
    0–1), ``mean`` (−1 to 1), ``n`` (int64, segments with a stance). Groups without a stance are left out. Raises
    ValueError on any other stance.
    """
    keys = _names(by)
    taken = segments[segments["stance"].notna()]
    stance = taken["stance"].astype("int64")
    if not stance.isin(list(STANCES.values())).all():
        raise ValueError(f"stance must be -1, 0 or 1, not {stance[~stance.isin(list(STANCES.values()))].iloc[0]}")
    marks = {name: (stance == value).astype("float64") for name, value in STANCES.items()}
    marks = taken[keys].assign(**marks, mean=stance.astype("float64"))
    groups = marks.groupby(keys, observed=True, sort=True)
    shares = groups[[*STANCES, "mean"]].mean()
    return shares.assign(n=groups.size().astype("int64")).reset_index()


def code_counts(segments: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Count segments by group.

    ``segments`` has the columns ``by`` (e.g. ``code``, ``speaker_actor``); pass one coder's rows only (``primary``).
    Returns one row a group that occurs, sorted: ``by``, ``n`` (int64, segments).
    """
    keys = _names(by)
    return segments.groupby(keys, observed=True, sort=True).size().astype("int64").rename("n").reset_index()


def _names(by: str | Sequence[str]) -> list[str]:
    return [by] if isinstance(by, str) else list(by)
