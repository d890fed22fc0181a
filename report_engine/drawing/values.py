"""What a drawn figure shows, mark by mark: where each stands and what it says, as the page tells it on hover and focus.

Values are written as the figure's own axes write them, never with more digits than are drawn.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator

from report_engine.methods.rounding import settled

Value = tuple[float, float, float, float, str]
"""Middle and half of the size of a mark as shares of the figure, from its upper left corner, and what it says."""

_LAST_NUMBER = re.compile(r"\s[\d\s\u202f.,]+$")
MOST = 150  # marks: more are no row of values to step through, but a cloud


def shown(figure: Canvas) -> list[Value]:
    """List the values of a figure that has been laid out, panel by panel and row by row; none of a cloud or a diagram."""
    panels = [axis for axis in figure.axes if axis.get_visible() and axis.axison]
    found: list[Value] = []
    for axis in panels:
        title = _plain(axis.get_title(loc="left") or axis.get_title()) if len(panels) > 1 else ""
        its = list(_cells(axis) if _names(axis.xaxis) and _names(axis.yaxis) else _marks(axis))
        for x, y, half, tall, words in its:
            (left, top), (right, bottom) = (
                figure.transSubfigure.inverted().transform(axis.transData.transform(corner))
                for corner in ((x - half, y + tall), (x + half, y - tall))
            )
            place = ((left + right) / 2, 1 - (top + bottom) / 2, abs(right - left) / 2, abs(bottom - top) / 2)
            found.append((*_rounded(place), f"{title}: {words}" if title else words))
    return found if len(found) <= MOST else []


Mark = tuple[float, float, float, float, str]


def _cells(axis: Axes) -> Iterator[Mark]:
    """Yield the texts in the cells of a matrix."""
    rows, columns = _names(axis.yaxis), _names(axis.xaxis)
    for text in axis.texts:
        words = _plain(text.get_text().replace("\n", ", "))
        if isinstance(text, Annotation) or not words or words == "–":
            continue
        x, y = (float(place) for place in text.get_position())
        yield x, y, 0.45, 0.35, f"{_near(rows, y)}, {_near(columns, x)}: {words}"


def _marks(axis: Axes) -> Iterator[Mark]:
    rows = _names(axis.yaxis)
    legend = _legend(axis)
    if rows and not any(_labels(axis.xaxis)):
        return  # a matrix of signs
    if not rows and isinstance(axis.yaxis.get_major_locator(), FixedLocator) and not len(axis.get_yticks()):
        return  # no scale says what the marks are worth
    found: list[tuple[float, float, Mark]] = []
    for patch in axis.patches:
        if (
            rows
            and isinstance(patch, Rectangle)
            and patch.get_width()
            and patch.get_height()
            and np.isfinite(patch.get_width())
        ):
            x, y = patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2
            words = _said(_near(rows, y), _of_bar(patch, legend), _write(axis.xaxis, patch.get_width()))
            found.append((y, x, (x, y, patch.get_width() / 2, patch.get_height() / 2, words)))
    for line in axis.lines:
        if line.get_transform() != axis.transData or line.get_marker() in ("", "None", None, " "):
            continue
        name = legend.get(_look(line), "") if legend else _beside(axis, line)
        for x, y in np.column_stack([np.asarray(part, dtype=float) for part in line.get_data()]).tolist():
            if np.isnan([x, y]).any():
                continue
            if rows:
                words = _said(_near(rows, y), name, _write(axis.xaxis, x) + _interval(axis, x, y))
            else:
                words = _said(name, _write(axis.xaxis, x), _write(axis.yaxis, y))
            found.append((y if rows else 0.0, x, (x, y, 0.0, 0.0, words)))
    for points in axis.collections:
        offsets: np.ndarray = np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=float), np.nan).reshape(-1, 2)
        name = legend.get(_look(points), "")
        for x, y in offsets.tolist() if rows and name else ():
            if not np.isnan([x, y]).any():
                found.append((y, x, (x, y, 0.0, 0.0, _said(_near(rows, y), name, _write(axis.xaxis, x)))))
    downwards = 1 if axis.yaxis_inverted() else -1
    kept = [item for item in found if not item[2][4].endswith(": ")]
    for _, _, mark in sorted(kept, key=lambda item: (round(item[0]) * downwards, item[1], item[2][4])):
        yield mark


def _said(*parts: str) -> str:
    """Join what a mark is of and its value, which is last."""
    of = ", ".join(part for part in parts[:-1] if part)
    return f"{of}: {parts[-1]}" if of else parts[-1]


def _of_bar(bar: Rectangle, legend: dict[tuple[str, ...], str]) -> str:
    """Name what a bar is of; a hatched one stands for two that were merged, with the other's colour for its stripes."""
    own = legend.get(_look(bar), "")
    other = legend.get(("bar", to_hex(bar.get_edgecolor())), "") if bar.get_hatch() else ""
    return " + ".join(filter(None, (other, own)))


