"""Medians, ratios and tables of a run."""

import pytest

from tests.bench.measure import Cost
from tests.bench.table import Result, chart, markdown

COLD = {
    "now": [Cost(40, 20, 5e8), Cost(60, 30, 6e8), Cost(50, 90, 7e8)],
    "then": [Cost(100, 50, 1e9), Cost(100, 50, 1e9), Cost(200, 100, 1e9)],
    "make": [Cost(300, 150, 2e8)],
}
WORD = {"now": [Cost(8, 5, 0)], "then": [Cost(10, 10, 0)]}
RESULT = Result({"cold": "from nothing", "word": "one word"}, ["now", "then"], {"cold": COLD, "word": WORD}, {"cold": Cost(25, 12.5, 0)})  # fmt: skip


def test_ratios_are_taken_round_by_round() -> None:
    assert RESULT.ratio("cold", "cpu") == pytest.approx(0.4)  # of 0.4, 0.6 and 0.25; that of the medians is 0.5
    assert RESULT.ratio("cold", "wall") == pytest.approx(0.6)


def test_a_median_of_nothing_is_nothing() -> None:
    assert RESULT.middle("word", "make", "cpu") is None
    assert RESULT.middle("word", "floor", "cpu") is None
    assert RESULT.middle("cold", "now", "wall") == 30


def test_the_tables_name_rows_and_contestants() -> None:
    first, memory, tools = markdown(RESULT, ["make"]).strip().split("\n\n")
    assert first.splitlines()[2:] == [
        "| from nothing | 50.0 | 30.0 | 100.0 | 50.0 | 0.40 | 0.60 | 25.0 | 12.5 |",
        "| one word | 8.0 | 5.0 | 10.0 | 10.0 | 0.80 | 0.50 | – | – |",
    ]
    assert memory.splitlines()[2:] == ["| now | 600 |", "| then | 1000 |", "| make | 200 |"]
    assert tools.splitlines()[2:] == [
        "| from nothing | 50.0 / 30.0 | 300.0 / 150.0 |",
        "| one word | 8.0 / 5.0 | – |",
    ]


def test_the_chart_is_the_same_bytes_each_time() -> None:
    assert chart(RESULT, ["make"]) == chart(RESULT, ["make"])
    assert "one word" in chart(RESULT, ["make"])
