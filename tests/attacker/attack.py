"""The whole attack: everything in a published folder, linked, bounded and judged by the records that were asked and coded."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.attacker import differences, interviews, nonresponse, pairs, published, survey, survey_facts, verdicts
from tests.attacker.blur import Blur, of_engine
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.judge import Recovered, Target, recovered, targets
from tests.attacker.program import World
from tests.attacker.trying import deduced


@dataclass(frozen=True)
class Told:
    """What a folder publishes, the tidy tables that it is judged by, and how much it may be blurred."""

    sheets: list[published.Sheet]
    facts: dict[str, Any]
    claims: dict[str, Any]
    quality: list[list[dict[str, str]]]
    tables: dict[str, pd.DataFrame]
    smallest: int
    blur: Blur


@dataclass(frozen=True)
class Block:
    """Statements on one world that rest on the same records, with those records and what is to be protected of them."""

    name: str
    world: World
    statements: list[Statement]
    truth: pd.DataFrame
    wanted: list[Target]

    @property
    def untrue(self) -> list[Statement]:
        """The statements that the records contradict: misread, or blurred by more than the engine says."""
        weights = {name: self.truth[name].to_numpy() for name in self.world.weights if name in self.truth}
        return [said for said in self.statements if not said.is_true(self.truth, weights)]


def attack(root: Path, tidy: Path, smallest: int, blur: Blur | None = None) -> list[Recovered]:
    """Give every cell of the tidy tables in ``tidy`` that the folder ``root`` gives away."""
    found = []
    for block in blocks(root, tidy, smallest, blur or of_engine(smallest)):
        found += recovered(block.world, block.statements, block.wanted, block.truth, smallest)
    return found


def blocks(root: Path, tidy: Path, smallest: int, blur: Blur) -> Iterator[Block]:
    """Read a published folder and put what it tells of the same records together."""
    tables = {path.stem: pd.read_parquet(path) for path in sorted(tidy.glob("*.parquet"))}
    told = Told(
        published.sheets(root),
        published.facts(root),
        published.claims(root),
        nonresponse.tables(root),
        tables,
        smallest,
        blur,
    )
    asked = survey.Survey(survey.waves(tables["actors"]) if "actors" in tables else ("", ""), blur, smallest)
    codebook = tables.get("codebook", pd.DataFrame({"code": [], "parent": []}))
    relief = tuple(sorted(codebook.loc[codebook["parent"] == "poor_relief", "code"]))
    heard = interviews.Interviews(relief, blur, smallest)
    answers, spoken = verdicts.read(told.claims, asked, heard)
    tests = verdicts.declared()
    answers += differences.of_answers(told.claims, tests, asked)
    answers += [said for sheet in told.sheets for said in differences.of_table(sheet, asked)]
    spoken += differences.of_speech(told.claims, tests, heard)
    if "actors" in tables and len(tables["actors"]):
        yield from _survey(told, asked, answers)
    if "segments" in tables and len(tables["segments"]):
        yield from _interviews(told, heard, spoken)


def _survey(told: Told, read: survey.Survey, judged: list[Statement]) -> Iterator[Block]:
    said = [s for sheet in told.sheets for s in survey.read(sheet, read)]
    said += [*survey_facts.facts(told.facts, read), *judged]
    truth = survey.records(told.tables["actors"], told.tables["municipalities"])
    persons = truth.drop_duplicates("person")
    general = [s for s in said if not _names(s, "item")]
    wholes = [*general, *nonresponse.of_strata(told.quality, persons, read.blur, "stratum")]
    general += nonresponse.of_strata(told.quality, persons, read.blur, "municipality")
    general.append(count(cell(), len(persons), len(persons), "rows that a release counts"))
    kinds = persons[["municipality", "actor", "wave"]].drop_duplicates()
    grid = pd.DataFrame(list(product(*(sorted(kinds[c].unique()) for c in kinds))), columns=kinds.columns)
    yield Block("respondents", World(grid, {}), general, persons, targets(general) + _places(grid))
    for (item, wave), part in truth.groupby(["item", "wave"], sort=True):
        its = cell(item=str(item), wave=str(wave))
        own = [s for s in said if _names(s, "item") == (item,) and _names(s, "wave") == (wave,)]
        total = [
            s
            for s in wholes
            if _names(s, "wave") == (wave,)
            and 0 < len(set(_names(s, "actor"))) == len(set(_names(s, "actor")) & set(part["actor"]))
        ]
        if own:
            world = answers(part)
            known = own + [s.within(its) for s in total]
            known += deduced(world, known, "stratum")
            yield Block(f"{item} {wave}", world, known, part, targets(own) + _categories(own, part))
    yield from _pairs(told, read, said, truth)
    if silent := list(nonresponse.told(told.quality, read.blur)):
        put = nonresponse.records(truth)
        known = [*silent, *nonresponse.known([*said, *general], put)]
        yield Block("questions left out", nonresponse.world(put), known, put, nonresponse.targets(put))


def _pairs(told: Told, read: survey.Survey, said: list[Statement], truth: pd.DataFrame) -> Iterator[Block]:
    wave = read.waves[1]
    persons = pairs.records(truth, wave)
    own = list(pairs.told(told.facts, told.claims, verdicts.declared(), read))
    if own:
        known = [*own, *pairs.of_items(said, wave)]
        yield Block("pairs of answers", pairs.world(persons), known, persons, pairs.targets(persons, read))


def _names(said: Statement, column: str) -> tuple[str, ...]:
    return dict((said.of or said.terms[0][1]).where).get(column, ())


def answers(part: pd.DataFrame) -> World:
    """Every kind of answer that respondents of one wave can give to one item, by stratum, age and answer."""
    strata = part[["stratum", "actor", "wave", "item", "weight"]].drop_duplicates("stratum")
    people = strata.merge(part[["stratum", "age_group"]].drop_duplicates(), on="stratum")
    kinds = people.merge(pd.DataFrame({"answer": survey.ASKED}), how="cross")
    return World(kinds.drop(columns="weight"), {"weight": kinds["weight"].to_numpy()})


def _categories(said: list[Statement], part: pd.DataFrame) -> list[Target]:
    """Protect each answer, side of the scale and missing answer of every group told of, and of each stratum in it."""
    wholes = sorted({s.of for s in said if s.of}, key=str)
    kinds = [*((answer,) for answer in survey.ASKED), survey.AGREE, survey.DISAGREE, (survey.DONT_KNOW, "no_answer")]
    found = []
    for whole in wholes:
        base = cell(**{name: values for name, values in whole.where if name != "answer"})
        finer = cell(**{name: values for name, values in base.where if name != "actor"})
        strata = sorted(part.loc[base.holds(part), "stratum"].unique())
        for group in [base, *(finer & cell(stratum=name) for name in strata)]:
            found += [Target(group & cell(answer=answers), group) for answers in kinds]
    return sorted(set(found), key=str)


def _places(grid: pd.DataFrame) -> list[Target]:
    places = [cell(municipality=place) for place in sorted(grid["municipality"].unique())]
    actors = [cell(actor=actor) for actor in sorted(grid["actor"].unique())]
    return [*map(Target, places), *(Target(place & actor, place) for place in places for actor in actors)]


def _interviews(told: Told, read: interviews.Interviews, judged: list[Statement]) -> Iterator[Block]:
    tables = told.tables
    said = [s for sheet in told.sheets for s in interviews.read(sheet, read)]
    said += [*interviews.facts(told.facts, read), *judged]
    truth = interviews.records(tables["segments"], tables["interviews"], tables["municipalities"])
    domains = {name: sorted(truth[name].unique()) for name in ("actor", "municipality")}
    domains |= {
        "code": sorted(set(tables["codebook"]["code"]) | set(truth["code"])),
        "stance": ["-1", "0", "1", "none"],
    }
    kinds = pd.DataFrame(list(product(*domains.values())), columns=list(domains))
    world = World(kinds, {"one": np.ones(len(kinds))})
    totals = [s for s in said if not _codes(s)]
    for codes in _families(said):
        own = [s for s in said if _codes(s) & codes]
        yield Block(
            f"interviews {min(codes)}",
            world,
            own + totals,
            truth.assign(one=1.0),
            sorted({*targets(own), *_spoken(own)}, key=str),
        )


def _codes(said: Statement) -> set[str]:
    return {code for found in said.cells for code in dict(found.where).get("code", ())}


def _families(said: list[Statement]) -> list[set[str]]:
    """Put codes together that a statement is about: those that only an actor's total joins bound each other too little."""
    families: list[set[str]] = []
    for codes in (found for s in said if (found := _codes(s))):
        joined = [family for family in families if family & codes]
        families = [family for family in families if not family & codes] + [codes.union(*joined)]
    return sorted(families, key=min)


def _spoken(said: list[Statement]) -> list[Target]:
    """Protect each code, and each stance on it, for every actor and place told of, whether it is shown or hidden."""
    named: list[dict[str, tuple[str, ...]]] = [dict(found.where) for s in said for found in s.cells]
    codes = sorted({name for where in named for name in where.get("code", ())})
    found: list[Cell] = []
    for column in ("actor", "municipality"):
        groups = sorted({where[column] for where in named if column in where})
        found += [cell(code=code, **{column: group}) for code in codes for group in groups]
    for where in named:
        if "code" in where and "actor" in where:
            about = cell(**{name: where[name] for name in ("code", "actor")})
            found += [about & cell(stance=stance) for stance in ("-1", "0", "1")]
    return sorted({Target(one) for one in found}, key=str)
