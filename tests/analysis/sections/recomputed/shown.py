"""What a claim's figure or table must show of it: the rows of what it tests, and in them the number that decides it."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tests.analysis.sections.recomputed.accounts import SETTINGS
from tests.analysis.sections.recomputed.independent import MANAGERS, MUNICIPAL_MANAGERS, STAFF, ranks

Numbers = Mapping[str, Any]
Shown = Callable[[pd.DataFrame, Numbers], bool]
"""Whether a frame shows what the numbers of a verdict are about; KeyError where it lacks a column or a row of it."""

SMALLEST = SETTINGS["smallest_cell"]


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-9)


def rows(frame: pd.DataFrame, **where: object) -> pd.DataFrame:
    """The rows with these values; every one of several values must be there."""
    for column, wanted in where.items():
        values = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
        if not set(values) <= set(frame[column].dropna()):
            raise KeyError(f"{column}: {values}")
        frame = frame[frame[column].isin(values)]
    if frame.empty:
        raise KeyError(str(where))
    return frame


def value(frame: pd.DataFrame, column: str, **where: object) -> float:
    """The value of the one row."""
    (found,) = rows(frame, **where)[column]
    return float(found)


def row(number: str, column: str, **where: object) -> Shown:
    """One row holds the number, and its interval and n where the frame has them beside it."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        beside = {"low": "low", "high": "high", "n": "n"} if column == "estimate" else {}
        if column.endswith("_estimate"):
            beside = {name: f"{column.removesuffix('estimate')}{name}" for name in ("low", "high", "n")}
        pairs = {number: column, **{name: other for name, other in beside.items() if name in numbers}}
        return all(near(value(frame, other, **where), numbers[name]) for name, other in pairs.items())

    return shown


def within(number: str, column: str, **where: object) -> Shown:
    """The number is of several groups together, the frame shows them apart: it lies between the least and the largest."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        found = rows(frame, **where)[column].astype("float64")
        return bool(found.min() <= numbers[number] <= found.max())

    return shown


def agreeing(frame: pd.DataFrame, **where: object) -> float:
    """The share of a bar that agrees."""
    return float(rows(frame, **where, answer=[4, 5])["share"].sum())


def answers(item: str, number: str = "estimate") -> Shown:
    """The item's answers add up to the number."""
    return lambda frame, numbers: (
        near(agreeing(frame, item=item), numbers[number]) and set(rows(frame, item=item)["n"]) == {numbers["n"]}
    )


def of_staff(item: str) -> Shown:
    """The staff's answers to the item lie on either side of the number."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        found = sorted(agreeing(frame, item=item, actor=actor) for actor in STAFF)
        return found[0] <= numbers["estimate"] <= found[1]

    return shown


def balance(frame: pd.DataFrame, numbers: Numbers) -> bool:
    against = rows(frame, item="cheap_labour", answer=[1, 2])["share"].sum()
    return near(agreeing(frame, item="cheap_labour") - against, numbers["balance"])


def growth(column: str, **where: object) -> Shown:
    """The change from the first to the last year of the verdict."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        first, last = (value(frame, column, **where, year=numbers[f"{end}_year"]) for end in ("first", "last"))
        return near(last / first - 1, numbers["growth"])

    return shown


def unemployment(frame: pd.DataFrame, numbers: Numbers) -> bool:
    return all(
        near(value(frame, "value", series="unemployment", year=numbers[f"{end}_year"]), numbers[end])
        for end in ("first", "last", "latest")
    )


def between(frame: pd.DataFrame, numbers: Numbers) -> bool:
    known = frame.dropna(subset=["ratio"])
    means = known.groupby("skr_group_code")["ratio"].transform("mean")
    share = ((means - known["ratio"].mean()) ** 2).sum() / ((known["ratio"] - known["ratio"].mean()) ** 2).sum()
    return near(share, numbers["between"]) and len(known) == numbers["n"]


def presented(frame: pd.DataFrame, numbers: Numbers) -> bool:
    found = rows(frame, indicator=["participants", "net_cost"], basis="presentation")
    return len(found) == numbers["compared"]


def material(frame: pd.DataFrame, numbers: Numbers) -> bool:
    places, actors = frame["municipality"].ne("all").sum(), [name for name in frame if name.endswith("_n")]
    return places * (len(actors) - 1) == numbers["combinations"]  # one column is of all actors


def interviews(frame: pd.DataFrame, numbers: Numbers) -> bool:
    total = value(frame, "interviews", municipality="all")
    return total == numbers["interviews"] and len(frame) - 1 == numbers["municipalities"]


def responses(frame: pd.DataFrame, numbers: Numbers) -> bool:
    rates = frame[["first", "last"]].to_numpy().ravel()
    below = int((rates <= 0.5).sum())
    return near(rates.min(), numbers["lowest"]) and (len(rates), below) == (
        numbers["groups"],
        numbers["not_above_half"],
    )


