import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from report_engine.methods.disclosure import suppress, suppressed_cells

# Socialstyrelsen, social assistance in Västmanland 2017: the county has 7,140 households, the nine other municipalities
# 7,016 and 362,221 - 356,134 tkr; Kungsör's row was suppressed, and the county total gives it back.
VASTMANLAND = pd.DataFrame(
    {
        "county": "Västmanland",
        "municipality": ["Kungsör", "Västerås", "the other eight, taken together", "Fagersta"],
        "households": [124, 4123, 2400, 493],
        "paid_tkr": [6087, 243834, 95000, 17300],
    }
)


def table(counts, *, drop=()):
    counts = np.asarray(counts)
    rows = [(f"m{i}", f"a{j}", int(n)) for (i, j), n in np.ndenumerate(counts) if (i, j) not in drop]
    frame = pd.DataFrame(rows, columns=["municipality", "actor", "n"])
    return frame.assign(share=frame["n"] / 7)


def determined(frame, hidden, margins):
    """Name the hidden cells whose value the totals and the published cells fix: those that no null vector moves."""
    unknown = np.flatnonzero(hidden)
    if not len(unknown):
        return set()
    totals = [frame[key] == value for key in margins for value in frame[key].unique()]
    system = np.array([[float(total.iloc[cell]) for cell in unknown] for total in totals])
    _, size, rows = np.linalg.svd(system)
    rank = int((size > 1e-9).sum())
    free = np.abs(rows[rank:]).max(axis=0) if rank < len(unknown) else np.zeros(len(unknown))
    return {int(cell) for cell, moves in zip(unknown, free, strict=True) if moves < 1e-9}


def possible(frame, hidden, margins, cell):
    """Give what an attacker who knows that counts are not negative can still believe of a cell, by trying everything."""
    unknown = list(np.flatnonzero(hidden))
    sums = [
        (
            [k for k, u in enumerate(unknown) if frame[key].iloc[u] == value],
            int(frame.loc[hidden & (frame[key] == value), "n"].sum()),
        )
        for key in margins
        for value in frame[key].unique()
    ]
    found = set()

    def extend(values):
        for members, total in sums:
            known = [values[k] for k in members if k < len(values)]
            if sum(known) > total or (len(known) == len(members) and sum(known) != total):
                return
        if len(values) == len(unknown):
            found.add(values[unknown.index(cell)])
        elif len(found) < 2:
            for value in range(max((total for _, total in sums), default=0) + 1):
                extend([*values, value])

    extend([])
    return found


def test_small_cells_are_blanked_and_marked():
    frame = pd.DataFrame(
        {"actor": list("abcd"), "n": [0, 4, 5, 1], "share": [0.0, 0.4, 0.5, 0.1], "word": list("wxyz")}
    )
    got = suppress(frame, "n", ["share", "word"], smallest=5)
    assert got["suppressed"].tolist() == ["", "primary", "", "primary"]
    assert got["n"].tolist() == [0, pd.NA, 5, pd.NA]
    assert got["share"].isna().tolist() == got["word"].isna().tolist() == [False, True, False, True]
    assert got["actor"].tolist() == list("abcd")
    assert suppressed_cells(got) == 2
    assert frame["n"].tolist() == [0, 4, 5, 1]


def test_types_do_not_depend_on_what_is_suppressed():
    frame = pd.DataFrame({"n": [9, 8], "amount": [1, 2], "share": [0.1, 0.2], "yes": [True, False]})
    few = suppress(frame, "n", ["amount", "share", "yes"], smallest=9)
    none = suppress(frame, "n", ["amount", "share", "yes"], smallest=5)
    assert few.dtypes.tolist() == none.dtypes.tolist() == ["Int64", "Int64", "float64", "boolean", "str"]
    assert suppressed_cells(none) == 0


def test_kungsor_can_not_be_found_from_the_county():
    naive = suppress(VASTMANLAND, "households", ["paid_tkr"], smallest=125)
    assert VASTMANLAND["paid_tkr"].sum() - naive["paid_tkr"].sum() == 6087  # the real disclosure
    got = suppress(VASTMANLAND, "households", ["paid_tkr"], smallest=125, rows="county")
    assert got["suppressed"].tolist() == ["primary", "", "", "secondary"]  # Fagersta is the next smallest
    assert determined(VASTMANLAND, (got["suppressed"] != "").to_numpy(), ["county"]) == set()


def test_two_small_cells_hide_each_other():
    got = suppress(table([[3, 4, 9]]), "n", ["share"], smallest=5, rows="municipality")
    assert got["suppressed"].tolist() == ["primary", "primary", ""]


def test_an_empty_cell_is_the_last_to_be_suppressed():
    got = suppress(table([[3, 0, 9]]), "n", ["share"], smallest=5, rows="municipality")
    assert got["suppressed"].tolist() == ["primary", "", "secondary"]
    got = suppress(table([[3, 0]]), "n", ["share"], smallest=5, rows="municipality")
    assert got["suppressed"].tolist() == ["primary", "secondary"]


def test_rows_and_columns_need_a_rectangle():
    got = suppress(
        table([[3, 9, 30], [8, 7, 30], [30, 30, 30]]), "n", ["share"], smallest=5, rows="municipality", columns="actor"
    )
    expected = ["primary", "secondary", "", "secondary", "secondary", "", "", "", ""]
    assert got["suppressed"].tolist() == expected


