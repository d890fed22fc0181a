"""The records of a table column by column: a table of a million records takes a few bytes a cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, overload

from report_engine.model.encoded import Encoded, Encoder, repeated
from report_engine.readers.tables.sheet import Record

if TYPE_CHECKING:
    from report_engine.model.encoded import Mask

BATCH = 10_000  # records that are taken apart together


class Grid(Sequence[Record]):
    """Records, each with its row and as many cells as there are ``columns``, but for ``odd`` ones, whose cells stand there."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, rows: list[int], columns: Sequence[Encoded[str]], odd: Mapping[int, list[str]]) -> None:
        self.rows = rows
        self.columns = columns
        self.odd = odd

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Record]:
        cells = zip(*self.columns, strict=True) if self.columns else iter([()] * len(self.rows))
        for at, (row, line) in enumerate(zip(self.rows, cells, strict=True)):
            yield row, [*self.odd.get(at, line)]

    def __eq__(self, other: object) -> bool:
        return [*self] == [*other] if isinstance(other, Sequence) else NotImplemented

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> "Grid": ...
    def __getitem__(self, at: int | slice) -> "Record | Grid":
        if isinstance(at, slice):
            places = range(len(self))[at]
            odd = {places.index(place): cells for place, cells in self.odd.items() if place in places}
            return Grid(self.rows[at], [column[at] for column in self.columns], odd)
        place = range(len(self))[at]
        return self.rows[at], [*(self.odd[place] if place in self.odd else (column[at] for column in self.columns))]

    def take(self, kept: "Mask") -> "Grid":
        """Return the records that a mask marks."""
        if kept.all():
            return self
        places = kept.nonzero()[0].tolist()
        odd = {to: self.odd[at] for to, at in enumerate(places) if at in self.odd} if self.odd else {}
        return Grid([self.rows[at] for at in places], [column.take(kept) for column in self.columns], odd)

    def unfit(self, width: int, least: int) -> list[int]:
        """Return the positions of records that need a look where a header has so many columns, of which ``least`` must be there."""
        import numpy as np

        if len(self.columns) < least:
            return [*range(len(self))]
        mask = np.zeros(len(self), bool)
        mask[[*self.odd]] = True
        for column in self.columns[width:]:
            mask |= column.where(bool)
        return mask.nonzero()[0].tolist()

    def wide(self, width: int) -> list[Encoded[str]]:
        """Return so many columns: those there are, and empty ones."""
        return [*self.columns[:width], *[repeated("", len(self))] * (width - len(self.columns))]

    def even(self) -> Sequence[Encoded[str]]:
        """Return the columns with the cells of odd records in their place; none may have another number of cells."""
        if not self.odd:
            return self.columns
        cells = zip(*self.odd.values(), strict=True)
        return [_patched(column, self.odd, texts) for column, texts in zip(self.columns, cells, strict=True)]


def _patched(column: Encoded[str], places: Iterable[int], texts: Sequence[str]) -> Encoded[str]:
    encoder = Encoder()
    encoder.add_encoded(column)
    encoder.add(texts)
    whole = encoder.encoded()
    codes = whole.codes[: len(column)].copy()
    codes[[*places]] = whole.codes[len(column) :]
    return Encoded(whole.distinct, codes)


def gridded(records: Iterable[Record]) -> Grid:
    """Put records into columns, a batch at a time; those that are not as wide as most of the first ones are odd."""
    if isinstance(records, Grid):
        return records
    rows: list[int] = []
    odd: dict[int, list[str]] = {}
    encoders: list[Encoder] | None = None
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        if encoders is None:
            widths = Counter(len(cells) for _, cells in batch)
            encoders = [Encoder() for _ in range(max(widths, key=lambda width: widths[width]))]
        width, blank = len(encoders), [""] * len(encoders)
        odd |= {len(rows) + at: cells for at, (_, cells) in enumerate(batch) if len(cells) != width}
        rows += [row for row, _ in batch]
        lines = zip(*(cells if len(cells) == width else blank for _, cells in batch), strict=True)
        for encoder, column in zip(encoders, lines, strict=True):
            encoder.add(column)
    return Grid(rows, [encoder.encoded() for encoder in encoders or ()], odd)
