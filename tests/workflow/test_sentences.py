"""Sentences as the published page has them: each begins like one."""

import re

import pytest
from lxml import html

from report_engine.words.editions import EDITIONS, Edition
from tests.workflow.conftest import Project

PROSE = """//main//*[self::p or self::li or self::figcaption or self::caption][not(
    ancestor::td or ancestor::th or ancestor::nav or ancestor::*[@popover or @id='refs' or contains(@class, 'key-figure')])]"""
"""Paragraphs, items and captions of the chapters: not tables, tiles, contents, notes or references."""
ABBREVIATED = re.compile(r"(?:\b(?:m\.?fl|kap|t\.ex|prop|et al|cf|No)\.)$")


def sentences(page: str) -> list[str]:
    found = []
    for element in html.fromstring(page).xpath(PROSE):
        text = " ".join(element.text_content().split())
        begun = ""
        for part in re.split(r"(?<=[.!?])\s+", text):
            begun = f"{begun} {part}".strip()
            if not ABBREVIATED.search(begun):
                found.append(begun)
                begun = ""
    return [sentence for sentence in found if sentence]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_sentence_begins_with_a_small_letter_or_a_digit(built: Project, edition: Edition) -> None:
    page = built.path(f"report/_output/{edition}/report.html").read_text("utf-8")
    found = sentences(page)
    assert len(found) > 300
    assert [sentence for sentence in found if re.match(r"(?!n = )[a-zåäö0-9]", sentence)] == []