def test_two_suppressed_cells_in_every_row_and_column_are_not_always_enough():
    # two squares joined by one small cell: it has company in its row and its column, and still follows from the totals
    counts = np.full((4, 4), 20)
    counts[:2, :2] = counts[2:, 2:] = 2
    counts[0, 2] = 3
    frame = table(counts)
    primary = frame["n"].to_numpy() < 5
    assert determined(frame, primary, ["municipality", "actor"]) == {2}
    got = suppress(frame, "n", ["share"], smallest=5, rows="municipality", columns="actor")
    assert determined(frame, (got["suppressed"] != "").to_numpy(), ["municipality", "actor"]) == set()


def test_margins_may_be_given_by_several_columns():
    frame = pd.concat([table([[3, 9, 30]]).assign(wave=2016), table([[2, 30, 6]]).assign(wave=2018)], ignore_index=True)
    got = suppress(frame, "n", ["share"], smallest=5, rows=["wave", "municipality"])
    assert got["suppressed"].tolist() == ["primary", "secondary", "", "primary", "", "secondary"]


def test_a_cell_that_nothing_can_hide_is_refused():
    frame = table([[3, 9], [8, 0]], drop={(1, 1)})
    with pytest.raises(ValueError, match="publish the table without these totals"):
        suppress(frame, "n", ["share"], smallest=5, rows="municipality", columns="actor")


def test_a_total_that_is_itself_too_small_is_left_to_the_same_rule():
    got = suppress(table([[3]]), "n", ["share"], smallest=5, rows="municipality")
    assert got["suppressed"].tolist() == ["primary"]


def test_counts_that_are_missing_or_wrong():
    frame = pd.DataFrame({"g": ["a"] * 3, "n": pd.array([3, None, 9], dtype="Int64")})
    assert suppress(frame, "n", [], smallest=5, rows="g")["suppressed"].tolist() == ["primary", "primary", "secondary"]
    assert suppress(frame.head(0), "n", [], smallest=5, rows="g")["suppressed"].tolist() == []
    with pytest.raises(ValueError, match="n is negative in 1 cells"):
        suppress(pd.DataFrame({"n": [-1]}), "n", [], smallest=5)
    with pytest.raises(ValueError, match="at least 1, not 0"):
        suppress(frame, "n", [], smallest=0)


COUNTS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=2, max_size=5)
)


@given(COUNTS)
@settings(deadline=None, max_examples=300)
def test_an_attacker_with_the_totals_finds_no_suppressed_cell(counts):
    frame = table(counts)
    margins = [frame.groupby(key)["n"].sum() for key in ("municipality", "actor")]
    assume(all((margin >= 5).all() for margin in margins))  # smaller totals are not published
    got = suppress(frame, "n", ["share"], smallest=5, rows="municipality", columns="actor")
    hidden = (got["suppressed"] != "").to_numpy()
    assert determined(frame, hidden, ["municipality", "actor"]) == set()
    assert hidden[(frame["n"] > 0) & (frame["n"] < 5)].all()
    if not (frame["n"].between(1, 4)).any():
        assert not hidden.any()


@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=3))
@settings(deadline=None, max_examples=60)
def test_nor_does_one_who_knows_that_counts_are_not_negative(counts):
    frame = table(counts)
    assume(all((frame.groupby(key)["n"].sum() >= 4).all() for key in ("municipality", "actor")))
    got = suppress(frame, "n", ["share"], smallest=4, rows="municipality", columns="actor")
    hidden = (got["suppressed"] != "").to_numpy()
    for cell in np.flatnonzero(got["suppressed"] == "primary"):
        assert len(possible(frame, hidden, ["municipality", "actor"], cell)) > 1


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
@settings(deadline=None)
def test_one_total_hides_at_most_one_more_cell(counts):
    frame = table([counts])
    got = suppress(frame, "n", ["share"], smallest=5, rows="municipality")
    hidden = (got["suppressed"] != "").to_numpy()
    assert determined(frame, hidden, ["municipality"]) == set()
    assert (got["suppressed"] == "secondary").sum() == (frame["n"].between(1, 4).sum() == 1)


@given(COUNTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_rows_changes_nothing(counts, random):
    frame = table(counts)
    order = random.sample(range(len(frame)), len(frame))
    expected = suppress(frame, "n", ["share"], smallest=5, rows="municipality", columns="actor")
    got = suppress(frame.iloc[order], "n", ["share"], smallest=5, rows="municipality", columns="actor")
    assert got["suppressed"].sort_index().tolist() == expected["suppressed"].tolist()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # nothing can be moved between empty cells: no other cell is hidden in vain
        ([[3, 10], [0, 0]], ["primary", "", "", ""]),
        # by way of either other column, over an empty cell: the cheaper way hides 6 and 30, the other 20 and 30
        ([[3, 0, 20], [30, 6, 0]], ["primary", "secondary", "", "secondary", "secondary", ""]),
    ],
)
def test_empty_cells_receive_only_and_the_cheaper_way_is_taken(counts, expected):
    got = suppress(table(counts), "n", ["share"], smallest=5, rows="municipality", columns="actor")
    assert got["suppressed"].tolist() == expected
