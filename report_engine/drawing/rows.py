"""The rows of a narrow figure: how high each must be, and where its label stands if there is no room beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import blended_transform_factory

from report_engine.drawing.style import FAMILY

_LINE = 11.5  # points a line of labels takes
_BAR = 15.0  # points of a bar's height, and of one with words on two lines
_TALL_BAR = 24.0
_DOT = 5.0  # points that a mark takes above and below its middle
_BESIDE = 0.27  # of the width: the longest labels that may stand beside their rows
_LEAST_ROW = 17.0  # points, of rows with their labels beside them

_measure = RendererAgg(1, 1, 72)


@dataclass(frozen=True)
class Rows:
    """The rows of a panel: where they stand, what they are called, and how many points each needs around its middle."""

    places: list[float]
    labels: list[Text]
    above: float  # of the row's middle: where its label begins, or the row ends
    pitch: float
    moved: bool
    bar: float

    def upper(self) -> float:
        """Return the share of a row above its middle."""
        return 1 - self.lower()

    def lower(self) -> float:
        """Return the share of a row below its middle."""
        if not self.moved:
            return 0.5
        lines = max(label.get_text().count("\n") + 1 for label in self.labels)
        return 1 - (self.above + lines * _LINE + 1) / self.pitch


def lay_out(axis: Axes, width: float) -> Rows | None:
    """Say how the rows of a panel are laid out, or None where its y axis is a scale."""
    labels = names(axis.yaxis)
    if not labels:
        return None
    places = [float(label.get_position()[1]) for label in labels]
    size, weight = points_of(labels[0]), 600
    beside = max(length(" ".join(label.get_text().split()), size, weight) for label in labels)
    bar = _TALL_BAR if any("\n" in text.get_text() for text in _cells(axis)) else _BAR
    bars = bool(list(_bars(axis)))
    if beside <= _BESIDE * width:
        for label in labels:
            label.set_text(" ".join(label.get_text().split()))
        pitch = max(_LEAST_ROW, (bar if bars else 2 * _DOT) + 5)
        up, down = _extent(axis, places, pitch, bar if bars else 0)
        return Rows(places, labels, 0, max(pitch, up + down + 2), False, bar)
    for label in labels:
        label.set_text(folded(label.get_text(), width - 8, size, weight))
    lines = max(label.get_text().count("\n") + 1 for label in labels)
    pitch = _LEAST_ROW
    while True:
        up, down = _extent(axis, places, pitch, bar if bars else 0)
        if up + 1 + lines * _LINE + down + 8 <= pitch:
            return Rows(places, labels, up + 1, pitch, True, bar)
        pitch += 1


def names(of: Axis) -> list[Text]:
    """Return the labels of an axis where they are words and not a scale."""
    if not isinstance(of.get_major_locator(), FixedLocator):
        return []
    labels = [label for label in of.get_ticklabels() if label.get_text()]
    return labels if any(letter.isalpha() for label in labels for letter in label.get_text()) else []


def _bars(axis: Axes) -> Iterator[Rectangle]:
    """Yield the level bars of a panel, those of legends (without width) left out."""
    for patch in axis.patches:
        if isinstance(patch, Rectangle) and patch.get_width() and 0.2 < abs(patch.get_height()) <= 1:
            yield patch


def _cells(axis: Axes) -> Iterator[Text]:
    """Yield the texts that stand on their row."""
    return (
        text for text in axis.texts if text.get_verticalalignment() == "center" and not isinstance(text, Annotation)
    )


def _extent(axis: Axes, places: list[float], pitch: float, bar: float) -> tuple[float, float]:
    """Return how many points what is drawn takes above and below the middle of a row of ``pitch`` points."""
    sign = -1 if axis.yaxis_inverted() else 1
    up, down = [bar / 2, _DOT], [bar / 2, _DOT]

    def note(y: float, above: float, below: float) -> None:
        near = min(places, key=lambda place: abs(place - y))
        if abs(off := (y - near) * sign) < 0.5 - 1e-9:
            up.append(off * pitch + above)
            down.append(-off * pitch + below)

    for line in axis.lines:
        if line.get_transform() == axis.transData:
            size = max(_DOT, float(line.get_markersize()) / 2 + 1) if line.get_marker() not in ("", "None") else _DOT
            for y in np.asarray(line.get_ydata(), dtype=float):
                note(float(y), size, size)
    for points in axis.collections:
        for _, y in np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=float), np.nan).reshape(-1, 2):
            note(float(y), 3.0, 3.0)
    for text in axis.texts:
        if text.get_transform() != axis.transData and not isinstance(text, Annotation):
            continue
        tall = points_of(text) * (1.1 + 1.2 * text.get_text().count("\n"))
        rise = float(text.xyann[1]) if isinstance(text, Annotation) else 0.0
        if isinstance(text, Annotation) and text.xycoords != "data":
            continue
        share = {"bottom": 1.0, "baseline": 1.0, "top": 0.0}.get(text.get_verticalalignment(), 0.5)
        y = float(text.xy[1]) if isinstance(text, Annotation) else float(text.get_position()[1])
        note(y, rise + share * tall, (1 - share) * tall - rise)
    return max(up), max(down)


def place(axis: Axes, rows: Rows) -> None:
    """Give the rows of a panel their room, and put their labels above them where they are long."""
    sign = -1 if axis.yaxis_inverted() else 1
    for bar in _bars(axis):
        middle = bar.get_y() + bar.get_height() / 2
        high = rows.bar / rows.pitch
        bar.set_height(high)
        bar.set_y(middle - high / 2)
    for line in axis.lines:  # between rows
        ys = np.asarray(line.get_ydata(), dtype=float).tolist()
        if line.get_transform() == axis.get_yaxis_transform(which="grid") and len({*ys}) == 1:
            line.set_ydata([float(y) + (0.5 - rows.lower()) * sign for y in ys])
    low, high = min(rows.places), max(rows.places)
    ends = (low - rows.lower(), high + rows.upper()) if sign > 0 else (high + rows.lower(), low - rows.upper())
    axis.set_ylim(*ends)
    texts = [label.get_text() for label in rows.labels]
    looks = [(points_of(label), label.get_fontweight()) for label in rows.labels]
    axis.set_yticks(rows.places, texts)
    for label, (size, weight) in zip(axis.get_yticklabels(), looks, strict=True):
        label.set(fontsize=size, fontweight=weight)
    if not rows.moved:
        return
    axis.tick_params(axis="y", labelleft=False)
    start = blended_transform_factory(axis.figure.transSubfigure, axis.transData)
    for y, text, (size, weight) in zip(rows.places, texts, looks, strict=True):
        axis.annotate(
            text,
            (0.008, y),
            xycoords=start,
            xytext=(0, rows.above),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=size,
            fontweight=weight,
            linespacing=1.1,
            annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},  # lines of the grid end at it
            zorder=1.5,
        ).set_in_layout(False)  # else the panel would make room for it at its left


def length(words: str, size: float, weight: str | int = 400) -> float:
    """Return how many points the longest line of words takes."""
    font = FontProperties(family=[FAMILY], size=size, weight=weight)
    lines = words.split("\n")
    return max(_measure.get_text_width_height_descent(line, font, False)[0] for line in lines) if words else 0.0


def folded(words: str, points: float, size: float, weight: str | int = 400) -> str:
    """Break words into lines that are at most so wide, wherever they were broken before."""
    plain = " ".join(words.replace("-\n", "").split())
    for letters in range(len(plain), 5, -1):
        lines = wrap(plain, letters, break_long_words=False, break_on_hyphens=False)
        if all(length(line, size, weight) <= points for line in lines):
            return "\n".join(lines)
    return words


def points_of(text: Text) -> float:
    """Return the size of a text's type in points."""
    return float(text.get_fontsize())
