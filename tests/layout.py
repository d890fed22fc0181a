"""What can be seen of a drawn figure's texts: whether they touch, leave the canvas or are too small to read."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure as Canvas

from report_engine.drawing import narrow, style
from report_engine.model.section import Figure
from report_engine.results.drawings import NARROW_NOTE_WIDTH, NOTE_WIDTH
from report_engine.results.tables import source_line
from report_engine.words.editions import Edition
from report_engine.words.typesetting import wrap

SMALLEST = 7.5
"""Points: at half size, as two on a page of A4, this is still a small footnote."""

_TOUCH = 0.4  # points by which two texts may share ground


@dataclass(frozen=True)
class Written:
    """A line of text as it is drawn: its size and the box around its ink, in points from the upper left corner."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Written") -> tuple[float, float]:
        """Return the width and height that two lines share; negative where they are apart."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across, min(self.bottom, other.bottom) - max(self.top, other.top)


class _Recorder(RendererAgg):
    """Draws as usual, and remembers the texts: what is hidden or clipped away by its owner never comes here."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.written: list[Written] = []

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, *rest: Any, **more: Any) -> None:
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath=False)
        turn = math.radians(angle)
        corners = [
            (x + a * math.cos(turn) + b * math.sin(turn), y - a * math.sin(turn) + b * math.cos(turn))
            for a in (0, width)
            for b in (descent - height, descent)
        ]
        across, down = ([72 / self.dpi * corner[i] for corner in corners] for i in (0, 1))
        found = Written(s, prop.get_size_in_points(), min(across), min(down), max(across), max(down))
        self.written.append(found)
        super().draw_text(gc, x, y, s, prop, angle, *rest, **more)


def texts(figure: Figure, edition: Edition, *, slim: bool = False) -> tuple[Canvas, list[Written]]:
    """Draw a figure with its source note, as it is published (``slim``: for phones), and return it with the lines of text on it."""
    line = source_line(figure.provenance, edition)
    if slim:
        with style.narrow():
            drawn = figure.draw(figure.data, edition)
        narrow.fit(drawn)
    else:
        drawn = figure.draw(figure.data, edition)
    style.sign(drawn, wrap(line, NARROW_NOTE_WIDTH if slim else NOTE_WIDTH))
    width, height = drawn.get_size_inches() * drawn.dpi
    recorder = _Recorder(int(width), int(height), drawn.dpi)
    drawn.draw(recorder)
    return drawn, [line for line in recorder.written if line.text.strip()]


def faults(figure: Figure, edition: Edition, *, slim: bool = False) -> Iterator[str]:
    """Yield what is wrong with a figure's texts: those that touch, that leave the canvas, that are too small."""
    drawn, written = texts(figure, edition, slim=slim)
    width, height = drawn.get_size_inches() * 72
    for line in written:
        if min(line.left, line.top, width - line.right, height - line.bottom) < 0:
            yield f"{line.text!r} leaves the canvas"
        if line.size < SMALLEST:
            yield f"{line.text!r} has {line.size:g} points"
    for one, other in combinations(written, 2):
        across, up = one.shared(other)
        if min(across, up) > _TOUCH:
            yield f"{one.text!r} and {other.text!r} share {across:.1f} x {up:.1f} points"
