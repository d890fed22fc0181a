"""The rows of a file that are read: those that a mapping asks for, and none that only sums up the others."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from report_engine.contracts.contract import Contract
from report_engine.model.encoded import encoded
from report_engine.model.findings import Finding, listed
from report_engine.readers.raw import Raw, Unreadable
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message, Value

if TYPE_CHECKING:
    import report_engine.readers.mapping as rules

SUMS = frozenset({
    "00", "0000", "all", "alla", "alla kommuner", "all municipalities", "average", "genomsnitt", "grand total", "hela landet",
    "hela riket", "mean", "medel", "medelvärde", "riket", "samtliga", "samtliga kommuner", "sum", "summa", "sverige", "sweden", "total",
    "totalsumma", "totals", "totalt", "whole country",
})  # fmt: skip
"""What stands in a column of keys, in small letters, where a row sums up the others or is about the whole country."""


def is_sum(text: str) -> bool:
    """Say whether a text in a column of keys is a word for a sum of the others, or for the whole country."""
    return text.casefold().strip(" :") in SUMS


def kept(raw: Raw, mapping: "rules.Mapping") -> Raw:
    """Take the rows that a mapping keeps and does not leave out; ``Unreadable`` where a column is missing or none is left."""
    order: Sequence[int] = range(len(raw.rows))
    for key, chosen in (("keep", mapping.keep), ("leave_out", mapping.leave_out)):
        for name, values in chosen.items():
            if name not in raw.columns:
                raise Unreadable(not_there(raw, mapping, name, key))
            texts = raw.columns[name].texts
            order = [at for at in order if (texts[at] in values) == (key == "keep")]
            if not order:
                about = {"mapping": mapping.file, "values": listed(values), "present": listed(dict.fromkeys(texts))}
                raise Unreadable(Finding(raw.file, "row", Message(f"files.{key}_not_found", about), None, name))
    return raw.take(order) if len(order) < len(raw.rows) else raw


def not_there(raw: Raw, mapping: "rules.Mapping", name: str, key: str) -> Finding:
    """Return the finding for a column of theirs that a mapping names under ``key`` and the file lacks."""
    near = get_close_matches(name, list(raw.columns), n=1)
    advice = Message("files.columns_found", {"columns": listed(raw.columns, 40)})
    problem = Message("files.column_not_found", {"key": key, "mapping": mapping.file})
    return Finding(raw.file, "column", problem, None, name, nearest=near[0] if near else None, advice=advice)


def without_hidden(sheet: Sheet, mapping: "rules.Mapping") -> Sheet:
    """Leave out the rows that a sheet hides, where a mapping says so; a note tells how many."""
    shown = [record for record in sheet.records if record[0] not in sheet.hidden_rows]
    if mapping.hidden_rows is None or len(shown) == len(sheet.records):
        return sheet
    counted: dict[str, Value] = {"n": len(sheet.records) - len(shown), "mapping": mapping.file}
    first = next(row for row, _ in sheet.records if row in sheet.hidden_rows)
    note = Finding(sheet.file, "row", Message("files.hidden_left_out", counted), first, severity="note")
    return replace(sheet, records=shown, hidden_rows=frozenset(), findings=(*sheet.findings, note))


def without_sums(raw: Raw, contract: Contract, mapping: "rules.Mapping | None") -> Raw:
    """Leave out the rows whose key is no key of ours but a word for all of them ("Totalt"); one warning for each word."""
    order: Sequence[int] = range(len(raw.rows))
    findings = [*raw.findings]
    for name, column in raw.columns.items():
        our = mapping.columns.get(name, name) if mapping else name
        if our not in contract.primary_key or not contract.is_coded(our):
            continue
        allowed = {str(value) for value in contract.field(our).allowed} | {
            *(mapping.values.get(our, ()) if mapping else ())
        }
        left_already = {*range(len(raw.rows))}.difference(order) if len(order) < len(raw.rows) else ()
        sums: dict[str, list[int]] = {}
        for at, text in encoded(column.texts).those(is_sum):
            if text not in allowed and at not in left_already:
                sums.setdefault(text, []).append(at)
        for text, places in sums.items():
            rows = tuple(raw.rows[at] for at in places)
            problem = Message("files.sums_left_out")
            findings.append(Finding(raw.file, "row", problem, rows[0], name, text, severity="warning", rows=rows[1:]))
        left = {at for places in sums.values() for at in places}
        order = [at for at in order if at not in left] if left else order
    return replace(raw.take(order), findings=tuple(findings)) if len(order) < len(raw.rows) else raw
