"""The report's type: all of its files are there and whole, or nothing is drawn."""

import re
import shutil
from pathlib import Path

import pytest

from report_engine.drawing import svg
from report_engine.render import fonts
from report_engine.words.obstacles import Obstacle

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / fonts.FOLDER, tmp_path / fonts.FOLDER)
    return tmp_path


def test_every_file_that_something_asks_for_is_looked_for() -> None:
    shipped = sorted(path.name for path in (ROOT / fonts.FOLDER).glob("*.?tf"))
    assert sorted(fonts.FACES) == shipped
    css = (ROOT / "report/theme/report.css").read_text("utf-8")
    assert {*re.findall(r"url\(fonts/([^)]+)\)", css), *svg._FACES.values()} <= {*fonts.FACES}


def test_the_shipped_fonts_are_whole(copy: Path) -> None:
    fonts.check(copy)


@pytest.mark.parametrize("name", fonts.FACES)
def test_a_missing_font_is_named(copy: Path, name: str) -> None:
    (copy / fonts.FOLDER / name).unlink()
    with pytest.raises(Obstacle, match=f"The font report/theme/fonts/{name} is missing: put it back"):
        fonts.check(copy)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:40],
        lambda content: content[: len(content) - 1000],
        lambda content: b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
    ],
    ids=["empty", "head only", "cut off", "a pointer to it"],
)
def test_a_damaged_font_is_named(copy: Path, damage) -> None:
    path = copy / fonts.FOLDER / fonts.FACES[2]
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Obstacle, match=f"The font report/theme/fonts/{path.name} is damaged: put it back"):
        fonts.check(copy)
