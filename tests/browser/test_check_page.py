"""The page of a check in a browser: for every reader, at every width, without a script."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report_engine.words.editions import EDITIONS
from tests.browser.conftest import HERE, npm_package, program
from tests.browser.test_accessibility import LIGHTS, RULES, axe
from tests.report_engine.findings.files import HEADER, WRONG
from tests.report_engine.findings.test_page import written


@pytest.fixture(scope="module", params=EDITIONS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("check") / "check.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parent)
        header, rows = [*HEADER, "a_column_that_nobody_has_asked_for"], [[*row, "x"] for row in WRONG]
        path.write_text(written(path.parent, request.param, header=header, rows=rows), "utf-8")
    yield path


@pytest.fixture
def read(chromium: Any, file: Path) -> Iterator[Any]:
    contexts = []

    def open_page(width: int = 1280, **options: Any) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 844}, offline=True, **options))
        page = contexts[-1].new_page()
        page.goto(file.as_uri())
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        return page

    yield open_page
    for context in contexts:
        context.close()


@LIGHTS
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violations(read: Any, width: int, dark: bool) -> None:
    page = read(width, color_scheme="dark" if dark else "light")
    assert axe(page, "violations", type="tag", values=RULES) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_the_window(read: Any, width: int) -> None:
    assert read(width).evaluate("document.scrollingElement.scrollWidth") <= width


def test_links_of_the_summary_lead_to_the_files(read: Any) -> None:
    page = read()
    for link in page.locator("main ul a").all():
        assert page.locator(link.get_attribute("href") or "#").count() == 1


def test_the_html_is_valid(file: Path) -> None:
    validator = npm_package("html-validate/bin/html-validate.mjs")
    command = [program(("node",), "nodejs"), validator, "--config", HERE / "htmlvalidate.mjs", "--formatter", "json"]
    run = subprocess.run([*command, file], capture_output=True, encoding="utf-8", check=False)
    assert run.stdout, run.stderr
    found = [message for result in json.loads(run.stdout) for message in result["messages"]]
    assert [(m["line"], m["ruleId"], m["message"]) for m in found] == []
