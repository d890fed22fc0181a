"""What a build remembers: differences by content, and what was changed by hand."""

from pathlib import Path

import pytest

from analysis import config, record, workspace
from analysis.sources import Source


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "config.yaml",
        "analysis/style.py",
        "report/sv/staff.qmd",
        "data/raw/a.csv",
        "data/tidy/a.parquet",
        "data/results/sections/staff.json",
        "data/results/sv/tables/staff/claims.md",
        "figures/sv/staff/bars.svg",
        "report/_output/sv/report.html",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path


def test_a_record_is_read_back_as_it_was(here: Path) -> None:
    now = record.current([])
    assert record.last() is None
    now.write()
    assert record.last() == now == record.current([])


@pytest.mark.parametrize("name", ["config.yaml", "report/sv/staff.qmd", "data/raw/a.csv", "figures/sv/staff/bars.svg"])
def test_content_counts_and_time_does_not(here: Path, name: str) -> None:
    before = record.current([])
    (here / name).touch()
    assert record.current([]) == before
    (here / name).write_text("other", "utf-8")
    assert record.current([]) != before


def test_a_source_elsewhere_counts(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    mine = tmp_path_factory.mktemp("elsewhere") / "mine.csv"
    mine.write_text("a", "utf-8")
    before = record.current([mine])
    mine.write_text("b", "utf-8")
    assert record.current([mine]) != before


def test_caches_and_locks_do_not_count(here: Path) -> None:
    before = record.current([])
    (here / "analysis/__pycache__").mkdir()
    (here / "analysis/__pycache__/style.pyc").write_bytes(b"")
    (here / "report/_output/.sv.lock").write_bytes(b"")
    assert record.current([]) == before


def test_a_broken_record_is_no_record(here: Path) -> None:
    record.FILE.write_text("{", "utf-8")
    assert record.last() is None


@pytest.mark.parametrize(
    ("changed", "removed"),
    [
        ("figures/sv/staff/bars.svg", "data/results/sections/staff.json"),
        ("data/results/sv/tables/staff/claims.md", "data/results/sections/staff.json"),
        ("data/tidy/a.parquet", "data/tidy/a.parquet"),
    ],
)
def test_what_was_changed_by_hand_is_to_be_made_again(here: Path, changed: str, removed: str) -> None:
    before = record.current([])
    (here / changed).write_text("changed by hand", "utf-8")
    record.undo_changes_by_hand(before, record.current([]))
    assert not (here / removed).exists()


def test_publication_is_remembered(here: Path) -> None:
    assert workspace.recorded("sv") is None
    workspace.record_published("sv")
    assert workspace.recorded("sv") == workspace.published("sv") != None  # noqa: E711
    (here / "report/_output/sv/report.html").unlink()
    assert workspace.published("sv") is None


def test_files_are_listed_without_what_is_made(here: Path) -> None:
    assert workspace.files("report") == ["report/sv/staff.qmd"]


def test_every_missing_source_is_named(here: Path) -> None:
    with pytest.raises(workspace.SourceMissing) as caught:
        workspace.require(
            {
                "a": Source((Path("data/raw/a.csv"),)),
                "b": Source((Path("data/raw/a.csv"), Path("data/raw/b.csv"))),
                "c": Source((Path("data/raw/c*.csv"),)),
            }
        )
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["data/raw/b.csv", "data/raw/c*.csv"]
    assert "no file has such a name" in lines[1]


def test_a_pattern_stands_for_every_file_of_such_a_name_but_the_locks_of_open_ones(here: Path) -> None:
    for name in ("b2017.csv", "b2016.csv", "~$b2018.csv", ".b2019.csv", "b2016/inner.csv", "odd[1].csv"):
        path = here / "data" / "raw" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (here / "data" / "raw" / "b.csv").mkdir()

    def files(*names: str) -> list[str]:
        return [path.as_posix() for path in workspace.files_of(config.Files(files=names)).files]

    assert files("data/raw/b*.csv") == ["data/raw/b2016.csv", "data/raw/b2017.csv"]
    assert files("data/raw/b2017.csv", "data/raw/b*.csv") == ["data/raw/b2017.csv", "data/raw/b2016.csv"]
    assert files("data/raw/odd[1].csv") == ["data/raw/odd[1].csv"]
    assert files("data/**/inner.csv", "data/raw/none*.csv") == ["data/raw/b2016/inner.csv", "data/raw/none*.csv"]
