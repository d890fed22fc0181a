"""Columns as their distinct values and which of them each record has: what holds for a value is found out once for all its cells.

This is what lets a survey of a million answers, in which each question has a dozen different ones, be read and checked in a
few bytes a cell. NumPy is loaded when there is a table: a command that reads none stays quick.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, count, islice
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]

T = TypeVar("T")
U = TypeVar("U")

_BLOCK = 50_000  # cells that are looked at together: fewer objects at a time, no slower


class Encoded(Sequence[T]):
    """A column: ``distinct`` holds its values, ``codes`` (int32) for each cell the place of its value there.

    A value may stand in ``distinct`` twice, or for no cell.
    """

    __slots__ = ("codes", "distinct")
    __hash__ = None  # type: ignore[assignment]  # like a list

    def __init__(self, distinct: Sequence[T], codes: "Codes") -> None:
        self.distinct = distinct
        self.codes = codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self.codes), _BLOCK):
            yield from map(self.distinct.__getitem__, self.codes[start : start + _BLOCK].tolist())

    def __contains__(self, value: object) -> bool:
        return value in self.values()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"Encoded({[*self]!r})"

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Encoded[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Encoded[T]":
        if isinstance(at, slice):
            return Encoded(self.distinct, self.codes[at])
        return self.distinct[int(self.codes[at])]

    def map(self, change: Callable[[T], U]) -> "Encoded[U]":
        """Change the values, each once."""
        return Encoded([change(value) for value in self.distinct], self.codes)

    def take(self, order: "Sequence[int] | Codes | Mask") -> "Encoded[T]":
        """Return the cells at these positions in this order, or those that a mask marks."""
        import numpy as np

        return Encoded(self.distinct, self.codes[order if isinstance(order, np.ndarray) else np.array(order, np.int64)])

    def found(self) -> "Codes":
        """Return the codes that occur, in the order of their first cells."""
        import numpy as np

        first = np.full(len(self.distinct), -1, np.int64)
        first[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1)  # of equal places the last one written stays
        codes = np.flatnonzero(first >= 0)
        return codes[np.argsort(first[codes], kind="stable")].astype(np.int32)

    def values(self) -> list[T]:
        """Return the values that occur, each once, in the order of their first cells."""
        return list(dict.fromkeys(map(self.distinct.__getitem__, self.found().tolist())))

    def counted(self) -> dict[T, int]:
        """Return how often each value occurs, in the order of their first cells."""
        import numpy as np

        times = np.bincount(self.codes, minlength=len(self.distinct)).tolist()
        counts: dict[T, int] = {}
        for code in self.found().tolist():
            value = self.distinct[code]
            counts[value] = counts.get(value, 0) + times[code]
        return counts

    def where(self, holds: Callable[[T], bool]) -> "Mask":
        """Mark the cells of whose values something holds."""
        import numpy as np

        return np.fromiter(map(holds, self.distinct), np.bool_, len(self.distinct))[self.codes]

    def those(self, holds: Callable[[T], bool]) -> Iterator[tuple[int, T]]:
        """Give the cells of whose values something holds, each with its position, in ascending order."""
        return self._cells(self.where(holds))

    def repeated(self) -> Iterator[tuple[int, T]]:
        """Give the cells whose values other cells hold too, each with its position, in ascending order."""
        import numpy as np

        return self._cells((np.bincount(self.codes, minlength=len(self.distinct)) > 1)[self.codes])

    def _cells(self, mask: "Mask") -> Iterator[tuple[int, T]]:
        return zip(mask.nonzero()[0].tolist(), self.take(mask), strict=True)

    def at(self, kind: type[U]) -> dict[int, U]:
        """Return the values of a type by their positions, in ascending order."""
        cells = self.those(lambda value: isinstance(value, kind))
        return {place: value for place, value in cells if isinstance(value, kind)}

    def sums(self: "Encoded[float]", groups: "Encoded[U]") -> dict[U, float]:
        """Return the sum of the cells of each group, added one after the other."""
        import numpy as np

        amounts = np.array(self.distinct, np.float64)[self.codes]
        sums = np.bincount(groups.codes, amounts, len(groups.distinct))
        return {groups.distinct[code]: float(sums[code]) for code in groups.found().tolist()}

    def unique(self) -> "Encoded[T]":
        """Return the column with each of its values once in ``distinct``, and none besides; equal values are one."""
        import numpy as np

        known: dict[T, int] = {}
        codes = np.zeros(len(self.distinct), np.int32)
        for code in self.found().tolist():
            codes[code] = known.setdefault(self.distinct[code], len(known))
        return Encoded([*known], codes[self.codes])


class Encoder:
    """Encodes a column part by part; a text and a number written alike stay apart."""

    def __init__(self) -> None:
        self._known: defaultdict[Any, int] = defaultdict(count().__next__)
        self._parts: list[Codes] = []
        self._distinct: Sequence[object] = ()
        self._places: Codes

    def add(self, cells: Sequence[object]) -> None:
        """Take the next cells of the column."""
        import numpy as np

        kinds = set(map(type, cells))
        keys = cells if kinds <= {str} else zip(map(type, cells), cells, strict=True)
        self._parts.append(np.fromiter(map(self._known.__getitem__, keys), np.int32, len(cells)))

    def add_encoded(self, cells: "Encoded[Any]") -> None:
        """Take the next cells, which are encoded by themselves."""
        import numpy as np

        if cells.distinct is not self._distinct:
            keys = (value if type(value) is str else (type(value), value) for value in cells.distinct)
            self._places = np.fromiter(map(self._known.__getitem__, keys), np.int32, len(cells.distinct))
            self._distinct = cells.distinct
        self._parts.append(self._places[cells.codes])

    def encoded(self) -> "Encoded[Any]":
        """Return the whole column."""
        import numpy as np

        codes = np.concatenate(self._parts) if self._parts else np.zeros(0, np.int32)
        return Encoded([key[1] if type(key) is tuple else key for key in self._known], codes)


def encoded(cells: Iterable[U]) -> Encoded[U]:
    """Return cells as an encoded column; one that is encoded stays as it is."""
    if isinstance(cells, Encoded):
        return cells
    encoder, rest = Encoder(), iter(cells)
    while block := list(islice(rest, _BLOCK)):
        encoder.add(block)
    return encoder.encoded()


def repeated(value: U, times: int) -> Encoded[U]:
    """Return a column that holds one value so many times."""
    import numpy as np

    return Encoded([value], np.zeros(times, np.int32))


def joined(parts: Sequence[Sequence[U]]) -> Encoded[U]:
    """Return columns put under one another."""
    import numpy as np

    columns = [encoded(part) for part in parts]
    if len(columns) == 1:
        return columns[0]
    starts = accumulate((len(column.distinct) for column in columns), initial=0)
    codes = [column.codes + np.int32(start) for column, start in zip(columns, starts, strict=False)]
    distinct = [value for column in columns for value in column.distinct]
    return Encoded(distinct, np.concatenate(codes) if codes else np.zeros(0, np.int32))


def together(columns: Iterable[Sequence[U]]) -> Encoded[tuple[U, ...]]:
    """Return the combinations of values that records have in several columns of one length; each is distinct once."""
    import numpy as np

    several = [encoded(column).unique() for column in columns]
    first, *others = several
    keys: list[tuple[U, ...]] = [(value,) for value in first.distinct]
    codes = first.codes
    for other in others:
        pairs = codes.astype(np.int64) * max(1, len(other.distinct)) + other.codes
        present, codes = np.unique(pairs, return_inverse=True)
        befores, afters = np.divmod(present, max(1, len(other.distinct)))
        keys = [(*keys[one], other.distinct[two]) for one, two in zip(befores.tolist(), afters.tolist(), strict=True)]
    return Encoded(keys, codes.astype(np.int32))


def alike(columns: Sequence[Sequence[object]]) -> Iterator[tuple[int, int]]:
    """Give the records whose values in several columns are one and the same, but for ``None``, each with how many they are."""
    import numpy as np

    several = [encoded(column).unique() for column in columns]
    known: dict[object, int] = {}
    first = np.full(len(several[0]), -1, np.int32)
    count = np.zeros(len(several[0]), np.int32)
    same = np.ones(len(several[0]), np.bool_)
    for column in several:
        numbers = [-1 if value is None else known.setdefault(value, len(known)) for value in column.distinct]
        values = np.array(numbers, np.int32)[column.codes]
        answered = values >= 0
        first[answered & (first < 0)] = values[answered & (first < 0)]
        same &= ~answered | (values == first)
        count += answered
    places = (same & (count > 0)).nonzero()[0]
    return zip(places.tolist(), count[places].tolist(), strict=True)


def sorted_out(column: Encoded[T], kinds: "Codes", changes: Sequence[Callable[[T], U]]) -> Encoded[U]:
    """Change the values of a column's cells, in cells of each kind (from 0) otherwise; each value of a kind once."""
    import numpy as np

    pairs = column.codes.astype(np.int64) * len(changes) + kinds
    present = np.unique(pairs)
    codes = np.searchsorted(present, pairs).astype(np.int32)
    places = ((*divmod(pair, len(changes)),) for pair in present.tolist())
    return Encoded([changes[kind](column.distinct[code]) for code, kind in places], codes)


