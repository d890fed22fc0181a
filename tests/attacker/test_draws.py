"""Nothing small follows from other draws of the data, with fewer respondents and other smallest cells, nor from two releases."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from report_engine.settings import config
from tests.attacker.attack import Block, attack, blocks
from tests.attacker.blur import of_engine
from tests.attacker.publishing import draw, path, publish, reweighted
from tests.attacker.releases import difference

pytestmark = pytest.mark.long


def read(root: Path) -> dict[str, Block]:
    smallest = config.load(root).smallest_cell
    return {block.name: block for block in blocks(root, root / "data" / "tidy", smallest, of_engine(smallest))}


@pytest.mark.parametrize(("smallest", "every"), [(3, 4), (5, 1), (5, 6), (10, 2), (20, 1)])
def test_no_small_cell_follows_from_a_draw(tmp_path: Path, smallest: int, every: int) -> None:
    root = publish(draw(tmp_path, 1000 + smallest + every, smallest, every))
    assert [f"{name}: {said.source}" for name, its in read(root).items() for said in its.untrue] == []
    got = [str(one) for one in attack(root, root / "data" / "tidy", smallest)]
    assert got == [], f"{len(got)} cells are recovered"


def test_two_releases_do_not_tell_what_a_respondent_answered_who_came_between_them(tmp_path: Path) -> None:
    later = publish(draw(tmp_path / "later", 7, 5))
    earlier = tmp_path / "earlier"
    shutil.copytree(later / "data" / "tidy", earlier / "data" / "tidy")
    shutil.copy(later / config.FILE, earlier)
    actors, frame = (pd.read_parquet(path(earlier, name)) for name in ("actors", "survey_frame"))
    one = actors.index[(actors["wave"] == actors["wave"].max()) & (actors["actor"] == "pes_manager")][0]
    reweighted(actors.drop(index=one), frame).to_parquet(path(earlier, "actors"))
    old, new = read(publish(earlier)), read(later)
    got = [
        f"{name}: {found}"
        for name in sorted(set(old) & set(new))
        if "weight" in new[name].world.weights and "answer" in new[name].world.kinds
        for found in difference(old[name], new[name])
    ]
    assert got == [], f"{len(got)} answers are certain"
