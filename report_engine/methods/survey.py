"""Estimates from a stratified sample survey, with their design-based uncertainty.

Respondents with record keys (``perturbation.RECORD``) are protected: what is estimated from them has noise and is rounded, and is
missing, with its number of answers, where it would tell of too few.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from report_engine.methods import perturbation
from report_engine.methods.estimate import Estimate
from report_engine.methods.perturbation import NEVER_ZERO
from report_engine.methods.sampling import (
    Design,
    FrameSizes,
    design,
    effective_size,
    logit_interval,
    newcombe_interval,
    normal_interval,
    ratio,
    standard_error,
    wilson_interval,
)

ANSWERS = (1, 2, 3, 4, 5)
AGREE = (4, 5)
NO_SPREAD = 1e-9
"""A share's standard error below this is rounding, not variation."""


def weighted_mean(
    frame: pd.DataFrame, item: str, by: str | Sequence[str] = (), *, frame_sizes: FrameSizes | None = None
) -> pd.DataFrame:
    """Estimate the population mean of an item in each group, with its 95 % interval.

    ``frame`` has one row a respondent: ``weight`` (> 0), ``stratum``, the numeric ``item`` (missing = no answer) and
    the columns ``by``. Pass the whole sample: groups are domains of the full design, and their uncertainty needs the
    other rows too. ``frame_sizes`` (population by stratum) switches the finite population correction on; without it
    sampling counts as with replacement.

    Returns one row a group, sorted: ``by``, ``estimate``, ``se``, ``low``, ``high`` (float64, the item's unit;
    uncertainty NaN from a single answer), ``n`` (int64, answers). Groups without an answer are left out. Raises
    ValueError on a weight that is missing or not positive, a missing stratum, an item that nobody answered, and frame
    sizes that lack a stratum or are below its respondents.

    Method: ratio estimate with Taylor linearisation; a stratum with a single respondent is centred at the grand mean,
    as with ``survey.lonely.psu="adjust"`` of R's survey; normal interval. Lumley (2010), Complex Surveys, ch. 2.
    """
    sample = design(frame, frame_sizes)
    values = _numbers(frame, item)
    keys, members = _groups(frame, values, item, by)
    rows = []
    for member in members:
        estimate, score = ratio(values, member, sample.weight)
        se = standard_error(score, sample) if member.sum() > 1 else np.nan
        rows.append((estimate, se, *normal_interval(estimate, se), int(member.sum())))
    return _table(keys, _published(frame, values, members, rows))


def weighted_share(
    frame: pd.DataFrame,
    item: str,
    agree: Sequence[int] = AGREE,
    by: str | Sequence[str] = (),
    *,
    frame_sizes: FrameSizes | None = None,
) -> pd.DataFrame:
    """Estimate the share of answers that are among ``agree`` in each group, with its 95 % interval.

    Takes, returns (shares 0–1) and raises what ``weighted_mean`` does. The interval is normal on the logit scale and
    stays within 0–1 (``svyciprop`` of R's survey, with the normal instead of the t distribution). Where the sample
    shows no variation to judge by, as when all or nobody agrees, it is Wilson's (1927) at Kish's (1965) effective
    number of answers, and ``se`` is 0.
    """
    sample = design(frame, frame_sizes)
    values = _agreeing(frame, item, agree)
    keys, members = _groups(frame, values, item, by)
    rows = [_share_row(values, member, sample) for member in members]
    return _table(keys, _published(frame, values, members, rows))


