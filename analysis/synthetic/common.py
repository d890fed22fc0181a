"""What the generators share: seeds, draws, whole numbers that add up, the reference series, CSV text."""

import csv
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TypeVar

import numpy as np

from analysis.synthetic import SEED

YEARS = tuple(range(2009, 2025))
ANCHOR = 2017  # the year for which national figures are published

_NATIONAL_PAID_TKR, _NATIONAL_SEK_PER_INHABITANT = 10_732_616, 1_067  # social assistance 2017, Socialstyrelsen
NATIONAL_POPULATION = _NATIONAL_PAID_TKR * 1_000 / _NATIONAL_SEK_PER_INHABITANT

T = TypeVar("T")

_NORMAL = NormalDist()


class Draws:
    """Random numbers of one dataset: reproducible on every platform and NumPy version."""

    def __init__(self, dataset: str) -> None:
        self._generator = np.random.default_rng([SEED, zlib.crc32(dataset.encode())])

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

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys with a chance in proportion to its weight."""
        left = self.uniform(0, sum(weights.values()))
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return item

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """Return the items in random order."""
        keyed = [(self.uniform(), n, item) for n, item in enumerate(items)]
        return [item for _, _, item in sorted(keyed, key=lambda entry: entry[:2])]

    def walk(self, years: Sequence[int], sd: float, *, anchor: int) -> dict[int, float]:
        """Return a random walk over the years that is 0 in the anchor year and returns slowly to 0."""
        steps = {year: self.normal(sd) for year in years}
        level, path = 0.0, {}
        for year in years:
            level = 0.8 * level + steps[year]
            path[year] = level
        return {year: value - path[anchor] for year, value in path.items()}


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

    @property
    def share(self) -> float:
        """The municipalities' share of the country's population in the anchor year."""
        return sum(place.population[ANCHOR] for place in self.municipalities) / NATIONAL_POPULATION


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
