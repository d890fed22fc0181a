from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.sections.managers import claims, facts, frames
from report_engine.methods.estimate import Estimate
from report_engine.words import texts
from tests.analysis.sections import checks


def respondents(answers):
    """Rows of (actor, sanctions_needed, education_is_way), all of one weight."""
    table = pd.DataFrame(answers, columns=["actor", *frames.MODELS])
    for item in frames.MODELS:
        table[item] = table[item].astype("Int8")
    return table.assign(weight=1.0, stratum=table["actor"], wave=2018)


LEANING = [("labour_unit_manager", 5, 1)] * 6 + [("labour_unit_manager", 4, 5)] * 4 + [("pes_manager", 2, 4)] * 6


def said(rows):
    """Rows of (interview, speaker, code, stance)."""
    table = pd.DataFrame(rows, columns=["interview_id", "speaker_actor", "code", "stance"])
    table["stance"] = table["stance"].astype("Int64")
    sides = table["speaker_actor"].replace({"labour_unit_manager": "municipal_manager"})
    return table.assign(side=sides)


def test_role_codes_are_shares_of_all_an_actor_says():
    rows = [("i1", "pes_manager", "central_rules", 0)] * 6 + [("i1", "pes_manager", "collab_pes", 1)] * 6
    rows += [("i1", "labour_unit_manager", "entrepreneur", 1)] * 2
    got = frames.role_codes(said(rows), smallest=5).set_index(["actor", "code"])

    assert got.loc[("pes_manager", "central_rules"), ["n", "spoken", "share"]].tolist() == [6, 12, 0.5]
    assert got.loc[("labour_unit_manager", "entrepreneur"), "suppressed"] == "primary"
    assert got.loc[("labour_unit_manager", "implementer"), "n"] == 0


def test_discretion_tells_own_views_from_others():
    rows = [("i1", "pes_manager", "pes_discretion", s) for s in (-1, -1, 0, 1, 1, None)]
    rows += [("i2", "social_worker", "pes_discretion", -1)] * 5 + [("i2", "social_worker", "central_rules", 1)] * 5
    got = frames.discretion(said(rows), smallest=5).set_index("row")

    assert got.loc["discretion_own", ["critical", "neutral", "supportive", "n"]].tolist() == pytest.approx(
        [0.4, 0.2, 0.4, 5]
    )
    assert got.loc["discretion_others", "critical"] == 1
    assert "rules_own" not in got.index


def test_only_managers_answers_are_laid_out():
    table = respondents([*LEANING, ("social_worker", 5, 1)])
    table = table.assign(**{item: pd.array([pd.NA] * 17, dtype="Int8") for item in frames.ITEMS[2:]})
    got = frames.managers_shares(table, smallest=5).set_index(["item", "actor"])["estimate"]

    assert got.xs("labour_unit_manager", level="actor").to_dict() == dict(zip(frames.MODELS, (1.0, 0.4), strict=True))
    assert set(got.index.get_level_values("actor")) == {"labour_unit_manager", "pes_manager"}


def found(estimate, reach=0.1, n=40):
    return Estimate(estimate, reach / 2, estimate - reach, estimate + reach, n)


@pytest.mark.parametrize(
    ("none", "much", "expected"), [(0.5, 0.4, "holds"), (0.6, 0.25, "borderline"), (0.85, 0.05, "fails")]
)
def test_discretion_varies_when_both_ends_are_common(none, much, expected):
    ends = SimpleNamespace(ends={"none": found(none), "much": found(much)})
    got = claims.discretion_varies(ends, lambda key, **values: {"sv": f"{key}: {values}", "en": key})

    assert got.outcome == expected


@pytest.mark.parametrize(
    ("lean", "expected"),
    [(0.3, "job activation"), (-0.3, "resource activation"), (0.0, "neither model"), (float("nan"), "..")],
)
def test_lean_in_words(lean, expected):
    assert facts.lean_word(found(lean), texts.load("managers"))["en"] == expected


def test_section_on_shipped_data(shipped):
    section = shipped.section("managers")

    figures = {"activation_models", "pes_discretion", "codes_by_actor"}
    checks.words(section, figures, {"answers"}, {claim.name for claim in claims.CLAIMS})
    known = {fact.id.split(".")[1]: fact for fact in section.facts}
    assert known["interviews"].text["sv"] == "elva"
    assert known["lean_municipal_manager"].value == pytest.approx(
        known["sanctions_municipal_manager"].value - known["education_municipal_manager"].value, abs=0.03
    )  # not the same respondents: some answered one item only
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["job_activation_survey"] == outcomes["pes_central_rules"] == "holds"
    assert outcomes["quick_action"] == "untestable"


def test_printed_answers_have_words_in_both_editions(shipped):
    table = shipped.section("managers").tables[0]
    text = next(column for column in table.columns if column.key == "pes_manager_text")

    assert set(table.data["pes_manager_text"]) <= {*text.labels, ".."}
    assert table.caption["sv"].endswith("(2018).")


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("managers"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("managers").figures:
        assert figure.draw(figure.data, edition).get_axes()
