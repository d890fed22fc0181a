"""How the knowledge review's figures are drawn."""

import textwrap
from collections.abc import Mapping
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch

from report_engine.drawing.charts import heat
from report_engine.drawing.style import ACCENT, FAINT, INK, MUTED, WARM, canvas, year_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

RESULT_KINDS: Mapping[str, Text] = {
    "tested": {"sv": "prövar vad aktivering leder till", "en": "tests what activation leads to"},
    "descriptive": {"sv": "beskrivande", "en": "descriptive"},
    "not_read": {"sv": "resultatet inte läst", "en": "result not read"},
}


def themes(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the number of studies by theme and direction as a heat map, largest theme first."""
    rows = data[f"theme_{edition}"].drop_duplicates().tolist()
    columns = data[f"direction_{edition}"].drop_duplicates().tolist()
    counts = data.pivot(index=f"theme_{edition}", columns=f"direction_{edition}", values="studies").loc[rows, columns]
    texts = counts.map(lambda n: number(n, edition) if n else "")
    figure, (axis,) = canvas(0.7 + 0.33 * len(rows), grid="none")
    heat(axis, counts.where(counts > 0), texts, low=0, high=max(1, int(data["studies"].max())))
    axis.xaxis.tick_top()
    axis.set_xticks(axis.get_xticks(), [_fold(name, 14) for name in columns])
    axis.tick_params(axis="x", rotation=0, pad=2)
    return figure


def timeline(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw every study as a point: year across, theme down; its shape tells what kind of result it has."""
    rows = data[f"theme_{edition}"].drop_duplicates().tolist()
    figure, (axis,) = canvas(1.0 + 0.36 * len(rows), grid="both")
    points = {
        "tested": partial(axis.scatter, marker="o", s=46, color=ACCENT),
        "descriptive": partial(axis.scatter, marker="o", s=40, facecolor="white", edgecolor=ACCENT, linewidth=1.4),
        "not_read": partial(axis.scatter, marker="x", s=30, color=MUTED, linewidth=1.3),
    }
    shifted = data.assign(row=data[f"theme_{edition}"].map({name: place for place, name in enumerate(rows)}))
    together = shifted.groupby(["year", "row"])
    shifted["y"] = shifted["row"] + (together.cumcount() - (together["row"].transform("size") - 1) / 2) * 0.3
    for kind, words in RESULT_KINDS.items():
        part = shifted[shifted["result"] == kind]
        points[kind](part["year"], part["y"], label=words[edition], zorder=3)
    axis.set_yticks(range(len(rows)), rows)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    year_axis(axis, data["year"].tolist())
    axis.legend(loc="lower right", bbox_to_anchor=(1, 1.0), ncols=3, handletextpad=0.2, borderaxespad=0.2)
    return figure


BOX = (1.55, 0.86)  # width and height of a box in the diagram's units (inches)


def tracks(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the two tracks as rows of boxes with arrows; places and words stand in the frame."""
    figure, (axis,) = canvas(3.5, grid="none")
    boxes = data[data["kind"] == "box"].set_index("id")
    for kind, colour in (("state", ACCENT), ("municipal", WARM)):
        row = boxes[boxes["track"] == kind]
        outside = 0.6 if kind == "state" else -0.6
        axis.text(
            row["x"].min(), row["y"].max() + outside, _lane(data, kind, edition), color=colour, weight=600, va="center"
        )
    for box in boxes.itertuples():
        colour = {"state": ACCENT, "municipal": WARM}.get(box.track, INK)
        axis.add_patch(
            FancyBboxPatch(
                (box.x, box.y - BOX[1] / 2),
                *BOX,
                boxstyle="round,pad=0,rounding_size=0.06",
                facecolor="white" if box.track != "both" else FAINT,
                edgecolor=colour,
                linewidth=1.3,
            )
        )
        words = _fold(getattr(box, f"label_{edition}"), 19)
        axis.text(box.x + BOX[0] / 2, box.y, words, ha="center", va="center", fontsize=8.5, linespacing=1.25)
    for arrow in data[data["kind"] == "arrow"].itertuples():
        _arrow(axis, boxes.loc[arrow.source], boxes.loc[arrow.target], getattr(arrow, f"label_{edition}"))
    axis.set(xlim=(-0.03, 7.0), ylim=(-0.75, 2.9), aspect="equal")
    axis.set_axis_off()
    return figure


def _lane(data: pd.DataFrame, kind: str, edition: Edition) -> str:
    return str(data.loc[(data["kind"] == "lane") & (data["id"] == kind), f"label_{edition}"].iloc[0])


def _arrow(axis: Axes, source: pd.Series, target: pd.Series, words: str) -> None:
    """Draw an arrow between the facing sides of two boxes; across the tracks it is dashed and says why people cross."""
    same = source["track"] == target["track"] or target["track"] == "both"
    if same:
        ends = (source["x"] + BOX[0], source["y"]), (target["x"], target["y"])
        if target["track"] == "both":
            ends = (ends[0], (target["x"], target["y"] + 0.28 * (1 if source["y"] > target["y"] else -1)))
    else:
        down = source["y"] > target["y"]
        side = BOX[1] / 2 * (-1 if down else 1)
        ends = (source["x"] + BOX[0] / 2, source["y"] + side), (target["x"] + BOX[0] / 2, target["y"] - side)
    axis.annotate(
        "",
        ends[1],
        ends[0],
        arrowprops={
            "arrowstyle": "-|>",
            "color": INK if same else MUTED,
            "linewidth": 1.2,
            "linestyle": "-" if same else (0, (4, 2)),
            "shrinkA": 1,
            "shrinkB": 1,
        },
    )
    if words:
        middle = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
        axis.text(
            middle[0] + 0.1,
            middle[1],
            _fold(words, 22),
            va="center",
            fontsize=7.5,
            color=MUTED,
            linespacing=1.2,
        )


def reasons(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw how often each reason is voiced, by actor: colour for the share of the actor's segments, number in the cell."""
    rows = data[f"name_{edition}"].drop_duplicates().tolist()
    columns = data[f"actor_{edition}"].drop_duplicates().tolist()
    wide = data.pivot(index=f"name_{edition}", columns=f"actor_{edition}")
    shares, counts = (wide[key].loc[rows, columns] for key in ("share", "n"))
    texts = counts.map(lambda n: ".." if pd.isna(n) else number(n, edition))
    figure, (axis,) = canvas(0.9 + 0.42 * len(rows), grid="none")
    heat(axis, shares.astype("float64"), texts, low=0, high=max(0.01, float(data["share"].max())))
    axis.xaxis.tick_top()
    axis.set_xticks(axis.get_xticks(), [_fold(name, 18) for name in columns], fontsize=8)
    axis.set_yticks(axis.get_yticks(), [_fold(name, 18) for name in rows])
    axis.tick_params(axis="x", rotation=0, pad=2)
    return figure


def _fold(words: str, width: int) -> str:
    """Break words into lines, never inside a word."""
    return textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False)
