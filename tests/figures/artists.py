"""What a drawn figure says: its marks, each with the labels that a reader sees with it, and its texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Annotation, Text

from report_engine.words.editions import Edition
from tests.figures.numerals import numerals

Look = tuple[str, ...]
"""How a mark looks, so that it can be found in a legend: its form and its colours."""


_NUMBER = re.compile("[+\u2212]?[\\d\u202f.,]+(?:\u00a0?%)?")


@dataclass(frozen=True)
class Mark:
    """One mark: where it stands (data coordinates), how long it is, how it looks.

    ``x`` and ``y`` are the point, the middle of a bar across its length, or a cell's middle; ``value`` is a bar's length or a
    cell's value; ``start`` where a bar begins.
    """

    kind: Literal["point", "vertex", "bar", "cell"]
    x: float
    y: float
    look: Look
    value: float | None = None
    start: float = 0.0
    line: int = -1
    hatched: bool = False
    upright: bool = False


@dataclass(frozen=True)
class Segment:
    """A straight stroke between two points; ``colour`` as hex."""

    x: tuple[float, float]
    y: tuple[float, float]
    colour: str


@dataclass(frozen=True)
class Words:
    """A text on the axes: what it says, the point it is about (data coordinates) and its colour."""

    text: str
    x: float
    y: float
    colour: str
    above: bool = False  # stands over the axes, as a heading of what is below it


def plain(text: str) -> str:
    """Undo the line breaks of a drawn text."""
    return re.sub(r"\s*\n\s*", " ", re.sub(r"(?<=\w)-\n(?=\w)", "", text)).strip()


@dataclass
class Panel:
    """One axes of a drawn figure, read."""

    axes: Axes
    edition: Edition
    marks: list[Mark] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    bands: list[np.ndarray] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # kinds of artists that nothing here reads

    @cached_property
    def title(self) -> str:
        return plain(" ".join(self.axes.get_title(loc=place) for place in ("left", "center", "right")))

    @cached_property
    def units(self) -> str:
        return " ".join((self.title, plain(self.axes.get_xlabel()), plain(self.axes.get_ylabel())))

    @cached_property
    def ticks(self) -> dict[str, list[tuple[float, str]]]:
        """The labelled ticks of ``x`` and ``y``: place and label."""
        return {which: _ticks(self.axes, which) for which in ("x", "y")}

    @cached_property
    def categories(self) -> dict[str, list[tuple[float, str]]]:
        """The labels of ``x`` and ``y`` where they are words and not a scale; heads above an unlabelled axis are labels."""
        found = {
            w: [] if all(_NUMBER.fullmatch(label) for _, label in ticks) else ticks for w, ticks in self.ticks.items()
        }
        if not self.ticks["x"] and self.axes.yaxis_inverted():
            top = min(self.axes.get_ylim())
            found["x"] = [(word.x, word.text) for word in self.words if word.y < top]
        return {"x": found["x"], "y": _under_their_heads(found["y"])}

    @cached_property
    def absolute(self) -> dict[str, bool]:
        """Whether ``x`` and ``y`` name both sides of zero with positive numbers."""
        return {
            which: any(place < 0 and _NUMBER.fullmatch(label) and "\u2212" not in label for place, label in ticks)
            for which, ticks in self.ticks.items()
        }

    def scale_faults(self) -> Iterator[str]:
        """Yield the tick labels of a scale that don't say where they stand."""
        for which in ("x", "y"):
            if self.categories[which]:
                continue
            for place, label in self.ticks[which]:
                found = list(numerals(label, self.edition))
                value = abs(place) if self.absolute[which] else place
                if len(found) != 1 or not found[0].is_form_of(value):
                    yield f"the tick at {place:g} says {label!r}"


def _ticks(axes: Axes, which: str) -> list[tuple[float, str]]:
    axis = axes.xaxis if which == "x" else axes.yaxis
    if not axes.axison:
        return []
    places = [float(place) for place in axis.get_majorticklocs()]  # an inner panel's labels are its neighbour's
    labels = [plain(label) for label in axis.get_major_formatter().format_ticks(places)]
    return [(place, label) for place, label in zip(places, labels, strict=True) if label]


def _under_their_heads(ticks: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Read labels from the top: one that begins small says more of the last that begins with a capital."""
    made, head = [], ""
    for place, label in sorted(ticks, reverse=True):
        if label[0].islower() and head:
            label = f"{head.partition(',')[0]}, {label}"
        else:
            head = label
        made.append((place, label))
    return made


@dataclass
class Drawn:
    """A drawn figure, read: its panels and its legends (look and label)."""

    panels: list[Panel]
    legend: list[tuple[Look, str]]


def read(figure: Canvas, edition: Edition) -> Drawn:
    """Read a figure's artists."""
    panels = [_panel(axes, edition) for axes in figure.axes if axes.get_visible()]
    entries: list[tuple[Look, str]] = []
    for axes in figure.axes:
        if legend := axes.get_legend():
            for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True):
                entries.append((_look(handle), plain(text.get_text())))
    for panel in panels:
        entries.extend(_marks_of_a_drawn_legend(panel))
    return Drawn(panels, entries)


def _panel(axes: Axes, edition: Edition) -> Panel:
    panel = Panel(axes, edition)
    for text in axes.texts:
        if text.get_visible() and text.get_text().strip():
            panel.words.append(_words(text, axes))
    for patch in axes.patches:
        if isinstance(patch, Rectangle) and patch.get_width() and patch.get_height():
            panel.marks.append(_bar(patch))
        elif not isinstance(patch, Rectangle | PathPatch):
            panel.unread.append(type(patch).__name__)
    panel.unread.extend(type(image).__name__ for image in axes.images)
    for collection in axes.collections:
        _collection(panel, collection)
    for index, line in enumerate(axes.lines):
        if line.get_transform() == axes.transData:
            _line(panel, line, index)
    return panel


