"""What the appendix on data quality tells: who left questions without an answer, over items and waves, and who responded in each stratum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from report_engine.contracts import contract
from report_engine.methods.perturbation import FINE
from tests.attacker.blur import Blur
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.judge import Target
from tests.attacker.program import World
from tests.attacker.survey import ASKED, DONT_KNOW, SCALE

QUALITY = "data/results/en/quality.md"
ANSWERED, NO_ANSWER = "answered", "no_answer"
KINDS = {"Answer": (ANSWERED,), "Don’t know": (DONT_KNOW,), "No answer": (NO_ANSWER,)}
SILENT = [(DONT_KNOW,), (NO_ANSWER,), (DONT_KNOW, NO_ANSWER)]
Row = dict[str, str]


def tables(root: Path) -> list[list[Row]]:
    """Read the tables of the appendix, each row by its headings; none where it is not made."""
    path = root / QUALITY
    text = path.read_text("utf-8") if path.is_file() else ""
    found = []
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        header, _, *rows = ([box.strip() for box in line.strip("|").split("|")] for line in block.splitlines())
        found.append([dict(zip(header, row, strict=True)) for row in rows])
    return found


def of_strata(found: Sequence[Sequence[Row]], persons: pd.DataFrame, blur: Blur, by: str) -> Iterator[Statement]:
    """Read how many responded in each stratum: of an actor in large municipalities, or in small ones, which everybody knows apart.

    ``by`` is the column by which they are told apart: the municipality, or the stratum.
    """
    actors = _names("actor")
    size = persons["stratum"].str.rsplit("-", n=1).str[-1]
    places = {name: sorted(part.unique()) for name, part in persons[by].groupby(size)}
    for row in (row for table in found for row in table if {"Municipalities", "Respondents"} <= row.keys()):
        if (n := _number(row["Respondents"])) is not None:
            about = cell(actor=actors[row["Actor"]], wave=row["Wave"]) & cell(**{by: places[row["Municipalities"]]})
            yield count(about, *blur.cases(n), f"{QUALITY} {about}")


def records(truth: pd.DataFrame) -> pd.DataFrame:
    """Lay out which question was put to whom, and whether it was answered, from ``survey.records``."""
    answer = truth["answer"].where(~truth["answer"].isin(SCALE), ANSWERED)
    return truth[["actor", "wave", "item"]].assign(answer=answer, one=1.0)


def world(put: pd.DataFrame) -> World:
    """Give every kind of answer to each item in each wave by each actor that was asked."""
    asked = put[["actor", "wave", "item"]].drop_duplicates()
    kinds = asked.merge(pd.DataFrame({"answer": [ANSWERED, DONT_KNOW, NO_ANSWER]}), how="cross")
    return World(kinds, {"one": np.ones(len(kinds))})


def told(found: Sequence[Sequence[Row]], blur: Blur) -> Iterator[Statement]:
    """Read which shares of the questions put, by actor and by item, were answered."""
    actors, items = _names("actor"), _titles()
    for row in (row for table in found for row in table if KINDS.keys() <= row.keys()):
        about = cell(actor=actors[row["Actor"]]) if "Actor" in row else cell(item=items[row["Statement"]])
        put = _number(row.get("Questions put", row.get("Respondents asked", "..")))
        source = f"{QUALITY} {about}"
        if put is not None:
            yield count(about, *blur.cases(put), f"{source} asked")
        half = 0.0005 if put is not None and put - FINE / 10 >= FINE else 0.005  # near the limit it may be either
        for name, answers in KINDS.items():
            if (share := _number(row[name])) is not None:
                draws = 2 if answers == (DONT_KNOW,) else 1
                ends = (share / 100 - draws * half - 1e-9, share / 100 + draws * half + 1e-9)
                yield Statement(
                    ((1.0, about & cell(answer=answers)),), *ends, f"{source} {name}", about, "one", draws * blur.noise
                )


def known(said: Sequence[Statement], put: pd.DataFrame) -> Iterator[Statement]:
    """Say of questions what other tables say of numbers of answers to an item, and of respondents of an actor in a wave."""
    for one in said:
        if one.of is not None or one.weight is not None or len(one.terms) != 1:
            continue
        where = dict(one.terms[0][1].where)
        if "item" in where and where.keys() <= {"actor", "wave", "item", "answer"}:
            answers = {SCALE: (ANSWERED,), tuple(sorted(ASKED)): None, (DONT_KNOW,): (DONT_KNOW,)}
            if where.get("answer") in answers:
                kept = answers[where.pop("answer")]
                yield replace(one, terms=((1.0, cell(**where) & (cell(answer=kept) if kept else cell())),))
        elif where.keys() == {"actor", "wave"} and len(where["actor"]) == 1:
            for item in sorted(put.loc[cell(**where).holds(put), "item"].unique()):
                yield replace(one, terms=((1.0, cell(**where, item=item)),))


def targets(put: pd.DataFrame) -> list[Target]:
    """Protect who gave no answer, and who did not know: by actor, by item, and by actor or wave within an item."""
    found = set[Cell]()
    for by in (["actor"], ["item"], ["actor", "item"], ["item", "wave"]):
        for values in put[by].drop_duplicates().itertuples(index=False):
            found |= {cell(**dict(zip(by, values, strict=True)), answer=answers) for answers in SILENT}
    return sorted((Target(one) for one in found), key=str)


def _names(column: str) -> dict[str, str]:
    field = contract.load("actors").field(column)
    return {label: str(value) for value, label in contract.labels(field, "en").items()}


def _titles() -> dict[str, str]:
    return {field.title["en"]: field.name for field in contract.load("actors").fields}


def _number(written: str) -> float | None:
    plain = written.replace(",", "").rstrip("%")
    return None if plain == ".." else float(plain)
