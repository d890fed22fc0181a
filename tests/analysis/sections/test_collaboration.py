from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.actors import ACTORS
from analysis.sections.collaboration import claims, frames
from report_engine.methods.estimate import Estimate
from tests.analysis.sections import checks


def answered(answers, actor="participant", wave=2018):
    """One respondent an answer (None: don't know) to the item on the PES; the other items alike."""
    table = pd.DataFrame({"actor": actor, "wave": wave}, index=range(len(answers)))
    for item in frames.GAP_ITEMS:
        table[item] = pd.array(answers, dtype="Int8")
        table[f"{item}_missing"] = ["dont_know" if answer is None else None for answer in answers]
    return table.assign(weight=1.0, stratum=f"{wave}-{actor}")


EVERY = [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5


def test_answers_keep_five_steps_where_none_is_rare():
    got = frames.answer_steps(answered(EVERY), frames.PES, smallest=5)

    assert got["step"].tolist() == list("12345")
    assert got["share"].tolist() == pytest.approx([0.2] * 5)
    assert got["n"].tolist() == [25] * 5


def test_rare_answers_are_joined_with_their_neighbours_for_every_actor():
    table = pd.concat([answered(EVERY), answered([1] * 3 + [2] * 4 + [3] * 6 + [5] * 9, "social_worker")])
    got = frames.answer_steps(table, frames.PES, smallest=5).set_index(["actor", "step"])["share"]

    assert got["participant"].to_dict() == pytest.approx({"disagree": 0.4, "neither": 0.2, "agree": 0.4})
    assert got["social_worker"].to_dict() == pytest.approx({"disagree": 7 / 22, "neither": 6 / 22, "agree": 9 / 22})


def test_an_actor_whose_steps_stay_small_is_hidden():
    table = pd.concat([answered(EVERY), answered([1] * 2 + [3] * 6 + [5] * 9, "social_worker")])
    got = frames.answer_steps(table, frames.PES, smallest=5).set_index("actor")

    assert got.loc["social_worker", "share"].isna().all()
    assert got.loc["participant", "share"].notna().all()


def test_unaware_counts_all_who_were_asked():
    table = pd.concat([answered([4] * 4 + [None] * 6), answered([4] * 9 + [None], "social_worker")])
    got = frames.unaware(table, frames.PES, smallest=5).set_index("actor")

    assert got.loc["participant", ["estimate", "n"]].tolist() == pytest.approx([0.6, 10])
    assert got.loc["social_worker", "estimate"] == pytest.approx(
        0.1
    )  # hidden in what is published, where rows are protected


def test_gaps_are_managers_minus_staff_from_largest_to_smallest():
    table = pd.concat(
        [answered([5] * 6 + [1] * 4, "labour_unit_manager"), answered([5] * 2 + [1] * 8, "social_worker")]
    )
    table["effects_known"] = pd.array([1] * 10 + [5] * 10, dtype="Int8")
    got = frames.manager_staff_gaps(frames.grouped(table), smallest=5)

    assert got["item"].iloc[-1] == "effects_known"
    assert got["estimate"].iloc[0] == pytest.approx(0.4)
    assert got["estimate"].iloc[-1] == pytest.approx(-1)
    assert (got["managers"] - got["staff"]).tolist() == pytest.approx(got["estimate"].tolist())


def test_waves_stand_side_by_side_with_their_difference():
    table = pd.concat([answered([5] * 4 + [1] * 6, "pes_manager", 2016), answered([5] * 7 + [1] * 3, "pes_manager")])
    got = frames.waves(table, smallest=5).set_index("item").loc[frames.PES]

    assert got[["2016_estimate", "2018_estimate", "change"]].tolist() == pytest.approx([0.4, 0.7, 0.3])
    assert "change" not in frames.waves(answered(EVERY), smallest=5)


def test_relations_cover_every_actor_and_hide_few_segments():
    said = pd.DataFrame({"speaker_actor": ["participant"] * 6 + ["pes_manager"] * 2, "code": "collab_pes"})
    said["stance"] = pd.array([-1, -1, -1, 0, 0, 1, 1, 1], dtype="Int64")
    got = frames.relation_stances(said, smallest=5).set_index(["actor", "code"])

    assert len(got) == len(ACTORS) * len(frames.RELATIONS)
    assert got.loc[("participant", "collab_pes"), "mean"] == pytest.approx(-1 / 3)
    assert pd.isna(got.loc[("pes_manager", "collab_pes"), "mean"])
    assert got.loc[("social_worker", "collab_fk"), "n"] == 0


def test_overlap_is_a_share_of_all_an_actor_says():
    said = pd.DataFrame(
        {
            "speaker_actor": "participant",
            "interview_id": ["i1", "i2"] * 10,
            "code": ["parallel_tracks"] * 5 + ["other"] * 15,
        }
    )
    got = frames.overlap(said, smallest=5, resamples=50, seed=1).set_index("code")

    assert got.loc["parallel_tracks", ["n", "spoken", "estimate"]].tolist() == [5, 20, 0.25]
    assert got.loc["fall_between_chairs", "estimate"] == 0


@pytest.mark.parametrize(("tracks", "chairs", "expected"), [(8, 9, "holds"), (8, 3, "borderline"), (2, 3, "fails")])
def test_overlap_and_gaps(tracks, chairs, expected):
    reached = pd.Series({"parallel_tracks": tracks, "fall_between_chairs": chairs})

    assert claims.widely_voiced(reached, 11) == expected


@pytest.mark.parametrize(("gap", "expected"), [(0.8, "holds"), (0.1, "borderline"), (-0.3, "fails")])
def test_interviews_agree(gap, expected):
    found = SimpleNamespace(stance_gap=Estimate(gap, 0.1, gap - 0.2, gap + 0.2, 100))
    got = claims.interviews_agree(found, lambda key, **values: {"sv": f"{key}: {values}", "en": key})

    assert got.outcome == expected


def test_a_silent_group_has_no_stance_to_compare():
    said = pd.DataFrame({"code": "collab_pes", "stance": [1, -1], "group": "managers", "interview_id": ["i1", "i2"]})

    assert frames.stance_gap(said, "collab_pes", resamples=50, seed=1).n == 0


def test_section_on_shipped_data(shipped):
    section = shipped.section("collaboration")

    checks.words(
        section,
        {"same_collaboration", "stance_heat", "manager_staff_gap", "overlap_gaps"},
        {"waves"},
        {claim.name for claim in claims.CLAIMS},
    )
    facts = {fact.id.split(".")[1]: fact for fact in section.facts}
    actors = shipped.inputs("collaboration").tables["actors"]
    asked = actors[(actors["wave"] == 2018) & (actors["actor"] == "participant")]
    unaware = (asked["pes_collaboration_missing"] == "dont_know") * asked["weight"]
    assert facts["participants_unaware"].value == pytest.approx(unaware.sum() / asked["weight"].sum())
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["managers_see_it_working"] == outcomes["unit_staff_negative"] == "holds"


def test_no_small_cell_is_published(shipped):
    for item in (*shipped.section("collaboration").figures, *shipped.section("collaboration").tables):
        for column in [name for name in item.data.columns if name == "n" or str(name).endswith("_n")]:
            counts = item.data[column].dropna()
            assert ((counts == 0) | (counts >= 5)).all(), (item.name, column)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("collaboration"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("collaboration").figures:
        assert figure.draw(figure.data, edition).get_axes()