def likert_shares(frame: pd.DataFrame, item: str, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """Estimate how the answers 1–5 to an item are distributed in each group.

    ``frame`` is as for ``weighted_mean``. Returns five rows a group, sorted: ``by``, ``answer`` (int64, 1–5),
    ``share`` (float64, 0–1; a group's add up to 1), ``n`` (int64, all answers in the group), ``answer_n`` (int64,
    respondents who gave this answer). Groups without an answer are left out. Raises what ``weighted_mean`` raises,
    and ValueError on an answer that is not 1–5. Of protected respondents the shares have noise, and ``answer_n`` (float64, above 0)
    says the smaller of how many there are and seem to be: it is to hide shares by, and not to publish.
    """
    sample = design(frame, None)
    values = _numbers(frame, item)
    strange = values[~np.isnan(values) & ~np.isin(values, ANSWERS)]
    if len(strange):
        raise ValueError(f"{item}: answer {strange[0]:g} is not one of {', '.join(map(str, ANSWERS))}")
    keys, members = _groups(frame, values, item, by)
    rows: list[tuple[object, ...]] = []
    for member in members:
        total = sample.weight[member].sum()
        counts = [int((values[member] == answer).sum()) for answer in ANSWERS]
        shares = [sample.weight[member & (values == answer)].sum() / total for answer in ANSWERS]
        n: int | None = int(member.sum())
        if perturbation.protected(frame):
            group = perturbation.group(frame, member, sample.weight)
            tails = group.tails(values[member], np.array(ANSWERS))
            shares = np.round(tails - np.append(tails[1:], 0.0), 3).tolist()
            counts = [max(min(x, y * len(group.key)), NEVER_ZERO) for x, y in zip(counts, shares, strict=True)]
            n = group.cases
        rows += zip(ANSWERS, shares, [n] * len(ANSWERS), counts, strict=True)
    repeated = keys.loc[keys.index.repeat(len(ANSWERS))].reset_index(drop=True)
    return _table(repeated, rows, ("answer", "share", "n", "answer_n"))


def difference(
    frame: pd.DataFrame,
    item: str,
    by: str,
    first: object,
    second: object,
    *,
    share_of: Sequence[int] | None = None,
    frame_sizes: FrameSizes | None = None,
) -> Estimate:
    """Estimate how much higher an item's mean is among ``first`` than among ``second``, with its 95 % interval.

    ``first`` and ``second`` are values of the column ``by``; with ``share_of`` (answers) the difference is between
    the shares that chose one of them. Returns an ``Estimate``: first minus second in the item's unit or as a share, n
    both groups' answers, a mean's uncertainty NaN when a group has a single answer. Method as ``weighted_mean``'s;
    the linearised variance holds the covariance of groups that share strata. Where a group's share shows no variation
    the interval is Newcombe's (1998, method 10) from both shares' own. Raises what ``weighted_mean`` raises, and
    ValueError when a group has no answer.
    """
    sample = design(frame, frame_sizes)
    values = _numbers(frame, item) if share_of is None else _agreeing(frame, item, share_of)
    members = [_member(frame[by], value, values, item) for value in (first, second)]
    n = int(sum(member.sum() for member in members))
    (one, scores), (other, others) = (ratio(values, member, sample.weight) for member in members)
    gap, se = one - other, standard_error(scores - others, sample)
    if perturbation.protected(frame):
        own = [
            standard_error(score, sample) if member.sum() > 1 else np.nan
            for score, member in zip((scores, others), members, strict=True)
        ]
        groups = [perturbation.group(frame, member, sample.weight) for member in members]
        found = [values[member] for member in members]
        return perturbation.difference((groups[0], groups[1]), (found[0], found[1]), (own[0], own[1]), se)
    if share_of is not None and any(standard_error(score, sample) < NO_SPREAD for score in (scores, others)):
        bounds = [_share_row(values, member, sample)[2:4] for member in members]
        return Estimate(gap, se, *newcombe_interval((one, other), bounds), n)
    if min(member.sum() for member in members) < 2:
        se = np.nan
    return Estimate(gap, se, *normal_interval(gap, se), n)


def response_rates(actors: pd.DataFrame, sampling_frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Compare the number of respondents with the number invited, in each group.

    ``actors`` has one row a respondent, ``sampling_frame`` one a stratum with ``invited`` (persons); both have the
    columns ``by`` (of ``wave``, ``stratum``, ``actor``). Returns one row a group of the survey frame, sorted: ``by``,
    ``invited``, ``respondents`` (int64), ``rate`` (float64, 0–1; NaN where nobody was invited). Raises ValueError
    naming respondents' groups that the survey frame lacks.
    """
    names = _names(by)
    invited = sampling_frame.groupby(names, observed=True)["invited"].sum().astype("int64")
    answered = actors.groupby(names, observed=True).size()
    strangers = answered.index.difference(invited.index)
    if len(strangers):
        raise ValueError(f"the survey frame has no {', '.join(names)} {strangers[0]}, to which respondents belong")
    respondents = answered.reindex(invited.index, fill_value=0).astype("int64")
    rate = (respondents / invited.where(invited > 0)).astype("float64")
    if perturbation.protected(actors):
        shown = actors.groupby(names, observed=True)[[*names, perturbation.RECORD, perturbation.SMALLEST]]
        seen = shown.apply(perturbation.cases).reindex(invited.index).astype("Int64")
        smallest = int(actors[perturbation.SMALLEST].iloc[0])
        respondents = seen.where(seen.le(invited - smallest) & (invited - answered.reindex(invited.index)).ge(smallest))
        rate = (respondents / invited).astype("Float64").round(2).astype("float64")
    return pd.DataFrame({"invited": invited, "respondents": respondents, "rate": rate}).reset_index()


def _published(
    frame: pd.DataFrame,
    values: np.ndarray,
    members: Sequence[np.ndarray],
    rows: Sequence[tuple[float, float, float, float, int]],
) -> Sequence[tuple[float, float, float, float, int | None]]:
    """Give the rows as they may be published: as they are, unless respondents are protected."""
    if not perturbation.protected(frame):
        return rows
    weight, shown = frame["weight"].to_numpy(dtype="float64"), []
    for member, (_, se, *_) in zip(members, rows, strict=True):
        found = perturbation.mean(perturbation.group(frame, member, weight), values[member], se)
        shown.append((found.estimate, found.se, found.low, found.high, found.n or None))
    return shown


def _names(by: str | Sequence[str]) -> list[str]:
    return [by] if isinstance(by, str) else list(by)


def _numbers(frame: pd.DataFrame, item: str) -> np.ndarray:
    values: np.ndarray = frame[item].to_numpy(dtype="float64", na_value=np.nan)
    return values


def _agreeing(frame: pd.DataFrame, item: str, agree: Sequence[int]) -> np.ndarray:
    values = _numbers(frame, item)
    return np.where(np.isnan(values), np.nan, np.isin(values, list(agree)).astype("float64"))


def _groups(
    frame: pd.DataFrame, values: np.ndarray, item: str, by: str | Sequence[str]
) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """Give the keys of groups with an answer and a mask of their answers; rows without a key are in no group."""
    answered = ~np.isnan(values)
    if not answered.any():
        raise ValueError(f"{item}: nobody answered")
    names = _names(by)
    if not names:
        return pd.DataFrame(index=[0]), [answered]
    groups = frame.groupby(names, observed=True, sort=True)
    keys = groups.size().index.to_frame(index=False)
    code = groups.ngroup().to_numpy()
    members = [(code == number) & answered for number in range(len(keys))]
    kept = [number for number, member in enumerate(members) if member.any()]
    return keys.iloc[kept].reset_index(drop=True), [members[number] for number in kept]


def _share_row(agreeing: np.ndarray, member: np.ndarray, sample: Design) -> tuple[float, float, float, float, int]:
    share, score = ratio(agreeing, member, sample.weight)
    share = min(max(share, 0.0), 1.0)
    se = standard_error(score, sample)
    if se < NO_SPREAD or share in (0.0, 1.0):
        return share, 0.0, *wilson_interval(share, effective_size(member, sample)), int(member.sum())
    return share, se, *logit_interval(share, se), int(member.sum())


def _member(column: pd.Series, value: object, values: np.ndarray, item: str) -> np.ndarray:
    answered = ~np.isnan(values)
    member: np.ndarray = (column == value).fillna(False).to_numpy(dtype=bool) & answered
    if not member.any():
        known = ", ".join(str(name) for name in sorted(column[answered].dropna().unique())) or "none"
        raise ValueError(f"{item}: nobody answered where {column.name} is {value!r} (others: {known})")
    return member


def _table(
    keys: pd.DataFrame,
    rows: Sequence[tuple[object, ...]],
    columns: Sequence[str] = ("estimate", "se", "low", "high", "n"),
) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns))
    if table["n"].isna().any():
        table["n"] = table["n"].astype("Int64")
    return pd.concat([keys, table], axis=1)
