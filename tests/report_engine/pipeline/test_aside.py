"""Files made aside: all of them take their places, or none."""

import errno
import os
from pathlib import Path

import pytest

from report_engine.pipeline.aside import making

MAKES = ("figures/staff", "staff.json")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("figures/staff/bars.svg", "figures/staff/old.svg", "figures/study/map.svg", "staff.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old", "utf-8")
    return tmp_path


def made(here: Path) -> dict[str, str]:
    paths = (path for path in sorted(here.rglob("*")) if path.is_file() and ".snakemake" not in path.parts)
    return {path.relative_to(here).as_posix(): path.read_text("utf-8") for path in paths}


def test_results_on_a_disk_of_their_own_are_copied_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def within_one_disk(source: Path, target: Path) -> None:
        if (".snakemake" in source.parts) != (".snakemake" in target.parts):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", within_one_disk)
    with making("section-staff", MAKES) as folder:
        make(folder)
    expected = {"figures/staff/bars.svg", "figures/staff/dots.svg", "staff.json"}
    assert {name for name, text in made(here).items() if text == "new"} == expected
    assert {*made(here)} == expected | {"figures/study/map.svg"}


def make(folder: Path) -> None:
    (folder / "figures/staff").mkdir(parents=True)
    (folder / "figures/staff/bars.svg").write_text("new", "utf-8")
    (folder / "figures/staff/dots.svg").write_text("new", "utf-8")
    (folder / "staff.json").write_text("new", "utf-8")


def test_they_take_the_places_of_the_old_ones_and_what_is_not_made_again_goes(here: Path) -> None:
    with making("section-staff", MAKES) as folder:
        make(folder)
    assert made(here) == {
        "figures/staff/bars.svg": "new",
        "figures/staff/dots.svg": "new",
        "figures/study/map.svg": "old",  # another step's
        "staff.json": "new",
    }
    assert not folder.exists()


def test_a_step_that_fails_leaves_what_there_was(here: Path) -> None:
    before = made(here)
    with pytest.raises(ZeroDivisionError), making("section-staff", MAKES) as folder:
        make(folder)
        raise ZeroDivisionError
    assert made(here) == before
    assert not folder.exists()


def test_the_same_content_leaves_a_file_alone(here: Path) -> None:
    before = (here / "staff.json").stat()
    with making("section-staff", MAKES) as folder:
        make(folder)
        (folder / "staff.json").write_text("old", "utf-8")
    assert (here / "staff.json").stat().st_ino == before.st_ino


def test_a_file_takes_the_place_of_a_folder_and_the_other_way_round(here: Path) -> None:
    (here / "staff.json").unlink()
    (here / "staff.json").mkdir()
    (here / "figures/staff/dots.svg").mkdir()
    with making("section-staff", MAKES) as folder:
        make(folder)
    assert made(here)["staff.json"] == made(here)["figures/staff/dots.svg"] == "new"
