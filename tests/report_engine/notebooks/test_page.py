import json
import re

import pandas as pd
import pypandoc
import pytest

from report_engine.model.section import Column, Provenance, Unavailable
from report_engine.notebooks import page
from report_engine.notebooks.page import Page, escape, paragraph

HOSTILE = [
    "a | b",
    "{{< fact secret >}}",
    "`code` and $x$ and @fig-x and [link](https://example.org)",
    "<script>alert(1)</script> &lt; <!-- x -->",
    "*bold* _em_ ~~no~~ H~2~O x^2^ #tag \\alpha \\",
    "!image ![x](y.png) ^[note] [^1]",
    "-- --- ... .... 'single \"double\" ''",
    "::: {.warning}",
    ": a definition",
    "Table: a caption",
    "1. a list",
    "(a) a list",
    "A) a list",
    "- a list",
    "+ a list",
    "% a title",
    "=====",
    "---",
    "| a line block",
    "    indented",
    "[x]{.claim #claim-x}",
    "```{=html}\n<b>\n```",
    "raw\nnewline\r\n\ttab\x00null \u202ereversed \u200bunseen",
    "http://example.org javascript:alert(1) :smile:",
    "Åäö – 1\u202f067 − ”citat”",
]

TEXT = {"sv": "Rubrik", "en": "Heading"}
SOURCE = Provenance({"sv": "enkäten", "en": "the survey"}, "synthetic", ("actors",), 9, {"sv": "svar", "en": "answers"})


def parsed(markdown):
    return json.loads(pypandoc.convert_text(markdown, "json", "markdown+autolink_bare_uris+emoji"))["blocks"]


def words(node):
    if isinstance(node, list):
        return "".join(words(part) for part in node)
    if not isinstance(node, dict):
        return ""
    if node.get("t") in ("Space", "SoftBreak"):
        return " "
    return node["c"] if node.get("t") == "Str" else words(list(node.values()))


def expected(text):
    return re.sub(" +", " ", page._UNSEEN.sub(" ", text)).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_paragraph_is_read_back_as_it_was(text):
    (block,) = parsed(paragraph(text))
    assert block["t"] == "Para"
    assert {inline["t"] for inline in block["c"]} <= {"Str", "Space"}
    assert words(block) == expected(text)


def test_cells_are_read_back_as_they_were(monkeypatch):
    shown = []
    monkeypatch.setattr(page, "show", lambda markdown, _: shown.append(markdown))
    data = pd.DataFrame({"name": HOSTILE, "share": [0.125] * (len(HOSTILE) - 1) + [None]})
    columns = [
        Column("name", {"sv": "Namn | x", "en": "Name"}),
        Column("share", {"sv": "Andel", "en": "Share"}, "percent", 1),
    ]
    Page(["sv"]).table("demo", data, columns, {"sv": "1. Text ::: med {{< x >}}", "en": ""}, SOURCE)
    (block,) = parsed(shown[0])
    assert block["t"] == "Div"
    assert block["c"][0][0] == "tbl-appendix-quality-demo"
    table, caption = block["c"][1]
    assert (table["t"], caption["t"]) == ("Table", "Para")
    rows = table["c"][4][0][3]
    assert [words(row[1][0]) for row in rows] == [expected(text) for text in HOSTILE]
    assert [words(row[1][1]) for row in rows][-2:] == ["12,5\u00a0%", "–"]
    assert words(table["c"][3]) == "Namn | xAndel"
    assert (
        words(caption).replace("\u00a0", " ")
        == "1. Text ::: med {{< x >}} Källa: enkäten. n = 9 svar. Syntetiska data."
    )


def test_an_empty_table_has_its_heads(monkeypatch):
    shown = []
    monkeypatch.setattr(page, "show", lambda markdown, _: shown.append(markdown))
    Page(["en"]).table("none", pd.DataFrame({"name": []}), [Column("name", TEXT)], {"sv": "", "en": "Nothing."}, SOURCE)
    assert "| Heading |\n| :------- |" in shown[0]


def test_headings_and_paragraphs_are_the_editions(monkeypatch):
    shown = []
    monkeypatch.setattr(page, "show", lambda markdown, _: shown.append(markdown))
    Page(["en"]).heading({"sv": "Rubrik", "en": "A *heading*"}, "missing")
    Page(["sv"]).paragraph({"sv": "Stycke", "en": "Paragraph"})
    assert shown == ["## A \\*heading\\* {#sec-appendix-quality-missing .unnumbered}", "Stycke"]


def test_an_apostrophe_is_a_typographic_one():
    assert escape("the actors' survey: don't, 'tis") == "the actors’ survey: don’t, \\'tis"


def test_escape_leaves_ordinary_text_alone():
    assert (
        escape("Chefer för arbetsmarknadsenheter, 2016 (n = 50)") == "Chefer för arbetsmarknadsenheter, 2016 (n = 50)"
    )


def test_a_part_that_the_data_do_not_bear_says_why(monkeypatch):
    shown = []
    monkeypatch.setattr(page, "show", lambda markdown, _: shown.append(markdown))

    def part():
        raise Unavailable({"sv": "Uppgifter saknas: Aktörsenkäten.", "en": "There are no data: The actors' survey."})

    Page(["sv"]).part(part)
    Page(["sv"]).part(lambda: shown.append("its table"))
    assert shown == ["Uppgifter saknas: Aktörsenkäten.", "its table"]
