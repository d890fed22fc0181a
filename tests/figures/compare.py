"""Compare what a drawn figure says with what its frame says."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from analysis.model import Edition
from tests.figures.artists import Drawn, Mark, Panel, Segment, Words, plain, to_the_right
from tests.figures.lexicon import Lexicon, contract_order
from tests.figures.numerals import is_year, numerals
from tests.figures.rows import PAIRS, Row

UNNAMED = {
    "background/all_290": "290 points have no room for a name: they are compared as sets by group",
    "background/cost_per_participant": "thin lines without a name: they are compared as a set",
    "knowledge_review/timeline": "a study is a point of its year, theme and kind of result",
}
"""Figures some of whose marks are told apart by their place only."""

UNITS = (
    (r"\bmnkr\b|SEK million", 1e-3),
    (r"\bmdkr\b|SEK billion", 1e-6),
    (r"tusen kronor|SEK thousand", 1e-3),
)
"""What an axis shows of the frame's SEK or SEK thousand, by the words beside it."""

ORDERS = {
    "staff/caseload": [
        "social_services", "social_services/social_services_manager", "social_services/social_worker",
        "labour_unit", "labour_unit/labour_unit_manager", "labour_unit/labour_unit_staff",
    ],
}  # fmt: skip
"""Orders of rows that are neither the frame's nor the contract's."""

SORTED = ("skr_group_code",)
"""Columns whose codes are themselves in order."""

_CLOSE = 1e-6


