"""What is missing, implausible or inconsistent in the data, without changing any of it."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

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
    for name, table in sorted(tables.items()):
        questions = [column for column in table.columns if f"{column}{WHY}" in table]
        columns = [
            column for column in table.columns if column.removesuffix(WHY) not in questions or column in questions
        ]
        asked = {column: ~_is(table[f"{column}{WHY}"], NOT_ASKED) for column in questions}
        gaps = {column: int((table[column].isna() & asked.get(column, True)).sum()) for column in columns}
        cells = sum(int(asked[column].sum()) if column in asked else len(table) for column in columns)
        missing = sum(gaps.values())
        where = tuple(column for column in sorted(columns, key=lambda c: (-gaps[c], c)) if gaps[column])
        share = missing / cells if cells else float("nan")
        rows.append((name, len(table), len(columns), cells, missing, share, where))
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
        part = actors[columns].assign(item=why.removesuffix(WHY), reason=reason, respondent=actors["respondent_id"])
        parts.append(part[reason != NOT_ASKED])
    put = pd.concat(parts, ignore_index=True)
    kinds = (ANSWERED, *REASONS)
    groups = put.assign(**{kind: (put["reason"] == kind).astype("float64") for kind in kinds}).groupby(list(by))
    shares = groups[list(kinds)].mean()
    return shares.assign(asked=groups.size(), n=groups["respondent"].nunique()).reset_index()


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
    return pd.DataFrame(rows, columns=["what", "group", "alpha", "low", "high", "n"])


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
