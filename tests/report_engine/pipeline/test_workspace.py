"""The project's folder as a build finds it: missing files are named, patterns stand for files."""

from pathlib import Path

import pytest

from report_engine.contracts import contract
from report_engine.pipeline import workspace
from report_engine.readers import Source
from report_engine.settings.settings import Files, Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/raw/a.csv"
    path.parent.mkdir(parents=True)
    path.write_text("a", "utf-8")
    return tmp_path


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
        return [path.as_posix() for path in workspace.files_of(Files(files=names)).files]

    assert files("data/raw/b*.csv") == ["data/raw/b2016.csv", "data/raw/b2017.csv"]
    assert files("data/raw/b2017.csv", "data/raw/b*.csv") == ["data/raw/b2017.csv", "data/raw/b2016.csv"]
    assert files("data/raw/odd[1].csv") == ["data/raw/odd[1].csv"]
    assert files("data/**/inner.csv", "data/raw/none*.csv") == ["data/raw/b2016/inner.csv", "data/raw/none*.csv"]


def test_settings_put_files_in_the_place_of_the_shipped_ones() -> None:
    settings = Settings(years={"first": 2009, "last": 2024}, sources={"actors": "data/raw/mine.xlsx"})
    found = workspace.sources(settings, contract.load_all())
    got = {name: found[name] for name in ("actors", "exits")}
    assert got == {
        "actors": Source((Path("data/raw/mine.xlsx"),)),
        "exits": Source((Path("data/reference/exits.csv"),)),
    }
    assert workspace.inputs(got) == [Path("data/raw/mine.xlsx"), Path("data/reference/exits.csv")]
