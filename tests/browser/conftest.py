"""The published report of each edition that config.yaml names, and a real browser to read it in."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from report_engine.render.project import metadata
from report_engine.settings import config
from report_engine.settings.settings import Format
from report_engine.words.editions import Edition
from tests.workflow.conftest import ROOT, built, up_to_date  # noqa: F401  (a fixture)

HERE = Path(__file__).resolve().parent
EDITIONS = config.load(ROOT).editions
FORMATS = config.load(ROOT).formats

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def program(names: tuple[str, ...], package: str) -> str:
    """Return the path of the first of these programs that is installed; without any, skip, or fail in CI."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    message = f"{names[0]} is not installed: `make test` installs it where it may, or apt install {package}"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(message)
    pytest.skip(message)


def npm_package(path: str) -> Path:
    """Return a file of an npm package; where it was not installed, skip, or fail in CI."""
    program(("node",), "nodejs npm")
    file = HERE / "node_modules" / path
    assert file.is_file(), "the npm packages are not installed: npm ci --prefix tests/browser"
    return file


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return request.param


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """``report/_output``: this folder's own where `report build` has nothing to do, else that of a copy built for it."""
    root = ROOT if up_to_date() else request.getfixturevalue("built").root
    return root / "report" / "_output"


@pytest.fixture(scope="session")
def published(folder: Path, edition: Edition) -> Callable[[Format], Path]:
    """Return the published file of a format: ``published("pdf")``."""

    def get(kind: Format) -> Path:
        if kind not in FORMATS:
            pytest.skip(f"config.yaml does not ask for {kind}")
        return folder / edition / f"report.{kind}"

    return get


@pytest.fixture(scope="session")
def lang(edition: Edition) -> str:
    """The language that the edition's files must declare: ``sv-SE``."""
    return str(metadata(ROOT, edition)["lang"])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running Chromium; for a module, because Playwright keeps an event loop that other tests couldn't start theirs in."""
    from playwright.sync_api import sync_playwright

    path = program(_CHROMIUM, "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


def opened(chromium: Any, file: Path, width: int, *, dark: bool, scripts: bool, motion: bool) -> Any:
    """Open a page without a network.

    The page has ``requests``, the addresses it asked for, and ``messages``, what it complained of. ``look()`` asks one
    of the questions of look.js.
    """
    page = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if dark else "light",
        reduced_motion="no-preference" if motion else "reduce",
        java_script_enabled=scripts,
        offline=True,
    ).new_page()
    page.requests, page.messages = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.goto(file.as_uri())
    page.evaluate((HERE / "look.js").read_text("utf-8"))
    page.look = lambda question, *arguments: page.evaluate(f"a => look.{question}(...a)", list(arguments))
    return page


@pytest.fixture
def read(chromium: Any, published: Callable[[Format], Path]) -> Iterator[Callable[..., Any]]:
    """Open the report for a test that does things to it: ``read(width=390, dark=True, scripts=False)``."""
    pages = []

    def open_page(width: int = 1280, *, dark: bool = False, scripts: bool = True, motion: bool = True) -> Any:
        pages.append(opened(chromium, published("html"), width, dark=dark, scripts=scripts, motion=motion))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def seen(chromium: Any, published: Callable[[Format], Path]) -> Iterator[Callable[..., Any]]:
    """The report as ``read`` opens it, once for all tests of a module that leave it as it is: opening it takes a second."""
    pages: dict[tuple[int, bool], Any] = {}

    def open_page(width: int = 1280, *, dark: bool = False, scripts: bool = True) -> Any:
        if (width, scripts) not in pages:
            pages[width, scripts] = opened(chromium, published("html"), width, dark=dark, scripts=scripts, motion=True)
        page = pages[width, scripts]
        page.emulate_media(media="screen", color_scheme="dark" if dark else "light")
        return page

    yield open_page
    for page in pages.values():
        page.context.close()
