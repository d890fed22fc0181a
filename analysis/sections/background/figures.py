"""How the background's figures are drawn."""

from collections.abc import Mapping
from typing import Any

import matplotlib.transforms as transforms
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from report_engine.drawing.charts import dumbbell, ends, lines, say_ends
from report_engine.drawing.placing import isotonic, spread, swarm
from report_engine.drawing.style import ACCENT, GREY, INK, MUTED, WARM, canvas, number_axis, year_axis
from report_engine.results.tables import ORIGIN_WORDS
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

SERIES: Mapping[str, Text] = {
    "cost": {"sv": "Nettokostnad,\nfasta priser", "en": "Net cost,\nconstant prices"},
    "participants": {"sv": "Deltagare", "en": "Participants"},
    "unemployment": {"sv": "Arbetslöshet,\nriket", "en": "Unemployment,\nwhole country"},
}
LABELS: Mapping[str, Mapping[str, Text]] = {
    "series": {
        **SERIES,
        "all": {"sv": "Kommunerna tillsammans", "en": "The municipalities together"},
        "municipality": {"sv": "Kommun", "en": "Municipality"},
    },
    "panel": {
        "studied": {"sv": "Kommunerna i studien", "en": "The municipalities of the study"},
        "national": {"sv": "Hela landet", "en": "The whole country"},
    },
    "basis": {**ORIGIN_WORDS},
}
"""What codes in the figures' data are called."""

SERIES_COLOURS = {"cost": ACCENT, "participants": WARM, "unemployment": MUTED}
SERIES_MARKERS = {"cost": "o", "participants": "s", "unemployment": "^"}

# What the national points rest on, in as few words as fit beside a point.
POINT_WORDS: Mapping[str, Text] = {
    "lower_bound": {"sv": "minst", "en": "at least"},
    "presentation": {"sv": "presentationen", "en": "presentation"},
    "approximate": {"sv": "enkät, ca", "en": "survey, about"},
    "accounts": {"sv": "räkenskaper", "en": "accounts"},
}
POINT_MARKERS = {"lower_bound": "^", "presentation": "s", "accounts": "D"}

# Dots of all municipalities: how large, how far apart, and the room for them that the layout leaves, in points.
_DOT_POINTS = 3.4
_APART_POINTS = 3.6
_AXIS_POINTS = 310.0
_ROW_POINTS = 38.0
_ROW_EDGE = 0.4  # of a row: more dots than there is room for end there


