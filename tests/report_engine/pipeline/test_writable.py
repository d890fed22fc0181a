"""Whether what steps write to can be written to."""

from pathlib import Path

import pytest

from report_engine.pipeline import writable
from report_engine.pipeline.build_state import Planned
from report_engine.words.obstacles import plain

STEP = Planned("section-staff", (), ("figures/sv/staff", "data/results/staff.json"), {})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_looking_leaves_nothing_behind(here: Path) -> None:
    (here / "figures/sv/staff").mkdir(parents=True)
    writable.check([STEP])
    assert files(here) == []
    assert not (here / "data").exists()


@pytest.mark.parametrize("name", ["figures", "figures/sv", "data", "data/results", "logs", ".snakemake"])
def test_a_file_where_a_folder_should_be_is_named(here: Path, name: str) -> None:
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).touch()
    with pytest.raises(OSError) as caught:
        writable.check([STEP])
    assert (plain(caught.value) or "").startswith(f"{name} is a file, and the report needs a folder there")


def test_a_log_that_cannot_be_written_is_named(here: Path) -> None:
    (here / "logs/section-staff.log").mkdir(parents=True)
    with pytest.raises(OSError) as caught:
        writable.check([STEP])
    assert (plain(caught.value) or "").startswith("logs/section-staff.log is a folder")
