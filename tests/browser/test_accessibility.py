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


def axe(page: Any, *results: str, **run_only: Any) -> list[str]:
    """Run axe-core and return what it found, one line a rule and a first example."""
    page.evaluate(npm_package("axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("options => axe.run(options)", {"resultTypes": list(results), "runOnly": run_only})
    assert found["passes"], "axe-core has not run"
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:200]} {rule['nodes'][0].get('failureSummary')}"
        for kind in results
        for rule in found[kind]
    ]


@LIGHTS
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violations(read: Read, width: int, dark: bool) -> None:
    assert axe(read(width, dark=dark), "violations", type="tag", values=RULES) == []


@LIGHTS
def test_every_text_stands_out_from_its_background(read: Read, dark: bool) -> None:
    """Without shades and lines drawn as backgrounds, and with tables spread out, axe can measure every text."""
    page = read(1600, dark=dark)
    plain = "*, ::before, ::after { background-image: none !important } .table-scroll { overflow: visible !important }"
    page.evaluate(  # the page's policy allows no other style element
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        plain,
    )
    assert axe(page, "violations", "incomplete", type="rule", values=["color-contrast"]) == []


def test_every_picture_is_described(read: Read) -> None:
    alts = read().look("alts")
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
