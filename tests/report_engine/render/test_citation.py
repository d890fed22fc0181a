"""How to cite the report: a box at its end, and what its files say of themselves."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from report_engine.render import embedded
from report_engine.render.project import Format
from tests.report_engine.render.conftest import write

CFF = """cff-version: 1.2.0
title: The code
version: 0.3.0
authors:
  - given-names: Given
    family-names: Family
  - name: A group
license: MIT
keywords: [work, towns]
"""


@pytest.fixture
def made(project: Callable[..., Path]) -> Callable[[Format], Path]:
    root = project({"index.qmd": "---\ntitle: Prov\nsubtitle: En fråga\n---\n\n# Ett {#sec-ett}\n\nText.\n"})
    write(root, "CITATION.cff", CFF)
    facts = json.loads((root / "data/results/sv/facts.json").read_text("utf-8"))
    facts["report.last_year"] = {"value": 2024, "text": {"sv": "2024", "en": "2024"}}
    write(root, "data/results/sv/facts.json", json.dumps(facts))
    return lambda kind: embedded.render(root, "sv", [kind], root / "report/_staging/sv")[0]


def test_a_page_says_how_to_cite_it(made: Callable[[Format], Path]) -> None:
    page = made("html").read_text("utf-8")
    assert "Given Family, A group. Prov. Version 0.3.0." in " ".join(page.split())
    assert "author = {{Given Family} and {A group}}" in page
    assert "Data till och med 2024." in " ".join(page.split())
    assert "Licens: MIT." in page
    assert '<meta name="author" content="Given Family">' in page


def test_a_pdf_says_who_made_it_of_what_and_when(made: Callable[[Format], Path]) -> None:
    with pikepdf.open(made("pdf")) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert (info["/Title"], info["/Author"], info["/Subject"]) == ("Prov", "Given Family, A group", "En fråga")
    assert info["/CreationDate"].startswith("D:20241231")


def test_word_says_who_made_it_and_of_what(made: Callable[[Format], Path]) -> None:
    with zipfile.ZipFile(made("docx")) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>Given Family; A group</dc:creator>" in core
    assert "<dc:subject>En fråga</dc:subject>" in core
    assert "<cp:keywords>work, towns</cp:keywords>" in core
    assert core.count(">2024-12-31T00:00:00Z<") == 2  # created and modified: the data's date


def test_a_study_that_does_not_say_how_to_cite_it_has_no_box(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": "---\ntitle: Prov\n---\n\nText.\n"})
    page = embedded.render(root, "sv", ["html"], root / "report/_staging/sv")[0].read_text("utf-8")
    assert "sec-cite" not in page
