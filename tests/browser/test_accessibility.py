"""The published page for readers who don't see it, don't use a mouse or don't want things to move."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import npm_package

Read = Callable[..., Any]

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LIGHTS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])

# Between these a description says what there is to see, and is not a table read aloud.
SHORTEST_ALT, LONGEST_ALT = 40, 1000


def axe(page: Any, *results: str, within: str = "html", **run_only: Any) -> list[str]:
    """Run axe-core on a page, or on parts of it, and return what it found, one line a rule and a first example."""
    page.evaluate(npm_package("axe-core/axe.min.js").read_text("utf-8"))
    options = {"resultTypes": list(results), "runOnly": run_only}
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])
    assert found["passes"], "axe-core has not run"
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:200]} {rule['nodes'][0].get('failureSummary')}"
        for kind in results
        for rule in found[kind]
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violations(seen: Read, width: int) -> None:
    assert axe(seen(width), "violations", type="tag", values=RULES) == []


def test_axe_finds_no_violations_in_the_dark(seen: Read) -> None:
    """Of what the rules look at, only colours change; on a wide screen the next test looks at those of every text."""
    assert axe(seen(390, dark=True), "violations", type="rule", values=["color-contrast", "link-in-text-block"]) == []


@LIGHTS
def test_every_text_stands_out_from_its_background(seen: Read, dark: bool) -> None:
    """Without shades and lines drawn as backgrounds, and with tables spread out, axe can measure every text."""
    page = seen(1600, dark=dark)
    plain = "*, ::before, ::after { background-image: none !important } .table-scroll { overflow: visible !important }"
    page.evaluate(  # the page's policy allows no other style element
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        plain,
    )
    assert axe(page, "violations", "incomplete", type="rule", values=["color-contrast"]) == []


def test_every_picture_is_described(seen: Read) -> None:
    alts = seen().look("alts")
    assert alts
    assert [alt for alt in alts if not SHORTEST_ALT <= len(alt) <= LONGEST_ALT] == []
    assert [alt for alt, times in Counter(alts).items() if times > 1] == []


def test_the_keyboard_reaches_the_text_first_and_always_shows_where_it_is(read: Read) -> None:
    page = read()
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.get_attribute("href") == "#content"
    box = first.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["height"] > 20
    assert page.look("withoutFocusRing") == []
    page.focus("a[href='#content']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"


def test_nothing_moves_where_the_reader_wants_it_still(read: Read) -> None:
    moving = """
      [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        const times = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
        return style.scrollBehavior === "smooth" || times.some((time) => parseFloat(time) > 0.01);
      }).map((element) => element.localName)"""
    assert read(motion=False).evaluate(moving) == []
