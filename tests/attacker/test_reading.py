"""What published files hold, and what their numbers mean: small folders with known answers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from report_engine.methods.sampling import logit_interval
from tests.attacker import nonresponse, pairs
from tests.attacker.blur import Blur
from tests.attacker.cells import cell, count
from tests.attacker.differences import parts
from tests.attacker.intervals import centre, effect, may_have
from tests.attacker.interviews import Interviews
from tests.attacker.interviews import facts as interview_facts
from tests.attacker.interviews import read as read_interviews
from tests.attacker.kinds import claims as claims_of
from tests.attacker.kinds import facts as facts_of
from tests.attacker.kinds import unread
from tests.attacker.published import embedded, read_csv, sheets
from tests.attacker.survey import AGREE, DISAGREE, SCALE, Survey
from tests.attacker.survey import read as read_survey
from tests.attacker.survey_facts import facts as survey_facts
from tests.attacker.verdicts import read as read_verdicts

SURVEY = Survey(("2016", "2018"), Blur(), 5)
HEARD = Interviews(("control", "sanctions"), Blur(), 5)


def test_a_number_is_what_was_rounded_to_it() -> None:
    sheet = read_csv("staff/items", "item,n,share\na,37,0.085\nb,,0.5\n", "x.csv")
    first, second = sheet.rows.to_dict("records")
    low, high = sheet.number(first, "share") or (0, 0)
    assert (round(low, 6), round(high, 6)) == (0.0845, 0.0855)
    assert sheet.number(first, "n") == (37, 37)
    assert sheet.number(second, "n") is None
    low, high = sheet.number(second, "share") or (0, 0)  # as exact as the column's other numbers
    assert (round(low, 6), round(high, 6)) == (0.4995, 0.5005)


def test_files_and_pages_are_read_and_the_same_content_once(tmp_path: Path) -> None:
    for edition in ("sv", "en"):
        folder = tmp_path / "figures" / edition / "staff"
        folder.mkdir(parents=True)
        (folder / "caseload.csv").write_text("row,n\na,1\n", "utf-8")
    page = tmp_path / "report" / "_output" / "sv" / "report.html"
    page.parent.mkdir(parents=True)
    link = '<a href="data:text/csv;charset=utf-8,row,n%0Aa,{}%0A" download="staff-caseload.csv">CSV</a>'
    page.write_text(f"<html><body>{link.format(1)}{link.format(2)}</body></html>", "utf-8")
    assert [(sheet.name, sheet.rows["n"].tolist()) for sheet in sheets(tmp_path)] == [
        ("staff/caseload", ["1"]),
        ("staff/caseload", ["2"]),
    ]
    assert list(embedded("")) == []


def test_a_share_is_of_those_who_answered_and_n_counts_them() -> None:
    rows = "item,wave,actor,estimate,n,suppressed\neffects_known,2018,pes_manager,0.31,36,\n"
    share, n = read_survey(read_csv("staff/effects_known", rows, "x.csv"), SURVEY)
    group = cell(item="effects_known", wave="2018", actor="pes_manager")
    assert share.terms == ((1.0, group & cell(answer=AGREE)),) and share.of == group & cell(answer=SCALE)
    assert n == count(group & cell(answer=SCALE), 36, 36, n.source)


def test_a_merged_answer_stands_for_its_side_of_the_scale() -> None:
    rows = "item,answer,merged,share,n,suppressed\nunit_staff_help,2,True,0.07,118,\n"
    share, _ = read_survey(read_csv("participants/items", rows, "x.csv"), SURVEY)
    assert dict(share.terms[0][1].where)["answer"] == DISAGREE


def test_what_the_rule_hides_is_some_but_few() -> None:
    rows = "municipality,municipality_code,code,n,suppressed\nTimrå,2262,collab_fk,,primary\nLuleå,2580,collab_fk,,secondary\n"
    [got] = read_interviews(read_csv("staff/fall_between_chairs", rows, "x.csv"), HEARD)
    assert got == count(cell(municipality="Timrå", code="collab_fk"), 1, 4, got.source)


def test_facts_are_cells_as_tables_are() -> None:
    fact = {"value": 60, "n": 60, "unit": "count", "tables": ["segments"]}
    [got] = interview_facts({"staff.fk_segments": fact}, HEARD)
    assert got == count(cell(code="collab_fk"), 60, 60, "fact staff.fk_segments")
    fact = {"value": 0.25, "n": 24, "unit": "share", "tables": ["actors"]}
    share, n = survey_facts({"staff.support_social_worker": fact}, SURVEY)
    group = cell(item="furthest_supported", wave="2018", actor="social_worker")
    assert share.of == group & cell(answer=SCALE) and n == count(group & cell(answer=SCALE), 24, 24, n.source)


def test_blurred_numbers_are_taken_for_all_that_they_can_mean() -> None:
    blur = Blur(noise=3, step=5)
    assert (blur.cases(35), blur.count(7), blur.hidden(5)) == ((29.5, 40.5), (3.5, 10.5), (0, 7))


def test_a_verdict_says_on_which_side_of_its_limit_the_exact_share_lies() -> None:
    for outcome, expected in (("holds", (0.5, 1.0)), ("fails", (-1.0, 0.5))):
        claims = {"collaboration.managers_see_it_working": {"verdict": {"outcome": outcome}}}
        [got], heard = read_verdicts(claims, SURVEY, HEARD)
        assert (got.low, got.high, heard) == (*expected, [])
    untestable = {"collaboration.managers_see_it_working": {"verdict": {"outcome": "untestable"}}}
    assert read_verdicts(untestable, SURVEY, HEARD) == ([], [])


def test_the_numbers_of_a_reason_are_read_as_those_of_a_table_are() -> None:
    numbers = {"estimate": 0.72, "low": 0.64, "high": 0.79, "n": 135}
    claims = {"collaboration.managers_see_it_working": {"verdict": {"outcome": "holds", "numbers": numbers}}}
    [_, share, n, interval], heard = read_verdicts(claims, Survey(("2016", "2018"), Blur(3, 5), 5), HEARD)
    assert (round(share.low, 3), round(share.high, 3), n.low, n.high, heard) == (0.725 - 0.01, 0.725, 129.5, 140.5, [])
    assert (interval.low, interval.high) == pytest.approx((0.711, 0.731), abs=0.001)
    assert interval.effect == pytest.approx((0.85, 1.15))


def test_the_ends_of_an_interval_give_its_middle_and_the_design_effect() -> None:
    low, high = ((end - 0.0005, end + 0.0005) for end in logit_interval(0.3, 0.05))
    least, most = centre(low, high) or (0, 0)
    assert 0.298 < least < 0.3 < most < 0.302
    cases = 0.3 * 0.7 / 0.05**2 * 1.3  # of a design effect of 1.3
    assert effect(0.3, low, high, cases, 5) == pytest.approx((1.25, 1.35))
    assert effect(0.3, low, high, cases / 1.3, 5) is None  # of few, where it is left out
    assert centre((-0.01, 0.01), high) is None


def test_a_design_effect_tells_which_stratum_those_inside_are_in() -> None:
    """Ten of 20: that all are in the stratum of the heavier weight leaves no spread within strata, half in each all of it."""
    one, other = np.array([0, 5, 10]), np.array([10, 5, 0])
    assert may_have((0.9, 1.3), one, other, (10, 10), (1.0, 1.0)).tolist() == [False, True, False]
    assert may_have((0.0, 0.1), one, other, (10, 10), (1.0, 1.0)).tolist() == [True, False, True]


def test_a_number_that_nobody_reads_is_named() -> None:
    fact = {"value": 0.3, "tables": ["actors"]}
    published = facts_of(
        {"staff.read": fact, "staff.new": fact, "staff.year": fact, "costs.new": fact | {"tables": ["population"]}}
    )
    assert unread(published, {"staff.read"}, {r"staff\.year": "a year"}) == ["staff.new"]
    assert unread(published, published, {r"staff\.gone": "a year"}) == [r"no number is staff\.gone"]
    claims = {
        "staff.a": {"tables": ["actors"], "verdict": {"numbers": {"n": 3}}},
        "staff.b": {"tables": ["actors"], "verdict": {"numbers": {}}},
    }
    assert claims_of(claims) == {"staff.a"}


def test_the_difference_of_two_shares_gives_the_one_that_is_not_told() -> None:
    group = {wave: cell(wave=wave, item="pes_collaboration", actor=("pes_manager",)) for wave in ("2016", "2018")}
    told, none = list(parts(group["2018"], group["2016"], 0.2, (0.0, 1.0), (0.5, 0.5), SURVEY, "x"))
    assert told.of == group["2018"] & cell(answer=SCALE) and (told.low, told.high) == pytest.approx((0.695, 0.705))
    assert (none.low, none.high) == pytest.approx((-0.005, 0.805))


def test_a_difference_between_two_items_is_of_those_who_answered_both() -> None:
    fact = {"value": -0.02, "n": 30}
    lean, n = pairs.told({"managers.lean_pes_manager": fact}, {}, {}, SURVEY)
    (_, more), (minus, less) = lean.terms
    assert dict(more.where)["first"] == AGREE == dict(less.where)["second"] and minus == -1
    assert dict((lean.of or cell()).where)["second"] == SCALE and n.terms[0][1] == lean.of
    ours = count(cell(item="sanctions_needed", wave="2018", answer=AGREE), 3, 9, "x")
    theirs = count(cell(item="effects_known", wave="2018", answer=AGREE), 3, 9, "x")
    assert [dict(said.terms[0][1].where)["first"] for said in pairs.of_items([ours, theirs], "2018")] == [AGREE]


def test_the_appendix_on_data_quality_is_read(tmp_path: Path) -> None:
    path = tmp_path / nonresponse.QUALITY
    path.parent.mkdir(parents=True)
    head = "| Actor | Respondents | Questions put | Answer | Don’t know | No answer |\n| :-- | --: | --: | --: | --: | --: |\n"
    path.write_text(f"Words.\n\n{head}| PES managers | 80 | 770 | 95.0% | 4.0% | .. |\n\nWords.\n", "utf-8")
    found = nonresponse.tables(tmp_path)
    asked, answered, unknown = nonresponse.told(found, Blur(3, 5))
    about = cell(actor="pes_manager")
    assert asked == count(about, 764.5, 775.5, asked.source) and answered.of == about
    assert unknown.terms[0][1] == about & cell(answer="dont_know") and unknown.noise == 6
    assert (unknown.low, unknown.high) == pytest.approx((0.03, 0.05))


def test_respondents_of_a_stratum_are_those_of_its_municipalities() -> None:
    persons = pd.DataFrame({"stratum": ["2018-pes_manager-small", "2018-x-large"], "municipality": ["Malung", "Malmö"]})
    row = {"Actor": "PES managers", "Wave": "2018", "Municipalities": "small", "Respondents": "15"}
    [got] = nonresponse.of_strata([[row]], persons, Blur(3, 5), "municipality")
    assert got == count(cell(actor="pes_manager", wave="2018", municipality="Malung"), 9.5, 20.5, got.source)
