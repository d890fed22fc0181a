"""Nothing small follows from what other studies would publish: other municipalities, one wave, one coder, everybody of one mind."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from report_engine.disclosure import keys
from report_engine.methods.stances import primary
from tests import other_data
from tests.analysis.sections.bending import Tables
from tests.analysis.sections.worlds import WORLDS
from tests.attacker.attack import blocks
from tests.attacker.blur import of_engine
from tests.attacker.judge import recovered
from tests.attacker.publishing import bent, publish, study

pytestmark = pytest.mark.long

SMALLEST = 5
PERSONS = ("study", "municipal_activation", "managers", "collaboration", "staff", "participants")


def places(count: int) -> Callable[[Path], None]:
    """Take so many municipalities, each with the rows of a shipped one."""

    def change(data: Path) -> None:
        other_data.other_municipalities(data, other_data.all_codes(data)[:: 290 // count][:count])

    return change


def shipped(data: Path) -> None:
    """Leave the data as they are."""


def one_wave(tables: Tables) -> None:
    """Keep the survey's last wave."""
    for name in ("actors", "survey_frame"):
        frame = tables[name]
        tables[name] = frame[frame["wave"] == frame["wave"].max()].reset_index(drop=True)


def one_coder(tables: Tables) -> None:
    """Keep the primary coders' segments."""
    tables["segments"] = primary(tables["segments"], tables["interviews"])


def few_heard(tables: Tables) -> None:
    """Keep a tenth of the segments."""
    tables["segments"] = tables["segments"].iloc[::10].reset_index(drop=True)


def of_one_mind(at: int) -> Callable[[Tables], None]:
    """Bend the tables so that all claims of the sections on persons hold (0) or none does (1)."""

    def change(tables: Tables) -> None:
        for name in PERSONS:
            WORLDS[name][at](tables)

    return change


@pytest.mark.parametrize(
    ("made", "bend"),
    [
        *((places(count), lambda tables: None) for count in (1, 3, 14, 60)),
        *((shipped, bend) for bend in (one_wave, one_coder, few_heard, of_one_mind(0), of_one_mind(1))),
    ],
    ids=["1 municipality", "3", "14", "60", "one wave", "one coder", "few segments", "all hold", "none holds"],
)
def test_no_small_cell_follows_from_another_study(
    tmp_path: Path, made: Callable[[Path], None], bend: Callable[[Tables], None]
) -> None:
    root = study(tmp_path, made, SMALLEST)
    codes = sorted(pd.read_parquet(root / "data" / "tidy" / "labour_units.parquet")["municipality_code"].unique())
    other_data.settings(root, municipalities=str(list(codes)))
    publish(bent(root, bend))
    assert given_away(root) == []


@pytest.mark.parametrize("key", ["a", "b", "c", "d"])
def test_no_small_cell_follows_whatever_the_noise(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noise that is extreme in cells that overlap would bound them closest."""
    monkeypatch.setattr(keys, "secret", lambda _: key.encode() * 40)
    assert given_away(publish(study(tmp_path, shipped, SMALLEST))) == []


def given_away(root: Path) -> list[str]:
    """Give what follows from a published folder, and what would be misread in it."""
    told = list(blocks(root, root / "data" / "tidy", SMALLEST, of_engine(SMALLEST)))
    assert sum(len(block.statements) for block in told) > 100
    return [f"{block.name}: misread {said.source}" for block in told for said in block.untrue] + [
        f"{block.name}: {one}"
        for block in told
        for one in recovered(block.world, block.statements, block.wanted, block.truth, SMALLEST)
    ]
