"""What is missing, implausible or inconsistent in the data, without changing any of it.

Of protected tables (``perturbation``) numbers have noise and are rounded, or are missing where they would tell of too few.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from report_engine.methods import perturbation
from report_engine.methods.perturbation import RECORD, SMALLEST
from report_engine.methods.reliability import krippendorff_alpha

WHY = "_missing"
"""Ending of the column that says why a question has no answer."""

NOT_ASKED, ANSWERED = "not_asked", "answered"
REASONS = ("dont_know", "no_answer")
PASSAGE = ["interview_id", "start", "end"]


def completeness(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the cells without a value in each table.

    ``tables`` maps names to tidy tables; a question that was not put to a respondent is no missing value. Returns one row a
    table, sorted: ``dataset`` (str), ``rows``, ``columns``, ``cells``, ``missing`` (int64), ``share`` (float64, 0–1; NaN
    without cells), ``where`` (the columns that have gaps, most first).
    """
    rows = []
    for name, whole in sorted(tables.items()):
        table = whole.drop(columns=[RECORD, SMALLEST], errors="ignore")
        questions = [column for column in table.columns if f"{column}{WHY}" in table]
        columns = [
            column for column in table.columns if column.removesuffix(WHY) not in questions or column in questions
        ]
        asked = {column: ~_is(table[f"{column}{WHY}"], NOT_ASKED) for column in questions}
        gaps = {column: int((table[column].isna() & asked.get(column, True)).sum()) for column in columns}
        cells = sum(int(asked[column].sum()) if column in asked else len(table) for column in columns)
        missing: int | None = sum(gaps.values())
        if perturbation.protected(whole):
            empty = pd.DataFrame({column: table[column].isna() & asked.get(column, True) for column in columns})
            gaps = {column: perturbation.count(whole, empty[column]) or 0 for column in columns}
            group = perturbation.group(whole)
            missing = perturbation.published_cases(missing or 0, group.key[empty.any(axis=1)], group.smallest)
        where = tuple(column for column in sorted(columns, key=lambda c: (-gaps[c], c)) if gaps[column])
        share = missing / cells if cells and missing is not None else float("nan")
        rows.append((name, perturbation.cases(whole), len(columns), cells, missing, round(share, 3), where))
    return pd.DataFrame(rows, columns=["dataset", "rows", "columns", "cells", "missing", "share", "where"])


