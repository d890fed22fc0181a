"""PxWeb's CSV: the years across the columns become rows, and quotes inside texts break no cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import Unreadable
from report_engine.readers.statistics import pxweb_csv

WIDE = (
    '"region","verksamhet","Nettokostnad 2023","Nettokostnad 2024"\r\n'
    '"0581 Norrköping","Stöd, "eget" val ",125,..\r\n'
    '"1282 Landskrona","annat",-3.5,0\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_years_across_the_columns_become_rows(encoding: str) -> None:
    data = WIDE.encode(encoding)
    assert pxweb_csv.matches(data, "any")
    [got] = pxweb_csv.sheets(data, "f")
    assert got.header == ["region", "verksamhet", "contents", "period", "value", "status"]
    assert got.records == [
        (2, ["0581 Norrköping", 'Stöd, "eget" val', "Nettokostnad", "2023", "125", ""]),
        (2, ["0581 Norrköping", 'Stöd, "eget" val', "Nettokostnad", "2024", "", ".."]),
        (3, ["1282 Landskrona", "annat", "Nettokostnad", "2023", "-3.5", ""]),
        (3, ["1282 Landskrona", "annat", "Nettokostnad", "2024", "0", ""]),
    ]
    assert got.decimal == "."


def test_the_web_pages_own_file_has_a_title_semicolons_and_a_decimal_comma() -> None:
    data = '"Priser efter månad"\n\n"region";"index 2024M01";"index 2024M02"\n"00";1,5;..\n'.encode()
    assert pxweb_csv.matches(data, "any")
    [got] = pxweb_csv.sheets(data, "f")
    assert got.decimal == ","
    assert got.records == [(4, ["00", "index", "2024M01", "1,5", ""]), (4, ["00", "index", "2024M02", "", ".."])]


def test_codes_in_long_form_with_a_symbol() -> None:
    data = b'"Region","Tid","0000005X"\n"0581","2023",125\n"0581","2024",..\n'
    assert pxweb_csv.matches(data, "any")
    [got] = pxweb_csv.sheets(data, "f")
    assert got.records == [(2, ["0581", "2023", "125", ""]), (3, ["0581", "2024", "", ".."])]
    assert got.questions == {"value": "0000005X"}


@pytest.mark.parametrize(
    "text",
    [
        '"municipality_code","year","net"\n"0581",2023,12\n',  # what R's write.csv makes of any table
        "year,municipality_code,net\n2023,0581,12\n",
        '"a","b"\n"1","2"\n',
        '"Region","Tid","net"\n"0581","2024",12\n',  # ordinary CSV, and PxWeb's own: the ordinary reader does
        '"',
        "",
    ],
)
def test_other_csv_is_left_to_the_ordinary_reader(text: str) -> None:
    assert not pxweb_csv.matches(text.encode(), "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"r","n 2023","n 2024"\n"0581",1\n', "row 2: the row has 2 cells, the header 3"),
        ('"r","n 2023"\n"0581",x\n', "row 2: the rows do not all begin with texts and end with values"),
        ('"r","r","n 2023"\n"0581","a",1\n', "row 1: two columns have the same name"),
    ],
)
def test_what_does_not_fit_names_the_row(text: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        pxweb_csv.sheets(text.encode(), "f")
    assert expected in str(caught.value)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs", "Zs")), min_size=1, max_size=6)


@given(st.lists(texts.filter(lambda t: "," not in t and '""' not in t), min_size=1, max_size=4), st.integers())
def test_a_line_with_unescaped_quotes_comes_apart_where_it_was_put_together(cells: list[str], value: int) -> None:
    line = ",".join([*(f'"{cell}"' for cell in cells), str(value)])
    assert pxweb_csv.split(line, ",") == [*((cell, True) for cell in cells), (str(value), False)]


@given(st.text(st.sampled_from('";,. 0123459\n-a'), max_size=80))
def test_whatever_text_comes_is_read_or_refused(text: str) -> None:
    pxweb_csv.matches(text.encode(), "f")
    try:
        pxweb_csv.sheets(text.encode(), "f")
    except Unreadable as error:
        assert str(error).startswith("f")


def test_a_line_of_quotes_takes_no_longer_than_its_length() -> None:
    assert len(pxweb_csv.split('"a,' * 200_000, ",")) == 200_001
