import pandas as pd
import pytest

from analysis.labour_units import MEASURES
from analysis.sections.municipal_activation import claims, frames, poor_relief
from tests.analysis.sections import checks

NAMES = pd.DataFrame({"municipality_code": ["0581", "1980"], "municipality": ["Norrköping", "Västerås"]})


def units(counts, year=2024, **columns):
    """One row a municipality; counts in the order of ``MEASURES``."""
    rows = [
        {
            "year": year,
            "municipality_code": code,
            **{f"measure_{m}": n for m, n in zip(MEASURES, row, strict=True)},
        }
        for code, row in counts.items()
    ]
    return pd.DataFrame(rows).assign(**columns)


UNEVEN = {"0581": (60, 10, 10, 10, 5, 5), "1980": (10, 10, 10, 10, 30, 30)}
EVEN = {"0581": (10, 10, 10, 10, 10, 10), "1980": (20, 20, 20, 20, 20, 20)}


def test_mix_is_sorted_by_task_work_with_all_municipalities_last():
    got = frames.measure_mix(units(UNEVEN), NAMES, 2024)

    assert got["municipality_code"].tolist() == ["0581", "1980", frames.ALL]
    assert got["task_work"].tolist() == pytest.approx([0.6, 0.1, 0.35])
    assert got["participations"].tolist() == [100, 100, 200]
    assert got[list(MEASURES)].sum(axis=1).tolist() == pytest.approx([1, 1, 1])


def test_a_municipality_that_leaves_a_measure_empty_is_left_out():
    table = units(UNEVEN)
    table.loc[0, "measure_education"] = None

    assert frames.measure_mix(table, NAMES, 2024)["municipality_code"].tolist() == ["1980", frames.ALL]
    assert frames.measure_mix(table, NAMES, 2023).empty


def test_dispersion_counts_each_municipality_once():
    got = frames.dispersion(frames.measure_mix(units(UNEVEN), NAMES, 2024)).set_index("measure").loc["task_work"]

    assert (got["mean"], got["low"], got["high"]) == pytest.approx((0.35, 0.1, 0.6))
    assert (got["lowest"], got["highest"]) == ("Västerås", "Norrköping")
    assert got["variation"] == pytest.approx(0.25 / 0.35)


def test_practices_count_only_who_answered():
    table = pd.DataFrame(
        {
            "year": [2023, 2023, 2024, 2024],
            "documented_goals": pd.array([True, False, True, True], dtype="boolean"),
            "effect_follow_up": pd.array([False, None, False, True], dtype="boolean"),
        }
    )
    got = frames.practices(table).set_index(["practice", "year"])

    assert got.loc[("documented_goals", 2024), "municipalities_yes"] == 2
    assert got.loc[("effect_follow_up", 2023), ["municipalities_yes", "municipalities"]].tolist() == [0, 1]


def coded(counts, side="participant"):
    """Segments with these numbers of each code, spread over two interviews, all critical but the first."""
    codes = [code for code, n in counts.items() for _ in range(n)]
    return pd.DataFrame(
        {
            "code": codes,
            "side": side,
            "interview_id": [f"i{index % 2}" for index in range(len(codes))],
            "stance": pd.array([1, *[-1] * (len(codes) - 1)], dtype="Int64"),
        }
    )


def test_frequencies_are_shares_of_all_a_group_says_and_small_cells_are_hidden():
    said = pd.concat(
        [coded({"control": 10, "sanctions": 6, "other": 24}), coded({"control": 3, "other": 7}, "social_worker")]
    )
    got = poor_relief.frequencies(said, ["control", "sanctions", "suspicion"], smallest=5).set_index(["side", "code"])

    assert got.loc[("participant", "control"), ["n", "spoken", "share"]].tolist() == [10, 40, 0.25]
    assert got.loc[("participant", "suspicion"), "n"] == 0
    assert got.loc[("social_worker", "control"), "suppressed"] == "primary"
    assert (got.loc["social_worker", "suppressed"] != "").sum() == 1


