"""What of a picture would be cut off: ink on the edge of a PNG, and text that leaves an SVG's view box."""

import io
import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import matplotlib.image as pictures
import numpy as np
from fontTools.ttLib import TTFont

from report_engine.drawing.style import FONTS

WHITE = 0.97
AIR = 2
"""Pixels at every edge of a PNG that stay white."""

_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEXT = re.compile(
    r'<text style="(?P<style>[^"]*)" x="(?P<x>[-\d.]+)" y="(?P<y>[-\d.]+)"'
    r'(?: transform="rotate\((?P<turn>[-\d.]+)[^"]*")?[^>]*>(?P<words>[^<]*)<'
)
_FACES = {400: "ReportSans-Regular.ttf", 600: "ReportSans-SemiBold.ttf"}
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def inked(png: bytes) -> list[str]:
    """Name the edges of a PNG at which something is drawn."""
    picture = pictures.imread(io.BytesIO(png), format="png")[..., :3]
    ink = (picture < WHITE).any(axis=2)
    sides = {"left": ink[:, :AIR], "right": ink[:, -AIR:], "top": ink[:AIR], "bottom": ink[-AIR:]}
    return [side for side, strip in sides.items() if np.any(strip)]


def leaving(svg: str) -> Iterator[str]:
    """Yield the level texts of an SVG that begin or end outside its view box, by the type that the file carries."""
    box = _BOX.search(svg)
    assert box, "the SVG has no view box"
    width, height = float(box[1]), float(box[2])
    for found in _TEXT.finditer(svg):
        words, style = unescape(found["words"]), found["style"]
        size = re.search(r"([\d.]+)px", style)
        anchor = re.search(r"text-anchor: (\w+)", style)
        assert size, style
        if float(found["turn"] or 0):
            continue
        length = _length(words, 600 if re.search(r"font(?:-weight)?: (?:600|700|bold)", style) else 400) * float(
            size[1]
        )
        left = float(found["x"]) - length * _BEFORE[anchor[1] if anchor else "start"]
        if left < 0 or left + length > width or not 0 < float(found["y"]) < height:
            yield words


@cache
def _widths(weight: int) -> tuple[dict[int, str], dict[str, float]]:
    font = TTFont(FONTS / _FACES[weight])
    scale = font["head"].unitsPerEm
    return font.getBestCmap(), {name: advance / scale for name, (advance, _) in font["hmtx"].metrics.items()}


def _length(words: str, weight: int) -> float:
    glyphs, widths = _widths(weight)
    return sum(widths[glyphs.get(ord(letter), ".notdef")] for letter in words)
