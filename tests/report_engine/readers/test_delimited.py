import csv
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.readers import Source, parse
from report_engine.readers.raw import BLANKS, Unreadable
from tests.contracts import contract, field

REQUIRED = {"constraints": {"required": True}}
PLACES = contract(field("code", **REQUIRED), field("name", **REQUIRED), field("cost", "number"), key=["code"])


def read(text, encoding="utf-8", places=PLACES):
    return parse(text.encode(encoding), "a.csv", places)


def texts(raw):
    return {name: column.texts for name, column in raw.columns.items()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_dialect_in_every_encoding(delimiter, end, encoding):
    lines = ["code;name;cost", '"0581"; Norrköping \xa0;"1,5"', "1280;Malmö;"]
    raw = read("".join(line.replace(";", delimiter) + end for line in lines), encoding)
    assert texts(raw) == {"code": ["0581", "1280"], "name": ["Norrköping", "Malmö"], "cost": ["1,5", ""]}
    assert raw.rows == [2, 3]
    assert raw.decimal == {";": ",", ",": ".", "\t": None}[delimiter]
    assert not raw.findings


def test_rows_are_those_that_the_spreadsheet_shows():
    raw = read('code;name;cost\n\n1;"two\r\nlines";3\n;;\n4;x;5\n')
    assert raw.rows == [3, 5]
    assert raw.columns["name"].texts == ["two\nlines", "x"]


def test_the_line_that_tells_excel_the_delimiter_is_no_row():
    raw = read("sep=;\ncode;name;cost\n1;a,b,c;2\n")
    assert raw.rows == [2]
    assert raw.columns["name"].texts == ["a,b,c"]


def test_header_decides_the_delimiter_by_the_columns_it_names():
    raw = read("code;name;cost, in tkr\n1;a;2\n")
    assert list(raw.columns) == ["code", "name", "cost, in tkr"]
    with pytest.raises(Unreadable, match="header holds both semicolon and comma"):
        read("code,name;cost\n1,a;2\n")


def test_a_table_of_one_column_has_no_delimiter():
    raw = read('text\n"a;b"\nc,d\n', places=contract(field("text")))
    assert raw.columns["text"].texts == ["a;b", "c,d"]


def test_blanks_around_headers_and_empty_columns_and_cells_at_the_end():
    raw = read("\ufeffcode ;name\xa0;cost;;\n1;a;2;;\n2;b;3\n3;c;4; ;;;\n")
    assert list(raw.columns) == ["code", "name", "cost"]
    assert len(raw.rows) == 3
    assert not raw.findings


def test_decomposed_letters_are_composed():
    raw = read(unicodedata.normalize("NFD", "code;name;cost\n1;Åre;2\n"))
    assert raw.columns["name"].texts == ["Åre"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "a.csv: the file is empty."),
        ("\n ; ;\n", "a.csv: the file is empty."),
        ("code;name;cost\n", "a.csv: the file holds a header but no rows."),
        ("code;name;cost\n;;\n", "a.csv: the file holds a header but no rows."),
        ("a;b;c\n1;2;3\n", "a.csv, row 1: none of the columns is there, found a, b, c."),
        ("code;name;cost\n1,a,2\n2,b,3\n", "every row has 1 cell, the header 3."),
        ('code;name;cost\n1;"a;2\n3;b;4\n', "row 2: a quotation mark opens a cell here that no other closes."),
        ('code;name;cost\n1;"a"b;2\n', "row 2: text follows the closing quotation mark of a cell."),
        (
            "code,name,cost\n1,a,2,5\n2,b,3,5\n",
            "every row has 4 cells, the header 3. Put a cell that holds a comma (a decimal",
        ),
        ("<html><table><tr><td>code</td></tr></table></html>", "the file is a web page, whatever its name says."),
        ('<?xml version="1.0"?><Workbook/>', "the file is XML."),
        ("\n  <TABLE>", "the file is a web page"),
        (";".join(f"c{n}" for n in range(1001)) + "\n1\n", "the table has 1,001 columns, the limit is 1,000."),
        ("code;name;cost\n1;" + "a" * 140_000 + ";2\n", "row 2: a cell holds more than 100,000 characters."),
        ("code;name;cost\n" + ";" * 200_000, "a line holds more than 100,000 cells"),
    ],
)
def test_what_can_t_be_read_at_all(text, line):
    with pytest.raises(Unreadable) as refusal:
        read(text)
    assert line in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1;a;2\n2;b\n", "row 3: the row has 2 cells, the header 3."),
        ("1;a;2\n2;b;3;4\n", "row 3: the row has 4 cells, the header 3. Put a cell that holds a semicolon between"),
        ("1;a;2\nSource: SCB\n", 'row 3: warning: "Source: SCB" stands alone in a row below the table: it is taken for a'),
        ("1;a;2\n\n;;Source: SCB\n", 'row 4: warning: "Source: SCB" stands alone in a row below the table'),
        ("1;a;2\nSource: SCB\n2;b;3\n", 'row 3: "Source: SCB" is the only filled cell of the row. If it is a note, remove'),
        ("1;a;2\n0581\n", 'row 3: "0581" is the only filled cell of the row. If it is a note, remove it'),
        ("1;a;2\n0581;;\n", 'row 3: "0581" is the only filled cell of the row. If it is a note, remove it'),
        ("1;a;2\n2;" + "x" * 100_001 + ";3\n", "row 3, column name: " + '"' + "x" * 60 + '…" is longer than 100,000'),
        ("1;#SAKNAS!;2\n2;b;3\n", 'row 2, column name: "#SAKNAS!" is an error of the spreadsheet, no value.'),
        ("1;a;#####\n2;b;3\n", 'row 2, column cost: "#####" is an error of the spreadsheet, no value.'),
        ("1;Malm\ufffd;2\n2;b;3\n", 'row 2, column name: "Malm�" has lost letters'),
        ("1;MalmÃ¶;2\n2;b;3\n", 'row 2, column name: "MalmÃ¶" is UTF-8 that was read as Windows-1252. Did you mean "Malmö"?'),
    ],
)  # fmt: skip
def test_what_is_wrong_in_one_place(text, line):
    raw = read("code;name;cost\n" + text)
    (finding,) = raw.findings
    assert line in str(finding)
    assert raw.rows


