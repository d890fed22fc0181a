import pytest

from tests.analysis.synthetic.shipped import shipped

SHARE = 742_807 / (10_732_616 / 1.067)
MEASURES = [
    f"measure_{name}"
    for name in ("job_search", "work_practice", "task_work", "subsidised_employment", "education", "assessment")
]


def units():
    return shipped("labour_units")


def yearly(column):
    return units().groupby("year")[column].sum()


def shares():
    """Shares of the measures by municipality, all years together."""
    added = units().groupby("municipality_code")[MEASURES].sum()
    return added.div(added.sum(axis=1), axis=0)


def answering_yes(column):
    return units()[column].eq("yes").groupby(units()["year"]).sum()


def test_full_size():
    assert len(units()) == 11 * 16
    assert set(units()["origin"]) == {"synthetic"}


def test_totals_of_2017_are_the_elevens_share_of_the_published_figures():
    assert yearly("participants")[2017] == round(100_000 * SHARE)
    assert yearly("staff_fte")[2017] == pytest.approx(4_700 * SHARE, abs=0.06)


def test_parts_stay_within_their_totals():
    frame = units()
    assert (frame["participants_women"] <= frame["participants"]).all()
    assert (frame["exits_work"] + frame["exits_study"] <= frame["exits_total"]).all()
    assert (frame["exits_total"] <= frame["participants"]).all()
    assert (frame["referred_by_social_services_share"] + frame["referred_by_pes_share"] <= 1).all()
    assert (frame[["exits_work", "exits_study", *MEASURES]] >= 0).all(axis=None)


def test_measures_add_up_to_between_one_and_one_and_a_half_per_participant():
    ratio = units()[MEASURES].sum(axis=1) / units()["participants"]
    assert ratio.between(1, 1.5).all()


def test_signal_measures_are_heterogeneous():
    task_work = shares()["measure_task_work"]
    assert task_work.max() - task_work.min() > 0.25


def test_contradiction_task_work_does_not_dominate_everywhere():
    by_municipality = shares()
    competence = by_municipality["measure_education"] + by_municipality["measure_subsidised_employment"]
    larger = by_municipality["measure_task_work"] > competence
    assert 4 <= larger.sum() <= 8


def test_signal_subsidised_employment_degrees_and_cofinancing_rise():
    measures = units().groupby("year")[MEASURES].sum()
    subsidised = measures["measure_subsidised_employment"] / measures.sum(axis=1)
    assert subsidised[2024] > 2 * subsidised[2009]
    means = (
        units()
        .groupby("year")[["staff_with_relevant_degree_share", "pes_cofinanced_share", "individual_plan_share"]]
        .mean()
    )
    assert (means.loc[2024] > means.loc[2009] + 0.05).all()


def test_contradiction_documentation_improved_to_a_clear_majority():
    goals = answering_yes("documented_goals")
    assert goals[2009] <= 3
    assert goals[2018] >= 8


def test_signal_effects_are_followed_up_by_few():
    assert answering_yes("effect_follow_up").max() <= 4


def test_contradiction_premises_stay_flat():
    premises = answering_yes("purpose_built_premises")
    assert premises.between(4, 5).all()
    assert premises[2009] == premises[2024]


def test_contradiction_participants_rose():
    participants = yearly("participants")
    assert participants[2018] > participants[2017] > participants[2016] > participants[2009]


def test_weak_signal_exits_go_with_resource_activation():
    frame = units().groupby("municipality_code").sum(numeric_only=True)
    resource = (frame["measure_education"] + frame["measure_subsidised_employment"]) / frame[MEASURES].sum(axis=1)
    leaving = (frame["exits_work"] + frame["exits_study"]) / frame["exits_total"]
    assert 0.2 < resource.corr(leaving, method="spearman") < 0.7


def test_exit_levels_follow_the_published_ones():
    frame = units().groupby("municipality_code").sum(numeric_only=True)
    leaving = (frame["exits_work"] + frame["exits_study"]) / frame["exits_total"]
    published = shipped("exits").groupby("municipality_code")["exit_to_work_or_study_percent"].median() / 100
    assert (leaving - published).abs().max() < 0.05
