"""Claims on the published page: marks that open, what fails beside its sentence, numbers that say where they come from, the ledger."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from report_engine.words.editions import Edition

Read = Callable[..., Any]


@pytest.fixture(scope="module")
def notes(folder: Path, edition: Edition) -> dict[str, Any]:
    return json.loads((folder.parents[1] / "data" / "results" / edition / "notes.json").read_text("utf-8"))


def failing(notes: dict[str, Any]) -> list[str]:
    return sorted(key for key, claim in notes["claims"].items() if claim["outcome"] == "fails")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_each_claim_has_a_mark_that_opens_its_note(read: Read, notes: dict[str, Any], scripts: bool) -> None:
    page = read(scripts=scripts)
    marks = page.locator("main .mark")
    assert marks.count() == len(notes["claims"]) > 0
    got = page.eval_on_selector_all(".claim", "all => all.map(one => one.id)")
    assert sorted(got) == sorted(notes["claims"])
    for identifier, claim in list(notes["claims"].items())[:3]:
        mark = page.locator(f".mark[popovertarget='note-{identifier}']")
        note = page.locator(f"#note-{identifier}")
        assert mark.inner_text().startswith(claim["verdict"])
        assert not note.is_visible()
        mark.focus()
        page.keyboard.press("Enter")
        assert note.is_visible()
        said = " ".join(note.inner_text().split())
        assert all(" ".join(text.split()) in said for text in claim["lines"].values())
        page.keyboard.press("Escape")
        assert not note.is_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_an_open_note_is_accessible_and_in_the_window(seen: Read, width: int, dark: bool) -> None:
    from tests.browser.test_accessibility import RULES, axe

    page = seen(width, dark=dark)
    mark = page.locator(".mark").nth(2)
    mark.click()
    box = page.locator(".note:popover-open").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= 0 and box["y"] + box["height"] <= 844
    assert axe(page, "violations", within=".note:popover-open", type="tag", values=RULES) == []
    page.keyboard.press("Escape")


def test_what_fails_is_counted_and_stands_beside_its_sentence(seen: Read, notes: dict[str, Any]) -> None:
    page = seen()
    assert page.locator(".fallen del").count() == len(failing(notes))
    assert page.locator(".banner").count() == (1 if failing(notes) else 0)
    for identifier in failing(notes):
        sentence = page.locator(f"#{identifier}").bounding_box()
        paragraph = page.locator(f".beside:has(#{identifier}) .fallen").first.bounding_box()
        assert paragraph["x"] > sentence["x"]


def test_the_ledger_filters_by_verdict_section_and_text(read: Read, notes: dict[str, Any]) -> None:
    page = read()
    rows = page.locator("#tbl-report-ledger tbody tr:has([id^=ledger-])")
    total = len(notes["claims"])
    assert rows.count() == total
    status = page.locator(".filter [role=status]")
    assert status.inner_text().startswith(f"{total} ")

    def shown() -> int:
        return int(rows.filter(visible=True).count())

    verdicts, sections = page.locator(".filter select").all()
    verdicts.select_option("holds")
    holding = sum(claim["outcome"] == "holds" for claim in notes["claims"].values())
    assert shown() == holding and status.inner_text().startswith(f"{holding} ")
    verdicts.select_option("")
    sections.select_option(index=1)
    assert 0 < shown() < total
    sections.select_option("")
    first = next(iter(notes["claims"].values()))["statement"]
    page.locator(".filter input").fill(first)
    assert 1 <= shown() < total
    page.locator(".filter input").fill("xyzzy")
    assert shown() == 0 and page.locator("#tbl-report-ledger tbody:visible").count() == 0
    if failing(notes):
        page.locator(".banner a").click()
        assert shown() == len(failing(notes))


def test_the_ledger_is_whole_without_scripts(seen: Read, notes: dict[str, Any]) -> None:
    page = seen(scripts=False)
    assert page.locator(".filter").count() == 0
    rows = page.locator("#tbl-report-ledger tbody tr:has([id^=ledger-])")
    assert rows.filter(visible=True).count() == len(notes["claims"])
    order = page.eval_on_selector_all(
        "#tbl-report-ledger tbody [id^=ledger-]", "all => all.map(one => one.id.slice(7))"
    )
    sentences = page.eval_on_selector_all(".claim", "all => all.map(one => one.id.slice(6))")
    assert sorted(order) == sorted(sentences)
    places = {name: i for i, name in enumerate(sentences)}
    groups = page.eval_on_selector_all(
        "#tbl-report-ledger tbody",
        "all => all.map(group => [...group.querySelectorAll('[id^=ledger-]')].map(one => one.id.slice(7)))",
    )
    for names in groups:
        assert [places[name] for name in names] == sorted(places[name] for name in names)


def test_numbers_say_where_they_come_from(read: Read, notes: dict[str, Any]) -> None:
    page = read()
    fact = page.locator("main p .fact[data-note]").nth(5)
    note = notes["facts"][fact.get_attribute("data-fact")]
    preview = page.locator("#preview")
    assert page.locator("main .fact[tabindex]").count() == 0  # not hundreds of stops on the way
    fact.hover()
    preview.wait_for(state="visible")
    assert preview.inner_text().split() == [*note.split(), "bin/report", "trace", fact.get_attribute("data-fact")]
    page.keyboard.press("Escape")
    switch = page.locator("#facts")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Tab")
    fact.focus()
    preview.wait_for(state="visible")
    assert fact.get_attribute("aria-describedby") == "preview"
    switch.click()
    assert page.locator("main .fact[tabindex]").count() == 0


def test_numbers_say_it_without_scripts(seen: Read, notes: dict[str, Any]) -> None:
    page = seen(scripts=False)
    titles = page.eval_on_selector_all("main .fact[title]", "all => all.map(one => [one.dataset.fact, one.title])")
    assert len(titles) > 100
    assert [key for key, title in titles if title != f"{notes['facts'][key]}\nbin/report trace {key}"] == []
