"""Whether a step is due: by content of what it reads and makes, and by what it rests on besides."""

from pathlib import Path

import pytest

from report_engine.pipeline import build_state
from report_engine.pipeline.build_state import CURRENT, Planned

STEP = Planned("section-staff", ("a.csv", "folder"), ("made", "made.json"), {"config.yaml, years": "2024"})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "folder/b.md", "made/c.svg", "made.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    build_state.end(STEP, STEP.inputs())
    return tmp_path


def why() -> list[str]:
    return build_state.reasons(STEP, STEP.inputs())


def test_a_step_that_came_to_its_end_is_not_due() -> None:
    assert why() == []
    assert build_state.mark_all([STEP]) == {}
    assert (CURRENT / STEP.name).is_file()


@pytest.mark.parametrize("name", ["a.csv", "folder/b.md", "made/c.svg", "made.json"])
@pytest.mark.parametrize("change", ["edited", "removed"])
def test_what_it_read_or_made_is_named_when_it_is_another(here: Path, name: str, change: str) -> None:
    if change == "edited":
        (here / name).write_text("other", "utf-8")
    else:
        (here / name).unlink()
    assert name in why()
    assert build_state.mark_all([STEP]) == {STEP.name: why()}
    assert not (CURRENT / STEP.name).exists()


@pytest.mark.parametrize("name", ["folder/new.md", "made/old.svg"])
def test_a_file_more_in_a_folder_is_named(here: Path, name: str) -> None:
    (here / name).write_text("new", "utf-8")
    assert why() == [name]


def test_times_decide_nothing(here: Path) -> None:
    for name in ("a.csv", "made.json"):
        (here / name).touch()
    assert why() == []


def test_what_comes_back_is_no_change(here: Path) -> None:
    (here / "a.csv").write_text("other", "utf-8")
    assert STEP.name in build_state.mark_all([STEP])
    (here / "a.csv").write_text("a.csv", "utf-8")
    assert build_state.mark_all([STEP]) == {}
    assert (CURRENT / STEP.name).is_file()


def test_a_setting_and_the_environment_count() -> None:
    other = Planned(STEP.name, STEP.reads, STEP.makes, {"config.yaml, years": "2025"})
    assert build_state.reasons(other, other.inputs())


def test_a_broken_record_is_no_record() -> None:
    (build_state.RECORDS / f"{STEP.name}.json").write_text("{", "utf-8")
    assert why() == ["it has not come to its end"]


def test_the_last_step_is_told_what_has_changed_since(here: Path) -> None:
    (here / "config.yaml").write_text("years: 2024", "utf-8")
    build_state.keep_plan([STEP, Planned("finish", (), (), {})], "config.yaml")
    assert build_state.late(but="finish") == []
    (here / "config.yaml").write_text("years: 2025", "utf-8")
    (here / "folder/b.md").write_text("other", "utf-8")
    assert build_state.late(but="finish") == ["config.yaml", "folder/b.md"]


def test_the_plan_is_read_back_as_it_was() -> None:
    build_state.keep_plan([STEP], "config.yaml")
    assert build_state.planned(STEP.name) == STEP
