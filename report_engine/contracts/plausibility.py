"""What a contract allows but somebody should look at: jumps, gaps, sums that don't match, answers that are all the same.

Checks stand in a contract under ``checks``, each with its ``kind`` and the parameters of the class that ``CHECKS`` has for it.
What they find are warnings, which stop no build, but for years that nothing can be made without.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from report_engine.contracts.plausibility_check import (
    OWN,
    Asked,
    Check,
    Column,
    Implausible,
    OneColumn,
    OneText,
    SomeColumns,
    Tables,
    length,
)
from report_engine.contracts.plausibility_years import Between, Covers
from report_engine.contracts.values import Columns, Value, is_number
from report_engine.model.encoded import Encoded, alike, encoded, repeated, together
from report_engine.model.findings import listed
from report_engine.model.validation import Both, Number, SomeTexts, Texts
from report_engine.words.editions import Text
from report_engine.words.messages import Message

_LEAST_ANSWERS = 5  # fewer answers are easily all the same


class Known(Check):
    """Values that are odd and right all the same: they are named as a note, and no jump is measured from or to them."""

    kind: Literal["known"]
    column: OneColumn = Field(alias="columns")
    """Where the odd value stands (``columns``, a list of one)."""
    where: Annotated[dict[StrictStr, StrictStr | StrictInt | StrictFloat | StrictBool | None], OWN]
    """Which records hold it: the value that each column named has there."""
    note: Both
    """What is odd about it, as a predicate of the value, in both languages."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Name each of the records."""
        for at in self.records(tables.own):
            noted, known = Message("checks.noted", {"note": self.note}), Message("checks.known")
            yield Implausible(at, self.column, noted, known, quote=True, severity="note")

    def records(self, columns: Columns) -> Iterator[int]:
        """Give the positions of the records it tells of."""
        wanted = [(columns[name], value) for name, value in self.where.items()]
        yield from (at for at in range(length(columns)) if all(cells[at] == value for cells, value in wanted))


class Jump(Check):
    """A value far from the one before it in its series. Records that are known to be odd are passed over."""

    kind: Literal["jump"]
    column: OneColumn = Field(alias="columns")
    """What is compared, numbers (``columns``, a list of one)."""
    over: Column
    """The column that puts a series in order, its time."""
    factor: Number
    """How many times as large or as small a value may be as the one before; a ratio, no unit."""
    by: Annotated[Texts, OWN] = ()
    """The columns whose values together name a series; without any, the whole table is one."""
    least: Number = 0
    """The size, in the column's unit, that one of the two must have to be compared."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Compare each value with the one before it in its series."""
        values, times = tables.own[self.column], tables.own[self.over]
        series: dict[tuple[Value, ...], list[int]] = defaultdict(list)
        for at in sorted(set(tables.records) - tables.known):
            if times[at] is None or None in _key(tables.own, self.by, at):
                continue
            series[_key(tables.own, self.by, at)].append(at)
        for places in series.values():
            for before, at in pairwise(sorted(places, key=lambda place: str(times[place]))):
                old, new = values[before], values[at]
                if not (is_number(old) and is_number(new)) or max(abs(old), abs(new)) < self.least:
                    continue
                if old * new <= 0 or max(new / old, old / new) <= self.factor:
                    continue
                problem = Message("checks.jump", {"times": new / old, "old": old, "year": str(times[before])})
                yield Implausible(at, self.column, problem, Message("checks.correct_or_unit"), quote=True)