def _words(text: Text, axes: Axes) -> Words:
    x, y = text.xy if isinstance(text, Annotation) else text.get_position()
    above = False
    if isinstance(text, Annotation) and text.xycoords != "data":
        above = isinstance(text.xycoords, tuple) and text.xycoords[1] == "axes fraction" and y >= 1
    if text.get_transform() == axes.transAxes:
        x, y = axes.transData.inverted().transform(axes.transAxes.transform((x, y)))
    return Words(plain(text.get_text()), float(x), float(y), to_hex(text.get_color()), above)


def _bar(patch: Rectangle) -> Mark:
    x, y, width, height = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
    look, hatched = _look(patch), bool(patch.get_hatch())
    if _upright(patch.axes):
        return Mark("bar", x + width / 2, y + height / 2, look, float(height), float(y), hatched=hatched, upright=True)
    return Mark("bar", x + width / 2, y + height / 2, look, float(width), float(x), hatched=hatched)


def _upright(axes: Axes) -> bool:
    """Say whether an axes' bars stand: the side that they share is their thickness."""
    bars = [b for b in axes.patches if isinstance(b, Rectangle) and b.get_width() and b.get_height()]
    widths, heights = ({round(getattr(b, f"get_{side}")(), 9) for b in bars} for side in ("width", "height"))
    return len(widths) < len(heights)


def _collection(panel: Panel, collection: Any) -> None:
    if isinstance(collection, QuadMesh):
        values = np.ma.filled(np.ma.asarray(collection.get_array(), dtype=float), np.nan)
        rows = collection.get_coordinates().shape[0] - 1
        for (row, column), value in np.ndenumerate(values.reshape(rows, -1)):
            panel.marks.append(Mark("cell", column + 0.5, row + 0.5, ("cell",), float(value)))
    elif isinstance(collection, PathCollection):
        looks = _looks(collection)
        for index, (x, y) in enumerate(np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)):
            if not np.isnan([x, y]).any():
                panel.marks.append(Mark("point", float(x), float(y), looks[index % len(looks)]))
    elif isinstance(collection, LineCollection):
        colours = [to_hex(colour) for colour in collection.get_colors()]
        for index, corners in enumerate(collection.get_segments()):
            (x0, y0), (x1, y1) = corners[0], corners[-1]
            panel.segments.append(Segment((x0, x1), (y0, y1), colours[index % len(colours)]))
    elif isinstance(collection, PolyCollection) and collection.get_transform() == panel.axes.transData:
        panel.bands.extend(np.asarray(path.vertices) for path in collection.get_paths())
    elif not isinstance(collection, PolyCollection):
        panel.unread.append(type(collection).__name__)


def _line(panel: Panel, line: Line2D, index: int) -> None:
    xs, ys = (np.asarray(values, dtype=float) for values in line.get_data())
    places = [(x, y) for x, y in zip(xs, ys, strict=True) if not np.isnan([x, y]).any()]
    marked = line.get_marker() not in ("", "None", None, " ")
    if len(places) == 2 and not marked:
        (x0, y0), (x1, y1) = places
        panel.segments.append(Segment((x0, x1), (y0, y1), to_hex(line.get_color())))
        return
    joined = len(places) > 1 and line.get_linestyle() not in ("None", "", " ")
    for x, y in places:
        kind: Literal["point", "vertex"] = "vertex" if joined else "point"
        panel.marks.append(Mark(kind, float(x), float(y), _look(line), line=index))


def _looks(collection: PathCollection) -> list[Look]:
    faces = [to_hex(face) for face in collection.get_facecolor()] or ["none"]
    edges = [to_hex(edge) for edge in collection.get_edgecolor()] or ["none"]
    shapes = [str(len(path.vertices)) for path in collection.get_paths()]
    count = max(len(faces), len(edges))
    return [("dot", faces[i % len(faces)], edges[i % len(edges)], shapes[i % len(shapes)]) for i in range(count)]


def _look(artist: Any) -> Look:
    """Describe how a mark or a legend's handle looks."""
    if isinstance(artist, Rectangle):
        return ("bar", to_hex(artist.get_facecolor()))
    if isinstance(artist, PathCollection):
        return _looks(artist)[0]
    if isinstance(artist, Line2D):
        marker = artist.get_marker()
        shape = f"path{len(marker.vertices)}" if hasattr(marker, "vertices") else str(marker)
        return ("line", to_hex(artist.get_color()), shape)
    return (type(artist).__name__,)


def _marks_of_a_drawn_legend(panel: Panel) -> Iterator[tuple[Look, str]]:
    """Take out marks that stand outside the axes' limits with a word to their right, and yield them as a legend."""
    low, high = sorted(panel.axes.get_ylim())
    for mark in [mark for mark in panel.marks if mark.kind == "point" and not low <= mark.y <= high]:
        word = to_the_right(panel, mark)
        if word:
            panel.marks.remove(mark)
            panel.words.remove(word)
            yield mark.look, word.text


def to_the_right(panel: Panel, mark: Mark) -> Words | None:
    """Return the text that stands close to the right of a mark, on its line."""
    near = [word for word in panel.words if abs(word.y - mark.y) < 1e-6 and 0 < word.x - mark.x <= 0.25]
    return min(near, key=lambda word: word.x, default=None)
