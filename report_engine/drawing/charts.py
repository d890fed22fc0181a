"""Chart forms that several sections share; each draws on given axes and returns nothing."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from report_engine.drawing.placing import spread
from report_engine.drawing.style import (
    ACCENT,
    FAINT,
    INK,
    LIKERT_COLOURS,
    MUTED,
    PALETTE,
    WARM,
    is_narrow,
    percent_axis,
)
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import percent
from report_engine.words.report import say_in

SEQUENTIAL = LinearSegmentedColormap.from_list("report_sequential", ["#f4f7f8", "#7fb0bd", ACCENT])
DIVERGING = LinearSegmentedColormap.from_list("report_diverging", [WARM, "#f2d3c0", "#f4f5f6", "#bcd6dc", ACCENT])


MOST_ROWS = 40
"""Rows that a figure of one row a municipality can have and still fit a page."""


def ends(frame: pd.DataFrame, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return a ranked frame as it is, or where it has more than ``most`` rows those at both ends, half of them each."""
    return frame if len(frame) <= most else pd.concat([frame.head(most // 2), frame.tail(most // 2)])


def say_ends(axis: Axes, total: int, edition: Edition, most: int = MOST_ROWS) -> None:
    """Write beside the axis that only the ends of a ranking of ``total`` rows are drawn, if that is so."""
    if total > most:
        words = say_in("drawing.ends", edition, half=most // 2, total=total)
        axis.set_ylabel(words, fontsize=8, color=MUTED)


def lines(
    axis: Axes,
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    labels: Mapping[str, str],
    colours: Mapping[str, str] | None = None,
    markers: Mapping[str, str] | None = None,
    label_gap: float = 0.06,
) -> None:
    """Draw one line a series, each labelled at its last point instead of in a legend.

    ``frame`` is long (``x`` numeric, ``y`` float with NA for missing, ``series`` str); series come in the order of ``labels``;
    ``label_gap`` is the least distance of two labels as a share of the axis' height.
    """
    present = [key for key in labels if (frame[series] == key).any()]
    ends = []
    for index, key in enumerate(present):
        part = frame.loc[frame[series] == key].dropna(subset=[y]).sort_values(x, kind="stable")
        colour = (colours or {}).get(key, PALETTE[index % len(PALETTE)])
        axis.plot(part[x], part[y], color=colour, marker=(markers or {}).get(key, "o"), markersize=4)
        ends.append((float(part[x].iloc[-1]), float(part[y].iloc[-1]), labels[key], colour))
    low, high = axis.get_ylim()
    places = spread([end[1] for end in ends], (high - low) * label_gap)
    right = max(end[0] for end in ends)
    span = right - float(frame[x].min())
    for (_, _, label, colour), place in zip(ends, places, strict=True):
        axis.annotate(
            label, (right + span * 0.02, place), color=_dark(colour), va="center", ha="left", annotation_clip=False
        )


def dots_with_interval(
    axis: Axes,
    frame: pd.DataFrame,
    *,
    labels: Sequence[str],
    colour: str | Sequence[str] = ACCENT,
    marker: str | Sequence[str] = "o",
    offset: float = 0.0,
) -> None:
    """Draw estimates with their intervals, one row a label from top to bottom.

    ``frame`` has ``estimate``, ``low``, ``high`` (float; NA where suppressed) in the order of ``labels``; ``offset`` shifts
    the rows so that two groups can share one axis.
    """
    rows = np.arange(len(labels))[::-1] + offset
    for index, (row, item) in enumerate(zip(rows, frame.itertuples(), strict=True)):
        if pd.isna(item.estimate):
            continue
        shade = colour if isinstance(colour, str) else colour[index]
        shape = marker if isinstance(marker, str) else marker[index]
        axis.plot([item.low, item.high], [row, row], color=shade, linewidth=1.6, solid_capstyle="butt")
        axis.plot(item.estimate, row, marker=shape, color=shade, markersize=7, markeredgecolor="white")
    axis.set_yticks(np.arange(len(labels))[::-1], labels)
    axis.set_ylim(-0.6, len(labels) - 0.4)


def likert_bars(
    axis: Axes,
    frame: pd.DataFrame,
    *,
    row: str,
    labels: Mapping[str, str],
    answers: Mapping[int, Text],
    edition: Edition,
) -> None:
    """Draw answers 1–5 as bars that add up to 100 %, one bar a row.

    ``frame`` is long: ``row`` (str), ``answer`` (int 1–5), ``share`` (0–1, NA where suppressed), ``n``, and where it has a
    boolean ``merged``, a merged 2 stands for 1 and 2 together and a merged 4 for 4 and 5 (drawn hatched). The shares
    disagreeing and agreeing stand at the ends; n stands in the label; the legend, of ``answers``, is one line above.
    """
    keys = [key for key in labels if (frame[row] == key).any()]
    names = []
    for place, key in enumerate(reversed(keys)):
        part = frame.loc[frame[row] == key].set_index("answer")
        share = part["share"].reindex(range(1, 6))
        merged = {2: 1, 4: 5} if "merged" in part else {}
        merged = {inner: outer for inner, outer in merged.items() if inner in part.index and part.at[inner, "merged"]}
        share[list(merged.values())] = 0.0
        count = part["n"].iloc[0]
        names.append(f"{labels[key]} (n = {'..' if pd.isna(count) else int(count)})")
        if share.isna().any():
            axis.text(0.5, place, "..", ha="center", va="center", color=MUTED)
            continue
        left = 0.0
        axis.text(-0.01, place, percent(share[1] + share[2], edition), ha="right", va="center", fontsize=8)
        for answer in range(1, 6):
            shade, stripe = LIKERT_COLOURS[answer], LIKERT_COLOURS[merged.get(answer, answer)]
            hatch = "////" if answer in merged else None
            axis.barh(place, share[answer], left=left, height=0.66, facecolor=shade, edgecolor=stripe, hatch=hatch)
            left += share[answer]
        axis.text(left + 0.01, place, percent(share[4] + share[5], edition), ha="left", va="center", fontsize=8)
    axis.set_yticks(range(len(keys)), names)
    axis.set_xlim(-0.09, 1.09)
    axis.set_xticks([0, 0.25, 0.5, 0.75, 1])
    percent_axis(axis, "x", edition)
    likert_legend(axis, [answers[answer][edition] for answer in range(1, 6)])


def likert_legend(axis: Axes, answers: Sequence[str]) -> None:
    """Write the five answers with their colours in one line above the axes."""
    handles = [axis.barh(0, 0, color=LIKERT_COLOURS[answer]) for answer in range(1, 6)]
    axis.legend(
        handles,
        answers,
        loc="lower right",  # there is room to the left, above the labels
        bbox_to_anchor=(1.0, 1.0),
        ncols=5,
        fontsize=8,
        handlelength=1,
        handleheight=1,
        columnspacing=1.0,
        handletextpad=0.4,
    )


def stacked_bars(
    axis: Axes, frame: pd.DataFrame, *, labels: Mapping[str, str], colours: Mapping[str, str], edition: Edition
) -> None:
    """Draw horizontal bars that add up to 100 %, one a row of ``frame``, from top to bottom.

    ``frame`` is wide: the index holds the row labels, one float column (share 0–1) a part, in the order of ``labels``.
    Parts of at least 8 % carry their value.
    """
    rows = np.arange(len(frame))[::-1]
    left = np.zeros(len(frame))
    for key, label in labels.items():
        values = frame[key].to_numpy(dtype=float)
        axis.barh(rows, values, left=left, height=0.72, color=colours[key], label=label)
        for row, start, value in zip(rows, left, values, strict=True):
            if value >= (0.12 if is_narrow(axis) else 0.08):
                text = percent(value, edition)
                axis.text(start + value / 2, row, text, ha="center", va="center", fontsize=7.5, color=on(colours[key]))
        left = left + np.nan_to_num(values)
    axis.set_yticks(rows, list(frame.index))
    axis.set_xlim(0, 1)
    axis.set_ylim(-0.6, len(frame) - 0.4)
    percent_axis(axis, "x", edition)
    axis.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=3,
        fontsize=8,
        handlelength=1,
        handleheight=1,
        borderaxespad=0.2,
    )


def heat(
    axis: Axes, frame: pd.DataFrame, texts: pd.DataFrame, *, low: float, high: float, diverging: bool = False
) -> None:
    """Draw a heat map with seaborn: ``frame`` holds the values (index = rows, NA left grey), ``texts`` what each cell says."""
    values = frame.astype(float)
    colours = DIVERGING if diverging else SEQUENTIAL
    if is_narrow(axis):
        _strips(axis, values, colours, low, high)
    else:
        sns.heatmap(values, ax=axis, cmap=colours, vmin=low, vmax=high, cbar=False, linewidths=1.5, linecolor="white")
    for (row, column), value in np.ndenumerate(values.to_numpy()):
        shade = MUTED if np.isnan(value) else on(to_hex(colours((value - low) / (high - low) if high > low else 0.0)))
        text = texts.iat[row, column]
        axis.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=shade, fontsize=8.5)
    axis.set(xlabel="", ylabel="")
    axis.tick_params(axis="both", length=0)
    axis.tick_params(axis="y", rotation=0)
    if not is_narrow(axis):
        axis.set_facecolor(FAINT)


def _strips(axis: Axes, values: pd.DataFrame, colours: LinearSegmentedColormap, low: float, high: float) -> None:
    """Draw each row of a heat map as a strip of cells, which leaves room for its label above it."""
    for (row, column), value in np.ndenumerate(values.to_numpy()):
        shade = FAINT if np.isnan(value) else colours((value - low) / (high - low) if high > low else 0.0)
        axis.barh(row + 0.5, 1, left=column, height=0.8, color=shade, edgecolor="white", linewidth=1.5)
    rows, across = values.shape
    axis.set(xlim=(0, across), ylim=(rows, 0))
    axis.set_xticks(np.arange(across) + 0.5, list(values.columns))
    axis.set_yticks(np.arange(rows) + 0.5, list(values.index))
    axis.spines["bottom"].set_visible(False)


def dumbbell(
    axis: Axes,
    frame: pd.DataFrame,
    *,
    first: str,
    last: str,
    labels: Sequence[str],
    names: tuple[str, str],
) -> None:
    """Draw the values of two points in time as open and filled dots on one row a label, from top to bottom."""
    rows = np.arange(len(labels))[::-1]
    axis.hlines(rows, frame[first], frame[last], color=FAINT, linewidth=2.5, zorder=1)
    axis.scatter(frame[first], rows, s=38, facecolor="white", edgecolor=ACCENT, linewidth=1.4, label=names[0], zorder=2)
    axis.scatter(frame[last], rows, s=38, color=ACCENT, label=names[1], zorder=3)
    axis.set_yticks(rows, labels)
    axis.set_ylim(-0.6, len(labels) - 0.4)
    axis.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, handletextpad=0.2, borderaxespad=0.2)


def on(colour: str) -> str:
    """Return the text colour (dark or white) that reads best on ``colour`` (hex), by WCAG's relative luminance."""
    return "white" if _luminance(colour) < 0.3 else INK


def _dark(colour: str) -> str:
    """Return ``colour`` if text in it reads on white (contrast of at least 4.5), else the ink."""
    return colour if 1.05 / (_luminance(colour) + 0.05) >= 4.5 else INK


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
