"""What interview segments say: who speaks of what, and for or against it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from report_engine.methods import perturbation

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
    ValueError on any other stance. Of protected segments (``perturbation``) all have noise, and are missing in a group where
    the critical or the supportive are too few.
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
    shares = shares.assign(n=groups.size().astype("int64")).reset_index()
    return _protected(shares, taken, keys) if perturbation.protected(segments) else shares


def stance_means(segments: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Average the stance (−1 to 1) of the segments that take one: ``by``, ``mean``, ``n``, as ``stance_shares`` does.

    Of protected segments a mean is missing only where those that don't take the commonest stance are too few.
    """
    keys = _names(by)
    if not perturbation.protected(segments):
        return stance_shares(segments, by)[[*keys, "mean", "n"]]
    rows = []
    for values, part in segments[segments["stance"].notna()].groupby(keys, observed=True, sort=True):
        found = perturbation.spread(perturbation.group(part), part["stance"].to_numpy(dtype="float64"), float("nan"))
        rows.append((*values, *((found.mean, found.cases) if found else (np.nan, None))))
    return pd.DataFrame(rows, columns=[*keys, "mean", "n"]).astype({"n": "Int64"})


def _protected(shares: pd.DataFrame, taken: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    levels = np.array(list(STANCES.values()))
    rows = []
    for _, part in taken.groupby(keys, observed=True, sort=True):
        values, group = part["stance"].to_numpy(dtype="float64"), perturbation.group(part)
        tails = group.tails(values, levels)
        found = np.round(tails - np.append(tails[1:], 0.0), 3)
        seen = [min((values == level).sum(), share * len(values)) for level, share in zip(levels, found, strict=True)]
        # what is between the ends has the noise of both, twice as much as a cell needs: it may be small
        few = min(seen[0], seen[2]) < group.smallest or group.cases is None
        rows.append([np.nan] * 4 + [None] if few else [*found, round(found[2] - found[0], 3), group.cases])
    shown = pd.DataFrame(rows, columns=[*STANCES, "mean", "n"]).astype({"n": "Int64"})
    return pd.concat([shares[keys], shown], axis=1)


def code_counts(segments: pd.DataFrame, cells: pd.MultiIndex, within: str) -> pd.DataFrame:
    """Count the segments in each of some cells.

    ``segments`` has the columns that ``cells`` is named by (e.g. ``speaker_actor``, ``code``), of which ``within`` is one; pass one coder's
    rows only (``primary``), and all of them. Returns a row a cell, in their order: its columns and ``n`` (Int64). Of protected segments it has
    the noise of the cell among the segments of its value of ``within``, and is missing where it is too few (``perturbation.count``).
    """
    names = list(cells.names)
    counts = []
    for values in cells:
        part = segments[segments[within] == values[names.index(within)]]
        inside = (part[names] == list(values)).all(axis=1)
        counts.append(perturbation.count(part, inside))
    return cells.to_frame(index=False).assign(n=pd.array(counts, dtype="Int64"))


def _names(by: str | Sequence[str]) -> list[str]:
    return [by] if isinstance(by, str) else list(by)
