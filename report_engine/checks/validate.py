"""A table against its contract: every finding at once, and the values as the contract types them."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from report_engine.checks import keys, numerals, personal
from report_engine.checks.columns import asked, judge, said_of
from report_engine.contracts import plausibility
from report_engine.contracts.contract import Contract, Field, ForeignKey
from report_engine.contracts.plausibility_check import Asked, Implausible
from report_engine.contracts.values import Value
from report_engine.model.encoded import Encoded, encoded, joined, marked, repeated, together
from report_engine.model.findings import Fault, Finding, across_sheets, at_most, escape, found, listed, ordered, show
from report_engine.readers import Raw
from report_engine.words.messages import Message


@dataclasses.dataclass(frozen=True)
class Checked:
    """A table whose values are typed as its contract says: ``str``, ``int``, ``float``, ``bool``, ``None`` where empty.

    In a table with findings, wrong values are ``None`` too, and missing columns are not there.
    """

    contract: Contract
    columns: Mapping[str, Sequence[Value]]
    meant: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """What wrong cells of a column were probably meant to be: references to these are not wrong as well."""
    records: tuple[int, ...] = ()
    """How many records each of its files held, in the order of the files."""


def validate(raw: Raw, contract: Contract, tables: Mapping[str, Checked]) -> tuple[list[Finding], Checked]:
    """Check one table against its contract and against the other tables that it refers to (by dataset name).

    A table that is referred to but not there is passed over: that it is missing is a finding of its own. Returns the
    findings in order of importance, those of reading included, and the typed table.
    """
    findings = [*raw.findings]
    parts = raw.parts or (raw,)
    usual = [_decimal_sign(part, contract) for part in parts]
    columns: dict[str, Sequence[Value]] = {}
    wrong: dict[str, AbstractSet[int]] = {}
    meant: dict[str, frozenset[str]] = {}
    without = {field.name for field in contract.fields if field.lost and _is_empty(raw, field, contract)}
    for field in contract.fields:
        if field.name in without:
            columns[field.name] = repeated(None, len(raw.rows))
            continue
        if field.name not in raw.columns:
            continue
        column = raw.columns[field.name]
        known = _known_texts(field, contract, tables)
        judged: list[Encoded[Value]] = []
        faults: dict[int, Fault] = {}
        start = 0
        for part, sign in zip(parts, usual, strict=True):
            if field.name in part.columns:
                values, wrongs = judge(field, part.columns[field.name], contract.missing_values, sign, known)
                faults |= {start + at: said_of(fault, part.form) for at, fault in wrongs.items()}
                judged.append(values)
            else:
                judged.append(repeated(None, len(part.rows)))
            start += len(part.rows)
        columns[field.name] = joined(judged)
        wrong[field.name] = {*faults, *column.damaged}
        meant[field.name] = frozenset(fault.nearest for fault in faults.values() if fault.nearest is not None)
        findings += _found(raw, field.name, faults)
    findings += _columns(raw, contract, without)
    for field in (field for field in contract.fields if field.name in columns):
        if field.asked_of or field.user_missing:
            groups = columns.get(contract.group_column or "")
            if field.asked_of and groups is None:
                continue  # that the column is missing is a finding already
            faults = asked(field, columns[field.name], groups or repeated("", len(raw.rows)), wrong[field.name])
            findings += _found(raw, field.name, faults)
    checked = Checked(contract, columns, meant)
    findings += _keys(raw, checked)
    findings += _references(raw, checked, {**tables, contract.name: checked})
    findings = [*personal.check(raw, contract), *personal.discreet(findings, contract, raw)]
    return ordered(findings), checked


def implausible(
    raw: Raw,
    checked: Checked,
    tables: Mapping[str, Checked],
    asked: Asked,
    this_year: int,
    *,
    sound: bool = True,
) -> list[Finding]:
    """Return what the plausibility checks find in a table, column by column; ``sound`` says that it has no other errors.

    ``tables`` are those read before, ``asked`` is what the settings ask for.
    """
    contract = checked.contract
    years = [field.name for field in contract.fields if field.unit == "year"]
    around = {name: table.columns for name, table in tables.items()}
    found = [
        *plausibility.years_to_come(years, checked.columns, this_year),
        *plausibility.find(contract.checks, checked.columns, around, asked, contract.source, sound=sound),
    ]
    findings = [_remark(raw, one) for one in found]
    kept = [
        finding
        for column in dict.fromkeys(finding.column for finding in findings)
        for finding in at_most(one for one in findings if one.column == column)
    ]
    return personal.discreet(kept, contract, raw)


def _remark(raw: Raw, one: Implausible) -> Finding:
    """Put what is implausible into its place of the file."""
    finding = Finding(raw.file, "odd", one.problem, None, one.column, advice=one.advice, severity=one.severity)
    if one.at is None:
        return finding
    place = raw.place(one.at, one.column)
    column, value = (place.column, place.text) if one.column else (None, None)
    return dataclasses.replace(
        finding, file=place.file, row=place.row, column=column, value=value if one.quote else None
    )


def _found(raw: Raw, column: str, faults: Mapping[int, Fault]) -> list[Finding]:
    by_kind: dict[str, list[int]] = {}
    for at, fault in faults.items():
        by_kind.setdefault(fault.kind, []).append(at)
    found = [finding for places in by_kind.values() for finding in at_most(_placed(raw, column, faults, places))]
    return [_leaving_out(raw, column, faults, finding) for finding in found]


def _leaving_out(raw: Raw, column: str, faults: Mapping[int, Fault], finding: Finding) -> Finding:
    """Advise to leave rows out where many different values of a column of codes are none of ours."""
    if not finding.others or finding.kind != "value":
        return finding
    advice = Message("checks.leave_rows_out")
    if raw.mapping:
        right = dict.fromkeys(raw.place(at, column).text for at in range(len(raw.rows)) if at not in faults)
        rule = Message(
            "checks.keep_rule", {"column": escape(finding.column or column), "values": listed(map(show, right))}
        )
        advice = Message("checks.keep_rows", {"mapping": raw.mapping, "rule": rule})
    return dataclasses.replace(finding, advice=advice)


def _placed(raw: Raw, column: str, faults: Mapping[int, Fault], places: Iterable[int]) -> Iterator[Finding]:
    for at in places:
        place, fault = raw.place(at, column), faults[at]
        if raw.mapping and fault.kind == "value" and not fault.advice:
            fault = dataclasses.replace(fault, advice=Message("checks.say_under_values", {"mapping": raw.mapping}))
        yield found(fault, place.file, place.row, place.column, place.text or None)


def _is_empty(raw: Raw, field: Field, contract: Contract) -> bool:
    """Say whether a column is nowhere, and no other header was meant for it, or holds nothing."""
    column = raw.columns.get(field.name)
    if column is None:
        return not any(_header(field, list(part.columns)) for part in raw.parts or (raw,))
    return not any(text and text not in contract.missing_values for text in encoded(column.texts).values())


def _columns(raw: Raw, contract: Contract, without: Collection[str]) -> list[Finding]:
    """Compare the headers: a missing column is an error, unless the report can do ``without``; one that the contract doesn't
    know is a warning."""
    if raw.parts:
        return across_sheets(finding for part in raw.parts for finding in _columns(part, contract, without))
    extra = [name for name in raw.columns if name not in contract.columns]
    findings: list[Finding] = []
    for field in contract.fields:
        if field.lost and field.name in without:
            problem, advice = Message("checks.column_empty"), Message("checks.noted", {"note": field.lost})
            findings.append(Finding(raw.file, "column", problem, None, field.name, advice=advice, severity="warning"))
            continue
        if field.name in raw.columns:
            continue
        meant = _header(field, extra)
        advice = (
            Message("checks.rename", {"name": field.name})
            if meant
            else Message("checks.columns_are", {"columns": listed(contract.columns, 40)})
        )
        if raw.mapping:
            advice = Message("checks.say_which_column", {"mapping": raw.mapping})
        findings.append(
            Finding(
                raw.file, "column", Message("checks.column_missing"), None, field.name, nearest=meant, advice=advice
            )
        )
        extra = [name for name in extra if name != meant]
    for name in extra:
        problem = Message("checks.column_left_out")
        findings.append(Finding(raw.file, "extra", problem, None, name, severity="warning"))
    return findings


def _header(field: Field, headers: list[str]) -> str | None:
    """Find the header that was probably meant: by spelling, else by the field's title in either language."""
    for wanted in (field.name, *field.title.values()):
        folded = {header.casefold().replace(" ", "_"): header for header in headers}
        close = get_close_matches(wanted.casefold().replace(" ", "_"), folded, n=1, cutoff=0.75)
        if close:
            return folded[close[0]]
    return None


