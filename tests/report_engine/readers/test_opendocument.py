import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from report_engine.readers import parse, sheets
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables import package
from tests.contracts import contract, field

REQUIRED = {"constraints": {"required": True}}
PLACES = contract(field("code", **REQUIRED), field("name", **REQUIRED), field("cost", "number"), key=["code"])
HEADER = ["code", "name", "cost"]


def document(*tables, hidden=()):
    """Write sheets (name, rows) as LibreOffice would; a cell is a text, a number, or keywords of odfpy with a text."""
    book = OpenDocumentSpreadsheet()
    style = Style(name="hidden", family="table")
    style.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(style)
    for name, rows in tables:
        table = Table(name=name, **({"stylename": "hidden"} if name in hidden else {}))
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(_cell(cell))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(cell):
    if cell is None:
        return TableCell()
    if cell == "covered":
        return CoveredTableCell()
    if isinstance(cell, int | float):
        cell = ("", {"valuetype": "float", "value": cell})
    text, given = cell if isinstance(cell, tuple) else (cell, {"valuetype": "string"})
    element = TableCell(**given)
    for line in text.split("\n"):
        element.addElement(P(text=line))
    return element


def changed(data, change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            kind = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(member.filename, change(content) if member.filename == "content.xml" else content, kind)
    return target.getvalue()


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        parse(data, "a.ods", PLACES)
    return str(caught.value)


def test_texts_numbers_dates_and_sheets():
    day = ("2016-03-01", {"valuetype": "date", "datevalue": "2016-03-01"})
    book = document(("Notes", [["About"]]),
                    ("Data", [["Costs"], HEADER, ["0581", "Norrköping\nstad", 1.5], [], ["1280", "Malmö", day]]),
                    ("Old", [HEADER, ["9", "z", 2]]), hidden=["Old"])  # fmt: skip
    raw = parse(book, "a.ods", PLACES)
    assert raw.file == "a.ods (Data)"
    assert raw.rows == [3, 5]
    assert raw.columns["name"].texts == ["Norrköping\nstad", "Malmö"]
    assert (raw.columns["cost"].texts, raw.columns["cost"].numbers, raw.columns["cost"].dates) == (
        ["1.5", "2016-03-01"],
        {0},
        {1},
    )
    assert [str(finding) for finding in raw.findings] == [
        'a.ods (Data), row 1: warning: "Costs" stands above the header (row 2) and is left out.'
    ]


def test_percentages_years_and_hidden_rows():
    costs = contract(field("code"), field("year", "integer"), field("cost", "number", unit="percent"), key=["code"])
    part = ("39,7 %", {"valuetype": "percentage", "value": 0.397})
    year = ("2016", {"valuetype": "date", "datevalue": "2016-01-01"})
    data = document(("Data", [["code", "year", "cost"], ["1", year, part], ["2", year, 40]]))

    def hide(content):
        rows = content.split(b"<table:table-row")
        rows[3] = b' table:visibility="filter"' + rows[3]
        return b"<table:table-row".join(rows)

    raw = parse(changed(data, hide), "a.ods", costs)
    assert raw.columns["year"].texts == ["2016", "2016"]
    assert raw.columns["cost"].texts == ["39.7", "40"]
    assert raw.hidden_rows == {3}


def test_merged_cells_and_an_error_value():
    over = ("2016", {"valuetype": "string", "numbercolumnsspanned": "2"})
    down = ("Malmö", {"valuetype": "string", "numberrowsspanned": "2"})
    book = document(
        (
            "Blad1",
            [
                ["code", over, "covered"],
                [None, "name", "cost"],
                ["1", down, 5],
                ["2", "covered", ("WRONG", {"valuetype": "string"})],
            ],
        )
    )
    book = changed(
        book,
        lambda xml: xml.replace(
            b'office:value-type="string"><text:p>WRONG',
            b'office:value-type="string" office:string-value="" calcext:value-type="error" xmlns:calcext="urn:x"><text:p>#DIV/0!',
        ),
    )
    (sheet,) = sheets(book, "a.ods")
    assert sheet.merged == ((1, 1, 2),)
    raw = parse(book, "a.ods", PLACES)
    assert raw.columns["name"].texts == ["Malmö", "Malmö"]
    assert [str(finding) for finding in raw.findings][-1].startswith(
        'a.ods, row 4, column cost: "#DIV/0!" is an error of the spr'
    )
    assert raw.columns["cost"].damaged == {1}


def test_empty_rows_said_to_repeat_to_the_end_do_no_harm_and_filled_ones_are_refused():
    def repeat(kind, count):
        return lambda xml: xml.replace(
            b"</table:table-row></table:table>",
            b"</table:table-row>"
            + (b'<table:table-row table:number-rows-repeated="%d">' % count)
            + kind
            + b"</table:table-row></table:table>",
        )

    book = document(("Blad1", [HEADER, ["1", "a", 2]]))
    empty = b'<table:table-cell table:number-columns-repeated="16384"/>'
    assert parse(changed(book, repeat(empty, 1048574)), "a.ods", PLACES).rows == [2]
    cell = b'<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell>'
    assert "a sheet spans 1,048,576 rows and 1,000 columns" in refusal(changed(book, repeat(cell, 1048574)))
    far = empty + cell
    assert "a sheet spans" in refusal(changed(book, repeat(far, 1000)))


def test_a_content_that_breaks_off_is_refused_and_not_read_without_end():
    data = document(("Data", [HEADER, ["1", "a", 2]]))
    for end in (b"</office:spreadsheet>", b"</table:table>", b"<text:p>code"):
        assert "the workbook is damaged" in refusal(changed(data, lambda content, end=end: content.partition(end)[0]))
    for encoding in (b"U", b"utf-7", b"big5"):
        damaged = changed(data, lambda content, encoding=encoding: content.replace(b"UTF-8", encoding, 1))
        assert "the workbook is damaged" in refusal(damaged)


def test_what_can_t_be_read_at_all(monkeypatch):
    book = document(("Blad1", [HEADER, ["1", "a", 2]]))
    assert "the workbook is damaged" in refusal(book[:-200])
    assert "the workbook is damaged" in refusal(changed(book, lambda xml: xml[:-60]))
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert "declares a document type" in refusal(
        changed(book, lambda xml: xml.replace(b"<office:document", bomb + b"<office:document", 1))
    )
    assert "times its size" in refusal(changed(book, lambda xml: xml + b" " * 20_000_000))
    monkeypatch.setattr(package, "MOST_PARTS", 1)
    assert "parts, the limit is 1" in refusal(book)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufffdÃÂâ# "), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text).strip(BLANKS)).filter(lambda text: text != "covered" and text.strip(BLANKS))  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)), min_size=1, max_size=5))
def test_any_table_reads_back_as_written(rows):
    raw = parse(document(("Blad1", [HEADER, *rows])), "a.ods", PLACES)
    assert raw.columns["code"].texts == [row[0] for row in rows]
    assert raw.columns["name"].texts == [row[1] for row in rows]
    assert [float(text) for text in raw.columns["cost"].texts] == [row[2] for row in rows]


CONTENT = zipfile.ZipFile(io.BytesIO(document(("Blad1", [HEADER, ["1", "a", 2]])))).read("content.xml")
SAMPLE = document(("Blad1", [HEADER, ["1", "a", 2]]))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(CONTENT) - 1), st.sampled_from(b'<>/"=ctr A9:\x00\xff&;')), min_size=1, max_size=8
    )
)
def test_damaged_xml_gives_a_table_or_a_finding(changes):
    content = bytearray(CONTENT)
    for at, value in changes:
        content[at] = value
    try:
        parse(changed(SAMPLE, lambda _: bytes(content)), "a.ods", PLACES)
    except Unreadable as caught:
        assert caught.findings
