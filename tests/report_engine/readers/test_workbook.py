import io
import re
import time
import unicodedata
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.readers import Source, parse, sheets
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables import package
from report_engine.readers.tables.header import headed
from tests.contracts import contract, field
from tests.report_engine.readers.workbooks import archive, with_parts, workbook

REQUIRED = {"constraints": {"required": True}}
PLACES = contract(field("code", **REQUIRED), field("name", **REQUIRED), field("cost", "number"), key=["code"])
HEADER = ["code", "name", "cost"]


def read(data, places=PLACES):
    return parse(data, "a.xlsx", places)


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        read(data)
    (finding,) = caught.value.findings
    return str(finding)


def test_texts_numbers_dates_and_blanks():
    rows = [["code ", "name", "cost"], ["0581", "Norrköping\xa0", 1.5], [], [1280, "Malmö\nstad", date(2016, 3, 1)],
            ["1281", True, None], ["1282", "x", 0.1 + 0.2]]  # fmt: skip
    raw = read(workbook(("Blad1", rows), formats={(3, 2): "yyyy-mm-dd"}))
    assert raw.rows == [2, 4, 5, 6]
    assert raw.columns["code"].texts == ["0581", "1280", "1281", "1282"]
    assert raw.columns["name"].texts == ["Norrköping", "Malmö\nstad", "TRUE", "x"]
    assert raw.columns["cost"].texts[:3] == ["1.5", "2016-03-01", ""]
    assert raw.columns["code"].numbers == {1}
    assert raw.columns["cost"].numbers == {0, 3}
    assert raw.columns["cost"].dates == {1}
    assert raw.sheet == "Blad1"
    assert not raw.findings


def test_a_date_with_a_time_and_a_line_break_of_excel():
    rows = [HEADER, ["1", "a_x000D_\nb", datetime(2016, 3, 1, 12, 30)]]
    raw = read(workbook(("Blad1", rows), formats={(1, 2): "yyyy-mm-dd hh:mm"}))
    assert raw.columns["cost"].texts == ["2016-03-01 12:30:00"]
    assert raw.columns["name"].texts == ["a\nb"]


def test_the_sheet_whose_header_matches_is_read_and_named():
    book = workbook(
        ("Notes", [["About"]]), ("Data", [HEADER, ["1", "a", 2]]), ("Old", [HEADER, ["9", "z", 2]]), hidden=["Old"]
    )
    raw = read(book)
    assert (raw.sheet, raw.file) == ("Data", "a.xlsx (Data)")
    assert raw.columns["code"].texts == ["1"]


def test_two_sheets_that_match_are_refused():
    got = refusal(workbook(("2016", [HEADER, ["1", "a", 2]]), ("2018", [HEADER, ["1", "a", 2]])))
    assert got == (
        "a.xlsx: the columns stand in 2 sheets: 2016, 2018. Name one as `sheet:` in config.yaml, all of them with a * (`20*`), "
        "or hide those that are not meant."
    )


def test_a_sheet_is_named_or_all_of_them_are_put_together():
    book = workbook(("2016", [HEADER, ["1", "a", 2]]), ("2018", [HEADER, ["2", "b", 3]]), ("2019", [HEADER, ["3", "c", 4]]),
                    hidden=["2019"])  # fmt: skip

    def named(name):
        return parse(book, "a.xlsx", PLACES, Source((), sheet=name))

    assert named("2018").columns["code"].texts == ["2"]
    assert named("2019").columns["code"].texts == ["3"]  # hidden, but asked for
    both = named("20*")
    assert both.columns["code"].texts == ["1", "2"]
    assert both.place(1, "name") == ("a.xlsx (2018)", 2, "name", "b")
    with pytest.raises(Unreadable) as caught:
        named("2017")
    assert str(caught.value) == (
        'a.xlsx: "2017" is no sheet with cells of this file. Did you mean "2019"? The sheets are: 2016, 2018, 2019.'
    )


def test_names_that_stand_in_two_rows_merged_over_columns_are_joined():
    columns = {"Kommun": "code", "2016 Namn": "name", "2017 Kostnad": "cost", "2017 Namn": "name"}
    header = [
        ["Deltagare per kommun"],
        ["Kommun", "2016", None, "2017", None],
        [None, "Namn", "Kostnad", "Namn", "Kostnad"],
    ]
    book = workbook(
        ("Blad1", [*header, ["1", "a", 2, "b", 3]]), merged=[(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4), (0, 0, 0, 4)]
    )
    for data in (book, workbook(("Blad1", [*header, ["1", "a", 2, "b", 3]]))):
        (sheet,) = sheets(data, "a.xlsx")
        got = headed(sheet, columns)
        assert got.header == ["Kommun", "2016 Namn", "2016 Kostnad", "2017 Namn", "2017 Kostnad"]
        assert (got.header_row, got.records[0][0]) == (3, 4)
        assert [finding.row for finding in got.findings] == [1]
        assert headed(sheet, ()).header == got.header  # by its looks alone


