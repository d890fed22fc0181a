"""Publish the numbers of a study into a folder, without drawing or setting them: for tests that publish often."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.synthetic import common
from analysis.synthetic.generate import generate
from report_engine.checks import tidy
from report_engine.contracts import contract
from report_engine.results.outputs import describe
from report_engine.results.tables import to_csv
from report_engine.settings import config
from tests.built import sections

ROOT = Path(__file__).resolve().parents[2]


def draw(folder: Path, seed: int, smallest: int, every: int = 1) -> Path:
    """Write tidy tables of data generated from a seed, of every so many respondents, and settings with a smallest cell."""

    def generated(data: Path) -> None:
        seeded, common.SEED = common.SEED, seed
        try:
            made = generate(data)
        finally:
            common.SEED = seeded
        for name, text in made.items():
            (data / name).write_text(text, "utf-8", newline="")

    study(folder, generated, smallest)
    bent(folder, lambda tables: tables.update(actors=tables["actors"].iloc[::every].reset_index(drop=True)))
    return folder


def study(folder: Path, change: Callable[[Path], None], smallest: int) -> Path:
    """Write tidy tables of the shipped data, changed below the folder ``data``, and settings with a smallest cell and few resamples."""
    for name in ("raw", "reference"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    change(folder / "data")
    settings = (ROOT / config.FILE).read_text("utf-8")
    settings = re.sub(r"(?m)^smallest_cell: \d+", f"smallest_cell: {smallest}", settings)
    settings = re.sub(r"(?m)^  resamples: \d+", "  resamples: 100", settings)
    (folder / config.FILE).write_text(settings, "utf-8")
    contracts = contract.load_all()
    _, tables = tidy.check({name: folder / "data" / its.path for name, its in contracts.items()}, contracts)
    tidy.write(tables, folder / "data" / "tidy")
    return folder


def bent(folder: Path, change: Callable[[dict[str, pd.DataFrame]], object]) -> Path:
    """Change tidy tables in place, and give respondents the weights that go with it."""
    tables = {file.stem: pd.read_parquet(file) for file in sorted((folder / "data" / "tidy").glob("*.parquet"))}
    change(tables)
    tables["actors"] = reweighted(tables["actors"], tables["survey_frame"])
    for name, frame in tables.items():
        frame.to_parquet(path(folder, name))
    return folder


def path(folder: Path, table: str) -> Path:
    """Say where a tidy table lies."""
    return folder / "data" / "tidy" / f"{table}.parquet"


def reweighted(actors: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Give respondents the weights with which they add up to the people in their strata."""
    people = actors["stratum"].map(frame.set_index("stratum")["population"]).astype("float64")
    return actors.assign(weight=people / actors.groupby("stratum")["stratum"].transform("size"))


def publish(folder: Path) -> Path:
    """Write the CSV of every figure and table, and the facts, that the tidy tables and settings in a folder give."""
    facts: dict[str, object] = {}
    claims: dict[str, object] = {}
    for _, section in sections(folder):
        told = describe(section)
        facts |= told["facts"]
        claims |= told["claims"]
        for place, items in (
            (f"figures/en/{section.name}", section.figures),
            (f"data/results/en/tables/{section.name}", section.tables),
        ):
            (folder / place).mkdir(parents=True, exist_ok=True)
            for item in items:
                (folder / place / f"{item.name}.csv").write_text(to_csv(item.data), "utf-8")
    for name, content in (("facts", facts), ("claims", claims)):
        (folder / "data" / "results" / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return folder
