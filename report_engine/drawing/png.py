"""Writing of a finished SVG as PNG: Typst draws what the SVG says, so that the two cannot differ."""

import math
import re
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

from report_engine.drawing.style import FONTS

if TYPE_CHECKING:
    import typst

DPI = 200

_SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt" viewBox="0 0 [\d.]+ [\d.]+"')
_PAGE = (
    "#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: white)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", width: {inner_width}pt, height: {inner_height}pt)'
)
_HEAD = 33  # bytes: PNG's signature and its first chunk, which says the size
# Typst draws an image on as many whole pixels as it covers, and then fits them to the page: what is a hair smaller than the
# page covers exactly the page's pixels, and none is left out or drawn twice.
_HAIR = (0.01, 0.02)  # of a pixel, in width and height


def write(svg: str) -> bytes:
    """Return a finished SVG as PNG of 200 dots an inch, on whole pixels; raises ValueError for an SVG without a size."""
    import typst

    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("the SVG does not say its size in points")
    across, down = (math.ceil(round(float(points) * DPI / 72, 3)) for points in found.groups())
    width, height = (_points(pixels) for pixels in (across, down))
    inner = [_points(pixels - hair) for pixels, hair in zip((across, down), _HAIR, strict=True)]
    size = f'width="{inner[0]}pt" height="{inner[1]}pt" viewBox="0 0 {inner[0]} {inner[1]}"'
    drawn = typst.compile(
        _PAGE.format(width=width, height=height, inner_width=inner[0], inner_height=inner[1]).encode(),
        font_paths=_fonts(),
        format="png",
        ppi=float(DPI),
        sys_inputs={"svg": f"{svg[: found.start()]}{size}{svg[found.end() :]}"},
    )
    return bytes(drawn[:_HEAD]) + _density() + bytes(drawn[_HEAD:])


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _points(pixels: float) -> float:
    return round(pixels * 72 / DPI, 4)


def _density() -> bytes:
    """Return the chunk that says how many pixels a metre has: by it Word knows a picture's size."""
    content = b"pHYs" + struct.pack(">IIB", round(DPI / 0.0254), round(DPI / 0.0254), 1)
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
