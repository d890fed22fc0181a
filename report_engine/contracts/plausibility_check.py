"""What a plausibility check is: the parameters that a contract gives it, the tables it looks at and what it finds."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, TypeAlias

from pydantic import BeforeValidator, StrictStr

from report_engine.contracts.values import Columns
from report_engine.model.findings import Severity
from report_engine.model.validation import Part, SomeTexts, refusal, show
from report_engine.words.editions import Text
from report_engine.words.messages import Message


@dataclass(frozen=True)
class Implausible:
    """One implausible thing: the record's position (``None`` for the whole file), the column, what is odd, what to do."""

    at: int | None
    column: str | None
    problem: Message
    advice: Message | None = None
    quote: bool = False
    severity: Severity = "warning"


@dataclass(frozen=True)
class Asked:
    """What the settings ask the data for: codes of municipalities, and years by the setting that names them."""

    municipalities: Sequence[str] = ()
    years: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """What a check may look at: a table without errors, and what it is compared with."""

    own: Columns
    """The columns of the table under check."""
    others: Mapping[str, Columns]
    """The columns of the datasets read before it, by name."""
    asked: Asked
    """What the settings ask for."""
    source: Text
    """Where the table comes from, in each language."""
    known: AbstractSet[int] = frozenset()
    """The positions of the records that a check ``known`` tells of."""
    sound: bool = True
    """Whether the table under check has no error: then what it lacks is lacking."""

    @property
    def records(self) -> range:
        """The positions of the records."""
        return range(length(self.own))


OWN = "own"
"""Marks, in the type of a parameter, that it names columns of the contract that the check stands in."""


def _only(values: object) -> object:
    """Take the only value of a list: where a check looks at one column, the contract still writes a list."""
    if not isinstance(values, list) or len(values) != 1:
        raise refusal(Message("documents.one_string", {"found": show(values)}))
    return values[0]


OneText: TypeAlias = Annotated[StrictStr, BeforeValidator(_only)]
OneColumn: TypeAlias = Annotated[OneText, OWN]
SomeColumns: TypeAlias = Annotated[SomeTexts, OWN]
Column: TypeAlias = Annotated[StrictStr, OWN]


class Check(Part, ABC):
    """A rule whose breach is implausible, not wrong; its attributes are the parameters that a contract gives it.

    ``WHOLE`` says that it looks at all records together: what is lacking, or sums. In a table with errors it waits.
    """

    WHOLE: ClassVar[bool] = False

    @abstractmethod
    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Give what breaks the rule, in an order that the tables alone decide."""

    @property
    def own(self) -> Iterator[tuple[str, str]]:
        """The columns of its own dataset, each after the key that names it."""
        for name, its in type(self).model_fields.items():
            if OWN in its.metadata:
                value = getattr(self, name)
                yield from ((its.alias or name, column) for column in ([value] if isinstance(value, str) else value))

    def waits(self, tables: Tables) -> bool:
        """Say whether it can't be made before errors are mended: columns are missing, or records wrong."""
        others = ((tables.others[name], names) for name, names in self.elsewhere.items() if name in tables.others)
        absent = any(name not in columns for columns, names in others for name in names)
        return absent or any(name not in tables.own for _, name in self.own) or (self.WHOLE and not tables.sound)

    @property
    def elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of other datasets that are compared with, by dataset."""
        return {}


def length(columns: Columns) -> int:
    """Count the records of a table."""
    return len(next(iter(columns.values()), ()))
