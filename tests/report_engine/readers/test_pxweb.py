"""JSON of PxWeb: every value at its place, whatever the order of the categories, and no number changed on the way."""

import json
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.statistics import pxweb
from report_engine.readers.tables.table import NumberText
from tests.report_engine.readers.official import LABELS, VALUES, as_bytes, json_stat


def problem(content: object) -> str:
    data = content if isinstance(content, bytes) else as_bytes(content)
    with pytest.raises(Unreadable) as caught:
        pxweb.sheets(data, "table.json")
    return str(caught.value)


def test_json_stat_becomes_long_with_codes_labels_and_values_at_their_place() -> None:
    data = as_bytes(json_stat(status={"6": "..", "11": "."}))
    assert pxweb.matches(data, "any.name")
    [got] = pxweb.sheets(data, "table.json")
    names = [name for key in LABELS for name in (key, f"{key}_label")]
    assert got.header == [*names, "value", "status"]
    assert len(got.records) == len(VALUES)
    assert got.records[5] == (
        6,
        [
            "0581",
            "Norrköping",
            "610",
            "Arbetsmarknadsåtgärder",
            "0000005X",
            "Nettokostnad",
            "2024",
            "2024",
            "125220",
            "",
        ],
    )
    assert got.records[6][1][-2:] == ["", ".."]
    assert isinstance(got.records[5][1][-2], NumberText)
    assert got.labels["Verksomrkom"] == {"610": "Arbetsmarknadsåtgärder", "575": "Ekonomiskt bistånd"}
    assert got.questions["Tid"] == "tid"


def test_sparse_values_a_list_of_codes_and_one_status_for_all() -> None:
    content = json_stat()
    content["value"] = {str(at): value for at, value in enumerate(VALUES) if value is not None}
    content["dimension"]["Tid"]["category"]["index"] = ["2023", "2024"]
    content["status"] = "p"
    [got] = pxweb.sheets(as_bytes(content), "f")
    [expected] = pxweb.sheets(as_bytes(json_stat()), "f")
    assert [cells[:-1] for _, cells in got.records] == [cells[:-1] for _, cells in expected.records]
    assert {cells[-1] for _, cells in got.records} == {"p"}


def test_json_stat_of_api_v1_holds_the_same() -> None:
    content = json_stat()
    dimension = {**content["dimension"], "id": content.pop("id"), "size": content.pop("size")}
    old = {"dataset": {**content, "dimension": dimension}}
    assert pxweb.sheets(as_bytes(old), "f") == pxweb.sheets(as_bytes(json_stat()), "f")


def test_several_answers_to_one_question_are_one_table() -> None:
    later = {**LABELS, "Tid": {"2025": "2025", "2026": "2026"}}
    [got] = pxweb.sheets(as_bytes([json_stat(), json_stat(later)]), "f")
    assert len(got.records) == 2 * len(VALUES)
    assert [row for row, _ in got.records] == list(range(1, 2 * len(VALUES) + 1))
    assert list(got.labels["Tid"]) == ["2023", "2024", "2025", "2026"]


V1 = {
    "columns": [
        {"code": "Region", "text": "region", "type": "d"},
        {"code": "Tid", "text": "år", "type": "t"},
        {"code": "A1", "text": "Inflyttade ", "type": "c"},
        {"code": "A2", "text": "Utflyttade", "type": "c"},
    ],
    "comments": [{"variable": "Region", "value": "0581", "comment": "Text.\r\n"}],
    "data": [{"key": ["0581", "2023"], "values": ["1711", ".."]}, {"key": ["0581", "2024"], "values": ["-3.50", "0"]}],
    "metadata": [{"infofile": "None", "label": "x", "source": "SCB"}],
}


