"""The page in a real browser: no sideways scrolling at any width, no request to anywhere, light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from report_engine import render
from tests.report_engine.render.conftest import make_project
from tests.report_engine.render.test_formats import REPORT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

WIDE = (
    "\n\n::: {#tbl-wide}\n"
    + "|"
    + "Kommunkod |" * 14
    + "\n"
    + "|---" * 14
    + "|\n"
    + "|12345" * 14
    + "|\n\nBred.\n:::\n"
)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("browser") / "project", {"index.qmd": REPORT + WIDE})
    return render.render(root, "sv", ("html",), "embedded")[0]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [360, 390, 768, 1151, 1152, 1280, 1600])
def test_nothing_scrolls_sideways_but_tables(browser: "Browser", page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator("#tbl-wide .table-scroll")
    if width < 640:
        assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_asks_for_nothing_and_shows_its_own_type(browser: "Browser", page_file: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(page_file.as_uri())
    page.evaluate("document.fonts.ready")
    assert [url for url in requests if not url.startswith("data:")] == [page_file.as_uri()]
    assert errors == []
    families = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {"Report Sans", "Report Serif"} <= {family.strip('"') for family in families}
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(253, 252, 250)" if scheme == "light" else "rgb(18, 25, 29)")
    page.close()


def test_the_skip_link_is_first_and_leads_to_the_text(browser: "Browser", page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()