def counts(column: str, names: Mapping[str, str]) -> Shown:
    """As many studies have the value as the number says, by number: texts of the same authors are of one."""

    def show(frame: pd.DataFrame, numbers: Numbers) -> bool:
        authors = frame["bib_key"].str.replace(r"\d+", "", regex=True)
        return all(authors[frame[column].eq(kind)].nunique() == numbers[name] for name, kind in names.items())

    return show


def descriptive(frame: pd.DataFrame, numbers: Numbers) -> bool:
    found = rows(frame, direction="descriptive")["studies"].sum()
    return (found, frame["studies"].sum()) == (numbers["descriptive"], numbers["studies"])


def named(column: str, number: str, prefix: str = "") -> Shown:
    """The frame shows as many codes as the number says; where each is heard is in the verdict only."""
    return lambda frame, numbers: (
        frame[column].dropna().str.startswith(prefix).all() and frame[column].nunique() == numbers[number]
    )


def practice(name: str) -> Shown:
    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        ends = ((numbers["year"], "yes"), (numbers["first_year"], "yes_first"))
        return all(value(frame, "municipalities_yes", practice=name, year=year) == numbers[end] for year, end in ends)

    return shown


def spread(frame: pd.DataFrame, numbers: Numbers) -> bool:
    unequal = int((frame["variation"] >= numbers["limit"]).sum())
    return near(frame["variation"].max(), numbers["highest"]) and unequal == numbers["unequal"]


def mix(frame: pd.DataFrame, numbers: Numbers) -> bool:
    single = frame[frame["municipality_code"] != "all"]
    ahead = (single["task_work"] > single["education"] + single["subsidised_employment"]).sum()
    return ahead == numbers["leading"] and near(
        value(frame, "task_work", municipality_code="all"), numbers["task_work"]
    )


def few(frame: pd.DataFrame) -> tuple[float, float]:
    """The least and the largest share that these cells make up together, hidden ones having a segment at least."""
    spoken = frame.groupby("who")["spoken"].first().sum()
    shown, hidden = frame["n"].fillna(0).sum(), frame["n"].isna().sum()
    return (shown + hidden) / spoken, (shown + hidden * (SMALLEST - 1)) / spoken


def code_gap(who: str, first: Sequence[str], second: Sequence[str], codes: Sequence[str] | None = None) -> Shown:
    """The share of the codes among the first minus among the second: as far as cells are hidden, within what they can hold."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        known = frame.dropna(subset=["code"]).assign(who=frame[who])
        wanted = list(codes or known["code"].unique())
        (low, high), (less, more) = (few(rows(known, who=list(side), code=wanted)) for side in (first, second))
        return bool(low - more - 1e-9 <= numbers["difference"] <= high - less + 1e-9)

    return shown


def code_share(code: str, codes: Sequence[str]) -> Shown:
    """The code's part of the municipal managers' segments with one of the codes, as far as cells are hidden."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        own = rows(frame, actor=list(MUNICIPAL_MANAGERS), code=list(codes))
        hits = own[own["code"] == code]["n"]
        least, most = hits.fillna(1).sum(), hits.fillna(SMALLEST - 1).sum()
        return bool(least <= round(numbers["estimate"] * numbers["n"]) <= most)

    return shown


def item_gap(*pairs: tuple[Mapping[str, object], Mapping[str, object]]) -> Shown:
    """The number lies between the differences of these pairs of rows."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        found = [value(frame, "estimate", **one) - value(frame, "estimate", **other) for one, other in pairs]
        return min(found) <= numbers["difference"] <= max(found)

    return shown


def discretion(frame: pd.DataFrame, numbers: Numbers) -> bool:
    pairs = {"critical": "none", "supportive": "much", "n": "n"}
    return all(near(value(frame, column, row="discretion_own"), numbers[name]) for column, name in pairs.items())


def stances(frame: pd.DataFrame, numbers: Numbers) -> bool:
    means = []
    for side in (MANAGERS, STAFF):
        found = rows(frame, code="collab_pes", actor=list(side))
        means.append(float((found["mean"] * found["n"]).sum() / found["n"].sum()))
    return near(means[0] - means[1], numbers["difference"])


def caseload(frame: pd.DataFrame, numbers: Numbers) -> bool:
    found = rows(frame, row="social_services").sort_values("wave")["estimate"]
    return near(found.iloc[-1] - found.iloc[0], numbers["difference"])


def correlation(frame: pd.DataFrame, numbers: Numbers) -> bool:
    found = np.corrcoef(ranks(frame["resource_share"]), ranks(frame["exit_share"]))[0, 1]
    return near(found, numbers["spearman"]) and len(frame) == numbers["n"]


def rose(name: str) -> Shown:
    """The means of the first and of the last three years."""

    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        means = rows(frame, indicator=name).sort_values("year")["mean"]
        return near(means.iloc[:3].mean(), numbers["first"]) and near(means.iloc[-3:].mean(), numbers["last"])

    return shown


def conclusion(name: str) -> Shown:
    def shown(frame: pd.DataFrame, numbers: Numbers) -> bool:
        (behind,) = rows(frame, conclusion=name, stream="overall")["claims"]
        return len(behind.split()) == sum(numbers.values())

    return shown
