"""What sections make of survey items: shares agreeing that are safe to publish, compared and laid out."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import pandas as pd

from analysis.facts import written_share
from analysis.shared_texts import say
from report_engine.methods.disclosure import PRIMARY, suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import AGREE, difference, likert_shares, weighted_share
from report_engine.model.section import Unavailable
from report_engine.words.editions import Text

SURVEY = ("actors",)
"""The tidy table that every survey result comes from."""

NO_ESTIMATE = Estimate(float("nan"), float("nan"), float("nan"), float("nan"), 0)
"""What an estimate without any case is."""

Row = Mapping[str, Any]
"""One group's share: ``estimate``, ``low``, ``high`` (0–1) and ``n``; missing where suppressed or not answered."""

DISAGREE = tuple(6 - answer for answer in AGREE)
"""The answers on the other side of the scale from those that agree."""


def latest_wave(actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the last wave of the survey: the waves are samples of their own, and most results are about the last."""
    return actors[actors["wave"] == actors["wave"].max()].reset_index(drop=True)


def survey_source(actors: pd.DataFrame) -> Text:
    """Name the survey with the waves that these rows come from."""
    waves = sorted({int(wave) for wave in actors["wave"]})
    return say("sources.survey", waves=[str(wave) for wave in waves])


def agreeing_note(actors: pd.DataFrame) -> Text:
    """Say how the shares agreeing in a table were made of these respondents."""
    return say("survey.agreeing_note" if (actors["weight"] != 1).any() else "survey.agreeing_note_unweighted")


def item_shares(
    actors: pd.DataFrame, items: Sequence[str], by: Sequence[str], smallest: int, agree: Sequence[int] = AGREE
) -> pd.DataFrame:
    """Estimate the share agreeing with each item in each group, with small groups suppressed.

    ``actors`` is the whole tidy survey (groups are domains of its design) with the columns ``by``. Returns one row an
    item and group, items in the order given: ``item``, ``by``, ``estimate``, ``low``, ``high`` (0–1, NaN where
    suppressed), ``n`` (Int64), ``suppressed`` (str). Groups that were not asked are left out. Raises Unavailable where
    nobody of these groups answered any of the items.
    """
    asked = [item for item in items if actors[item].notna().any()]
    if not asked:
        unanswered()
    parts = [weighted_share(actors, item, agree, by).assign(item=item) for item in asked]
    frame = pd.concat(parts, ignore_index=True)[["item", *by, "estimate", "low", "high", "n"]]
    if frame.empty:
        unanswered()
    return suppress(frame, "n", ["estimate", "low", "high"], smallest=smallest)


def likert_cells(actors: pd.DataFrame, items: Sequence[str], by: Sequence[str], smallest: int) -> pd.DataFrame:
    """Estimate how the answers 1–5 to each item are distributed in each group, without small cells.

    A cell is one answer in one group. Where few chose one of the two answers on a side, the side is published as one
    (``merged``: answer 2 stands for 1–2, answer 4 for 4–5); where that doesn't help, the group's shares are suppressed.
    Returns four or five rows an item and group: ``item``, ``by``, ``answer``, ``merged``, ``share`` (0–1), ``n`` (Int64),
    ``suppressed`` (str). Raises Unavailable where nobody answered any of the items.
    """
    asked = [item for item in items if actors[item].notna().any()]
    if not asked:
        unanswered()
    frame = pd.concat([likert_shares(actors, item, by).assign(item=item) for item in asked], ignore_index=True)
    groups = frame.groupby(["item", *by], sort=False)
    cells = pd.concat([_publishable(group, smallest) for _, group in groups], ignore_index=True)
    return cells[["item", *by, "answer", "merged", "share", "n", "suppressed"]]


def unanswered() -> NoReturn:
    """Raise Unavailable: nobody of those that a part is about answered the survey's questions behind it."""
    raise Unavailable(say("unavailable.unanswered"))


def compared(
    actors: pd.DataFrame,
    item: str,
    by: str,
    first: object,
    second: object,
    *,
    smallest: int,
    share_of: Sequence[int] | None = None,
) -> Estimate:
    """Estimate a ``methods.survey.difference``; all NaN where a group has no answer, or both together few.

    Takes and returns what that does.
    """
    answered = actors.loc[actors[item].notna(), by]
    if any(not (answered == group).fillna(False).any() for group in (first, second)):
        return NO_ESTIMATE
    return enough(difference(actors, item, by, first, second, share_of=share_of), smallest)


def _publishable(group: pd.DataFrame, smallest: int) -> pd.DataFrame:
    cells = group.assign(merged=False)
    for outer, inner in ((1, 2), (5, 4)):
        side = cells["answer"].isin([outer, inner])
        if _few(cells.loc[side, "answer_n"], smallest).any():
            cells.loc[cells["answer"] == inner, ["share", "answer_n"]] = (
                cells.loc[side, ["share", "answer_n"]].sum().to_numpy()
            )
            cells.loc[cells["answer"] == inner, "merged"] = True
            cells = cells[cells["answer"] != outer]
    hidden = bool(_few(cells["answer_n"], smallest).any())
    cells = cells.assign(suppressed=PRIMARY if hidden else "", n=cells["n"].astype("Int64"))
    if hidden:
        cells["share"] = float("nan")
    return cells.assign(n=cells["n"].mask(cells["n"] < smallest))


def _few(counts: pd.Series, smallest: int) -> pd.Series:
    return (counts > 0) & (counts < smallest)


def side_by_side(
    shares: pd.DataFrame, items: Sequence[str], by: str, groups: Sequence[Any]
) -> tuple[pd.DataFrame, dict[object, Text]]:
    """Lay out shares for a table, one row an item, the groups beside each other, each share with its interval and n.

    ``shares`` is from ``item_shares`` (one row an item and value of ``by``). Returns the frame (``item`` and for each group
    ``<group>_estimate``, ``_low``, ``_high``, ``_n`` and the key ``_text``) and the wording of the keys, per edition.
    """
    rows, wording = [], dict[object, Text]()
    for item in items:
        row: dict[str, Any] = {"item": item}
        for group in groups:
            found = cell(shares, **{"item": item, by: group})
            key, words = written_share(found["estimate"], found["low"], found["high"], found["n"])
            wording[key] = words
            row |= {f"{group}_{name}": found[name] for name in ("estimate", "low", "high", "n")}
            row[f"{group}_text"] = key
        rows.append(row)
    data = pd.DataFrame(rows)
    for group in groups:
        data[f"{group}_n"] = data[f"{group}_n"].astype("Int64")
        for name in ("estimate", "low", "high"):
            data[f"{group}_{name}"] = data[f"{group}_{name}"].astype("Float64").astype("float64")
    return data, wording


def cell(frame: pd.DataFrame, **where: object) -> Row:
    """Return the one row of ``frame`` with these values; a row of missing values where nobody answered."""
    found = frame
    for column, value in where.items():
        found = found[found[column] == value]
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows have {where}: name all columns that tell groups apart")
    if found.empty:
        return {**where, "estimate": None, "low": None, "high": None, "n": None}
    return {str(key): value for key, value in found.iloc[0].to_dict().items()}


def as_estimate(row: Mapping[str, Any]) -> Estimate:
    """Read a row of ``methods.survey.weighted_mean`` as an estimate, of no cases where it is hidden."""
    if pd.isna(row["n"]):
        return NO_ESTIMATE
    estimate, se, low, high = (float(row[name]) for name in ("estimate", "se", "low", "high"))
    return Estimate(estimate, se, low, high, int(row["n"]))


def enough(found: Estimate, smallest: int) -> Estimate:
    """Blank an estimate that rests on fewer than ``smallest`` cases: NaN, with no resamples."""
    if found.n >= smallest:
        return found
    return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), found.n)


def known(value: object) -> bool:
    """Say whether a cell holds a value: it is neither missing nor suppressed."""
    return not pd.isna(value)
