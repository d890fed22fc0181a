"""The page that leads to the editions: what it names, in which languages, and when it is written anew."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from report_engine.render import index
from report_engine.render.page import parse
from report_engine.words.editions import Edition
from tests.report_engine.render.conftest import REPOSITORY, write

TITLES: dict[Edition, str] = {"sv": "Arbete &amp; bistånd", "en": "Work &amp; <b>assistance"}
NAMES = ("report.html", "report.pdf", "report.docx")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "report/theme/index.html", (REPOSITORY / "report/theme/index.html").read_bytes())
    return tmp_path


def publish(root: Path, edition: Edition, names: tuple[str, ...] = NAMES) -> None:
    for name in names:
        write(root, f"report/_output/{edition}/{name}", f"<html><head><title>\n{TITLES[edition]}</title></head></html>")


def text(root: Path) -> str:
    return (root / "report/_output/index.html").read_text("utf-8")


def test_the_page_leads_to_every_file_of_every_edition(root: Path) -> None:
    publish(root, "sv")
    publish(root, "en", ("report.html", "report.docx"))
    write(root, "report/_output/en/notes.txt", "not for readers")
    index.write(root, ("sv", "en"))
    page = parse(text(root))
    assert (page.errors, page.lang, page.title) == ([], "sv-SE", "Arbete & bistånd · Work & <b>assistance")
    assert [page.count[tag] for tag in ("h1", "main", "section", "a")] == [1, 1, 2, 5]
    assert page.resources == [] and len(page.ids) == len(set(page.ids))
    links = [line.partition('href="')[2].partition('"')[0] for line in text(root).splitlines() if "<a " in line]
    assert links == [*(f"sv/{name}" for name in NAMES), "en/report.html", "en/report.docx"]
    assert all((root / "report/_output" / link).is_file() for link in links)
    assert '<section lang="en-GB" aria-labelledby="en">\n<h2 id="en">English</h2>' in text(root)
    assert "The report in Word" in text(root) and "Läs rapporten på webben" in text(root)


def test_one_edition_without_a_page_goes_by_its_language(root: Path) -> None:
    publish(root, "en", ("report.pdf",))
    index.write(root, ("en",))
    page = parse(text(root))
    assert (page.lang, page.title, page.count["a"]) == ("en-GB", "English", 1)


def test_editions_that_are_not_asked_for_or_not_there_are_left_out(root: Path) -> None:
    publish(root, "sv")
    publish(root, "en")
    index.write(root, ("sv",))
    assert 'lang="en-GB"' not in text(root)
    shutil.rmtree(root / "report/_output/en")
    index.write(root, ("sv", "en"))
    assert 'lang="en-GB"' not in text(root)


def test_nothing_published_is_no_page(root: Path) -> None:
    index.write(root, ("sv", "en"))
    assert not (root / "report/_output").exists()
    publish(root, "sv")
    index.write(root, ("sv",))
    shutil.rmtree(root / "report/_output/sv")
    index.write(root, ("sv",))
    assert not (root / "report/_output/index.html").exists()


def test_the_page_is_written_only_where_something_has_changed(root: Path) -> None:
    target = root / "report/_output/index.html"
    publish(root, "sv")
    index.write(root, ("sv",))
    first = target.read_bytes()
    os.utime(target, ns=(1, 1))
    index.write(root, ("sv",))
    assert target.stat().st_mtime_ns == 1
    target.write_text("changed by hand", "utf-8")
    index.write(root, ("sv",))
    assert target.read_bytes() == first


def test_editions_that_are_published_at_the_same_time_are_both_named(root: Path) -> None:
    def one(edition: Edition) -> None:
        publish(root, edition)
        index.write(root, ("sv", "en"))

    editions: tuple[Edition, ...] = ("sv", "en")
    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, editions))
        assert all(f'<h2 id="{edition}">' in text(root) for edition in editions)
        shutil.rmtree(root / "report/_output")
