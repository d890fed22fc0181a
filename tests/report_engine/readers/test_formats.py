from datetime import date

import pytest

from report_engine.readers import parse
from report_engine.readers.tables import formats
from tests.contracts import contract, field
from tests.report_engine.readers.workbooks import with_parts, workbook

COSTS = contract(
    field("id"), field("year", "integer", unit="year"), field("part", "number", unit="percent"),
    field("share", "number", unit="share"), field("persons", "integer", unit="persons"), key=["id"],
)  # fmt: skip
HEADER = ["id", "year", "part", "share", "persons"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0%", "percent"),
        ("0.0%;[Red]-0.0%", "percent"),
        ("[$-41D]0,0 %", "percent"),
        ('0.0"%"', None),  # a sign that changes nothing
        (r"0.0\%", None),
        ("yyyy", "year"),
        ("[$-409]yyyy;@", "year"),
        ("YY", "year"),
        ("yyyy-mm-dd", None),
        ("General", None),
        ("0", None),
        ("", None),
    ],
)
def test_what_a_number_format_shows(code, expected):
    assert formats.shown(code) == expected


def book(**more):
    rows = [HEADER, ["a", date(2016, 1, 1), 0.397, 0.397, 12], ["b", 2018, 40, 0.4, 0.12]]
    shown = {(1, 1): "yyyy", (1, 2): "0.0%", (1, 3): "0%", (2, 4): "0%", **more}
    return workbook(("Blad1", rows), formats=shown)


def test_percentages_are_read_in_the_contract_s_unit_or_stop():
    raw = parse(book(), "a.xlsx", COSTS)
    assert {name: column.texts for name, column in raw.columns.items()} == {
        "id": ["a", "b"],
        "year": ["2016", "2018"],
        "part": ["39.7", "40"],
        "share": ["0.397", "0.4"],
        "persons": ["12", "0.12"],
    }
    assert raw.place(0, "part").text == "39.7 %"
    assert raw.columns["persons"].damaged == {1}
    assert [str(finding) for finding in raw.findings] == [
        'a.xlsx, row 3, column persons: "0.12" is shown as a percentage in the spreadsheet, but the column holds none. Format '
        "the column as a number and type the values in the column's unit (data/README.md gives it)."
    ]


def test_cells_that_say_no_place_follow_one_another():
    def without_places(part):
        return (
            part.replace(b' r="C2"', b"")
            .replace(b' r="B2"', b"")
            .replace(b' r="A2"', b"")
            .replace(b'<row r="2"', b"<row")
        )

    raw = parse(with_parts(book(), sheet1=without_places), "a.xlsx", COSTS)
    assert raw.columns["part"].texts == ["39.7", "40"]
    assert raw.columns["year"].texts == ["2016", "2018"]


def test_hidden_rows_of_a_workbook():
    def hide(part):
        return part.replace(b'<row r="3"', b'<row r="3" hidden="1"')

    raw = parse(with_parts(book(), sheet1=hide), "a.xlsx", COSTS)
    assert raw.hidden_rows == {3}
    assert "row 3: warning: 1 row is hidden by a filter" in str(raw.findings[0])
