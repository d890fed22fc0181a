from itertools import product

import pandas as pd
import pytest

from analysis.sections.background import all_290, claims, costs, frames
from analysis.sections.background.frames import Frames
from analysis.sections.background.trends import Fall, Rise
from report_engine.contracts import contract
from report_engine.model.section import Unavailable
from report_engine.words import texts
from tests.analysis.sections import checks

CPI = pd.DataFrame(
    {"year": [2009, 2016, 2017], "index": [100.0, 110.0, 121.0], "status": ["final", "final", "preliminary"]}
)


def accounts(spent):
    """Costs (tkr) by year and municipality; the last year is official."""
    rows = [
        {"year": year, "municipality_code": code, "area": "labour_market_measures", "net_cost_tkr": cost,
         "origin": "official" if year == 2017 else "synthetic", "source": "SCB, TAB4199"}
        for (year, code), cost in spent.items()
    ]  # fmt: skip
    return pd.DataFrame([*rows, {**rows[0], "area": "social_assistance", "net_cost_tkr": 999_999}])


def units(participants):
    return pd.DataFrame([{"year": y, "municipality_code": c, "participants": n} for (y, c), n in participants.items()])


COSTS = {(2009, "a"): 100, (2009, "b"): 100, (2016, "a"): 220, (2016, "b"): 110, (2017, "a"): 242, (2017, "b"): 121}
PARTICIPANTS = {(2009, "a"): 10, (2009, "b"): 10, (2016, "a"): 10, (2016, "b"): 10, (2017, "a"): 10, (2017, "b"): 10}


@pytest.fixture
def spent():
    return costs.municipal_costs(accounts(COSTS), units(PARTICIPANTS), CPI, 2009)


@pytest.fixture
def totals(spent):
    return costs.yearly_totals(spent)


def test_costs_are_put_in_constant_prices_and_summed(totals):
    assert totals["net_cost_real_tkr"].tolist() == pytest.approx([200, 300, 300])
    assert totals["cost_per_participant"].tolist() == pytest.approx([10_000, 15_000, 15_000])
    assert totals["basis"].tolist() == ["synthetic", "synthetic", "official"]


def test_a_year_that_lacks_a_municipality_is_left_out():
    some = {key: cost for key, cost in COSTS.items() if key != (2016, "b")}
    got = costs.yearly_totals(costs.municipal_costs(accounts(some), units(PARTICIPANTS), CPI, 2009))

    assert got["year"].tolist() == [2009, 2017]


def test_index_leaves_out_preliminary_prices(totals):
    unemployment = pd.DataFrame({"year": [2008, 2009, 2016, 2017], "unemployment_percent": [6.0, 8.0, 7.0, 6.3]})
    got = costs.index_lines(totals, unemployment, 2016).set_index(["series", "year"])["index"]

    assert got["cost"].round(1).to_dict() == {2009: 66.7, 2016: 100.0}
    assert got["unemployment"].round(1).to_dict() == {2009: 114.3, 2016: 100.0, 2017: 90.0}


def test_inhabitants_compare_the_first_and_last_final_year_with_population(spent):
    keys = product([2009, 2016, 2017], ["a", "b"])
    population = pd.DataFrame([{"year": y, "municipality_code": c, "population": 1000} for y, c in keys])
    got = costs.inhabitant_change(spent, population, pd.Series({"a": "A-by", "b": "B-by"}))

    assert got["municipality"].tolist() == ["A-by", "B-by"]
    assert got[["first_year", "last_year"]].iloc[0].tolist() == [2009, 2016]
    assert got["last"].tolist() == pytest.approx([200, 100])


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
    got = all_290._apart([0.5, 0.5, 2.0], [0.4, 0.4, 0.4], 3.0)
    assert got == pytest.approx([0.3, 0.7, 2.0])


@pytest.fixture
def found(shipped):
    return Frames(shipped.inputs("background"), texts.load("background"))


