"""What differs between two states: nothing but what differs, all of it, and the same from either side."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.changes.compare import KINDS, compare, flipped, no_longer_holding, size
from report_engine.changes.rows import RowDiff
from report_engine.changes.state import Dataset, State, own_facts
from tests.report_engine.changes.states import claim, fact, state

names = st.sampled_from(["a.x", "a.y", "b.x", "b.y"])
values = st.one_of(st.none(), st.integers(-5, 5), st.floats(-2, 2, allow_nan=False), st.sampled_from(["x", "y"]))
facts = st.dictionaries(
    names, st.builds(fact, values, st.sampled_from(["share", "count", "text"]), low=values, n=values)
)
claims = st.dictionaries(
    names,
    st.builds(claim, st.sampled_from(["holds", "borderline", "fails", "untestable"]), st.sampled_from(["p", "q"])),
)
texts = st.dictionaries(st.sampled_from(["a/x", "b/y"]), st.sampled_from(["one", "two\nthree", ""]))
prose = st.lists(st.sampled_from(["Alpha beta.", "Beta gamma.", "Alpha gamma.", "Delta."]), max_size=6).map("\n\n".join)
states = st.builds(
    State,
    st.just("v1"),
    st.just("en"),
    data=st.dictionaries(
        st.sampled_from(["actors", "exits"]), st.builds(Dataset, st.dictionaries(names, names), st.sampled_from("tu"))
    ),
    facts=facts,
    claims=claims,
    figures=texts,
    tables=texts,
    contracts=texts,
    chapters=st.dictionaries(st.sampled_from(["sv/a.qmd", "en/a.qmd"]), prose),
)


@given(states)
def test_a_state_does_not_differ_from_itself(one: State) -> None:
    assert compare(one, one).changes == ()


@given(states, states)
def test_the_other_way_round_is_the_same_turned_round(one: State, other: State) -> None:
    there, back = compare(one, other), compare(other, one)
    got = {(c.key, str(c.old), str(c.new), c.size) for c in there.changes}
    expected = {(c.key, str(c.new), str(c.old), c.size) for c in back.changes}
    assert got == expected
    assert len(got) == len(there.changes)
    assert there.compared == back.compared


@given(states, states)
def test_states_that_differ_have_a_change(one: State, other: State) -> None:
    parts = ("claims", "figures", "tables", "contracts")
    assert bool(compare(one, other).changes) or all(getattr(one, part) == getattr(other, part) for part in parts)


@pytest.mark.parametrize(
    ("kind", "part", "content"),
    [
        ("claims", "claims", {"staff.pressure": claim("fails", "40 per cent")}),
        ("claims", "claims", {"staff.pressure": claim("holds", "61 per cent")}),
        ("claims", "claims", {"staff.pressure": claim("holds", dissent=["nybom2012"])}),
        ("claims", "claims", {"staff.pressure": claim("holds", figure="staff/bars")}),
        ("numbers", "facts", {"staff.high": fact(0.4)}),
        ("numbers", "facts", {}),
        ("words", "facts", {"staff.high": fact(0.6, text="60 per cent"), "staff.note": fact(None, "text", "New")}),
        ("figures", "figures", {"staff/bars": "<svg/>"}),
        ("tables", "tables", {"staff/items": "item,share\na,0.4\n"}),
        ("data", "data", {"actors": Dataset({"data/raw/survey/actors.csv": "bb"}, "t1")}),
        ("contracts", "contracts", {"actors": "name: actors\ntitle: A\n"}),
        ("prose", "chapters", {"en/staff.qmd": state().chapters["en/staff.qmd"], "sv/staff.qmd": "# De anställda\n"}),
    ],
)
def test_each_change_is_found_once_under_its_kind(kind: str, part: str, content: dict[str, Any]) -> None:
    found = compare(state(), state(**{part: content}))
    assert [change.kind for change in found.changes] == [kind]
    assert kind in KINDS


def test_only_another_verdict_is_a_flip() -> None:
    old = {"a": claim("holds"), "b": claim("holds"), "c": claim("borderline"), "d": claim("fails"), "e": claim("holds")}
    new = {
        "a": claim("fails"),
        "b": claim("holds", "61 per cent"),
        "c": claim("holds"),
        "d": claim("fails"),
        "f": claim("fails"),
    }
    found = compare(state(claims=old), state(claims=new))
    assert [change.id for change in found.flips] == flipped(old, new) == ["a", "c", "e"]
    assert no_longer_holding(old, new) == ["a", "e"]
    assert [change.id for change in found.of("claims")] == ["a", "c", "e", "b", "f"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (fact(0.5), fact(0.6), 0.1),
        (fact(200, "tkr"), fact(100, "tkr"), 0.5),
        (fact(0, "count"), fact(3, "count"), 1.0),
        (fact(0.5, low=0.4, high=0.6), fact(0.5, low=0.1, high=0.6), 0.3),
        (fact(0.5, n=100), fact(0.5, n=80), 0.2),
        (fact(0.5), fact(None), 1.0),
        (fact("pes", "word"), fact("fk", "word"), 1.0),
        (None, fact(0.5), 1.0),
    ],
)
def test_how_far_a_number_moved_is_relative_to_its_scale(old: Any, new: Any, expected: float) -> None:
    assert size(old, new) == pytest.approx(expected)


def test_the_largest_move_comes_first_and_what_nobody_sees_last() -> None:
    old = {"a": fact(0.500, text="50"), "b": fact(0.2, text="20"), "c": fact(0.1, text="10")}
    new = {"a": fact(0.501, text="50"), "b": fact(0.9, text="90"), "c": fact(0.2, text="20")}
    assert [change.id for change in compare(state(facts=old), state(facts=new)).changes] == ["b", "c", "a"]


def test_a_tidy_table_of_other_bytes_and_the_same_rows_is_no_change() -> None:
    old, new = (state(data={"actors": Dataset({"a.csv": "aa"}, tidy)}) for tidy in ("t1", "t2"))
    assert compare(old, new, {"actors": RowDiff(("respondent_id",))}).changes == ()
    found = compare(old, new, {"actors": RowDiff(("respondent_id",), changed=1)})
    assert [change.key for change in found.changes] == ["data/actors"]


@pytest.mark.parametrize("part", ["facts", "claims", "figures"])
def test_it_is_known_when_nothing_was_compared(part: str) -> None:
    assert not compare(state(), state()).empty
    assert compare(state(), state(**{part: {}})).empty


def test_facts_that_only_repeat_a_claim_are_left_out() -> None:
    whole = {**fact(0.6), "origin": "synthetic", "tables": ["actors"]}
    got = own_facts({"staff.pressure.reason": whole, "staff.high": whole}, {"staff.pressure": claim("holds")})
    assert got == {"staff.high": fact(0.6)}
