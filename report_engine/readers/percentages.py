"""Cells that a spreadsheet shows as percentages hold a hundredth of what they show: what they are in the contract's unit."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from report_engine.contracts.contract import Contract
from report_engine.model.findings import Finding
from report_engine.readers.raw import Column, Raw
from report_engine.words.messages import Message


def in_units(raw: Raw, contract: Contract) -> Raw:
    """Write cells shown as percentages in the unit of their column: 0.397 as 39.7 in per cent, as it is in shares.

    In a numeric column of another unit they are one finding, and damaged: nobody can tell what they are to be.
    """
    columns = dict(raw.columns)
    findings = [*raw.findings]
    for field in contract.fields:
        column = columns.get(field.name)
        if column is None or not column.percents or field.type not in ("integer", "number") or field.unit == "share":
            continue
        if field.unit == "percent":
            columns[field.name] = _times_hundred(column)
        else:
            findings.append(_finding(raw, field.name, column.percents))
            columns[field.name] = replace(column, damaged=column.damaged | column.percents)
    return replace(raw, columns=columns, findings=tuple(findings))


def _times_hundred(column: Column) -> Column:
    shown = {at: _hundredfold(column.texts[at]) for at in column.percents}
    texts = [shown.get(at, text) for at, text in enumerate(column.texts)]
    return replace(column, texts=texts, percents=frozenset(), written={**column.written, **_signed(shown)})


def _hundredfold(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f}"
    except InvalidOperation:  # no such number is stored, but a damaged file may say so
        return text


def _signed(shown: dict[int, str]) -> dict[int, str]:
    return {at: f"{text} %" for at, text in shown.items()}


def _finding(raw: Raw, name: str, places: Iterable[int]) -> Finding:
    first, *rest = sorted(places)
    place = raw.place(first, name)
    problem = Message("files.shown_as_percentage")
    advice = Message("files.no_percentages_here")
    rows = tuple(raw.place(at, name).row for at in rest)
    return Finding(place.file, "type", problem, place.row, place.column, place.text, advice=advice, rows=rows)
