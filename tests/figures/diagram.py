"""The figures that are no charts: the map's filled outlines and the diagram of boxes and arrows."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.text import Annotation

from report_engine.words.editions import Edition
from tests.figures.artists import plain


def boxes_and_arrows(figure: Canvas, data: pd.DataFrame, edition: Edition) -> Iterator[str]:
    """Yield what a diagram draws otherwise than its frame (``kind`` box, arrow or lane): words, places, ends of arrows."""
    (axes,) = figure.axes
    boxes = {row.id: row for row in data[data["kind"] == "box"].itertuples()}
    texts = [
        (plain(t.get_text()), *t.get_position(), to_hex(t.get_color())) for t in axes.texts if t.get_text().strip()
    ]
    shapes = [p for p in axes.patches if isinstance(p, FancyBboxPatch)]
    outlines = {id_: _outline(axes, box.x, box.y) for id_, box in boxes.items()}
    if len(shapes) != len(boxes):
        yield f"{len(shapes)} boxes are drawn for {len(boxes)}"
    for id_, box in boxes.items():
        words = getattr(box, f"label_{edition}")
        if outlines[id_] is None:
            yield f"no box stands at the place of {id_}"
        elif not any(text == words and _inside(outlines[id_], x, y) for text, x, y, _ in texts):
            yield f"{words!r} does not stand in its box"
    arrows = [a for a in axes.texts if isinstance(a, Annotation) and a.arrow_patch]
    yield from _arrows(data, edition, outlines, arrows, [(text, x, y) for text, x, y, _ in texts])
    yield from _lanes(data, edition, boxes, outlines, texts)


def told_arrows(alt: str, data: pd.DataFrame, edition: Edition) -> Iterator[str]:
    """Yield the arrows that an alt text tells otherwise than the frame: ``from → to (words)``."""
    names = data[data["kind"] == "box"].set_index("id")[f"label_{edition}"]
    said = {part.strip(" .").lower() for part in alt.partition(":")[2].split(";")}
    expected = set()
    for row in data[data["kind"] == "arrow"].itertuples():
        words = getattr(row, f"label_{edition}")
        told = f"{names[row.source]} → {names[row.target]}" + (f" ({words})" if words else "")
        expected.add(told.lower())
    if said != expected:
        yield f"the arrows told are not the frame's: {sorted(said ^ expected)}"


def told_from_north(alt: str, data: pd.DataFrame) -> Iterator[str]:
    """Yield a fault where an alt text does not name a map's places from north to south."""
    expected = data.sort_values("y_km", ascending=False)["municipality"].tolist()
    got = sorted(expected, key=alt.find)
    if got != expected or any(name not in alt for name in expected):
        yield f"from north to south are {expected}, told are {got}"


def _outline(axes: Axes, x: float, y: float) -> FancyBboxPatch | None:
    found = [p for p in axes.patches if isinstance(p, FancyBboxPatch)]
    return next(
        (p for p in found if abs(p.get_x() - x) < 1e-9 and abs(p.get_y() + p.get_height() / 2 - y) < 1e-9), None
    )


def _inside(box: FancyBboxPatch | None, x: float, y: float, margin: float = 1e-6) -> bool:
    if box is None:
        return False
    across = box.get_x() - margin <= x <= box.get_x() + box.get_width() + margin
    return across and box.get_y() - margin <= y <= box.get_y() + box.get_height() + margin


def _arrows(data: pd.DataFrame, edition: Edition, outlines: dict, arrows: list, texts: list) -> Iterator[str]:
    said = data[data["kind"] == "arrow"]
    if len(arrows) != len(said):
        yield f"{len(arrows)} arrows are drawn for {len(said)}"
    for row in said.itertuples():
        drawn = [
            a
            for a in arrows
            if _inside(outlines[row.source], *a.get_position()) and _inside(outlines[row.target], *a.xy)
        ]
        if len(drawn) != 1:
            yield f"{len(drawn)} arrows lead from {row.source} to {row.target}"
        elif words := getattr(row, f"label_{edition}"):
            (x0, y0), (x1, y1) = drawn[0].get_position(), drawn[0].xy
            middle = (x0 + x1) / 2, (y0 + y1) / 2
            if not any(t == words and abs(x - middle[0]) < 0.3 and abs(y - middle[1]) < 0.3 for t, x, y in texts):
                yield f"{words!r} does not stand beside its arrow"


def _lanes(data: pd.DataFrame, edition: Edition, boxes: dict, outlines: dict, texts: list) -> Iterator[str]:
    """A lane's name has its boxes' colour and is nearer to them than to any other lane's."""
    for lane in data[data["kind"] == "lane"].itertuples():
        words = getattr(lane, f"label_{edition}")
        found = [(y, colour) for text, _, y, colour in texts if text == words]
        own = [id_ for id_, box in boxes.items() if box.track == lane.id]
        others = [box.y for box in boxes.values() if box.track != lane.id]
        if len(found) != 1:
            yield f"the lane {words!r} is named {len(found)} times"
        elif any(outlines[id_] is None or to_hex(outlines[id_].get_edgecolor()) != found[0][1] for id_ in own):
            yield f"the lane {words!r} has another colour than its boxes"
        elif max(abs(boxes[id_].y - found[0][0]) for id_ in own) >= min(abs(y - found[0][0]) for y in others):
            yield f"the lane {words!r} is named beside other boxes"


def filled_places(figure: Canvas, data: pd.DataFrame) -> Iterator[str]:
    """Yield the places of a map (``x_km``, ``y_km``) that lie in no outline of their own filled as places are."""
    (axes,) = figure.axes
    shapes = [patch for patch in axes.patches if isinstance(patch, PathPatch)]
    fills = [to_hex(patch.get_facecolor()) for patch in shapes]
    marking = min(set(fills), key=fills.count)
    places = [patch.get_path() for patch, fill in zip(shapes, fills, strict=True) if fill == marking]
    if len(places) != len(data):
        yield f"{len(places)} outlines are filled for {len(data)} places"
    for row in data.itertuples():
        if sum(path.contains_point((row.x_km, row.y_km)) for path in places) != 1:
            yield f"{row.municipality} lies in no filled outline"
