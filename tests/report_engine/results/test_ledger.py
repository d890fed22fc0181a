"""The ledger: every claim in groups by section, with its numbers, linked both ways."""

from report_engine.model.section import Effect, Robustness, Verdict
from report_engine.results import ledger
from tests.report_engine.results.test_claim_notes import WHAT, claim

SIZED = claim(
    id="background.costs_up",
    statement={"sv": "Kostnaden < inkomsten", "en": "Cost < income"},
    verdict=Verdict("borderline", {}, {"sv": "Nära.", "en": "Close."}, Effect(0.5, "share", WHAT, 0.4, 0.6, 7)),
    robustness=Robustness(9, 10, {"sv": "kommuner utelämnade", "en": "municipalities left out"}),
    figure="background/national",
)


def test_the_table_holds_the_numbers_that_decided() -> None:
    rows = ledger.ledger([SIZED, claim()]).data.to_dict("records")
    assert rows[0] == {
        "claim": "background.costs_up",
        "section": "background",
        "verdict": "borderline",
        "value": 0.5,
        "unit": "share",
        "low": 0.4,
        "high": 0.6,
        "cases": 7,
        "same": 9,
        "draws": 10,
        "figure": "background/national",
    }
    assert rows[1]["claim"] == "staff.tired_out" and rows[1]["value"] != rows[1]["value"]  # NaN: no size


def test_each_section_is_a_group_and_each_row_links_to_sentence_and_figure() -> None:
    got = ledger.markdown([SIZED, claim()], ["background/national"], "en")
    assert got.count("<tbody>") == got.count('scope="rowgroup"') == 2
    assert (
        '<span id="ledger-background-costs-up"><a href="#claim-background-costs-up">Cost &lt; income</a></span>' in got
    )
    assert '<a class="figure-link" href="#tbl-background-national">table</a>' in got
    assert '<a class="figure-link" href="#fig-staff-caseload">figure</a>' in got
    assert "Share who agree: 50%, 95% confidence interval 40% to 60%, n\u00a0=\u00a07" in got
    assert "The same verdict in 9 of 10 (municipalities left out)" in got
    assert got.startswith("```{=html}\n<table>") and got.endswith("</table>\n```\n")
    assert got.count("<td") == 2 * 5 + 1