def item_nonresponse(actors: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Share out the questions put to respondents between answers, "don't know" and no answer, in each group.

    ``actors`` is the tidy survey, in which ``<item>_missing`` says why an item has no answer; ``by`` are columns of it, or
    ``item``. Returns one row a group, sorted: ``by``, ``answered``, ``dont_know``, ``no_answer`` (float64, shares 0–1 of the
    questions put), ``asked`` (int64, questions put), ``n`` (int64, respondents asked).
    """
    columns = [column for column in by if column != "item"]
    parts = []
    for why in (column for column in actors.columns if column.endswith(WHY)):
        reason = actors[why].where(actors[why].notna(), ANSWERED)
        item = why.removesuffix(WHY)
        part = actors[columns].assign(item=item, reason=reason, respondent=actors["respondent_id"])
        if perturbation.protected(actors):
            part = part.assign(**{RECORD: actors[RECORD] * _odd(item), SMALLEST: actors[SMALLEST]})
        parts.append(part[reason != NOT_ASKED])
    put = pd.concat(parts, ignore_index=True)
    kinds = (ANSWERED, *REASONS)
    if perturbation.protected(put):
        return _protected_nonresponse(put, list(by))
    groups = put.assign(**{kind: (put["reason"] == kind).astype("float64") for kind in kinds}).groupby(list(by))
    shares = groups[list(kinds)].mean()
    return shares.assign(asked=groups.size(), n=groups["respondent"].nunique()).reset_index()


def _odd(item: str) -> np.uint64:
    """Give an odd number by an item's name: a respondent's answer to it is a record of its own."""
    return np.uint64(int.from_bytes(hashlib.blake2b(item.encode(), digest_size=8).digest(), "big") | 1)


def _protected_nonresponse(put: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    rows, levels = [], np.arange(3.0)
    for values, part in put.groupby(by):
        group, found = (
            perturbation.group(part),
            part["reason"].map([ANSWERED, *REASONS].index).to_numpy(dtype="float64"),
        )
        tails = group.tails(found, levels)
        shares = np.round(tails - np.append(tails[1:], 0.0), 3)
        seen = [min((found == level).sum(), share * len(found)) for level, share in zip(levels, shares, strict=True)]
        few = [min(seen[0], seen[1] + seen[2]) < group.smallest, *[min(seen[1:]) < group.smallest] * 2]
        respondents = part.drop_duplicates("respondent")
        shown = np.where(few, np.nan, shares)
        rows.append((*values, *shown, group.cases, perturbation.cases(respondents)))
    frame = pd.DataFrame(rows, columns=[*by, ANSWERED, *REASONS, "asked", "n"])
    return frame.astype({"asked": "Int64", "n": "Int64"})


def double_coded(segments: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """Keep the codings of passages that both the primary and the second coder coded.

    ``segments`` has ``interview_id``, ``start``, ``end``, ``coder``, ``code`` and ``stance``; ``interviews`` has ``interview_id``,
    ``primary_coder`` and ``second_coder`` (missing where there was none). Returns the same columns, plus ``unit`` (int64, one
    number a passage), sorted by passage, coder and code.
    """
    coders = interviews.melt("interview_id", ["primary_coder", "second_coder"], value_name="coder")[
        ["interview_id", "coder"]
    ]
    twice = interviews.loc[interviews["second_coder"].notna(), "interview_id"]
    rows = segments[segments["interview_id"].isin(twice)].merge(coders.dropna(), on=["interview_id", "coder"])
    both = rows[rows.groupby(PASSAGE)["coder"].transform("nunique") == 2].sort_values([*PASSAGE, "coder", "code"])
    return both.assign(unit=both.groupby(PASSAGE).ngroup()).reset_index(drop=True)


def coder_agreement(coded: pd.DataFrame, codebook: pd.DataFrame, *, resamples: int, seed: int) -> pd.DataFrame:
    """Compute Krippendorff's alpha for the codes, for the use of each top-level code group, and for the stance.

    ``coded`` is what ``double_coded`` returns; ``codebook`` has ``code`` and ``parent`` (missing at the top). Returns ``what`` ("codes":
    which code a passage got, nominal; "group": whether it got one of the group's, nominal; "stance": the stance towards a code that both
    coders gave, ordinal), ``group`` (its code, else missing), ``alpha``, ``low``, ``high`` (float64; NaN where nothing ever
    differs), ``n`` (int64, passages; for "group" those in which at least one coder used it). Groups nobody used are left out.
    """
    alpha_of = partial(krippendorff_alpha, resamples=resamples, seed=seed)
    top = _top(codebook)
    used = coded.assign(group=coded["code"].map(top))
    every = coded[["unit", "coder"]].drop_duplicates()
    codes = coded.groupby(["unit", "coder"])["code"].agg(lambda found: " ".join(sorted(set(found)))).rename("value")
    alpha = alpha_of(codes.reset_index())
    rows = [("codes", None, alpha.value, alpha.low, alpha.high, alpha.n_units)]
    for group in sorted(used["group"].dropna().unique()):
        there = used.loc[used["group"] == group, ["unit", "coder"]].drop_duplicates()
        marked = every.merge(there.assign(value=1), how="left", on=["unit", "coder"]).fillna({"value": 0})
        alpha = alpha_of(marked)
        rows.append(("group", group, alpha.value, alpha.low, alpha.high, there["unit"].nunique()))
    stances = coded.assign(
        unit=coded["unit"].astype(str) + " " + coded["code"], value=coded["stance"].astype("float64")
    )
    stances = stances.groupby(["unit", "coder"], as_index=False)["value"].mean()
    alpha = alpha_of(stances, "ordinal")
    rows.append(("stance", None, alpha.value, alpha.low, alpha.high, alpha.n_units))
    found = pd.DataFrame(rows, columns=["what", "group", "alpha", "low", "high", "n"])
    if not perturbation.protected(coded):
        return found
    key, smallest = coded[RECORD].to_numpy(), int(coded[SMALLEST].iloc[0])
    cases = [
        perturbation.published_cases(row.n, key[(used["group"] == row.group) | (row.what != "group")], smallest)
        for row in found.itertuples()
    ]
    return found.round({"alpha": 2, "low": 2, "high": 2}).assign(n=pd.array(cases, dtype="Int64"))


def flagged_values(series: pd.DataFrame, value: str, *, jump: float) -> pd.DataFrame:
    """List the values of a percentage series that are missing, exactly 100, or far from the municipality's previous one.

    ``series`` has ``municipality_code``, ``year`` and ``value`` (percent); far is more than ``jump`` percentage points, and the previous value is
    the latest published earlier. Returns the flagged rows, sorted: ``municipality_code``, ``year``, ``value``, ``previous``, ``change``
    (float64) and ``reason`` ("missing", "hundred" or "jump").
    """
    ordered = series.sort_values(["municipality_code", "year"]).reset_index(drop=True)
    values = ordered[value].astype("float64")
    previous = values.groupby(ordered["municipality_code"]).transform(lambda own: own.ffill().shift())
    change = values - previous
    reason = pd.Series(pd.NA, index=ordered.index, dtype="str")
    reason = reason.mask(change.abs() > jump, "jump").mask(values == 100, "hundred").mask(values.isna(), "missing")
    found = ordered[["municipality_code", "year"]].assign(value=values, previous=previous, change=change, reason=reason)
    return found[reason.notna()].reset_index(drop=True)


def _is(column: pd.Series, word: str) -> pd.Series:
    return (column == word).fillna(False).astype(bool)


def _top(codebook: pd.DataFrame) -> dict[str, str]:
    """Map each code to the top-level code it hangs under (itself at the top); a circle ends where it began."""
    parents = codebook.loc[codebook["parent"].notna()].set_index("code")["parent"].to_dict()
    top = {}
    for code in codebook["code"]:
        at, seen = code, {code}
        while at in parents and parents[at] not in seen:
            at = parents[at]
            seen.add(at)
        top[code] = at
    return top
