"""Kolada's answers: one row a KPI, municipality, year and gender; missing and withdrawn values are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import Unreadable
from report_engine.readers.statistics import kolada
from tests.report_engine.readers.official import as_bytes, kolada_page, kolada_row

ROWS = [
    kolada_row("U40455", "0581", 2017, 36.12),
    kolada_row("U40455", "2081", 2018, None),
    kolada_row("U40455", "2081", 2019, 40, gender="K", isdeleted=True),
    kolada_row("U40800", "0581", 2017, 1100.0, gender="M"),
]


def test_an_answer_becomes_long_and_keeps_what_is_missing() -> None:
    data = as_bytes(kolada_page(ROWS))
    assert kolada.matches(data, "any")
    [got] = kolada.sheets(data, "kolada.json")
    assert got.header == kolada.HEADER
    assert got.records == [
        (1, ["U40455", "0581", "2017", "T", "36.12", "1", "", "false"]),
        (2, ["U40455", "2081", "2018", "T", "", "1", "Missing", "false"]),
        (4, ["U40800", "0581", "2017", "M", "1100.0", "1", "", "false"]),
    ]
    assert got.labels["gender"]["K"] == "women"
    assert list(map(str, got.findings)) == [
        "kolada.json: warning: 1 values that Kolada has withdrawn (isdeleted) are left out."
    ]


def test_a_saved_list_of_pages_is_read_as_one_answer() -> None:
    pages = [kolada_page(ROWS[:2], "https://api.kolada.se/v3/data/…&page=2"), kolada_page(ROWS[2:])]
    assert kolada.sheets(as_bytes(pages), "f") == kolada.sheets(as_bytes(kolada_page(ROWS)), "f")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (kolada_page([{"id": "U40455", "title": "Resultat"}]), "entry 1 of `values` has no KPI with values"),
        ({"detail": "Not found", "next_url": None}, "the list `values` is missing"),
        (kolada_page([{**ROWS[0], "municipality": None}]), "value 1 says nothing usable about municipality"),
        (kolada_page([kolada_row("U40455", "0581", 2017, [1])]), "is neither a number nor null"),
        (kolada_page([{"kpi": "U40455", "values": [3]}]), "entry 1 of `values` holds something else than values"),
    ],
)
def test_what_is_no_data_is_refused(content: object, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kolada.sheets(as_bytes(content), "f")
    assert expected in str(caught.value)


def test_other_json_is_left_to_other_readers() -> None:
    assert not kolada.matches(b'{"values": [1]}', "kolada.json")
    assert not kolada.matches(b"kpi,municipality\n", "kolada.json")


KEYS = st.sampled_from(
    ["values", "kpi", "municipality", "period", "gender", "value", "status", "isdeleted", "next_url"]
)
scalar = st.none() | st.booleans() | st.text(max_size=3) | st.integers() | st.floats()


@given(st.recursive(scalar, lambda x: st.lists(x, max_size=3) | st.dictionaries(KEYS, x, max_size=5)))
def test_whatever_json_comes_is_read_or_refused(content: object) -> None:
    for answer in (content, {"values": [content]}, {"values": [{**ROWS[0], "values": [content]}]}):
        try:
            kolada.sheets(as_bytes(answer), "f")
        except Unreadable as error:
            assert str(error).startswith("f")
