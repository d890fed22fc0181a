"""From their columns and values to ours, as a mapping file says; every cell keeps where it stands in their file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from report_engine.contracts.contract import Contract
from report_engine.model.findings import Finding, at_most, escape, listed
from report_engine.readers.chosen_rows import kept, not_there, without_sums
from report_engine.readers.raw import Column, Raw, Unreadable
from report_engine.readers.register import code_of, spellings
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.table import Wanted
from report_engine.words.messages import Message, Word
from report_engine.words.nearest import neighbour

if TYPE_CHECKING:
    import report_engine.readers.mapping as rules

_YEARS = range(1950, 2101)  # what headers that differ in a piece mostly differ in
MOST_ROWS = 2_000_000  # that a table may have once its columns have become rows


def wanted(mapping: "rules.Mapping", contract: Contract) -> Wanted:
    """Say which columns are sought in a file that a mapping is for, by the names it has for them."""
    direct = [name for name in contract.columns if name not in {*mapping.columns.values()} | mapping.given]
    needed = Wanted.by(contract).needed
    theirs = {*(their for their, our in mapping.columns.items() if our in needed), *(needed & {*direct})}
    patterns = mapping.unpivot.columns.values() if mapping.unpivot else ()
    others = [
        *mapping.keep,
        *mapping.leave_out,
        *((mapping.pivot.column, mapping.pivot.value) if mapping.pivot else ()),
    ]
    years = [pattern.replace("{}", str(year)) for pattern in patterns for year in _YEARS]
    return Wanted(tuple(dict.fromkeys([*mapping.columns, *others, *direct])), frozenset(theirs), frozenset(years))


def apply(raw: Raw, mapping: "rules.Mapping", contract: Contract, sheet: Sheet) -> Raw:
    """Turn a table of theirs into one of ours; what a mapping does not name stays as it is, for validation to judge."""
    raw = replace(raw, mapping=mapping.file, before=raw)
    raw = without_sums(kept(raw, mapping), contract, mapping)
    if mapping.unpivot:
        raw = _unpivoted(raw, mapping, mapping.unpivot, contract)
    pivoted = {mapping.pivot.column, mapping.pivot.value} if mapping.pivot else set()
    raw = _renamed(raw, mapping, contract, pivoted)
    if mapping.pivot:
        raw = _pivoted(raw, mapping.pivot)
    raw = _with_sheet(raw, mapping, sheet.name)
    findings = [*raw.findings]
    columns = dict(raw.columns)
    for name, column in columns.items():
        labels = sheet.labels.get(column.header or name, {})
        if name in mapping.values:
            columns[name] = _translated(column, mapping.values[name], labels)
        elif name in mapping.by_name:
            columns[name] = _by_name(raw, name, mapping.by_name[name], findings)
    for name, value in mapping.constants.items():
        if name in columns:
            findings.append(_twice(raw, mapping, columns[name].header or name, name, Message("files.under_constants")))
        columns[name] = Column([value] * len(raw.rows))
    for name, other in mapping.same.items():
        if name in columns:
            findings.append(_twice(raw, mapping, columns[name].header or name, name, Message("files.under_same")))
        if other in columns:  # a missing one is a finding of its own
            columns[name] = columns[other]
    return replace(raw, columns=columns, findings=tuple(findings))


def _with_sheet(raw: Raw, mapping: "rules.Mapping", sheet: str) -> Raw:
    """Add the columns that the name of the sheet gives."""
    twice = [
        _twice(raw, mapping, raw.columns[name].header or name, name, Message("files.under_from_sheet"))
        for name in mapping.from_sheet
        if name in raw.columns
    ]
    given = {name: Column([_piece(sheet, look)] * len(raw.rows)) for name, look in mapping.from_sheet.items()}
    return replace(raw, columns={**raw.columns, **given}, findings=(*raw.findings, *twice))


def _piece(name: str, pattern: str) -> str:
    """Return the piece of a sheet's name that a pattern points at, the whole name where it is no such name."""
    before, after = pattern.split("{}")
    found = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", name)
    return (found[1] if found else name).strip()


