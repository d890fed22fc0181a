"""Sidecars: what figures and tables say of how they were made, and where tidy tables come from."""

import hashlib
import json
from pathlib import Path

import pytest

from report_engine.checks import tidy
from report_engine.contracts import contract
from report_engine.model.section import Provenance
from report_engine.readers import Source
from report_engine.results import outputs, sidecars
from report_engine.settings import config
from tests.report_engine.results.test_outputs import section

ROOT = Path(__file__).resolve().parents[3]
WORDS = {"sv": "Källa", "en": "Source"}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def project(tmp_path):
    for name, content in {"data/tidy/actors.parquet": b"rows", "data/results/sections/earlier.json": b"{}"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def made(root):
    return sidecars.made(
        root, "analysis.sections.background", ("data/tidy/actors.parquet",), ("earlier",), config.load(ROOT)
    )


def test_it_takes_down_code_settings_and_inputs(project):
    got = made(project)
    assert got.tables == {"data/tidy/actors.parquet": digest(project / "data/tidy/actors.parquet")}
    assert got.results == {"data/results/sections/earlier.json": digest(project / "data/results/sections/earlier.json")}
    assert {"price_base", "years", "smallest_cell"} <= set(got.parameters)
    assert "engine" not in got.parameters  # a setting that the section doesn't read
    assert got.parameters["price_base"] == config.load(ROOT).price_base
    assert len(got.code) == 16


def test_a_sidecar_names_its_tables_and_where_to_read_how_it_was_made():
    provenance = Provenance(WORDS, "synthetic", ("elsewhere", "actors"), 45, suppressed=2)
    got = sidecars.describe("demo", "bars", provenance)
    assert (got["n"], got["origin"], got["suppressed"]) == (45, "synthetic", 2)
    assert got["tables"] == ["actors", "elsewhere"]
    assert got["provenance"] == sidecars.provenance_file("demo")


def test_digests_lie_apart_from_what_later_steps_read(project):
    outputs.write(section(), project, 5)
    before = contents(project)
    sidecars.write(project, "demo", made(project))
    (project / "data/tidy/actors.parquet").write_bytes(b"other rows")
    sidecars.write(project, "demo", made(project))
    got = json.loads((project / sidecars.provenance_file("demo")).read_text("utf-8"))
    assert got["inputs"]["data/tidy/actors.parquet"] == digest(project / "data/tidy/actors.parquet")
    assert got["code"]["module"] == "analysis.sections.background" and got["parameters"]
    assert contents(project) == before
    values = json.dumps(list(before.values()))
    assert not [value for value in got["inputs"].values() if value in values]


def contents(root):
    """Read all that a section writes and later steps read."""
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted(root.rglob("*.*"))
        if "provenance" not in path.parts and "tidy" not in path.parts and path.suffix != ".png"
    }


def test_every_tidy_table_names_its_files_and_their_records(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exits = contract.load("unemployment")
    header, *rows = (ROOT / "data" / exits.path).read_text("utf-8").splitlines()
    for name, part in (("a.csv", rows[:10]), ("b.csv", rows[10:])):
        (tmp_path / name).write_text("\n".join([header, *part, ""]), "utf-8")
    read = {"unemployment": Source((Path("a.csv"), tmp_path / "b.csv"))}
    found, tables = tidy.check(read, {"unemployment": exits})
    assert not [finding for finding in found if finding.severity == "error"]
    tidy.write(tables, tmp_path / "data/tidy")
    got = sidecars.sources(tmp_path, tables, read)["unemployment"]
    assert got["tidy"]["rows"] == len(rows)
    assert got["tidy"]["sha256"] == digest(tmp_path / "data/tidy/unemployment.parquet")
    assert got["raw"] == [
        {"path": name, "sha256": digest(tmp_path / name), "rows": count}
        for name, count in (("a.csv", 10), ("b.csv", len(rows) - 10))
    ]
