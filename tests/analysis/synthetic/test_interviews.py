import itertools
import re

import krippendorff
import pytest

from analysis import coding
from analysis.synthetic.interview_design import STANCES, WEIGHTS
from analysis.synthetic.utterance import Phrases
from tests.analysis.synthetic.shipped import primary, shipped

STAFF = ("social_worker", "labour_unit_staff")
MUNICIPAL_MANAGERS = ("social_services_manager", "labour_unit_manager")


def stance(code, *actors):
    rows = primary()
    return float(rows[(rows["code"] == code) & rows["speaker_actor"].isin(actors)]["stance"].mean())


def share(codes, *actors):
    rows = primary()
    rows = rows[rows["speaker_actor"].isin(actors)]
    return float(rows["code"].isin(codes).mean())


def both_codings():
    segments = shipped("segments").merge(shipped("interviews"), on="interview_id")
    twice = segments[segments["second_coder"].notna()]
    keys = ["interview_id", "start", "end"]
    first = twice[twice["coder"] == twice["primary_coder"]]
    second = twice[twice["coder"] == twice["second_coder"]]
    return first.merge(second[[*keys, "code", "stance"]], on=keys, suffixes=("", "_second"), validate="one_to_one")


def test_full_size():
    interviews = shipped("interviews")
    assert len(interviews) == 44
    per_place = interviews.groupby(["municipality_code", "group"]).size().unstack()
    assert (per_place[["managers", "staff", "participants"]] == [1, 2, 1]).all(axis=None)
    assert 2_400 <= len(shipped("segments")) <= 2_700


def test_every_tenth_interview_is_coded_twice():
    interviews = shipped("interviews")
    twice = interviews[interviews["second_coder"].notna()]
    assert twice["interview_id"].tolist() == ["GI05", "GI15", "GI25", "GI35"]
    assert set(twice["group"]) == {"managers", "staff", "participants"}
    assert (twice["primary_coder"] != twice["second_coder"]).all()


def test_the_codebook_has_eleven_groups_and_segments_carry_leaf_codes_only():
    codebook = shipped("codebook")
    parents = codebook[codebook["parent"].isna()]["code"]
    assert len(parents) == 11
    assert set(codebook["parent"].dropna()) == set(parents)
    leaves = set(codebook["code"]) - set(parents)
    assert set(shipped("segments")["code"]) == leaves
    assert {code for code, _ in STANCES} == leaves


def test_segments_lie_in_order_without_overlap():
    for _, rows in primary().groupby("interview_id"):
        spans = rows.sort_values("start")[["start", "end"]].to_numpy().tolist()
        assert all(end <= following for (_, end), (following, _) in itertools.pairwise(spans))


def test_a_segment_is_as_long_as_its_text():
    segments = shipped("segments")
    assert (segments["end"] - segments["start"] == segments["text"].str.len()).all()


def test_the_second_coder_repeats_the_passage():
    segments = shipped("segments")
    texts = segments.groupby(["interview_id", "start", "end"])[["text", "speaker_actor"]].nunique()
    assert (texts == 1).all(axis=None)


def test_two_coders_agree_as_coders_do():
    pairs = both_codings()
    assert len(pairs) > 180
    numbers = {code: n for n, code in enumerate(sorted(set(pairs["code"]) | set(pairs["code_second"])))}
    codes = [pairs[column].map(numbers).tolist() for column in ("code", "code_second")]
    assert 0.85 <= krippendorff.alpha(codes, level_of_measurement="nominal") <= 0.95
    stances = [pairs[column].fillna(9).tolist() for column in ("stance", "stance_second")]  # no stance is one
    assert 0.8 <= krippendorff.alpha(stances, level_of_measurement="nominal") <= 0.95


