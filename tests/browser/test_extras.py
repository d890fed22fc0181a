"""What the page offers beyond reading: a switch for the light, contents that follow, notes at hand, data to save."""

import csv
import io
import json
import re
import urllib.parse
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from report_engine.words.editions import Edition
from tests.browser.conftest import EDITIONS, FORMATS

Read = Callable[..., Any]


def expect_chapter(page: Any, identifier: str) -> None:
    """Wait until the contents mark a place in this chapter; the page's policy lets no string be evaluated there."""
    chapter = page.locator("#TOC > details > ul > li").filter(has=page.locator("[aria-current]"))
    expect(chapter.locator("a").first).to_have_attribute("href", f"#{identifier}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_switch_turns_the_light_and_stays(read: Read, dark: bool) -> None:
    page = read(dark=dark)
    switch = page.locator("#theme")
    assert switch.get_attribute("aria-pressed") == str(dark).lower()
    switch.focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        assert switch.get_attribute("aria-pressed") == str(not dark).lower()
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert light == ("rgb(253, 252, 250)" if dark else "rgb(18, 25, 29)")
        page.reload()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") == "rgb(0, 0, 0)"


def test_the_contents_mark_the_section_that_is_read(read: Read) -> None:
    page = read(motion=False)
    ids = page.evaluate("[...document.querySelectorAll('main h2[id]')].map(heading => heading.id)")
    assert len(ids) > 2
    for identifier in (ids[-2], ids[1]):  # down and up
        page.evaluate("id => document.getElementById(id).scrollIntoView()", identifier)
        expect_chapter(page, identifier)
        assert page.locator("#TOC [aria-current]").count() == 1


def test_the_other_edition_is_reached_at_the_same_section(read: Read, edition: Edition) -> None:
    page = read(motion=False)
    links = page.locator("a[data-edition]")
    others = [other for other in EDITIONS if other != edition]
    assert links.count() == 2 * len(others)  # in the header and below the contents
    if others:
        page.evaluate("document.getElementById('sec-study').scrollIntoView()")
        expect_chapter(page, "sec-study")
        section = page.locator("#TOC [aria-current]").get_attribute("href")
        assert section.startswith("#sec-study")
        assert links.first.get_attribute("href") == f"../{others[0]}/report.html{section}"


def test_the_published_formats_are_linked(seen: Read) -> None:
    got = seen().eval_on_selector_all(".tools a:not([data-edition])", "links => links.map(a => a.getAttribute('href'))")
    assert got == [f"report.{kind}" for kind in ("pdf", "docx") if kind in FORMATS]


def test_the_contents_fold_on_a_phone(read: Read, seen: Read) -> None:
    page = read(390)
    box = page.locator("#TOC > details")
    assert box.get_attribute("open") is None
    page.locator("#TOC summary").focus()
    page.keyboard.press("Enter")
    assert box.get_attribute("open") is not None
    page.locator("#TOC a[href='#sec-study']").click()
    assert box.get_attribute("open") is None
    assert seen(1280).locator("#TOC > details").get_attribute("open") is not None
    assert seen(390, scripts=False).locator("#TOC > details").get_attribute("open") is not None


def test_a_reference_is_shown_at_its_citation(read: Read) -> None:
    page = read()
    preview = page.locator("#preview")
    link = page.locator("a[role=doc-biblioref]").first
    link.focus()
    assert preview.is_visible()
    assert link.get_attribute("aria-describedby") == "preview"
    whole = page.locator(link.get_attribute("href")).text_content()
    assert preview.text_content().split() == whole.split()
    page.keyboard.press("Escape")
    assert not preview.is_visible()
    link.blur()
    link.hover()
    assert preview.is_visible()
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.is_visible()  # or nobody could follow a link in it
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert not preview.is_visible()
    assert page.look("unresolved") == []


def test_headings_have_a_link_to_themselves(read: Read) -> None:
    page = read()
    link = page.locator("#sec-study > .anchor")
    assert link.get_attribute("href") == "#sec-study"
    assert link.evaluate("a => getComputedStyle(a).opacity") == "0"
    page.locator("#sec-study").hover()
    assert link.evaluate("a => getComputedStyle(a).opacity") == "1"


def number(text: str, edition: Edition) -> float | str:
    """Read a number as an edition writes it (``1 234,5``, ``4,2 %``, ``−17``, ``+5``); anything else stays a word."""
    plain = re.sub("[\\s%]", "", text).replace("−", "-")
    plain = plain.replace(",", ".") if edition == "sv" else plain.replace(",", "")
    return float(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?(e-?\d+)?", plain) else text


def test_each_figure_offers_its_data(seen: Read, folder: Path, edition: Edition) -> None:
    page = seen(390, scripts=False)
    figures = page.locator("figure.quarto-float-fig").count()
    links = page.locator(".downloads a[download]")
    tables = page.locator(".figure-data details table")
    assert figures == links.count() == tables.count() > 0
    files = {
        f"{path.parent.name}-{path.name}": path for path in (folder.parents[1] / "figures" / edition).glob("*/*.csv")
    }
    for i in range(figures):
        address = links.nth(i).get_attribute("href")
        text = urllib.parse.unquote(address.partition(",")[2])
        file = files[links.nth(i).get_attribute("download")]
        assert text.encode() == file.read_bytes()
        names, *expected = list(csv.reader(io.StringIO(text)))[:61]
        words = json.loads(file.with_suffix(".json").read_text("utf-8"))
        got = tables.nth(i).evaluate("t => [...t.rows].map(row => [...row.cells].map(cell => cell.textContent))")
        headings = dict(words["headings"])  # without the other edition's words
        assert got[0] == [headings[name] for name in names if name in headings]
        assert all(
            name.endswith(("_sv", "_en")) or f"{name}_{edition}" in names for name in names if name not in headings
        )
        assert len(got) == len(expected) + 1
        of_hundred = {*words["percent"], *words["points"]}
        for shown, written in zip(got[1:], expected, strict=True):
            cells = [(name, cell) for name, cell in zip(names, written, strict=True) if name in headings]
            for cell, (name, raw) in zip(shown, cells, strict=True):
                said = words["labels"].get(name, {}).get(raw, raw)
                value = number(said.replace(".", ",") if edition == "sv" else said, edition)
                if isinstance(value, float):
                    scale, near = (100, 0.51) if name in of_hundred else (1, 0.051)
                    assert number(cell, edition) == pytest.approx(value * scale, abs=near)
                else:
                    assert cell == said
    assert tables.locator("th:not([scope])").count() == 0


def test_a_table_is_put_in_order_by_the_column_that_is_asked_for(read: Read, edition: Edition) -> None:
    page = read()
    box = page.locator(".figure-data details").first
    box.locator("summary").click()
    heading = box.locator("th[scope=col].number").first
    column = heading.evaluate("cell => cell.cellIndex")
    for times, falling in ((1, False), (2, True)):
        heading.locator("button.sort").click()
        said = box.locator("tbody tr").evaluate_all("(rows, at) => rows.map(row => row.cells[at].textContent)", column)
        values = [number(cell, edition) for cell in said if cell]
        assert values == sorted(values, reverse=falling), times
        assert heading.get_attribute("aria-sort") == ("descending" if falling else "ascending")
    assert page.look("unresolved") == []


def test_the_data_of_all_figures_are_one_download(read: Read) -> None:
    page = read()
    with page.expect_download() as saved:
        page.locator("#data").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == page.locator(".downloads a[download]").count()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mark_says_its_value_to_pointer_and_keyboard(read: Read, width: int) -> None:
    page = read(width, motion=False)
    figure = page.locator(".quarto-figure:has(img[data-values])").first
    figure.scroll_into_view_if_needed()
    picture = figure.locator("img.narrow" if width < 640 else "img.wide")
    values = json.loads(picture.get_attribute("data-values"))
    said, box = page.locator(".said-value"), picture.bounding_box()
    x, y, *_, words = values[2]
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    assert said.inner_text().replace("\u202f", " ") == words.replace("\xa0", " ").replace("\u202f", " ")
    slider = figure.locator("input.values")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == values[1][-1]
    assert said.is_visible() and said.get_attribute("aria-hidden") == "true"
    page.keyboard.press("Escape")
    assert not said.is_visible()
    assert page.messages == []


def test_a_figure_is_saved_as_svg_and_png(read: Read) -> None:
    page = read()
    line = page.locator(".downloads").first
    for button, start in ((0, b"<"), (1, b"\x89PNG")):
        with page.expect_download() as saved:
            line.locator("button").nth(button).click()
        assert Path(saved.value.path()).read_bytes().startswith(start)
        assert saved.value.suggested_filename.endswith((".svg", ".png"))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_tables_of_figures_are_accessible_and_stay_in_the_window(read: Read, width: int) -> None:
    from tests.browser.test_accessibility import RULES, axe

    page = read(width)
    page.evaluate("document.querySelectorAll('details').forEach(box => (box.open = true))")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert axe(page, "violations", within=".figure-data", type="tag", values=RULES) == []
