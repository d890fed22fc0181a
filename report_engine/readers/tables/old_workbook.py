"""Old Excel workbooks (.xls, from Excel 97 on): values by python-calamine, what they are shown as from the records."""

import struct
from collections.abc import Iterator, Mapping

from report_engine.readers.tables import binary_cells, compound
from report_engine.readers.tables.binary_cells import Cells
from report_engine.readers.tables.formats import Shown
from report_engine.readers.tables.package import refused
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message

FORM = "xls"

_STREAM = "Workbook"
_BEGIN, _END, _PASSWORD, _SHEET, _FORMAT, _XF = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
_ROW, _MERGED, _MULTIPLE, _BLANKS = 0x208, 0xE5, 0xBD, 0xBE
_FORMULA, _ERROR = 0x06, 0x205
_CELLS = (_FORMULA, _ERROR, 0x203, 0x27E, 0xFD, 0x204, 0x201, 0xD6)
_EXCEL_97 = 0x600
_STYLE, _HIDDEN = 0x04, 0x20  # flags of a format that is no cell's, and of a row


def matches(data: bytes, name: str) -> bool:
    """Say whether this is a compound file with a workbook of Excel 97 or later, not locked by a password."""
    return data.startswith(compound.BEGINNING) and _STREAM in compound.names(data)


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read every sheet, its header still among the records; ``Unreadable`` for anything else."""
    try:
        stream = compound.stream(data, _STREAM)
        if struct.unpack_from("<HHH", stream)[2] != _EXCEL_97:
            raise refused(file, Message("files.old_excel"), Message("files.save_as_xlsx"))
        places, styles, locked = _workbook(stream)
        if locked:
            raise refused(file, Message("files.workbook_password"), Message("files.take_password_off"))
        found = {name: _cells(stream, at, styles) for name, at in places.items()}
    except compound.BROKEN:
        raise refused(file, Message("files.workbook_damaged")) from None
    return binary_cells.sheets(data, file, FORM, found)


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Give the kind and content of each record of a part of the stream, to the part's end."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(content: bytes, at: int, length: int) -> str:
    """Return a text of so many characters behind a byte that says how wide they are."""
    wide = content[at] & 1
    return content[at + 1 : at + 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _workbook(stream: bytes) -> tuple[dict[str, int], dict[int, Shown], bool]:
    """Return where each sheet begins, how the styles show a cell, and whether all is locked by a password."""
    places: dict[str, int] = {}
    formats: dict[int, str] = {}
    used: list[int] = []
    for kind, content in _records(stream):
        if kind == _PASSWORD:
            return {}, {}, True
        if kind == _SHEET and content[5] == 0:  # no chart, no macro
            places[_text(content, 7, content[6])] = struct.unpack_from("<I", content)[0]
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", content)
            formats[number] = _text(content, 4, length)
        elif kind == _XF:
            number, flags = struct.unpack_from("<HH", content, 2)
            used.append(0 if flags & _STYLE else number)
    return places, binary_cells.styles_of(formats, used), False


def _cells(stream: bytes, start: int, styles: Mapping[int, Shown]) -> Cells:
    found = Cells(styles)
    for kind, content in _records(stream, start):
        if kind == _ROW:
            if content[12] & _HIDDEN:
                found.hidden.add(struct.unpack_from("<H", content)[0])
        elif kind in (_MULTIPLE, _BLANKS):
            row, first = struct.unpack_from("<HH", content)
            width = 6 if kind == _MULTIPLE else 2
            for step in range((len(content) - 6) // width):
                found.cell(row, first + step, struct.unpack_from("<H", content, 4 + width * step)[0])
        elif kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", content)
            found.cell(row, column, style, _error(kind, content))
        elif kind == _MERGED:
            for step in range(struct.unpack_from("<H", content)[0]):
                top, bottom, left, right = struct.unpack_from("<HHHH", content, 2 + 8 * step)
                found.merged.append(((top, left), (bottom, right)))
    return found


def _error(kind: int, content: bytes) -> int | None:
    """Return the code of the error that a cell holds."""
    if kind == _ERROR and content[7]:
        return content[6]
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return content[8]
    return None
