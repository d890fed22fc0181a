import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.checks.validate import validate
from report_engine.readers import Source, Unreadable, parse, read, shown_path, source
from report_engine.readers.raw import together
from tests.contracts import contract, field
from tests.report_engine.readers.workbooks import workbook

PLACES = contract(field("code"), field("cost", "number"), key=["code"])


def refusal(path):
    with pytest.raises(Unreadable) as caught:
        read(path, PLACES)
    (finding,) = caught.value.findings
    assert finding.kind == "file"
    return str(finding).removeprefix(f"{path.as_posix()}: ")


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xlsx"])
def test_content_decides_and_not_the_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"code;cost\n1;2\n")
    assert read(path, PLACES).columns["cost"].texts == ["2"]
    path.write_bytes(workbook(("Blad1", [["code", "cost"], ["1", 2]])))
    assert read(path, PLACES).columns["cost"].numbers == {0}


def test_a_missing_file_is_named_with_one_that_may_be_meant(tmp_path):
    path = tmp_path / "places.csv"
    assert refusal(path) == (
        "the file of the dataset places is missing. Put the file there, or name another one in config.yaml."
    )
    (tmp_path / "places.xlsx").touch()
    assert "Did you mean" in refusal(path)
    assert "is missing" in refusal(tmp_path / "nowhere" / "places.csv")


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (OLD_OFFICE, "the file is of an old Office program"),
        (OLD_OFFICE + "Workbook".encode("utf-16-le"), "the file is an old Excel workbook (.xls). Open it in Excel"),
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), "the file is a Word document"),
        (b"SQLite format 3\0" + b"\0" * 84, "the file is an SQLite database, but not one of Taguette or QualCoder"),
        (b"ASCII SPSS PORT FILE".ljust(500), "the file is an SPSS portable file (.por). Open it in SPSS or PSPP"),
        (b'\xef\xbb\xbf\n[ {"a": 1}, {"a": 2} ]', "the file is JSON of another kind"),
        (b'{"a": [1, 2', "the file is JSON of another kind"),
        (b"PK\x05\x06" + b"\0" * 18, "the file is an empty zip archive"),
        (b"\x1f\x8b\x08", "the file is compressed (gzip)"),
        (b"%PDF-1.7", "the file is a PDF"),
        (b"PAR1", "the Parquet file is damaged"),
        (b"$FL2@(#)", "the SPSS file is damaged"),
        (b"", "the file is empty"),
    ],
)
def test_files_of_another_kind(tmp_path, content, line):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refusal(path).startswith(line)


def test_what_is_no_file_at_all(tmp_path):
    assert refusal(tmp_path) == "this is a folder, not a file. Name the file inside it."
    for name in ("~$a.xlsx", ".~lock.a.xlsx#"):
        (tmp_path / name).write_bytes(b"x")
        assert refusal(tmp_path / name).startswith("this is the lock file of an open workbook")
    if hasattr(os, "mkfifo"):  # not on Windows
        os.mkfifo(tmp_path / "pipe")
        assert refusal(tmp_path / "pipe") == "this is no ordinary file."
    (tmp_path / "loop").symlink_to("loop")
    assert "can't be read" in refusal(tmp_path / "loop")
    assert "can't be read" in refusal(tmp_path / "a\0b")
    assert "can't be read" in refusal(tmp_path / ("a" * 300))


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "LARGEST_FILE", 10_000_000)
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(11_000_000)
    assert refusal(path) == "the file has 11 MB, the limit is 10 MB."


def test_paths_are_shown_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "data" / "a.csv") == "data/a.csv"
    assert shown_path(tmp_path / "data" / ".." / "a.csv") == "a.csv"
    assert shown_path(tmp_path.parent / "a.csv") == (tmp_path.parent / "a.csv").as_posix()


UNITS = contract(field("year", "integer"), field("code"), field("cost", "number"), key=["year", "code"])


def put(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_several_files_are_put_together_and_every_cell_is_found_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = put(tmp_path, "2016.csv", "year;code;cost\n2016;0581;1,5\n2016;1280;2,5\n", "cp1252")
    second = put(tmp_path, "2017.csv", "code,cost,year\n0581,1.5,2017\n1280,x,2017\n1280,3.5,2016\n")
    raw = read(Source((first, second)), UNITS)
    assert raw.columns["year"].texts == ["2016", "2016", "2017", "2017", "2016"]
    found, table = validate(raw, UNITS, {})
    assert [str(finding) for finding in found] == [
        '2017.csv, row 3, column cost: "x" is not a number. Where the value is missing, leave the cell empty.',
        '2017.csv, row 4, column year, code: "2016, 1280" stands in 2016.csv, row 3, already. '
        "It may stand only once: correct or remove one of the two rows.",
    ]
    assert table.columns["cost"] == [1.5, 2.5, 1.5, None, 3.5]  # each file has its own decimal sign


def test_a_column_that_one_of_the_files_lacks_and_a_file_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = put(tmp_path, "a.csv", "year;code;cost\n2016;0581;1\n")
    second = put(tmp_path, "b.csv", "year;code;kost\n2017;0581;1\n")
    found, _ = validate(read(Source((first, second)), UNITS), UNITS, {})
    assert [str(finding) for finding in found] == [
        'b.csv, column cost: the column is missing. Did you mean "kost"? Rename it to cost.'
    ]
    third = put(tmp_path, "c.csv", "")
    with pytest.raises(Unreadable) as caught:
        read(Source((first, third, tmp_path / "d.csv")), UNITS)
    assert [finding.file for finding in caught.value.findings] == ["c.csv", "d.csv"]


def test_a_format_that_the_file_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = put(tmp_path, "a.csv", "year;code;cost\n2016;0581;1\n")
    assert read(Source((path,), form="csv"), UNITS).rows == [2]
    with pytest.raises(Unreadable, match="the file is not xlsx"):
        read(Source((path,), form="xlsx"), UNITS)


ROW = st.tuples(st.integers(1990, 2030), st.sampled_from(["0581", "1280", "2580"]), st.integers(0, 10**6))


def _rows(findings):
    return sum(1 + len(finding.rows) for finding in findings)


@settings(deadline=None)
@given(st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=2, max_size=4))
def test_any_split_over_files_gives_the_same_table_and_finds_every_repetition(files):
    header = "year;code;cost\n"
    parts = [header + "".join(f"{year};{code};{cost}\n" for year, code, cost in rows) for rows in files]
    raw = together([parse(text.encode(), f"{at}.csv", UNITS) for at, text in enumerate(parts)], UNITS.columns)
    whole = parse((header + "".join(text.removeprefix(header) for text in parts)).encode(), "whole.csv", UNITS)
    found, table = validate(raw, UNITS, {})
    expected, same = validate(whole, UNITS, {})
    assert table == same
    assert _rows(found) == _rows(expected)
    every = [(f"{at}.csv", row, *cells) for at, rows in enumerate(files) for row, cells in enumerate(rows, start=2)]
    for at, (file, row, year, *_) in enumerate(every):
        assert raw.place(at, "year") == (file, row, "year", str(year))
