from itertools import product

import pandas as pd
import pytest

from analysis.sections.background import claims, frames
from analysis.sections.background import figures as charts
from report_engine.contracts import contract
from tests.analysis.sections import checks

CPI = pd.DataFrame(
    {"year": [2009, 2016, 2017], "index": [100.0, 110.0, 121.0], "status": ["final", "final", "preliminary"]}
)


def accounts(costs):
    """Costs (tkr) by year and municipality; the last year is official."""
    rows = [
        {"year": year, "municipality_code": code, "area": "labour_market_measures", "net_cost_tkr": cost,
         "origin": "official" if year == 2017 else "synthetic"}
        for (year, code), cost in costs.items()
    ]  # fmt: skip
    return pd.DataFrame([*rows, {**rows[0], "area": "social_assistance", "net_cost_tkr": 999_999}])


def units(participants):
    return pd.DataFrame([{"year": y, "municipality_code": c, "participants": n} for (y, c), n in participants.items()])


COSTS = {(2009, "a"): 100, (2009, "b"): 100, (2016, "a"): 220, (2016, "b"): 110, (2017, "a"): 242, (2017, "b"): 121}
PARTICIPANTS = {(2009, "a"): 10, (2009, "b"): 10, (2016, "a"): 10, (2016, "b"): 10, (2017, "a"): 10, (2017, "b"): 10}


@pytest.fixture
def costs():
    return frames.municipal_costs(accounts(COSTS), units(PARTICIPANTS), CPI, 2009)


@pytest.fixture
def totals(costs):
    return frames.yearly_totals(costs)


def test_costs_are_put_in_constant_prices_and_summed(totals):
    assert totals["net_cost_real_tkr"].tolist() == pytest.approx([200, 300, 300])
    assert totals["cost_per_participant"].tolist() == pytest.approx([10_000, 15_000, 15_000])
    assert totals["basis"].tolist() == ["synthetic", "synthetic", "official"]


def test_a_year_that_lacks_a_municipality_is_left_out():
    some = {key: cost for key, cost in COSTS.items() if key != (2016, "b")}
    got = frames.yearly_totals(frames.municipal_costs(accounts(some), units(PARTICIPANTS), CPI, 2009))

    assert got["year"].tolist() == [2009, 2017]


def test_index_leaves_out_preliminary_prices(totals):
    unemployment = pd.DataFrame({"year": [2008, 2009, 2016, 2017], "unemployment_percent": [6.0, 8.0, 7.0, 6.3]})
    got = frames.index_lines(totals, unemployment, 2016).set_index(["series", "year"])["index"]

    assert got["cost"].round(1).to_dict() == {2009: 66.7, 2016: 100.0}
    assert got["unemployment"].round(1).to_dict() == {2009: 114.3, 2016: 100.0, 2017: 90.0}


def test_inhabitants_compare_the_first_and_last_final_year_with_population(costs):
    keys = product([2009, 2016, 2017], ["a", "b"])
    population = pd.DataFrame([{"year": y, "municipality_code": c, "population": 1000} for y, c in keys])
    got = frames.inhabitant_change(costs, population, pd.Series({"a": "A-by", "b": "B-by"}))

    assert got["municipality"].tolist() == ["A-by", "B-by"]
    assert got[["first_year", "last_year"]].iloc[0].tolist() == [2009, 2016]
    assert got["last"].tolist() == pytest.approx([200, 100])


def ratios(values, groups):
    return pd.DataFrame({"ratio": values, "skr_group_code": groups})


def test_ratio_needs_positive_costs():
    net = pd.DataFrame(
        [{"year": 2024, "municipality_code": c, "area_code": a, "net_cost_tkr": n}
         for c, a, n in [("1", "610", 50), ("1", "575", 100), ("2", "610", 50), ("2", "575", 0), ("3", "610", -1), ("3", "575", 9)]]
    )  # fmt: skip
    register = pd.DataFrame(
        {
            "municipality_code": ["1", "2", "3"],
            "municipality": list("ABC"),
            "skr_group_code": "B3",
            "skr_group_sv": "Större stad",
            "skr_group_en": "Town",
        }
    )
    got = frames.all_municipalities(net, register, ["1"]).set_index("municipality")

    assert got.loc["A", "ratio"] == 0.5 and got.loc["A", "studied"]
    assert got["ratio"].isna().to_dict() == {"A": False, "B": True, "C": True}


def test_labels_are_moved_apart_as_little_as_can_be():
    got = charts._apart([0.5, 0.5, 2.0], [0.4, 0.4, 0.4], 3.0)
    assert got == pytest.approx([0.3, 0.7, 2.0])


def test_costs_up(totals, costs):
    assert claims.claim_costs_up(totals, costs).outcome == "borderline"  # +50 %, but in one of two municipalities
    risen = {**COSTS, (2016, "b"): 121}
    more = frames.municipal_costs(accounts(risen), units(PARTICIPANTS), CPI, 2009)
    assert claims.claim_costs_up(frames.yearly_totals(more), more).outcome == "holds"
    less = frames.municipal_costs(accounts({**COSTS, (2016, "a"): 90}), units(PARTICIPANTS), CPI, 2009)
    assert claims.claim_costs_up(frames.yearly_totals(less), less).outcome == "fails"


