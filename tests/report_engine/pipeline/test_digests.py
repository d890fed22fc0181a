"""Digests of files: content counts, and nothing is remembered that could have changed unseen."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from report_engine.provenance import digests


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(digests, "_known", None)
    return tmp_path


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def grown_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is written now count as written long ago."""
    now = time.time_ns
    monkeypatch.setattr(digests.time, "time_ns", lambda: now() + 10_000_000_000)


@pytest.mark.parametrize("stamp", [0, 1_577_836_800, 4_102_444_800])  # 1970, 2020, 2100
@pytest.mark.parametrize("old", [False, True])
def test_another_content_of_the_same_size_and_time_is_seen(
    here: Path, monkeypatch: pytest.MonkeyPatch, stamp: int, old: bool
) -> None:
    if old:
        grown_old(monkeypatch)
    path = Path("a.csv")
    for text in ("8.1", "9.1", "8.1"):
        path.write_text(text, "utf-8")
        os.utime(path, (stamp, stamp))
        assert digests.digest(path) == sha256(text)


def test_a_file_as_young_as_its_reading_is_not_remembered(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("a.csv")
    path.write_text("a", "utf-8")
    digests.digest(path)
    assert digests._known == {}
    grown_old(monkeypatch)
    digests.digest(path)
    assert list(digests._known or ()) == ["a.csv"]


def test_what_is_remembered_serves_the_next_process(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grown_old(monkeypatch)
    path = Path("a.csv")
    path.write_text("a", "utf-8")
    expected = digests.digest(path)
    digests.keep()
    monkeypatch.setattr(digests, "_known", None)
    monkeypatch.setattr(digests.hashlib, "file_digest", lambda *_: pytest.fail("read again"))
    assert digests.digest(path) == expected


def test_a_broken_memory_is_none(here: Path) -> None:
    digests.FILE.parent.mkdir(parents=True)
    digests.FILE.write_text("{", "utf-8")
    Path("a.csv").write_text("a", "utf-8")
    assert digests.digest(Path("a.csv")) == sha256("a")


def test_a_file_that_is_not_there_has_none(here: Path) -> None:
    assert digests.digest(Path("a.csv")) == digests.digest(here) == ""


def test_a_folder_stands_for_its_files_but_not_for_traces_of_programs(here: Path) -> None:
    for name in ("b/c.md", "b/a.md", "b/.a.md.swp", "b/a.md~", "b/__pycache__/x.pyc", "b/d/e.png"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).touch()
    got = [path.as_posix() for path in digests.files(Path("b"))]
    assert got == ["b/a.md", "b/c.md", "b/d/e.png"]
    assert digests.files(Path("b/a.md")) == [Path("b/a.md")]
    assert digests.files(Path("nothing")) == []