class Sum(Check):
    """A total that is not the sum of its parts. Records where one of them is missing are passed over."""

    kind: Literal["sum"]
    column: OneColumn = Field(alias="columns")
    """The total, a number (``columns``, a list of one)."""
    of: SomeTexts
    """Its parts, in the total's unit; a name after ``-`` is subtracted."""
    tolerance: Number = 0
    """How far total and sum may lie apart, in the total's unit."""

    @property
    def own(self) -> Iterator[tuple[str, str]]:
        """The total and its parts."""
        yield from super().own
        yield from (("of", term.lstrip("-")) for term in self.of)

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Compare the total of each record with the sum of its parts."""
        names = [term.lstrip("-") for term in self.of]
        signs = [-1 if term.startswith("-") else 1 for term in self.of]
        for at in tables.records:
            total, parts = tables.own[self.column][at], _numbers(tables.own, names, at)
            if not is_number(total) or parts is None:
                continue
            made = sum(sign * part for sign, part in zip(signs, parts, strict=True))
            if abs(made - total) > self.tolerance:
                problem = Message(
                    "checks.not_the_same", {"terms": " + ".join(self.of).replace("+ -", "− "), "made": made}
                )
                yield Implausible(at, self.column, problem, quote=True)


class AtMost(Check):
    """Parts that together are more than the whole. Records where one of them is missing are passed over."""

    kind: Literal["at_most"]
    columns: SomeColumns
    """The parts, numbers."""
    whole: OneColumn = Field(alias="of")
    """The whole, in the parts' unit (``of``, a list of one)."""
    tolerance: Number = 0
    """By how much the parts may exceed the whole, in their unit."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Compare the sum of the parts of each record with its whole."""
        for at in tables.records:
            parts, limit = _numbers(tables.own, self.columns, at), tables.own[self.whole][at]
            if is_number(limit) and parts is not None and sum(parts) > limit + self.tolerance:
                amounts = {"sum": sum(parts), "whole": self.whole, "amount": limit}
                alone = Message("checks.part_of", amounts)
                together = Message("checks.parts_of", {**amounts, "columns": self.columns})
                yield Implausible(at, self.columns[0], together if len(self.columns) > 1 else alone)


class AddsUp(Check):
    """Sums by group that are not the totals that another dataset gives for the same groups."""

    WHOLE = True
    kind: Literal["adds_up"]
    column: OneColumn = Field(alias="columns")
    """What is summed, numbers; a missing one counts as 0 (``columns``, a list of one)."""
    by: SomeColumns
    """The columns, of both datasets, whose values together name a group."""
    table: StrictStr
    """The other dataset."""
    total: OneText = Field(alias="of")
    """The other dataset's column of totals, in the unit of what is summed (``of``, a list of one)."""
    tolerance: Number = 0
    """How far sum and total may lie apart, in their unit; the larger of the two limits holds."""
    share: Number = 0
    """How far they may lie apart, as a share of the total from 0 to 1."""

    @property
    def elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """The other dataset's groups and totals."""
        return {self.table: (*self.by, self.total)}

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Compare the sum of each group with its total."""
        other = tables.others.get(self.table, {})
        summed = encoded(tables.own[self.column])
        if not any(map(is_number, summed.values())):
            return  # what is not there adds up to nothing
        sums = summed.map(lambda value: float(value) if is_number(value) else 0.0).sums(_keys(tables, self.by))
        for at in range(length(other)):
            key, total = _key(other, self.by, at), other[self.total][at]
            if key not in sums or not is_number(total):
                continue
            if abs(sums[key] - total) > max(self.tolerance, self.share * abs(total)):
                where = _written(self.by, key)
                problem = Message(
                    "checks.adds_up",
                    {"sum": sums[key], "where": where, "table": self.table, "column": self.total, "total": total},
                )
                yield Implausible(None, self.column, problem, Message("checks.rows_or_unit"))


class Complete(Check):
    """Municipalities of the settings without any record, and those that are missing in some groups only."""

    WHOLE = True
    kind: Literal["complete"]
    column: OneColumn = Field(alias="columns")
    """The municipality's code (``columns``, a list of one)."""
    by: Annotated[Texts, OWN] = ()
    """The columns whose values together name a group; without any, the whole table is one."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Look for each municipality in the whole table, then in each group."""
        present: dict[tuple[Value, ...], set[Value]] = defaultdict(set)
        named = together([*(tables.own[name] for name in self.by), tables.own[self.column]])
        for group in named.values():
            present[group[:-1]].add(group[-1])
        asked = tables.asked.municipalities
        wholly = [code for code in asked if not any(code in codes for codes in present.values())]
        if wholly:
            problem = Message("checks.no_rows", {"places": listed(wholly)})
            advice = Message("checks.results_leave_out", {"source": tables.source})
            yield Implausible(None, self.column, problem, advice)
        for key, codes in sorted(present.items(), key=str):
            absent = [code for code in asked if code not in codes and code not in wholly]
            if absent:
                problem = Message("checks.no_rows_in", {"places": listed(absent), "where": _written(self.by, key)})
                yield Implausible(None, self.column, problem, Message("checks.add_them"))


