"""What the figures of several sections are drawn with."""

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import blended_transform_factory

from analysis.shared_texts import say
from report_engine.drawing.style import ACCENT, FAINT, MUTED, WARM, is_narrow, percent_axis
from report_engine.model.section import Outcome
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words.editions import Edition, Text
from report_engine.words.forms import HIDDEN

Labels = Mapping[Any, Text]

LABEL_WIDTH = 24

_CHECK = Path([(-0.9, 0.0), (-0.3, -0.65), (0.9, 0.75)], [Path.MOVETO, Path.LINETO, Path.LINETO])
# Shape first, colour second: a tick, a diamond, a cross and an open ring differ in grey and in any size.
MARKS: Mapping[Outcome, Mapping[str, Any]] = {
    "holds": {"marker": _CHECK, "color": ACCENT, "fillstyle": "none", "markeredgewidth": 2.2, "markersize": 9},
    "borderline": {"marker": "D", "color": "#8a5a00", "fillstyle": "none", "markeredgewidth": 1.6, "markersize": 7},
    "fails": {"marker": "x", "color": WARM, "markeredgewidth": 2.2, "markersize": 8},
    "untestable": {"marker": "o", "color": MUTED, "fillstyle": "none", "markeredgewidth": 1.4, "markersize": 8},
}

_SYMBOLS: Mapping[Outcome, Sequence[Sequence[tuple[float, float]]]] = {
    "holds": [[(-0.5, 0.0), (-0.15, -0.36), (0.5, 0.42)]],
    "borderline": [[(0.0, 0.52), (0.52, 0.0), (0.0, -0.52), (-0.52, 0.0), (0.0, 0.52)]],
    "fails": [[(-0.42, -0.42), (0.42, 0.42)], [(-0.42, 0.42), (0.42, -0.42)]],
}
"""The marks of verdicts as strokes, small enough to stand in a ring."""

_RING = [
    [(float(np.cos(turn)), float(np.sin(turn))) for turn in np.linspace(start, start + 0.42, 4)]
    for start in np.arange(10) * 2 * np.pi / 10
]


def mark(axis: Axes, x: float, y: float, outcome: Outcome, *, synthetic: bool = False) -> None:
    """Draw the mark of a verdict: in a broken ring where it was found in synthetic data and is no finding."""
    axis.plot(x, y, linestyle="none", clip_on=False, **(_ringed(outcome) if synthetic else MARKS[outcome]))


def legend_of_marks(axis: Axes, outcomes: Sequence[Outcome], edition: Edition, *, synthetic: bool) -> None:
    """Explain the marks of verdicts, and the ring where one is drawn, below a matrix."""
    ring = {"marker": _strokes(_RING), "color": MUTED, "fillstyle": "none", "markeredgewidth": 1.1, "markersize": 11}
    looks = [MARKS[outcome] for outcome in outcomes] + ([ring] if synthetic else [])
    words = [VERDICT_WORDS[outcome][edition] for outcome in outcomes]
    axis.legend(
        [Line2D([], [], linestyle="none", **look) for look in looks],
        [*words, *([say("axes.synthetic")[edition]] if synthetic else [])],
        loc="upper left",
        bbox_to_anchor=(0.0, 0.0),
        bbox_transform=blended_transform_factory(axis.figure.transSubfigure, axis.transAxes),
        ncols=min(len(looks), 4),
        fontsize=8,
        handlelength=1.4,
        handletextpad=0.5,
        columnspacing=1.2,
    )


def _ringed(outcome: Outcome) -> Mapping[str, Any]:
    strokes = _strokes([*_SYMBOLS[outcome], *_RING])
    look = {"marker": strokes, "fillstyle": "none", "markeredgewidth": 1.2, "markersize": 15}
    return {**look, "color": MARKS[outcome]["color"]}


def _strokes(strokes: Sequence[Sequence[tuple[float, float]]]) -> Path:
    corners = [corner for stroke in strokes for corner in stroke]
    codes = [code for stroke in strokes for code in (Path.MOVETO, *[Path.LINETO] * (len(stroke) - 1))]
    return Path(corners, codes)


def grid(axis: Axes, rows: Sequence[str], columns: Sequence[str], *, size: float = 9) -> None:
    """Turn an axis into an empty table: row labels at the left, column heads on top, hairlines between the rows."""
    axis.set_xlim(-0.5, len(columns) - 0.5)
    axis.set_ylim(len(rows) - 0.5, -0.5)
    if is_narrow(axis):
        axis.set_xticks(range(len(columns)), columns, fontsize=size, fontweight=600)
        axis.xaxis.tick_top()
    else:
        axis.set_xticks(range(len(columns)), [""] * len(columns))
        for column, head in enumerate(columns):
            axis.text(column - 0.42, -0.6, head, ha="left", va="bottom", fontsize=size, fontweight=600)
    axis.set_yticks(range(len(rows)), rows, fontsize=size)
    axis.tick_params(axis="both", length=0)
    axis.spines["bottom"].set_visible(False)
    for row in range(len(rows) + 1):
        axis.axhline(row - 0.5, color=FAINT, linewidth=0.8)


def wrapped(labels: Labels, edition: Edition) -> dict[str, str]:
    """Break labels so that they fit beside an axis."""
    return {str(key): fill(text[edition], LABEL_WIDTH) for key, text in labels.items()}


def share_axis(axis: Axes, edition: Edition) -> None:
    """Give an axis of shares its scale from 0 to 100 % with the half marked."""
    axis.set_xlim(0, 1)
    axis.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    percent_axis(axis, "x", edition)


def finish(axis: Axes, edition: Edition) -> None:
    """Make an axis of shares agreeing, with its legend a line above."""
    share_axis(axis, edition)
    axis.set_xlabel(say("axes.agreeing")[edition])
    axis.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)


def hidden(axis: Axes, part: pd.DataFrame, offset: float = 0.0) -> None:
    """Write two dots on the rows, drawn from the top, whose ``estimate`` disclosure control hides."""
    for place, value in zip(np.arange(len(part))[::-1] + offset, part["estimate"], strict=True):
        if pd.isna(value):
            axis.text(0.01, place, HIDDEN, va="center", color=MUTED)
