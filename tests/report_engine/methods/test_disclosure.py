import pandas as pd
import pytest

from report_engine.methods.disclosure import suppress, suppressed_cells


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


def test_counts_that_are_missing_or_wrong():
    frame = pd.DataFrame({"n": pd.array([3, None, 9], dtype="Int64")})
    assert suppress(frame, "n", [], smallest=5)["suppressed"].tolist() == ["primary", "primary", ""]
    assert suppress(frame.head(0), "n", [], smallest=5)["suppressed"].tolist() == []
    with pytest.raises(ValueError, match="n is negative in 1 cells"):
        suppress(pd.DataFrame({"n": [-1]}), "n", [], smallest=5)
    with pytest.raises(ValueError, match="at least 1, not 0"):
        suppress(frame, "n", [], smallest=0)
