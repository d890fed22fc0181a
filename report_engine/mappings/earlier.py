"""Mappings that are there already, shipped or written earlier: those made for files of the same shape as this one."""

import fnmatch
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from report_engine.checks.validate import validate
from report_engine.contracts.contract import Contract
from report_engine.mappings.writing import quoted
from report_engine.model import document
from report_engine.model.document import DocumentError
from report_engine.model.findings import Finding
from report_engine.readers import Sheet, Source, Unreadable, mapped, parse, sheets
from report_engine.readers import mapping as rules
from report_engine.readers.interviews.segments import is_coded
from report_engine.readers.source import Coded
from report_engine.readers.tables.header import headed, named


@dataclass(frozen=True)
class Trial:
    """What a mapping, or none, makes of a file: how many rows, and what is wrong with them."""

    rows: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What would stop the report."""
        return tuple(one for one in self.findings if one.severity == "error")


def tried(data: bytes, file: str, its: rules.Mapping | None, contract: Contract, coded: Coded | None = None) -> Trial:
    """Read a file, with a mapping or without, and check it against the contract by itself."""
    try:
        raw = parse(data, file, contract, Source((), mapping=its, coded=coded))
    except Unreadable as error:
        return Trial(0, error.findings)
    findings, _ = validate(raw, contract, {})
    return Trial(len(raw.rows), tuple(findings))


def written(
    folder: Path, contracts: Mapping[str, Contract], register: Callable[[], Mapping[str, str]]
) -> list[rules.Mapping]:
    """Read every mapping of a folder, by name; one that can't be used is passed over: ``report check`` says why."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            its = document.read(path, only_text=True)
            name = its.content.get("dataset") if isinstance(its.content, dict) else None
            if isinstance(name, str) and name in contracts:
                found.append(rules.parse(its, contracts[name], register))
        except DocumentError:
            continue
    return found


@dataclass(frozen=True)
class Fitting:
    """A mapping that is made for files of this shape, and what it makes of this one."""

    rules: rules.Mapping
    trial: Trial


@dataclass(frozen=True)
class Strange:
    """A file with the columns of a mapping that holds none of the values whose rows the mapping takes: those in ``column``."""

    rules: rules.Mapping
    column: str
    found: tuple[str, ...]
    wanted: tuple[str, ...]


def best(
    data: bytes,
    file: str,
    mappings: Iterable[rules.Mapping],
    contracts: Mapping[str, Contract],
    coded: Mapping[str, Coded] | None = None,
) -> Fitting | Strange | None:
    """Return the mapping of the file's shape that takes the most rows of it, one without errors before others.

    ``None`` where the file is of another shape than all; where those of its shape take other rows, how the first differs.
    ``coded`` says, by dataset, what turns coded passages into it.
    """
    fitting: list[Fitting] = []
    strange: list[Strange] = []
    tables = sheets(data, file)
    for its in mappings:
        contract, passages = contracts[its.dataset], (coded or {}).get(its.dataset)
        shaped = [table for sheet in tables if (table := _in_shape(sheet, its, contract, passages))]
        differing = [_differs(table, its) for table in shaped]
        if shaped and None in differing:
            fitting.append(Fitting(its, tried(data, file, its, contract, passages)))
        strange += [one for one in differing if one]
    with_rows = [one for one in fitting if one.trial.rows]
    return max(with_rows, key=lambda one: (not one.trial.errors, one.trial.rows), default=next(iter(strange), None))


def _in_shape(sheet: Sheet, its: rules.Mapping, contract: Contract, coded: Coded | None) -> Sheet | None:
    """Return the sheet with its header, if it has the columns that a mapping reads and none that the mapping does not name."""
    named_so = [fnmatch.fnmatchcase(sheet.name, name) for name in its.sheet_names(contract)]
    if its.form not in (None, sheet.form) or not (any(named_so) or not named_so):
        return None
    if is_coded(sheet):
        return sheet if coded and _holds_documents(sheet, its.values.get(coded.document, {})) else None
    table = headed(sheet, mapped.wanted(its, contract).known)
    names = {name for name in named(table.header) if name}
    pivoted = {its.pivot.column, its.pivot.value} if its.pivot else set()
    read = {*its.keep, *its.leave_out, *pivoted}
    ours = {our: [theirs for theirs, name in its.columns.items() if name == our] for our in its.columns.values()}
    pieces = [pattern.split(rules.PIECE) for pattern in (its.unpivot.columns.values() if its.unpivot else ())]
    left = names - read - {*its.columns} - {*its.ignore} - {*contract.columns}
    there = read <= names and all(names & {*theirs} for theirs in ours.values())
    wide = all(any(_between(name, ends) for name in names) for ends in pieces)
    known = all(any(_between(name, ends) for ends in pieces) for name in left)
    return table if (ours or read or pieces) and there and wide and known else None


def _holds_documents(sheet: Sheet, named: Mapping[str, str]) -> bool:
    """Say whether coded passages stand in documents that a mapping names."""
    at = sheet.header.index("document")
    return any(cells[at] in named for _, cells in sheet.records)


def _differs(table: Sheet, its: rules.Mapping) -> Strange | None:
    """Say in which column the file holds none of the values that a mapping takes; ``None`` where it holds some in each."""
    chosen = dict(its.keep) | ({its.pivot.column: tuple(its.pivot.into)} if its.pivot else {})
    names = named(table.header)
    for name, wanted in chosen.items():
        at = names.index(name)
        found = dict.fromkeys(cells[at] for _, cells in table.records if at < len(cells))
        if not {*found} & {*wanted}:
            return Strange(its, name, tuple(found), tuple(wanted))
    return None


def _between(name: str, ends: list[str]) -> bool:
    return len(ends) == 2 and name.startswith(ends[0]) and name.endswith(ends[1]) and len(name) > sum(map(len, ends))


def narrowed(data: bytes, file: str, fitting: Fitting, contract: Contract) -> dict[str, list[str]]:
    """Return, by their column, the codes that are ours in columns of a key where official statistics have others besides."""
    its = fitting.rules
    theirs = {our: name for name, our in its.columns.items()}
    wrong = {one.column for one in fitting.trial.errors}
    found = {}
    for sheet in sheets(data, file):
        names = named(sheet.header)
        for field in contract.fields:
            name = theirs.get(field.name, "")
            if name not in wrong or name not in names or name in its.keep or name not in sheet.labels:
                continue
            ours = {str(value) for value in field.allowed} | {*its.values.get(field.name, {})}
            texts = dict.fromkeys(cells[names.index(name)] for _, cells in sheet.records)
            if kept := [text for text in texts if text in ours]:
                found[name] = kept
    return found


def copied(path: Path, keep: Mapping[str, list[str]], remark: str) -> str:
    """Return a mapping's text with more rows to keep."""
    content = document.read(path, only_text=True).content
    rules_ = dict(content) if isinstance(content, dict) else {}
    rules_["keep"] = {**rules_.get("keep", {}), **keep}
    return f"# {remark}\n" + "".join(f"{key}: {_yaml(value)}\n" for key, value in rules_.items())


def _yaml(value: object) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{quoted(str(key))}: {_yaml(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(_yaml, value))}]"
    return quoted(str(value))
