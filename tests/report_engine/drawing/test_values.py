"""What the page says of a figure's marks is what its axes say of them, and where they stand."""

import pytest
from matplotlib.figure import Figure as Canvas

from report_engine.drawing import charts, narrow, style, values

COLOURS = {"yes": "#0b5563", "no": "#c8511b"}


def bars(slim: bool = False, *, many: int = 2) -> Canvas:
    import pandas as pd

    frame = pd.DataFrame(
        {"yes": [0.25] * many, "no": [0.75] * many}, index=[f"Place {letter}" for letter in range(many)]
    )
    frame.index = [f"{name} town" for name in frame.index]

    def draw() -> Canvas:
        figure, (axis,) = style.canvas(2)
        charts.stacked_bars(axis, frame, labels={"yes": "Yes", "no": "No"}, colours=COLOURS, edition="en")
        return figure

    if not slim:
        figure = draw()
    else:
        with style.narrow():
            figure = draw()
        narrow.fit(figure)
    figure.draw_without_rendering()
    return figure


@pytest.mark.parametrize("slim", [False, True], ids=["wide", "narrow"])
def test_bars_say_row_part_and_value(slim: bool) -> None:
    got = values.shown(bars(slim))

    assert [words for *_, words in got] == [
        "Place 0 town, Yes: 25%",
        "Place 0 town, No: 75%",
        "Place 1 town, Yes: 25%",
        "Place 1 town, No: 75%",
    ]
    (x, y, half, tall, _), (x_no, y_no, half_no, *_), (_, y_next, *_), _ = got
    assert x < x_no and y == y_no < y_next
    assert half_no == pytest.approx(3 * half, abs=0.003) and tall > 0.01
    assert all(0 < place < 1 for value in got for place in value[:2])


def test_points_say_their_interval_and_cells_their_row_and_column() -> None:
    import pandas as pd

    figure, (left, right) = style.canvas(3, columns=2)
    frame = pd.DataFrame({"estimate": [0.5, None], "low": [0.4, None], "high": [0.6, None]})
    charts.dots_with_interval(left, frame, labels=["Known", "Hidden"])
    style.percent_axis(left, "x", "en")
    left.set_title("Survey")
    cells = pd.DataFrame({"Men": [1.0, 2.0], "Women": [3.0, 4.0]}, index=["Old", "Young"])
    charts.heat(right, cells, cells.map("{:.0f}".format), low=0, high=4)
    figure.draw_without_rendering()

    got = [words for *_, words in values.shown(figure)]
    assert got == ["Survey: Known: 50% (40% – 60%)", "Old, Men: 1", "Old, Women: 3", "Young, Men: 2", "Young, Women: 4"]


def test_merged_answers_name_both_and_a_cloud_says_nothing() -> None:
    import pandas as pd

    frame = pd.DataFrame({"answer": range(1, 6), "share": [0.0, 0.3, 0.3, 0.2, 0.2], "n": 50, "item": "a"})
    frame["merged"] = frame["answer"] == 2
    figure, (axis,) = style.canvas(2)
    answers = {answer: {"sv": f"svar {answer}", "en": f"answer {answer}"} for answer in range(1, 6)}
    charts.likert_bars(axis, frame, row="item", labels={"a": "Item"}, answers=answers, edition="en")
    figure.draw_without_rendering()

    assert values.shown(figure)[0][-1] == "Item (n = 50), answer 1 + answer 2: 30%"
    assert values.shown(bars(many=80)) == []


def test_a_bar_that_is_missing_says_nothing() -> None:
    figure, (axis,) = style.canvas(2)
    axis.barh([0, 1], [0.25, float("nan")])
    axis.set_yticks([0, 1], ["A town", "B town"])
    figure.draw_without_rendering()
    assert [words for *_, words in values.shown(figure)] == ["A town: 0.25"]
