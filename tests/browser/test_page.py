"""The published page as readers meet it: on any screen, by day and night, on paper, without scripts, without a network."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE, npm_package, program
from tests.browser.printed import sheets

Read = Callable[..., Any]
Published = Callable[..., Path]

LIGHTS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
WIDTHS = (360, 390, 768, 1280, 1600)


def test_the_html_is_valid(published: Published) -> None:
    validator = npm_package("html-validate/bin/html-validate.mjs")
    command = [program(("node",), "nodejs"), validator, "--config", HERE / "htmlvalidate.mjs", "--formatter", "json"]
    run = subprocess.run([*command, published("html")], capture_output=True, encoding="utf-8", check=False)
    assert run.stdout, run.stderr
    found = [message for result in json.loads(run.stdout) for message in result["messages"]]
    assert [(m["line"], m["ruleId"], m["message"]) for m in found] == []


def test_the_file_is_small_enough_to_send(published: Published) -> None:
    assert published("html").stat().st_size < 4_000_000


def test_the_page_asks_for_nothing_but_itself_and_has_no_complaints(read: Read, published: Published) -> None:
    page = read()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    itself = published("html").as_uri()
    assert [address for address in page.requests if address != itself and not address.startswith("data:")] == []
    assert page.messages == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_lies_beside_the_window(seen: Read, width: int) -> None:
    page = seen(width)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width, page.look("beyondTheWindow")
    assert page.look("beyondTheWindow") == []
    assert page.look("cutOff") == []


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_each_figure_is_read_without_scrolling(read: Read, width: int) -> None:
    assert read(width).look("figures") == []


@LIGHTS
def test_the_paper_is_as_light_or_dark_as_the_reader_has_it(seen: Read, dark: bool) -> None:
    page = seen(dark=dark)
    for part in ("body", "header", "main p"):
        assert (page.look("lightness", part) < 0.2) if dark else (page.look("lightness", part) > 0.8), part
    assert page.look("lightness", "figure img") > 0.8  # figures are drawn for white paper


def test_everything_is_there_without_scripts(seen: Read) -> None:
    page = seen(scripts=False)
    assert page.look("hidden") == []
    assert set(seen().look("texts")) <= set(page.look("texts"))


def test_nothing_is_lost_on_paper(seen: Read, tmp_path: Path) -> None:
    page = seen()
    page.pdf(path=tmp_path / "print.pdf", format="A4", margin=dict.fromkeys(("left", "right", "top", "bottom"), "1cm"))
    printed = sheets(tmp_path / "print.pdf")
    assert [found for sheet in printed for found in sheet.outside(sides=25, top=25, bottom=25)] == []  # points
    assert [found for sheet in printed for found in sheet.overprinted()] == []
    page.emulate_media(media="print")
    assert page.look("hidden") == []


@LIGHTS
def test_paper_is_white_and_ink_is_black(seen: Read, dark: bool) -> None:
    page = seen(dark=dark)
    page.emulate_media(media="print")
    assert page.look("lightness", "main p") > 0.95
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") == "rgb(0, 0, 0)"


def test_every_link_and_label_leads_to_one_place(seen: Read) -> None:
    assert seen().look("unresolved") == []


def test_headings_are_one_tree(seen: Read, lang: str) -> None:
    page = seen()
    assert page.evaluate("document.documentElement.lang") == lang
    headings = page.look("headings")
    levels = [level for level, _ in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert page.title() == headings[0][1]
    skipped = [text for before, (level, text) in zip(levels, headings[1:], strict=False) if level > before + 1]
    assert skipped == []
    assert [text for _, text in headings if not text] == []
