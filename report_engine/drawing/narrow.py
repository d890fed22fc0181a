"""The narrow form of a figure, for phones: labels stand above their rows, panels below each other, and all has its room.

A drawing function draws on a canvas of another width (``style.narrow``); what is the same for every figure is done here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import blended_transform_factory

_LINE = 11.5  # points a line of labels takes
_BAR = 15.0  # points of a bar's height, and of one with words on two lines
_TALL_BAR = 24.0
_DOT = 5.0  # points that a mark takes above and below its middle
_BESIDE = 0.27  # of the width: the longest labels that may stand beside their rows
_LEAST_ROW = 17.0  # points, of rows with their labels beside them
_PANEL = 175.0  # points of the height of a panel without rows
_HALF_PANEL = 90.0  # where two stand beside each other

_measure = RendererAgg(1, 1, 72)


@dataclass(frozen=True)
class _Rows:
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


def fit(figure: Canvas) -> None:
    """Lay a figure out that was drawn on a narrow canvas; its height follows from what it shows."""
    width = figure.get_figwidth() * 72
    needs: dict[Axes, float] = {}
    for axis in figure.axes:
        if not axis.get_visible():
            continue
        _fold_titles(axis, width)
        rows = _rows(axis, width)
        if rows:
            _place(axis, rows)
        _turn_heads(axis, width)
        _fold_legend(axis, width, beside=bool(rows and not rows.moved))
        needs[axis] = len(rows.places) * rows.pitch if rows else _height(axis)
    _drop_repeated(figure)
    _grow(figure, needs)


def length(words: str, size: float, weight: str | int = 400) -> float:
    """Return how many points the longest line of words takes."""
    font = FontProperties(family=["Report Sans"], size=size, weight=weight)
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


def _rows(axis: Axes, width: float) -> _Rows | None:
    """Say how the rows of a panel are laid out, or None where its y axis is a scale."""
    labels = _names(axis.yaxis)
    if not labels:
        return None
    places = [float(label.get_position()[1]) for label in labels]
    size, weight = labels[0].get_fontsize(), 600
    beside = max(length(" ".join(label.get_text().split()), size, weight) for label in labels)
    bar = _TALL_BAR if any("\n" in text.get_text() for text in _cells(axis)) else _BAR
    bars = bool(list(_bars(axis)))
    if beside <= _BESIDE * width:
        for label in labels:
            label.set_text(" ".join(label.get_text().split()))
        pitch = max(_LEAST_ROW, (bar if bars else 2 * _DOT) + 5)
        up, down = _extent(axis, places, pitch, bar if bars else 0)
        return _Rows(places, labels, 0, max(pitch, up + down + 2), False, bar)
    for label in labels:
        label.set_text(folded(label.get_text(), width - 8, size, weight))
    lines = max(label.get_text().count("\n") + 1 for label in labels)
    pitch = _LEAST_ROW
    while True:
        up, down = _extent(axis, places, pitch, bar if bars else 0)
        if up + 1 + lines * _LINE + down + 8 <= pitch:
            return _Rows(places, labels, up + 1, pitch, True, bar)
        pitch += 1


def _names(of: Axis) -> list[Text]:
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
    return (text for text in axis.texts if text.get_va() == "center" and not isinstance(text, Annotation))


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
            for y in line.get_ydata():
                note(float(y), _DOT, _DOT)
    for points in axis.collections:
        for _, y in points.get_offsets():
            note(float(y), 3.0, 3.0)
    for text in axis.texts:
        if text.get_transform() != axis.transData and not isinstance(text, Annotation):
            continue
        tall = text.get_fontsize() * (1.1 + 1.2 * text.get_text().count("\n"))
        rise = float(text.xyann[1]) if isinstance(text, Annotation) else 0.0
        if isinstance(text, Annotation) and text.xycoords != "data":
            continue
        share = {"bottom": 1.0, "baseline": 1.0, "top": 0.0}.get(text.get_va(), 0.5)
        y = float(text.xy[1]) if isinstance(text, Annotation) else float(text.get_position()[1])
        note(y, rise + share * tall, (1 - share) * tall - rise)
    return max(up), max(down)


def _place(axis: Axes, rows: _Rows) -> None:
    """Give the rows of a panel their room, and put their labels above them where they are long."""
    sign = -1 if axis.yaxis_inverted() else 1
    for bar in _bars(axis):
        middle = bar.get_y() + bar.get_height() / 2
        high = rows.bar / rows.pitch
        bar.set_height(high)
        bar.set_y(middle - high / 2)
    for line in axis.lines:  # between rows
        ys = list(line.get_ydata())
        if line.get_transform() == axis.get_yaxis_transform(which="grid") and len({*ys}) == 1:
            line.set_ydata([float(y) + (0.5 - rows.lower()) * sign for y in ys])
    low, high = min(rows.places), max(rows.places)
    ends = (low - rows.lower(), high + rows.upper()) if sign > 0 else (high + rows.lower(), low - rows.upper())
    axis.set_ylim(*ends)
    texts = [label.get_text() for label in rows.labels]
    looks = [(label.get_fontsize(), label.get_fontweight()) for label in rows.labels]
    axis.set_yticks(rows.places, texts)
    for label, (size, weight) in zip(axis.get_yticklabels(), looks, strict=True):
        label.set(fontsize=size, fontweight=weight)
    if not rows.moved:
        return
    axis.tick_params(axis="y", labelleft=False)
    start = blended_transform_factory(axis.figure.transSubfigure, axis.transData)
    for place, text, (size, weight) in zip(rows.places, texts, looks, strict=True):
        axis.annotate(
            text,
            (0.008, place),
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


def _turn_heads(axis: Axes, width: float) -> None:
    """Turn the heads of columns upright where they would touch."""
    heads = _names(axis.xaxis)
    if not heads:
        return
    room = width * 0.97 / len(heads) - 3
    size, weight = heads[0].get_fontsize(), heads[0].get_fontweight()
    words = [" ".join(label.get_text().replace("-\n", "").split()) for label in heads]
    level = [folded(text, room, size, weight) for text in words]
    if all(length(text, size, weight) <= room for text in level):
        axis.set_xticks(axis.get_xticks(), level, fontsize=size, fontweight=weight)
        return
    turned = [folded(text, 90, size, weight) for text in words]
    axis.set_xticks(axis.get_xticks(), turned, fontsize=size, fontweight=weight, rotation=90, ha="center", va="bottom")


def _fold_titles(axis: Axes, width: float) -> None:
    """Break the title and the name of the x axis into lines that fit the panel."""
    columns = axis.get_gridspec().ncols if axis.get_gridspec() else 1
    room = width / columns - 34  # beside the numbers of the y axis
    for text in (axis.title, axis._left_title, axis.xaxis.label):  # type: ignore[attr-defined]
        if text.get_text():
            text.set_text(folded(text.get_text(), room, text.get_fontsize(), 600))


def _fold_legend(axis: Axes, width: float, *, beside: bool) -> None:
    """Write a legend in as many columns as fit above the panel, and above labels that stand ``beside`` it."""
    legend = axis.get_legend()
    if legend is None:
        return
    texts = [text.get_text() for text in legend.get_texts()]
    title, size = legend.get_title().get_text(), legend.get_texts()[0].get_fontsize()
    widths = [length(text, size) + size * 2.4 for text in texts]
    columns = next(n for n in range(len(texts), 0, -1) if n == 1 or _across(widths, n) <= width - 14)
    handles = legend.legend_handles
    legend.remove()
    made = axis.legend(
        handles,
        texts,
        title=title or None,
        title_fontsize=size,
        alignment="left",
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        bbox_transform=blended_transform_factory(
            axis.figure.transSubfigure if beside else axis.transAxes, axis.transAxes
        ),
        ncols=columns,
        fontsize=size,
        handlelength=1,
        handleheight=1,
        handletextpad=0.4,
        columnspacing=1.0,
        borderaxespad=0.2,
        borderpad=0.2,
    )
    if axis.get_title(loc="left"):
        rows = -(-len(texts) // columns) + bool(title)
        axis.set_title(axis.get_title(loc="left"), pad=rows * size * 1.55 + 6)
    made.set_in_layout(True)


def _across(widths: list[float], columns: int) -> float:
    """Return the width of entries laid out in columns, which are filled from the top."""
    rows = -(-len(widths) // columns)
    return sum(max(widths[at : at + rows]) for at in range(0, len(widths), rows))


def _height(axis: Axes) -> float:
    """Return the points of height of a panel that has no rows: that of a map or diagram is its canvas'."""
    if axis.get_aspect() != "auto":
        return float(axis.figure.get_figheight()) * 72
    grid = axis.get_gridspec()
    return _HALF_PANEL if grid and grid.ncols > 1 else _PANEL


