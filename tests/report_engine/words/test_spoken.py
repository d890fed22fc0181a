"""The language in which commands speak: one rule for all, and every command keeps to it."""

import pytest
from typer.testing import CliRunner

from report_engine.commands import app
from report_engine.words.messages import say
from report_engine.words.spoken import ASKED, language

ARGUMENTS = {"release": ["v1"], "map": ["a.csv"], "trace": ["a.b"]}
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "sv_SE"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": ""}, "sv"),
        ({ASKED: "sv", "LC_ALL": "en_GB.UTF-8"}, "sv"),
        ({ASKED: "en", "LANG": "sv_SE.UTF-8"}, "en"),
        ({ASKED: "de", "LANG": "sv_SE.UTF-8"}, "sv"),
    ],
)
def test_what_is_asked_for_comes_before_what_the_machine_speaks(environment, expected, monkeypatch):
    for name in (ASKED, "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


@pytest.mark.parametrize("spoken", ["sv", "en"])
@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"new", "version"}))
def test_every_command_speaks_the_language_asked_for(command, spoken, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ASKED, spoken)
    got = CliRunner().invoke(app, [command, *ARGUMENTS.get(command, [])])
    assert (got.exit_code, got.output) == (2, say("commands.no_project", spoken, folder=str(tmp_path)) + "\n")


@pytest.mark.parametrize("spoken", ["sv", "en"])
def test_a_new_study_is_announced_in_the_language_asked_for(spoken, tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a.txt").touch()
    monkeypatch.setenv(ASKED, spoken)
    got = CliRunner().invoke(app, ["new", str(tmp_path / "full")])
    assert (got.exit_code, got.output) == (2, say("commands.not_empty", spoken, folder=str(tmp_path / "full")) + "\n")
