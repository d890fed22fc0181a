"""The ledger: every claim in groups by section, with its numbers, linked both ways."""

from pathlib import Path

from report_engine.model.section import Effect, Robustness, Verdict
from report_engine.results import ledger
from report_engine.settings import config
from tests.report_engine.results.test_claim_notes import WHAT, claim

SETTINGS = config.load(Path(__file__).parents[3])

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


def test_claims_are_counted_apart_by_what_they_are_tested_on() -> None:
    parts = [("official", "holds"), ("literature", "fails"), ("synthetic", "holds"), ("mixed", "borderline")]
    parts += [("synthetic", "untestable"), ("none", "untestable")]
    claims = [claim(outcome, origin=origin, citations=("a",)) for origin, outcome in parts]
    made = ledger.report(claims, {"figures": 0, "tables": 0, "facts": 0}, {}, SETTINGS).facts
    facts = {fact.id.removeprefix("report."): fact for fact in made}

    assert (facts["claims_total"].value, facts["claims_tested"].value) == (6, 4)
    kinds = ("official", "published", "synthetic")
    assert [facts[f"claims_{kind}"].value for kind in kinds] == [1, 1, 2]
    assert [facts[f"claims_{kind}_holds"].value for kind in kinds] == [1, 0, 1]
    assert facts["tally_synthetic"].text["sv"] == "ett håller och ett är osäkert"