class Same(Check):
    """Records that give one and the same answer to every question, of which they answer five or more."""

    kind: Literal["same"]
    columns: SomeColumns
    """The questions, with answers of one scale."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Compare the answers of each record with one another."""
        for at, count in alike([tables.own[name] for name in self.columns]):
            if count >= _LEAST_ANSWERS:
                yield Implausible(at, None, Message("checks.same_answers", {"n": count}))


AnyCheck: TypeAlias = Annotated[
    Known | Jump | Sum | AtMost | AddsUp | Complete | Covers | Between | Same, Field(discriminator="kind")
]
"""A check of a contract, of the class that its ``kind`` names."""


_COMPARED = {
    "known": Message("checks.kind_known"), "jump": Message("checks.kind_jump"), "sum": Message("checks.kind_sum"),
    "at_most": Message("checks.kind_at_most"), "adds_up": Message("checks.kind_adds_up"), "complete": Message("checks.kind_complete"),
    "covers": Message("checks.kind_covers"), "between": Message("checks.kind_between"), "same": Message("checks.kind_same"),
}  # fmt: skip
"""What each kind of check compares, in words."""


def find(
    checks: Sequence[AnyCheck],
    columns: Columns,
    tables: Mapping[str, Columns],
    asked: Asked,
    source: Text,
    *,
    sound: bool = True,
) -> Iterator[Implausible]:
    """Apply checks to a table, one after the other, and name last those that have to wait until its errors are mended.

    ``tables`` holds the columns of the datasets read before, ``asked`` is what the settings ask for, ``source`` where the table
    comes from; ``sound`` says that it has no error. In one that has, wrong values are ``None``, which no check looks at.
    """
    subject = Tables(columns, tables, asked, source, sound=sound)
    made = [check for check in checks if not check.waits(subject)]
    known = frozenset(at for check in made if isinstance(check, Known) for at in check.records(columns))
    for check in made:
        yield from check.find(replace(subject, known=known))
    if waiting := sorted({check.kind for check in checks if check.waits(subject)}):
        kinds = [_COMPARED[kind] for kind in waiting]
        yield Implausible(None, None, Message("checks.waiting", {"kinds": kinds}), Message("checks.mend_first"))


def years_to_come(names: Sequence[str], columns: Columns, this_year: int) -> Iterator[Implausible]:
    """Give the values of columns of years, by name, that lie after this one: a check that every contract has."""
    for name in (name for name in names if name in columns):
        for at, _ in encoded(columns[name]).those(lambda year: isinstance(year, int) and year > this_year):
            problem = Message("checks.in_future", {"year": this_year})  # says on what date it depends
            yield Implausible(at, name, problem, Message("checks.correct_year"), quote=True)


def _keys(tables: Tables, by: Sequence[str]) -> Encoded[tuple[Value, ...]]:
    """Return the group of each record, by the columns that name it; without any, the whole table is one."""
    return together(tables.own[name] for name in by) if by else repeated((), len(tables.records))


def _key(columns: Columns, names: Sequence[str], at: int) -> tuple[Value, ...]:
    return tuple(columns[name][at] for name in names)


def _numbers(columns: Columns, names: Sequence[str], at: int) -> list[float] | None:
    """Return a record's values of several columns, ``None`` where one of them is no number."""
    values = [value for name in names if is_number(value := columns[name][at])]
    return values if len(values) == len(names) else None


def _written(names: Sequence[str], key: Sequence[Value]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, key, strict=True))
