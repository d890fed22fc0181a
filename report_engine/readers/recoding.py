"""The declared recoding of a scale, as a mapping file says it."""

import re
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, TypeAlias

from pydantic import Field, PlainValidator, StrictStr, TypeAdapter

from report_engine.model.validation import Part, Texts, refusal, show
from report_engine.words.messages import Message

NEAREST = "nearest"

Table: TypeAlias = dict[StrictStr, StrictStr]
_TABLE = TypeAdapter(Table)


def _rule(rule: object) -> Table | str:
    if rule == NEAREST:
        return NEAREST
    if isinstance(rule, str):
        raise refusal(Message("documents.theirs_ours", {"word": NEAREST, "found": show(rule)}))
    return _TABLE.validate_python(rule)


def _count(number: object) -> int:
    if not (isinstance(number, str) and re.fullmatch("[0-9]{1,2}", number) and 2 <= int(number) <= 11):
        message = Message("expected.between", {"kind": Message("expected.whole_number"), "minimum": 2, "maximum": 11})
        raise refusal(Message("documents.is_not", {"found": show(number), "expected": message}))
    return int(number)


_Count: TypeAlias = Annotated[int, PlainValidator(_count)]


class Scale(Part):
    """From a scale of ``from`` steps to ours of ``to``: the ``nearest`` step, or which of ours each of theirs is.

    ``columns`` are ours that it is meant for, all with a scale of that many steps where none is named.
    """

    from_: _Count = Field(alias="from")
    to: _Count
    rule: Annotated[Table | str, PlainValidator(_rule)]
    columns: Texts = ()

    def meant_for(self, name: str, steps: int) -> bool:
        """Say whether answers in a column of ours, on a scale of so many steps, are to be recoded."""
        return name in self.columns if self.columns else steps == self.to

    def table(self, ours: range, first: int) -> Table:
        """Return our step for each of theirs, the first of which is ``first``."""
        return self.rule if isinstance(self.rule, dict) else nearest(range(first, first + self.from_), ours)


def nearest(theirs: range, ours: range) -> dict[str, str]:
    """Return for each step of theirs the one of ours that lies nearest, of two the one nearer the middle."""
    middle, half = Fraction(ours[0] + ours[-1], 2), Fraction(1, 2)
    found = {}
    for step in theirs:
        place = ours[0] + Fraction(step - theirs[0], len(theirs) - 1) * (len(ours) - 1)
        found[str(step)] = str(ceil(place - half) if place > middle else floor(place + half))
    return found
