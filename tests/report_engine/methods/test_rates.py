import pandas as pd
import pytest

from report_engine.methods.rates import index_series, per_inhabitant, per_participant

COSTS = pd.DataFrame(
    {
        "year": [2017, 2017, 2018, 2018],
        "municipality_code": ["0581", "1980", "0581", "1980"],
        "net": [281854, 150134, None, 1.0],
    },
    index=[9, 8, 7, 6],
)
POPULATION = pd.DataFrame(
    {"year": [2017, 2018, 2017], "municipality_code": ["0581", "0581", "1980"], "population": [140927, 141676, 150134]}
)


def test_per_inhabitant_is_kronor_of_the_same_year_and_municipality():
    got = per_inhabitant(COSTS, "net", POPULATION)
    expected = pd.Series([2000.0, 1000.0, None, None], index=[9, 8, 7, 6], name="net", dtype="float64")
    pd.testing.assert_series_equal(got, expected)


def test_nullable_amounts_and_codes_join_too():
    costs = COSTS.astype({"net": "Float64", "year": "Int64"})
    assert per_inhabitant(costs, "net", POPULATION).dropna().tolist() == [2000.0, 1000.0]


def test_nobody_is_not_divided_by():
    units = POPULATION.rename(columns={"population": "participants"}).assign(participants=[0, 5, 50])
    got = per_participant(COSTS, "net", units)
    assert got.isna().tolist() == [True, False, True, True]
    assert got[8] == pytest.approx(150134 * 1000 / 50)


def test_a_municipality_with_two_populations_is_refused():
    with pytest.raises(ValueError, match="population has more than one row for municipality 0581 in 2017"):
        per_inhabitant(COSTS, "net", pd.concat([POPULATION, POPULATION.head(1)]))


def test_index_series_is_100_in_the_base_year():
    got = index_series(pd.Series([50, 75, None]), pd.Series([2015, 2016, 2017]), 2016)
    assert got.tolist()[:2] == pytest.approx([200 / 3, 100])
    assert got.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("values", "years", "message"),
    [
        ([1.0, 2.0], [2015, 2017], r"in 2016 \(years with a value: 2015–2017\)"),
        ([0.0, 2.0], [2016, 2017], "in 2016"),
        ([None, None], [2016, 2017], r"\(years with a value: none\)"),
        ([1.0, 2.0], [2016, 2016], "2016 occurs twice"),
    ],
)
def test_a_series_without_its_base_is_refused(values, years, message):
    with pytest.raises(ValueError, match=message):
        index_series(pd.Series(values, dtype="float64"), pd.Series(years), 2016)


def test_columns_of_different_frames_are_refused():
    with pytest.raises(ValueError, match="indexes differ"):
        index_series(pd.Series([1.0]), pd.Series([2016], index=[3]), 2016)
