"""Tables of coded passages that MAXQDA and ATLAS.ti export (.xlsx, CSV), in English and German."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from report_engine.model.findings import Finding
from report_engine.readers.interviews.codings import Coding, codebook, nested, segments
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, tables
from report_engine.words.messages import Message

FORM = "qda-table"

_MAXQDA = {
    "document group": "group",
    "dokumentgruppe": "group",
    "document name": "document",
    "document": "document",
    "dokumentname": "document",
    "dokument": "document",
    "code": "code",
    "beginning": "from",
    "begin": "from",
    "anfang": "from",
    "end": "to",
    "ende": "to",
    "segment": "text",
    "coded segments": "text",
    "codierte segmente": "text",
    "comment": "comment",
    "kommentar": "comment",
    "created by": "coder",
    "author": "coder",
    "erstellt von": "coder",
    "autor": "coder",
    "modified by": "coder",
    "bearbeitet von": "coder",
}
_ATLAS = {
    "id": "id",
    "document": "document",
    "dokument": "document",
    "quotation content": "text",
    "text content": "text",
    "zitatinhalt": "text",
    "inhalt des zitats": "text",
    "codes": "codes",
    "kodes": "codes",
    "comment": "comment",
    "kommentar": "comment",
    "created by": "coder",
    "erstellt von": "coder",
}
_NEEDED = {"maxqda": {"document", "code", "text", "from"}, "atlas": {"id", "document", "codes", "text"}}
_COLUMNS = {"maxqda": _MAXQDA, "atlas": _ATLAS}


def matches(data: bytes, name: str) -> bool:
    """Say whether a table has the columns of MAXQDA's coded segments or of ATLAS.ti's quotations."""
    return any(rows and _tool(rows[0]) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read coded passages into ``segments`` (numbered as the rows), and the codes they carry into ``codebook``.

    A quotation with several codes gives one record a code. These tables count paragraphs, not characters: positions are
    left empty. Raises ``Unreadable``.
    """
    for table in tables(data, file):
        tool = _tool(table.header)
        if tool:
            placed = _placed(table.header, tool)
            codings = [one for row, cells in table.records for one in _READ[tool](row, _by_name(placed, cells))]
            codes = {one.code.path: one.code for one in codings}
            problem = Message("exports.paragraphs_only")
            advice = Message("exports.export_refi")
            notice = Finding(file, "extra", problem, advice=advice, severity="warning")
            found = segments(file, FORM, codings, [*table.findings, notice])
            return [found, codebook(file, FORM, (codes[path] for path in sorted(codes)))]
    raise Unreadable(Finding(file, "file", Message("exports.no_passages"), advice=Message("exports.again")))


def _tool(header: Sequence[str]) -> str | None:
    return next((tool for tool, needed in _NEEDED.items() if needed <= {*_placed(header, tool)}), None)


def _placed(header: Sequence[str], tool: str) -> dict[str, int]:
    """Return where each column stands; of several that say the same, the first."""
    found: dict[str, int] = {}
    for at, name in enumerate(header):
        meant = _COLUMNS[tool].get(" ".join(name.casefold().split()))
        if meant is not None:
            found.setdefault(meant, at)
    return found


def _by_name(placed: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {name: cells[at].strip() for name, at in placed.items()}


def _maxqda(row: int, cells: Mapping[str, str]) -> Iterator[Coding]:
    if cells["document"] and cells["code"]:
        parts = [part.strip() for part in re.split(r"[\\>]", cells["code"])]
        code = nested([part for part in parts if part] or [cells["code"]])
        yield Coding(
            row, cells["document"], code, cells.get("coder", ""), None, None, cells["text"], cells.get("comment", "")
        )


def _atlas(row: int, cells: Mapping[str, str]) -> Iterator[Coding]:
    for name in re.split(r"[\r\n]+", cells["codes"]):
        if name.strip():
            code = nested([part.strip() for part in name.split("::") if part.strip()] or [name.strip()])
            code = type(code)(code.guid, name.strip(), code.path, code.parent, code.description)
            key = f"{cells['id']}:{name.strip()}"
            text, comment = cells["text"], cells.get("comment", "")
            yield Coding(row, cells["document"], code, cells.get("coder", ""), None, None, text, comment, key)


_READ: dict[str, Callable[[int, Mapping[str, str]], Iterator[Coding]]] = {"maxqda": _maxqda, "atlas": _atlas}
