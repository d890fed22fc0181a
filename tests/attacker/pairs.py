"""What a difference between two items tells: how many more of those who answered both agree with the first than with the second.

It binds the answers to both together, so that they make a world of their own: a kind of record for every pair of answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd

from analysis.sections.managers.frames import JOB, RESOURCE, SIDES
from analysis.survey_claims import ItemDifference
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.judge import Target
from tests.attacker.program import World
from tests.attacker.survey import AGREE, ASKED, SCALE, Survey

PAIR = (JOB, RESOURCE)
"""The two items whose difference is published."""
COLUMNS = ("first", "second")
OTHER = tuple(answer for answer in SCALE if answer not in AGREE)
FACTS = {f"managers.lean_{side}": members for side, members in SIDES.items()}
"""Facts on their difference, and of whom it is told."""


def records(truth: pd.DataFrame, wave: str) -> pd.DataFrame:
    """Lay respondents of a wave out with a column for each answer, from rows of one for each item (``survey.records``)."""
    first, second = (
        truth.loc[(truth["item"] == item) & (truth["wave"] == wave)].rename(columns={"answer": column})
        for item, column in zip(PAIR, COLUMNS, strict=True)
    )
    return first.drop(columns="item").merge(second[["person", "second"]], on="person", validate="one_to_one")


def world(persons: pd.DataFrame) -> World:
    """Give every pair of answers in every stratum."""
    strata = persons[["stratum", "actor", "wave", "weight"]].drop_duplicates("stratum")
    answers = pd.DataFrame(list(product(ASKED, ASKED)), columns=list(COLUMNS))
    kinds = strata.merge(answers, how="cross")
    return World(kinds.drop(columns="weight"), {"weight": kinds["weight"].to_numpy()})


def told(facts: dict[str, Any], claims: dict[str, Any], declared: dict[str, Any], asked: Survey) -> Iterator[Statement]:
    """Read the differences that facts and claims tell, and on which side of zero a claim says that they lie."""
    for id_, members in FACTS.items():
        fact = facts.get(id_, {})
        if isinstance(fact.get("value"), int | float):
            yield from _difference(members, fact["value"], fact["n"], asked, f"fact {id_}")
    for id_, test in declared.items():
        verdict = claims.get(id_, {}).get("verdict", {})
        numbers, outcome = verdict.get("numbers", {}), verdict.get("outcome")
        if not isinstance(test, ItemDifference) or (test.first, test.second) != PAIR:
            continue
        if "difference" in numbers:
            yield from _difference(test.of, numbers["difference"], numbers["n"], asked, f"reason of {id_}")
        if outcome in ("holds", "fails"):
            low, high = (0.0, 1.0) if (test.side == "above") == (outcome == "holds") else (-1.0, 0.0)
            of = _both(test.of, asked)
            yield Statement(_terms(of), low, high, f"verdict {id_}: {outcome}", of, "weight")


def of_items(said: Sequence[Statement], wave: str) -> Iterator[Statement]:
    """Say of pairs what statements say of one of the two items in a wave, whatever the age."""
    for one in said:
        where = dict((one.of or one.terms[0][1]).where)
        if "age_group" in where or where.get("wave") != (wave,) or where.get("item", ("",))[0] not in PAIR:
            continue
        column = COLUMNS[PAIR.index(where["item"][0])]
        terms = tuple((factor, _renamed(found, column)) for factor, found in one.terms)
        yield replace(one, terms=terms, of=_renamed(one.of, column) if one.of else None)


def targets(persons: pd.DataFrame, asked: Survey) -> list[Target]:
    """Protect each pair of sides in every group that is told of, and in its strata."""
    found = []
    for members in FACTS.values():
        base = cell(wave=asked.waves[1], actor=members)
        strata = sorted(persons.loc[base.holds(persons), "stratum"].unique())
        for group in (base, *(cell(wave=asked.waves[1], stratum=name) for name in strata)):
            for first, second in product((AGREE, OTHER), (AGREE, OTHER)):
                found.append(Target(group & cell(first=first, second=second), group))
    return sorted(set(found), key=str)


def _difference(members: tuple[str, ...], value: float, n: float, asked: Survey, source: str) -> Iterator[Statement]:
    """State a mean of 1, 0 and −1: two shares, each rounded and moved."""
    of, half = _both(members, asked), 0.01 if asked.blur.noise else 1e-9
    yield Statement(_terms(of), value - half, value + half, source, of, "weight", 2 * asked.blur.noise)
    yield count(of, *asked.blur.cases(n), f"{source} n")


def _both(members: tuple[str, ...], asked: Survey) -> Cell:
    return cell(wave=asked.waves[1], actor=members, first=SCALE, second=SCALE)


def _terms(of: Cell) -> tuple[tuple[float, Cell], ...]:
    return ((1.0, of & cell(first=AGREE, second=OTHER)), (-1.0, of & cell(first=OTHER, second=AGREE)))


def _renamed(found: Cell, column: str) -> Cell:
    where = {column if name == "answer" else name: values for name, values in found.where if name != "item"}
    return cell(**where)
