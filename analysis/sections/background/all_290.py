"""How all municipalities are drawn: points in rows of their groups, those studied with their names."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from report_engine.drawing.placing import isotonic, swarm
from report_engine.drawing.style import GREY, INK, MUTED, WARM, canvas, is_narrow, number_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

# Dots of all municipalities: how large and how far apart, in points.
_DOT_POINTS = 3.4
_APART_POINTS = 3.6
_ROOM = 1.03  # of the axis up to the largest ratio: what names may take
_MOST_LARGE = 12  # studied municipalities of a row that are drawn larger than others


@dataclass(frozen=True)
class Room:
    """What the layout leaves: points across and of a row, and shares of a row to where dots end and names begin."""

    across: float
    row: float
    edge: float
    names: float

    def width(self, name: str) -> float:
        """Say how much of the axis a name takes, with air."""
        return (0.0105 * len(name) + 0.02) * WIDE.across / self.across


WIDE = Room(310.0, 38.0, 0.4, 0.42)
NARROW = Room(240.0, 66.0, 0.26, 0.29)


def draw(data: pd.DataFrame, edition: Edition, *, axis_label: Text) -> Canvas:
    """Draw every municipality (``all_municipalities``) as a point in the row of its group, those studied marked and named."""
    present = sorted(data["skr_group_code"].unique())
    shown = data.dropna(subset=["ratio"])
    figure, (axis,) = canvas(0.7 + 0.55 * len(present))
    room = NARROW if is_narrow(figure) else WIDE
    others = shown[~shown["studied"]]
    right = float(shown["ratio"].max())
    for row, group in enumerate(present):
        _dots(axis, others.loc[others["skr_group_code"] == group, "ratio"].tolist(), row, right, room)
        part = shown[shown["studied"] & (shown["skr_group_code"] == group)].sort_values("ratio", kind="stable")
        _named_points(axis, part, row, edition, right, room)
        median = float(shown.loc[shown["skr_group_code"] == group, "ratio"].median())
        axis.vlines(median, row - 0.36, row + 0.36, color=INK, linewidth=1.4, zorder=2)
    extreme = shown.loc[shown["ratio"].idxmax()]
    if not extreme["studied"]:
        place = present.index(extreme["skr_group_code"])
        axis.annotate(
            f"{extreme['municipality']} {number(extreme['ratio'], edition, 1)}",
            (extreme["ratio"], place),
            (0, 6),
            textcoords="offset points",
            ha="right",
            fontsize=8,
            color=MUTED,
        )
    names = data.groupby("skr_group_code")[f"skr_group_{edition}"].first()
    axis.set_yticks(range(len(present)), [_wrapped(names[group]) for group in present])
    axis.set_xlim(0, right * 1.04)
    axis.set_ylim(len(present) - 0.45, -0.75)
    axis.set(ylabel="")
    axis.set_xlabel(axis_label[edition])
    number_axis(axis, "x", edition, 1)
    return figure


def _dots(axis: Axes, ratios: list[float], row: int, right: float, room: Room, colour: str = GREY) -> None:
    """Draw the municipalities of one row as dots, moved up or down where they would touch."""
    moved = swarm([ratio / right * room.across for ratio in ratios], _APART_POINTS)
    rows = [row + min(max(points / room.row, -room.edge), room.edge) for points in moved]
    axis.scatter(ratios, rows, s=_DOT_POINTS**2, color=colour, zorder=1 if colour == GREY else 4)


def _named_points(axis: Axes, part: pd.DataFrame, row: int, edition: Edition, right: float, room: Room) -> None:
    """Mark the studied municipalities of one row and write their names above it, moved apart where they would touch.

    Where there is not room for all names, those at both ends have theirs.
    """
    if part.empty:
        return
    if len(part) > _MOST_LARGE:
        _dots(axis, part["ratio"].tolist(), row, right, room, WARM)
    else:
        axis.scatter(part["ratio"], [row] * len(part), s=46, color=WARM, edgecolor="white", linewidth=0.8, zorder=4)
    named = _fitting(part, room)
    widths = [room.width(name) * right for name in named["municipality"]]
    places = _apart(list(named["ratio"]), widths, right * _ROOM)
    for (name, ratio), place in zip(named[["municipality", "ratio"]].itertuples(index=False), places, strict=True):
        axis.plot([ratio, place], [row - 0.08, row - room.names], color=WARM, linewidth=0.6, zorder=3)
        axis.text(place, row - room.names - 0.01, name, ha="center", va="bottom", fontsize=8, color=INK, zorder=5)


def _fitting(part: pd.DataFrame, room: Room) -> pd.DataFrame:
    """Return the rows whose names fit side by side, taken from both ends in turn; where there are many, two at each end."""
    if len(part) > _MOST_LARGE:
        return part.iloc[[0, 1, -2, -1]]
    order = [at for pair in zip(range(len(part)), reversed(range(len(part))), strict=True) for at in pair]
    kept: set[int] = set()
    for at in dict.fromkeys(order):
        if sum(room.width(part["municipality"].iloc[each]) for each in (*kept, at)) > _ROOM:
            break
        kept.add(at)
    return part.iloc[sorted(kept)]


def _apart(positions: list[float], widths: list[float], right: float) -> list[float]:
    """Move the middles of labels (in rising order) apart so that none overlaps the next or leaves the axes (0 to ``right``)."""
    # Taking the widths before it from each position turns «no overlap» into «not falling».
    before = [sum(widths[:place]) + width / 2 for place, width in enumerate(widths)]
    free = isotonic([position - start for position, start in zip(positions, before, strict=True)])
    room = max(0.0, right - sum(widths))
    return [min(max(place, 0.0), room) + start for place, start in zip(free, before, strict=True)]


def _wrapped(name: str) -> str:
    """Break a long group name once, near its middle."""
    if len(name) <= 24:
        return name
    words = name.split(" ")
    cuts = range(1, len(words))
    best = min(cuts, key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return " ".join(words[:best]) + "\n" + " ".join(words[best:])
