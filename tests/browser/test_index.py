"""The page that leads to the editions, in a browser."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report_engine.render import index
from report_engine.words.editions import EDITIONS
from tests.browser.conftest import HERE, npm_package, program
from tests.browser.test_accessibility import LIGHTS, RULES, axe
from tests.workflow.conftest import ROOT


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("index")
    template = root / index.TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_bytes((ROOT / index.TEMPLATE).read_bytes())
    for edition in EDITIONS:
        folder = root / "report" / "_output" / edition
        folder.mkdir(parents=True)
        for name in index.FILES:
            (folder / name).write_text("<title>Kommunal arbetsmarknadspolitik</title>", "utf-8")
    index.write(root, EDITIONS)
    return root / "report" / "_output" / index.NAME


@pytest.fixture
def page(chromium: Any, file: Path) -> Iterator[Any]:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()


@LIGHTS
def test_axe_finds_no_violations(page: Any, dark: bool) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert axe(page, "violations", type="tag", values=RULES) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_the_window_and_asks_for_nothing(page: Any, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.requests == [file.as_uri()]


def test_every_link_is_reached_by_keyboard_and_leads_to_a_file(page: Any, file: Path) -> None:
    for edition in EDITIONS:
        for name in index.FILES:
            page.keyboard.press("Tab")
            assert page.locator(":focus").get_attribute("href") == f"{edition}/{name}"
            assert (file.parent / edition / name).is_file()


def test_the_html_is_valid(file: Path) -> None:
    validator = npm_package("html-validate/bin/html-validate.mjs")
    command = [program(("node",), "nodejs"), validator, "--config", HERE / "htmlvalidate.mjs", "--formatter", "json"]
    run = subprocess.run([*command, file], capture_output=True, encoding="utf-8", check=False)
    assert run.stdout, run.stderr
    found = [message for result in json.loads(run.stdout) for message in result["messages"]]
    assert [(m["line"], m["ruleId"], m["message"]) for m in found] == []
