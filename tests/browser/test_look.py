"""The questions that the other tests ask, asked of a page with everything wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE
from tests.browser.printed import sheets

PAGE = """<!DOCTYPE html><html lang="sv"><style>
  body { margin: 0; overflow-x: hidden; background: #123; font: 16px sans-serif }
  a { outline: none !important }
  .clip { width: 100px; overflow: hidden; white-space: nowrap }
  .scroll { width: 100px; overflow: auto; white-space: nowrap }
  .over { position: absolute; left: 50px; top: 300px }
</style>
<header><h1 id="top">Rubrik</h1></header>
<main>
  <p id="good">Bra text.</p>
  <p id="wide" style="width: 900px">ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord</p>
  <div class="clip" id="clip"><p>avskuren text som är längre än sin låda</p></div>
  <div class="scroll" id="mouse"><p>rullas men bara med mus, och det är långt</p></div>
  <div class="scroll" id="keys" tabindex="0" style="outline: 2px solid"><p>rullas med tangenter, och det är långt</p></div>
  <p id="none" style="display: none">borta</p>
  <p id="clear" style="opacity: 0">genomskinlig</p>
  <details><summary>Mer</summary><p id="folded">hopfälld</p></details>
  <img id="broken" src="data:," alt="trasig" width="50">
  <a id="link" href="#nowhere">länk</a> <a href="#twice">dubbel</a> <a href="#good">rätt</a>
  <i id="twice">1</i> <i id="twice">2</i>
  <p class="over">Ovanpå</p><p class="over">Undertill</p>
</main></html>"""


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_content(PAGE)
    page.evaluate((HERE / "look.js").read_text("utf-8"))
    page.keyboard.press("Tab")
    yield page
    page.close()


@pytest.fixture
def look(page: Any) -> Callable[..., list[str]]:
    return lambda question, *arguments: page.evaluate(f"a => look.{question}(...a)", list(arguments))


def ids(found: list[str]) -> set[str]:
    return {line.split()[0].partition("#")[2] for line in found}


def test_text_beside_the_window_is_found_though_the_page_does_not_scroll(look: Callable[..., list[str]]) -> None:
    assert ids(look("beyondTheWindow")) == {"wide"}


def test_boxes_that_hide_what_they_hold_are_found(look: Callable[..., list[str]]) -> None:
    assert [line.split()[0] for line in look("cutOff")] == ["div#clip", "div#mouse"]


def test_what_cannot_be_seen_is_found(look: Callable[..., list[str]]) -> None:
    assert ids(look("hidden")) == {"none", "clear", "broken"}


def test_links_to_nothing_and_to_two_things_are_found(look: Callable[..., list[str]]) -> None:
    assert look("unresolved") == ["nowhere: 0 times", "twice: 2 times"]


def test_links_without_a_focus_ring_are_found(look: Callable[..., list[str]]) -> None:
    assert len(look("withoutFocusRing")) == 3


def test_lightness_is_that_of_what_a_text_stands_on(look: Callable[..., Any]) -> None:
    assert look("lightness", "#good") == pytest.approx((0.2126 * 0x11 + 0.7152 * 0x22 + 0.0722 * 0x33) / 255)


def test_words_on_words_and_in_the_margin_are_found(page: Any, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "bad.pdf", format="A4")
    (sheet,) = sheets(tmp_path / "bad.pdf")
    assert list(sheet.overprinted()) == ["page 1: Undertill and Ovanpå"]
    assert "page 1: Rubrik" in sheet.outside(sides=20, top=0, bottom=0)
    assert sheet.outside(sides=0, top=0, bottom=0) == []
