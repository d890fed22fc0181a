"""What a contract allows but somebody should look at: jumps, gaps, sums that don't match, answers that are all the same.

Rules stand in the contract under ``checks``. Each gives warnings: nothing of it stops a build.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from analysis.contract import Check, Contract
from analysis.findings import Finding, at_most, listed
from analysis.sources import Raw
from analysis.validation.columns import Value

Columns = Mapping[str, Sequence[Value]]

KNOWN = "It is known, and left as it is."

_LEAST_ANSWERS = 5  # fewer answers are easily all the same


@dataclass(frozen=True)
class Oddity:
    """One odd thing: the record's position (``None`` for the whole file), the column, what is odd, what to do."""

    at: int | None
    column: str | None
    problem: str
    advice: str = ""
    quote: bool = False


def findings(
    raw: Raw,
    contract: Contract,
    columns: Columns,
    tables: Mapping[str, Columns],
    municipalities: Sequence[str],
    this_year: int,
) -> list[Finding]:
    """Return what ``find`` finds as warnings, each in its place of the file; what is known to be odd only as a note."""
    found = []
    for oddity in find(contract, columns, tables, municipalities, this_year):
        severity: Literal["note", "warning"] = "note" if oddity.advice == KNOWN else "warning"
        if oddity.at is None:
            one = Finding(raw.file, "odd", oddity.problem, None, oddity.column, advice=oddity.advice, severity=severity)
        else:
            place = raw.place(oddity.at, oddity.column)
            column, value = (place.column, place.text) if oddity.column else (None, None)
            shown = value if oddity.quote else None
            one = Finding(
                place.file, "odd", oddity.problem, place.row, column, shown, advice=oddity.advice, severity=severity
            )
        found.append(one)
    return [
        one
        for column in dict.fromkeys(one.column for one in found)
        for one in at_most(f for f in found if f.column == column)
    ]


def find(
    contract: Contract, columns: Columns, tables: Mapping[str, Columns], municipalities: Sequence[str], this_year: int
) -> list[Oddity]:
    """Apply a contract's rules to a table without errors.

    ``tables`` holds the columns of the datasets read before, ``municipalities`` the codes that the settings name.
    """
    known = {at for check in contract.checks if check.kind == "known" for at in _where(check, columns)}
    found = [*_future(contract, columns, this_year)]
    for check in contract.checks:
        if check.kind == "adds_up":
            found += _adds_up(check, columns, tables.get(check.table, {}))
        elif check.kind == "complete":
            found += _complete(check, columns, municipalities)
        elif check.kind == "jump":
            found += _jump(check, columns, known)
        else:
            found += _RULES[check.kind](check, columns)
    return found


def _known(check: Check, columns: Columns) -> Iterator[Oddity]:
    for at in _where(check, columns):
        yield Oddity(at, check.columns[0], check.note["en"], KNOWN, quote=True)


def _where(check: Check, columns: Columns) -> Iterator[int]:
    wanted = [(columns[name], value) for name, value in check.where.items()]
    yield from (at for at in range(_length(columns)) if all(cells[at] == value for cells, value in wanted))


def _future(contract: Contract, columns: Columns, this_year: int) -> Iterator[Oddity]:
    for field in contract.fields:
        if field.unit != "year":
            continue
        for at, year in enumerate(columns[field.name]):
            if isinstance(year, int) and year > this_year:
                problem = f"lies in the future: this year is {this_year}"  # says on what date it depends
                yield Oddity(at, field.name, problem, "Correct the year if it is a slip.", quote=True)


def _jump(check: Check, columns: Columns, known: Collection[int]) -> Iterator[Oddity]:
    """Compare each value with the year before in the same series: more than ``factor`` times as much, or as little.

    Values that are known to be odd are passed over.
    """
    (name,) = check.columns
    series: dict[tuple[Value, ...], list[tuple[Value, int]]] = defaultdict(list)
    for at in sorted(set(range(_length(columns))) - set(known)):
        series[tuple(columns[key][at] for key in check.by)].append((columns[check.over][at], at))
    for places in series.values():
        ordered = sorted(places, key=lambda place: str(place[0]))
        for (_, before), (_, at) in pairwise(ordered):
            old, new = columns[name][before], columns[name][at]
            if not (_is_number(old) and _is_number(new)) or max(abs(old), abs(new)) < check.least:
                continue
            if old * new <= 0 or max(new / old, old / new) <= check.factor:
                continue
            problem = f"is {new / old:.2g} times the {old:g} of {columns[check.over][before]}"
            yield Oddity(at, name, problem, "Correct it if it is a slip or in another unit.", quote=True)


