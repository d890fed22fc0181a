"""Compare bars, strokes and bands with the rows that their marks are: how bars follow each other, intervals, ranges."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from tests.figures.artists import Look, Mark, Panel, Segment
from tests.figures.reading import CLOSE, Reading


def faults(reading: Reading) -> Iterator[str]:
    """Yield the shapes that are not what their rows say; the marks must have been matched."""
    for index, panel in enumerate(reading.drawn.panels):
        yield from _stacks(reading, panel)
        for segment in panel.segments:
            yield from _segment(reading, index, panel, segment)
        yield from _bands(reading, panel)
    yield from _intervals(reading)


def _stacks(reading: Reading, panel: Panel) -> Iterator[str]:
    """Yield the bars that don't follow each other in the legend's order, from zero or around the middle part."""
    lines: dict[float, list[Mark]] = {}
    for mark in panel.marks:
        if mark.kind == "bar":
            lines.setdefault(round(mark.x if mark.upright else mark.y, 6), []).append(mark)
    order = [look for look, _ in reading.drawn.legend]
    for bars in lines.values():
        bars.sort(key=lambda bar: bar.start)
        for one, other in pairwise(bars):
            if abs(one.start + (one.value or 0) - other.start) > CLOSE:
                yield f"the bars at {other.start:.4g} leave a gap or overlap"
        ranks = [order.index(bar.look) for bar in bars if bar.look in order]
        if ranks not in (sorted(ranks), sorted(ranks, reverse=bars[0].upright)):
            yield "the parts of a bar do not follow the legend"
        if (
            len(bars) > 1
            and abs(bars[0].start) > CLOSE
            and abs(bars[0].start + _before_the_middle(bars, order)) > CLOSE
        ):
            yield "a bar is neither from zero nor centred on its middle part"
        elif len(bars) == 1 and abs(bars[0].start) > CLOSE:
            yield "a bar does not begin at zero"


def _before_the_middle(bars: list[Mark], order: list[Look]) -> float:
    """Add up the parts before the middle of the legend, the middle one by half."""
    ranks = [order.index(bar.look) if bar.look in order else len(order) for bar in bars]
    middle = len(order) // 2
    return sum(
        (bar.value or 0) * (0.5 if rank == middle else rank < middle) for bar, rank in zip(bars, ranks, strict=True)
    )


def _segment(reading: Reading, index: int, panel: Panel, segment: Segment) -> Iterator[str]:
    across = bool(panel.categories["y"])
    along, line = (segment.x, segment.y) if across else (segment.y, segment.x)
    place = f"the stroke from {segment.x[0]:.4g}, {segment.y[0]:.4g} to {segment.x[1]:.4g}, {segment.y[1]:.4g}"
    if any(
        w
        for mark in panel.marks
        if mark.kind == "point" and _begins(segment, mark)
        for w in reading.linked(panel, mark)
    ):
        return
    if abs(line[0] - line[1]) > CLOSE:
        if abs(along[0] - along[1]) < CLOSE and re.search("median", panel.units, re.IGNORECASE):
            place_ = sum(line) / 2
            values = [
                row.value for row in reading.consistent([reading.category(panel, "y", place_)]) if row.value is not None
            ]
            if not math.isclose(along[0], float(pd.Series(values).median()), rel_tol=1e-6):
                yield f"{place} is not at the median of its row"
            return
        yield f"{place} explains nothing"
        return
    beside = {
        (mark.x if across else mark.y): reading.found.get((index, mark))
        for mark in panel.marks
        if abs((mark.y if across else mark.x) - line[0]) < CLOSE
    }
    if all(any(abs(end - at) < CLOSE for at in beside) for end in along) and len(beside) > 1:
        return  # joins two dots
    low, high = sorted(abs(end) for end in along) if panel.absolute["x" if across else "y"] else sorted(along)
    for row in [row for at, row in beside.items() if row and min(along) - CLOSE <= at <= max(along) + CLOSE]:
        bounds = row.numbers.get("low", math.nan), row.numbers.get("high", math.nan)
        if all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in zip((low, high), bounds, strict=True)):
            row.numbers["interval drawn"] = 1.0
            return
    yield f"{place} is the interval of no dot on its line"


def _intervals(reading: Reading) -> Iterator[str]:
    """Yield the dots whose row has an interval that no stroke shows."""
    dots = {
        id(row): row for (_, mark), row in reading.found.items() if mark.kind == "point" and row.column == "estimate"
    }
    for row in dots.values():
        if {"low", "high"} <= set(row.numbers) and "interval drawn" not in row.numbers:
            yield f"the interval of {row.codes} is not drawn"


def _bands(reading: Reading, panel: Panel) -> Iterator[str]:
    rows = reading.consistent([panel.title])
    for band in panel.bands:
        corners = {(round(x, 6), round(y, 6)) for x, y in band}
        said = {(r.numbers["year"], round(r.numbers[b], 6)) for r in rows for b in ("low", "high") if b in r.numbers}
        if corners != said:
            yield f"the band of {panel.title!r} is not that of its rows"
    if (
        any(p.bands for p in reading.drawn.panels)
        and not panel.bands
        and any("low" in row.numbers for row in rows)
        and panel.marks
    ):
        yield f"the band of {panel.title!r} is not drawn"


def _begins(segment: Segment, mark: Mark) -> bool:
    return abs(segment.x[0] - mark.x) < CLOSE and abs(segment.y[0] - mark.y) < 0.1
