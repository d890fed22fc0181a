from itertools import combinations_with_replacement

import pandas as pd
import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from analysis import evidence as conclusions_evidence
from analysis.evidence import Evidence, Rests
from analysis.labour_units import MEASURES
from analysis.sections.conclusions import claims, frames
from report_engine.model.section import Claim, Verdict
from report_engine.results.claims import Declared, judged
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Line, Texts
from tests.analysis.sections import checks

WORDS = {"sv": "Ord", "en": "Word"}
OUTCOMES = ("holds", "borderline", "fails", "untestable")


def claim(id_, outcome="holds", stream="survey", tables=("actors",)):
    return Claim(id_, WORDS, Verdict(outcome, {}, WORDS), stream, tables, "synthetic")


def values(first, last):
    """Shares by municipality in six years: those of the first three and of the last three."""
    rows = [
        {"municipality_code": f"{place:04}", "year": 2009 + year, "value": (before if year < 3 else after)}
        for place, (before, after) in enumerate(zip(first, last, strict=True))
        for year in range(6)
    ]
    return pd.DataFrame(rows)


def coded(places, side):
    """One group that brings up quid pro quo, in so many municipalities."""
    rows = [{"code": "quid_pro_quo", "municipality_code": f"{place:04}", "side": side} for place in range(places)]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["holds", "holds", "borderline"], "holds"),
        (["holds", "borderline"], "borderline"),  # just half
        (["holds", "holds", "holds", "fails"], "borderline"),  # one against
        (["fails", "fails", "holds"], "fails"),
        (["holds", "fails"], "borderline"),
        (["holds", "untestable", "untestable"], "holds"),  # what can't be tested does not count
        (["untestable"], "untestable"),
        ([], "untestable"),
    ],
)
def test_rule(found, expected):
    assert conclusions_evidence.combine(found) == expected


@any_of(st.lists(st.sampled_from(OUTCOMES), max_size=9))
def test_rule_does_not_depend_on_order_and_never_holds_against_evidence(found):
    got = conclusions_evidence.combine(found)

    assert got == conclusions_evidence.combine(found[::-1])
    assert got != "holds" or "fails" not in found
    assert (got == "untestable") == (not set(found) - {"untestable"})


def resting(**found):
    """A claim that rests on these: what each says for it."""
    claims = {f"s.{name}": claim(f"s.{name}", outcome) for name, outcome in found.items()}
    given = Inputs({}, None, claims=claims)
    rests = Declared("x", Rests(on=tuple(claims)))
    texts = Texts({}, {e: {"claims.x.statement": Line("Ord", "x.yaml", 1)} for e in ("sv", "en")})
    return judged("s", [rests], Found(given), given, texts)[0]


class Found:
    def __init__(self, inputs):
        self.inputs = inputs


def test_verdict_tells_how_many_speak_for_and_against():
    got = resting(a="holds", b="holds", c="borderline", d="fails", e="untestable")

    assert got.rests_on == ("s.a", "s.b", "s.c", "s.d", "s.e")
    assert (got.tables, got.origin) == (("actors",), "synthetic")
    assert got.verdict.outcome == "borderline"
    assert got.verdict.numbers == {"holds": 2, "borderline": 1, "fails": 1, "untestable": 1}
    assert (
        got.verdict.reason["sv"]
        == "Prövbara påståenden, fyra till antalet: två talar för, ett är osäkert och ett talar emot. Ett kan inte prövas."
    )
    assert (
        got.verdict.reason["en"]
        == "Of four testable claims two support it, one is uncertain and one speaks against it. One cannot be tested."
    )


def test_a_conclusion_is_judged_again_without_each_of_its_claims():
    got = resting(a="holds", b="holds", c="borderline", d="untestable").robustness

    assert (got.same, got.draws) == (1, 3)  # without c both hold; without a or b one holds and one is borderline


@pytest.mark.parametrize("found", list(combinations_with_replacement(OUTCOMES, 2)))
def test_every_verdict_has_words(found):
    got = resting(**dict(zip("ab", found, strict=True))).verdict

    assert got.reason["sv"].endswith(".") and got.reason["en"].endswith(".")
    assert "#" not in got.reason["sv"] + got.reason["en"]


def test_a_claim_that_speaks_against_is_turned_round():
    claims = {"s.good": claim("s.good"), "s.bad": claim("s.bad"), "s.unsure": claim("s.unsure", "borderline")}
    evidence = (Evidence("s.good"), Evidence("s.bad", against=True), Evidence("s.unsure", against=True))

    assert conclusions_evidence.outcomes(evidence, claims, "conclusions.x") == {
        "s.good": "holds", "s.bad": "fails", "s.unsure": "borderline",
    }  # fmt: skip


def test_a_claim_that_nobody_makes_is_named_with_the_nearest():
    claims = {"staff.effects_unknown": claim("staff.effects_unknown")}

    with pytest.raises(
        ValueError, match=r"conclusions\.x rests on the claim staff\.effects_unknwon.*staff\.effects_unknown\?"
    ):
        conclusions_evidence.outcomes((Evidence("staff.effects_unknwon"),), claims, "conclusions.x")


def test_a_claim_of_several_streams_counts_in_each():
    claims = {
        "s.a": claim("s.a", stream="several", tables=("actors", "segments", "codebook")),
        "s.b": claim("s.b", "fails"),
    }
    found = {"s.a": "holds", "s.b": "fails"}

    assert conclusions_evidence.streams(claims["s.a"]) == ("survey", "interviews")
    assert conclusions_evidence.by_stream(found, claims) == {"survey": "borderline", "interviews": "holds"}


