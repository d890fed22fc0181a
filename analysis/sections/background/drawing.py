"""How the background's figures are drawn."""

from collections.abc import Mapping
from typing import Any

import matplotlib.transforms as transforms
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from report_engine.drawing.charts import dumbbell, ends, lines, say_ends
from report_engine.drawing.placing import spread
from report_engine.drawing.style import ACCENT, GREY, INK, MUTED, WARM, canvas, number_axis, year_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

Labels = Mapping[Any, Text]

SERIES_COLOURS = {"cost": ACCENT, "participants": WARM, "unemployment": MUTED}
SERIES_MARKERS = {"cost": "o", "participants": "s", "unemployment": "^"}
POINT_MARKERS = {"lower_bound": "^", "presentation": "s", "accounts": "D"}


def net_cost_real(data: pd.DataFrame, edition: Edition, *, words: Labels, bases: Labels) -> Canvas:
    """Draw the municipalities' real net cost as a line and the published national points beside it.

    ``data`` is ``net_cost_panels``; ``words`` are titles and notes, ``bases`` what the national points rest on.
    """
    figure, (left, right) = canvas(3.3, columns=2, grid="y", widths=(1.2, 1))
    studied = data[data["panel"] == "studied"]
    _studied_line(left, studied, words, edition)
    left.set_title(words["studied"][edition])
    _national_points(right, data[data["panel"] == "national"], bases, edition)
    right.set_title(words["national"][edition])
    return figure


def _studied_line(axis: Axes, studied: pd.DataFrame, words: Labels, edition: Edition) -> None:
    values = studied["net_cost_real_tkr"] / 1_000
    for _, part in studied.groupby("basis"):  # no line from made-up years to a measured one
        axis.plot(part["year"], part["net_cost_real_tkr"] / 1_000, color=ACCENT)
    for (basis, status), part in studied.groupby(["basis", "price_status"]):
        axis.plot(
            part["year"],
            part["net_cost_real_tkr"] / 1_000,
            linestyle="",
            marker="D" if basis == "official" else "o",
            markersize=8 if basis == "official" else 4.5,
            color=ACCENT,
            markerfacecolor="white" if status == "preliminary" else ACCENT,
        )
    axis.set_ylim(0, values.max() * 1.3)
    for place in (0, -1):
        at = (int(studied["year"].iloc[place]), float(values.iloc[place]))
        _above(axis, at, number(at[1], edition), 8, color=ACCENT, weight=600)
    last = studied.iloc[-1]
    if note := words.get(f"{last['basis']}_{last['price_status']}"):
        at = (int(last["year"]), float(values.iloc[-1]))
        _above(axis, at, note[edition], 21, color=MUTED, fontsize=8, ha="right")
    number_axis(axis, "y", edition)
    year_axis(axis, studied["year"].tolist())


def _above(axis: Axes, at: tuple[float, float], words: str, points: float, **style: Any) -> None:
    """Write words above a point, ``points`` typographic points away."""
    style = {"ha": "center", **style}
    axis.annotate(words, at, (6 if style["ha"] == "right" else 0, points), textcoords="offset points", **style)


def _national_points(axis: Axes, points: pd.DataFrame, bases: Labels, edition: Edition) -> None:
    for place, point in enumerate(points.itertuples()):
        value = point.net_cost_real_tkr / 1_000_000
        hollow = point.price_status == "preliminary" or point.basis == "lower_bound"
        axis.plot(
            point.year,
            value,
            linestyle="",
            marker=POINT_MARKERS.get(point.basis, "o"),
            markersize=7,
            color=WARM if point.basis == "presentation" else INK,
            markerfacecolor="white" if hollow else None,
        )
        word = bases[point.basis][edition] if point.basis in bases else point.basis
        # Above, below, above, further below: neighbours' labels get out of each other's way.
        away = (9, -10, 9, -36)[place % 4]
        axis.annotate(
            f"{point.year} {word}\n{number(value, edition, 1)}",
            (point.year, value),
            (0, away),
            textcoords="offset points",
            ha="center",
            va="bottom" if away > 0 else "top",
            fontsize=8,
            color=INK,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkB": 5} if away < -10 else None,
        )
    years = points["year"].tolist()
    year_axis(axis, years)
    axis.set_xlim(min(years) - 2.2, max(years) + 2.2)
    axis.set_ylim(0, points["net_cost_real_tkr"].max() / 1_000_000 * 1.3)
    number_axis(axis, "y", edition)


