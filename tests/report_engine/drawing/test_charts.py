from itertools import pairwise

import pandas as pd
import pytest

from report_engine.drawing import charts, style

ANSWERS = {answer: {"sv": f"Svar {answer}", "en": f"Answer {answer}"} for answer in range(1, 6)}


@pytest.mark.parametrize("colour", [*style.PALETTE, *style.LIKERT_COLOURS.values()])
def test_text_on_any_house_colour_reads(colour):
    text, ground = charts.on(colour), colour
    first, second = charts._luminance("#ffffff" if text == "white" else text), charts._luminance(ground)
    light, dark = max(first, second), min(first, second)

    assert (light + 0.05) / (dark + 0.05) >= 3


def test_likert_bars_write_both_ends_and_n():
    frame = pd.DataFrame({"item": ["a"] * 5, "answer": range(1, 6), "share": [0.1, 0.2, 0.3, 0.3, 0.1], "n": [40] * 5})
    _, (axis,) = style.canvas(2)
    charts.likert_bars(axis, frame, row="item", labels={"a": "Fråga"}, answers=ANSWERS, edition="sv")

    texts = [text.get_text() for text in axis.texts]
    assert texts == ["30\u00a0%", "40\u00a0%"]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["Fråga (n = 40)"]


def test_suppressed_rows_show_two_dots():
    frame = pd.DataFrame({"item": ["a"] * 5, "answer": range(1, 6), "share": [None] * 5, "n": [None] * 5})
    _, (axis,) = style.canvas(2)
    charts.likert_bars(axis, frame, row="item", labels={"a": "Fråga"}, answers=ANSWERS, edition="en")

    assert [text.get_text() for text in axis.texts] == [".."]


def test_merged_answers_keep_the_ends():
    frame = pd.DataFrame(
        {
            "item": ["a"] * 4,
            "answer": [2, 3, 4, 5],
            "share": [0.3, 0.3, 0.3, 0.1],
            "n": [40] * 4,
            "merged": [True, False, False, False],
        }
    )
    _, (axis,) = style.canvas(2)
    charts.likert_bars(axis, frame, row="item", labels={"a": "Fråga"}, answers=ANSWERS, edition="en")

    assert [text.get_text() for text in axis.texts] == ["30%", "40%"]
    assert [bar.get_hatch() for bar in axis.patches if abs(bar.get_width() - 0.3) < 1e-9] == ["////", None, None]


def test_year_axis_keeps_first_and_last_without_touching_labels():
    _, (axis,) = style.canvas(2)
    style.year_axis(axis, list(range(2009, 2025)))
    got = [int(tick) for tick in axis.get_xticks()]

    assert got[0] == 2009 and got[-1] == 2024
    assert all(b - a >= 2 for a, b in pairwise(got))


def test_of_a_long_ranking_both_ends_are_drawn():
    frame = pd.DataFrame({"place": range(100)})
    assert list(charts.ends(frame, 4)["place"]) == [0, 1, 98, 99]
    assert len(charts.ends(frame.head(40))) == 40


def test_lines_are_named_where_they_end():
    values = {
        "a": [1.0, 3.0],
        "b": [3.0, 1.0],
    }  # the lines cross: a name at the beginning would stand at the other's end
    frame = pd.DataFrame(
        [{"year": y, "s": s, "v": v} for s in values for y, v in zip((2016, 2018), values[s], strict=True)]
    )
    _, (axis,) = style.canvas(2)
    charts.lines(axis, frame, x="year", y="v", series="s", labels={"a": "Ettan", "b": "Tvåan"})
    got = {text.get_text(): text.xy for text in axis.texts}
    assert got["Ettan"][1] == pytest.approx(3, abs=0.1) and got["Tvåan"][1] == pytest.approx(1, abs=0.1)
    assert all(x >= 2018 for x, _ in got.values())
