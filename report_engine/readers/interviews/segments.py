"""From the coded passages of a qualitative tool to our segments: its codes to ours, and codes that say something of others."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from report_engine.model.findings import Finding, at_most
from report_engine.readers.interviews.codings import PATH, SEGMENTS, guid
from report_engine.readers.interviews.same_names import told_apart
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.source import Coded
from report_engine.readers.tables.sheet import Record, Sheet
from report_engine.words.messages import Message, Word
from report_engine.words.nearest import neighbour

if TYPE_CHECKING:
    import report_engine.readers.mapping as rules

MOST_COMPARED = 10_000_000  # pairs of a passage and one that says something about it

_DROPPED = ("code_path", "code_guid", "comment", "document_key")
_NEEDED = ("id", "document", "document_key", "code", "code_path", "code_guid", "coder", "start", "end", "text")


@dataclass(frozen=True)
class Passage:
    """A coding as it is compared with others: its place, and the text where the tool gives no place."""

    document: str
    start: int | None
    end: int | None
    text: str
    coder: str

    def overlap(self, other: "Passage") -> int:
        """Return how many characters two passages of one document share; all or none where they have no place."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return len(self.text) if self.text == other.text else 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def is_coded(sheet: Sheet) -> bool:
    """Say whether a sheet holds the coded passages of a qualitative tool."""
    return sheet.name.startswith(SEGMENTS) and {*_NEEDED} <= {*sheet.header}


def prepared(sheet: Sheet, mapping: "rules.Mapping | None", coded: Coded) -> tuple[Sheet, "rules.Mapping | None"]:
    """Return a tool's coded passages with our codes, and the mapping without what was done here.

    Codes become ours by GUID, path or name: first those under ``values: code:`` in the mapping (an empty one leaves the coding
    out), then those of our codebook. Codes under ``attributes`` become columns:
    each passage gets the value of the code whose passage overlaps it most, by the same coder where that one set any. An
    ``id`` that is missing is made of document, place, code and coder. Codes that nobody knows are findings, one a code; raises
    ``Unreadable`` where no coding is left.
    """
    sheet = told_apart(sheet, mapping.values.get(coded.document, ()) if mapping else (), coded.document)
    at = {name: place for place, name in enumerate(sheet.header)}
    attributes = mapping.attributes if mapping else {}
    saying, rows = _apart(sheet.records, at, attributes)
    findings: list[Finding] = []
    columns = [_said(sheet.file, saying[name], rows, at, name, findings) for name in attributes]
    table = dict(mapping.values.get("code", {})) if mapping else {}
    known = coded.codes()
    translated = _translated(rows, at, table, known)
    findings += _unknown(sheet.file, rows, at, translated, known, coded.codebook)
    used = {*mapping.columns} if mapping else set()
    kept = [place for place, name in enumerate(sheet.header) if name not in _DROPPED or name in used]
    records: list[Record] = []
    for index, (row, cells) in enumerate(rows):
        code = translated[index]
        if code:
            line = list(cells)
            line[at["code"]] = code
            line[at["id"]] = line[at["id"]] or made_id(_passage(line, at), code)
            records.append((row, [*(line[place] for place in kept), *(values[index] for values in columns)]))
    if not records:
        advice = Message("exports.name_codes")
        nothing = Finding(sheet.file, "file", Message("exports.no_codebook_code"), advice=advice)
        raise Unreadable(*sheet.findings, *findings, nothing)
    ours = {"id": coded.id, "document": coded.document}
    header = [name if name in used else ours.get(name, name) for name in (sheet.header[place] for place in kept)]
    if mapping:
        values = {name: given for name, given in mapping.values.items() if name != "code"}
        mapping = mapping.model_copy(update={"values": values})
    found = (*sheet.findings, *findings)
    return replace(sheet, header=[*header, *attributes], records=records, findings=found), mapping


def made_id(passage: Passage, code: str) -> str:
    """Return an id for a coding that its tool gave none: the same coding always gets the same."""
    place = f"{passage.start}-{passage.end}"
    if passage.start is None:
        place = hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return ":".join(filter(None, (passage.document, place, code, passage.coder)))


def by_name(codes: Sequence[str], names: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return our codes by what they may be called: themselves, and each of the lists of names; a name of two codes is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for texts in names:
        for text, code in zip(texts, codes, strict=True):
            if found.setdefault(_folded(text), code) != code:
                twice.add(_folded(text))
    return {text: code for text, code in found.items() if text and text not in twice} | {_folded(c): c for c in codes}


def _apart(
    records: Sequence[Record], at: Mapping[str, int], attributes: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, list[tuple[Passage, str]]], list[Record]]:
    """Take codings that say something about others from those that are segments."""
    saying: dict[str, list[tuple[Passage, str]]] = {name: [] for name in attributes}
    rows = []
    tables = {name: _keys(table) for name, table in attributes.items()}
    for record in records:
        said = {name: value for name, table in tables.items() if (value := looked_up(record[1], at, table)) is not None}
        for name, value in said.items():
            saying[name].append((_passage(record[1], at), value))
        if not said:
            rows.append(record)
    return saying, rows


