import pytest

from report_engine.contracts import plausibility
from report_engine.contracts.plausibility_check import Asked
from tests.contracts import both, contract, field
from tests.report_engine.checks.test_plausibility import SOURCE, YEAR, found

COVERS = {"kind": "covers", "columns": ["year"], "settings": ["years"], "lost": both("All is lost.")}


@pytest.mark.parametrize(
    ("change", "severity", "advice"),
    [
        ({}, "warning", "All is lost. They come from: the office."),
        ({"needed": True}, "error", "All is lost. They come from: the office."),
        ({"fetch": ["prices"]}, "warning", "the office. `bin/report fetch --only prices` brings what there is;"),
    ],
)
def test_years_that_the_settings_ask_for(change, severity, advice):
    schema = contract(YEAR, field("cost", "integer"), checks=[COVERS | {"known": [2012]} | change])
    columns = {"year": [2009, 2013], "cost": [1, 2]}
    asked = Asked(years={"years": range(2009, 2016), "price_base": [1990]})
    found, noted = plausibility.find(schema.checks, columns, {}, asked, SOURCE)
    assert str(found.problem) == "no rows for 2010–2011, 2014–2015, which `years` in config.yaml asks for"
    assert (found.at, found.column, found.severity) == (None, "year", severity)
    assert advice in str(found.advice)
    assert (noted.severity, str(noted.problem)[:17]) == ("note", "no rows for 2012,")


def test_no_year_is_missed_that_no_setting_of_the_check_asks_for():
    assert found([COVERS], {"year": [2009], "cost": [1]}, None, Asked(years={"price_base": [2010]})) == []


BETWEEN = {"kind": "between", "columns": ["year"], "lost": both("It decides nothing.")}


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2016, 2016], []),
        ([2018, 2016, None], []),
        (
            [2020, 2016, 2018],
            ["holds 2018 between the first year, 2016, and the last, 2020: the report compares these two"],
        ),
    ],
)
def test_years_between_those_that_are_compared(years, expected):
    assert [problem for _, _, problem in found([BETWEEN], {"year": years, "cost": [1] * len(years)})] == expected
