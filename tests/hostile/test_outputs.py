"""Hostile text in tables and facts, rendered: plain text in the page, the PDF and Word, and in the published CSV."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from report_engine.model.section import Column, Provenance, Table
from report_engine.render import embedded
from report_engine.results.tables import table_markdown, to_csv
from tests.hostile.texts import FORMULAS, MARKUP, TEMPLATES
from tests.report_engine.render.conftest import project  # noqa: F401  (a fixture)

TEXTS = [text for text in (*FORMULAS.values(), *MARKUP.values(), *TEMPLATES.values())]
FACT = '<script>alert(1)</script> *b* #eval("1+1") {{< include /etc/passwd >}} [x](javascript:alert(1))'
BODY = """# Prov {#sec-prov}

Ett värde: {{< fact background.markup >}}.

::: {#tbl-background-national}
{{< include /data/results/sv/tables/background/national.md >}}

Se {{< fact background.markup >}}.
:::
"""


def hostile() -> Table:
    words = {edition: "<script>alert(1)</script> `x`{=html}" for edition in ("sv", "en")}
    return Table(
        "national",
        pd.DataFrame({"place": TEXTS, "cost": range(len(TEXTS))}),
        (Column("place", words), Column("cost", words, "integer")),
        words,
        Provenance(words, "official", ()),
    )


class _Page(HTMLParser):
    """Notes elements that run or fetch something, and the text of table cells."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.cells: list[str] = []
        self._cell = self._script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._script = tag == "script"
        if tag in ("iframe", "object", "embed") or any(name.startswith("on") for name in given):
            self.active.append(tag)
        if "javascript:" in given.get("href", "") or "127.0.0.1" in given.get("src", "") + given.get("href", ""):
            self.active.append(f"{tag} to {given}")
        if tag in ("td", "th"):
            self._cell = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.cells[-1] += data
        if self._script and "alert(1)" in data:
            self.active.append("script")


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def files(project: Callable[..., Path]) -> list[Path]:  # noqa: F811
    root = project({"index.qmd": f"---\ntitle: Prov\n---\n\n{BODY}\n"})
    (root / "data/results/sv/tables/background/national.md").write_text(table_markdown(hostile(), "sv"), "utf-8")
    facts = root / "data/results/sv/facts.json"
    known = json.loads(facts.read_text("utf-8"))
    known["background.markup"] = {"text": {"sv": FACT, "en": FACT}}
    facts.write_text(json.dumps(known), "utf-8")
    return embedded.render(root, "sv", ["html", "pdf", "docx"], root / "report/_staging/sv")


def test_hostile_text_is_plain_text_in_page_pdf_and_word(files: list[Path]) -> None:
    by_kind = {path.suffix: path for path in files}
    page = _Page()
    html = by_kind[".html"].read_text("utf-8")
    page.feed(html)
    assert page.active == []
    shown = {plain(cell) for cell in page.cells}
    assert [text for text in TEXTS if plain(text) not in shown] == []
    assert "root:x:" not in html
    assert by_kind[".pdf"].read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(by_kind[".docx"]) as word:
        document = word.read("word/document.xml").decode()
        links = word.read("word/_rels/document.xml.rels").decode()
    assert not re.search(r"<w:instrText[^>]*>[^<]*(?:INCLUDETEXT|DDEAUTO)", document)
    assert "127.0.0.1" not in links and "javascript" not in links
    assert "vbaProject" not in links
    text = plain(re.sub("<[^>]+>", "", document.replace("&lt;", "\ue000").replace("&gt;", "\ue001")))
    assert "\ue000script\ue001alert(1)\ue000/script\ue001" in text
    assert '#read("/etc/passwd")' in text.replace("&quot;", '"') and "root:x:" not in text


def test_no_cell_of_a_published_table_starts_a_formula() -> None:
    frame = pd.DataFrame({"text": TEXTS, "number": [-1.5] * len(TEXTS)})

    rows = list(csv.reader(io.StringIO(to_csv(frame), newline="")))[1:]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text, _ in rows)
    assert {number for _, number in rows} == {"-1.5"}
