"""Compare the numbers and dots that stand on a figure's axes with the rows that they stand beside."""

import re
from collections.abc import Iterator

from report_engine.words.editions import Edition
from tests.figures.artists import Mark, Panel, Words
from tests.figures.numerals import numerals
from tests.figures.reading import CLOSE, Reading, without_numbers
from tests.figures.rows import Row


def faults(reading: Reading) -> Iterator[str]:
    """Yield the texts that say another number than their mark or row; the marks must have been matched."""
    for index, panel in enumerate(reading.drawn.panels):
        for word in panel.words:
            yield from _word(reading, index, panel, word)
        yield from _tick_counts(reading, index, panel)


def rows_at(reading: Reading, panel: Panel, word: Words) -> list[Row]:
    """Return the rows that a text's place on the axes is about."""
    texts = [panel.title, reading.category(panel, "x", word.x), reading.category(panel, "y", word.y)]
    texts += [other.text for other in panel.words if other.above and other.x * word.x > 0]
    return reading.consistent([*texts, without_numbers(word.text)])


def _word(reading: Reading, index: int, panel: Panel, word: Words) -> Iterator[str]:
    if word.above:
        return
    if word.text in ("..", "–"):
        if not any(row.hidden for row in rows_at(reading, panel, word)) and not _missing(reading, panel, word):
            yield f"two dots stand at {word.x:.3g}, {word.y:.3g}, where nothing is hidden"
        return
    text = word.text
    for number in numerals(text, reading.edition):
        is_n = text[: number.start].rstrip().endswith("n =")
        allowed = _counts(reading, panel, word, index) if is_n else _values(reading, panel, word, index)
        if not any(number.is_form_of(value) for value in allowed):
            yield f"{text!r} at {word.x:.3g}, {word.y:.3g}: {number.value:g} is none of {[round(v, 4) for v in allowed[:4]]}"


def _missing(reading: Reading, panel: Panel, word: Words) -> bool:
    """Say whether a dash stands in a cell that the frame has no row for."""
    cell = [reading.category(panel, "x", word.x), reading.category(panel, "y", word.y)]
    return word.text == "–" and all(cell) and not reading.consistent(cell)


def _mark_of(reading: Reading, index: int, panel: Panel, word: Words) -> Mark | None:
    """Return the mark that a text is about: at its point, around it, or nearest on its line."""
    marks = [mark for at, mark in reading.found if at == index]
    for mark in marks:
        if abs(mark.x - word.x) + abs(mark.y - word.y) < CLOSE:
            return mark
    for mark in marks:
        if word in reading.linked(panel, mark):
            return mark
        if mark.kind == "cell" and max(abs(mark.x - word.x), abs(mark.y - word.y)) < 0.5:
            return mark
    for mark in marks:
        if mark.kind == "bar":
            at, line = (word.y, word.x - mark.x) if mark.upright else (word.x, word.y - mark.y)
            if abs(line) < 0.3 and abs(mark.start + (mark.value or 0) / 2 - at) < CLOSE:
                return mark
    near = [m for m in marks if m.kind == "point" and abs(m.x - word.x) < CLOSE and 0 <= word.y - m.y < 0.35]
    return near[0] if near else None


def _values(reading: Reading, panel: Panel, word: Words, index: int) -> list[float]:
    mark = _mark_of(reading, index, panel, word)
    if mark:
        row = reading.found[(index, mark)]
        if mark.kind == "cell" and row.column != "n" and not _says(word.text, row.value, reading.edition):
            return [row.numbers["n"]] if "n" in row.numbers and "studies" not in row.numbers else []
        named = [row.numbers["year"]] if word.text[:4].isdigit() and "year" in row.numbers else []
        more = [row.numbers["population"]] if "population" in row.numbers else []
        return [*([row.value * reading.unit(panel)] if row.value is not None else []), *named, *more]
    if bars := [m for m in panel.marks if m.kind == "bar" and abs(m.x - word.x if m.upright else m.y - word.y) < 0.3]:
        return _at_the_end(reading, bars, word)
    rows = reading.consistent([panel.title, without_numbers(word.text)])
    years = [row.numbers["year"] for row in rows if "year" in row.numbers]
    return [
        r.value * reading.unit(panel)
        for r in rows
        if r.value is not None and (not years or r.numbers["year"] == max(years))
    ]


def _at_the_end(reading: Reading, bars: list[Mark], word: Words) -> list[float]:
    """Return what a number at the end of lying bars can say: the parts on its side of the middle, or the one bar's length."""
    order = [look for look, label in reading.drawn.legend if "dont_know" not in reading.lexicon.codes(label)]
    ranks = {id(bar): order.index(bar.look) if bar.look in order else -1 for bar in bars}
    middle = len(order) // 2
    if word.x < min(bar.start for bar in bars):
        return [sum(bar.value or 0 for bar in bars if ranks[id(bar)] < middle)]
    if word.x <= max(bar.start + (bar.value or 0) for bar in bars):
        return []
    return [sum(bar.value or 0 for bar in bars if len(bars) == 1 or ranks[id(bar)] > middle)]


def _counts(reading: Reading, panel: Panel, word: Words, index: int) -> list[float]:
    mark = _mark_of(reading, index, panel, word)
    rows = [reading.found[(index, mark)]] if mark else rows_at(reading, panel, word)
    return [row.numbers["n"] for row in rows if "n" in row.numbers]


def _tick_counts(reading: Reading, index: int, panel: Panel) -> Iterator[str]:
    if not panel.axes.yaxis.get_tick_params().get("labelleft", True):
        return  # the neighbour's labels
    for place, label in panel.categories["y"]:
        if match := re.search(r"\(n = (.*)\)$", label):
            rows = [row for (at, mark), row in reading.found.items() if at == index and abs(mark.y - place) < 0.5]
            rows = rows or [row for row in reading.consistent([panel.title, label]) if row.hidden]
            counts = {row.numbers.get("n") for row in rows}
            counts = counts - {None} or counts  # a hidden row has no number beside those of the others
            said = {number.value for number in numerals(match[1], reading.edition)}
            if counts != (said or {None}):
                yield f"{label!r} counts otherwise than its rows: {sorted(map(str, counts))}"


def _says(text: str, value: float | None, edition: Edition) -> bool:
    return value is not None and any(number.is_form_of(value) for number in numerals(text, edition))
