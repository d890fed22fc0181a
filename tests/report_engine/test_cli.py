"""The command: where it runs, and how it ends."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from report_engine import prose
from report_engine.checks.examined import Examined
from report_engine.commands import app
from report_engine.findings import command as findings_command
from report_engine.model.document import DocumentError
from report_engine.model.findings import Finding
from report_engine.model.problems import Problem
from report_engine.pipeline.steps import tidy
from report_engine.readers import Source
from report_engine.render.rehearsal import Refused
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, say
from report_engine.words.spoken import ASKED

ROOT = Path(__file__).resolve().parents[2]


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_outside_a_project_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, output = call("check")
    assert status == 2
    assert "run `report` in the folder with the Snakefile" in output


NOTHING = Examined((), {}, {"actors": Source(()), "exits": Source(())}, {})
REMARK = Finding("a.csv", "odd", Message("checks.in_future", {"year": 2026}), 2, "year", "2999", severity="warning")
WRONG = Finding("a.csv", "required", Message("checks.cell_empty"), 3, "year")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without chapters: what the command itself needs, and no more."""
    for name in ("Snakefile", "config.yaml", "report/theme/check.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "analysis" / "methods").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ASKED, "en")  # `--lang` sets it
    monkeypatch.setattr(tidy, "examine", lambda: NOTHING)
    monkeypatch.setattr(prose, "check", lambda root: prose.Found())
    monkeypatch.setattr(findings_command, "rehearse", lambda *_: Refused())
    return tmp_path


def test_a_folder_below_the_project_will_do(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "analysis" / "methods")
    status, output = call("check")
    assert status == 0
    assert output.splitlines() == [
        "2 datasets checked: nothing wrong.",
        "As a page to read: logs/check.html",
    ]
    assert Path.cwd() == project
    assert (project / "logs/check.html").read_text("utf-8").startswith('<!DOCTYPE html>\n<html lang="sv')


def test_remarks_are_counted_and_stop_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "examine", lambda: replace(NOTHING, findings=(REMARK,)))
    status, output = call("check")
    assert status == 0
    assert output.splitlines()[1] == "2 datasets checked: nothing stops the report. 1 remark to read."
    status, output = call("check", "--lang", "sv")
    assert output.splitlines() == [
        'a.csv, rad 2, kolumn year: varning: "2999" ligger i framtiden: i år är det 2026.',
        "2 datamängder kontrollerade: inget stoppar rapporten. 1 anmärkning att läsa.",
        "Som en sida att läsa: logs/check.html",
    ]


def test_wrong_data_end_with_status_2_and_a_page(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "examine", lambda: replace(NOTHING, findings=(WRONG,)))
    status, output = call("check", "--lang", "en")
    assert status == 2
    assert output.splitlines() == [
        "a.csv, row 3, column year: the cell is empty.",
        "As a page to read: logs/check.html",
    ]
    assert "The cell is empty." in (project / "logs/check.html").read_text("utf-8")


def test_bad_settings_end_with_status_2_and_no_page(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DocumentError(Problem("config.yaml", 3, Message("documents.not_utf8")))

    call("check")
    monkeypatch.setattr(tidy, "examine", fail)
    assert call("check") == (2, "config.yaml, line 3: save the file as UTF-8\n")
    assert call("check", "--lang", "sv") == (2, "config.yaml, rad 3: spara filen som UTF-8\n")
    assert not (project / "logs/check.html").exists()


def test_typed_numbers_end_with_status_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = prose.Place("report/sv/a.qmd", 3, 7, "elva", Message("prose.marked_without_reason"))
    monkeypatch.setattr(prose, "check", lambda root: prose.Found(errors=(typed,)))
    status, output = call("check")
    assert status == 2
    assert output.splitlines()[1] == "report/sv/a.qmd, line 3: “elva” in column 7 is marked as typed without a reason."
    status, output = call("check", "--lang", "sv")
    assert output.splitlines()[1] == "report/sv/a.qmd, rad 3: ”elva” i kolumn 7 är märkt som inskrivet utan skäl."


def test_a_language_that_there_is_not_is_refused(project: Path) -> None:
    assert call("check", "--lang", "de") == (2, "There is no language de: choose sv or en.\n")


def test_version_names_what_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    status, output = call("--version")
    assert status == 0
    assert {line.split()[0] for line in output.splitlines()} >= {"snakemake", "pandas", "typst", "Python"}


def test_starting_loads_nothing_heavy() -> None:
    code = "import sys, report_engine.cli, report_engine.pipeline.jobs, report_engine.build; print({'pandas', 'matplotlib', 'snakemake'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


COMMANDS = typer.main.get_command(app).commands


@pytest.mark.parametrize("lang", EDITIONS)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_language_asked_for_wherever_it_is_asked(
    name: str, lang: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ASKED, "de")
    monkeypatch.setenv("LC_ALL", "de_DE")
    status, output = call("--lang", lang, *filter(None, [name]), "--help")
    assert status == 0
    first = say(f"help.{name or 'report'}", lang).partition("\n\n")[0]
    assert first in " ".join(output.split())
    assert say("help.help", lang) in output
    monkeypatch.setenv(ASKED, lang)
    assert call(*filter(None, [name]), "--help") == (0, output)


@pytest.mark.parametrize("arguments", [("check", "--help", "--lang", "sv"), ("check", "--lang=sv", "--help")])
def test_help_hears_the_language_of_a_command_itself(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ASKED, "en")
    assert "Kontrollera inställningar, data" in call(*arguments)[1]


def test_help_names_every_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ASKED, "en")
    for name, command in COMMANDS.items():
        _, output = call(name, "--help")
        assert [each for one in command.params for each in one.opts if each not in output] == []


def test_the_language_may_stand_before_the_command(project: Path) -> None:
    assert call("--lang", "de", "check") == (2, "There is no language de: choose sv or en.\n")
    assert call("--lang", "sv", "check")[1].startswith("2 datamängder kontrollerade")


@pytest.mark.parametrize(
    ("arguments", "sv", "en"),
    [
        (["chek"], "Kommandot chek finns inte. Menade du 'check'?", "There is no command chek. Did you mean 'check'?"),
        (
            ["check", "--exel"],
            "Flaggan --exel finns inte. Menade du '--excel'?",
            "There is no option --exel. Did you mean '--excel'?",
        ),
        (["map"], "file saknas.", "file is missing."),
        (["check", "--excel=ja"], "--excel tar inget värde.", "--excel takes no value."),
        (["check", "data", "b"], "Här finns ingen plats för data b.", "There is no place here for data b."),
        (
            ["preview", "--port", "åtta"],
            f"Värdet går inte att använda: --port … – {say('help.preview_port', 'sv')}",
            f"The value can’t be used: --port … – {say('help.preview_port', 'en')}",
        ),
        (["map", "a.csv", "--dataset"], "Det saknas ett värde efter --dataset.", "A value is missing after --dataset."),
    ],
)
def test_a_call_that_is_wrong_is_told_in_the_language_asked_for(
    arguments: list[str], sv: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ASKED, "en")  # which is put back afterwards
    for lang, expected in (("sv", sv), ("en", en)):
        status, output = call("--lang", lang, *arguments)
        assert (status, output.splitlines()[-1]) == (2, expected)
        assert output.startswith(f"{say('help.usage', lang)}: ")


def test_help_names_the_command_as_it_is_typed_in_a_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def usage() -> str:
        return CliRunner().invoke(app, ["check", "--help"], prog_name="report").output.splitlines()[0]

    assert usage() == "Usage: bin/report check [options]"
    monkeypatch.chdir(project.parent)
    assert usage() == "Usage: report check [options]"
