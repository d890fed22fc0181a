import pytest

from report_engine.contracts.contract import load
from tests.analysis.synthetic.shipped import agreeing, answered, shipped

MANAGERS = ("social_services_manager", "labour_unit_manager")
STAFF = ("social_worker", "labour_unit_staff")
ITEMS = [field for field in load("actors").fields if field.unit == "likert"]
USER_MISSING = {8, 9}


def test_full_size():
    assert 850 <= len(shipped("actors")) <= 950
    assert len(shipped("survey_frame")) == 24


def test_weights_add_up_to_the_populations_of_the_strata():
    added = shipped("actors").groupby("stratum")["weight"].sum()
    frame = shipped("survey_frame").set_index("stratum")["population"]
    assert added.to_dict() == pytest.approx(frame.to_dict(), abs=0.01)


def test_nobody_answers_who_was_not_invited():
    frame = shipped("survey_frame").set_index("stratum")
    respondents = shipped("actors").groupby("stratum").size()
    assert (respondents <= frame["invited"]).all()
    assert (frame["invited"] <= frame["population"]).all()
    assert (respondents / frame["invited"]).between(0.35, 0.8).all()


def test_a_stratum_is_wave_actor_and_size():
    actors = shipped("actors")
    expected = actors["wave"].astype("string") + "-" + actors["actor"]
    assert (actors["stratum"].str.rsplit("-", n=1).str[0] == expected).all()


def test_every_municipality_has_every_actor():
    assert (shipped("actors").groupby(["municipality_code", "actor"]).size().unstack() >= 1).all(axis=None)


@pytest.mark.parametrize("field", ITEMS, ids=lambda one: one.name)
def test_questions_are_empty_exactly_where_they_were_not_asked(field):
    actors = shipped("actors")
    asked = actors["actor"].isin(field.asked_of) if field.asked_of else actors["actor"].notna()
    assert (actors[field.name].notna() == asked).all()
    assert set(actors[field.name].dropna()) <= set(field.allowed)


@pytest.mark.parametrize("field", ITEMS, ids=lambda one: one.name)
def test_user_missing_answers_are_realistic(field):
    actors = shipped("actors")
    asked = actors[actors[field.name].notna() & (actors["actor"] != "participant")]
    if field.asked_of == ("participant",):
        asked = actors[actors["actor"] == "participant"]
    assert 0.02 <= asked[field.name].isin(USER_MISSING).mean() <= 0.065


def test_signal_managers_see_collaboration_with_the_pes_as_working_and_staff_do_not():
    assert agreeing("pes_collaboration", actor=MANAGERS) > 0.6
    assert agreeing("pes_collaboration", actor="social_worker") < 0.3
    assert agreeing("pes_collaboration", actor="labour_unit_staff") < 0.2


def test_signal_municipal_managers_see_it_as_improved():
    assert (
        agreeing("pes_collaboration", actor=MANAGERS, wave=2018)
        > agreeing("pes_collaboration", actor=MANAGERS, wave=2016) + 0.15
    )


def test_weak_signal_pes_managers_see_collaboration_as_working():
    assert 0.5 < agreeing("pes_collaboration", actor="pes_manager") < 0.6


def test_signal_participants_mostly_do_not_know():
    actors = shipped("actors")
    participants = actors[actors["actor"] == "participant"]
    for item in ("pes_collaboration", "municipal_collaboration", "fk_collaboration"):
        assert (participants[item] == 8).mean() > 0.5


def test_signal_those_furthest_from_work_are_not_supported_according_to_staff():
    assert agreeing("furthest_supported", actor=STAFF) < 0.25
    assert agreeing("resources_to_closest", actor=STAFF) > 0.55


def test_signal_effects_are_not_known():
    assert agreeing("effects_known") < 0.35
    assert agreeing("effects_known", actor=STAFF) < 0.22


def test_signal_municipal_managers_lean_to_sanctions():
    assert agreeing("sanctions_needed", actor=MANAGERS) > agreeing("education_is_way", actor=MANAGERS) + 0.15
    assert (
        agreeing("sanctions_needed", actor="labour_unit_staff")
        < agreeing("education_is_way", actor="labour_unit_staff") - 0.15
    )


def test_signal_caseload_fell_at_social_services_and_stays_high_at_the_units():
    assert (
        agreeing("caseload_manageable", actor="social_worker", wave=2018)
        > agreeing("caseload_manageable", actor="social_worker", wave=2016) + 0.15
    )
    for wave in (2016, 2018):
        assert agreeing("caseload_manageable", actor="labour_unit_staff", wave=wave) < 0.3


def test_signals_among_participants():
    assert agreeing("glad_to_have_something") > 0.65
    assert agreeing("unit_staff_help") > 0.65
    assert agreeing("pes_reachable") < 0.25
    assert agreeing("tasks_match_wishes") < 0.35


def test_weak_signal_about_half_feel_used_as_cheap_labour():
    assert 0.45 < agreeing("cheap_labour") < 0.55


def test_weak_signal_young_participants_are_more_positive():
    leads = []
    for item in ("glad_to_have_something", "tasks_useful", "tasks_match_wishes"):
        rows = answered(item)
        young = rows["age_group"] == "18-24"
        leads.append(rows.loc[young, "agree"].mean() - rows.loc[~young, "agree"].mean())
    assert all(0 < lead < 0.13 for lead in leads)
