"""Writing of a figure as PNG whose pixels are the same on any machine."""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.path import Path as Shape
from matplotlib.transforms import IdentityTransform, Transform

from report_engine.methods.rounding import THRESHOLD

_PARTS = 1024  # of a pixel: four times as fine as the rasteriser's own grid


class _Renderer(RendererAgg):
    """Draws paths with corners on a fine grid: at three points in a line their last bits decide what joins them."""

    def draw_path(self, gc: Any, path: Shape, transform: Transform, rgbFace: Any = None) -> None:
        placed = transform.transform_path(path)
        corners = np.floor(np.asarray(placed.vertices) * _PARTS + 1 - THRESHOLD) / _PARTS
        super().draw_path(gc, Shape(corners, placed.codes), IdentityTransform(), rgbFace)  # type: ignore[no-untyped-call]  # of matplotlib


class _Canvas(FigureCanvasAgg):
    def get_renderer(self) -> RendererAgg:
        self.renderer = renderer = _Renderer(*self.get_width_height(physical=True), self.figure.dpi)  # type: ignore[no-untyped-call]  # of matplotlib
        return renderer


def write(figure: Canvas, path: Path) -> None:
    """Write a figure at 200 dots an inch."""
    _Canvas(figure).print_figure(path, dpi=200, metadata={"Software": None})
