"""How the figures of the conclusions are drawn."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.charts import Labels, grid, mark
from report_engine.drawing.style import ACCENT, INK, MUTED, canvas, percent_axis
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words.editions import Edition
from report_engine.words.numbers import percent


def triangulation(data: pd.DataFrame, edition: Edition, *, rows: Labels, columns: Labels) -> Canvas:
    """Draw a matrix of conclusions and streams of evidence, a mark and a word in each cell.

    ``data``: ``conclusion``, ``stream`` (with ``overall``), ``verdict``; cells without a row are drawn as a dash.
    """
    names = [row for row in rows if (data["conclusion"] == row).any()]
    figure, (axis,) = canvas(0.5 + 0.42 * len(names), grid="none")
    grid(axis, [fill(rows[name][edition], 30) for name in names], [columns[c][edition] for c in columns])
    found = data.set_index(["conclusion", "stream"])["verdict"]
    for place, name in enumerate(names):
        for column, stream in enumerate(columns):
            if (name, stream) not in found.index:
                axis.text(column - 0.34, place, "–", ha="center", va="center", color=MUTED)
                continue
            outcome = found[(name, stream)]
            weight = 600 if stream == "overall" else 400
            mark(axis, column - 0.34, place, outcome)
            word = VERDICT_WORDS[outcome][edition]
            axis.text(column - 0.22, place, fill(word, 12), ha="left", va="center", fontsize=8.5, fontweight=weight)
    axis.axvline(len(columns) - 1.5, color=MUTED, linewidth=0.8)
    return figure


def new(data: pd.DataFrame, edition: Edition, *, titles: Labels) -> Canvas:
    """Draw what is new as small multiples: the mean of the municipalities and their range over the years.

    ``data``: ``indicator``, ``year``, ``mean``, ``low``, ``high`` (shares; range missing for yes/no indicators).
    """
    names = [name for name in titles if (data["indicator"] == name).any()]
    figure, axes = canvas(3.9, rows=2, columns=3, grid="y", sharex=True)
    years = [int(year) for year in sorted(data["year"].unique())]
    for axis, name in zip(axes, names, strict=False):
        part = data[data["indicator"] == name].sort_values("year", kind="stable")
        axis.fill_between(
            part["year"], part["low"].astype(float), part["high"].astype(float), color="#d3e2e6", linewidth=0
        )
        axis.plot(part["year"], part["mean"], color=ACCENT)
        for place, align in ((0, "left"), (-1, "right")):
            at = (part["year"].iloc[place], part["mean"].iloc[place])
            axis.plot(*at, marker="o", color=ACCENT, markersize=4.5)
            words = percent(part["mean"].iloc[place], edition)
            axis.annotate(
                words, at, (0, 7), textcoords="offset points", ha=align, fontsize=8.5, fontweight=600, color=INK
            )
        axis.set_ylim(0, 1)
        axis.set_yticks([0, 0.5, 1])
        percent_axis(axis, "y", edition)
        axis.set_title(fill(titles[name][edition], 26), fontsize=9)
        axis.set_xticks([years[0], years[-1]])
        axis.tick_params(axis="x", labelbottom=True)
    for axis in axes[len(names) :]:
        _key(axis, edition)
    return figure


def _key(axis: Axes, edition: Edition) -> None:
    """Explain line and band in an empty panel."""
    axis.set_axis_off()
    axis.set_ylim(0, 1)
    axis.fill_between([0, 1], [0.35, 0.35], [0.75, 0.75], color="#d3e2e6", linewidth=0, transform=axis.transAxes)
    axis.plot([0, 1], [0.5, 0.6], color=ACCENT, transform=axis.transAxes)
    words = {
        "sv": ("högsta kommunen", "medelvärde", "lägsta kommunen"),
        "en": ("highest municipality", "mean", "lowest municipality"),
    }[edition]
    for text, y, align in zip(words, (0.78, 0.58, 0.32), ("bottom", "bottom", "top"), strict=True):
        axis.text(0.5, y, text, ha="center", va=align, fontsize=8.5, color=MUTED, transform=axis.transAxes)