class Positions(AbstractSet[int]):
    """The positions that a mask marks, as a set that takes a byte a record; they come in ascending order."""

    __slots__ = ("mask",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, mask: "Mask") -> None:
        self.mask = mask

    def __len__(self) -> int:
        return int(self.mask.sum())

    def __iter__(self) -> Iterator[int]:
        return iter(self.mask.nonzero()[0].tolist())

    def __contains__(self, at: object) -> bool:
        return isinstance(at, int) and 0 <= at < len(self.mask) and bool(self.mask[at])

    @classmethod
    def _from_iterable(cls, positions: Iterable[U]) -> frozenset[U]:
        return frozenset(positions)


def marked(positions: AbstractSet[int], length: int) -> "Mask":
    """Return the mask of positions in a column of so many cells."""
    import numpy as np

    if isinstance(positions, Positions):
        return positions.mask
    mask = np.zeros(length, np.bool_)
    mask[list(positions)] = True
    return mask


def either(several: Iterable[AbstractSet[int]], length: int) -> AbstractSet[int]:
    """Return the positions in a column of so many cells that stand in one of several sets."""
    import numpy as np

    filled = [positions for positions in several if positions]
    if len(filled) < 2:
        return filled[0] if filled else frozenset()
    return Positions(np.logical_or.reduce([marked(positions, length) for positions in filled]))
