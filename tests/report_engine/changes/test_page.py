"""The page of changes: everything in it, and nothing that was not meant to be."""

import base64
import dataclasses
import re
from typing import Any

import pytest

from report_engine.changes import places, ticks
from report_engine.changes.commands import TEMPLATE
from report_engine.changes.compare import KINDS, Comparison, compare
from report_engine.changes.page import page
from report_engine.changes.rows import RowDiff
from report_engine.changes.state import Dataset
from report_engine.changes.words import exact
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import say
from tests.report_engine.changes.states import SVG, claim, fact, state
from tests.workflow.conftest import ROOT

EVIL = "<script>alert(1)</script>\"'&"


def everything(text: str = "new") -> Comparison:
    """A comparison with a change of every kind, with ``text`` in each."""
    new = state(
        data={"actors": Dataset({text: "bb"}, "t2"), "exits": Dataset({"a.csv": "bb"}, "t2")},
        facts={
            "staff.high": fact(0.4, text=text),
            "staff.bars.caption": fact(None, "text", text),
            "staff.low": fact(text, "word"),
        },
        claims={"staff.pressure": claim("fails", text, statement={"sv": text, "en": text}, citations=[text])},
        figures={
            "staff/bars": SVG.format(2).replace("Andel", "Antal"),
            "staff/new": f"<svg><title>{text}</title></svg>",
        },
        tables={"staff/items": f"item,share\n{text},0.4\n"},
        contracts={"actors": f"name: actors\ntitle: {text}\n"},
        chapters={
            "en/staff.qmd": f"# Staff\n\nOf them {{{{< fact staff.high >}}}} agree: {text}.\n",
            "sv/staff.qmd": f"# {text}\n",
        },
    )
    old = state(EVIL if text == EVIL else "v1", data={**state().data, "exits": Dataset({"a.csv": "aa"}, "t1")})
    rows = {"exits": RowDiff(("year",), 1, 1, 1, ((text,),), ((2023,),), (((2024,), {text: (text, None)}),))}
    return compare(old, new, rows)


def written(comparison: Comparison, edition: Edition = "en", marked: dict[str, str] | None = None) -> str:
    return page((ROOT / TEMPLATE).read_text("utf-8"), comparison, marked or {}, edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_kind_of_change_is_there_in_the_language_of_the_edition(edition: Edition) -> None:
    got = written(everything(), edition)
    for kind in KINDS:
        heading = say(f"changekinds.{kind}", edition)
        assert f'<h2 id="{kind}">{heading}</h2>' in got
    assert {"sv": "Jämförde 1 fakta", "en": "Compared 1 facts"}[edition] in got
    assert f'<html lang="{edition}' in got


def test_a_number_stands_in_its_sentence_with_file_and_line() -> None:
    got = written(everything())
    assert "<h3>60 per cent → new </h3>" in got
    assert "<blockquote><p>Of them <mark>new</mark> agree: new.</p></blockquote>" in got
    assert "<code>report/en/staff.qmd:3</code>" in got
    assert "0.6000 → 0.4000; difference −0.2000" in got


def test_before_is_what_was_and_now_is_what_is() -> None:
    got = written(everything())
    assert "<dl><dt>Before</dt><dd>60 per cent</dd><dt>Now</dt><dd>new</dd></dl>" in got
    pictures = re.findall(r'base64,([^"]+)"[^>]*><figcaption>(\w+)</figcaption>', got)
    shown = [(word, re.findall(r"M 0 (\d)", base64.b64decode(picture).decode())) for picture, word in pictures]
    assert shown[:2] == [("Before", ["1"]), ("Now", ["2"])]


def test_what_comes_from_data_and_chapters_is_escaped() -> None:
    got = written(everything(EVIL))
    assert got.count("<script>") == 1
    assert "<script>alert" not in got and "&lt;script&gt;alert(1)" in got


def test_of_data_on_persons_their_number_alone_is_shown() -> None:
    old, new = (state(data={"actors": Dataset(rows=rows)}) for rows in (2034, 2035))
    got = written(compare(old, new))
    assert "<p>Rows: 2,034 before, 2,035 now." in got
    came = written(compare(state(data={}), new))
    assert "<p>Rows: 0 before, 2,035 now." in came


def test_what_is_seen_is_said_without_a_script() -> None:
    found = everything()
    assert "data-seen>Seen<" not in written(found)
    got = written(found, marked=ticks.add({}, found.changes, ["claims"]))
    assert got.count("data-seen>Seen<") == 1 and "Claims</a>: 1, 1 with another verdict, 0 not seen" in got


def test_numbers_that_moved_out_of_sight_are_folded() -> None:
    new = state(facts={"staff.high": fact(0.601, text="60 per cent")})
    assert "<details><summary>1 numbers moved by less than the report shows" in written(compare(state(), new))


def test_where_nothing_has_changed_it_says_so() -> None:
    got = written(compare(state(), dataclasses.replace(state(), name="")))
    assert "Nothing has changed." in got and "<h3>" not in got


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.4575429119, "0.4575"),
        (1234567.8, "1,234,568"),
        (0.000012345, "0.00001235"),
        (12, "12"),
        ("pes", "pes"),
        (None, "–"),
    ],
)
def test_values_are_written_with_four_digits_that_matter(value: Any, expected: str) -> None:
    assert exact(value, "en") == expected


def test_a_fact_unknown_to_the_results_shows_its_name() -> None:
    assert places.of_facts({"en/a.qmd": "{{< fact a.b >}}"}, {})["a.b"][0].sentence == (("a.b", "a.b"),)
