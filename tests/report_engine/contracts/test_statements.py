"""presentation.yaml: each statement leads somewhere, each claim to a statement or to the report's own."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

import pytest

from report_engine.contracts import statements
from report_engine.contracts.statements import FILE
from report_engine.model.document import DocumentError

RIGHT = """
    slides:
      - title: {sv: Kostnader, en: Costs}
        statements:
          - says: {sv: Dyrare., en: Dearer.}
            claims: [costs.up]
          - says: {sv: "Varför?", en: "Why?"}
            section: sec-costs
            untested: {sv: En fråga., en: A question.}
    own: [costs.per_head]
"""
CLAIMS = ("costs.per_head", "costs.up")


def load(folder: Path, text: str, claims: Sequence[str] = CLAIMS) -> statements.Statements | None:
    (folder / FILE).parent.mkdir(exist_ok=True)
    (folder / FILE).write_text(dedent(text), "utf-8")
    return statements.load(folder, claims, ["sec-costs", "sec-staff"])


def test_a_report_may_have_no_source(tmp_path: Path) -> None:
    assert statements.load(tmp_path, CLAIMS) is None


def test_statements_are_read_slide_by_slide(tmp_path: Path) -> None:
    got = load(tmp_path, RIGHT)
    assert got is not None and got.own == ("costs.per_head",)
    assert [(its.says["en"], its.claims, its.section) for its in got.slides[0].statements] == [
        ("Dearer.", ("costs.up",), None),
        ("Why?", (), "sec-costs"),
    ]


@pytest.mark.parametrize(
    ("instead", "wrong", "expected"),
    [
        ("[costs.up]", "[costs.upp]", 'line 6: slides.1.statements.1.claims.1: there is no claim "costs.upp". Did you mean "costs.up"?'),
        ("sec-costs", "sec-cost", 'line 8: slides.1.statements.2.section: the chapters have no heading with the id "sec-cost". Did you mean "sec-costs"?'),
        ("            section: sec-costs\n", "", "line 7: slides.1.statements.2: leads nowhere"),
        ("untested: {sv: En fråga., en: A question.}", "claims: []", "line 7: slides.1.statements.2: no claim tests it"),
        ("[costs.per_head]", "[]", 'the claim "costs.per_head" belongs to no statement'),
        ("[costs.per_head]", "[costs.per_head, costs.up]", 'line 10: own.2: the claim "costs.up" belongs to a statement'),
        ("untested:", "untestd:", "line 9: slides.1.statements.2.untestd: unknown key"),
        (", en: Costs", "", "line 3: slides.1.title: the key en is missing"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_named_by_line(tmp_path: Path, instead: str, wrong: str, expected: str) -> None:
    assert instead in RIGHT
    with pytest.raises(DocumentError) as error:
        load(tmp_path, RIGHT.replace(instead, wrong))
    assert expected in str(error.value)
