"""A study that `report new` writes builds with the same engine, and knows nothing of this one."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from report_engine import starter
from tests.workflow.conftest import ROOT, Project

TINY = ROOT / starter.EXAMPLE


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("new") / "study"
    starter.write(folder)
    return Project(folder)


def test_it_builds_and_publishes_its_one_edition(study: Project) -> None:
    outcome = study.build()

    assert outcome.status == 0, outcome.output
    published = (study.root / "report/_output").glob("[!.]*")
    assert sorted(path.name for path in published) == ["en", "index.html"]
    claims = json.loads((study.root / "data/results/claims.json").read_text("utf-8"))
    assert {key: claim["verdict"]["outcome"] for key, claim in claims.items()} == {
        "visits.towns_up": "holds",
        "visits.villages_down": "holds",
    }
    page = (study.root / "report/_output/en/report.html").read_text("utf-8")
    assert "visits in towns changed" in " ".join(page.split()) and "synthetic" in page.lower()
    assert study.build().steps == set()


def test_its_own_test_runs(study: Project) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=study.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(starter.NotEmpty, match="is not empty"):
        starter.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_of_this_study_is_in_it() -> None:
    declared = yaml.safe_load((ROOT / "analysis/study.yaml").read_text("utf-8"))
    contracts = {path.stem for path in (ROOT / "analysis/contracts").glob("*.yaml")}
    names = {*declared["sections"], *contracts} - {"study"}
    text = "\n".join(
        path.read_text("utf-8") for path in sorted(TINY.rglob("*")) if path.is_file() and path.suffix != ".pyc"
    )
    assert sorted(name for name in names if re.search(rf"\b{name}\b", text)) == []
    assert not re.search(r"(?i)kommun|municipal|swed|svensk", text)


def test_the_wheel_carries_what_a_new_study_starts_from() -> None:
    project = tomllib.loads((ROOT / "report_engine/pyproject.toml").read_text("utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert packed == {
        f"../{name}": f"report_engine/{starter.PACKED.name}/{name}"
        for name in (*starter.SHARED, starter.QUARTO, starter.EXAMPLE)
    }