def judged(found, name):
    """Judge one of the section's claims by what is in ``found``; untestable where that can't be."""
    declared = next(claim for claim in claims.CLAIMS if claim.name == name)
    try:
        return declared.test.verdict(found, lambda key, **values: found.say(f"claims.{name}.{key}", **values)).outcome
    except Unavailable:
        return "untestable"


def spending(found, changed=None, participants=PARTICIPANTS):
    """Put other costs and participants in the place of those found."""
    found.costs = costs.municipal_costs(accounts({**COSTS, **(changed or {})}), units(participants), CPI, 2009)
    found.totals = costs.yearly_totals(found.costs)
    return found


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({(2016, "b"): 121}, "holds"),
        ({}, "borderline"),  # +50 %, but in one of two municipalities
        ({(2016, "a"): 111, (2016, "b"): 111}, "borderline"),  # in both, but little
        ({(2016, "a"): 90}, "fails"),
    ],
)
def test_costs_up(found, changed, expected):
    assert judged(spending(found, changed), "costs_up") == expected


def test_the_limit_of_a_rise_is_said_as_it_judges(found):
    rise = Rise("net_cost_real_tkr", ("municipal_accounts",), limit=0.6)
    spending(found, {(2016, "b"): 121})
    got = rise.verdict(found, lambda key, **values: found.say(f"claims.costs_up.{key}", **values))

    assert got.outcome == "borderline"  # +55 %
    assert "A rise is clear from 60\u00a0per cent" in got.reason["en"]


@pytest.mark.parametrize(
    ("changed", "participants", "expected"),
    [
        ({(2016, "b"): 121}, {}, "holds"),
        ({}, {}, "borderline"),
        ({}, {(2016, "a"): 100}, "fails"),
        ({}, dict.fromkeys(PARTICIPANTS, float("nan")), "untestable"),
    ],
)
def test_cost_per_participant_up(found, changed, participants, expected):
    assert judged(spending(found, changed, {**PARTICIPANTS, **participants}), "cost_per_participant_up") == expected


@pytest.mark.parametrize(
    ("rates", "expected"),
    [([8, 7, 6, 9], "holds"), ([8, 5, 6, 9], "borderline"), ([8, 7, 9, 6], "fails"), ([6], "untestable")],
)
def test_unemployment_fell(found, rates, expected):
    first = found.inputs.settings.years.first
    found.unemployment = pd.DataFrame({"year": range(first, first + len(rates)), "unemployment_percent": rates})
    found.presented = first + 2

    assert judged(found, "unemployment_fell") == expected


UNITS = {"net_cost": "tkr", "staff": "fte"}


def national(*rows):
    columns = ["year", "indicator", "value", "basis"]
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=columns)
    return frame.assign(unit=frame["indicator"].map(UNITS).fillna("persons"))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([(2016, "participants", 94_900, "derived")], "untestable"),  # nobody published it as that year's
        ([(2015, "participants", 94_900, "approximate")], "fails"),
        ([(2015, "participants", 120_000, "approximate")], "holds"),
        ([(2014, "participants", 99_000, "approximate"), (2013, "participants", 120_000, "approximate")], "borderline"),
    ],
)
def test_participants_are_compared_up_to_the_presentation_on_the_same_basis(found, others, expected):
    scaled, reported = (2018, "participants", 108_500, "scaled"), (2020, "participants", 96_300, "reported")
    own, after = (2017, "participants", 100_300, "approximate"), (2019, "participants", 90_000, "approximate")
    found.published, found.presented = national(*others, own, scaled, reported, after), 2017

    assert judged(found, "participants_fell") == expected


def test_a_series_of_those_without_benefit_passes_the_check_of_the_data():
    indicator = next(field for field in contract.load("labour_units_national").fields if field.name == "indicator")
    assert "unemployed_without_benefit" in indicator.allowed


@pytest.mark.parametrize(("values", "expected"), [([50, 45], "holds"), ([45, 50], "fails"), ([50], "untestable")])
def test_without_benefit_needs_a_series(found, values, expected):
    rows = [(2016 + year, "unemployed_without_benefit", value, "reported") for year, value in enumerate(values)]
    found.published = national((2016, "participants", 1, "scaled"), *rows)

    assert judged(found, "without_benefit_fell") == expected


