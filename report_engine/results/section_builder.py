"""A section put together part by part: what the data do not bear is left out with a note, the rest stays."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from report_engine.model.section import (
    Claim,
    Column,
    Fact,
    Figure,
    Origin,
    Provenance,
    Section,
    Table,
    Unavailable,
)
from report_engine.results.claims import Data, Declared, judged
from report_engine.results.inputs import Inputs
from report_engine.words.editions import Edition, Text
from report_engine.words.report import say
from report_engine.words.texts import Texts

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Canvas

T = TypeVar("T")

_NOTE_HEIGHT = 0.6  # inches


@dataclass(frozen=True)
class Drawn:
    """What a section says of a figure: the frame behind it, how it is drawn, its words and where it comes from.

    ``draw(data, edition)`` returns a matplotlib figure; ``n`` counts the cases, ``n_unit`` says of what; ``origin`` is that of
    the tables unless it is given.
    """

    data: "pd.DataFrame"
    draw: "Callable[[pd.DataFrame, Edition], Canvas]"
    caption: Text
    alt: Text
    source: Text
    tables: tuple[str, ...]
    n: int | None = None
    n_unit: Text | None = None
    origin: Origin | None = None


class Parts:
    """Collects figures, tables, facts and claims of a section; each is built by a function that may raise ``Unavailable``."""

    def __init__(self, section: str, inputs: Inputs, texts: Texts) -> None:
        self._section, self._inputs, self._texts = section, inputs, texts
        self._figures: list[Figure] = []
        self._tables: list[Table] = []
        self._facts: list[Fact] = []
        self._claims: list[Claim] = []
        self._without: list[Text] = []
        self._labels: dict[str, dict[object, Text]] = {}

    def label(self, column: str, names: Callable[[], Mapping[str, Text] | Mapping[object, Text]]) -> None:
        """Say what codes in a column of figures' data are called; those of data that are not there stand nowhere."""
        if self._inputs.verdicts_only:
            return
        try:
            self._labels.setdefault(column, {}).update(names().items())
        except Unavailable:
            return

    def figure(self, name: str, title: Text, build: Callable[[], Figure]) -> None:
        """Add a figure, or a note of its name that says why there is none."""
        if self._inputs.verdicts_only:
            return
        try:
            self._figures.append(build())
        except Unavailable as lacking:
            self._figures.append(note_figure(name, title, lacking.reason))

    def drawn(self, name: str, build: Callable[[], Drawn]) -> None:
        """Add a figure whose title is the text ``figures.<name>.title``, or a note that says why there is none."""
        title = self._texts(f"figures.{name}.title")
        self.figure(name, title, lambda: self._figure(name, title, build()))

    def _figure(self, name: str, title: Text, its: Drawn) -> Figure:
        from report_engine.methods.disclosure import suppressed_cells

        hidden = suppressed_cells(its.data) if "suppressed" in its.data else 0
        origin = its.origin or self._inputs.origin(*its.tables)
        provenance = Provenance(its.source, origin, its.tables, its.n, its.n_unit, hidden)
        return Figure(name, title, its.data, its.draw, its.caption, its.alt, provenance)

    def table(self, name: str, build: Callable[[], Table]) -> None:
        """Add a table, or a note of its name that says why there is none."""
        if self._inputs.verdicts_only:
            return
        try:
            self._tables.append(build())
        except Unavailable as lacking:
            self._tables.append(note_table(name, lacking.reason))

    def facts(self, build: Callable[[], Iterable[Fact]]) -> None:
        """Add facts; where the data do not bear them, chapters leave out what quotes them."""
        if self._inputs.verdicts_only:
            return
        try:
            self._facts += tuple(build())  # all of them or none
        except Unavailable as lacking:
            if lacking.reason not in self._without:
                self._without.append(lacking.reason)

    def claims(self, made: Iterable[Claim]) -> None:
        """Add claims whose verdicts were found before."""
        self._claims += made

    def declared(self, claims: Iterable[Declared[Data]], data: Data) -> None:
        """Add declared claims, judged by what the section has found."""
        self._claims += judged(self._section, claims, data, self._inputs, self._texts)

    def fill(
        self,
        data: Data,
        figures: Mapping[str, Callable[[Data, Texts], Drawn]],
        facts: Iterable[Callable[[], Iterable[Fact]]],
        claims: Iterable[Declared[Data]],
    ) -> None:
        """Add a section's figures, facts (in groups that the data bear or lack together) and claims, from what it found."""
        for name, figure in figures.items():
            self.drawn(name, partial(figure, data, self._texts))
        for group in facts:
            self.facts(group)
        self.declared(claims, data)

    def section(self) -> Section:
        """Return what came together."""
        return Section(
            self._section,
            tuple(self._figures),
            tuple(self._tables),
            tuple(self._facts),
            tuple(self._claims),
            tuple(self._without),
            self._labels,
            {name: self._inputs.origin(name) for name in self._inputs.tables},
        )


def note_figure(name: str, title: Text, reason: Text) -> Figure:
    """Make the note that stands in a figure's place: one line of text, and an empty frame behind it."""
    import pandas as pd

    def draw(_: "pd.DataFrame", edition: Edition) -> "Canvas":
        from report_engine.drawing import style

        figure, (axis,) = style.canvas(_NOTE_HEIGHT, grid="none")
        axis.set_axis_off()
        axis.text(0, 0.5, reason[edition], va="center", color=style.MUTED, transform=axis.transAxes)
        return figure

    words = _words(reason)
    return Figure(name, title, pd.DataFrame({"note": []}, dtype="str"), draw, words, words, _NO_DATA, (reason,))


def note_table(name: str, reason: Text) -> Table:
    """Make the table that stands in a table's place: one row that says what is lacking."""
    import pandas as pd

    columns = (Column("note", say("missing.note"), labels={"none": reason}),)
    return Table(name, pd.DataFrame({"note": ["none"]}), columns, _words(reason), _NO_DATA, lacking=(reason,))


_NO_DATA = Provenance(say("origins.none"), "none", ())


def _words(reason: Text) -> Text:
    return say("missing.part", reason=reason)