def _sum(check: Check, columns: Columns) -> Iterator[Oddity]:
    """Compare a column with the sum of others (a name after ``-`` is subtracted)."""
    (name,) = check.columns
    for at in range(_length(columns)):
        parts = [(part.lstrip("-"), -1 if part.startswith("-") else 1) for part in check.of]
        values = [columns[part][at] for part, _ in parts]
        total = columns[name][at]
        if not _is_number(total) or not all(map(_is_number, values)):
            continue
        made = sum(sign * value for (_, sign), value in zip(parts, values, strict=True))  # type: ignore[operator]
        if abs(made - total) > check.tolerance:
            yield Oddity(at, name, f"is not {' + '.join(check.of).replace('+ -', '− ')}, which is {made:g}", quote=True)


def _at_most(check: Check, columns: Columns) -> Iterator[Oddity]:
    """Compare the sum of columns with a column that holds the whole."""
    (whole,) = check.of
    for at in range(_length(columns)):
        parts, limit = [columns[name][at] for name in check.columns], columns[whole][at]
        if _is_number(limit) and all(map(_is_number, parts)) and sum(parts) > limit + check.tolerance:  # type: ignore[arg-type]
            yield Oddity(at, check.columns[0], f"{_named(check.columns)} {sum(parts):g} of {whole} {limit:g}")  # type: ignore[arg-type]


def _adds_up(check: Check, columns: Columns, table: Columns) -> Iterator[Oddity]:
    """Compare a column's sums by ``by`` with the totals that another dataset gives for the same keys."""
    (name,) = check.columns
    if not table:
        return
    sums: dict[tuple[Value, ...], float] = defaultdict(float)
    for at in range(_length(columns)):
        value = columns[name][at]
        sums[tuple(columns[key][at] for key in check.by)] += float(value) if _is_number(value) else 0.0
    for at in range(_length(table)):
        key, total = tuple(table[part][at] for part in check.by), table[check.of[0]][at]
        if key not in sums or not _is_number(total):
            continue
        if abs(sums[key] - total) > max(check.tolerance, check.share * abs(total)):
            where = ", ".join(f"{part} {value}" for part, value in zip(check.by, key, strict=True))
            problem = f"adds up to {sums[key]:,.6g} for {where}, but {check.table} has {check.of[0]} {total:,.6g}"
            yield Oddity(None, name, problem, "Are rows missing, or is one in another unit?")


def _complete(check: Check, columns: Columns, municipalities: Sequence[str]) -> Iterator[Oddity]:
    """Name the settings' municipalities without any row, by group where ``by`` says so."""
    (name,) = check.columns
    present: dict[tuple[Value, ...], set[Value]] = defaultdict(set)
    for at in range(_length(columns)):
        present[tuple(columns[key][at] for key in check.by)].add(columns[name][at])
    wholly = [code for code in municipalities if not any(code in codes for codes in present.values())]
    if wholly:
        yield Oddity(None, name, f"no rows for {listed(wholly)}", "Results leave these municipalities out.")
    for key, codes in sorted(present.items(), key=str):
        absent = [code for code in municipalities if code not in codes and code not in wholly]
        if absent:
            where = ", ".join(f"{part} {value}" for part, value in zip(check.by, key, strict=True))
            yield Oddity(None, name, f"no rows for {listed(absent)} in {where}", "Add them if they are known.")


def _same(check: Check, columns: Columns) -> Iterator[Oddity]:
    """Find records that give one and the same answer to every question."""
    for at in range(_length(columns)):
        answers = [columns[name][at] for name in check.columns if columns[name][at] is not None]
        if len(answers) >= _LEAST_ANSWERS and len(set(answers)) == 1:
            yield Oddity(at, None, f"gives the answer {answers[0]} to all {len(answers)} questions")


_RULES = {"known": _known, "sum": _sum, "at_most": _at_most, "same": _same}


def _named(names: Sequence[str]) -> str:
    return f"{' and '.join(names)} make up" if len(names) > 1 else "is"


def _length(columns: Columns) -> int:
    return len(next(iter(columns.values()), ()))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