def index(data: pd.DataFrame, edition: Edition, *, series: Labels, title: Text) -> Canvas:
    """Draw the index series (``index_lines``) with their labels at the end of the lines."""
    figure, (axis,) = canvas(3.4, grid="y")
    axis.axhline(100, color=GREY, linewidth=0.8)
    lines(
        axis,
        data,
        x="year",
        y="index",
        series="series",
        labels={key: text[edition] for key, text in series.items()},
        colours=SERIES_COLOURS,
        markers=SERIES_MARKERS,
        label_gap=0.13,
    )
    axis.set_title(title[edition])
    number_axis(axis, "y", edition)
    year_axis(axis, sorted(set(data["year"])))
    return figure


def per_inhabitant(data: pd.DataFrame, edition: Edition, *, axis_label: Text) -> Canvas:
    """Draw each municipality's cost per inhabitant in the first and the last year (``inhabitant_change``) as a dumbbell."""
    total, data = len(data), ends(data)
    figure, (axis,) = canvas(0.9 + 0.27 * len(data))
    say_ends(axis, total, edition)
    names = str(data["first_year"].iloc[0]), str(data["last_year"].iloc[0])
    dumbbell(axis, data, first="first", last="last", labels=list(data["municipality"]), names=names)
    for row, item in enumerate(data.iloc[::-1].itertuples()):
        right = item.last >= item.first
        axis.annotate(
            number(item.last, edition),
            (item.last, row),
            (7 if right else -7, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=8,
        )
    right = data[["first", "last"]].max().max() * 1.1
    beside = data.loc[data["last"] < data["first"], "last"]  # a number at the left of its dot needs room there
    axis.set_xlim(min(0, beside.min() - right / 12) if len(beside) else 0, right)
    axis.set_xlabel(axis_label[edition])
    number_axis(axis, "x", edition)
    return figure


def cost_per_participant(data: pd.DataFrame, edition: Edition, *, title: Text, everyone: Text) -> Canvas:
    """Draw each municipality's cost per participant (``participant_costs``) thinly and that of all together boldly."""
    figure, (axis,) = canvas(3.4, grid="y")
    ends = []
    for code, part in data[data["series"] == "municipality"].groupby("municipality_code", sort=True):
        axis.plot(part["year"], part["sek"] / 1_000, color=GREY, linewidth=0.9, zorder=1)
        ends.append((float(part["sek"].iloc[-1]) / 1_000, part["municipality"].iloc[-1], code))
    together = data[data["series"] == "all"]
    axis.plot(
        together["year"], together["sek"] / 1_000, color=ACCENT, marker="o", markersize=4, linewidth=2.4, zorder=3
    )
    labelled = [(*end[:2], MUTED) for end in (min(ends), max(ends))] if len(ends) > 1 else []
    whole = everyone[edition] if len(ends) > 1 else ends[0][1]
    labelled.append((float(together["sek"].iloc[-1]) / 1_000, whole, ACCENT))
    axis.set_ylim(0, data["sek"].max() / 1_000 * 1.08)
    places = spread([value for value, *_ in labelled], axis.get_ylim()[1] * 0.06)
    beside = transforms.blended_transform_factory(axis.transAxes, axis.transData)
    for (value, name, colour), place in zip(labelled, places, strict=True):
        axis.annotate(
            f"{name} {number(value, edition)}",
            (1.0, place),
            xycoords=beside,
            va="center",
            color=colour,
            weight=600 if colour == ACCENT else 400,
            annotation_clip=False,
        )
    axis.set_title(title[edition])
    number_axis(axis, "y", edition)
    year_axis(axis, sorted(set(data["year"])))
    return figure
