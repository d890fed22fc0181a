"""Several sheets of a workbook as one table, their names as values of it."""

import pytest

from report_engine.readers import Unreadable
from tests.report_engine.readers.test_mapped import lines, read, texts
from tests.report_engine.readers.workbooks import workbook


def pages(**rows):
    """Write a workbook with a sheet of this name for each, and one that tells about it."""
    tables = [(name, [["Kommun", "Antal"], *cells]) for name, cells in rows.items()]
    return workbook(*tables, ("Om filen", [["Uttag"], ["ur systemet"]]))


BY_YEAR = 'from_sheet: {year: "{}"}\ncolumns: {Kommun: code, Antal: persons}\n'


def test_sheets_give_their_names_to_their_rows():
    data = pages(**{"2016": [["1280", 5]], "2017": [["1280", 7], ["0581", 1]]})
    raw = read(data, BY_YEAR, "a.xlsx")
    assert texts(raw) == {"year": ["2016", "2017", "2017"], "code": ["1280", "1280", "0581"], "persons": [*"571"]}
    assert [str(raw.place(at, "persons").file) for at in (0, 2)] == ["a.xlsx (2016)", "a.xlsx (2017)"]


def test_the_names_of_sheets_are_values_of_theirs_like_others():
    data = pages(**{"Malmö": [["2016", 5]], "Gotland": [["2016", 7]]})
    text = 'sheet: [Malmö, Gotland]\nfrom_sheet: {code: "{}"}\ncolumns: {Kommun: year, Antal: persons}\n'
    assert texts(read(data, text + "values: {code: by_name}", "a.xlsx"))["code"] == ["1280", "0980"]


def test_a_sheet_that_only_looks_like_a_year_is_said():
    data = pages(**{"2016": [["1280", 5]], "2017 prel": [["1280", 7]]})
    (line,) = [line for line in lines(read(data, BY_YEAR, "a.xlsx")) if "row 2" in line and "2017" in line]
    assert 'column year: "2017 prel" is not a whole number' in line


def test_what_is_alike_in_several_sheets_is_said_once():
    rows = [["1280", 5], ["Summa", 5]]
    said = lines(read(pages(**{"2016": rows, "2017": rows, "2018": rows}), BY_YEAR, "a.xlsx"))
    assert len([line for line in said if "The same holds for 2 more sheets: 2017, 2018." in line]) == len(said) > 1
    wrong = pages(**{"2016": [["9999", "x"]], "2017": [["9999", "x"]]})  # to be mended in each place
    assert len([line for line in lines(read(wrong, BY_YEAR, "a.xlsx")) if '"x" is not a whole number' in line]) == 2


def test_sheets_that_are_not_there_are_each_said():
    with pytest.raises(Unreadable) as caught:
        read(pages(**{"2016": [["1280", 5]]}), 'sheet: ["2016", "2017", "2018"]\n' + BY_YEAR, "a.xlsx")
    assert [finding.value for finding in caught.value.findings] == ["2017", "2018"]
