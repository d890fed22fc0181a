"""Zip archives and what is in them: bombs, names that lead elsewhere, XML that wants to be more than text."""

import io
import zipfile
import zlib
from functools import partial

from tests.hostile.harness import Family
from tests.report_engine.readers.qda_files import Mark, qdpx
from tests.report_engine.readers.workbooks import workbook

family = Family("archives")

HEADER = ["key", "name", "note", "amount", "count", "flag"]
BOOK = workbook(("Data", [HEADER, ["1", "a", "b", 1.5, 2, "yes"]]))
PROJECT = qdpx({"D1": "Jag söker arbete varje dag."}, [Mark("D1", "söker arbete", "Work")])
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
NAMES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 10)) + "]>"
)
OUTSIDE = {
    "a file": '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE l [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    "a document type": '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">',
    "a parameter entity": '<!DOCTYPE l [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of parts, whatever their names are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def changed(data: bytes, **changes: tuple[bytes, bytes]) -> bytes:
    """Return an archive in whose parts (by the last of their name, without ending) a piece is replaced by another."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {member.filename: old.read(member) for member in old.infolist()}
    for name in parts:
        piece = changes.get(name.rsplit("/", 1)[-1].removesuffix(".xml").replace(".xml.", "_"))
        if piece:
            assert piece[0] in parts[name]
            parts[name] = parts[name].replace(piece[0], piece[1], 1)
    return zipped(parts)


def more(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return an archive with more parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({member.filename: old.read(member) for member in old.infolist()} | parts)


def ods(body: str, before: str = "") -> bytes:
    """Return a spreadsheet with this in its only table."""
    content = f'<?xml version="1.0"?>{before}<office:document-content {NAMES}><office:body><office:spreadsheet><table:table table:name="A">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def row(*texts: str) -> str:
    return f"<table:table-row>{''.join(f'<table:table-cell><text:p>{text}</text:p></table:table-cell>' for text in texts)}</table:table-row>"


def qde(xml: str) -> bytes:
    return zipped({"project.qde": xml.encode()})


def declared(xml: str) -> str:
    """Return a REFI-QDA project that begins with these declarations and uses the entity."""
    return f'<?xml version="1.0"?>{xml}<Project xmlns="urn:QDA-XML:project:1.0" name="&x;"><CodeBook/></Project>'


# names and members
for about, name in {
    "up": "../../x",
    "absolute": "/etc/x",
    "drive": "C:\\x",
    "backslashes": "..\\..\\x",
    "NUL": "a\0b",
    "very long": "a" * 60_000,
    "controls": "a\x1b[31m\nb",
}.items():
    family.case(f"xlsx with a member that leads {about}", "data.xlsx")(partial(more, BOOK, {name: b"x"}))
    family.case(f"qdpx with a member that leads {about}", "data.qdpx")(partial(more, PROJECT, {name: b"x"}))


@family.case("qdpx with a link as member", "data.qdpx")
def _() -> bytes:
    link = zipfile.ZipInfo("Sources/link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    target = io.BytesIO(PROJECT)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


for about, path in {"up": "../../../etc/passwd", "absolute": "/etc/passwd", "file": "file:///etc/passwd"}.items():
    family.case(f"qdpx whose text lies {about}", "data.qdpx")(
        partial(
            qde,
            '<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="NVivo"><CodeBook><Codes><Code guid="a" name="A" isCodable="true"/></Codes></CodeBook><Sources>'
            f'<TextSource guid="b" name="D" plainTextPath="{path}"><PlainTextSelection guid="c" startPosition="0" endPosition="4"><Coding guid="d"><CodeRef targetGUID="a"/></Coding></PlainTextSelection></TextSource></Sources></Project>',
        )
    )


@family.case("two members of one name", "data.xlsx")
def _() -> bytes:
    target = io.BytesIO(BOOK)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", "<x/>")
    return target.getvalue()


# bombs
@family.case("a workbook that unpacks to very much", "data.xlsx", refused=True)
def _() -> bytes:
    return more(BOOK, {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 150_000_000})


@family.case("a spreadsheet that unpacks to very much", "data.ods", refused=True)
def _() -> bytes:
    return ods(" " * 100_000_000)


@family.case("a project that unpacks to very much", "data.qdpx", refused=True)
def _() -> bytes:
    return zipped({"project.qde": b"<Project>" + b" " * 150_000_000})


@family.case("archives in archives", "data.xlsx", refused=True)
def _() -> bytes:
    inner = zipped({"a": b"\0" * 10_000_000})
    for _ in range(5):
        inner = zipped({f"{at}.zip": inner for at in range(10)})
    return inner


@family.case("very many members", "data.qdpx", refused=True)
def _() -> bytes:
    return zipped({f"{at}": b"" for at in range(30_000)} | {"project.qde": b"<Project/>"}, zipfile.ZIP_STORED)


def listed_often(count: int) -> bytes:
    """Return an archive whose directory lists one tiny member under very many names: members lie over one another."""
    body = b"PK\x03\x04" + b"\x14\0" + bytes(22) + b"\x01\0" + b"\0\0" + b"a"
    entry = b"PK\x01\x02" + b"\x14\0\x14\0" + bytes(20) + b"\x08\0" + bytes(16)
    entries = b"".join(entry + b"%08x" % at for at in range(count))
    many = min(count, 0xFFFF).to_bytes(2, "little")
    end = b"PK\x05\x06" + bytes(4) + many * 2
    return body + entries + end + len(entries).to_bytes(4, "little") + len(body).to_bytes(4, "little") + b"\0\0"


for ending in ("xlsx", "qdpx", "ods"):
    family.case(f"a directory of a million members, {ending}", f"data.{ending}", refused=True)(
        partial(listed_often, 1_000_000)
    )


@family.case("a member that states a wrong size", "data.xlsx")
def _() -> bytes:
    return BOOK.replace(b"PK\x01\x02", b"PK\x01\x02", 1)[:-200] + b"\xff" * 40 + BOOK[-160:]


for share in (1, 10, 50, 90, 99):
    family.case(f"a workbook cut off at {share} %", "data.xlsx", refused=True)(
        partial(lambda share: BOOK[: len(BOOK) * share // 100], share)
    )
family.case("an archive of nothing", "data.xlsx", refused=True)(lambda: zipped({}))
family.case("a workbook with nothing in its parts", "data.xlsx", refused=True)(
    lambda: zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b""})
)
family.case("a deflated stream that is none", "data.qdpx", refused=True)(
    lambda: PROJECT.replace(zlib.compress(b"")[:2], b"\0\0")[: len(PROJECT) // 2] + PROJECT[len(PROJECT) // 2 :][::-1]
)

# XML
family.case("xlsx with entities of entities", "data.xlsx")(
    lambda: changed(BOOK, sharedStrings=(b"<sst", LAUGHS.encode() + b"<sst"))
)
family.case("xlsx that uses entities of entities", "data.xlsx")(
    lambda: changed(
        changed(BOOK, sharedStrings=(b"<sst", LAUGHS.encode() + b"<sst")), sharedStrings=(b"<t>a</t>", b"<t>&a9;</t>")
    )
)
family.case("ods with entities of entities", "data.ods", refused=True)(lambda: ods(row("key", "&a9;"), LAUGHS))
family.case("qdpx with entities of entities", "data.qdpx", refused=True)(
    lambda: qde(declared(LAUGHS).replace("&x;", "&a9;"))
)
family.case("qdc with entities of entities", "data.qdc", refused=True)(
    lambda: (
        f'<?xml version="1.0"?>{LAUGHS}<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="&a9;"/></Codes></CodeBook>'.encode()
    )
)
for about, xml in OUTSIDE.items():
    family.case(f"xlsx that asks for {about}", "data.xlsx")(
        partial(changed, BOOK, sharedStrings=(b"<sst", xml.encode() + b"<sst"))
    )
    family.case(f"ods that asks for {about}", "data.ods", refused=True)(partial(ods, row("key", "&x;"), xml))
    family.case(f"qdpx that asks for {about}", "data.qdpx", refused=True)(partial(qde, declared(xml)))
family.case("qdpx nested very deeply", "data.qdpx", refused=True)(
    lambda: qde('<Project xmlns="urn:QDA-XML:project:1.0">' + "<Code>" * 100_000)
)
family.case("qdc with very many attributes", "data.qdc", refused=True)(
    lambda: (
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code '
        + " ".join(f'a{at}="x"' for at in range(300_000))
        + "/></Codes></CodeBook>"
    ).encode()
)
family.case("qdc in an encoding nobody knows", "data.qdc", refused=True)(
    lambda: b'<?xml version="1.0" encoding="x-evil"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'
)
family.case("qdc that holds itself", "data.qdc")(
    lambda: (
        b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="A"><Code guid="a" name="A"/></Code></Codes></CodeBook>'
    )
)
family.case("ods nested very deeply", "data.ods")(lambda: ods("<table:table-row>" * 200_000))

# dimensions
family.case("xlsx with a cell in the last row and column", "data.xlsx")(
    lambda: changed(
        BOOK, sheet1=(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    )
)
family.case("xlsx that states dimensions of billions", "data.xlsx")(
    lambda: changed(BOOK, sheet1=(b'<dimension ref="A1:F2"', b'<dimension ref="A1:ZZZZZZ4294967295"'))
)
family.case("xlsx whose cells lie at impossible places", "data.xlsx")(
    lambda: changed(BOOK, sheet1=(b'r="A2"', b'r="ZZZZZZZZZZZZ99999999999999999999"'))
)
family.case("xlsx merged over the whole sheet", "data.xlsx")(
    lambda: changed(
        BOOK,
        sheet1=(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
)
family.case("ods with a billion equal rows", "data.ods")(
    lambda: ods(
        row(*HEADER)
        + '<table:table-row table:number-rows-repeated="999999999"><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>'
    )
)
family.case("ods with a billion equal columns", "data.ods")(
    lambda: ods(
        '<table:table-row><table:table-cell table:number-columns-repeated="999999999"><text:p>key</text:p></table:table-cell></table:table-row>'
    )
)
family.case("ods with a row of nothing repeated for ever", "data.ods")(
    lambda: ods(
        row(*HEADER)
        + '<table:table-row table:number-rows-repeated="99999999999999999999"><table:table-cell table:number-columns-repeated="99999999999999999999"/></table:table-row>'
    )
)
family.case("ods of very many spaces", "data.ods")(
    lambda: ods(
        "<table:table-row><table:table-cell><text:p>key<text:s text:c='999999999'/></text:p></table:table-cell></table:table-row>"
    )
)
family.case("xlsx with a shared text that is not there", "data.xlsx")(
    lambda: changed(BOOK, sheet1=(b"<v>0</v>", b"<v>99999999999</v>"))
)
family.case("xlsx whose sheet lies elsewhere", "data.xlsx", refused=True)(
    lambda: changed(BOOK, workbook_rels=(b"worksheets/sheet1.xml", b"../../../../etc/passwd"))
)
family.case("xlsx with a link to another workbook", "data.xlsx")(
    lambda: more(
        BOOK,
        {
            "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"><externalBook r:id="rId1"/></externalLink>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        },
    )
)
family.case("xlsx with macros", "data.xlsm")(
    lambda: more(BOOK, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"x" * 999})
)
