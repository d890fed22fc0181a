"""The narrow form of a figure, for phones: labels stand above their rows, panels below each other, and all has its room.

A drawing function draws on a canvas of another width (``style.narrow``); what is the same for every figure is done here.
"""

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.transforms import blended_transform_factory

from report_engine.drawing.rows import folded, lay_out, length, names, place, points_of

_PANEL = 175.0  # points of the height of a panel without rows
_HALF_PANEL = 90.0  # where two stand beside each other


def fit(figure: Canvas) -> None:
    """Lay a figure out that was drawn on a narrow canvas; its height follows from what it shows."""
    width = figure.get_figwidth() * 72
    needs: dict[Axes, float] = {}
    for axis in figure.axes:
        if not axis.get_visible():
            continue
        _fold_titles(axis, width)
        rows = lay_out(axis, width)
        if rows:
            place(axis, rows)
        _turn_heads(axis, width)
        _fold_legend(axis, width, beside=bool(rows and not rows.moved))
        needs[axis] = len(rows.places) * rows.pitch if rows else _height(axis)
    _drop_repeated(figure)
    _grow(figure, needs)


def _turn_heads(axis: Axes, width: float) -> None:
    """Turn the heads of columns upright where they would touch."""
    heads = names(axis.xaxis)
    if not heads:
        return
    room = width * 0.97 / len(heads) - 3
    size, weight = points_of(heads[0]), heads[0].get_fontweight()
    words = [" ".join(label.get_text().replace("-\n", "").split()) for label in heads]
    level = [folded(text, room, size, weight) for text in words]
    if all(length(text, size, weight) <= room for text in level):
        axis.set_xticks(axis.get_xticks(), level, fontsize=size, fontweight=weight)
        return
    turned = [folded(text, 90, size, weight) for text in words]
    axis.set_xticks(axis.get_xticks(), turned, fontsize=size, fontweight=weight, rotation=90, ha="center", va="bottom")


def _fold_titles(axis: Axes, width: float) -> None:
    """Break the title and the name of the x axis into lines that fit the panel."""
    grid = axis.get_gridspec()
    columns = grid.ncols if grid else 1
    room = width / columns - 34  # beside the numbers of the y axis
    for text in (axis.title, axis._left_title, axis.xaxis.label):  # type: ignore[attr-defined]
        if text.get_text():
            text.set_text(folded(text.get_text(), room, points_of(text), 600))


def _fold_legend(axis: Axes, width: float, *, beside: bool) -> None:
    """Write a legend in as many columns as fit above the panel, and above labels that stand ``beside`` it."""
    legend = axis.get_legend()
    if legend is None or not legend.get_texts():
        return
    texts = [text.get_text() for text in legend.get_texts()]
    title, size = legend.get_title().get_text(), points_of(legend.get_texts()[0])
    widths = [length(text, size) + size * 3 for text in texts]
    columns = next(n for n in range(len(texts), 0, -1) if n == 1 or _across(widths, n) <= width - 14)
    handles: list[Any] = list(legend.legend_handles)
    legend.remove()
    below = bool(names(axis.xaxis))  # heads of columns stand above
    made = axis.legend(
        handles,
        texts,
        title=title or None,
        title_fontsize=size,
        alignment="left",
        loc="upper left" if below else "lower left",
        bbox_to_anchor=(0.0, 0.0 if below else 1.0),
        bbox_transform=blended_transform_factory(
            axis.figure.transSubfigure if beside else axis.transAxes, axis.transAxes
        ),
        ncols=columns,
        fontsize=size,
        handlelength=1.2,
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
        figure = axis.get_figure(root=True)
        return float(figure.get_figheight()) * 72 if figure else _PANEL
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
    if not needs:
        return
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