def test_a_mixed_file_names_each_cell_that_is_not_utf_8():
    data = "code;name;cost\n1;Malmö;2\n".encode() + "2;Örebro;3\n3;Gävle;4\n".encode("cp1252")
    raw = parse(data, "a.csv", PLACES)
    assert [str(finding) for finding in raw.findings] == [
        'a.csv, row 3, column name: "Örebro" is Windows-1252 in a file that is otherwise UTF-8. '
        "Save the whole file as CSV UTF-8.",
        'a.csv, row 4, column name: "Gävle" is Windows-1252 in a file that is otherwise UTF-8. '
        "Save the whole file as CSV UTF-8.",
    ]
    assert raw.columns["name"].texts == ["Malmö", "Örebro", "Gävle"]


def test_headers_that_stand_twice_or_nowhere():
    raw = read("code;name;cost;name;\n1;a;2;b;c\n")
    assert [str(finding) for finding in raw.findings] == [
        "a.csv, row 1, column name: the header stands in columns B and D. Keep the right one of the two.",
        'a.csv, row 1: "c" is in column E, which has no header. Name the column, or empty it.',
    ]
    assert raw.columns["name"].texts == ["a"]


def test_a_title_above_the_header_is_left_out_with_a_warning():
    for text in ("Table 1\n\ncode;name;cost\n1;a;2\n", "Table 1;;\nin tkr;;\ncode;name;cost\n1;a;2\n"):
        raw = read(text)
        assert list(raw.columns) == ["code", "name", "cost"]
        assert [str(finding) for finding in raw.findings] == [
            'a.csv, row 1: warning: "Table 1" stands above the header (row 3) and is left out.'
        ]
        assert raw.rows == [4]


def test_a_first_record_that_names_a_column_is_no_second_header():
    raw = read("code;name;x\n1;a;cost\n2;b;c\n")
    assert raw.rows == [2, 3]
    assert list(raw.columns) == ["code", "name", "x"]


def test_the_encoding_that_a_person_states():
    text = "code;name;cost\n1;Łódź;2\n"
    raw = parse(text.encode("iso-8859-2"), "a.csv", PLACES, Source((), encoding="iso-8859-2"))
    assert raw.columns["name"].texts == ["Łódź"]
    for encoding in ("utf-8-sig", "utf-16"):
        raw = parse(text.encode(encoding), "a.csv", PLACES, Source((), encoding=encoding.removesuffix("-sig")))
        assert raw.columns["code"].texts == ["1"]
    with pytest.raises(Unreadable, match="line 2 is not utf-8"):
        parse(text.encode("iso-8859-2"), "a.csv", PLACES, Source((), encoding="utf-8"))


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffdÃÂâ#")).map(
    lambda text: unicodedata.normalize("NFC", text).strip(BLANKS)
)


@st.composite
def tables(draw):
    names = draw(st.lists(CELL.filter(bool), min_size=0, max_size=4, unique=True))
    names = ["code", "name", *(name for name in names if name not in ("code", "name"))]
    row = st.tuples(*[CELL] * len(names)).filter(lambda cells: cells[0] and cells[1])
    return names, draw(st.lists(row, min_size=1, max_size=6))


@settings(deadline=None)  # bytes that look like another format load what reads it
@given(tables(), st.sampled_from(";,\t"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
       st.booleans())  # fmt: skip
def test_any_table_reads_back_as_written(table, delimiter, end, encoding, quote_all):
    names, rows = table
    target = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([names, *rows])
    try:
        raw = read(target.getvalue(), encoding)
    except Unreadable as refusal:
        assert "both" in str(refusal) or "can be read as UTF-8 and" in str(refusal)  # as many of another delimiter
        return
    assert list(raw.columns) == names
    assert list(zip(*texts(raw).values(), strict=True)) == rows
    assert raw.rows == list(range(2, len(rows) + 2))
    assert not raw.findings


@settings(deadline=None)  # bytes that look like another format load what reads it
@given(
    st.binary()
    | st.text(st.sampled_from('codename;,\t"\n\r 1å<=#')).map(lambda text: ("code;name;cost\n" + text).encode())
)
def test_any_bytes_give_a_table_or_a_finding(data):
    try:
        raw = parse(data, "a.csv", PLACES)
    except Unreadable as refusal:
        assert all("\n" not in str(finding) for finding in refusal.findings)
        return
    assert {len(column.texts) for column in raw.columns.values()} == {len(raw.rows)}
    assert all("\n" not in str(finding) for finding in raw.findings)
