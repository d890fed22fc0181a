"""The folder that a contestant works in is put back as its build left it."""

import os
import sys
from pathlib import Path

from tests.bench.__main__ import Field, mirror
from tests.bench.contestants import Contestant
from tests.bench.rows import Change, Row, same

BUILD = """
from pathlib import Path
source, made = Path("source"), Path("data/results")
made.mkdir(parents=True, exist_ok=True)
(made / "upper").write_text(source.read_text().upper())
(made / "length").write_text(str(len(source.read_text())))
"""


def lay(folder: Path) -> None:
    (folder / "source").write_text("abc")


def test_a_row_tells_what_came_out_different_and_leaves_the_next_one_alone(tmp_path: Path) -> None:
    its = Field(Contestant("upper", "now", lay, [sys.executable, "-c", BUILD]), tmp_path)
    letter = Row("letter", "one letter", Change(same("source"), lambda text: text.replace("a", "x")))
    longer = Row("longer", "longer", Change(same("source"), lambda text: f"{text}d"), letter.change)

    _, cold = its.measured(Row("cold", "from nothing"))
    _, same_length = its.measured(letter)
    _, from_another = its.measured(longer)
    _, nothing = its.measured(Row("nothing", "nothing changed"))

    assert cold == {"data/results/upper", "data/results/length"}
    assert same_length == {"source", "data/results/upper"}
    assert from_another == {"source", "data/results/upper", "data/results/length"}
    assert nothing == set()
    assert (its.kept["longer"] / "data/results/upper").read_text() == "XBC"
    assert (its.work / "source").read_text() == "abc"


def test_a_folder_becomes_like_another(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "in").mkdir(parents=True)
    (source / "in" / "a").write_text("a")
    (source / "b").write_text("b")
    mirror(source, target)
    untouched = (target / "in" / "a").stat()
    (target / "b").write_text("B")
    os.utime(target / "b", ns=(1, 1))
    (target / "new").mkdir()
    (target / "new" / "c").write_text("c")
    mirror(source, target)
    assert sorted(path.relative_to(target).as_posix() for path in target.rglob("*")) == ["b", "in", "in/a"]
    assert (target / "b").read_text() == "b"
    assert (target / "b").stat().st_mtime_ns == (source / "b").stat().st_mtime_ns
    assert (target / "in" / "a").stat().st_ino == untouched.st_ino
