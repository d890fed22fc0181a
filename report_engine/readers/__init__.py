"""Readers: the bytes of a file in, a table of text out. They know the columns to look for and nothing else.

A reader is a module with ``FORM``, ``matches`` and ``sheets``; ``READERS`` lists them in the order in which they are asked.
"""

import fnmatch
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from report_engine.contracts.contract import Contract
from report_engine.model.findings import Finding, across_sheets, listed
from report_engine.readers import chosen_rows, foreign, mapped, percentages, scales
from report_engine.readers.interviews import qualcoder, quotations, refi, segments, taguette
from report_engine.readers.raw import Column, Raw, Unreadable, together
from report_engine.readers.source import Source, content, shown_path
from report_engine.readers.statistics import kolada, px, pxweb, pxweb_csv
from report_engine.readers.surveys import forms, kobo, limesurvey, qualtrics, redcap, spss, surveymonkey
from report_engine.readers.tables import binary_workbook, delimited, old_workbook, opendocument, parquet, workbook
from report_engine.readers.tables.header import headed, matches
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.table import Wanted, assemble
from report_engine.words.messages import Message

__all__ = ["READERS", "Column", "Raw", "Sheet", "Source", "Unreadable", "parse", "read", "sheets", "shown_path"]


class Reader(Protocol):
    """A family of formats: ``matches`` is cheap and never raises, ``sheets`` raises ``Unreadable`` for broken files."""

    @property
    def FORM(self) -> str:  # a module's constant
        """What the format is called under ``format:`` in config.yaml."""

    def matches(self, data: bytes, name: str) -> bool:
        """Say by its content whether a file is of this family."""

    def sheets(self, data: bytes, file: str) -> list[Sheet]:
        """Return every table of a file; ``file`` is its path as findings show it."""


READERS: tuple[Reader, ...] = (
    spss,
    refi,
    taguette,
    qualcoder,
    qualtrics,
    surveymonkey,
    kobo,
    limesurvey,
    redcap,
    forms,
    quotations,
    opendocument,
    binary_workbook,
    old_workbook,
    workbook,
    parquet,
    pxweb,
    kolada,
    px,
    pxweb_csv,
)
"""Asked in this order; delimited text is what remains. A workbook takes every zip archive, so what is zipped comes before."""

FORMS = tuple(sorted({reader.FORM for reader in READERS} | {delimited.FORM}))


def read(source: Source | Path, contract: Contract) -> Raw:
    """Read the table of one dataset from its files, told apart by content, not by name.

    Raises ``Unreadable`` where a file is missing, is no such file, holds none of the columns or exceeds the limits.
    """
    if isinstance(source, Path):
        source = Source((source,))
    parts: list[Raw] = []
    refused: list[Finding] = []
    for path in source.files:
        try:
            parts.append(parse(content(path, contract.name), shown_path(path), contract, source))
        except Unreadable as error:
            refused += error.findings
    if refused:
        raise Unreadable(*refused, *(finding for part in parts for finding in part.findings))
    return together(parts, contract.columns)


def parse(data: bytes, file: str, contract: Contract, source: Source | None = None) -> Raw:
    """Read the table of one file's content, several sheets of it where the source names them with a pattern."""
    source = source or Source(())
    mapping = source.mapping
    wanted = mapped.wanted(mapping, contract) if mapping else Wanted.by(contract)
    names = (source.sheet,) if source.sheet else mapping.sheet_names(contract) if mapping else ()
    parts = []
    for sheet in _chosen(sheets(data, file, wanted.known, source), file, wanted.known, names):
        rules = mapping
        if source.coded and segments.is_coded(sheet):
            sheet, rules = segments.prepared(sheet, mapping, source.coded)
        raw = assemble(chosen_rows.without_hidden(sheet, rules) if rules else sheet, wanted)
        if rules:
            raw = mapped.apply(raw, rules, contract, sheet)
        else:
            raw = replace(chosen_rows.without_sums(raw, contract, None), before=raw)
        raw = scales.in_steps(raw, sheet, rules, contract)
        raw = mapped.without_missing(raw, sheet, contract) if sheet.missing else raw
        parts.append(percentages.in_units(raw, contract))
    raw = together(parts, contract.columns)
    return replace(raw, findings=tuple(across_sheets(raw.findings))) if raw.parts else raw


def sheets(data: bytes, file: str, known: Collection[str] = (), source: Source | None = None) -> list[Sheet]:
    """Return every table of a file; ``known`` are the columns sought, by which that of a text file is made out."""
    source = source or Source(())
    form = source.form or (source.mapping.form if source.mapping else None)
    for reader in READERS:
        if form in (None, reader.FORM) and reader.matches(data, file):
            return reader.sheets(data, file)
    if form not in (None, delimited.FORM):
        advice = Message("files.correct_format")
        raise Unreadable(Finding(file, "file", Message("files.not_of_form", {"form": form}), advice=advice))
    foreign.refuse(data, file)
    return [delimited.sheet(data, file, known, source.encoding)]


def _chosen(sheets: list[Sheet], file: str, known: Collection[str], names: Sequence[str]) -> list[Sheet]:
    """Take the sheets of these names, else the visible one whose header names the most of the columns, and find the header."""
    filled = [sheet for sheet in sheets if sheet.header or any(any(cells) for _, cells in sheet.records)]
    visible = [sheet for sheet in filled if not sheet.hidden]
    called = {
        name: [sheet for sheet in filled if sheet.name == name]
        or [sheet for sheet in visible if fnmatch.fnmatchcase(sheet.name, name)]
        for name in names
    }
    if lacking := [_no_such_sheet(name, sheets, file) for name, found in called.items() if not found]:
        raise Unreadable(*lacking)
    taken = {sheet.name for found in called.values() for sheet in found}
    chosen = [sheet for sheet in filled if sheet.name in taken] if names else [_best(visible, file, known)]
    several = sum(not one.hidden for one in sheets) > 1
    named = [replace(sheet, file=f"{file} ({sheet.name})") if several else sheet for sheet in chosen]
    return [headed(sheet, known) for sheet in named]


def _no_such_sheet(name: str, sheets: Sequence[Sheet], file: str) -> Finding:
    near = get_close_matches(name, [sheet.name for sheet in sheets], n=1)
    advice = Message("files.sheets_are", {"sheets": listed(sheet.name for sheet in sheets)})
    problem = Message("files.no_such_sheet")
    return Finding(file, "file", problem, None, None, name, None, near[0] if near else None, advice)


def _best(visible: list[Sheet], file: str, known: Collection[str]) -> Sheet:
    if not visible:
        raise Unreadable(Finding(file, "file", Message("files.no_visible_sheet")))
    found = {sheet.name: matches(sheet, known) for sheet in visible}
    best = [sheet for sheet in visible if found[sheet.name] == max(found.values())]
    if len(best) > 1 and found[best[0].name]:
        names = listed(sheet.name for sheet in best)
        advice = Message("files.name_one_sheet")
        raise Unreadable(
            Finding(file, "file", Message("files.columns_in_sheets", {"n": len(best), "sheets": names}), advice=advice)
        )
    return best[0]
