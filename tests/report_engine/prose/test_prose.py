"""Typed numbers in a project: found with file, line and column, declared, marked, and counted."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine import prose
from report_engine.prose.text import chapter, module

ROOT = Path(__file__).resolve().parents[3]


def scan(text, editions=("sv",), allowed=()):
    return prose.scan("a.qmd", chapter(text), editions, allowed)


def project(tmp_path, **files):
    names = {
        "sv": "report/sv/a.qmd",
        "en": "report/en/slides/a.md",
        "words": "analysis/sections/a.py",
        "numbers": prose.FILE,
    }
    for key, text in files.items():
        path = tmp_path / names[key]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_every_kind_of_file_is_searched_and_places_are_named(tmp_path):
    root = project(
        tmp_path,
        sv="# Rubrik {#sec-a}\n\nBland {{< fact a.b >}} är elva nöjda.\n",
        en="## A third of {{< fact a.b >}} {#slide-a}\n",
        words='CAPTION = {\n    "sv": f"De {n} av 12 kommuner",\n}\n',
    )
    assert [str(place) for place in prose.check(root).errors] == [
        "report/sv/a.qmd, line 3: “elva” in column 27 is a typed number: quote a fact, or mark it with <!-- typed: why -->.",
        "report/en/slides/a.md, line 1: “A third” in column 4 is a typed number: quote a fact, or mark it with <!-- typed: why -->.",
        "analysis/sections/a.py, line 2: “12” in column 23 is a typed number: compute it, or mark it with # typed: why.",
    ]


def test_neighbouring_words_are_one_number():
    assert [place.words for place in scan("Det är tre fjärdedelar av 2 000 i två, tre fall.").errors] == [
        "tre fjärdedelar",
        "2 000",
        "två",
        "tre",
    ]


def test_a_mark_with_a_reason_lets_a_number_pass_and_lists_it():
    got = scan("I ”kategori 14”<!-- typed: a quotation --> och elva.")
    assert [place.words for place in got.errors] == ["elva"]
    assert [str(place) for place in got.marked] == ["a.qmd, line 1: “14” in column 13 is typed: a quotation."]


@pytest.mark.parametrize("text", ["elva<!-- typed: -->", "elva <!-- typed:   -->"])
def test_a_mark_without_a_reason_is_an_error(text):
    (place,) = scan(text).errors
    assert str(place.remark) == "is marked as typed without a reason."


@pytest.mark.parametrize(
    "text", ["ord<!-- typed: why -->", "elva<!-- typed: a --> <!-- typed: b -->", "5 fall<!-- typed: a -->"]
)
def test_a_mark_that_stands_at_no_number_is_an_error(text):
    assert [str(place.remark) for place in scan(text).errors][
        -1
    ] == "has the mark “typed:”, which stands at no number and no word of size."


def test_a_comment_marks_a_line_of_a_module():
    got = prose.scan("a.py", module('A = "två eller tre"  # typed: the design\nB = "fyra fall"\n'), ("sv", "en"), ())
    assert [place.words for place in got.marked] == ["två", "tre"]
    assert [(place.words, place.line) for place in got.errors] == [("fyra", 2)]


def test_a_claim_may_say_a_fraction_but_no_count():
    text = "Att [mer än hälften av elva svarade dubbelt]{.claim #claim-a-b} och hälften."
    assert [place.words for place in scan(text).errors] == ["elva", "hälften"]


def test_statements_of_claims_may_say_fractions():
    text = 'STATEMENTS = {\n    "a": {"sv": "Det är dubbelt så dyrt", "en": "It costs twice as much"},\n}\nB = {"sv": "dubbelt"}\n'
    got = prose.scan("a.py", module(text), ("sv", "en"), ())
    assert [(place.words, place.line) for place in got.errors] == [("dubbelt", 4)]


def test_declared_patterns_hold_for_their_edition_and_kind_of_text(tmp_path):
    numbers = (
        "patterns:\n  - {pattern: kategori \\d+, reason: a name}\n  - {pattern: fem steg, edition: en, reason: none}\n"
        "  - {pattern: tolv, where: words, reason: none}\n"
    )
    root = project(tmp_path, numbers=numbers, sv="kategori 14, 14, fem steg, tolv\n", words='A = "tolv"\n')
    assert [place.words for place in prose.check(root).errors] == ["14", "fem", "tolv"]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (
            "patterns: [{pattern: '(', reason: x}]",
            ', line 1: patterns.1.pattern: the pattern "(" is no regular expression',
        ),
        ("patterns: [{pattern: 'a*', reason: x}]", 'patterns.1.pattern: the pattern "a*" matches where nothing stands'),
        ("patterns: [{pattern: a}]", "patterns.1.reason: the key is missing"),
        (
            "patterns: [{pattern: a, reason: x, wher: words}]",
            'patterns.1.wher: unknown key; allowed: pattern, edition, where, reason. Did you mean "where"?',
        ),
        ("patterns: [{pattern: a: b}]", "line 1"),
    ],
)
def test_patterns_that_cannot_be_used_are_one_error(tmp_path, numbers, message):
    (place,) = prose.check(project(tmp_path, numbers=numbers, sv="5")).errors
    assert str(place).startswith(prose.FILE)
    assert message in str(place)


def test_words_of_size_outside_a_claim_are_errors():
    got = scan("De flesta ökade. Att [de flesta ökade]{.claim #claim-a-b} är {{< fact a.mest >}} flest.")
    assert [place.words for place in got.errors] == ["De flesta", "ökade", "flest"]
    assert "let a claim or a fact say it" in str(got.errors[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kostnaden ökade [@berg2004].", []),
        ("Enligt @berg2004 ökade kostnaden.", []),
        ("Enligt Berg [@berg2004, s. 12] ökade de flesta.", []),
        ("Kostnaden ökade. Det säger en annan [@berg2004].", ["ökade"]),
        ("Kostnaden ökade (@fig-cost).", ["ökade"]),
        ("Kostnaden ökade med {{< fact a.b >}} [@berg2004].", ["ökade"]),
        ("Kostnaden ökade<!-- typed: a quotation -->.", []),
        ("Kostnaden ökade<!-- typed: -->.", ["ökade"]),
        ("Kostnaden ö&#107;ade, de fle\u00adsta.", ["ö&#107;ade", "de fle\u00adsta"]),
    ],
)
def test_what_a_cited_work_says_passes_and_what_is_marked(text, expected):
    assert [place.words for place in scan(text).errors] == expected


def test_declared_patterns_hold_for_words_of_size(tmp_path):
    root = project(tmp_path, numbers="patterns: [{pattern: de två högsta, reason: steps}]", sv="de två högsta, högst\n")
    assert [place.words for place in prose.check(root).errors] == ["högst"]


def test_what_the_analysis_words_may_say_a_direction(tmp_path):
    assert prose.check(project(tmp_path, words='A = "Kostnaden ökade"\n')).errors == ()


TEXT = st.text(st.sampled_from("elva tre 5{}[]<!-- typed: x-->`\n@\\.#½aå"), max_size=150)


@given(TEXT | st.text(max_size=150))
def test_any_text_can_be_scanned_and_places_are_right(text):
    for read in (chapter(text), module(text)):
        got = prose.scan("a.qmd", read, ("sv", "en"), ())
        lines = text.split("\n")
        for place in (*got.errors, *got.marked):
            rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
            assert rest.startswith(place.words)


@given(st.integers(0, 5), st.text(st.sampled_from("abc åäö,."), max_size=30))
def test_a_number_is_found_where_it_stands(lines, before):
    (place,) = scan("\n" * lines + before + " elva.").errors
    assert (place.line, place.column, place.words) == (lines + 1, len(before) + 2, "elva")


def test_the_shipped_report_holds_no_typed_number_and_is_searched_quickly():
    prose.check(ROOT)
    prose._look.cache_clear()
    begun = time.process_time()
    got = prose.check(ROOT)
    assert [str(place) for place in got.errors] == []
    assert time.process_time() - begun < 3.0  # a third of it on a quiet machine
    assert len(list(prose.chapters(ROOT))) > 40 and len(prose.modules(ROOT)) > 40


def test_the_check_loads_nothing_heavy():
    code = "import sys; from report_engine import prose; prose.check(__import__('pathlib').Path()); print({'pandas', 'numpy', 'matplotlib'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
