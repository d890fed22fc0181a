import os

import pytest

from analysis.sources import Unreadable, read, shown_path, source
from tests.contracts import contract, field
from tests.sources.workbooks import workbook

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


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "the file is an old Excel workbook (.xls) or one with a password"),
        (b"PK\x05\x06" + b"\0" * 18, "the file is an empty zip archive"),
        (b"\x1f\x8b\x08", "the file is compressed (gzip)"),
        (b"%PDF-1.7", "the file is a PDF"),
        (b"PAR1", "the file can't be read as Parquet"),
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
