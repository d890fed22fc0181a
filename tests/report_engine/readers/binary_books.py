"""Binary workbooks (.xlsb) for tests, written record by record as [MS-XLSB] lays them down; no library writes them."""

import struct

from tests.report_engine.readers.qda_files import zipped

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KINDS = {"workbook": "sheet.main", "worksheet": "worksheet", "styles": "styles"}


def number(value: int) -> bytes:
    """Write a number seven bits a byte."""
    found = b""
    while value >= 0x80:
        found, value = found + bytes([value & 0x7F | 0x80]), value >> 7
    return found + bytes([value])


def record(kind: int, content: bytes = b"") -> bytes:
    return number(kind) + number(len(content)) + content


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def cell(column: int, value: object, style: int) -> bytes:
    head = struct.pack("<II", column, style)
    if value is None:
        return record(1, head)
    if isinstance(value, str):
        return record(3, head + b"\x2a") if value == "#N/A" else record(6, head + text(value))
    return record(5, head + struct.pack("<d", value))


def sheet(rows, styles, hidden, merged) -> bytes:
    """Write a sheet; ``styles`` gives the number of a cell's style by row and column, both from 0."""
    width = max(map(len, rows))
    body = b""
    for at, cells in enumerate(rows):
        flags = bytes([0, 0x10 if at in hidden else 0, 0])
        body += record(0, struct.pack("<IIH", at, 0, 300) + flags + struct.pack("<I", 0))
        body += b"".join(cell(column, value, styles.get((at, column), 0)) for column, value in enumerate(cells))
    areas = b"".join(record(176, struct.pack("<IIII", *area)) for area in merged)
    size = record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    return (
        record(129)
        + size
        + record(145)
        + body
        + record(146)
        + record(177, struct.pack("<I", len(merged)))
        + areas
        + record(178)
        + record(130)
    )


def book(*sheets, formats=(), hidden_sheets=()) -> bytes:
    """Write sheets (name, rows, styles, hidden rows, merged areas) to a workbook; style 1 has the first of ``formats``, and so on."""
    custom = {code: 164 + at for at, code in enumerate(formats)}
    fmts = b"".join(record(44, struct.pack("<H", key) + text(code)) for code, key in custom.items())
    xf = lambda key: record(47, struct.pack("<HHHHH", 0, key, 0, 0, 0) + bytes(6))  # noqa: E731
    styles = record(278) + record(615, struct.pack("<I", len(custom))) + fmts + record(616)
    styles += (
        record(626, struct.pack("<I", 1))
        + record(47, struct.pack("<HHHHH", 0xFFFF, 9, 0, 0, 0) + bytes(6))
        + record(627)
    )
    styles += record(617, struct.pack("<I", 1 + len(custom))) + xf(0) + b"".join(map(xf, custom.values())) + record(618)
    bundle = b"".join(
        record(156, struct.pack("<II", name in hidden_sheets, at) + text(f"rId{at}") + text(name))
        for at, (name, *_) in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.bin"/>'
        for at in range(1, len(sheets) + 1)
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'.encode(),
        "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships>{relations}<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.bin"/></Relationships>'.encode(),
        "xl/styles.bin": styles + record(279),
    }
    members |= {f"xl/worksheets/sheet{at}.bin": sheet(*its) for at, (_, *its) in enumerate(sheets, start=1)}
    return zipped(members)
