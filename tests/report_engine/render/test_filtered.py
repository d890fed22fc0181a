"""The filters run again where something that they read has changed, and only there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.render import embedded
from tests.report_engine.render.conftest import write
from tests.report_engine.render.test_rehearsal import IN_CHAPTER, found, small_report


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that Pandoc reads from now on."""
    read: list[str] = []
    run = embedded.run_pandoc

    def counted(root: Path, command: list[str], text: str, *rest: object) -> object:
        read.append(text)
        return run(root, command, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(embedded, "run_pandoc", counted)
    return read


def changed_chapter(root: Path) -> None:
    write(root, IN_CHAPTER, (root / IN_CHAPTER).read_text("utf-8").replace("Kostnaden", "Utgiften"))


def changed_filter(root: Path) -> None:
    path = root / "report/filters/embedded/subset.lua"
    path.write_text(f"-- Changed.\n{path.read_text('utf-8')}", "utf-8")


def changed_alt_text(root: Path) -> None:
    write(root, "figures/sv/background/cost.json", json.dumps({"alt": "Två linjer."}))


def changed_fact(root: Path) -> None:
    path = root / "data/results/sv/facts.json"
    path.write_text(path.read_text("utf-8").replace("official", "synthetic"), "utf-8")


def broken_record(root: Path) -> None:
    (root / "logs/filters-report-sv.json").write_text('{"key": ', "utf-8")


def test_what_was_said_stands_while_nothing_changes(tmp_path: Path, runs: list[str]) -> None:
    root = small_report(tmp_path / "report")
    assert found(root) == [] and len(runs) == 4
    assert found(root) == [] and len(runs) == 4
    write(root, "report/references.bib", "")  # no filter reads it
    assert any("@berg2004 is not in the bibliography" in message for message in found(root)) and len(runs) == 4


@pytest.mark.parametrize(
    ("change", "expected"),
    [(changed_chapter, 1), (changed_filter, 4), (changed_alt_text, 2), (changed_fact, 2), (broken_record, 1)],
)
def test_a_change_has_them_run_again(
    tmp_path: Path, runs: list[str], change: Callable[[Path], None], expected: int
) -> None:
    root = small_report(tmp_path / "report")
    assert found(root) == []
    before = len(runs)
    change(root)
    assert found(root) == [] and len(runs) - before == expected


def test_a_problem_is_remembered_and_goes_with_its_cause(tmp_path: Path) -> None:
    root = small_report(tmp_path / "report")
    right = (root / IN_CHAPTER).read_text("utf-8")
    write(root, IN_CHAPTER, right.replace("Se @sec", "$x$ Se @sec"))
    expected = f"{IN_CHAPTER}, line 19: formulas are not supported: x"
    assert expected in found(root) and expected in found(root)
    write(root, IN_CHAPTER, right)
    assert found(root) == []
