"""The engine names nothing of the study: no dataset, section, group, code, place, series or table of it."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from report_engine.contracts import contract, study
from report_engine.provenance import place
from report_engine.settings import config

ENGINE = place.ENGINE_ROOT / place.ENGINE_PACKAGE

GENERAL = {
    "0581": "shows in messages what a code with a zero in front looks like",
    "TAB4199": "shows in a message what the id of a table looks like",
    "codebook": "a role, and a sheet of every qualitative tool",
    "interviews": "a stream of evidence",
    "municipalities": "a key of config.yaml",
    "participants": "a column by which an amount is divided",
    "population": "a column by which an amount is divided",
    "role": "an attribute in HTML",
    "segments": "a role, and a sheet of every qualitative tool",
    "studies": "the folder of studies that the engine is tested on",
    "study": "the file study.yaml",
}
"""Names of the study that are general words as well, and why the engine may use them."""


def names() -> set[str]:
    """Collect what the study calls its own: from its declaration, its contracts, its settings and two of its lists."""
    roles, settings, contracts = study.load().roles, config.load(place.ROOT), contract.load_all()
    assert roles.places and roles.codebook and roles.answers
    groups = contracts[roles.answers].field(contracts[roles.answers].group_column or "")
    places = {row[roles.places.code]: row[roles.places.name] for row in rows(roles.places.dataset)}
    kolada, scb = settings.fetch.kolada.datasets, settings.fetch.scb.tables
    return {
        *contracts,
        *study.sections(),
        *map(str, groups.allowed),
        *(row[roles.codebook.code] for row in rows(roles.codebook.dataset)),
        *settings.municipalities,
        *(places[code] for code in settings.municipalities),
        *(kpi for columns in kolada.values() for kpi in columns.values()),
        *(table.table for table in scb.values()),
    }


def rows(dataset: str) -> list[dict[str, str]]:
    with (place.ROOT / "data" / contract.load(dataset).path).open(encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def modules() -> list[Path]:
    return sorted(ENGINE.rglob("*.py"))


def found(code: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Find names in a module: those that can be nothing else anywhere, those that are words where they stand as a value."""
    telling = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in known if not name.islower() or '_' in name)})\b")
    for number, line in enumerate(code.splitlines(), 1):
        yield from ((number, name) for name in telling.findall(line))
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            parts = re.split(r"\W+", node.value)
            yield from ((node.lineno, part) for part in parts if part in known and part.islower() and "_" not in part)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('PERSONAL = {"actors"}', [(1, "actors")]),
        ('x = 1\npath = "data/tidy/actors.parquet"', [(2, "actors")]),
        ("# the codes of pes_manager", [(1, "pes_manager")]),
        ('say("what the actors say")\nactors = 1', []),
        ('kpi = "U40455"', [(1, "U40455")]),
        ('"Falun"', [(1, "Falun")]),
    ],
)
def test_names_are_found(code: str, expected: list[tuple[int, str]]) -> None:
    assert [*found(code, {"actors", "pes_manager", "U40455", "Falun"})] == expected


def test_the_engine_names_nothing_of_the_study() -> None:
    known = names()
    got = [
        f"{path.relative_to(ENGINE).as_posix()}, line {line}: {name}"
        for path in modules()
        for line, name in found(path.read_text("utf-8"), known - GENERAL.keys())
    ]
    assert got == []


def test_every_general_word_is_a_name_of_the_study_that_the_engine_uses() -> None:
    known = names()
    used = {name for path in modules() for _, name in found(path.read_text("utf-8"), known)}
    assert GENERAL.keys() == used
