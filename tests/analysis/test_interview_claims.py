"""Estimators on the coded interviews: what they estimate, and how their limit and side decide."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.interview_claims import SegmentShare, SegmentShareDifference, Voiced
from report_engine.model.section import Unavailable
from report_engine.settings.settings import Bootstrap

UNIT = ("labour_unit_manager",)
MODELS = ("job_activation", "resource_activation")
JOB = SegmentShare("job_activation", MODELS, UNIT, "above")
RULES = SegmentShareDifference(("central_rules",), ("pes_manager", "municipal_manager"))


@dataclass(frozen=True)
class Heard:
    coded: pd.DataFrame
    inputs: object


def heard(*spoken):
    """Segments of (speaker, code, how many), in turn from two interviews in two municipalities."""
    rows = [(speaker, code, f"i{i % 2}", f"000{i % 2}") for speaker, code, count in spoken for i in range(count)]
    coded = pd.DataFrame(rows, columns=["speaker_actor", "code", "interview_id", "municipality_code"])
    codebook = pd.DataFrame({"code": [*MODELS, "central_rules", "control"], "parent": None})
    segments = pd.DataFrame(columns=["interview_id", "start", "end", "coder", "code", "stance"])  # nothing coded twice
    settings = SimpleNamespace(smallest_cell=5, bootstrap=Bootstrap(resamples=100, seed=1))
    side = coded["speaker_actor"].replace({"labour_unit_manager": "municipal_manager"})
    return Heard(
        coded.assign(side=side), SimpleNamespace(settings=settings, tables={"codebook": codebook, "segments": segments})
    )


def said(key, **values):
    return {"sv": f"{key} på svenska", "en": key}


def test_a_share_of_few_segments_is_not_judged_and_one_of_many_is_whatever_its_parts():
    few, many = ("labour_unit_manager", "resource_activation", 3), ("labour_unit_manager", "resource_activation", 6)
    job, others = ("labour_unit_manager", "job_activation", 8), ("pes_manager", "job_activation", 9)

    small, shown = (JOB.estimate(heard(job, resource, others)) for resource in (few, many))

    assert small.estimate == pytest.approx(8 / 11)
    assert pd.isna(JOB.estimate(heard(few, others)).estimate)
    assert (shown.estimate, shown.n) == (pytest.approx(8 / 14), 14)
    assert JOB.verdict(heard(others), said).outcome == "untestable"  # nobody of them speaks


def test_limit_and_side_decide_on_a_share_of_segments():
    data = heard(("labour_unit_manager", "job_activation", 24), ("labour_unit_manager", "resource_activation", 8))
    other = replace(JOB, side="below"), replace(JOB, limit=0.8)

    got = [claim.verdict(data, said) for claim in (JOB, *other)]

    assert [verdict.outcome for verdict in got] == ["holds", "fails", "fails"]
    assert [verdict.numbers["limit"] for verdict in got] == [0.5, 0.5, 0.8]
    assert JOB.robustness(data, got[0]).same == 100


def test_shares_of_two_groups_segments_are_compared():
    data = heard(
        ("pes_manager", "central_rules", 12), ("pes_manager", "control", 8),
        ("labour_unit_manager", "central_rules", 6), ("labour_unit_manager", "control", 24),
    )  # fmt: skip

    assert RULES.estimate(data).estimate == pytest.approx(0.6 - 0.2)
    assert RULES.verdict(data, said).outcome == "holds"
    assert replace(RULES, side="below").verdict(data, said).outcome == "fails"


def test_a_difference_in_codes_that_the_codebook_lacks_is_not_known():
    with pytest.raises(Unavailable):
        SegmentShareDifference(("unheard_of",), ("pes_manager", "municipal_manager")).estimate(
            heard(("pes_manager", "control", 9))
        )


@pytest.mark.parametrize(
    ("lacking", "expected"), [("not_asked", "not_asked"), (None, "The codebook has no code for this.")]
)
def test_a_code_that_the_codebook_lacks_is_untestable_for_the_claims_own_reason(lacking, expected):
    got = Voiced("quick_action", UNIT, lacking).verdict(heard(("labour_unit_manager", "control", 9)), said)

    assert (got.outcome, got.reason["en"]) == ("untestable", expected)