def _decimal_sign(raw: Raw, contract: Contract) -> str | None:
    """Return the file's decimal sign: that of all its unambiguous numbers, else the one its form leads to expect."""
    signs: set[str] = set()
    for field in contract.fields:
        column = raw.columns.get(field.name)
        if column and field.type == "number":
            texts = encoded(column.texts)
            stored = texts.take(marked(column.numbers, len(texts))).values() if column.numbers else ()
            signs |= numerals.decimal_signs({*texts.values()}.difference(stored, contract.missing_values))
    if len(signs) > 1:
        return None
    return signs.pop() if signs else raw.decimal


def _known_texts(field: Field, contract: Contract, tables: Mapping[str, Checked]) -> list[str]:
    for key in contract.foreign_keys:
        if key.fields == (field.name,) and key.resource in tables:
            values = tables[key.resource].columns.get(key.reference_fields[0], [])
            return sorted({str(value) for value in encoded(values).values() if value is not None})
    return []


def _keys(raw: Raw, checked: Checked) -> list[Finding]:
    contract = checked.contract
    unique = [(field.name,) for field in contract.fields if field.constraints.unique]
    findings = []
    for names in dict.fromkeys([contract.primary_key, *unique]):
        if names and all(name in checked.columns for name in names):
            columns = {name: checked.columns[name] for name in names}
            findings += at_most(keys.repeated(raw, columns))
    return findings


