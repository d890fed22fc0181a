"""Where facts and claims stand."""

from report_engine.changes.places import Place, of_claims, of_facts, span_id
from tests.report_engine.changes.states import fact

CHAPTER = """# Staff {#sec-staff}

The pressure is high [@nybom2012]. Of the staff,
[{{< fact staff.high >}} find *it* so]{.claim #claim-staff-pressure-high}, see
@fig-staff-bars ({{< fact staff.low >}}).

![{{< fact staff.bars.caption >}}](/figures/en/staff/bars.svg){#fig-staff-bars}
"""


def test_a_number_is_found_in_its_sentence_with_file_and_line() -> None:
    facts = {"staff.high": fact(0.6, text="60 per cent")}
    got = of_facts({"en/staff.qmd": CHAPTER}, facts)
    sentence = (
        ("", "Of the staff, "),
        ("staff.high", "60 per cent"),
        ("", " find it so, see @fig-staff-bars ("),
        ("staff.low", "staff.low"),
        ("", ")."),
    )
    assert got["staff.high"] == got["staff.low"] == [Place("en/staff.qmd", 4, sentence)]
    assert got["staff.bars.caption"][0].line == 7


def test_a_claim_is_found_by_its_span() -> None:
    assert of_claims({"en/staff.qmd": CHAPTER}) == {span_id("staff.pressure_high"): [("en/staff.qmd", 4)]}