def without_missing(raw: Raw, sheet: Sheet, contract: Contract) -> Raw:
    """Empty the cells with a code that their file says is no answer, unless it is one of our own codes."""
    columns = dict(raw.columns)
    for name, column in raw.columns.items():
        codes = sheet.missing.get(column.header or name)
        if codes and name in contract.columns:
            codes = codes - {str(value) for value in contract.field(name).allowed} - {*column.written.values()}
            columns[name] = _translated(column, dict.fromkeys(codes, ""), {})
    return replace(raw, columns=columns)


def _renamed(raw: Raw, mapping: "rules.Mapping", contract: Contract, pivoted: Iterable[str]) -> Raw:
    columns: dict[str, Column] = {}
    findings = [*raw.findings]
    chosen_by = {*mapping.keep, *mapping.leave_out} - {*mapping.columns, *pivoted, *contract.columns}
    left_out = {*mapping.ignore, *chosen_by}
    for name, column in raw.columns.items():
        our = mapping.columns.get(name, name)
        if our in columns and name not in left_out:
            findings.append(_twice(raw, mapping, name, our, escape(columns[our].header or our)))
        elif name not in left_out:
            columns[our] = replace(column, header=name) if our != name else column
    for our in dict.fromkeys(mapping.columns.values()):
        if our not in columns:
            theirs = [their for their, target in mapping.columns.items() if target == our]
            findings.append(not_there(raw, mapping, theirs[0], "columns"))
            columns[our] = Column([""] * len(raw.rows), damaged=frozenset(range(len(raw.rows))))
    return replace(raw, columns=columns, findings=tuple(findings))


def _twice(raw: Raw, mapping: "rules.Mapping", name: str, our: str, other: Word) -> Finding:
    problem = Message("files.two_become_one", {"name": our, "other": other})
    return Finding(
        raw.file, "column", problem, None, name, advice=Message("files.take_one_out", {"mapping": mapping.file})
    )


def _unpivoted(raw: Raw, mapping: "rules.Mapping", rule: "rules.Unpivot", contract: Contract) -> Raw:
    """Make a row of each record and each piece that the headers differ in; one without any value is no row."""
    digits = contract.field(rule.column).type == "integer"
    placed: dict[str, dict[str, str]] = {}
    for name in raw.columns:
        if name in {*mapping.columns, *mapping.ignore, *mapping.keep, *mapping.leave_out}:
            continue
        for our, pattern in rule.columns.items():
            before, after = pattern.split("{}")
            found = re.fullmatch(f"{re.escape(before)}(.+?){re.escape(after)}", name)
            if found and (not digits or found[1].strip().isdecimal()):
                placed.setdefault(found[1].strip(), {})[our] = name
                break
    if not placed:
        wanted = listed(rule.columns.values())
        problem = Message(
            "files.unpivot_not_found", {"mapping": mapping.file, "wanted": wanted, "columns": listed(raw.columns)}
        )
        raise Unreadable(Finding(raw.file, "column", problem))
    if len(raw.rows) * len(placed) > MOST_ROWS:
        raise Unreadable(Finding(raw.file, "file", Message("files.rows_after_unpivot", {"limit": MOST_ROWS})))
    pairs = [
        (at, piece)
        for at in range(len(raw.rows))
        for piece, names in placed.items()
        if any(raw.columns[name].texts[at] or at in raw.columns[name].damaged for name in names.values())
    ]
    used = {name for names in placed.values() for name in names.values()}
    order = [at for at, _ in pairs]
    columns = {name: column.take(order) for name, column in raw.columns.items() if name not in used}
    columns[rule.column] = Column([piece for _, piece in pairs])
    for our in rule.columns:
        columns[our] = _gathered([(raw.columns.get(placed[piece].get(our, "")), at) for at, piece in pairs],
                                 [placed[piece].get(our, "") for _, piece in pairs], [])  # fmt: skip
    return replace(raw, columns=columns, rows=[raw.rows[at] for at in order])