def _drop_repeated(figure: Canvas) -> None:
    """Take away the name of an x axis that the panel below it has too."""
    panels = [axis for axis in figure.axes if axis.get_visible()]
    for upper, lower in pairwise(panels):
        if upper.get_xlabel() and upper.get_xlabel() == lower.get_xlabel():
            upper.set_xlabel("")


def _grow(figure: Canvas, needs: dict[Axes, float]) -> None:
    """Make the figure as high as its panels need, with what stands around them."""
    first = next(iter(needs))
    grid = first.get_gridspec()
    rows: list[float] = [0.0] * (grid.nrows if grid else 1)
    for axis, need in needs.items():
        spec = axis.get_subplotspec()
        at = spec.rowspan.start if spec else 0
        rows[at] = max(rows[at], need)
    if grid:
        grid.set_height_ratios([max(need, 0.01) for need in rows])
    figure.set_figheight((sum(rows) + 30 * len(rows)) / 72)
    engine = figure.get_layout_engine()
    if engine is None:
        return
    engine.execute(figure)
    drawn = sum(
        max(axis.get_position().height * figure.get_figheight() * 72 for axis in needs if _row(axis) == at)
        for at in {_row(axis) for axis in needs}
    )
    figure.set_figheight(figure.get_figheight() + (sum(rows) - drawn) / 72)


def _row(axis: Axes) -> int:
    spec = axis.get_subplotspec()
    return spec.rowspan.start if spec else 0
