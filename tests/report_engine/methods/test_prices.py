import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.methods.prices import constant_prices

# Statistics Sweden, consumer price index, fixed index numbers, annual means (1980 = 100)
CPI = pd.DataFrame({"year": [2009, 2016, 2017, 2023], "index": [299.66, 316.43, 322.11, 403.70], "status": "final"})


def test_amounts_follow_the_official_index():
    amount = pd.Series([1000.0, 1000.0, 1000.0], index=[7, 3, 5], name="net_cost_tkr")
    got = constant_prices(amount, pd.Series([2009, 2017, 2023], index=[7, 3, 5]), CPI, 2023)
    expected = pd.Series([1347.193486, 1253.298562, 1000.0], index=[7, 3, 5], name="net_cost_tkr")
    pd.testing.assert_series_equal(got, expected, rtol=1e-9)


def test_inflation_2016_to_2017_is_the_published_one_point_eight_per_cent():
    got = constant_prices(pd.Series([100.0]), pd.Series([2016]), CPI, 2017)
    assert round(got[0], 1) == 101.8


def test_a_missing_amount_stays_missing_and_needs_no_index():
    got = constant_prices(pd.Series([None, 5], dtype="Int64"), pd.Series([1999, 2023]), CPI, 2023)
    assert got.isna().tolist() == [True, False]
    assert got.dtype == "float64"


def test_preliminary_years_count():
    cpi = pd.concat([CPI, pd.DataFrame({"year": [2024], "index": [413.75], "status": ["preliminary"]})])
    assert constant_prices(pd.Series([413.75]), pd.Series([2024]), cpi, 2023)[0] == pytest.approx(403.70)


@pytest.mark.parametrize(
    ("years", "base", "message"),
    [
        ([2005, 2009], 2023, r"no index for 2005 \(years with an index: 2009–2023\)"),
        ([2005, 2011], 2030, "no index for 2005, 2011, 2030"),
        ([None, 2009], 2023, "has no year"),
    ],
)
def test_years_without_an_index_are_named(years, base, message):
    with pytest.raises(ValueError, match=message):
        constant_prices(pd.Series([1.0, 2.0]), pd.Series(years, dtype="Int64"), CPI, base)


def test_a_year_with_two_indexes_is_refused():
    with pytest.raises(ValueError, match="more than one index for 2009"):
        constant_prices(pd.Series([1.0]), pd.Series([2009]), pd.concat([CPI, CPI.head(1)]), 2023)


def test_an_index_that_is_not_positive_is_refused():
    with pytest.raises(ValueError, match="index of 2009 is not positive"):
        constant_prices(pd.Series([1.0]), pd.Series([2023]), CPI.assign(index=[0, 1, 1, 1]), 2023)


def test_columns_of_different_frames_are_refused():
    with pytest.raises(ValueError, match="indexes differ"):
        constant_prices(pd.Series([1.0]), pd.Series([2009], index=[4]), CPI, 2023)


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.sampled_from([2009, 2016, 2017, 2023])), min_size=1))
def test_there_and_back_changes_nothing(rows):
    amount, year = pd.Series([r[0] for r in rows]), pd.Series([r[1] for r in rows])
    real = constant_prices(amount, year, CPI, 2023)
    back = [
        constant_prices(pd.Series([value]), pd.Series([2023]), CPI, then)[0]
        for value, then in zip(real, year, strict=True)
    ]
    assert back == pytest.approx(amount.tolist())
