"""A narrow figure has its long labels above its rows, its panels below each other, and its legend within its width."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from report_engine.drawing import charts, narrow, style

LONG = ["Managers of the Public Employment Service", "Staff of the labour-market units in the municipality"]


def drawn(labels: list[str], columns: int = 1, height: float = 3) -> Canvas:
    frame = pd.DataFrame({"estimate": [0.5] * len(labels), "low": 0.4, "high": 0.6})
    with style.narrow():
        figure, axes = style.canvas(height, columns=columns)
        for axis in axes:
            charts.dots_with_interval(axis, frame, labels=labels)
            axis.plot([], [], label="A rather long name of a series that is drawn")
            axis.plot([], [], label="Another rather long name of a series")
            axis.legend(ncols=2)
    narrow.fit(figure)
    figure.draw_without_rendering()
    return figure


def test_long_labels_stand_above_their_rows_from_the_left_edge() -> None:
    figure = drawn(LONG)
    (axis,) = figure.axes
    boxes = {text.get_text().replace("\n", " "): text.get_window_extent() for text in axis.texts}

    assert list(boxes) == LONG
    for label, y in zip(LONG, axis.get_yticks()[::1], strict=True):
        point = axis.transData.transform((0.5, y))[1]
        assert boxes[label].y0 > point and boxes[label].x0 < 6 and boxes[label].x1 < figure.bbox.x1
    assert not any(text.get_visible() and text.get_text() for text in axis.get_yticklabels())


def test_short_labels_stay_beside() -> None:
    figure = drawn(["Falun", "Luleå"])
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == ["Falun", "Luleå"]
    assert not figure.axes[0].texts


def test_panels_stand_below_each_other_and_the_height_follows_from_the_rows() -> None:
    one, two, many = (drawn(LONG * times, columns=columns) for times, columns in ((1, 1), (1, 2), (3, 1)))
    assert one.get_figwidth() == two.get_figwidth() == style.NARROW
    upper, lower = (axis.get_position() for axis in two.axes)
    assert upper.y0 > lower.y1 and abs(upper.x0 - lower.x0) < 0.01
    assert two.get_figheight() > 1.7 * one.get_figheight() and many.get_figheight() > 1.8 * one.get_figheight()


def test_a_legend_takes_as_many_columns_as_fit() -> None:
    figure = drawn(LONG)
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert legend.get_window_extent().x1 <= figure.bbox.x1
    first, second = (text.get_window_extent() for text in legend.get_texts())
    assert first.y0 > second.y1


def test_outside_of_it_canvases_are_wide() -> None:
    drawn(LONG)
    assert style.canvas(2)[0].get_figwidth() == style.WIDTH
