"""A mapping for the coded passages of a qualitative tool: its codes, documents and coders, and what its codes say of others."""

import re
from collections.abc import Sequence

from report_engine.contracts.contract import Contract, Field, labels
from report_engine.mappings.columns import Candidate, plain
from report_engine.mappings.likeness import Known, guess, reference
from report_engine.mappings.writing import quoted, remark
from report_engine.readers import Sheet
from report_engine.readers.interviews.codings import PATH
from report_engine.readers.interviews.segments import looked_up
from report_engine.readers.source import Coded
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import say

_MOST = 300  # codes, or documents
_MOST_CHOICES = 12


def write(sheet: Sheet, contract: Contract, coded: Coded, known: Known, language: Edition) -> str:
    """Write the mapping of a sheet of coded passages, in which every code and document that nobody knows waits to be chosen."""
    at = {name: place for place, name in enumerate(sheet.header)}
    rows = [cells for _, cells in sheet.records]
    codes = coded.codes()
    unknown = {
        cells[at["code_path"]] or cells[at["code"]]: None for cells in rows if looked_up(cells, at, codes) is None
    }
    given = {coded.id, coded.document, *at}
    lacking = [one for one in contract.fields if one.name not in given]
    saying = {one.name: found for one in lacking if (found := _saying([*unknown], one, language))}
    said = {path for table in saying.values() for path in table}
    nobody = not any(cells[at["coder"]] for cells in rows)
    documents = dict.fromkeys(cells[at["document"]] for cells in rows)

    lines = [f"# {say('proposals.head_passages', language)}", f"# {say('proposals.how', language)}"]
    lines += [f"dataset: {contract.name}", f"form: {sheet.form}"]
    values = _codes([path for path in unknown if path not in said], [*codes.values()], language)
    field = contract.field(coded.document)
    values += _documents([*documents], field, [*known.names.get(reference(field, contract), {}).values()], language)
    lines += ["values:", *values] if values else []
    if saying:
        lines += [f"# {say('proposals.attributes', language)}", "attributes:"]
    for name, table in saying.items():
        lines += [f"  {name}:", *table.values()]
    lines += ["ignore:", "  - coder"] if nobody else []
    open_ = [one for one in lacking if one.name not in saying] + ([contract.field("coder")] if nobody else [])
    if open_:
        lines += [f"# {say('proposals.lacking_passages', language, name=open_[0].name)}", "constants:"]
    return "\n".join([*lines, *(_constant(one, language) for one in open_)]) + "\n"


def _constant(one: Field, language: Edition) -> str:
    """Write a column that no code says anything of: left empty, or to be chosen where it may not be."""
    first, *others = [str(value) for value in one.allowed] or [""]
    choice = f"; {say('proposals.or', language, values=remark(', '.join(others)))}" if others else ""
    if one.constraints.required:
        return f"  #{one.name}: {quoted(first)}  # {remark(one.title[language])}{choice}"
    return f'  {one.name}: ""  # {remark(one.title[language])}'


def _codes(unknown: Sequence[str], ours: Sequence[str], language: Edition) -> list[str]:
    """Write a line for each code of theirs that our codebook does not know."""
    if not unknown:
        return []
    choice = say("proposals.code", language, values=remark(", ".join(sorted({*ours})[: 2 * _MOST_CHOICES])))
    lines = [f'    #{quoted(path)}: ""' for path in sorted(unknown)[:_MOST]]
    return ["  code:", f"    # {choice}", *lines]


def _documents(documents: Sequence[str], field: Field, ours: Sequence[str], language: Edition) -> list[str]:
    """Write which interview each document is: the one whose id its name holds, or a line to be chosen."""
    lines = [f"  {field.name}:"]
    if any(_held(document, ours) is None for document in documents):
        choice = say("proposals.document", language, values=remark(", ".join(sorted({*ours})[:_MOST_CHOICES])))
        lines.append(f"    # {choice}")
    for document in sorted(documents)[:_MOST]:
        found = _held(document, ours)
        if found is None:
            lines.append(f'    #{quoted(document)}: ""')
        elif found != document:
            lines.append(f"    {quoted(document)}: {quoted(found)}")
    return lines if len(lines) > 1 else []


def _held(document: str, ours: Sequence[str]) -> str | None:
    """Return the id that stands in the name of a document by itself."""
    words = {*re.findall(r"[^\W_]+", document.casefold())} | {document.casefold()}
    return next((one for one in ours if one.casefold() in words), None)


def _saying(paths: Sequence[str], one: Field, language: Edition) -> dict[str, str]:
    """Return the line of each code that says what stands in a column of ours: those called like a value, and their siblings."""
    called = {plain(str(value)): str(value) for value in one.allowed if isinstance(value, str)}
    for edition in EDITIONS:
        called |= {plain(label): str(value) for value, label in labels(one, edition).items()}
    titles = {*map(plain, one.title.values()), plain(one.name)}
    meant = {path: called.get(plain(path.rpartition(PATH)[2])) for path in paths}
    above = {path.rpartition(PATH)[0] for path, value in meant.items() if value} - {""}
    choice = say("proposals.free", language, values=remark(", ".join(map(str, one.allowed))))
    lines = {}
    waiting = {}
    for path, value in sorted(meant.items()):
        parent = path.rpartition(PATH)[0]
        if value:
            lines[path] = f"    {quoted(path)}: {quoted(value)}"
        elif called and (parent in above or plain(parent.rpartition(PATH)[2]) in titles):
            near = guess(Candidate("", ()), path.rpartition(PATH)[2], one) or ""
            waiting[path] = f"    #{quoted(path)}: {quoted(near)}"
    if waiting:
        first = next(iter(waiting))
        waiting[first] = f"    # {choice}\n{waiting[first]}"
    return lines | waiting
