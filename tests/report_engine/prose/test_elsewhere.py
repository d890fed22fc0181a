"""Numbers in labels of contracts, in style sheets and in templates: found where readers see them, and nowhere else."""

from pathlib import Path

import pytest

from report_engine import prose
from report_engine.prose import elsewhere

LABELS = """name: pupils
title: {sv: De 84 skolorna, en: "The schools, twelve of them"}
description: {sv: Elva skolor, en: Eleven schools}
checks:
  - {kind: between, columns: [wave], lost: {sv: Två vågor, en: None}}
fields:
  - name: pass
    constraints: {required: true, minimum: 1990}
    categories:
      - {value: 1, label: {sv: Godkänd, en: Passed by 3 of 4}}
      - {value: 2, label: {sv: Prov 7, en: Test 7}} # typed: the test's name
"""
STYLES = """.a { width: 84px; grid-template-columns: 1fr 2fr; }
.b::after { content: "84 kommuner"; content: "\\2191"; }
.c::before { content: " ↑"; }
"""
TEMPLATE = """#set text(size: 12pt, font: "Report Sans 12")
#let title = [Rapporten om $n$ av 84 kommuner]
#text(fill: rgb("#eef3f2"), size: 24pt)[#it.body(3)]
// typed in brackets: rgb("#001122")
"""


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("analysis/contracts/pupils.yaml", LABELS, ["84", "twelve", "Två", "3", "4"]),
        (
            "analysis/study.yaml",
            "sections:\n  costs: {sv: Elva kostnader, en: Costs}\nroles: {answers: x1}\n",
            ["Elva"],
        ),
        ("report/theme/report.css", STYLES, ["84"]),
        ("report/theme/page.typ", TEMPLATE, ["12", "84"]),
        ("report/theme/report.css", '/* content: "12" */ .a::after { content: "84 av 90; sidor" }', ["84", "90"]),
        (
            "report/theme/page.typ",
            '// a table of "77 rows" at most\n#let both = [84 svar\n  och 12 till]\n',
            ["84", "12"],
        ),
    ],
)
def test_a_planted_number_is_found(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    assert [place.words for place in prose.check(tmp_path).errors] == expected


def test_what_is_no_yaml_is_left_to_who_reads_contracts() -> None:
    assert elsewhere.labels("a: [").shown == "" == elsewhere.labels("").shown
    assert elsewhere.labels("a: &x {b: *x}").shown == ""