def _pivoted(raw: Raw, rule: "rules.Pivot") -> Raw:
    """Make one row of the rows that agree in all other columns; two values for one cell are a finding."""
    for name in (rule.column, rule.value):
        if name not in raw.columns:
            raise Unreadable(Finding(raw.file, "column", Message("checks.column_missing"), None, name))
    kinds, values = raw.columns[rule.column].texts, raw.columns[rule.value]
    others = {name: column for name, column in raw.columns.items() if name not in (rule.column, rule.value)}
    keys = list(zip(*(column.texts for column in others.values()), strict=True)) or [()] * len(raw.rows)
    first: dict[tuple[str, ...], int] = {}
    cells: dict[tuple[tuple[str, ...], str], int] = {}
    findings = []
    for at, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        if kind not in rule.into:
            continue
        first.setdefault(key, at)
        if (key, kind) in cells:
            problem = Message("files.row_repeated", {"row": raw.rows[cells[key, kind]], "columns": listed(others)})
            findings.append(Finding(raw.file, "key", problem, raw.rows[at], rule.column, kind))
        cells.setdefault((key, kind), at)
    if not first:
        problem = Message(
            "files.values_not_found", {"values": listed(rule.into), "found": listed(dict.fromkeys(kinds))}
        )
        raise Unreadable(Finding(raw.file, "row", problem, None, rule.column))
    order = list(first.values())
    columns = {name: column.take(order) for name, column in others.items()}
    for kind, our in rule.into.items():
        places = [cells.get((key, kind), -1) for key in first]
        rows = [raw.rows[at if at >= 0 else start] for at, start in zip(places, order, strict=True)]
        columns[our] = replace(
            _gathered([(values if at >= 0 else None, at) for at in places], [], rows), header=rule.value
        )
    found = (*raw.findings, *at_most(findings))
    return replace(raw, columns=columns, rows=[raw.rows[at] for at in order], findings=found)


def _gathered(cells: Sequence[tuple[Column | None, int]], headers: Sequence[str], rows: Sequence[int]) -> Column:
    """Put cells of several columns into one; no column gives an empty cell."""

    def marked(kind: str) -> frozenset[int]:
        return frozenset(to for to, (column, at) in enumerate(cells) if column and at in getattr(column, kind))

    texts = [column.texts[at] if column else "" for column, at in cells]
    marks = marked("numbers"), marked("dates"), marked("damaged")
    return Column(texts, *marks, None, {}, rows, headers, marked("percents"))


def _translated(column: Column, table: Mapping[str, str], labels: Mapping[str, str]) -> Column:
    """Write ours for theirs, by the cell's text or by the label of its code."""
    meant = {}
    for text in set(column.texts):
        for theirs in (text, labels.get(text)):
            if theirs is not None and theirs in table and text not in meant:
                meant[text] = table[theirs]
    return _written(column, meant)


def _by_name(raw: Raw, name: str, register: Mapping[str, str], findings: list[Finding]) -> Column:
    """Write the code of each municipality for its name; a name that is none is a finding, with the nearest."""
    column = raw.columns[name]
    spelled = spellings(register)
    meant: dict[str, str] = {}
    unknown: dict[str, str | None] = {}
    for text in sorted(set(column.texts) - {""}):
        if code := code_of(text, spelled):
            meant[text] = code
        else:
            unknown[text] = neighbour(text, register) if len(unknown) < 100 else None
    wrong = [at for at, text in enumerate(column.texts) if text in unknown and at not in column.damaged]

    def finding(at: int) -> Finding:
        place = raw.place(at, name)
        near = unknown[column.texts[at]]
        return Finding(
            place.file, "value", None, place.row, place.column, place.text, Message("expected.municipality"), near
        )

    findings += at_most(finding(at) for at in wrong)
    return replace(_written(column, meant), damaged=column.damaged | frozenset(wrong))


def _written(column: Column, meant: Mapping[str, str]) -> Column:
    changed = {at: text for at, text in enumerate(column.texts) if text in meant and at not in column.damaged}
    texts = [meant[text] if at in changed else text for at, text in enumerate(column.texts)]
    plain = frozenset(changed)
    written = {**changed, **column.written}
    marks = {kind: getattr(column, kind) - plain for kind in ("numbers", "dates", "percents")}
    return replace(column, texts=texts, written=written, **marks)
