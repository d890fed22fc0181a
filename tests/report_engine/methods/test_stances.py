import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.methods.stances import code_counts, primary, stance_shares

INTERVIEWS = pd.DataFrame({"interview_id": ["i1", "i2"], "primary_coder": ["A", "B"], "second_coder": ["B", None]})
SEGMENTS = pd.DataFrame(
    {
        "segment_id": ["s1", "s2", "s3", "s4", "s5", "s6"],
        "interview_id": ["i1", "i1", "i1", "i2", "i2", "i1"],
        "coder": ["A", "B", "A", "B", "B", None],
        "speaker_actor": ["participant", "participant", "participant", "social_worker", "social_worker", "participant"],
        "code": ["collab_pes", "collab_pes", "control", "control", "control", "control"],
        "stance": pd.array([-1, 1, None, 0, 1, -1], dtype="Int8"),
    }
)


def test_primary_drops_the_second_coder_and_unknown_coders():
    got = primary(SEGMENTS, INTERVIEWS)
    assert got["segment_id"].tolist() == ["s1", "s3", "s4", "s5"]
    assert got.columns.tolist() == SEGMENTS.columns.tolist()
    assert got.index.tolist() == [0, 1, 2, 3]


def test_primary_refuses_segments_of_unlisted_interviews_and_doubled_interviews():
    with pytest.raises(ValueError, match="lacks: i2"):
        primary(SEGMENTS, INTERVIEWS.head(1))
    with pytest.raises(ValueError, match="interview i1 has more than one row"):
        primary(SEGMENTS, pd.concat([INTERVIEWS, INTERVIEWS]))


def test_stance_shares_count_only_segments_with_a_stance():
    got = stance_shares(primary(SEGMENTS, INTERVIEWS), "speaker_actor")
    expected = pd.DataFrame(
        {
            "speaker_actor": ["participant", "social_worker"],
            "critical": [1.0, 0.0],
            "neutral": [0.0, 0.5],
            "supportive": [0.0, 0.5],
            "mean": [-1.0, 0.5],
            "n": [1, 2],
        }
    )
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)
    assert got["n"].dtype == "int64"


def test_stance_shares_of_segments_without_stances_are_empty():
    got = stance_shares(SEGMENTS.iloc[[2]], ["code"])
    assert got.columns.tolist() == ["code", "critical", "neutral", "supportive", "mean", "n"]
    assert len(got) == 0


def test_an_unknown_stance_is_refused():
    with pytest.raises(ValueError, match="must be -1, 0 or 1, not 2"):
        stance_shares(SEGMENTS.assign(stance=2), "code")


def test_code_counts():
    cells = [("collab_pes", "participant"), ("control", "social_worker"), ("collab_pes", "social_worker")]
    grid = pd.MultiIndex.from_tuples(cells, names=["code", "speaker_actor"])
    got = code_counts(primary(SEGMENTS, INTERVIEWS), grid, "speaker_actor")
    expected = grid.to_frame(index=False).assign(n=[1, 2, 0])
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([-1, 0, 1, None])), min_size=1), st.randoms())
def test_shares_add_up_whatever_the_order(rows, random):
    segments = pd.DataFrame({"code": [r[0] for r in rows], "stance": pd.array([r[1] for r in rows], dtype="Int8")})
    got = stance_shares(segments, "code")
    assert (got[["critical", "neutral", "supportive"]].sum(axis=1) - 1).abs().max() < 1e-12 or got.empty
    assert (got["mean"] - got["supportive"] + got["critical"]).abs().max() < 1e-12 or got.empty
    shuffled = segments.iloc[random.sample(range(len(rows)), len(rows))]
    pd.testing.assert_frame_equal(stance_shares(shuffled, "code"), got)