def test_years_that_are_numbers_make_a_header_and_one_year_makes_none():
    rows = [["Population"], ["Name", 2022, 2023], ["Anna", 5, 6], ["Bo", 7, 8]]
    (sheet,) = sheets(workbook(("Blad1", rows)), "a.xlsx")
    assert headed(sheet, ()).header == ["Name", "2022", "2023"]
    (sheet,) = sheets(workbook(("Blad1", [["Name", "Year"], ["Anna", 2022], ["Bo", 2023]])), "a.xlsx")
    assert headed(sheet, ()).header == ["Name", "Year"]


def test_words_merged_over_rows_stand_in_each_and_numbers_do_not():
    rows = [HEADER, ["1", "a", 5], ["2", None, None], ["3", "b", 6]]
    raw = read(workbook(("Blad1", rows), merged=[(1, 1, 2, 1), (1, 2, 2, 2)]))
    assert raw.columns["name"].texts == ["a", "a", "b"]
    assert raw.columns["cost"].texts == ["5", "", "6"]


def test_a_name_of_a_sheet_that_xml_has_to_escape():
    raw = read(workbook(("A & B <\"'>", [HEADER, ["1", "a", 2]])))
    assert raw.sheet == "A & B <\"'>"


def test_errors_and_formulas_without_a_value_are_not_taken_for_empty_cells():
    rows = [HEADER, ["1", "a", ("=NA()", "#N/A")], ["2", "b", ("=A1", 777)], ["3", ('=""', ""), 1], ["4", "d", 2]]
    book = workbook(("Blad1", rows))
    raw = read(with_parts(book, sheet1=lambda xml: xml.replace(b"<v>777</v>", b"")))
    assert [str(finding) for finding in raw.findings] == [
        "a.xlsx, row 4, column name: the formula has no stored value. Open the workbook in Excel and save it.",
        'a.xlsx, row 2, column cost: "#N/A" is an error of the spreadsheet, no value. Correct the formula, or empty the cell.',
        "a.xlsx, row 3, column cost: the formula has no stored value. Open the workbook in Excel and save it.",
    ]
    assert raw.columns["cost"].damaged == {0, 1}


def test_an_empty_text_that_a_formula_gives_is_an_empty_cell():
    book = workbook(("Blad1", [HEADER, ["1", "a", ('=""', "x")], ["2", "b", 1]]))
    raw = read(with_parts(book, sheet1=lambda xml: xml.replace(b"<v>x</v>", b"<v></v>")))
    assert not raw.findings
    assert raw.columns["cost"].texts == ["", "1"]


def test_a_note_below_the_table_and_a_title_above_it():
    raw = read(workbook(("Blad1", [HEADER, ["1", "a", 2], [], ["Source: SCB"]])))
    assert [finding.row for finding in raw.findings] == [4]
    raw = read(workbook(("Blad1", [["Costs"], [], HEADER, ["1", "a", 2]])))
    assert raw.rows == [4]
    assert [str(finding) for finding in raw.findings] == [
        'a.xlsx, row 1: warning: "Costs" stands above the header (row 3) and is left out.'
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (archive(xl__workbook_bin="x"), "the workbook is damaged"),
        (archive(word__document_xml="x"), "the file is a Word document"),
        (archive(mimetype="x"), "the file is an OpenDocument file"),
        (archive(data_csv="x"), "the file is a zip archive without a workbook"),
        (archive(xl__workbook_xml="x"), "the workbook is damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "the workbook is damaged"),
        (workbook(("Blad1", [HEADER, ["1", "a", 2]]))[:-200], "the workbook is damaged"),
        (workbook(("Blad1", [])), "the workbook has no visible sheet with cells"),
        (workbook(("Blad1", [HEADER])), "the file holds a header but no rows"),
        (workbook(("Blad1", [["a", "b"], [1, 2]])), "none of the columns is there, found a, b"),
    ],
)
def test_what_can_t_be_read_at_all(data, line):
    assert line in refusal(data)


def test_a_password():
    data = bytearray(archive(xl__workbook_xml="x"))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    assert "protected by a password" in refusal(bytes(data))


def bomb(size):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new, new.open("xl/workbook.xml", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"0" * 1_000_000)
    return target.getvalue()


