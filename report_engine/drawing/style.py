"""The house style of figures: one size, one type, one palette, for both editions.

Colours are chosen to differ in lightness as well as in hue, so that they hold in grey and for colour-blind readers;
series are also told apart by marker, position or a direct label, never by colour alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import Bbox

from report_engine.methods.rounding import settled
from report_engine.provenance import place
from report_engine.words.editions import Edition
from report_engine.words.numbers import number, percent

FONTS = place.ROOT / "report" / "theme" / "fonts"
FAMILY = "Report Sans"

INK = "#1d2b33"  # text and axes
MUTED = "#5b6b73"  # secondary text: 5.5:1 on white
FAINT = "#dfe5e8"  # grid
GREY = "#a9b4ba"  # context marks
ACCENT = "#0b5563"  # the series that a figure is about
WARM = "#c8511b"  # its counterpart
PALETTE = ("#0b5563", "#c8511b", "#7aa6b8", "#e0a33a", "#5a3d6b", "#8a9a5b", "#9c2f45", "#a9b4ba")

# Diverging, disagree to agree; the middle is neutral. Light to dark on either side.
LIKERT_COLOURS = {1: "#a8401a", 2: "#e3a07c", 3: "#d9dee1", 4: "#7fb0bd", 5: "#0b5563"}
STANCE_COLOURS = {"critical": "#c8511b", "neutral": "#d9dee1", "supportive": "#0b5563"}

WIDTH = 6.2  # inches: a little less than the text column of the PDF, so that type still reads at half size
NARROW = 3.5  # inches: shown as wide as a phone, its type of 7.5 points is 11 pixels
_LINE = 0.17  # inches a line of the source note takes
_width: ContextVar[float] = ContextVar("width", default=WIDTH)
_GRID = 1 / 999_983  # of the figure: axes stand on this grid. A prime: nothing on it lies halfway between two pixels

_RC = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.linewidth": 0.6,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": 600,
    "axes.titlecolor": INK,
    "axes.unicode_minus": True,
    "figure.constrained_layout.use": True,
    "font.family": [FAMILY],
    "font.size": 9,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 6,
    "patch.linewidth": 0,
    "path.simplify": False,  # every point is drawn: none is left out for a distance's last bits
    "svg.fonttype": "none",
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 9,
    "xtick.major.size": 3,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 9,
    "ytick.major.size": 0,
}


class Layout(ConstrainedLayoutEngine):
    """matplotlib's constrained layout, with the axes put on a fine grid: a solver's last bits differ between processors."""

    def execute(self, figure: Canvas) -> Any:
        """Lay the figure out."""
        result = super().execute(figure)
        for axis in figure.axes:
            place = axis.get_position(original=True)
            axis.set_position(Bbox.from_extents(*(settled(edge, _GRID) for edge in place.extents)))
            axis.set_in_layout(True)  # else matplotlib leaves axes alone that were given a place
        return result


@cache
def apply() -> None:
    """Load the report's fonts and set seaborn's theme and matplotlib's parameters to the house style."""
    mpl.use("Agg")
    for font in sorted(FONTS.glob("ReportSans-*.ttf")):
        font_manager.fontManager.addfont(font)
    sns.set_theme(style="white", rc=_RC)


@contextmanager
def narrow() -> Iterator[None]:
    """Make the canvases within narrow ones, for phones."""
    before = _width.set(NARROW)
    try:
        yield
    finally:
        _width.reset(before)


def is_narrow(of: Canvas | Axes) -> bool:
    """Say whether a figure, or that of an axis, is drawn on a narrow canvas."""
    figure = of.get_figure(root=True) if isinstance(of, Axes) else of
    return figure is not None and bool(figure.get_figwidth() < WIDTH)


def canvas(
    height: float = 3.4,
    rows: int = 1,
    columns: int = 1,
    *,
    grid: Literal["x", "y", "both", "none"] = "x",
    sharex: bool = False,
    sharey: bool = False,
    widths: tuple[float, ...] | None = None,
) -> tuple[Canvas, list[Axes]]:
    """Make an empty figure of the report's width and ``height`` inches, with ``rows`` x ``columns`` axes (row by row).

    A narrow one has one column, or two of three.

    ``grid`` says which axis carries grid lines; ``widths`` are the columns' relative widths.
    """
    apply()
    width = _width.get()
    if width < WIDTH:
        panels, columns = rows * columns, (columns + 1) // 2
        rows, widths = -(-panels // columns), None
    figure = Canvas(figsize=(width, height), layout=Layout())
    made = figure.subplots(
        rows,
        columns,
        sharex=sharex,
        sharey=sharey,
        squeeze=False,
        gridspec_kw={"width_ratios": widths} if widths else None,
    )
    axes = [axis for row in made for axis in row]
    for axis in axes:
        axis.grid(False)
        if grid != "none":
            axis.grid(True, axis=grid)
    return figure, axes


def layout(figure: Canvas) -> ConstrainedLayoutEngine:
    """Return what lays out a figure made by ``canvas``; TypeError where another engine does, or none."""
    engine = figure.get_layout_engine()
    if not isinstance(engine, ConstrainedLayoutEngine):
        raise TypeError(f"a figure of the report is made by canvas; this one is laid out by {engine!r}")
    return engine


def sign(figure: Canvas, lines: list[str]) -> float:
    """Write the source note (one string a line) below a drawn figure, which grows by it; return its share of the height."""
    width, height = figure.get_size_inches()
    room = _LINE * len(lines) + 0.08
    total = height + room
    figure.set_size_inches(width, total)
    layout(figure).set(rect=(0, room / total, 1, 1 - room / total))
    for index, line in enumerate(reversed(lines)):
        y = (0.05 + _LINE * index) / total
        figure.text(0.006, y, line, fontsize=7.5, color=MUTED, ha="left", va="bottom")
    share: float = room / total
    return share


def number_axis(axis: Axes, which: Literal["x", "y"], edition: Edition, decimals: int = 0) -> None:
    """Write an axis' tick labels as the edition writes numbers."""
    chosen = axis.xaxis if which == "x" else axis.yaxis
    chosen.set_major_formatter(FuncFormatter(lambda value, _: number(value, edition, decimals)))


def percent_axis(axis: Axes, which: Literal["x", "y"], edition: Edition) -> None:
    """Write an axis' tick labels (shares 0–1) as percentages; diverging axes show both sides as positive."""
    chosen = axis.xaxis if which == "x" else axis.yaxis
    chosen.set_major_formatter(FuncFormatter(lambda value, _: percent(abs(value), edition)))


def year_axis(axis: Axes, years: list[int]) -> None:
    """Label an x axis of years with whole years, at most nine of them (narrow: six), always the first and the last."""
    first, last = min(years), max(years)
    step = max(1, -(-(last - first) // (5 if is_narrow(axis) else 8)))
    ticks = sorted({*range(last, first - 1, -step)} | {first})
    if len(ticks) > 1 and ticks[1] - ticks[0] < step:  # first and second tick would touch
        ticks.pop(1)
    axis.set_xticks(ticks, [str(year) for year in ticks])
