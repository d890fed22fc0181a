"""Match every mark of a drawn figure with the row of the frame that its labels speak of."""

import math
from collections.abc import Iterator

from tests.figures.artists import Mark, Panel
from tests.figures.inscriptions import rows_at
from tests.figures.reading import CLOSE, Reading
from tests.figures.rows import PAIRS, Row

UNNAMED = {
    "background/all_290": "290 points have no room for a name: they are compared as sets by group",
    "background/cost_per_participant": "thin lines without a name: they are compared as a set",
    "knowledge_review/timeline": "a study is a point of its year, theme and kind of result",
}
"""Figures some of whose marks are told apart by their place only."""

WITHOUT_VALUES = {"conclusions/triangulation", "knowledge_review/timeline", "recommendations/recommendations"}
"""Figures that show where rows stand, and no number of theirs."""


def faults(reading: Reading) -> Iterator[str]:
    """Yield the marks that show another value than their row, and the rows that no mark shows; note which row each mark is."""
    if not any(panel.marks for panel in reading.drawn.panels):
        yield "no mark is read: the figure needs a reader of its own"
    for kind in sorted({kind for panel in reading.drawn.panels for kind in panel.unread}):
        yield f"nothing reads a {kind}: the figure needs a reader of its own"
    if any(not row.column for row in reading.rows) and reading.figure not in WITHOUT_VALUES:
        yield "no column of the frame is known to be drawn: name it among VALUES in tests/figures/rows.py"
    for look, label in reading.drawn.legend:
        if not reading.lexicon.codes(label):
            yield f"the legend says {label!r}, which names nothing in the frame (see tests/figures/lexicon.py)"
        if len({text for other, text in reading.drawn.legend if other == look}) > 1:
            yield f"the legend has the look of {label!r} twice"
    for index, panel in enumerate(reading.drawn.panels):
        for mark in sorted(set(panel.marks), key=_first_points):
            for _ in range(panel.marks.count(mark) if mark.kind == "point" and mark.line < 0 else 1):
                yield from _match(reading, index, panel, mark)
    yield from _undrawn(reading)


def _match(reading: Reading, index: int, panel: Panel, mark: Mark) -> Iterator[str]:
    texts = reading.labels(panel, mark)
    place = f"the {mark.kind} at {mark.x:.4g}, {mark.y:.4g} of {' / '.join(texts) or 'the figure'}"
    for which in ("x", "y"):
        label = reading.category(panel, which, getattr(mark, which))
        if panel.categories[which] and not reading.lexicon.codes(label):
            yield f"{place}: the axis label {label!r} names nothing in the frame"
            return
    rows = [row for row in reading.consistent(texts) if _there(reading, panel, mark, row)]
    if len(rows) != 1 and reading.figure not in UNNAMED:
        yield f"{place} can be {len(rows)} rows of the frame"
        return
    again = mark.kind == "point" and mark.line >= 0
    fitting = [
        row for row in rows if _shows(reading, panel, mark, row) and (not row.drawn or again or mark.kind == "vertex")
    ]
    fitting.sort(key=lambda row: row.drawn)
    if not fitting:
        said = ", ".join(f"{row.value}" for row in rows[:3])
        yield f"{place} shows {reading.value(panel, mark):.6g}, its row says {said or 'nothing'}"
        return
    fitting[0].drawn = True
    reading.found[(index, mark)] = fitting[0]


def _there(reading: Reading, panel: Panel, mark: Mark, row: Row) -> bool:
    """Say whether a mark stands where a row's year, or its first column of two, says."""
    if reading.figure in PAIRS:
        return math.isclose(mark.x, row.numbers[PAIRS[reading.figure][0]], abs_tol=CLOSE)
    if panel.categories["x"] or mark.value is not None or (panel.categories["y"] and row.column):
        return True
    return math.isclose(mark.x, row.numbers.get("year", math.nan), abs_tol=CLOSE)


def _shows(reading: Reading, panel: Panel, mark: Mark, row: Row) -> bool:
    if not row.column:
        return True
    shown = reading.value(panel, mark)
    if math.isnan(shown):
        return not row.value
    merged = bool(row.numbers.get("merged"))
    return (
        row.value is not None and mark.hatched == merged and math.isclose(shown, row.value, rel_tol=1e-6, abs_tol=1e-9)
    )


def _undrawn(reading: Reading) -> Iterator[str]:
    hidden_words = [(p, w) for p in reading.drawn.panels for w in p.words if w.text in ("..", "–")]
    long = any(mark.kind in ("bar", "cell") for panel in reading.drawn.panels for mark in panel.marks)
    for row in reading.rows:  # of a bar without length nothing is seen
        if row.hidden and reading.figure not in UNNAMED:
            if not any(row in rows_at(reading, p, w) for p, w in hidden_words):
                yield f"nothing says that {row.codes} is hidden"
        elif not row.drawn and not row.hidden and not (long and row.value == 0):
            yield f"{row.codes} ({row.column} {row.value}) is not drawn"


def _first_points(mark: Mark) -> tuple[int, float, float]:
    """Match what has a name of its own before the joined corners of lines."""
    return (mark.kind == "vertex", mark.y, mark.x)
