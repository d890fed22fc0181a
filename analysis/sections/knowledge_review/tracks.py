"""The diagram of the two tracks: boxes and arrows with places of their own, and no data."""

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch

from analysis.facts import same
from analysis.sections.knowledge_review.frames import in_editions
from report_engine.drawing.style import ACCENT, FAINT, INK, MUTED, WARM, canvas, is_narrow
from report_engine.words.editions import Edition, Text
from report_engine.words.texts import Texts

LANES = ("state", "municipal")
BOXES = (
    ("insured", "state", 0.0, 2.15),
    ("pes", "state", 2.55, 2.15),
    ("assisted", "municipal", 0.0, 0.0),
    ("unit", "municipal", 2.55, 0.0),
    ("work", "both", 5.4, 1.075),
)
"""Each box's name, track and place (inches); its words are ``labels.box.<name>``."""

ARROWS = (
    ("insured", "pes"),
    ("pes", "work"),
    ("assisted", "unit"),
    ("unit", "work"),
    ("insured", "assisted"),
    ("pes", "unit"),
)
"""From which box to which; ``labels.why.<from>-<to>`` says why people cross between tracks."""

BOX = (1.55, 0.86)  # width and height of a box in the diagram's units (inches)


def arrow(source: str, target: str) -> str:
    """Name an arrow in the diagram's data and texts."""
    return f"{source}-{target}"


def rows(say: Texts) -> pd.DataFrame:
    """Lay out the diagram.

    Returns ``kind`` (lane | box | arrow), ``id``, ``track``, ``source``, ``target``, ``x``, ``y`` (inches), ``label_sv``,
    ``label_en``.
    """
    lanes = [{"kind": "lane", "id": lane} for lane in LANES]
    boxes = [{"kind": "box", "id": box, "track": track, "x": x, "y": y} for box, track, x, y in BOXES]
    arrows = [{"kind": "arrow", "id": arrow(one, two), "source": one, "target": two} for one, two in ARROWS]
    columns = ["kind", "id", "track", "source", "target", "x", "y"]
    frame = pd.DataFrame([*lanes, *boxes, *arrows], columns=columns)
    words = _names(say) | {arrow(*ends): same("") for ends in ARROWS} | say.labels("labels.why")
    return in_editions(frame.assign(label=frame["id"]), {"label": words}).drop(columns="label")


def labels(say: Texts) -> dict[str, Mapping[object, Text]]:
    """Name the codes in the diagram's data, column by column."""
    names = _names(say)
    between: dict[object, Text] = {
        arrow(one, two): say("figures.tracks.arrow", source=names[one], target=names[two]) for one, two in ARROWS
    }
    return {
        "kind": say.labels("labels.kind"),
        "id": {**names, **between},
        "track": {**names, "both": say("labels.both")},
        "source": names,
        "target": names,
    }


def _names(say: Texts) -> dict[object, Text]:
    return {**say.labels("labels.lane"), **say.labels("labels.box")}


def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the two tracks as rows of boxes with arrows; places and words stand in the frame."""
    figure, (axis,) = canvas(3.5, grid="none")
    boxes = data[data["kind"] == "box"].set_index("id")
    upright = is_narrow(figure)
    if upright:
        boxes = _upright(boxes)
        figure.set_figheight(1.35 - boxes["y"].min())
    for kind, colour in (("state", ACCENT), ("municipal", WARM)):
        row = boxes[boxes["track"] == kind]
        outside = 0.6 if kind == "state" or upright else -0.6
        words = _lane(data, kind, edition)
        axis.text(
            row["x"].min(),
            row["y"].max() + outside,
            fold(words, 22) if upright else words,
            color=colour,
            weight=600,
            va="center",
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
        words = fold(getattr(box, f"label_{edition}"), 19)
        axis.text(box.x + BOX[0] / 2, box.y, words, ha="center", va="center", fontsize=8.5, linespacing=1.25)
    for arrow in data[data["kind"] == "arrow"].itertuples():
        _arrow(axis, boxes.loc[arrow.source], boxes.loc[arrow.target], getattr(arrow, f"label_{edition}"))
    if upright:
        axis.set(xlim=(-0.03, 3.43), ylim=(boxes["y"].min() - 0.5, 0.85), aspect="equal")
    else:
        axis.set(xlim=(-0.03, 7.0), ylim=(-0.75, 2.9), aspect="equal")
    axis.set_axis_off()
    return figure


def _upright(boxes: pd.DataFrame) -> pd.DataFrame:
    """Let the tracks run down beside each other, for a narrow figure."""
    steps = {x: step for step, x in enumerate(sorted(set(boxes["x"])))}
    across = {"state": 0.0, "municipal": 1.85}
    return boxes.assign(
        y=[-1.5 * steps[x] for x in boxes["x"]], x=[across.get(track, 0.925) for track in boxes["track"]]
    )


def _lane(data: pd.DataFrame, kind: str, edition: Edition) -> str:
    return str(data.loc[(data["kind"] == "lane") & (data["id"] == kind), f"label_{edition}"].iloc[0])


def _arrow(axis: Axes, source: pd.Series, target: pd.Series, words: str) -> None:
    """Draw an arrow between the facing sides of two boxes; across the tracks it is dashed and says why people cross."""
    same = source["track"] == target["track"] or target["track"] == "both"
    upright = is_narrow(axis)
    if upright:
        ends = _ends_upright(source, target)
    elif same:
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
            middle[0] + (0 if upright else 0.1),
            middle[1] - (BOX[1] / 2 + 0.04 if upright else 0),
            fold(words, 22),
            ha="center" if upright else "left",
            va="top" if upright else "center",
            fontsize=7.5,
            color=MUTED,
            linespacing=1.2,
        )


def _ends_upright(source: pd.Series, target: pd.Series) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where an arrow begins and ends if tracks run down beside each other."""
    half, low = BOX[0] / 2, BOX[1] / 2
    if source["y"] == target["y"]:
        return (source["x"] + BOX[0], source["y"]), (target["x"], target["y"])
    aside = 0.0 if target["track"] != "both" else 0.5 if source["x"] > target["x"] else -0.5
    return (source["x"] + half, source["y"] - low), (target["x"] + half + aside, target["y"] + low)


def fold(words: str, width: int) -> str:
    """Break words into lines, never inside a word."""
    return textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False)