def net_cost_real(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the municipalities' real net cost as a line and the published national points beside it."""
    figure, (left, right) = canvas(3.3, columns=2, grid="y", widths=(1.2, 1))
    studied = data[data["panel"] == "studied"]
    _studied_line(left, studied, edition)
    left.set_title({"sv": "De studerade kommunerna, mnkr", "en": "The municipalities studied, SEK million"}[edition])
    _national_points(right, data[data["panel"] == "national"], edition)
    right.set_title({"sv": "Riket, mdkr", "en": "The whole country, SEK billion"}[edition])
    return figure


def _studied_line(axis: Axes, studied: pd.DataFrame, edition: Edition) -> None:
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
    words = {
        ("official", "preliminary"): {"sv": "officiellt, prel. KPI", "en": "official, prelim. CPI"},
        ("official", "final"): {"sv": "officiellt", "en": "official"},
    }.get((last["basis"], last["price_status"]))
    if words:
        _above(
            axis, (int(last["year"]), float(values.iloc[-1])), words[edition], 21, color=MUTED, fontsize=8, ha="right"
        )
    number_axis(axis, "y", edition)
    year_axis(axis, studied["year"].tolist())


def _above(axis: Axes, at: tuple[float, float], words: str, points: float, **style: Any) -> None:
    """Write words above a point, ``points`` typographic points away."""
    style = {"ha": "center", **style}
    axis.annotate(words, at, (6 if style["ha"] == "right" else 0, points), textcoords="offset points", **style)


def _national_points(axis: Axes, points: pd.DataFrame, edition: Edition) -> None:
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
        word = POINT_WORDS.get(point.basis, {"sv": point.basis, "en": point.basis})[edition]
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


def index(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the three index series with their labels at the end of the lines."""
    figure, (axis,) = canvas(3.4, grid="y")
    axis.axhline(100, color=GREY, linewidth=0.8)
    lines(
        axis,
        data,
        x="year",
        y="index",
        series="series",
        labels={key: text[edition] for key, text in SERIES.items()},
        colours=SERIES_COLOURS,
        markers=SERIES_MARKERS,
        label_gap=0.13,
    )
    axis.set_title(f"Index, {data['base_year'].iloc[0]} = 100")
    number_axis(axis, "y", edition)
    year_axis(axis, sorted(set(data["year"])))
    return figure


def per_inhabitant(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw each municipality's cost per inhabitant in the first and the last year as a dumbbell."""
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
    axis.set_xlim(0, data[["first", "last"]].max().max() * 1.1)
    axis.set_xlabel({"sv": "Kronor per invånare, fasta priser", "en": "SEK per inhabitant, constant prices"}[edition])
    number_axis(axis, "x", edition)
    return figure


def all_290(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw every municipality as a point in the row of its group, those studied marked and named."""
    present = sorted(data["skr_group_code"].unique())
    shown = data.dropna(subset=["ratio"])
    figure, (axis,) = canvas(0.7 + 0.55 * len(present))
    others = shown[~shown["studied"]]
    right = float(shown["ratio"].max())
    for row, group in enumerate(present):
        _dots(axis, others.loc[others["skr_group_code"] == group, "ratio"].tolist(), row, right)
        part = shown[shown["studied"] & (shown["skr_group_code"] == group)].sort_values("ratio", kind="stable")
        _named_points(axis, part, row, edition, right)
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
    axis.set_xlabel(
        {
            "sv": "Kronor till arbetsmarknadsåtgärder per krona ekonomiskt bistånd\n(streck: gruppens median)",
            "en": "SEK on labour-market measures per SEK of social assistance\n(bar: median of the group)",
        }[edition]
    )
    number_axis(axis, "x", edition, 1)
    return figure


def _dots(axis: Axes, ratios: list[float], row: int, right: float) -> None:
    """Draw the municipalities of one row as dots, moved up or down where they would touch."""
    moved = swarm([ratio / right * _AXIS_POINTS for ratio in ratios], _APART_POINTS)
    rows = [row + min(max(points / _ROW_POINTS, -_ROW_EDGE), _ROW_EDGE) for points in moved]
    axis.scatter(ratios, rows, s=_DOT_POINTS**2, color=GREY, zorder=1)


def _named_points(axis: Axes, part: pd.DataFrame, row: int, edition: Edition, right: float) -> None:
    """Mark the studied municipalities of one row and write their names above it, moved apart where they would touch."""
    if part.empty:
        return
    axis.scatter(part["ratio"], [row] * len(part), s=46, color=WARM, edgecolor="white", linewidth=0.8, zorder=4)
    widths = [(0.0105 * len(name) + 0.02) * right for name in part["municipality"]]
    places = _apart(list(part["ratio"]), widths, right * 1.03)
    for (name, ratio), place in zip(part[["municipality", "ratio"]].itertuples(index=False), places, strict=True):
        axis.plot([ratio, place], [row - 0.08, row - 0.42], color=WARM, linewidth=0.6, zorder=3)
        axis.text(place, row - 0.43, name, ha="center", va="bottom", fontsize=8, color=INK, zorder=5)


def _apart(positions: list[float], widths: list[float], right: float) -> list[float]:
    """Move the middles of labels (in rising order) apart so that none overlaps the next or leaves the axes (0 to ``right``)."""
    # Taking the widths before it from each position turns «no overlap» into «not falling».
    before = [sum(widths[:place]) + width / 2 for place, width in enumerate(widths)]
    free = isotonic([position - start for position, start in zip(positions, before, strict=True)])
    room = max(0.0, right - sum(widths))
    return [min(max(place, 0.0), room) + start for place, start in zip(free, before, strict=True)]


def cost_per_participant(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw each municipality's cost per participant thinly and that of all together boldly, in SEK thousands."""
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
    whole = {"sv": "Alla", "en": "All"}[edition] if len(ends) > 1 else ends[0][1]
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
    axis.set_title(
        {"sv": "Tusen kronor per deltagare, fasta priser", "en": "SEK thousand per participant, constant prices"}[
            edition
        ]
    )
    number_axis(axis, "y", edition)
    year_axis(axis, sorted(set(data["year"])))
    return figure


def _wrapped(name: str) -> str:
    """Break a long group name once, near its middle."""
    if len(name) <= 24:
        return name
    words = name.split(" ")
    cuts = range(1, len(words))
    best = min(cuts, key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return " ".join(words[:best]) + "\n" + " ".join(words[best:])
