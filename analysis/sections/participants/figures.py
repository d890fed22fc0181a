"""How the figures on participants are drawn."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from analysis.charts import wrapped
from report_engine.drawing.charts import dots_with_interval, likert_bars
from report_engine.drawing.style import ACCENT, MUTED, WARM, canvas, layout, percent_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

Labels = Mapping[Any, Text]


def answers(data: pd.DataFrame, edition: Edition, *, items: Labels) -> Canvas:
    """Draw participants' answers, one diverging bar an item in the order of ``items``.

    ``data``: ``survey_items.likert_cells`` (``item``, ``answer``, ``merged``, ``share``, ``n``).
    """
    figure, (axis,) = canvas(3.9)
    likert_bars(axis, data, row="item", labels=wrapped(items, edition), edition=edition)
    return figure


def by_age(data: pd.DataFrame, edition: Edition, *, items: Labels, ages: Labels) -> Canvas:
    """Draw the share agreeing by age group, one panel an item, with intervals.

    ``data``: ``item``, ``age_group``, ``estimate``, ``low``, ``high``.
    """
    names = [item for item in items if (data["item"] == item).any()]
    rows = -(-len(names) // 2)
    figure, axes = canvas(0.35 + 1.55 * rows, rows=rows, columns=2, sharex=True, sharey=True)
    layout(figure).set(wspace=0.08)
    labels = [text[edition] for text in ages.values()]
    for index, (axis, item) in enumerate(zip(axes, names, strict=False)):
        part = data[data["item"] == item].set_index("age_group").reindex(list(ages)).reset_index()
        dots_with_interval(axis, part, labels=labels)
        _hidden(axis, part)
        axis.set_title(fill(items[item][edition], 30))
        axis.set_xlim(0, 1)
        axis.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        percent_axis(axis, "x", edition)
        if index >= len(names) - 2:
            axis.set_xlabel({"sv": "Andel som instämmer", "en": "Share agreeing"}[edition])
    for axis in axes[len(names) :]:
        axis.set_visible(False)
    return figure


def contentment(data: pd.DataFrame, edition: Edition, *, whom: Labels) -> Canvas:
    """Draw whom participants are content with: shares in the survey, mean stance in the interviews.

    ``data``: ``whom``, ``stream`` (survey, interviews), ``estimate``, ``low``, ``high``, ``n``.
    """
    figure, (left, right) = canvas(2.5, columns=2, sharey=True)
    layout(figure).set(wspace=0.08)
    labels = [text[edition] for text in whom.values()]
    for axis, stream, colour, marker in ((left, "survey", ACCENT, "o"), (right, "interviews", WARM, "s")):
        part = data[data["stream"] == stream].set_index("whom").reindex(list(whom)).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker)
        for place, row in zip(np.arange(len(part))[::-1], part.itertuples(), strict=True):
            at = {"survey": 0.0, "interviews": -1.0}[stream] if pd.isna(row.estimate) else row.estimate
            count = ".." if pd.isna(row.n) else f"n = {number(int(row.n), edition)}"
            axis.annotate(count, (at, place), (0, 9), textcoords="offset points", ha="center", fontsize=8, color=MUTED)
    left.set_xlim(0, 1)
    left.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    percent_axis(left, "x", edition)
    left.set_title({"sv": "Enkäten: andel nöjda", "en": "Survey: share content"}[edition])
    right.set_xlim(-1, 1)
    right.axvline(0, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    right.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, edition, 1, signed=True)))
    right.set_title({"sv": "Intervjuerna: hållning i snitt", "en": "Interviews: mean stance"}[edition])
    right.set_xlabel(
        {"sv": "från kritisk (−1) till stödjande (+1)", "en": "from critical (−1) to supportive (+1)"}[edition]
    )
    return figure


def _hidden(axis: Axes, part: pd.DataFrame) -> None:
    """Write two dots on the rows that disclosure control hides."""
    for place, value in zip(np.arange(len(part))[::-1], part["estimate"], strict=True):
        if pd.isna(value):
            axis.text(0.01, place, "..", va="center", color=MUTED)
