"""The pages' Content-Security-Policy in a browser: nothing of ours is refused, and nothing else runs or is loaded."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from report_engine.changes import ticks
from report_engine.preview.server import Screen, serve
from report_engine.render import embedded
from report_engine.words.editions import Edition
from tests.browser.test_changes import CHANGES
from tests.report_engine.changes.test_page import everything, written

WIDTHS = pytest.mark.parametrize("width", [390, 1280])

BROUGHT_IN = """
<script>document.documentElement.dataset.ran = "script"</script>
<img src="data:," alt="" onerror="document.documentElement.dataset.ran = 'handler'">
<a id="brought" href="javascript:void(document.documentElement.dataset.ran = 'address')">in</a>
<p id="covering" style="position: fixed">in</p>
<style>#covering { position: fixed }</style>
<img src="http://127.0.0.1:9/picture.png" alt="">
<iframe src="http://127.0.0.1:9/frame.html" title="in"></iframe>
<link rel="stylesheet" href="http://127.0.0.1:9/styles.css">
<script src="http://127.0.0.1:9/script.js"></script>
"""
ASKING = """async () => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  await fetch("http://127.0.0.1:9/").catch(() => {});
  await new Promise((done) => setTimeout(done, 200));
  return refused;
}"""


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_at(address: str, width: int = 1280) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 844}))
        page = contexts[-1].new_page()
        page.sent, page.messages = [], []
        page.on("request", lambda request: page.sent.append(request))
        page.on("console", lambda message: page.messages.append(message.text))
        page.on("pageerror", lambda error: page.messages.append(str(error)))
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def use(page: Any) -> None:
    """Do on the report's page what its scripts and styles are for."""
    page.locator("#theme").click()
    page.locator("#facts").click()
    page.locator("main p .fact[data-note]").first.hover()
    page.locator("#preview").wait_for(state="visible")
    page.locator(".mark").first.click()
    page.locator(".note:popover-open").wait_for()
    page.keyboard.press("Escape")
    page.locator(".filter select").first.select_option(index=1)
    page.evaluate("document.querySelectorAll('details').forEach(box => (box.open = true))")
    line = page.locator(".downloads").first
    for button in (line.locator("button").nth(0), line.locator("button").nth(1), line.locator("a[download]")):
        with page.expect_download() as saved:
            button.click()
        assert Path(saved.value.path()).stat().st_size > 0


@WIDTHS
def test_the_report_works_and_nothing_of_it_is_refused(
    open_page: Callable[..., Any], published: Callable[..., Path], width: int
) -> None:
    page = open_page(published("html").as_uri(), width)
    use(page)
    assert page.evaluate("[...document.images].filter(image => !image.naturalWidth).length") == 0
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    right = page.locator("td[style*=right]").first
    assert right.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    assert page.messages == []


@pytest.fixture(scope="module")
def draft(folder: Path, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The page that a preview shows."""
    page = tmp_path_factory.mktemp("draft") / "report.html"
    with contextlib.chdir(folder.parents[1]):
        embedded.draft(Path(), embedded.read(Path(), edition), page)
    return page.read_bytes()


@WIDTHS
def test_the_preview_works_and_asks_its_own_server_only(
    open_page: Callable[..., Any], draft: bytes, edition: Edition, width: int
) -> None:
    screen = Screen()
    screen.ready(draft)
    with serve(screen, edition, 0) as address:
        page = open_page(address, width)
        page.locator("main figure img:visible").first.wait_for()
        page.locator("#theme").click()
        screen.failed(["it is told"])
        page.get_by_text("it is told").wait_for()
        assert page.get_by_role("status").last.evaluate("box => getComputedStyle(box).position") == "fixed"
        own = address.removesuffix(f"{edition}/report.html")
        assert [one.url for one in page.sent if not one.url.startswith((own, "data:"))] == []
        assert [text for text in page.messages if "404" not in text] == []  # there is no icon
        assert "connect-src" in page.evaluate(ASKING)


def holding(page: str) -> str:
    assert page.count("</main>") == 1
    return page.replace("</main>", f"{BROUGHT_IN}</main>")


@pytest.fixture(params=["report.html", "index.html", "changes.html", "check.html"])
def hostile(
    request: pytest.FixtureRequest, folder: Path, edition: Edition, tmp_path: Path, published: Callable[..., Path]
) -> Path:
    """A page of ours that something was brought into."""
    if request.param == "report.html":
        page = published("html").read_text("utf-8")
    elif request.param == "index.html":
        page = (folder / request.param).read_text("utf-8")
    elif request.param == "changes.html":
        page = written(everything(), edition, ticks.add({}, CHANGES, ["claims"]))
    else:
        page = check_page(tmp_path, edition)
    path = tmp_path / request.param
    path.write_text(holding(page), "utf-8")
    return path


def check_page(folder: Path, edition: Edition) -> str:
    from tests.report_engine.findings.test_page import written

    with contextlib.chdir(folder):
        return str(written(folder, edition))


def test_what_is_brought_into_a_page_neither_runs_nor_loads(open_page: Callable[..., Any], hostile: Path) -> None:
    page = open_page(hostile.as_uri())
    page.locator("#brought").click()
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.evaluate("getComputedStyle(document.getElementById('covering')).position") == "static"
    assert "connect-src" in page.evaluate(ASKING)
    refused = set(re.findall(r"""Policy directive:? ["']([\w-]+)""", "\n".join(page.messages)))
    assert {"script-src", "style-src", "img-src"} <= refused, page.messages
    elsewhere = [request for request in page.sent if request.url.startswith("http")]
    assert {request.failure for request in elsewhere} == {"csp"}


def test_without_the_policy_it_would_run(open_page: Callable[..., Any], hostile: Path) -> None:
    page = hostile.read_text("utf-8")
    hostile.write_text(re.sub(r"<meta http-equiv[^>]*>", "", page), "utf-8")
    assert open_page(hostile.as_uri()).evaluate("document.documentElement.dataset.ran") == "handler"
