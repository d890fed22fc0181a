"""What a plausibility check is: the parameters that a contract gives it, the tables it looks at and what it finds."""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol, Self

from report_engine.contracts.values import Columns, Value
from report_engine.model.document import Node
from report_engine.words.messages import Message


@dataclass(frozen=True)
class Implausible:
    """One implausible thing: the record's position (``None`` for the whole file), the column, what is odd, what to do."""

    at: int | None
    column: str | None
    problem: Message
    advice: Message | None = None
    quote: bool = False


@dataclass(frozen=True)
class Tables:
    """What a check may look at: a table without errors, and what it is compared with."""

    own: Columns
    """The columns of the table under check."""
    others: Mapping[str, Columns]
    """The columns of the datasets read before it, by name."""
    municipalities: Sequence[str]
    """The codes that the settings name."""
    known: AbstractSet[int] = frozenset()
    """The positions of the records that a check ``known`` tells of."""

    @property
    def records(self) -> range:
        """The positions of the records."""
        return range(length(self.own))


class Parameters:
    """A check as its contract writes it; ``DocumentError`` for a column that the contract doesn't have.

    Where a check looks at one column, the contract still writes a list.
    """

    def __init__(self, node: Node, known: Collection[str]) -> None:
        self.node = node
        self._known = known

    def column(self, key: str = "columns") -> str:
        """Return the only column of a list."""
        return self._checked(key, (self.node.only_text(key),))[0]

    def columns(self, key: str = "columns") -> tuple[str, ...]:
        """Return the columns of a list of one or more."""
        return self._checked(key, self.node.texts(key, least=1))

    def terms(self, key: str) -> tuple[str, ...]:
        """Return the columns of a list of one or more, with the ``-`` before those to be subtracted."""
        terms = self.node.texts(key, least=1)
        self._checked(key, tuple(term.lstrip("-") for term in terms))
        return terms

    def by(self) -> tuple[str, ...]:
        """Return the columns that tell groups apart, none where the key is missing."""
        return self._checked("by", self.node.texts("by")) if "by" in self.node else ()

    def over(self) -> str:
        """Return the column of time, which is no list."""
        return self._checked("over", (self.node.text("over"),))[0]

    def where(self) -> Mapping[str, Value]:
        """Return the value that each column of a mapping must have."""
        values: Mapping[str, Value] = self.node.get("where", dict)
        self._checked("where", tuple(map(str, values)))
        return values

    def number(self, key: str, *default: float) -> float:
        """Return a number, or the default where there is one and the key is missing."""
        value: float = self.node.get(key, (int, float), *default)
        return value

    def _checked(self, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
        self.node.must_know(key, names, self._known)
        return names


class Check(Protocol):
    """A rule whose breach is implausible, not wrong; its attributes are the parameters that a contract gives it."""

    @classmethod
    @abstractmethod
    def read(cls, given: Parameters) -> Self:
        """Take the parameters out of a contract."""

    @abstractmethod
    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Give what breaks the rule, in an order that the tables alone decide."""

    @property
    def elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of other datasets that are compared with, by dataset."""
        return {}


def length(columns: Columns) -> int:
    """Count the records of a table."""
    return len(next(iter(columns.values()), ()))
