"""The page of changes in a browser: readable without a script, and with one it gives the file of ticks."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report_engine.changes import ticks
from report_engine.changes.compare import KINDS
from report_engine.words.editions import EDITIONS
from tests.browser.conftest import HERE, npm_package, program
from tests.browser.test_accessibility import LIGHTS, RULES, axe
from tests.report_engine.changes.test_page import everything, written

CHANGES = everything().changes


@pytest.fixture(scope="module", params=EDITIONS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("changes") / "changes.html"
    path.write_text(written(everything(), request.param, ticks.add({}, CHANGES, ["claims"])), "utf-8")
    return path


@pytest.fixture
def read(chromium: Any, file: Path) -> Iterator[Any]:
    contexts = []

    def open_page(width: int = 1280, **options: Any) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 844}, offline=True, **options))
        page = contexts[-1].new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@LIGHTS
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violations(read: Any, width: int, dark: bool) -> None:
    page = read(width, color_scheme="dark" if dark else "light")
    assert axe(page, "violations", type="tag", values=RULES) == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_the_window_and_asks_for_nothing(read: Any, file: Path, width: int, scripts: bool) -> None:
    page = read(width, java_script_enabled=scripts)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert [url for url in page.requests if not url.startswith("data:")] == [file.as_uri()]


def test_without_a_script_figures_stand_side_by_side_and_nothing_is_to_be_clicked(read: Any) -> None:
    page = read(java_script_enabled=False)
    before, now = (page.locator(".pair img").nth(n).bounding_box() for n in (0, 1))
    assert before["x"] + before["width"] <= now["x"] and before["y"] == now["y"]
    assert page.locator("input:visible, button:visible, textarea:visible").count() == 0
    assert page.locator(".tick").count() == len(CHANGES)


def test_with_a_script_figures_lie_on_each_other_and_fade(read: Any) -> None:
    page = read()
    before, now = (page.locator(".pair img").nth(n) for n in (0, 1))
    assert before.bounding_box() == now.bounding_box()
    page.locator(".pair input").focus()
    page.keyboard.press("Home")
    assert now.evaluate("image => getComputedStyle(image).opacity") == "0"
    page.keyboard.press("End")
    assert now.evaluate("image => getComputedStyle(image).opacity") == "1"


def test_the_file_holds_what_is_ticked(read: Any, tmp_path: Path) -> None:
    page, path = read(), tmp_path / "seen.yaml"

    def given() -> dict[str, str]:
        path.write_text(page.locator("#file").input_value(), "utf-8")
        return ticks.read(path)

    assert given() == ticks.add({}, CHANGES, ["claims"])
    page.get_by_role("checkbox").nth(1).check()
    assert len(given()) == 2 and given().items() <= ticks.add({}, CHANGES, ["all"]).items()
    for button in page.locator("section p > button").all():
        button.click()
    page.get_by_role("checkbox").nth(0).uncheck()
    assert not any(key.startswith("claims/") for key in given())
    for box in page.get_by_role("checkbox").all():
        box.check()
    assert given() == ticks.add({}, CHANGES, KINDS)
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "seen.yaml"
    assert Path(download.value.path()).read_text("utf-8") == ticks.content(ticks.add({}, CHANGES, ["all"]))


def test_the_html_is_valid(file: Path) -> None:
    validator = npm_package("html-validate/bin/html-validate.mjs")
    command = [program(("node",), "nodejs"), validator, "--config", HERE / "htmlvalidate.mjs", "--formatter", "json"]
    run = subprocess.run([*command, file], capture_output=True, encoding="utf-8", check=False)
    assert run.stdout, run.stderr
    found = [message for result in json.loads(run.stdout) for message in result["messages"]]
    assert [(m["line"], m["ruleId"], m["message"]) for m in found] == []