def test_zip_bombs(monkeypatch):
    assert "times its size" in refusal(bomb(20_000_000))
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 15_000_000)
    assert "unpacks to more than 15 MB" in refusal(bomb(20_000_000))
    monkeypatch.setattr(package, "MOST_PARTS", 1)
    assert "has 2 parts" in refusal(archive(xl__workbook_xml="x", a_xml="y"))


def test_a_bomb_that_lies_about_its_size(monkeypatch):
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 15_000_000)
    data = bytearray(bomb(20_000_000))
    for magic, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = data.index(magic) + at
        data[where : where + 4] = (100).to_bytes(4, "little")
    assert "a.xlsx: the workbook" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="C2"', b'r="XFD1048576"'),
        (b'r="C2"', b"r = 'XFD1048576'"),
        (b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 4000 + b"</sheetData>"),
    ],
)  # fmt: skip
def test_stray_cells_do_not_fill_the_memory(old, new):
    book = with_parts(workbook(("Blad1", [HEADER, ["1", "a", 2]])), sheet1=lambda xml: xml.replace(old, new))
    assert "a.xlsx: a sheet spans" in refusal(book)


@pytest.mark.parametrize("count", ["9" * 19, "4294967295", "x", "-1"])
def test_a_count_of_texts_that_is_no_count_ends_no_process(count):
    stated = f'uniqueCount="{count}"'.encode()
    book = with_parts(
        workbook(("Blad1", [HEADER, ["1", "a", 2]])),
        sharedStrings=lambda xml: re.sub(rb'uniqueCount="[0-9]+"', stated, xml),
    )
    assert sheets(book, "a.xlsx")[0].records[1] == (2, ["1", "a", "2"])


@pytest.mark.parametrize("area", ["B4294967295:B3", "B3:B2", "XFC1:XFD1", "XFD2:XFD3", "A1:A1048576"])
def test_cells_merged_where_there_are_none_do_no_harm(area):
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    rows = ["", "2020", "2021"], HEADER, ["1", "a", 2]
    book = with_parts(workbook(("Blad1", rows)), sheet1=lambda xml: xml.replace(b"</sheetData>", merged))
    raw = parse(book, "a.xlsx", PLACES)
    assert raw.columns["name"].texts == ["a"]


def test_cells_that_are_only_formatted_do_no_harm():
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    book = with_parts(
        workbook(("Blad1", [HEADER, ["1", "a", 2]])), sheet1=lambda xml: xml.replace(b"</sheetData>", far)
    )
    raw = read(book)
    assert raw.rows == [2]


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffdÃÂâ#_"), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text).strip(BLANKS)
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(CELL.filter(bool), CELL.filter(bool), st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)),
        min_size=1,
        max_size=5,
    )
)
def test_any_table_reads_back_as_written(rows):
    raw = read(workbook(("Blad1", [HEADER, *rows])))
    assert raw.columns["code"].texts == [row[0] for row in rows]
    assert raw.columns["name"].texts == [row[1] for row in rows]
    assert [float(text) for text in raw.columns["cost"].texts] == [float(f"{row[2]:.16G}") for row in rows]
    assert raw.columns["cost"].numbers == set(range(len(rows)))
    assert not raw.findings


SAMPLE = workbook(("Blad1", [HEADER, ["1", "a", ("=1", 2)]]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_workbook_gives_a_table_or_a_finding(changes):
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    try:
        read(bytes(data))
    except Unreadable as caught:
        assert caught.findings


SHEET = zipfile.ZipFile(io.BytesIO(SAMPLE)).read("xl/worksheets/sheet1.xml")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SHEET) - 1), st.sampled_from(b'<>/"=cvrf A9\x00\xff&;')), min_size=1, max_size=8
    )
)
def test_damaged_xml_gives_a_table_or_a_finding(changes):
    sheet = bytearray(SHEET)
    for at, value in changes:
        sheet[at] = value
    try:
        read(with_parts(SAMPLE, sheet1=lambda _: bytes(sheet)))
    except Unreadable as caught:
        assert caught.findings


def test_what_the_package_is_searched_for_takes_linear_time():
    for piece in (b"<c ", b'<sheet a="', b"<c r='", b"<row", b"<c><f>", b"<v ", b'"e"<c x>', b" r=" + b"A" * 50):
        start = time.process_time()
        part = piece * (400_000 // len(piece))
        package.faults(b'"e"' + part)
        package.refuse_vast({"a": part}, "a")
        package.sheet_parts({"xl/workbook.xml": part, "xl/_rels/workbook.xml.rels": part})
        assert time.process_time() - start < 5, piece
