"""Estimators on the survey: what they estimate, and how their limit and side decide."""

from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.survey_claims import ItemDifference, Respondents, ShareDifference
from report_engine.model.section import Unavailable
from report_engine.settings.settings import Bootstrap

FIRST, SECOND = "sanctions_needed", "education_is_way"
UNIT, PES = ("labour_unit_manager",), ("pes_manager",)
LEANING = [("labour_unit_manager", 5, 1)] * 6 + [("labour_unit_manager", 4, 5)] * 4 + [("pes_manager", 2, 4)] * 6


@dataclass(frozen=True)
class Surveyed:
    people: Respondents


def surveyed(answers, earlier=()):
    """Rows of (actor, sanctions_needed, education_is_way), all of one weight, of the last wave and an earlier one."""
    rows = [(2018, *row) for row in answers] + [(2016, *row) for row in earlier]
    table = pd.DataFrame(rows, columns=["wave", "actor", FIRST, SECOND]).astype({FIRST: "Int8", SECOND: "Int8"})
    table = table.assign(
        respondent_id=range(len(rows)), weight=1.0, stratum=table["wave"].astype("str") + table["actor"]
    )
    return Surveyed(Respondents(table, Bootstrap(resamples=100, seed=1), 5))


def said(key, **values):
    return {"sv": f"{key} på svenska", "en": key}


def test_items_are_compared_within_respondents_of_the_last_wave():
    data = surveyed([*LEANING, ("labour_unit_manager", 5, None)], earlier=[("labour_unit_manager", 1, 5)] * 9)

    got = ItemDifference(FIRST, SECOND, UNIT).estimate(data)

    assert (got.estimate, got.n) == (pytest.approx(0.6), 10)
    assert ItemDifference(FIRST, SECOND, PES).estimate(data).estimate == -1


def test_a_difference_that_few_answered_is_hidden_and_untestable():
    data = surveyed([*LEANING[:10], ("pes_manager", 2, 4)])
    claim = ItemDifference(FIRST, SECOND, PES)

    assert pd.isna(claim.estimate(data).estimate)
    assert claim.verdict(data, said).outcome == "untestable"
    assert ItemDifference(FIRST, SECOND, ("social_worker",)).verdict(data, said).outcome == "untestable"


def test_items_that_nobody_answered_both_of_are_not_compared():
    data = surveyed([("pes_manager", 2, None)] * 6 + [("pes_manager", None, 2)] * 6, earlier=LEANING)

    with pytest.raises(Unavailable):
        ItemDifference(FIRST, SECOND, PES).estimate(data)


def test_shares_of_two_groups_are_compared_in_the_last_wave():
    data = surveyed(LEANING + [("pes_manager", 5, 4)] * 2, earlier=[("pes_manager", 5, 5)] * 9)

    got = ShareDifference(FIRST, UNIT, PES).estimate(data)

    assert (got.estimate, got.n) == (pytest.approx(0.75), 18)


@pytest.mark.parametrize(
    "claim",
    [ItemDifference(FIRST, SECOND, UNIT), ShareDifference(SECOND, PES, UNIT)],
    ids=lambda claim: type(claim).__name__,
)
def test_a_difference_holds_on_one_side_only_and_stands_firm(claim):
    data = surveyed([*LEANING[:6] * 4, ("labour_unit_manager", 4, 5), *LEANING[10:] * 4])
    other = type(claim)(*(getattr(claim, name) for name in list(claim.__dataclass_fields__)[:3]), side="below")

    holds, fails = claim.verdict(data, said), other.verdict(data, said)

    assert (holds.outcome, fails.outcome) == ("holds", "fails")
    assert [claim.robustness(data, holds).same, other.robustness(data, fails).same] == [100, 100]
