"""The folder that a contestant works in is put back as its build left it."""

import os
from pathlib import Path

from tests.bench.__main__ import mirror


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