def test_totals_and_stances_of_the_poor_relief_logic():
    said = coded({"control": 5, "sanctions": 5, "other": 10})
    total = poor_relief.totals(said, ["control", "sanctions"], 5, resamples=50, seed=1).iloc[0]
    stance = poor_relief.stances(said, ["control", "sanctions"], 5).iloc[0]

    assert (total["estimate"], total["n"], total["spoken"]) == (0.5, 10, 20)
    assert (stance["critical"], stance["supportive"], stance["n"]) == pytest.approx((0.9, 0.1, 10))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"0581": (50, 5, 5, 25, 5, 10), "1980": (10, 25, 25, 5, 25, 10)}, "holds"),
        (UNEVEN, "borderline"),  # half of the measures is not more than half
        (EVEN, "fails"),
        ({"0581": (40, 10, 10, 20, 10, 10), "1980": (10, 10, 10, 50, 10, 10)}, "borderline"),
    ],
)
def test_measures_heterogeneous(counts, expected):
    dispersion = frames.dispersion(frames.measure_mix(units(counts), NAMES, 2024))

    assert claims.spread(dispersion)[0] == expected


def test_one_municipality_differs_from_nobody():
    dispersion = frames.dispersion(frames.measure_mix(units({"0581": UNEVEN["0581"]}), NAMES, 2024))

    assert claims.spread(dispersion) == ("untestable", 0, 0)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"0581": (60, 0, 0, 0, 20, 20), "1980": (60, 0, 0, 0, 30, 10)}, "holds"),
        ({"0581": (60, 0, 0, 0, 20, 20), "1980": (40, 0, 0, 0, 30, 30)}, "fails"),
        ({"0581": (90, 0, 0, 0, 5, 5), "1980": (40, 0, 0, 0, 30, 30)}, "borderline"),
    ],
)
def test_task_work_dominates(counts, expected):
    assert claims.dominance(frames.measure_mix(units(counts), NAMES, 2024)) == expected


def practices(yes, of=10):
    return pd.DataFrame(
        {
            "practice": "documented_goals",
            "year": [2009, 2024],
            "municipalities_yes": [1, yes],
            "municipalities": [of, of],
        }
    )


@pytest.mark.parametrize(("yes", "expected"), [(4, "holds"), (6, "borderline"), (9, "fails")])
def test_documented_goals_lacking(yes, expected):
    assert claims.GOALS.outcome(practices(yes)) == expected


def test_a_practice_is_lacking_below_the_limit_that_the_claim_declares():
    assert claims.PracticeLacking("documented_goals", limit=0.7).outcome(practices(6)) == "holds"
    assert claims.PracticeLacking("effect_follow_up").outcome(practices(6)) == "untestable"


@pytest.mark.parametrize(
    ("yes", "high", "voiced_in", "expected"),
    [(4, 0.45, 8, "holds"), (4, 0.55, 8, "borderline"), (9, 0.55, 8, "borderline"), (9, 0.7, 3, "fails")],
)
def test_documentation_lacking_needs_three_sources(yes, high, voiced_in, expected):
    survey = {"estimate": high - 0.05, "low": high - 0.1, "high": high, "n": 80}

    assert claims.sources(practices(yes), survey, voiced_in, 10)[0] == expected


@pytest.mark.parametrize(("reach", "expected"), [((6, 9, 8), "holds"), ((5, 9, 8), "borderline"), ((2, 1, 8), "fails")])
def test_poor_relief_voiced(reach, expected):
    assert claims.width(pd.Series(reach), 10)[0] == expected


def test_section_on_shipped_data(shipped):
    section = shipped.section("municipal_activation")

    checks.words(
        section,
        {"measure_mix", "documentation", "poor_relief_codes"},
        {"dispersion"},
        {claim.name for claim in claims.CLAIMS},
    )
    tables = shipped.inputs("municipal_activation").tables
    facts = {fact.id.split(".")[1]: fact for fact in section.facts}
    latest = tables["labour_units"].query("year == 2024")
    measures = latest.filter(like="measure_").sum()
    assert facts["task_work"].value == pytest.approx(measures["measure_task_work"] / measures.sum())
    assert facts["goals"].value == latest["documented_goals"].sum()
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["goals_lacking"] == "untestable"  # documented is not clear
    assert outcomes["project_form"] == outcomes["good_examples_not_spread"] == "untestable"


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("municipal_activation"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("municipal_activation").figures:
        assert figure.draw(figure.data, edition).get_axes()
