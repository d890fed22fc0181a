"""Copies of the collaborators' own files with what is wrong marked: ``data/checked``, beside the raw data and as private."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from report_engine.checks.examined import Examined
from report_engine.contracts.contract import Contract
from report_engine.findings import places, workbook
from report_engine.model.findings import Finding, ordered
from report_engine.readers import Sheet, Source, Unreadable, mapped, sheets, shown_path
from report_engine.readers.source import content
from report_engine.readers.tables import delimited
from report_engine.readers.tables import workbook as excel
from report_engine.readers.tables.table import Wanted
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Told, say

FOLDER = Path("data/checked")

MOST_CELLS = 400_000
"""Of a file's sheets together: more takes openpyxl longer than anybody waits."""


MOST_BYTES = 100_000_000
"""Of a workbook unpacked."""


class _Skipped(Told):
    """A file of which no copy is made; the message says why."""


def write_all(examined: Examined, edition: Edition, spoken: Edition) -> Iterator[str]:
    """Write a marked copy of every Excel and CSV file with findings; yield what became of each, in the language ``spoken``.

    Copies of an earlier check are removed first. A file that can't be marked is named with the reason.
    """
    for old in sorted(FOLDER.glob("*_checked*.xlsx")):
        old.unlink()
    by_path = _findings(examined)
    if not by_path:
        yield say("workbooks.none", spoken)
    for (path, dataset), findings in by_path.items():
        source, contract = examined.sources[dataset], examined.contracts[dataset]
        try:
            copy, marked = _copy(path, source, contract, findings, edition)
        except _Skipped as reason:
            yield say("workbooks.skipped", spoken, file=shown_path(path), why=reason.message)
            continue
        target = _target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(copy)
        yield say("workbooks.written", spoken, path=target.as_posix(), n=marked)


def _findings(examined: Examined) -> dict[tuple[Path, str], list[Finding]]:
    """Give the findings of each file by its path and dataset, files without an error or a warning left out."""
    found: dict[tuple[Path, str], list[Finding]] = {}
    for name, source in sorted(examined.sources.items()):
        for path in source.files:
            shown = shown_path(path)
            own = [one for one in examined.findings if shown in (one.file, examined.path(one.file))]
            if any(finding.severity != "note" for finding in own):
                found[path, name] = ordered(own)
    return found


def _target(path: Path) -> Path:
    """Name the copy of a file; one of the same name from another folder gets a number."""
    target, number = FOLDER / f"{path.stem}_checked.xlsx", 1
    while target.exists():
        number += 1
        target = FOLDER / f"{path.stem}_checked_{number}.xlsx"
    return target


def _copy(
    path: Path, source: Source, contract: Contract, findings: Sequence[Finding], edition: Edition
) -> tuple[bytes, int]:
    wanted = mapped.wanted(source.mapping, contract) if source.mapping else Wanted.by(contract)
    file = shown_path(path)
    try:
        data = content(path, contract.name)
        found = sheets(data, file, wanted.known, source)
    except Unreadable:
        raise _Skipped(Message("workbooks.unreadable")) from None
    if any(sheet.form not in (excel.FORM, delimited.FORM) for sheet in found):
        raise _Skipped(Message("workbooks.form"))
    if found[0].form == excel.FORM:
        _refuse_package(data)
    if sum(len(sheet.records) * _width(sheet) for sheet in found) > MOST_CELLS:
        raise _Skipped(Message("workbooks.large"))
    try:
        if found[0].form == delimited.FORM:
            book = workbook.of_text(delimited.grid(data, file, wanted.known, source.encoding))
        else:
            book = workbook.of_their_own(data)
        marked = workbook.mark(book, places.tables(found, file, wanted.known), findings, edition)
        return workbook.stored(book), marked
    except Exception:  # whatever else openpyxl stumbles over in a file that another reader takes: the check goes on
        raise _Skipped(Message("workbooks.broken")) from None


def _refuse_package(data: bytes) -> None:
    """Refuse what openpyxl would lose or choke on: macros, and parts that fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise _Skipped(Message("workbooks.macros"))
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _Skipped(Message("workbooks.large"))


def _width(sheet: Sheet) -> int:
    return max((len(cells) for _, cells in sheet.records), default=0)
