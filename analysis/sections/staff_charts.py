"""How the figures on staff are drawn."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from analysis.charts import dots_with_interval, ends, likert_bars, say_ends
from analysis.model import Edition, Text
from analysis.numbers import number
from analysis.style import ACCENT, INK, MUTED, WARM, canvas, number_axis, percent_axis

Labels = Mapping[Any, Text]

LABEL_WIDTH = 24


def wrapped(labels: Labels, edition: Edition) -> dict[str, str]:
    """Break labels so that they fit beside an axis."""
    return {str(key): fill(text[edition], LABEL_WIDTH) for key, text in labels.items()}


def support(data: pd.DataFrame, edition: Edition, *, actors: Labels, items: Labels) -> Canvas:
    """Draw the answers on who gets support, one panel an item, one diverging bar an actor.

    ``data``: ``survey_items.likert_cells`` by ``actor``.
    """
    names = [item for item in items if (data["item"] == item).any()]
    figure, axes = canvas(0.5 + 2.05 * len(names), rows=len(names), sharex=True)
    for index, (axis, item) in enumerate(zip(axes, names, strict=True)):
        likert_bars(axis, data[data["item"] == item], row="actor", labels=wrapped(actors, edition), edition=edition)
        if index and (legend := axis.get_legend()):
            legend.remove()
        axis.set_title(items[item][edition], pad=22 if index == 0 else 6)
    return figure


def knowledge(data: pd.DataFrame, edition: Edition, *, actors: Labels, items: Labels) -> Canvas:
    """Draw the shares agreeing with two items by actor, each with its interval.

    ``data``: ``item``, ``actor``, ``estimate``, ``low``, ``high``.
    """
    figure, (axis,) = canvas(3.4)
    present = [actor for actor in actors if (data["actor"] == actor).any()]
    labels = [wrapped(actors, edition)[str(actor)] for actor in present]
    looks = zip(items, (ACCENT, WARM), ("o", "s"), (0.16, -0.16), strict=True)
    for item, colour, marker, offset in looks:
        part = data[data["item"] == item].set_index("actor").reindex(present).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker, offset=offset)
        _hidden(axis, part, offset)
        axis.plot([], [], color=colour, marker=marker, label=items[item][edition])
    finish(axis, edition)
    return figure


def caseload(data: pd.DataFrame, edition: Edition, *, rows: Labels) -> Canvas:
    """Draw the share who find the caseload manageable by workplace and position, both waves on one row.

    ``data``: ``row`` (``<workplace>`` or ``<workplace>/<actor>``), ``wave``, ``estimate``, ``low``, ``high``.
    """
    figure, (axis,) = canvas(3.3)
    present = [row for row in rows if (data["row"] == row).any()]
    labels = [fill(rows[row][edition], 32) for row in present]
    waves = sorted(data["wave"].unique())
    looks = zip(waves[-2:], (MUTED, ACCENT)[-len(waves) :], ("s", "o")[-len(waves) :], (0.16, -0.16), strict=False)
    for wave, colour, marker, offset in looks:
        part = data[data["wave"] == wave].set_index("row").reindex(present).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker, offset=offset)
        _hidden(axis, part, offset)
        axis.plot([], [], color=colour, marker=marker, label=str(wave))
    for tick, row in zip(axis.get_yticklabels(), present, strict=True):
        tick.set_fontweight(400 if "/" in str(row) else 600)
    finish(axis, edition)
    axis.set_xlabel(
        {"sv": "Andel som anser att ärendemängden är rimlig", "en": "Share who find the caseload manageable"}[edition]
    )
    return figure


def between_chairs(data: pd.DataFrame, edition: Edition, *, codes: Labels) -> Canvas:
    """Draw how many segments each municipality's interviews hold on two codes, side by side.

    ``data``: ``municipality`` (str), ``code``, ``n`` (missing where suppressed), in the order of drawing from the top.
    """
    names = list(ends(data.drop_duplicates("municipality"))["municipality"])
    figure, axes = canvas(max(0.75 + 0.24 * len(names), 2.4), columns=2, sharey=True, sharex=True)
    say_ends(axes[0], data["municipality"].nunique(), edition)
    rows = np.arange(len(names))[::-1]
    for axis, (code, colour) in zip(axes, zip(codes, (ACCENT, WARM), strict=True), strict=True):
        counts = data[data["code"] == code].set_index("municipality")["n"].reindex(names)
        axis.barh(rows, counts.astype("Float64").fillna(0).astype(float), height=0.66, color=colour)
        for row, count in zip(rows, counts, strict=True):
            text, tone = ("..", MUTED) if pd.isna(count) else (number(int(count), edition), INK)
            axis.text(0.2 if pd.isna(count) else int(count) + 0.2, row, text, va="center", fontsize=8, color=tone)
        axis.set_title(fill(codes[code][edition], 28))
        axis.set_yticks(rows, names)
        axis.set_xlabel({"sv": "Kodade segment", "en": "Coded segments"}[edition])
        axis.margins(x=0.12)
        axis.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        number_axis(axis, "x", edition)
    return figure


def finish(axis: Axes, edition: Edition) -> None:
    """Give an axis of shares its scale from 0 to 100 % with the half marked, and its legend a line above."""
    axis.set_xlim(0, 1)
    axis.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    percent_axis(axis, "x", edition)
    axis.set_xlabel({"sv": "Andel som instämmer", "en": "Share agreeing"}[edition])
    axis.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)


def _hidden(axis: Axes, part: pd.DataFrame, offset: float) -> None:
    """Write two dots on the rows that disclosure control hides."""
    for place, value in zip(np.arange(len(part))[::-1] + offset, part["estimate"], strict=True):
        if pd.isna(value):
            axis.text(0.01, place, "..", va="center", color=MUTED)
