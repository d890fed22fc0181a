"""The way back from a tidy table to the rows of its raw files; of persons no row is shown, nor where one stands."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.contracts.contract import Contract
from report_engine.model.findings import escape, line
from report_engine.readers import Source, Unreadable, read
from report_engine.words.editions import Edition
from report_engine.words.messages import say

if TYPE_CHECKING:
    from report_engine.readers import Raw

_EXAMPLES = 3
_MOST_COLUMNS = 6
_LONGEST = 40
_FREE_TEXT = frozenset({"text", "source", "source_note", "comment"})
_DIGITS = 12  # of a digest, as much as tells files apart


def lines(
    name: str,
    known: Mapping[str, Any],
    contract: Contract,
    source: Source,
    used: Collection[str],
    places: Mapping[str, Collection[str]],
    edition: Edition,
) -> list[str]:
    """Write a tidy table, its raw files and a few of their rows in a language.

    Of persons no row is written, nor a digest from which one could be found.

    ``known`` is the table's entry in ``sources.json``, ``used`` the words of the section's code (columns among them),
    ``places`` the codes of the places studied by the column they stand in: their rows are the better examples.
    """
    tidy = known["tidy"]
    columns = [column for column in tidy["columns"] if column in used]
    persons = contract.rows == "persons"
    said = [say("trace.tidy", edition, name=name, **_file(tidy, persons, edition))]
    used_columns = say("trace.columns", edition, names=columns) if columns else say("trace.no_columns", edition)
    said.append(f"  {used_columns}")
    for file, path in zip(known["raw"], source.files, strict=False):
        changed = path.is_file() and _digest(path) != file["sha256"]
        said.append(
            f"  {say('trace.raw_changed' if changed else 'trace.raw', edition, **_file(file, persons, edition))}"
        )
    if persons:
        return [*said, f"    {say('trace.persons', edition)}"]
    if not source.files:
        return said
    try:
        raw = read(source, contract)
    except Unreadable as error:
        return [*said, *(f"    {line(finding, edition)}" for finding in error.findings[:_EXAMPLES])]
    chosen = spread(eligible(raw, contract, used, places))
    return [*said, *(f"    {example}" for example in examples(raw, contract, columns, chosen, edition))]


def _file(about: Mapping[str, Any], persons: bool, edition: Edition) -> dict[str, str]:
    digest = "" if persons else say("trace.digest", edition, digest=about["sha256"][:_DIGITS])
    return {"path": about["path"], "rows": str(about["rows"]), "digest": digest}


def examples(
    raw: "Raw", contract: Contract, columns: Sequence[str], chosen: Sequence[int], edition: Edition
) -> list[str]:
    """Write these rows as the spreadsheet numbers them: the key and the columns used."""
    shown = [c for c in dict.fromkeys([*contract.primary_key, *columns]) if c in raw.columns and c not in _FREE_TEXT]
    written = []
    for at in chosen:
        place = raw.place(at)
        cells = [f"{c} {_cell(raw.columns[c].texts[at], edition)}" for c in shown[:_MOST_COLUMNS]]
        row = str(place.row)
        if len(raw.parts) < 2:
            written.append(say("trace.row", edition, row=row, cells=cells))
        else:
            written.append(say("trace.row_of", edition, file=place.file, row=row, cells=cells))
    return written


def eligible(raw: "Raw", contract: Contract, used: Collection[str], places: Mapping[str, Collection[str]]) -> list[int]:
    """List the records that the section is most likely to use: of the places studied, with the values its code names."""
    kept = list(range(len(raw.rows)))
    wanted = [(column, {*codes}) for column, codes in places.items()]
    for field in contract.fields:
        allowed = {str(value) for value in field.allowed or ()}
        wanted.append((field.name, allowed & {*used}))
    for column, values in wanted:
        cells = raw.columns.get(column)
        if cells is not None and values:
            kept = [at for at in kept if cells.texts[at] in values] or kept
    return kept


def spread(rows: Sequence[int]) -> list[int]:
    """Take the first, a middle and the last of the rows."""
    if len(rows) <= _EXAMPLES:
        return list(rows)
    return [rows[round(at * (len(rows) - 1) / (_EXAMPLES - 1))] for at in range(_EXAMPLES)]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _cell(text: str, edition: Edition) -> str:
    shown = escape(text[:_LONGEST])
    return f"{shown}…" if len(text) > _LONGEST else shown or say("trace.empty", edition)
