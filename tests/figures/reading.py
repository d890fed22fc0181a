"""A drawn figure beside its frame: which words a reader takes together with a mark, and which rows they can speak of."""

import re
from dataclasses import dataclass, field

from report_engine.words.editions import Edition
from tests.figures.artists import Drawn, Mark, Panel, Words, to_the_right
from tests.figures.lexicon import Lexicon
from tests.figures.rows import Row

UNITS = (
    (r"\bmnkr\b|SEK million", 1e-3),
    (r"\bmdkr\b|SEK billion", 1e-6),
    (r"tusen kronor|SEK thousand", 1e-3),
)
"""What an axis shows of the frame's SEK or SEK thousand, by the words beside it."""

CLOSE = 1e-6
"""What counts as the same place, in data coordinates."""


@dataclass
class Reading:
    """A figure's drawing beside its rows; ``found`` maps marks to the rows that they are."""

    figure: str
    edition: Edition
    drawn: Drawn
    rows: list[Row]
    lexicon: Lexicon
    found: dict[tuple[int, Mark], Row] = field(default_factory=dict)

    def labels(self, panel: Panel, mark: Mark) -> list[str]:
        """List the words that a reader takes together with a mark."""
        texts = [self.category(panel, which, getattr(mark, which)) for which in ("x", "y")]
        texts.append(panel.title)
        sides = [word for word in panel.words if word.above]
        texts += [word.text for word in sides if word.x * self._reach(mark) > 0]
        legend = [label for look, label in self.drawn.legend if look == mark.look]
        own = [
            word.text for word in panel.words if abs(word.x - mark.x) + abs(word.y - mark.y) < CLOSE and not word.above
        ]
        own += [word.text for word in self.linked(panel, mark)]
        if not self.drawn.legend and mark.kind == "point" and (beside := to_the_right(panel, mark)):
            own.append(beside.text)
        if not legend and len(mark.look) > 1 and not any(self.lexicon.codes(without_numbers(text)) for text in own):
            own += [word.text for word in panel.words if word.colour == mark.look[1]]
        return [text for text in (*texts, *legend, *(without_numbers(text) for text in own)) if text]

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

    def linked(self, panel: Panel, mark: Mark) -> list[Words]:
        """Return the texts that a stroke joins to a mark."""
        if mark.kind != "point":
            return []
        ends = [(s.x[1], s.y[1]) for s in panel.segments if abs(s.x[0] - mark.x) < CLOSE and abs(s.y[0] - mark.y) < 0.1]
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
        return shown / self.unit(panel)

    def unit(self, panel: Panel) -> float:
        """Return what a panel's axis shows of one unit of the frame."""
        return next((factor for words, factor in UNITS if re.search(words, panel.units, re.IGNORECASE)), 1.0)


def without_numbers(text: str) -> str:
    """Take the numbers out of a label: ``2014 minst 5,2`` says ``minst``."""
    return re.sub(r"[+\u2212]?(?<!\w)\d[\d\u202f.,]*(?:\u00a0?%)?(?!\w)", "", text).strip(" ,\n")