def test_v1_json_with_a_byte_order_mark_keeps_its_texts() -> None:
    data = b"\xef\xbb\xbf" + as_bytes(V1)
    assert pxweb.matches(data, "x")
    [got] = pxweb.sheets(data, "f")
    assert got.header == ["Region", "Tid", "ContentsCode", "ContentsCode_label", "value", "status"]
    assert got.records == [
        (1, ["0581", "2023", "A1", "Inflyttade", "1711", ""]),
        (1, ["0581", "2023", "A2", "Utflyttade", "", ".."]),
        (2, ["0581", "2024", "A1", "Inflyttade", "-3.50", ""]),
        (2, ["0581", "2024", "A2", "Utflyttade", "0", ""]),
    ]


def changed(**changes: object) -> dict[str, object]:
    return {**json_stat(), **changes}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (changed(size=[3, 2, 1, 3]), 'the dimension "Tid" has 2 categories, its size says 3'),
        (changed(value=[1, 2]), "the sizes promise 12 entries of `value`, found 2"),
        (changed(value=[]), "this describes a table and holds none of its values"),
        (changed(value={"12": 1}), "the sizes promise 12 entries"),
        (changed(value=[True, *VALUES[1:]]), "cell 1 is neither a number, a text nor null"),
        (changed(size=[10**9, 10**9, 1, 1]), "more than 1,000,000 cells"),
        (changed(size=[1000, 1001, 1, 1]), "more than 1,000,000 cells"),
        (changed(size=[1] * 3), "`size` does not give one whole number a dimension"),
        (changed(id="Region"), "the list of dimensions (`id`) is missing"),
        (changed(dimension={}), 'the dimension "Region" has no categories'),
        (
            {**V1, "data": [{"key": ["0581"], "values": ["1", "2"]}]},
            "entry 1 of `data` does not hold 2 keys and 2 values",
        ),
        ({"error": "Not found"}, "this is no table of PxWeb"),
        ([], "the file holds no answer"),
        (b'{"a": 1, "a": 2}', 'the JSON key "a" stands twice'),
        (b'{"value": [NaN]}', '"NaN" is no number'),
        (b'{"value": [1e999]}', '"1e999" is no number'),
        (b'{"value": [' + b"9" * 5000 + b"]}", "is no number"),
        (b"[" * 100_000, "the JSON is nested too deeply"),
        (b'{"value": [1,}', "line 1 is not valid JSON"),
        (b'{"value": "\xe5"}', "line 1 of the JSON file is not UTF-8"),
    ],
)
def test_what_does_not_fit_is_one_clear_finding(content: object, expected: str) -> None:
    assert expected in problem(content)


code = st.text(st.characters(codec="utf-8", exclude_characters=BLANKS), min_size=1, max_size=4)
number = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6, allow_nan=False))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, dict[str, str]], list[object]]:
    names = draw(st.lists(st.sampled_from(["Region", "Tid", "Kon", "Alder"]), min_size=1, max_size=3, unique=True))
    labels = {name: draw(st.dictionaries(code, st.text(max_size=3), min_size=1, max_size=4)) for name in names}
    total = prod(len(codes) for codes in labels.values())
    return labels, draw(st.lists(number, min_size=total, max_size=total))


@given(tables())
def test_any_table_comes_back_as_it_was_written(table: tuple[dict[str, dict[str, str]], list[object]]) -> None:
    labels, values = table
    [got] = pxweb.sheets(as_bytes(json_stat(labels, values)), "f")
    places = [list(place) for place in product(*labels.values())]
    assert [cells[: 2 * len(labels) : 2] for _, cells in got.records] == places
    assert [cells[-2] for _, cells in got.records] == ["" if v is None else json.dumps(v) for v in values]


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=3) | st.integers() | st.floats(),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "size",
                        "dimension",
                        "value",
                        "status",
                        "category",
                        "index",
                        "label",
                        "columns",
                        "data",
                        "key",
                        "values",
                        "code",
                        "type",
                    ]
                ),
                x,
                max_size=6,
            )
        ),
    )
)
def test_whatever_json_comes_is_read_or_refused(content: object) -> None:
    for data in (
        json.dumps(content).encode(),
        json.dumps({**json_stat(), **content} if isinstance(content, dict) else [content]).encode(),
    ):
        try:
            pxweb.sheets(data, "f")
        except Unreadable as error:
            assert str(error).startswith("f")
