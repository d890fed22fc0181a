"""What the generators share: streams of draws, whole numbers that add up, the reference series, CSV text."""

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TypeVar

import numpy as np

from analysis.synthetic import SEED

YEARS = tuple(range(2009, 2025))
ANCHOR = 2017  # the year for which national figures are published
GOLDEN = (5**0.5 - 1) / 2

T = TypeVar("T")

_NORMAL = NormalDist()


class Draws:
    """Random numbers of one stream, made of uniform ones alone."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return one number between low and high."""
        return low + (high - low) * float(self._generator.random())

    def normal(self, sd: float = 1.0) -> float:
        """Return one normal deviate with mean 0."""
        return sd * _NORMAL.inv_cdf(min(max(self.uniform(), 1e-9), 1 - 1e-9))

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.uniform(0, high - low + 1))

    def one(self, items: Sequence[T]) -> T:
        """Return one of the items, each as likely."""
        return items[self.whole(0, len(items) - 1)]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """Return the items in random order."""
        keyed = [(self.uniform(), n, item) for n, item in enumerate(items)]
        return [item for _, _, item in sorted(keyed, key=lambda entry: entry[:2])]


def stream(*names: str | int) -> Draws:
    """Return the stream of a thing by its names: what is drawn for another thing changes nothing in it."""
    digest = hashlib.sha256("/".join(map(str, (SEED, *names))).encode()).digest()
    return Draws(np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big"))))


def evenly(n: int, *names: str | int) -> float:
    """Return the n-th chance of a run through the unit interval in golden steps from a start drawn for the names.

    Even a few of them come close to the shares intended, where independent draws would not.
    """
    return (stream(*names).uniform() + n * GOLDEN) % 1


def chosen(weights: Mapping[str, float], *names: str | int) -> str:
    """Return one of the keys with a chance in proportion to its weight, by a race of exponential times.

    A key more changes the choice only where it wins itself.
    """
    return min(weights, key=lambda key: (-math.log(1 - stream(*names, key).uniform()) / weights[key], key))


def walk(years: Sequence[int], sd: float, *names: str | int, anchor: int = ANCHOR) -> dict[int, float]:
    """Return a random walk by year, both ways from 0 in the anchor year, that returns slowly to 0."""
    path = {anchor: 0.0}
    for year in range(anchor - 1, min(years) - 1, -1):
        path[year] = 0.8 * path[year + 1] + stream(*names, year).normal(sd)
    for year in range(anchor + 1, max(years) + 1):
        path[year] = 0.8 * path[year - 1] + stream(*names, year).normal(sd)
    return path


@dataclass(frozen=True)
class Municipality:
    """One of the studied municipalities, with what official statistics say about it."""

    code: str
    population: Mapping[int, int]  # by year
    net_cost_2024: Mapping[str, int]  # tkr, by area code of the accounts
    exit_level: float  # median published share leaving to work or study


@dataclass(frozen=True)
class Reference:
    """What the generators take from ``data/reference/``."""

    municipalities: tuple[Municipality, ...]
    assistance_per_inhabitant: Mapping[int, int]  # SEK by year, the whole country


def read_reference(folder: Path) -> Reference:
    """Read the official series that the synthetic values are tied to."""
    population: dict[str, dict[int, int]] = {}
    for row in _rows(folder / "population.csv"):
        population.setdefault(row["municipality_code"], {})[int(row["year"])] = int(row["population"])
    cost: dict[str, dict[str, int]] = {code: {} for code in population}
    for row in _rows(folder / "municipal_net_cost.csv"):
        if row["municipality_code"] in cost:
            cost[row["municipality_code"]][row["area_code"]] = int(row["net_cost_tkr"])
    exits: dict[str, list[float]] = {code: [] for code in population}
    for row in _rows(folder / "exits.csv"):
        if row["exit_to_work_or_study_percent"]:
            exits[row["municipality_code"]].append(float(row["exit_to_work_or_study_percent"]) / 100)
    places = tuple(
        Municipality(code, population[code], cost[code], float(np.median(exits[code]))) for code in sorted(population)
    )
    assistance = {int(row["year"]): int(row["sek_per_inhabitant"]) for row in _rows(folder / "social_assistance.csv")}
    return Reference(places, assistance)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whole_parts(total: int, weights: Sequence[float]) -> list[int]:
    """Share a whole number out in proportion to the weights, by largest remainder: the parts add up to it."""
    scale = total / sum(weights)
    exact = [weight * scale for weight in weights]
    parts = [int(value // 1) for value in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV text: comma, LF, empty cells for None."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
