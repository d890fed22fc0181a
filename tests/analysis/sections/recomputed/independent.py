"""Estimates in plain pandas and numpy, to read back what the sections compute: nothing here comes from ``analysis``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

Z = 1.959963984540054
PES = ("pes_manager",)
MUNICIPAL_MANAGERS = ("social_services_manager", "labour_unit_manager")
MANAGERS = (*PES, *MUNICIPAL_MANAGERS)
STAFF = ("social_worker", "labour_unit_staff")
PARTICIPANTS = ("participant",)
ACTORS = (*MANAGERS, *STAFF, *PARTICIPANTS)
FIRST, LAST = "min", "max"  # of the waves


@dataclass(frozen=True)
class Found:
    """A recomputed value; ``low``, ``high`` and ``n`` where they are recomputed too, ``near`` how far the interval may lie off.

    ``near`` is a share of the interval's width: 0 where the interval is a formula, more where it is resampled.
    """

    value: float | int | str
    low: float | None = None
    high: float | None = None
    n: int | None = None
    near: float = 0.0


@dataclass(frozen=True)
class Tidy:
    """The tidy tables of a folder, as pandas reads them."""

    folder: Path
    read: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.read:
            self.read[name] = pd.read_parquet(self.folder / f"{name}.parquet")
        return self.read[name]

    @cached_property
    def coded(self) -> pd.DataFrame:
        """The segments as each interview's primary coder has them, with the interview's place and group."""
        both = self["segments"].merge(self["interviews"], on="interview_id")
        return both[both["coder"] == both["primary_coder"]]

    def column(self, name: str, value: str, **where: object) -> pd.Series:
        """One column of a table by municipality, of the rows where the other columns are as said."""
        frame = self[name]
        for column, wanted in where.items():
            frame = frame[frame[column] == wanted]
        return frame.set_index("municipality_code")[value].astype("float64")


Recomputed = Callable[[Tidy], Found]


def asked(
    tidy: Tidy, actors: Sequence[str], wave: str = LAST, ages: Sequence[str] | None = None
) -> tuple[pd.DataFrame, pd.Series]:
    """The whole survey and a mask of the respondents meant."""
    survey = tidy["actors"]
    mask = survey["actor"].isin(actors) & (survey["wave"] == survey["wave"].agg(wave))
    return survey, mask if ages is None else mask & survey["age_group"].isin(ages)


def agreeing(survey: pd.DataFrame, item: str, answers: Sequence[int]) -> pd.Series:
    """1 and 0 where the item is answered, else missing."""
    return survey[item].isin(answers).astype("float64").where(survey[item].notna())


def scores(survey: pd.DataFrame, values: pd.Series, mask: pd.Series) -> tuple[float, pd.Series, int]:
    """A weighted mean over the mask, each respondent's part in its error, and how many answered."""
    weight = survey["weight"].where(values.notna() & mask, 0.0)
    mean = float((weight * values.fillna(0)).sum() / weight.sum())
    return mean, weight * (values.fillna(0) - mean) / weight.sum(), int((weight > 0).sum())


def error(survey: pd.DataFrame, score: pd.Series) -> float:
    """The linearised standard error over a stratified sample drawn with replacement."""
    variance = 0.0
    for _, part in score.groupby(survey["stratum"]):
        variance += len(part) * float(part.var(ddof=1))
    return variance**0.5


def share(
    item: str,
    actors: Sequence[str],
    wave: str = LAST,
    answers: Sequence[int] = (4, 5),
    ages: Sequence[str] | None = None,
) -> Recomputed:
    """The weighted share of those asked who gave one of the answers, with a logit interval."""

    def compute(tidy: Tidy) -> Found:
        survey, mask = asked(tidy, actors, wave, ages)
        mean, score, n = scores(survey, agreeing(survey, item, answers), mask)
        return logit(mean, error(survey, score), n)

    return compute


def logit(mean: float, se: float, n: int) -> Found:
    centre, half = np.log(mean / (1 - mean)), Z * se / (mean * (1 - mean))
    return Found(mean, *(float(1 / (1 + np.exp(-end))) for end in (centre - half, centre + half)), n)


def normal(mean: float, se: float, n: int) -> Found:
    return Found(mean, mean - Z * se, mean + Z * se, n)


def change(item: str, actors: Sequence[str]) -> Recomputed:
    """The share agreeing in the last wave minus that in the first; n counts both waves' answers."""
    return gap(item, (actors, LAST), (actors, FIRST))


def gap(item: str, one: tuple[Sequence[str], str], other: tuple[Sequence[str], str]) -> Recomputed:
    """The share agreeing in one group of a wave minus that in another; n counts both groups' answers."""

    def compute(tidy: Tidy) -> Found:
        parts = []
        for group in (one, other):
            survey, mask = asked(tidy, *group)
            parts.append(scores(survey, agreeing(survey, item, (4, 5)), mask))
        (first, score, n), (second, less, m) = parts
        return normal(first - second, error(survey, score - less), n + m)

    return compute