def _references(raw: Raw, checked: Checked, tables: Mapping[str, Checked]) -> list[Finding]:
    findings: list[Finding] = []
    for key in checked.contract.foreign_keys:
        known = _known(key, tables)
        if known is not None and all(name in checked.columns for name in key.fields):
            columns = {name: checked.columns[name] for name in key.fields}
            if key.lost and known.isdisjoint(together(columns.values()).distinct):
                findings += _of_others(raw, columns, key)
            else:
                findings += at_most(keys.unknown(raw, columns, known, key.resource))
    return findings


def _of_others(raw: Raw, columns: Mapping[str, Sequence[Value]], key: ForeignKey) -> Iterator[Finding]:
    """Say what is lost where another dataset is about none of these records."""
    if any(None not in values for values in together(columns.values()).distinct):
        problem = Message("checks.none_in_dataset", {"dataset": key.resource})
        advice = Message("checks.noted", {"note": key.lost or ""})
        yield Finding(raw.file, "reference", problem, None, ", ".join(columns), advice=advice, severity="warning")


def _known(key: ForeignKey, tables: Mapping[str, Checked]) -> set[tuple[Value, ...]] | None:
    table = tables.get(key.resource)
    if table is None or not all(name in table.columns for name in key.reference_fields):
        return None
    known = {*together(table.columns[name] for name in key.reference_fields).distinct}
    if len(key.reference_fields) == 1:
        known |= {(value,) for value in table.meant.get(key.reference_fields[0], ())}
    return known