def test_cost_per_participant_up(totals, costs):
    assert claims.claim_cost_per_participant_up(totals, costs).outcome == "borderline"
    both = frames.municipal_costs(accounts({**COSTS, (2016, "b"): 121}), units(PARTICIPANTS), CPI, 2009)
    assert claims.claim_cost_per_participant_up(frames.yearly_totals(both), both).outcome == "holds"
    crowded = {**PARTICIPANTS, (2016, "a"): 100}
    more = frames.municipal_costs(accounts(COSTS), units(crowded), CPI, 2009)
    assert claims.claim_cost_per_participant_up(frames.yearly_totals(more), more).outcome == "fails"


@pytest.mark.parametrize(
    ("rates", "expected"),
    [([8, 7, 6, 9], "holds"), ([8, 5, 6, 9], "borderline"), ([8, 7, 9, 6], "fails"), ([], "untestable")],
)
def test_unemployment_fell(rates, expected):
    series = pd.DataFrame({"year": range(2014, 2014 + len(rates)), "unemployment_percent": rates})

    assert claims.claim_unemployment_fell(series, 2014, 2016).outcome == expected


def national(*rows):
    columns = ["year", "indicator", "value", "basis"]
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=columns)


def test_participants_are_compared_on_the_same_basis_only():
    rose = [(2016, "participants", 94_900, "derived"), (2018, "participants", 108_500, "scaled")]
    reported = (2020, "participants", 96_300, "reported")

    assert claims.claim_participants_fell(national(*rose, reported)).outcome == "fails"
    assert claims.claim_participants_fell(national(rose[1], reported)).outcome == "untestable"
    assert (
        claims.claim_participants_fell(national(rose[0], (2018, "participants", 90_000, "scaled"))).outcome == "holds"
    )


def test_a_series_of_those_without_benefit_passes_the_check_of_the_data():
    indicator = next(field for field in contract.load("labour_units_national").fields if field.name == "indicator")
    assert "unemployed_without_benefit" in indicator.allowed


def test_without_benefit_needs_a_series():
    got = claims.claim_without_benefit_fell(national((2016, "participants", 1, "scaled")))
    series = [
        (2016, "unemployed_without_benefit", 50, "reported"),
        (2018, "unemployed_without_benefit", 45, "reported"),
    ]

    assert got.outcome == "untestable" and not got.numbers
    assert claims.claim_without_benefit_fell(national(*series)).outcome == "holds"
    assert claims.claim_without_benefit_fell(national(*[(4034 - y, *rest) for y, *rest in series])).outcome == "fails"


@pytest.mark.parametrize(
    ("cost", "participants", "expected"), [(4.8, 100, "holds"), (5.4, 100, "fails"), (4.8, 90, "fails")]
)
def test_presented_figures_are_held_against_bounds(cost, participants, expected):
    rows = national(
        (2014, "net_cost", 4.0, "lower_bound"), (2018, "net_cost", 5.0, "lower_bound"), (2017, "net_cost", cost, "presentation"),
        (2017, "participants", 100.3, "approximate"), (2017, "participants", participants, "presentation"),
        (2017, "staff", 4700, "presentation"),
    )  # fmt: skip

    assert claims.claim_national_figures_agree(rows).outcome == expected


@pytest.mark.parametrize(
    ("amount", "origin", "expected"),
    [(12, "official", "holds"), (7, "official", "fails"), (12, "synthetic", "untestable")],
)
def test_state_is_compared_by_official_rows(amount, origin, expected):
    state = pd.DataFrame(
        {
            "year": [2024],
            "programme": "programmes_and_measures",
            "amount_tkr": amount,
            "status": "budget",
            "origin": origin,
        }
    )

    assert claims.claim_state_spends_double(national((2024, "net_cost", 6, "accounts")), state).outcome == expected


def test_groups_differ_little():
    assert claims.claim_groups_differ_little(ratios([1, 3, 2, 4], list("aabb"))).outcome == "holds"
    assert claims.claim_groups_differ_little(ratios([1, 1.1, 4, 4.1], list("aabb"))).outcome == "fails"


def test_section_on_shipped_data(shipped):
    section = shipped.section("background")

    checks.words(
        section,
        {"net_cost_real", "index", "per_inhabitant", "all_290", "cost_per_participant"},
        {"national"},
        {"costs_up", "unemployment_fell", "participants_fell", "without_benefit_fell", "cost_per_participant_up",
         "national_figures_agree", "groups_differ_little", "state_spends_double"},
    )  # fmt: skip
    facts = {fact.id: fact for fact in section.facts}
    assert facts["background.cost_last"].value == 618_234  # the eleven's published net costs of 2024 add up to this
    assert facts["background.cost_last"].origin == "official"
    assert facts["background.unemployment_presented"].text["sv"] == "6,8\u00a0procent"
    assert facts["background.ratio_top"].value == "Härnösand"
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert (outcomes["participants_fell"], outcomes["without_benefit_fell"]) == ("fails", "untestable")


def test_captions_follow_the_data(shipped):
    section = shipped.section("background")
    figures = {figure.name: figure for figure in section.figures}
    change = figures["per_inhabitant"].data.iloc[0]

    assert (
        f"{change['last'] / figures['per_inhabitant'].data.iloc[-1]['last']:.1f}"
        in figures["per_inhabitant"].caption["en"]
    )
    assert "Härnösand (2,4)" in figures["all_290"].caption["sv"]


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("background"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("background").figures:
        assert figure.draw(figure.data, edition).get_axes()
