"""What ``report check`` says of chapters and slides: on the page, in the terminal, in both languages, and by its status."""

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from report_engine.checks.examined import Examined
from report_engine.findings import chapters, command
from report_engine.model.problems import Problem
from report_engine.pipeline.steps import tidy
from report_engine.render.rehearsal import Refused, rehearse
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message
from tests.report_engine.render.test_rehearsal import IN_CHAPTER, PLANTS, Plant, planted, small_report
from tests.workflow.conftest import ROOT


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, list[str], str]]:
    """Run the command on the small report, data and typed numbers left out: ``check(plant, "sv")`` gives status, lines, page."""

    def run(plant: Plant | None = None, lang: str = "en", built: bool = True) -> tuple[int, list[str], str]:
        root = planted(tmp_path / "report", plant) if plant else small_report(tmp_path / "report")
        shutil.copy(ROOT / "config.yaml", root)
        for name in () if built else ("data/results", "figures"):
            shutil.rmtree(root / name)
        monkeypatch.chdir(root)
        monkeypatch.setattr(tidy, "examine", lambda: Examined([], {}, {}, {}))
        lines: list[str] = []
        status = command.run(lang, False, lines.append)
        return status, lines, unescape(re.sub(r"<[^>]+>", "\n", command.PAGE.read_text("utf-8")))

    return run


def test_what_a_build_would_refuse_stops_the_check(check: Callable[..., tuple[int, list[str], str]]) -> None:
    status, lines, page = check(PLANTS["unknown fact"])
    assert status == 2
    expected = (
        f"{IN_CHAPTER}, line 3: unknown fact 'background.net_cots'. Did you mean 'background.net_cost'? It is in no result of the"
        " last build. Correct the id, or build the report if code or data are newer than that."
    )
    assert expected in lines
    assert "The report can't be built yet." in page and "unknown fact 'background.net_cots'." in page


def test_it_says_so_in_swedish(check: Callable[..., tuple[int, list[str], str]]) -> None:
    status, lines, page = check(PLANTS["heading in one edition"], "sv")
    expected = f"{IN_CHAPTER}, rad 19: rubriken sec-background-more saknas i report/en/background.qmd. Utgåvorna ska säga detsamma"
    assert status == 2 and any(line.startswith(expected) for line in lines), lines
    assert "Rapporten kan inte byggas ännu." in page and "Kapitel och bilder" in page


def test_a_sound_report_passes(check: Callable[..., tuple[int, list[str], str]]) -> None:
    status, lines, page = check()
    assert (status, [line for line in lines if "report/" in line and "check.html" not in line]) == (0, [])
    assert "Nothing that the build would refuse." in page


def test_before_the_first_build_the_rest_is_checked(check: Callable[..., tuple[int, list[str], str]]) -> None:
    status, lines, _ = check(built=False)
    unbuilt = "There is no earlier build: facts, claims, figures and tables can only be looked up after the first."
    assert (status, lines.count(unbuilt)) == (0, 1), lines


@pytest.mark.parametrize("name", ["unknown reference", "unknown work", "heading in one edition", "formula", "id twice"])
def test_before_the_first_build_the_rest_stops_the_check(
    check: Callable[..., tuple[int, list[str], str]], name: str
) -> None:
    status, lines, _ = check(PLANTS[name], built=False)
    assert status == 2
    assert any(line.startswith(PLANTS[name].expected) for line in lines), lines


def test_long_lists_are_cut_in_the_terminal_only() -> None:
    refused = Refused(
        [Problem("a.qmd", line, Message("chapters.link_leads_nowhere", {"id": "a"})) for line in range(1, 60)]
    )
    lines = chapters.lines(refused, "en")
    assert len(lines) == 41 and lines[-1] == "19 more in chapters and slides; all of them are on the page."
    assert chapters.section(refused, "en").count("leads nowhere") == 59


def test_what_stands_in_chapters_is_no_markup_of_the_page() -> None:
    page = chapters.section(
        Refused([Problem("<b>.qmd", 1, Message("chapters.unknown_fact", {"fact": "'<script>'"}))]), "sv"
    )
    assert (
        "<script>" not in page and "<b>" not in page and "okänt faktum '&lt;script&gt;'" in page.replace("&#x27;", "'")
    )


@pytest.mark.parametrize("name", PLANTS)
def test_every_fault_is_said_in_swedish(tmp_path: Path, name: str) -> None:
    problems = rehearse(planted(tmp_path / "report", PLANTS[name]), EDITIONS, ("html", "slides"), "embedded").problems
    quoted = {"chapters.pandoc"}  # what a library says stays as it says it
    assert problems
    assert all(one.said("sv") != one.said("en") for one in problems if one.message.key not in quoted)