def test_a_fall_in_percentage_points_is_told_as_one(found):
    found.published = national(
        (2016, "unemployed_without_benefit", 50, "reported"), (2018, "unemployed_without_benefit", 45, "reported")
    )
    fall = Fall("unemployed_without_benefit", "percent")
    got = fall.verdict(found, lambda key, **values: found.say(f"claims.without_benefit_fell.{key}", **values))

    assert (got.effect.value, got.effect.unit) == (-5, "percent")
    assert got.reason["en"] == "50.0 per cent in 2016, 45.0 per cent in 2018 (\u22125.0 percentage points)."


@pytest.mark.parametrize(
    ("cost", "participants", "expected"), [(4.8, 100, "holds"), (5.4, 100, "fails"), (4.8, 90, "fails")]
)
def test_presented_figures_are_held_against_bounds(found, cost, participants, expected):
    found.published = national(
        (2014, "net_cost", 4.0, "lower_bound"), (2018, "net_cost", 5.0, "lower_bound"), (2017, "net_cost", cost, "presentation"),
        (2017, "participants", 100.3, "approximate"), (2017, "participants", participants, "presentation"),
        (2017, "staff", 4700, "presentation"),
    )  # fmt: skip

    assert judged(found, "national_figures_agree") == expected


@pytest.mark.parametrize(
    ("year", "amount", "status", "origin", "expected"),
    [
        (2017, 9.5, "outturn", "official", "holds"),
        (2017, 7, "outturn", "official", "fails"),
        (2017, 9, "outturn", "synthetic", "untestable"),
        (2017, 9, "budget", "official", "untestable"),
        (2024, 7, "outturn", "official", "untestable"),  # a statement of 2017 is not failed by another year
    ],
)
def test_the_figure_on_the_state_is_held_against_an_outturn_of_its_year(found, year, amount, status, origin, expected):
    row = {"year": year, "programme": claims.STATE, "amount_tkr": amount, "status": status, "origin": origin}
    found.published, found.state = national((2017, claims.STATE, 9, "presentation")), pd.DataFrame([row])
    found.presented = 2017

    assert judged(found, "state_figure_agrees") == expected


def test_persons_are_no_bound_of_full_time_equivalents():
    own, bound = (2017, "staff", 4700, "presentation"), (2018, "staff", 5300, "lower_bound")
    rows = national(own, bound).assign(unit=["fte", "persons"])

    assert claims.agreements(rows) == []
    assert claims.agreements(rows.assign(unit="fte")) == [("staff", True)]


@pytest.mark.parametrize(
    ("values", "groups", "expected"),
    [
        ([1, 3, 2, 4], "aabb", "holds"),
        ([1, 1.1, 4, 4.1], "aabb", "fails"),
        ([1, 3, 2, 4], "aaaa", "untestable"),
    ],
)
def test_groups_differ_little(found, values, groups, expected):
    found.municipalities = pd.DataFrame({"ratio": values, "skr_group_code": list(groups)})
    assert judged(found, "groups_differ_little") == expected


def test_section_on_shipped_data(shipped):
    section = shipped.section("background")

    checks.words(
        section,
        {"net_cost_real", "index", "per_inhabitant", "all_290", "cost_per_participant"},
        {"national"},
        {"costs_up", "unemployment_fell", "participants_fell", "without_benefit_fell", "cost_per_participant_up",
         "national_figures_agree", "groups_differ_little", "state_figure_agrees"},
    )  # fmt: skip
    facts = {fact.id: fact for fact in section.facts}
    assert facts["background.cost_last"].value == 618_234  # the eleven's published net costs of 2024 add up to this
    assert facts["background.cost_last"].origin == "official"
    assert facts["background.unemployment_presented"].text["sv"] == "6,8\u00a0procent"
    assert facts["background.ratio_top"].value == "Härnösand"
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    untested = ("participants_fell", "without_benefit_fell", "state_figure_agrees")
    assert {outcomes[name] for name in untested} == {"untestable"}


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
