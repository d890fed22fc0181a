"""Worlds in which the shipped data are turned round, each in another way, and the sections that are built of them."""

import dataclasses
import functools
from collections.abc import Callable, Mapping

import pandas as pd

from analysis.actors import MANAGERS, STAFF
from report_engine.model.section import Claim, Fact, Section
from report_engine.results.inputs import Inputs
from tests.analysis.sections.bending import Tables, backwards
from tests.analysis.sections.conftest import Shipped, built_with
from tests.analysis.sections.recomputed.independent import Tidy


def items(actors: pd.DataFrame) -> list[str]:
    return [column for column in actors.columns if f"{column}_missing" in actors.columns]


def levels(tables: Tables) -> None:
    """Who agreed disagrees, who was critical is supportive."""
    if "actors" in tables:
        tables["actors"][items(tables["actors"])] = 6 - tables["actors"][items(tables["actors"])]
    if "segments" in tables:
        tables["segments"]["stance"] = -tables["segments"]["stance"]


def gaps(tables: Tables) -> None:
    """Managers answer as their staff did, and staff as their managers."""
    pairs = {"social_services_manager": "social_worker", "labour_unit_manager": "labour_unit_staff"}
    both = pairs | {other: one for one, other in pairs.items()}
    for name, column in (("actors", "actor"), ("segments", "speaker_actor"), ("survey_frame", "actor")):
        if name in tables:
            tables[name][column] = tables[name][column].replace(both)
    if "interviews" in tables:
        tables["interviews"]["group"] = tables["interviews"]["group"].replace(
            {"managers": "staff", "staff": "managers"}
        )


def trends(tables: Tables) -> None:
    """Series run from their last year to their first, and the last wave answers as the first did."""
    for name, columns in (
        ("labour_units", None),
        ("municipal_accounts", ["net_cost_tkr"]),
        ("exits", ["exit_to_work_or_study_percent"]),
    ):
        if name in tables:
            keys = {"municipality_code", "year", "origin", "area_code"}
            backwards(tables, name, columns or [column for column in tables[name] if column not in keys])
    if "unemployment" in tables:
        frame = tables["unemployment"].sort_values("year")
        frame["unemployment_percent"] = frame["unemployment_percent"].to_numpy()[::-1]
        tables["unemployment"] = frame.reset_index(drop=True)
    if "actors" in tables:
        actors, (first, last) = tables["actors"], sorted(tables["actors"]["wave"].unique())
        for item in items(actors):
            for wave, shift in ((first, 1), (last, -1)):
                rows = (actors["wave"] == wave) & actors["actor"].isin([*MANAGERS, *STAFF])
                actors.loc[rows, item] = (actors.loc[rows, item] + shift).clip(1, 5)


def dispersion(tables: Tables) -> None:
    """Every municipality's unit does what the first one's does."""
    if "labour_units" not in tables:
        return
    units = tables["labour_units"].sort_values(["year", "municipality_code"])
    own = [column for column in units if column not in {"municipality_code", "year", "origin"}]
    units[own] = units.groupby("year")[own].transform("first")
    tables["labour_units"] = units.reset_index(drop=True)


def reliability(tables: Tables) -> None:
    """The second coder's codes and stances are anybody's."""
    if "segments" not in tables:
        return
    segments = tables["segments"]
    second = segments.duplicated(["interview_id", "start", "end"])
    for column in ("code", "stance"):
        segments.loc[second, column] = segments.loc[second, column].sample(frac=1, random_state=1).to_numpy()


def silent(tables: Tables) -> None:
    """No participant answered, and none was heard."""
    for name, column in (("actors", "actor"), ("segments", "speaker_actor")):
        if name in tables:
            tables[name] = tables[name][tables[name][column] != "participant"].reset_index(drop=True)


def missing(tables: Tables) -> None:
    """There are no interviews."""
    for name in ("segments", "interviews", "codebook"):
        if name in tables:
            tables[name] = tables[name].head(0)


def equal(tables: Tables) -> None:
    """Everybody answers the same, everywhere, every year."""
    dispersion(tables)
    if "actors" in tables:
        actors = tables["actors"]
        actors[items(actors)] = actors[items(actors)].mask(actors[items(actors)].notna(), 3)
    if "segments" in tables:
        segments = tables["segments"]
        segments["stance"] = segments["stance"].mask(segments["stance"].notna(), 0)
    if "unemployment" in tables:
        tables["unemployment"]["unemployment_percent"] = 7.0
    if "municipal_accounts" in tables:
        tables["municipal_accounts"]["net_cost_tkr"] = 50_000


TIED = (dispersion, equal)
DIRECTIONS = (levels, gaps, trends, dispersion, reliability, silent, missing, equal)


@dataclasses.dataclass(frozen=True)
class World:
    sections: Mapping[str, Section]
    tidy: Tidy
    direction: Callable[[Tables], None]

    @property
    def tied(self) -> bool:
        """Whether several come first."""
        return self.direction in TIED

    @functools.cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.id: fact for section in self.sections.values() for fact in section.facts}

    @functools.cached_property
    def claims(self) -> dict[str, Claim]:
        return {claim.id: claim for section in self.sections.values() for claim in section.claims}


def turned(shipped: Shipped, direction: Callable[[Tables], None]) -> World:
    def change(inputs: Inputs) -> Inputs:
        frames = {name: inputs.tables[name].copy() for name in inputs.tables if name not in inputs.empty}
        direction(frames)
        few = inputs.settings.bootstrap.model_copy(update={"resamples": 100})
        gone = {name for name, frame in frames.items() if frame.empty}
        tables = type(inputs.tables)({**{name: frames[name] for name in frames}}, TITLES)
        settings = inputs.settings.model_copy(update={"bootstrap": few})
        return dataclasses.replace(inputs, tables=tables, settings=settings, empty=frozenset({*inputs.empty, *gone}))

    folder = shipped.root / "data" / "tidy"
    frames = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    direction(frames)
    return World(built_with(shipped, change), Tidy(folder, frames), direction)


class _Titles(dict):
    def __missing__(self, name: str) -> dict[str, str]:
        return {"sv": name, "en": name}


TITLES = _Titles()