def _said(
    file: str,
    saying: Sequence[tuple[Passage, str]],
    rows: Sequence[Record],
    at: Mapping[str, int],
    name: str,
    findings: list[Finding],
) -> list[str]:
    """Return what is said of each passage, ``""`` where nothing is; two things said of the same part are a finding."""
    by_document: dict[str, list[tuple[Passage, str]]] = {}
    for passage, value in saying:
        by_document.setdefault(passage.document, []).append((passage, value))
    often = Counter(cells[at["document"]] for _, cells in rows)
    if sum(often[document] * len(passages) for document, passages in by_document.items()) > MOST_COMPARED:
        raise Unreadable(Finding(file, "file", Message("exports.too_many_codings", {"name": name})))
    values, wrong = [], []
    for row, cells in rows:
        passage = _passage(cells, at)
        others = by_document.get(passage.document, [])
        own = [one for one in others if one[0].coder == passage.coder]
        best = _most(passage, own or others)
        if len(best) > 1:
            first, *more = sorted(best)
            codes: Word = first
            for code in more:
                codes = Message("exports.and_as", {"one": codes, "other": code})
            problem = Message("exports.coded_twice", {"codes": codes})
            advice = Message("exports.take_code_away")
            wrong.append(Finding(file, "value", problem, row, name, passage.text, advice=advice))
        values.append(min(best, default=""))
    findings += at_most(wrong)
    return values


def _most(passage: Passage, others: Sequence[tuple[Passage, str]]) -> set[str]:
    """Return the values that are said of most of a passage."""
    shared: dict[str, int] = {}
    for other, value in others:
        shared[value] = max(shared.get(value, 0), passage.overlap(other))
    most = max(shared.values(), default=0)
    return {value for value, length in shared.items() if length == most} if most else set()


def _translated(
    rows: Sequence[Record], at: Mapping[str, int], table: Mapping[str, str], known: Mapping[str, str]
) -> list[str | None]:
    """Return our code of each coding: ``""`` where it is left out on purpose, ``None`` where nobody knows it."""
    keys = _keys(table)
    found: list[str | None] = []
    for _, cells in rows:
        code = looked_up(cells, at, keys)
        if code is None:
            code = looked_up(cells, at, known)
        if code is None and not known:
            code = cells[at["code"]]  # there is no codebook to look into: validation says so
        found.append(code)
    return found


def _unknown(
    file: str,
    rows: Sequence[Record],
    at: Mapping[str, int],
    codes: Sequence[str | None],
    known: Mapping[str, str],
    codebook: str,
) -> list[Finding]:
    first: dict[str, int] = {}
    often: Counter[str] = Counter()
    for (row, cells), code in zip(rows, codes, strict=True):
        if code is None:
            path = cells[at["code_path"]] or cells[at["code"]]
            first.setdefault(path, row)
            often[path] += 1
    allowed: Collection[str] = sorted({*known.values()})
    advice = Message("exports.say_which_code")
    return at_most(
        Finding(
            file,
            "reference",
            Message(
                "exports.not_in_codebook",
                {"dataset": codebook, "passages": Message("exports.passages", {"n": often[path]})},
            ),
            row,
            "code",
            path,
            nearest=neighbour(path.rpartition(PATH)[2], allowed, known),
            advice=advice,
        )
        for path, row in sorted(first.items())
    )


def _keys(table: Mapping[str, str]) -> dict[str, str]:
    return {_folded(theirs): ours for theirs, ours in table.items()}


def looked_up(cells: Sequence[str], at: Mapping[str, int], table: Mapping[str, str]) -> str | None:
    """Find a coding's code in a table by GUID, path or name, the most certain first."""
    path, name = cells[at["code_path"]], cells[at["code"]]
    for key in (guid(cells[at["code_guid"]]), _folded(path), _folded(name), _folded(path.rpartition(PATH)[2])):
        if key and key in table:
            return table[key]
    return None


def _folded(text: str) -> str:
    """Return a code's name or path as it is compared: no case, underscores as blanks; what stands between levels as ``>``."""
    text = text.strip(BLANKS).strip("{}").casefold().replace("_", " ")
    return PATH.join(" ".join(part.split()) for part in text.replace("\\", ">").split(">"))


def _passage(cells: Sequence[str], at: Mapping[str, int]) -> Passage:
    start, end = cells[at["start"]], cells[at["end"]]
    placed = start.isdecimal() and end.isdecimal()
    return Passage(
        cells[at["document"]],
        int(start) if placed else None,
        int(end) if placed else None,
        cells[at["text"]],
        cells[at["coder"]],
    )
