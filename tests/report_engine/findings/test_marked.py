"""Marked copies: the collaborator's own workbook with coloured, commented cells, and the own file left alone."""

import csv
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from report_engine.findings import marked, workbook
from report_engine.findings.marked import FOLDER, write_all
from report_engine.words.messages import say
from tests.report_engine.findings.files import GOOD, HEADER, NUMBER, WRONG, examined, units


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def copied(folder, path, edition="en"):
    lines = list(write_all(examined(folder, path), edition, edition))
    return lines, openpyxl.load_workbook(FOLDER / "units_checked.xlsx")


def test_wrong_cells_are_coloured_and_commented_and_listed(folder):
    path = units(folder)
    before = path.read_bytes()
    lines, book = copied(folder, path)
    assert lines == ["Marked copy: data/checked/units_checked.xlsx (17 cells)"]
    assert book.sheetnames == ["Check", "Units"]
    page = book["Units"]
    assert page["C7"].value == "iner"
    assert page["C7"].fill.fgColor.rgb == "FFF4B6A6"
    assert page["C7"].comment.text == 'Stops the report: Is not one of inner, outer. Did you mean "inner"?'
    assert page["C2"].comment is None and page["C2"].fill.fill_type is None
    assert page["A5"].comment.text.startswith("Stops the report: Stands in row 2 already.")
    assert page["B5"].fill.fgColor.rgb == "FFF4B6A6"  # the other part of the key, without a comment of its own
    places = {cell.value: cell.hyperlink.location for (cell,) in book["Check"].iter_rows(min_row=5, max_col=1)}
    assert places["Units!C7"] == "'Units'!C7"
    assert path.read_bytes() == before


def test_it_speaks_swedish(folder):
    lines, book = copied(folder, units(folder), "sv")
    assert lines == ["Markerad kopia: data/checked/units_checked.xlsx (17 celler)"]
    assert book.sheetnames == ["Kontroll", "Units"]
    assert book["Units"]["C7"].comment.text == 'Stoppar rapporten: Är inte något av inner, outer. Menade du "inner"?'
    heads = [cell.value for cell in book["Kontroll"][4]]
    assert heads == ["Var", "Följd", "Slag", "Vad som är fel eller underligt", "Vad du kan göra"]


def test_personal_data_are_in_no_comment_and_not_on_the_list(folder):
    _, book = copied(folder, units(folder))
    assert "looks like a personal identity number" in book["Units"]["E7"].comment.text
    said = [cell.comment.text for row in book["Units"].iter_rows() for cell in row if cell.comment]
    said += [str(cell.value) for row in book["Check"].iter_rows() for cell in row]
    assert not any(NUMBER in text or "ring " in text for text in said)


def test_what_is_said_of_a_column_is_at_its_header(folder):
    header = ["code", "year", "kinds", "staff", "comment", "more"]
    _, book = copied(folder, units(folder, header=header, rows=[[*row, "x"] for row in GOOD]))
    assert "The column is missing" in book["Units"]["C1"].comment.text
    assert book["Units"]["F1"].comment.text.startswith("Remark:")


def test_the_header_is_found_below_a_title(folder):
    title = ["Units of the year", "", "", "", ""]
    _, book = copied(folder, units(folder, header=title, rows=[["", "", "", "", ""], HEADER, *WRONG]))
    assert book["Units"]["C9"].value == "iner" and "Did you mean" in book["Units"]["C9"].comment.text


def test_a_csv_file_becomes_a_workbook_of_text(folder):
    path = folder / "units.csv"
    rows = [*GOOD, ["0581", 2018, "=cmd|' /C calc'!A0", "@SUM(A1)", ""]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    _, book = copied(folder, path)
    page = book["CSV"]
    assert [cell.value for cell in page[1]] == HEADER
    assert (page["A2"].value, page["A2"].data_type) == ("0581", "s")
    assert (page["C5"].value, page["C5"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert page["C5"].comment is not None


def test_formula_like_text_on_the_list_is_text(folder):
    _, book = copied(folder, units(folder, rows=[*GOOD, ["0581", 2018, "=1+1", 1, ""]]))
    assert {cell.data_type for row in book["Check"].iter_rows() for cell in row if cell.value} == {"s"}


def test_other_sheets_and_looks_are_kept(folder):
    path = units(folder, sheets=[("Notes", [["What was done"]])])
    book = openpyxl.load_workbook(path)
    book["Units"]["A1"].font = openpyxl.styles.Font(bold=True)
    book["Units"].column_dimensions["A"].width = 33
    book.save(path)
    _, copy = copied(folder, path)
    assert copy.sheetnames == ["Check", "Units", "Notes"]
    assert copy["Units"]["A1"].font.bold and copy["Units"].column_dimensions["A"].width == 33
    assert copy["Units"]["C7"].comment is not None  # found by the sheet that the finding names


def test_it_is_the_same_every_time(folder):
    path = units(folder)
    first = [*write_all(examined(folder, path), "en", "en")] and (FOLDER / "units_checked.xlsx").read_bytes()
    second = [*write_all(examined(folder, path), "en", "en")] and (FOLDER / "units_checked.xlsx").read_bytes()
    assert first == second
    assert [file.name for file in FOLDER.iterdir()] == ["units_checked.xlsx"]


def test_without_findings_there_is_no_copy_and_an_old_one_goes(folder):
    copied(folder, units(folder))
    lines = list(write_all(examined(folder, units(folder, rows=GOOD)), "sv", "sv"))
    assert lines == [say("workbooks.none", "sv")]
    assert list(FOLDER.iterdir()) == []


def test_what_can_not_be_marked_is_said(folder, monkeypatch):
    path = folder / "units.xlsx"
    path.write_bytes(b"%PDF-1.7")
    assert list(write_all(examined(folder, path), "en", "en")) == [
        "units.xlsx: no marked copy: the file can't be read."
    ]
    monkeypatch.setattr(marked, "MOST_CELLS", 3)
    assert list(write_all(examined(folder, units(folder)), "en", "en")) == [
        "units.xlsx: no marked copy: the table is too large."
    ]


def test_only_excel_and_csv_are_marked(folder):
    path = folder / "units.parquet"
    columns = [[str(row[at]) for row in WRONG] for at in range(len(HEADER))]
    pq.write_table(pa.table(dict(zip(HEADER, columns, strict=True))), path)
    lines = list(write_all(examined(folder, path), "sv", "sv"))
    assert lines == ["units.parquet: ingen markerad kopia: bara Excel (.xlsx) och CSV kan markeras."]


def test_a_package_that_unpacks_to_too_much_is_refused(folder, monkeypatch):
    monkeypatch.setattr(marked, "MOST_BYTES", 3_000)
    assert list(write_all(examined(folder, units(folder)), "en", "en")) == [
        "units.xlsx: no marked copy: the table is too large."
    ]


def test_macros_are_refused(folder):
    path = units(folder)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    lines = list(write_all(examined(folder, path), "en", "en"))
    assert lines == ["units.xlsx: no marked copy: the workbook has macros. Save it as .xlsx without macros."]


def test_more_than_a_workbook_bears_is_counted(folder, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_MARKED", 2)
    _, book = copied(folder, units(folder))
    assert book["Check"]["A3"].value == "7 more are not marked; the full list is in logs/check.txt."
