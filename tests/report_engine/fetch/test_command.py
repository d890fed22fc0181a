"""The command `report fetch` in a folder of its own: its words, its status, and what it does without a terminal."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from report_engine.commands import app
from tests.report_engine.fetch.conftest import Run
from tests.report_engine.fetch.office import Office


@pytest.fixture
def project(fetch: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    (fetch.root / "Snakefile").touch()
    settings = fetch.settings()
    (fetch.root / "config.yaml").write_text(
        yaml.safe_dump(settings.model_dump(mode="json", exclude={"sources"})), "utf-8"
    )
    monkeypatch.chdir(fetch.root)
    return fetch.root


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["fetch", *arguments])
    return result.exit_code, result.output


def test_without_a_terminal_only_yes_replaces(project: Path, office: Office) -> None:
    assert call()[0] == 0
    kept = project / "data/raw/official/kolada/exits.json"
    before = kept.read_bytes()
    office.kolada["U40455", "0581", "2024"] = 43.5
    status, output = call("--only", "exits")
    assert (status, kept.read_bytes()) == (1, before)
    assert "changed U40455 0581 2024 T: 41 -> 43.5" in output
    assert "Nothing was replaced." in output
    status, output = call("--only", "exits", "--yes")
    assert status == 0
    assert b"43.5" in kept.read_bytes()


def test_settings_that_cant_be_used_are_said_and_nothing_is_asked(project: Path, office: Office) -> None:
    (project / "config.yaml").write_text("fetch: {kolada: {url: 'ftp://x'}}\n", "utf-8")
    status, output = call()
    assert status == 2
    assert "is not an address that begins with https://" in output
    assert office.calls == []
