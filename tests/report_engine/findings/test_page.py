"""The page of a check: everything that was found, in words, and nothing that was not meant to be."""

import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest

from report_engine import prose
from report_engine.checks import tidy
from report_engine.findings import page as check_page
from report_engine.findings.command import TEMPLATE
from report_engine.findings.page import QUOTED, page
from report_engine.model.findings import KINDS, SEVERITIES
from report_engine.render.rehearsal import Refused
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message, catalogue, say
from tests.report_engine.findings.files import EVIL, GOOD, HEADER, NUMBER, examined, units
from tests.workflow.conftest import ROOT

TYPED = prose.Place(
    "report/sv/a.qmd",
    3,
    7,
    "elva",
    Message("prose.typed_number", {"instead": Message("prose.quote_fact"), "mark": "<!-- typed: why -->"}),
)
SIZE = prose.Place("report/en/b.qmd", 4, 1, "most", Message("prose.size_word", {"mark": "<!-- typed: why -->"}))
PROSE = prose.Found(errors=(TYPED, SIZE))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder, edition="en", found=PROSE, **given):
    return page(
        (ROOT / TEMPLATE).read_text("utf-8"), examined(folder, units(folder, **given)), found, Refused(), edition
    )


def texts(html):
    """Return the page's text, one line a cell, paragraph or item."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|td|th|li|h\d|strong)>", "\n", html.partition("<main")[2])))


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("en", ["The report can't be built yet.", "7 things in the data must be corrected first.",
                "2 numbers, sizes or directions are typed into the text by hand", "row 5", 'Did you mean "inner"?', "Personal data, column comment",
                "report/sv/a.qmd, line 3: “elva” is a typed number", "What to do", "Files without remarks"]),
        ("sv", ["Rapporten kan inte byggas ännu.", "7 saker i data måste rättas först.", "2 uppgifter i texten om antal, storlek eller riktning är inskrivna för hand",
                "rad 5", 'Menade du "inner"?', "Personuppgifter, kolumn comment", "Vad du kan göra",
                "report/sv/a.qmd, rad 3: ”elva” är ett inskrivet tal: hänvisa till ett faktum", "Filer utan anmärkning"]),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_in_the_language(folder, edition, expected):
    html = written(folder, edition)
    assert f'<html lang="{edition}' in html
    text = texts(html)
    assert [one for one in expected if one not in text] == []


def test_the_first_of_a_kind_are_quoted_and_the_others_counted(folder):
    rows = [["1282", 2020 + at, f"outer{'abcdefghij'[at]}", 1, ""] for at in range(10)]
    text = texts(written(folder, rows=rows))
    assert text.count(" is not one of inner, outer") == QUOTED
    assert "5 more of this kind, in rows 7, 8, 9, 10, 11." in text


def test_many_cells_with_one_value_are_one_line(folder):
    text = texts(written(folder))
    assert text.count('"xx" is not one of inner, outer') == 1
    assert "The same holds for 7 more rows: 9, 10, 11, 12, 13, 14, 15." in text


def test_nothing_of_a_file_is_markup(folder):
    html = written(folder, header=[*HEADER, "<b>x</b>"], rows=[[*row, "1"] for row in [["0581", 2016, EVIL, 1, ""]]])
    assert EVIL not in html and "&lt;script&gt;" in html
    assert "<b>x" not in html and "&lt;b&gt;x" in html


@pytest.mark.parametrize("edition", EDITIONS)
def test_personal_data_and_free_text_are_never_shown(folder, edition):
    html = written(folder, edition)
    assert NUMBER not in html and "ring " not in html
    assert say("kinds.personal", edition) in html


def test_without_faults_it_says_so_and_ends_with_what_is_known(folder):
    text = texts(written(folder, rows=GOOD, found=prose.Found()))
    assert "Nothing stops the report." in text and "There are no remarks on the data." in text
    assert "units.xlsx: units (dataset units), 3 rows" in text
    assert text.rstrip().endswith('row 4: "0.5" is known to be odd.')


def test_a_remark_stops_nothing(folder):
    text = texts(written(folder, header=[*HEADER, "more"], rows=[[*row, "x"] for row in GOOD], found=prose.Found()))
    assert "Nothing stops the report." in text and "1 remark stops nothing" in text
    assert "What is not used, column more: 1 · Remark" in text and say("remedies.extra", "en") in text


def test_it_is_the_same_every_time(folder):
    assert written(folder) == written(folder)


def test_what_depends_on_the_date_says_the_date(folder, monkeypatch):
    def in_year(year):
        monkeypatch.setattr(tidy, "date", SimpleNamespace(today=lambda: date(year, 7, 1)))
        return written(folder, rows=[*GOOD, ["1282", 2030, "outer", 2.0, ""]])

    early, late, after = in_year(2026), in_year(2029), in_year(2031)
    assert "lies in the future: this year is 2026" in texts(early)
    assert early.replace("this year is 2026", "this year is 2029") == late
    assert "future" not in texts(after) and after == in_year(2040)


def test_it_needs_nothing_else(folder):
    html = written(folder)
    assert "<script" not in html and "src=" not in html and not re.search(r'href="(?!#)', html)


def test_every_kind_and_severity_has_words():
    for group, expected in (("kinds", KINDS), ("remedies", KINDS), ("severities", SEVERITIES)):
        assert {key for key in catalogue("en") if key.startswith(f"{group}.")} == {f"{group}.{one}" for one in expected}


def test_counts_are_grouped_as_the_language_does():
    assert [say("check.rows", edition, n=12345) for edition in EDITIONS] == ["12\u202f345 rader", "12,345 rows"]
    assert [say("check.rows", edition, n=1) for edition in EDITIONS] == ["1 rad", "1 row"]


def test_many_rows_are_not_listed_one_by_one(folder):
    rows = [["0581", 1900 + at // 2, "inner", 1, ""] for at in range(100)]
    text = texts(written(folder, rows=rows))
    assert "45 more of this kind; the full list is in logs/check.txt." in text
    assert check_page.QUOTED == 5