@dataclass
class Reading:
    """A figure's drawing beside its rows; ``found`` maps marks to the rows that they are."""

    figure: str
    edition: Edition
    drawn: Drawn
    rows: list[Row]
    lexicon: Lexicon
    found: dict[tuple[int, Mark], Row] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)

    def faults(self) -> Iterator[str]:
        """Yield what the drawing says otherwise than the frame, one sentence each."""
        if not any(panel.marks for panel in self.drawn.panels):
            yield "no mark is read: the figure needs a reader of its own"
        for look, label in self.drawn.legend:
            if not self.lexicon.codes(label):
                yield f"the legend says {label!r}, which names nothing in the frame"
            if sum(other == look for other, _ in self.drawn.legend) > 1 and len({t for _, t in self.drawn.legend}) > 1:
                yield f"the legend has the look of {label!r} twice"
        for index, panel in enumerate(self.drawn.panels):
            yield from panel.scale_faults()
            yield from self._titled(panel)
            for mark in sorted(set(panel.marks), key=_first_points):
                for _ in range(panel.marks.count(mark) if mark.kind == "point" and mark.line < 0 else 1):
                    yield from self._match(index, panel, mark)
        yield from self._undrawn()
        for index, panel in enumerate(self.drawn.panels):
            yield from self._stacks(index, panel)
            for segment in panel.segments:
                yield from self._segment(index, panel, segment)
            yield from self._bands(panel)
            for word in panel.words:
                yield from self._word(index, panel, word)
            yield from self._tick_counts(index, panel)
        yield from self._intervals()
        yield from self._orders()
        yield from self._looks()
        yield from self._axis_names()

    # -- marks ------------------------------------------------------------------------------------------------------

    def labels(self, panel: Panel, mark: Mark) -> list[str]:
        """List the words that a reader takes together with a mark."""
        texts = [self.category(panel, which, getattr(mark, which)) for which in ("x", "y")]
        texts.append(panel.title)
        sides = [word for word in panel.words if word.above]
        texts += [word.text for word in sides if word.x * self._reach(mark) > 0]
        legend = [label for look, label in self.drawn.legend if look == mark.look]
        own = [
            word.text for word in panel.words if abs(word.x - mark.x) + abs(word.y - mark.y) < _CLOSE and not word.above
        ]
        own += [word.text for word in self._linked(panel, mark)]
        if not self.drawn.legend and mark.kind == "point" and (beside := to_the_right(panel, mark)):
            own.append(beside.text)
        if not legend and len(mark.look) > 1 and not any(self.lexicon.codes(_without_numbers(text)) for text in own):
            own += [word.text for word in panel.words if word.colour == mark.look[1]]
        return [text for text in (*texts, *legend, *(_without_numbers(text) for text in own)) if text]

    def _reach(self, mark: Mark) -> float:
        return mark.x if mark.kind != "bar" else mark.start + (mark.value or 0) / 2

    def category(self, panel: Panel, which: str, place: float) -> str:
        """Return the label of the category at a place of an axis, empty where the axis is a scale."""
        labels = panel.categories[which]
        if not labels and not panel.ticks[which] and which == "x":
            limits = panel.axes.get_xlim()
            labels = next(
                (p.categories["x"] for p in self.drawn.panels if p.axes.get_xlim() == limits and p.categories["x"]), []
            )
        heads = which == "x" and not panel.ticks["x"] and panel.axes.yaxis_inverted()
        if heads:
            labels = [(x, text) for x, text in labels if x <= place]
        near = min(labels, key=lambda item: abs(item[0] - place), default=None)
        return near[1] if near and (heads or abs(near[0] - place) <= 0.55) else ""

    def _linked(self, panel: Panel, mark: Mark) -> list[Words]:
        """Return the texts that a stroke joins to a mark."""
        if mark.kind != "point":
            return []
        ends = [
            (s.x[1], s.y[1]) for s in panel.segments if abs(s.x[0] - mark.x) < _CLOSE and abs(s.y[0] - mark.y) < 0.1
        ]
        reach = (panel.axes.get_xlim()[1] - panel.axes.get_xlim()[0]) * 0.02
        return [w for w in panel.words for x, y in ends if abs(w.x - x) <= reach and abs(w.y - y) < 0.05]

    def consistent(self, texts: list[str]) -> list[Row]:
        """Return the rows that all these labels can speak of; a label that names nothing in the frame is no label."""
        named = [codes for text in texts if (codes := self.lexicon.codes(text))]
        return [row for row in self.rows if all(self._speaks_of(codes, row) for codes in named)]

    def _speaks_of(self, codes: set[str], row: Row) -> bool:
        if codes & set(row.codes.values()):
            return True
        columns = codes & set(row.numbers)
        sides = {c for p in self.drawn.panels for w in p.words if w.above for c in self.lexicon.codes(w.text)}
        return bool(columns and sides) and any(
            row.numbers[c] == max(row.numbers.get(o, -9) for o in sides) for c in columns
        )

    def value(self, panel: Panel, mark: Mark) -> float:
        """Read the value that a mark shows, in the frame's unit."""
        if mark.value is not None:
            shown = mark.value
        else:
            across = bool(panel.categories["y"])
            shown = mark.x if across else mark.y
            shown = abs(shown) if panel.absolute["x" if across else "y"] else shown
        return shown / self._unit(panel)

    def _unit(self, panel: Panel) -> float:
        return next((factor for words, factor in UNITS if re.search(words, panel.units, re.IGNORECASE)), 1.0)

    def _match(self, index: int, panel: Panel, mark: Mark) -> Iterator[str]:
        texts = self.labels(panel, mark)
        place = f"the {mark.kind} at {mark.x:.4g}, {mark.y:.4g} of {' / '.join(texts) or 'the figure'}"
        for which in ("x", "y"):
            label = self.category(panel, which, getattr(mark, which))
            if panel.categories[which] and not self.lexicon.codes(label):
                yield f"{place}: the axis label {label!r} names nothing in the frame"
                return
        rows = [row for row in self.consistent(texts) if self._there(panel, mark, row)]
        if len(rows) != 1 and self.figure not in UNNAMED:
            yield f"{place} can be {len(rows)} rows of the frame"
            return
        again = mark.kind == "point" and mark.line >= 0
        fitting = [
            row for row in rows if self._shows(panel, mark, row) and (not row.drawn or again or mark.kind == "vertex")
        ]
        fitting.sort(key=lambda row: row.drawn)
        if not fitting:
            said = ", ".join(f"{row.value}" for row in rows[:3])
            yield f"{place} shows {self.value(panel, mark):.6g}, its row says {said or 'nothing'}"
            return
        fitting[0].drawn = True
        self.found[(index, mark)] = fitting[0]

    def _there(self, panel: Panel, mark: Mark, row: Row) -> bool:
        """Say whether a mark stands where a row's year, or its first column of two, says."""
        if self.figure in PAIRS:
            return math.isclose(mark.x, row.numbers[PAIRS[self.figure][0]], abs_tol=_CLOSE)
        if panel.categories["x"] or mark.value is not None or (panel.categories["y"] and row.column):
            return True
        return math.isclose(mark.x, row.numbers.get("year", math.nan), abs_tol=_CLOSE)

    def _shows(self, panel: Panel, mark: Mark, row: Row) -> bool:
        if not row.column:
            return True
        shown = self.value(panel, mark)
        if math.isnan(shown):
            return not row.value
        merged = bool(row.numbers.get("merged"))
        return (
            row.value is not None
            and mark.hatched == merged
            and math.isclose(shown, row.value, rel_tol=1e-6, abs_tol=1e-9)
        )

    def _undrawn(self) -> Iterator[str]:
        hidden_words = [(p, w) for p in self.drawn.panels for w in p.words if w.text in ("..", "–")]
        counted = any("suppressed" in row.numbers or row.hidden for row in self.rows)
        for row in self.rows:
            if row.hidden and counted and self.figure not in UNNAMED:
                if not any(row in self._rows_at(p, w) for p, w in hidden_words):
                    yield f"nothing says that {row.codes} is hidden"
            elif not row.drawn and not row.hidden and not (row.column == "share" and row.value == 0):
                yield f"{row.codes} ({row.column} {row.value}) is not drawn"

    # -- bars, strokes, bands -----------------------------------------------------------------------------------------

    def _stacks(self, index: int, panel: Panel) -> Iterator[str]:
        """Yield the bars that don't follow each other in the legend's order, from zero or around the middle part."""
        lines: dict[float, list[Mark]] = {}
        for mark in panel.marks:
            if mark.kind == "bar":
                lines.setdefault(round(mark.x if mark.upright else mark.y, 6), []).append(mark)
        order = [look for look, _ in self.drawn.legend]
        for bars in lines.values():
            bars.sort(key=lambda bar: bar.start)
            for one, other in pairwise(bars):
                if abs(one.start + (one.value or 0) - other.start) > _CLOSE:
                    yield f"the bars at {other.start:.4g} leave a gap or overlap"
            ranks = [order.index(bar.look) for bar in bars if bar.look in order]
            if ranks not in (sorted(ranks), sorted(ranks, reverse=bars[0].upright)):
                yield "the parts of a bar do not follow the legend"
            if len(bars) > 1 and abs(bars[0].start) > _CLOSE:
                middle = order[len(order) // 2]
                against = sum(
                    (b.value or 0) / (2 if b.look == middle else 1)
                    for b in bars
                    if order.index(b.look) <= len(order) // 2
                )
                if abs(bars[0].start + against) > _CLOSE:
                    yield "a bar is not centred on its middle part"
            elif len(bars) == 1 and abs(bars[0].start) > _CLOSE:
                yield "a bar does not begin at zero"

    def _segment(self, index: int, panel: Panel, segment: Segment) -> Iterator[str]:
        across = bool(panel.categories["y"])
        along, line = (segment.x, segment.y) if across else (segment.y, segment.x)
        place = f"the stroke from {segment.x[0]:.4g}, {segment.y[0]:.4g} to {segment.x[1]:.4g}, {segment.y[1]:.4g}"
        if any(
            w
            for mark in panel.marks
            if mark.kind == "point" and _begins(segment, mark)
            for w in self._linked(panel, mark)
        ):
            return
        if abs(line[0] - line[1]) > _CLOSE:
            if abs(along[0] - along[1]) < _CLOSE and re.search("median", panel.units, re.IGNORECASE):
                place_ = sum(line) / 2
                values = [
                    row.value for row in self.consistent([self.category(panel, "y", place_)]) if row.value is not None
                ]
                if not math.isclose(along[0], float(pd.Series(values).median()), rel_tol=1e-6):
                    yield f"{place} is not at the median of its row"
                return
            yield f"{place} explains nothing"
            return
        beside = {
            (mark.x if across else mark.y): self.found.get((index, mark))
            for mark in panel.marks
            if abs((mark.y if across else mark.x) - line[0]) < _CLOSE
        }
        if all(any(abs(end - at) < _CLOSE for at in beside) for end in along) and len(beside) > 1:
            return  # joins two dots
        low, high = sorted(abs(end) for end in along) if panel.absolute["x" if across else "y"] else sorted(along)
        for row in [row for at, row in beside.items() if row and min(along) - _CLOSE <= at <= max(along) + _CLOSE]:
            bounds = row.numbers.get("low", math.nan), row.numbers.get("high", math.nan)
            if all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in zip((low, high), bounds, strict=True)):
                row.numbers["interval drawn"] = 1.0
                return
        yield f"{place} is the interval of no dot on its line"

    def _intervals(self) -> Iterator[str]:
        """Yield the dots whose row has an interval that no stroke shows."""
        dots = {
            id(row): row for (_, mark), row in self.found.items() if mark.kind == "point" and row.column == "estimate"
        }
        for row in dots.values():
            if {"low", "high"} <= set(row.numbers) and "interval drawn" not in row.numbers:
                yield f"the interval of {row.codes} is not drawn"

    def _bands(self, panel: Panel) -> Iterator[str]:
        rows = self.consistent([panel.title])
        for band in panel.bands:
            corners = {(round(x, 6), round(y, 6)) for x, y in band}
            said = {
                (r.numbers["year"], round(r.numbers[b], 6)) for r in rows for b in ("low", "high") if b in r.numbers
            }
            if corners != said:
                yield f"the band of {panel.title!r} is not that of its rows"
        if (
            any(p.bands for p in self.drawn.panels)
            and not panel.bands
            and any("low" in row.numbers for row in rows)
            and panel.marks
        ):
            yield f"the band of {panel.title!r} is not drawn"

    # -- texts --------------------------------------------------------------------------------------------------------

    def _rows_at(self, panel: Panel, word: Words) -> list[Row]:
        """Return the rows that a text's place on the axes is about."""
        texts = [panel.title, self.category(panel, "x", word.x), self.category(panel, "y", word.y)]
        texts += [other.text for other in panel.words if other.above and other.x * word.x > 0]
        return self.consistent([*texts, _without_numbers(word.text)])

    def _word(self, index: int, panel: Panel, word: Words) -> Iterator[str]:
        if word.above:
            return
        if word.text in ("..", "–"):
            if not any(row.hidden for row in self._rows_at(panel, word)) and not self._missing(panel, word):
                yield f"two dots stand at {word.x:.3g}, {word.y:.3g}, where nothing is hidden"
            return
        text = word.text
        for number in numerals(text, self.edition):
            is_n = text[: number.start].rstrip().endswith("n =")
            allowed = self._counts(panel, word, index) if is_n else self._values(panel, word, index)
            if not any(number.is_form_of(value) for value in allowed):
                yield f"{text!r} at {word.x:.3g}, {word.y:.3g}: {number.value:g} is none of {[round(v, 4) for v in allowed[:4]]}"

    def _missing(self, panel: Panel, word: Words) -> bool:
        """Say whether a dash stands in a cell that the frame has no row for."""
        cell = [self.category(panel, "x", word.x), self.category(panel, "y", word.y)]
        return word.text == "–" and all(cell) and not self.consistent(cell)

    def _mark_of(self, index: int, panel: Panel, word: Words) -> Mark | None:
        """Return the mark that a text is about: at its point, around it, or nearest on its line."""
        marks = [mark for at, mark in self.found if at == index]
        for mark in marks:
            if abs(mark.x - word.x) + abs(mark.y - word.y) < _CLOSE:
                return mark
        for mark in marks:
            if word in self._linked(panel, mark):
                return mark
            if mark.kind == "cell" and max(abs(mark.x - word.x), abs(mark.y - word.y)) < 0.5:
                return mark
        for mark in marks:
            if mark.kind == "bar":
                at, line = (word.y, word.x - mark.x) if mark.upright else (word.x, word.y - mark.y)
                if abs(line) < 0.3 and abs(mark.start + (mark.value or 0) / 2 - at) < _CLOSE:
                    return mark
        near = [m for m in marks if m.kind == "point" and abs(m.x - word.x) < _CLOSE and 0 <= word.y - m.y < 0.35]
        return near[0] if near else None

    def _values(self, panel: Panel, word: Words, index: int) -> list[float]:
        mark = self._mark_of(index, panel, word)
        if mark:
            row = self.found[(index, mark)]
            if mark.kind == "cell" and row.column != "n" and not _says(word.text, row.value, self.edition):
                return [row.numbers["n"]] if "n" in row.numbers and "studies" not in row.numbers else []
            named = [row.numbers["year"]] if word.text[:4].isdigit() and "year" in row.numbers else []
            more = [row.numbers["population"]] if "population" in row.numbers else []
            return [*([row.value * self._unit(panel)] if row.value is not None else []), *named, *more]
        line = [
            m
            for m in panel.marks
            if m.kind == "bar" and abs((m.x if m.upright else m.y) - (word.x if m.upright else word.y)) < 0.3
        ]
        if line:
            first, last = min(m.start for m in line), max(m.start + (m.value or 0) for m in line)
            looks = [look for look, _ in self.drawn.legend]
            middle = len(looks) // 2
            if word.x < first:
                return [sum(m.value or 0 for m in line if looks.index(m.look) < middle)]
            if word.x > last and len(line) > 1:
                return [sum(m.value or 0 for m in line if looks.index(m.look) > middle)]
            return [line[0].value or 0] if word.x > last else []
        rows = self.consistent([panel.title, _without_numbers(word.text)])
        years = [row.numbers["year"] for row in rows if "year" in row.numbers]
        return [
            r.value * self._unit(panel)
            for r in rows
            if r.value is not None and (not years or r.numbers["year"] == max(years))
        ]

    def _counts(self, panel: Panel, word: Words, index: int) -> list[float]:
        mark = self._mark_of(index, panel, word)
        rows = [self.found[(index, mark)]] if mark else self._rows_at(panel, word)
        return [row.numbers["n"] for row in rows if "n" in row.numbers]

    def _tick_counts(self, index: int, panel: Panel) -> Iterator[str]:
        if not panel.axes.yaxis.get_tick_params().get("labelleft", True):
            return  # the neighbour's labels
        for place, label in panel.categories["y"]:
            if match := re.search(r"\(n = (.*)\)$", label):
                rows = [row for (at, mark), row in self.found.items() if at == index and abs(mark.y - place) < 0.5]
                rows = rows or [row for row in self.consistent([panel.title, label]) if row.hidden]
                counts = {row.numbers.get("n") for row in rows}
                said = {number.value for number in numerals(match[1], self.edition)}
                if counts != (said or {None}):
                    yield f"{label!r} counts otherwise than its rows: {sorted(map(str, counts))}"

    def _looks(self) -> Iterator[str]:
        """Yield the looks that stand beside different words, and the words beside different looks."""
        pairs = {
            (mark.look, word.text)
            for panel in self.drawn.panels
            for mark in panel.marks
            if mark.kind == "point" and (word := to_the_right(panel, mark)) and self.lexicon.codes(word.text)
        }
        for which in (0, 1):
            if len({pair[which] for pair in pairs}) != len(pairs):
                yield f"marks of one look stand beside different words, or of several beside one: {sorted(pairs)}"

    def _axis_names(self) -> Iterator[str]:
        """Yield the axes of two columns that don't say which is theirs."""
        for panel in self.drawn.panels if self.figure in PAIRS else ():
            for column, label in zip(
                PAIRS[self.figure], (panel.axes.get_xlabel(), panel.axes.get_ylabel()), strict=True
            ):
                if panel.axes.axison and not any(
                    {column} & codes for _, _, codes in self.lexicon.mentions(plain(label))
                ):
                    yield f"the axis {label!r} does not say that it shows {column}"

    def _titled(self, panel: Panel) -> Iterator[str]:
        years = {row.numbers[c] for row in self.rows for c in row.numbers if c.endswith(("year", "wave"))}
        for number in numerals(panel.units, self.edition):
            if is_year(number) and number.value not in years:
                yield f"{panel.units!r} names a year that the frame has not"

    # -- order --------------------------------------------------------------------------------------------------------

    def _orders(self) -> Iterator[str]:
        """Yield the axes, and the panels, whose labels come in another order than the frame's or the contract's."""
        listed = [("the panels", [panel.title for panel in self.drawn.panels if panel.marks])]
        for panel in self.drawn.panels:
            down = not panel.axes.yaxis_inverted()
            listed.append(("the rows", [label for _, label in sorted(panel.categories["y"], reverse=down)]))
            listed.append(("the columns", [label for _, label in sorted(panel.categories["x"])]))
        for what, labels in listed:
            named = [codes for label in labels if (codes := self.lexicon.codes(label))]
            columns = [c for c in {c for row in self.rows for c in row.codes} if self._all_in(named, c)]
            if len(named) > 1 and columns and not any(self._in_order(named, column) for column in columns):
                yield f"{what} stand in another order than the frame's: {labels}"

    def _all_in(self, named: list[set[str]], column: str) -> bool:
        present = {row.codes.get(column) for row in self.rows}
        return all(codes & present for codes in named)

    def _in_order(self, named: list[set[str]], column: str) -> bool:
        frame = list(dict.fromkeys(row.codes[column] for row in self.rows if column in row.codes))
        orders = [frame, sorted(frame)] if column in SORTED else [frame]
        orders += [order for order in (contract_order(column), ORDERS.get(self.figure, [])) if set(frame) <= set(order)]
        for order in orders:
            places = [
                min(order.index(code) for code in codes if code in order) for codes in named if codes & set(order)
            ]
            if len(places) == len(named) and places == sorted(places) and len(set(places)) == len(places):
                return True
        return False


def _begins(segment: Segment, mark: Mark) -> bool:
    return abs(segment.x[0] - mark.x) < _CLOSE and abs(segment.y[0] - mark.y) < 0.1


def _first_points(mark: Mark) -> tuple[int, float, float]:
    """Match what has a name of its own before the joined corners of lines."""
    return (mark.kind == "vertex", mark.y, mark.x)


def _without_numbers(text: str) -> str:
    """Take the numbers out of a label: ``2014 minst 5,2`` says ``minst``."""
    return re.sub(r"[+\u2212]?(?<!\w)\d[\d\u202f.,]*(?:\u00a0?%)?(?!\w)", "", text).strip(" ,\n")


def _says(text: str, value: float | None, edition: Edition) -> bool:
    return value is not None and any(number.is_form_of(value) for number in numerals(text, edition))
