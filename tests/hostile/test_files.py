"""Each hostile file is read or refused in plain words: no crash, no hang, nothing else opened, nothing written."""

import csv
import io
from pathlib import Path

import pytest

from tests.hostile import families, harness, texts

NAMES = [(family, name) for family, of in families.ALL.items() for name in of.cases]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize(("family", "name"), NAMES, ids=[f"{family}: {name}" for family, name in NAMES])
def test_a_hostile_file_is_read_or_refused_in_plain_words(folder: Path, family: str, name: str) -> None:
    case, outcome = families.ALL[family].cases[name], harness.outcomes(family, folder / family)[name]
    assert outcome.problems == ()
    for line in outcome.lines:
        assert line.isprintable(), line
        assert len(line) <= harness.LONGEST_LINE
        assert "Traceback" not in line
    if case.refused is not None:
        assert outcome.refused == case.refused, outcome.lines
    if outcome.refused:
        assert outcome.lines


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) >= 120


@pytest.mark.parametrize("name", texts.FORMULAS)
def test_a_published_table_starts_no_formula(folder: Path, name: str) -> None:
    outcome = harness.outcomes("texts", folder / "texts")[f"{name}, csv"]
    if not outcome.refused:
        rows = list(csv.reader(io.StringIO(outcome.csv, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
