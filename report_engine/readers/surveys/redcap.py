"""REDCap: records as CSV, raw or with labels, with checkboxes and repeating instruments."""

import re
from collections.abc import Sequence
from dataclasses import replace

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys.answers import with_points
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, tables
from report_engine.words.messages import Message

FORM = "redcap"

_INSTRUMENT, _INSTANCE, _EVENT = "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_event_name"
_DICTIONARY = "Variable / Field Name"
_LABELLED = {"repeat instrument": _INSTRUMENT, "repeat instance": _INSTANCE, "event name": _EVENT}
_BOX = re.compile(r"[a-z]\w*___\w+|.* \(choice=.*\)", re.DOTALL)
_TICKS = {"checked": "1", "unchecked": "0"}
_STATES = frozenset({"", "0", "1", "2", "incomplete", "unverified", "complete"})


def matches(data: bytes, name: str) -> bool:
    """Say whether a table is an export of REDCap records (or REDCap's data dictionary, which is refused when read)."""
    return any(rows and (_is_header(rows) or rows[0][0] == _DICTIONARY) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read records: the sheet ``records``, and one for each repeating instrument, with the columns that it fills.

    Checkboxes are 1 and 0; decimal commas become points. Raises ``Unreadable``.
    """
    (table, *_) = tables(data, file)
    if table.header[:1] == [_DICTIONARY]:
        advice = Message("exports.redcap_records")
        raise Unreadable(Finding(file, "file", Message("exports.redcap_dictionary"), advice=advice))
    if not table.records:
        raise Unreadable(Finding(file, "file", Message("exports.no_records"), advice=Message("exports.again")))
    header = [_LABELLED.get(name.casefold(), name) for name in table.header]
    boxes = [at for at, name in enumerate(header) if _BOX.fullmatch(name)]
    records = []
    for row, cells in table.records:
        line = list(cells)
        for at in boxes:
            line[at] = _TICKS.get(line[at].strip().casefold(), line[at])
        records.append((row, line))
    sheet = with_points(replace(table, form=FORM, header=header, records=records, name="records"))
    return _split(sheet) if _INSTRUMENT in header else [sheet]


def _split(sheet: Sheet) -> list[Sheet]:
    """Take a sheet apart by repeating instrument; each part keeps the columns that say which record it is of."""
    at = sheet.header.index(_INSTRUMENT)
    by_name: dict[str, list[tuple[int, list[str]]]] = {}
    for row, cells in sheet.records:
        by_name.setdefault(cells[at].strip(), []).append((row, cells))
    found: list[Sheet] = []
    for name, records in sorted(by_name.items()):
        kept = [
            place
            for place, column in enumerate(sheet.header)
            if place == 0
            or column == _EVENT
            or (column == _INSTANCE and any(cells[place].strip() for _, cells in records))
            or (column not in (_INSTRUMENT, _INSTANCE) and any(cells[place].strip() for _, cells in records))
        ]
        lines = [(row, [cells[place] for place in kept]) for row, cells in records]
        findings = sheet.findings if not found else ()
        header = [sheet.header[place] for place in kept]
        found.append(replace(sheet, name=name or "records", header=header, records=lines, findings=findings))
    return found


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    header, body = [name.casefold() for name in rows[0]], rows[1:]
    if any(name.startswith("redcap_") for name in header) or {"repeat instrument", "repeat instance"} <= {*header}:
        return True
    states = [at for at, name in enumerate(header) if name.endswith("_complete") or name == "complete?"]
    marked = [at for at in states if all(at >= len(cells) or cells[at].casefold() in _STATES for cells in body)]
    known = header[0] in ("record_id", "record id", "study_id", "study id")
    return bool(marked) and (known or any(_BOX.fullmatch(name) for name in header))
