"""Rows of a dataset, compared by key."""

from hypothesis import given
from hypothesis import strategies as st

from report_engine.changes.rows import RowDiff, by_key, compare_rows

OLD = [
    {"year": 2022, "code": "0581", "cost": 1.0},
    {"year": 2023, "code": "0581", "cost": 2.0},
    {"year": 2024, "code": "0581", "cost": None},
]
NEW = [
    {"year": 2025, "code": "0581", "cost": 4.0},
    {"year": 2024, "code": "0581", "cost": 3.0},
    {"year": 2023, "code": "0581", "cost": 2.0},
]
KEY = ("year", "code")

tables = st.dictionaries(
    st.tuples(st.one_of(st.none(), st.integers(0, 9), st.text(max_size=1))),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 2)),
)


def test_rows_added_removed_and_changed_are_told_apart() -> None:
    got = compare_rows(by_key(OLD, KEY), by_key(NEW, KEY), KEY)
    expected = RowDiff(
        KEY,
        added=1,
        removed=1,
        changed=1,
        added_examples=((2025, "0581"),),
        removed_examples=((2022, "0581"),),
        changed_examples=(((2024, "0581"), {"cost": (None, 3.0)}),),
    )
    assert got == expected


def test_a_few_examples_are_kept_and_all_are_counted() -> None:
    rows = by_key([{"id": n, "x": n} for n in range(100)], ("id",))
    got = compare_rows({}, rows, ("id",))
    assert (got.added, got.added_examples) == (100, ((0,), (1,), (2,), (3,), (4,)))


@given(tables, tables)
def test_the_other_way_round_adds_what_was_removed(one: dict, other: dict) -> None:
    there, back = compare_rows(one, other, ("id",)), compare_rows(other, one, ("id",))
    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed)
    assert not compare_rows(one, one, ("id",))