def balance(more: str, less: str, actors: Sequence[str], against: Sequence[int] = (4, 5)) -> Recomputed:
    """The share agreeing with ``more`` minus the share giving ``against`` to ``less``, of those who answered both."""

    def compute(tidy: Tidy) -> Found:
        survey, mask = asked(tidy, actors)
        both = agreeing(survey, more, (4, 5)) - agreeing(survey, less, against)
        mean, score, n = scores(survey, both, mask)
        return normal(mean, error(survey, score), n)

    return compute


def unaware(item: str, actors: Sequence[str]) -> Recomputed:
    """The weighted share of those who were asked that answer that they don't know."""

    def compute(tidy: Tidy) -> Found:
        survey, mask = asked(tidy, actors)
        reason = survey[f"{item}_missing"]
        mean, score, n = scores(survey, (reason == "dont_know").astype("float64").where(reason.ne("not_asked")), mask)
        return logit(mean, error(survey, score), n)

    return compute


def drawn(statistic: Callable[[np.ndarray], np.ndarray], units: int, value: float, n: int) -> Found:
    """A percentile interval: ``statistic`` takes how often each unit is drawn (draws × units). A seed of its own."""
    times = np.random.default_rng(7).multinomial(units, [1 / units] * units, size=4000)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = statistic(times)
    low, high = np.percentile(found[np.isfinite(found)], [2.5, 97.5])
    return Found(value, float(low), float(high), n, near=0.15)


def over_interviews(values: pd.Series, interviews: pd.Series, first: pd.Series, second: pd.Series | None) -> Found:
    """The mean of the values where ``first`` (minus that where ``second``), with an interval over whole interviews."""
    sides = [side for side in (first, second) if side is not None]
    known = values.notna() & np.logical_or.reduce(sides)
    names = sorted(interviews[known].unique())
    table = []
    for side in sides:
        own = values[known & side].astype("float64").groupby(interviews[known & side])
        table.append((own.sum().reindex(names).fillna(0).to_numpy(), own.size().reindex(names).fillna(0).to_numpy()))

    def statistic(times: np.ndarray) -> np.ndarray:
        means = [(times @ sums) / (times @ sizes) for sums, sizes in table]
        return means[0] if len(means) == 1 else means[0] - means[1]

    value = float(statistic(np.ones((1, len(names))))[0])
    return drawn(statistic, len(names), value, int(known.sum()))


def spoken(
    codes: Sequence[str], speakers: Sequence[str], *, than: Sequence[str] | None = None, of: Sequence[str] | None = None
) -> Recomputed:
    """The share of the speakers' segments (those with a code of ``of``, else all) with one of ``codes``; minus ``than``'s share."""

    def compute(tidy: Tidy) -> Found:
        coded = tidy.coded if of is None else tidy.coded[tidy.coded["code"].isin(of)]
        hit, who = coded["code"].isin(codes), coded["speaker_actor"]
        return over_interviews(hit, coded["interview_id"], who.isin(speakers), None if than is None else who.isin(than))

    return compute


def stance(codes: Sequence[str], speakers: Sequence[str] = ACTORS, *, only: int | None = None) -> Recomputed:
    """The speakers' mean stance on the codes; with ``only`` the share of their segments with a stance that has this one."""

    def compute(tidy: Tidy) -> Found:
        said = tidy.coded[tidy.coded["code"].isin(codes) & tidy.coded["stance"].notna()]
        values = said["stance"].astype("float64") if only is None else (said["stance"] == only).astype("float64")
        return over_interviews(values, said["interview_id"], said["speaker_actor"].isin(speakers), None)

    return compute


def without_interval(compute: Recomputed, *, n: bool = True) -> Recomputed:
    """The same without its interval (and its n), for facts that have none."""

    def bare(tidy: Tidy) -> Found:
        found = compute(tidy)
        return Found(found.value, n=found.n if n else None)

    return bare


def places(tidy: Tidy, code: str) -> int:
    """In how many municipalities the interviews hold a segment with the code."""
    return len(set(tidy.coded.loc[tidy.coded["code"] == code, "municipality_code"]))


def ranks(values: pd.Series) -> np.ndarray:
    """Ranks from 1, ties at their middle."""
    array = values.to_numpy(dtype="float64")
    return np.array([((array < value).sum() + (array <= value).sum() + 1) / 2 for value in array])


def spearman(x: pd.Series, y: pd.Series) -> Found:
    """The rank correlation of two columns by municipality, with an interval over municipalities."""
    pairs = pd.concat([x, y], axis=1, keys=["x", "y"]).dropna()
    value = float(np.corrcoef(ranks(pairs["x"]), ranks(pairs["y"]))[0, 1])

    def statistic(times: np.ndarray) -> np.ndarray:
        found = []
        for row in times:
            chosen = pairs.iloc[np.repeat(np.arange(len(pairs)), row)]
            found.append(np.corrcoef(ranks(chosen["x"]), ranks(chosen["y"]))[0, 1])
        return np.array(found)

    return drawn(statistic, len(pairs), value, len(pairs))


def fixed(
    facts: Mapping[str, Callable[[Tidy], float | int | str]], n: Callable[[Tidy], int] | None = None
) -> dict[str, Recomputed]:
    """Values without interval, all with the same n where it is given."""

    def one(value: Callable[[Tidy], float | int | str]) -> Recomputed:
        return lambda tidy: Found(value(tidy), n=None if n is None else n(tidy))

    return {id: one(value) for id, value in facts.items()}
