"""Binary Excel workbooks (.xlsb): values by python-calamine, what they are shown as from the records themselves."""

import struct
from collections.abc import Iterator, Mapping

from report_engine.readers.tables import binary_cells
from report_engine.readers.tables.archive import member_names
from report_engine.readers.tables.binary_cells import Cells
from report_engine.readers.tables.formats import Shown
from report_engine.readers.tables.package import pack, refused, relations, unpack
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message

FORM = "xlsb"

_WORKBOOK = "xl/workbook.bin"
_ROW, _CELLS, _RICH = 0, range(1, 12), 62
_ERRORS = (3, 11)  # a value, a formula's
_FORMAT, _XF, _CELL_XFS, _CELL_XFS_END = 44, 47, 617, 618
_SHEET, _MERGED = 156, 176
_HIDDEN = 0x10  # of a row's flags


def matches(data: bytes, name: str) -> bool:
    """Say whether this is a zip archive with a binary workbook."""
    return data.startswith(b"PK") and _WORKBOOK in member_names(data)


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet, its header still among the records; ``Unreadable`` for anything else."""
    parts = unpack(data, file, _WORKBOOK, (".xml", ".rels", ".bin"))
    try:
        places = _places(parts)
        styles = _styles(parts)
        found = {name: _cells(parts[part], styles) for name, part in places.items() if part in parts}
    except (struct.error, IndexError, ValueError):
        raise refused(file, Message("files.workbook_damaged")) from None
    return binary_cells.sheets(pack(parts), file, FORM, found)


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each record's kind and content; both numbers before it are written seven bits a byte."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, longest: int) -> tuple[int, int]:
    number = 0
    for step in range(longest):
        byte = part[at + step]
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            return number, at + step + 1
    return number, at + longest


def _text(content: bytes, at: int) -> tuple[str, int]:
    """Return a text and where it ends; none has the length of all ones."""
    (length,) = struct.unpack_from("<I", content, at)
    length = 0 if length == 0xFFFFFFFF else length
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le"), end


def _places(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part that holds each sheet, by the sheet's name."""
    targets = relations(parts, "xl/_rels/workbook.bin.rels")
    found = {}
    for kind, content in _records(parts[_WORKBOOK]):
        if kind == _SHEET:
            relation, at = _text(content, 8)
            found[_text(content, at)[0]] = targets.get(relation, ("", ""))[1]
    return found


def _styles(parts: Mapping[str, bytes]) -> dict[int, Shown]:
    formats: dict[int, str] = {}
    used: list[int] = []
    inside = False
    for kind, content in _records(parts.get("xl/styles.bin", b"")):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif kind in (_CELL_XFS, _CELL_XFS_END):
            inside = kind == _CELL_XFS
        elif kind == _XF and inside:
            used.append(struct.unpack_from("<H", content, 2)[0])
    return binary_cells.styles_of(formats, used)


def _cells(part: bytes, styles: Mapping[int, Shown]) -> Cells:
    found = Cells(styles)
    row = 0
    for kind, content in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & _HIDDEN:
                found.hidden.add(row)
        elif kind in _CELLS or kind == _RICH:
            column, style = struct.unpack_from("<II", content)
            found.cell(row, column, style & 0xFFFFFF, content[8] if kind in _ERRORS else None)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            found.merged.append(((top, left), (bottom, right)))
    return found