def test_coders_agree_on_all_groups_of_codes_but_one():
    judged, parents = coding.ratings(shipped("segments"), "code"), shipped("codebook").set_index("code")["parent"]
    groups = judged["value"].map(parents)
    found = {name: coding.alpha(coding.of_group(judged, groups == name)) for name in parents.dropna().unique()}

    assert {name for name, alpha in found.items() if alpha < coding.RELIABLE} == {"priorities"}
    assert min(alpha for name, alpha in found.items() if name != "priorities") >= 0.8


def test_texts_hold_no_numbers_addresses_or_left_over_templates():
    for text in shipped("segments")["text"]:
        assert not re.search(r"[\d@{}]|https?:", text), text
        assert text[0].isupper()
        assert text.endswith((".", "?")), text


def test_no_text_is_said_twice_in_an_interview():
    assert not primary().duplicated(["interview_id", "text"]).any()


@pytest.mark.parametrize("actor", list(WEIGHTS))
def test_there_are_words_for_everything_an_actor_may_say(actor):
    phrases = Phrases()
    for code in WEIGHTS[actor]:
        for position in (-1, 0, 1):
            assert phrases._voice(actor, code)[position]


def test_signal_the_same_collaboration_seen_differently():
    assert stance("collab_pes", *MUNICIPAL_MANAGERS) > 0.3
    assert stance("collab_pes", "pes_manager") > 0.2
    assert stance("collab_pes", "social_worker") < -0.3
    assert stance("collab_pes", "labour_unit_staff") < -0.5


def test_signal_municipal_actors_voice_the_four_reasons():
    reasons = [code for code in WEIGHTS["social_worker"] if code.startswith("reason_")]
    assert len(reasons) == 4
    assert share(reasons, *MUNICIPAL_MANAGERS, *STAFF) > 2 * share(reasons, "pes_manager")


def test_signal_pes_managers_cite_rules_and_municipal_managers_act_as_entrepreneurs():
    assert share(["central_rules", "implementer"], "pes_manager") > 0.15
    assert share(["central_rules", "implementer"], *MUNICIPAL_MANAGERS) < 0.06
    assert share(["entrepreneur"], *MUNICIPAL_MANAGERS) > 0.04


def test_signal_pes_managers_freedom_goes_from_none_to_much():
    rows = primary()
    freedom = rows[(rows["code"] == "pes_discretion") & (rows["speaker_actor"] == "pes_manager")]["stance"]
    assert (freedom == -1).sum() >= 5
    assert (freedom == 1).sum() >= 5


def test_signal_job_activation_among_managers_and_resource_activation_among_staff():
    assert share(["job_activation"], *MUNICIPAL_MANAGERS) > 1.5 * share(["resource_activation"], *MUNICIPAL_MANAGERS)
    assert stance("job_activation", *MUNICIPAL_MANAGERS) > 0.3 > stance("job_activation", *STAFF)
    assert stance("resource_activation", *STAFF) > 0.3


def test_signal_parallel_tracks_and_gaps_are_criticised_most_by_staff():
    codes = ["parallel_tracks", "fall_between_chairs"]
    assert share(codes, *STAFF) > share(codes, "pes_manager", *MUNICIPAL_MANAGERS)
    assert stance("parallel_tracks", *STAFF) < -0.4
    assert stance("collab_fk", *STAFF) < -0.5


def test_signal_effects_are_unknown_and_documentation_lacks():
    assert share(["effects_unknown", "someone_else_knows"], *STAFF) > 0.06
    assert stance("documentation_lacking", *STAFF) < -0.5


def test_weak_signal_managers_know_but_do_not_listen():
    rows = primary()
    said = rows[rows["code"] == "managers_dont_listen"]
    assert set(said["speaker_actor"]) == set(STAFF)
    assert 15 <= len(said) <= 40
    assert -0.5 < said["stance"].mean() < 0.5


def test_signals_among_participants():
    assert stance("glad_activity", "participant") > 0.5
    assert stance("unit_staff_support", "participant") > 0.5
    for code in ("pes_unreachable", "tasks_meaningless", "stuck_in_system", "felt_controlled"):
        assert stance(code, "participant") < -0.4
