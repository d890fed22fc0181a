"""Documents of one name in a project: told apart by their key where a mapping names it, a finding where none does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from report_engine.model.findings import Finding, at_most, show
from report_engine.readers.interviews.codings import guid
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message

_SHOWN = 4  # documents of one name whose keys the advice lists
_LONGEST = 40  # characters of a passage by which a person knows a document


def told_apart(sheet: Sheet, given: Collection[str], column: str) -> Sheet:
    """Call each document by its key where the mapping gives a value for it (``given``, those of our ``column``).

    Of the others, passages know only the name: one that several have is a finding with the lines to write.
    """
    name, key, text = (sheet.header.index(which) for which in ("document", "document_key", "text"))
    written = {guid(their): their for their in given}
    others: dict[str, dict[str, str]] = {}
    records = []
    for row, cells in sheet.records:
        line = list(cells)
        if (known := guid(cells[key])) and known in written:
            line[name] = written[known]
        else:
            others.setdefault(cells[name], {}).setdefault(cells[key], cells[text])
        records.append((row, line))
    same = ((name, first) for name, first in sorted(others.items()) if len(first) > 1)
    findings = at_most(_finding(sheet.file, name, first, column) for name, first in same)
    return replace(sheet, records=records, findings=(*findings, *sheet.findings))


def key_of(name: str, number: str) -> str:
    """Return the key of a document that its tool gave no GUID: its name and its number in the database."""
    return f"{name} [{number}]"


def _finding(file: str, name: str, first: Mapping[str, str], column: str) -> Finding:
    keys: Sequence[str] = [*first][:_SHOWN]
    lines = ", ".join("'{}': …".format(key.replace("'", "''")) for key in keys)  # as YAML quotes what a name may hold
    passages = ", ".join(f"{show(first[key][:_LONGEST])} ({key})" for key in keys)
    advice = Message("exports.rename_document", {"column": column, "lines": lines, "passages": passages})
    return Finding(file, "key", Message("exports.same_name", {"n": len(first)}), None, "document", name, advice=advice)