def test_matrix_has_only_streams_with_evidence():
    claims = {"s.a": claim("s.a"), "s.b": claim("s.b", stream="literature")}
    found = {"x": {"s.a": "holds", "s.b": "borderline"}}
    got = frames.matrix(found, claims)

    assert got[["stream", "verdict"]].to_numpy().tolist() == [
        ["survey", "holds"], ["literature", "borderline"], ["overall", "borderline"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ([0.1, 0.2, 0.3], [0.3, 0.4, 0.2], "holds"),
        ([0.1, 0.2, 0.3], [0.9, 0.1, 0.2], "borderline"),  # one municipality alone
        ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], "fails"),
        ([0.5, 0.5, 0.5], [0.6, 0.2, 0.2], "fails"),
    ],
)
def test_more_common_than_before(first, last, expected):
    both = claims.ends(values(first, last))

    assert claims.rose(both) == expected
    assert both["first"].mean() == pytest.approx(sum(first) / 3)


def test_a_single_year_says_nothing_of_change():
    year = values([0.5], [0.5]).head(1)

    assert claims.rose(claims.ends(year)) == "untestable"


def test_ends_never_share_a_year():
    got = claims.ends(values([0.2], [0.8]).query("year in (2011, 2012)"))

    assert got[["first", "last"]].to_numpy().tolist() == [[0.2, 0.8]]


@pytest.mark.parametrize(
    ("social", "pes", "expected"),
    [([0.6, 0.5], [0.2, 0.3], "holds"), ([0.9, 0.1], [0.2, 0.3], "borderline"), ([0.2, 0.2], [0.5, 0.5], "fails")],
)
def test_who_refers(social, pes, expected):
    units = pd.DataFrame({"year": 2024, "referred_by_social_services_share": social, "referred_by_pes_share": pes})

    assert claims.refers(claims.last_referrals(units)) == expected


def test_common_ground_needs_all_sides_and_most_municipalities():
    everyone = pd.concat([coded(6, side) for side in claims.SIDES])
    few = pd.concat([everyone.assign(code="other"), coded(1, "participant")])

    assert claims.common(*claims.heard_from(everyone)) == "holds"
    assert claims.common(*claims.heard_from(everyone[everyone["side"] == "participant"])) == "borderline"
    assert claims.common(*claims.heard_from(few)) == "fails"


def test_indicators_by_hand():
    units = pd.DataFrame(
        {
            "municipality_code": ["0581", "1980"],
            "year": 2024,
            "staff_with_relevant_degree_share": [0.4, 0.6],
            "purpose_built_premises": pd.array([True, None], dtype="boolean"),
            "individual_plan_share": [0.5, 0.7],
            "pes_cofinanced_share": [0.1, None],
            **{f"measure_{name}": [10, 0] for name in MEASURES},
        }
    )
    got = {name: frames.indicator(units, name) for name in frames.INDICATORS}
    degrees = frames.over_years("degrees", got["degrees"])

    assert got["subsidised"]["value"].iloc[0] == pytest.approx(1 / 6)
    assert pd.isna(got["subsidised"]["value"].iloc[1])  # no measures at all
    assert degrees[["mean", "low", "high", "municipalities"]].to_numpy().tolist() == [[0.5, 0.4, 0.6, 2]]
    assert frames.over_years("premises", got["premises"])["low"].isna().all()  # yes or no has no range


def test_section_on_shipped_data(shipped):
    section = shipped.section("conclusions")

    names = {each.name for each in (*claims.OWN, *claims.CONCLUSIONS)}
    checks.words(section, {"triangulation", "new"}, {"conclusions"}, names)
    outcomes = {claim.id.split(".")[1]: claim.verdict.outcome for claim in section.claims}
    assert outcomes["two_tracks"] == "holds"
    assert outcomes["premises_up"] == "fails"
    assert outcomes["institutionalised"] == outcomes["better_collaboration"] == "borderline"


def test_conclusions_rest_on_claims_that_are_there(shipped):
    section, given = shipped.section("conclusions"), shipped.inputs("conclusions")
    own = {claim.id for claim in section.claims}
    concluded = [claim for claim in section.claims if claim.rests_on]

    assert len(concluded) == len(claims.CONCLUSIONS)
    assert {id_ for claim in concluded for id_ in claim.rests_on} <= own | set(given.claims)
    assert all(claim.origin == "mixed" or claim.origin == "synthetic" for claim in concluded)


def test_table_and_matrix_say_the_same(shipped):
    section = shipped.section("conclusions")
    matrix = next(figure for figure in section.figures if figure.name == "triangulation").data
    overall = matrix[matrix["stream"] == "overall"].set_index("conclusion")["verdict"].to_dict()
    table = section.tables[0].data.query("speaks == 'overall'").set_index("conclusion")["verdict"].to_dict()

    assert overall == table == {c.id.split(".")[1]: c.verdict.outcome for c in section.claims if c.rests_on}


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_chapter_places_everything(shipped, edition):
    checks.chapter(shipped.section("conclusions"), edition)


@pytest.mark.parametrize("edition", ["sv", "en"])
def test_figures_can_be_drawn(shipped, edition):
    for figure in shipped.section("conclusions").figures:
        assert figure.draw(figure.data, edition).get_axes()
