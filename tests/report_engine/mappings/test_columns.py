"""The columns of a file as they are compared: series by year as one, and names without what their neighbours share."""

import pytest

from report_engine.mappings.columns import by_year, candidates, plain, years_in
from report_engine.readers import Sheet


def sheet(header, *rows, **more):
    return Sheet("a", "csv", header, [*enumerate(map(list, rows), 2)], **more)


def test_columns_that_differ_in_a_year_are_one():
    columns = candidates(sheet(["Kommun", "Antal 2022", "Antal 2023", "Sedan 1999"], ["A", "1", "2", "x"]))
    found = by_year(columns, ())
    assert [one.name for one in found] == ["Kommun", "Antal {}", "Sedan 1999"]
    assert found[1].names == ("Antal 2022", "Antal 2023") and found[1].cells == ("1", "2")


def test_years_alone_count_what_the_sheet_is_about():
    columns = candidates(sheet(["Kommun", "2022", "2023"], ["A", "1", "2"]))
    assert by_year(columns, ("Folkmängd",))[1].questions == ("Folkmängd",)


def test_a_name_says_by_itself_what_it_says_beside_its_neighbours():
    columns = candidates(sheet(["Kommun", "Belopp, tkr Intäkter", "Belopp, tkr Netto"], ["A", "1", "2"]))
    assert [one.questions for one in columns] == [(), ("Intäkter",), ("Netto",)]


def test_a_value_is_what_labels_that_are_all_the_same_say():
    header = ["Tid", "ContentsCode", "ContentsCode_label", "value"]
    columns = candidates(sheet(header, ["2023", "N1", "Folkmängd", "9"]), ("Tabell",))
    assert columns[3].questions == ("Folkmängd", "Tabell")
    assert [one.is_label for one in columns] == [False, False, True, False]


def test_hidden_rows_and_columns_without_a_name_tell_nothing():
    columns = candidates(sheet(["a", "", "a"], ["1", "2", "3"], ["4", "5", "6"], hidden_rows=frozenset({3})))
    assert [(one.name, one.cells) for one in columns] == [("a", ("1",))]


@pytest.mark.parametrize(("texts", "years"), [(["Kostnader 2024"], {"2024"}), (["nr 20245"], set()), (["1999_2003"], {"1999", "2003"})])  # fmt: skip
def test_years_in_names(texts, years):
    assert years_in(texts) == years


def test_text_for_comparison():
    assert plain(" Års-arbetare_(2) É") == "ars arbetare 2 e"