def _write(of: Axis, value: float) -> str:
    """Write a value as its axis does; one between the ticks of years is a year."""
    return str(of.get_major_formatter()(float(value), None)) or f"{value:g}"


def _labels(of: Axis) -> list[str]:
    return [
        _plain(label)
        for label in of.get_major_formatter().format_ticks([float(place) for place in of.get_majorticklocs()])
    ]


def _interval(axis: Axes, x: float, y: float) -> str:
    """Write the interval that is drawn through a point on its row, if there is one."""
    for line in axis.lines:
        xs, ys = (np.asarray(part, dtype=float).tolist() for part in line.get_data())
        if len(xs) == 2 and ys == [y, y] and min(xs) <= x <= max(xs) and line.get_transform() == axis.transData:
            return f" ({_write(axis.xaxis, xs[0])} – {_write(axis.xaxis, xs[1])})"
    return ""


def _beside(axis: Axes, line: Line2D) -> str:
    """Return the words in a line's colour, which name it where there is no legend."""
    colour = to_hex(line.get_color())
    words = {_LAST_NUMBER.sub("", _plain(text.get_text())) for text in axis.texts if to_hex(text.get_color()) == colour}
    named = {word for word in words if word[:1].isalpha()}
    return named.pop() if len(named) == 1 else ""


def _names(of: Axis) -> list[tuple[float, str]]:
    """Return the places and words of an axis that names its rows or columns; none of a scale."""
    if not isinstance(of.get_major_locator(), FixedLocator):
        return []
    places = [float(place) for place in of.get_majorticklocs()]
    labels = [_plain(label) for label in of.get_major_formatter().format_ticks(places)]
    named = any(letter.isalpha() for label in labels for letter in label)
    return [(place, label) for place, label in zip(places, labels, strict=True) if label] if named else []


def _near(names: list[tuple[float, str]], place: float) -> str:
    return min(names, key=lambda item: abs(item[0] - place))[1]


def _legend(axis: Axes) -> dict[tuple[str, ...], str]:
    legend = axis.get_legend()
    if legend is None:
        return {}
    texts = [_plain(text.get_text()) for text in legend.get_texts()]
    return {_look(handle): text for handle, text in zip(legend.legend_handles, texts, strict=True)}


def _look(artist: Any) -> tuple[str, ...]:
    """Describe how a mark or a legend's handle looks."""
    if isinstance(artist, Rectangle):
        return ("bar", to_hex(artist.get_facecolor()))
    if isinstance(artist, Line2D):
        return ("line", to_hex(artist.get_color()), str(artist.get_marker()))
    if hasattr(artist, "get_facecolor") and len(artist.get_facecolor()):
        return ("dot", to_hex(artist.get_facecolor()[0]))
    return (type(artist).__name__,)


def _plain(words: str) -> str:
    return re.sub(r"[ \n]+", " ", words.replace("-\n", "")).strip()


def _rounded(place: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x, y, half, tall = (round(settled(part, 0.001), 3) for part in place)
    return x, y, half, tall
