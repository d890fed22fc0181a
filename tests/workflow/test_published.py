"""The published files as a reader's programs see them."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.workflow.conftest import Project

BROWSER = Path(__file__).resolve().parent.parent / "browser"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SETUP = "`make test` installs it, or says what is needed"


@pytest.fixture
def html(built: Project) -> Path:
    return built.path("report/_output/sv/report.html")


@pytest.fixture
def page(html: Path) -> Iterator[Any]:
    """The report opened in a real Chromium without network, as on a telephone."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, f"there is no Chromium; {SETUP}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
        opened = context.new_page()
        opened.messages = []
        opened.on("console", lambda message: opened.messages.append(message.text))
        opened.on("pageerror", lambda error: opened.messages.append(str(error)))
        opened.on("requestfailed", lambda request: opened.messages.append(request.url))
        opened.goto(html.as_uri())
        yield opened
        browser.close()


def test_the_page_is_valid_html(html: Path) -> None:
    program = BROWSER / "node_modules/.bin/html-validate"
    assert program.exists(), f"html-validate is not installed; {SETUP}"
    command = [program, "--config", BROWSER / ".htmlvalidate.json", "--formatter", "json", html]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    results = json.loads(run.stdout)
    assert [(m["line"], m["ruleId"], m["message"]) for result in results for m in result["messages"]] == []


def test_the_page_needs_nothing_from_elsewhere_and_reports_no_errors(page: Any) -> None:
    assert page.messages == []
    assert page.title()
    assert page.evaluate("document.documentElement.lang").startswith("sv")


def test_the_page_fits_a_telephone(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_has_no_accessibility_violations(page: Any) -> None:
    script = BROWSER / "node_modules/axe-core/axe.min.js"
    assert script.exists(), f"axe-core is not installed; {SETUP}"
    page.evaluate(script.read_text("utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_the_pdf_has_a_title_a_language_and_tags(built: Project) -> None:
    with pikepdf.open(built.path("report/_output/sv/report.pdf")) as pdf:
        assert str(pdf.Root.Lang).startswith("sv")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["dc:title"]


def test_the_word_file_holds_text_and_pictures(built: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(built.path("report/_output/sv/report.docx").read_bytes())) as word:
        assert word.testzip() is None
        text = word.read("word/document.xml").decode("utf-8")
        pictures = [name for name in word.namelist() if name.startswith("word/media/")]
    assert pictures and text.count("<pic:pic") >= len(pictures)
    assert "{{&lt;" not in text
