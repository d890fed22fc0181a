"""Workbooks of the formats before and beside .xlsx: read as an .xlsx with the same cells is."""

import contextlib
import datetime
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers import sheets
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables import binary_workbook, compound, old_workbook
from tests.report_engine.readers.binary_books import book, cell, record
from tests.report_engine.readers.qda_files import zipped
from tests.report_engine.readers.workbooks import workbook

# Written once with xlwt: years as dates, shares as percentages, a hidden row, a merged header, a formula never computed.
OLD = (Path(__file__).parent / "cases/old-workbook.xls").read_bytes()
ROWS = [["År", "Andel", "Fel"], [42736, 0.397, "#N/A"], [2017, 0.25, None], [2018, 0.1, 3]]
BINARY = book(
    ("Blad1", ROWS, {(1, 0): 2, (1, 1): 1, (2, 1): 1}, {2}, [(0, 0, 1, 2)]),
    ("Dold", [["x"]], {}, set(), []),
    formats=["0.0%", "yyyy"],
    hidden_sheets=["Dold"],
)


def typed(sheet):
    return [(row, [(type(cell).__name__, str(cell)) for cell in cells]) for row, cells in sheet.records]


def test_an_old_workbook_is_read_as_it_is_shown():
    first, hidden = sheets(OLD, "a.xls")
    assert first.form == "xls"
    assert typed(first)[1:4] == [
        (2, [("str", name) for name in ("År", "Kommun", "Alla", "Unga", "Belopp")]),
        (3, [("NumberText", "2022"), ("str", "Luleå"), ("PercentText", "0.397"), ("PercentText", "0.25"), ("NumberText", "12.5")]),
        (4, [("NumberText", "2023"), ("str", "Malmö"), ("PercentText", "0.41"), ("PercentText", "0.3"), ("NumberText", "1000000")]),
    ]  # fmt: skip
    assert (first.hidden_rows, first.merged, first.hidden) == ({4}, ((1, 2, 3),), False)
    assert (hidden.name, hidden.hidden) == ("Dold", True)


def test_a_binary_workbook_is_read_as_it_is_shown():
    first, hidden = sheets(BINARY, "a.xlsb")
    assert first.form == "xlsb"
    rows = [["År", "Andel", "Fel"], [datetime.date(2017, 1, 1), 0.397, None], [2017, 0.25, None], [2018, 0.1, 3]]
    formats = {(1, 0): "yyyy", (1, 1): "0.0%", (2, 1): "0.0%"}
    (expected,) = sheets(workbook(("Blad1", rows), formats=formats), "a.xlsx")
    got = typed(first)
    wanted = typed(expected)
    assert got[1][1].pop() == ("ErrorText", "#N/A")
    wanted[1][1].pop()
    assert got == wanted
    assert (first.hidden_rows, first.merged) == ({3}, ((1, 1, 2),))
    assert (hidden.name, hidden.hidden) == ("Dold", True)


def changed(data, name, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped({each: change(content) if each == name else content for each, content in parts.items()})


def test_a_sheet_that_spans_too_much_is_refused_before_it_is_unpacked():
    row = record(0, struct.pack("<IIH", 999_999, 0, 300) + bytes(7))
    far = record(145) + row + cell(16_383, 1.0, 0)
    data = changed(BINARY, "xl/worksheets/sheet1.bin", lambda part: part.replace(record(145), far, 1))
    with pytest.raises(Unreadable, match=r"1.?000.?000.*16.?384"):
        sheets(data, "a.xlsb")


def test_one_with_a_password_says_so():
    stream = compound.stream(OLD, "Workbook")
    at = OLD.index(stream[:64])
    size = struct.unpack_from("<H", stream, 2)[0]
    locked = bytearray(OLD)
    struct.pack_into("<H", locked, at + 4 + size, 0x2F)  # the record after the first now says that a password is needed
    with pytest.raises(Unreadable, match="protected by a password"):
        sheets(bytes(locked), "a.xls")


def test_one_of_excel_95_is_refused_in_words_of_its_own():
    at = OLD.index(compound.stream(OLD, "Workbook")[:64])
    old = bytearray(OLD)
    struct.pack_into("<H", old, at + 4, 0x500)
    with pytest.raises(Unreadable, match="old Excel workbook"):
        sheets(bytes(old), "a.xls")


@pytest.mark.parametrize(("reader", "data"), [(old_workbook, OLD), (binary_workbook, BINARY)], ids=["xls", "xlsb"])
@given(st.data())
def test_a_damaged_one_is_read_or_refused(reader, data, draw):
    damaged = bytearray(data[: draw.draw(st.integers(0, len(data)))] if draw.draw(st.booleans()) else data)
    for at in draw.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=6)):
        if damaged:
            damaged[at] = draw.draw(st.integers(0, 255))
    if reader.matches(bytes(damaged), "a"):
        with contextlib.suppress(Unreadable):
            reader.sheets(bytes(damaged), "a")


def test_a_program_that_may_take_less_memory_than_the_reader_allows_itself_reads_them_too():
    code = (
        "import resource, sys; from report_engine.readers import sheets; "
        "resource.setrlimit(resource.RLIMIT_DATA, (900_000_000, 900_000_000)); "
        "print(len(sheets(open(sys.argv[1], 'rb').read(), 'a.xls')))"
    )
    path = Path(__file__).parent / "cases/old-workbook.xls"
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, f"{len(sheets(OLD, 'a.xls'))}\n"), run.stderr
