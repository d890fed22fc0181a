"""The table from the source to the report: a group a slide, links to claims and sections, a verdict or why there is none."""

from report_engine.contracts.statements import Slide, Statement, Statements
from report_engine.results import from_source
from tests.report_engine.results.test_claim_notes import claim

TIRED, FEW, MANY = claim(), claim("fails", id="staff.few"), claim("holds", id="staff.many")
CLAIMS = {each.id: each for each in (TIRED, FEW, MANY)}
SOURCE = Statements(
    slides=(
        Slide(
            title={"sv": "Personal & chefer", "en": "Staff & managers"},
            statements=(
                Statement(says={"sv": "Trötta.", "en": "Tired."}, claims=(FEW.id,)),
                Statement(says={"sv": "Många.", "en": "Many."}, claims=(FEW.id, MANY.id), section="sec-staff"),
                Statement(
                    says={"sv": "Varför?", "en": "Why?"},
                    section="sec-staff",
                    untested={"sv": "En fråga.", "en": "A question."},
                ),
            ),
        ),
    )
)


def test_each_statement_is_a_row_with_its_verdicts() -> None:
    table = from_source.table(SOURCE, CLAIMS)
    assert table.data.to_dict("records") == [
        {"slide": 1, "statement": "1.1", "claims": "staff.few", "section": "", "verdicts": "fails"},
        {"slide": 1, "statement": "1.2", "claims": "staff.few staff.many", "section": "sec-staff", "verdicts": "fails holds"},
        {"slide": 1, "statement": "1.3", "claims": "", "section": "sec-staff", "verdicts": ""},
    ]  # fmt: skip
    assert table.caption["en"].startswith("The statements of the presentation, 3 in number")
    assert table.provenance.tables == FEW.tables


def test_rows_lead_to_sentences_and_sections_and_say_the_verdict_or_why_there_is_none() -> None:
    got = from_source.markdown(SOURCE, CLAIMS, "en").splitlines()
    group, one, both, none = (
        line for line in got if (line.startswith("<tr><th") and "<td" in line) or "rowgroup" in line
    )
    assert "<strong>Slide 1. Staff &amp; managers</strong>" in group
    assert '<span id="statement-1-1">Tired.</span>' in one
    assert '<a href="#claim-staff-few">Staff are tired\u00a0✗</a></td>' in one
    assert one.endswith(">✗ does not hold in the synthetic data</td></tr>")
    assert '; <a class="figure-link" href="#sec-staff">section</a></td>' in both
    assert both.endswith(">One holds and one does not hold</td></tr>")
    assert none.endswith(">A question.</td></tr>")
