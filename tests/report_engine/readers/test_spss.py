import datetime
import io
import math
import tempfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from report_engine.readers import limits
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys import spss, spss_child
from report_engine.readers.tables.sheet import DateText, NumberText


def written(frame, suffix=".sav", **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        pyreadstat.write_sav(frame, path, **options)
        return path.read_bytes()


FRAME = pd.DataFrame(
    {
        "id": ["R1", "R2", "Röd räv"],
        "trust": [1.0, 8.0, float("nan")],
        "weight": [1.5, 2.0, 0.25],
        "day": [datetime.date(2016, 5, 1), None, datetime.date(1883, 1, 2)],
    }
)
OPTIONS = {
    "column_labels": {"trust": "Hur stort förtroende har du?"},
    "variable_value_labels": {"trust": {1.0: "Inget alls", 5.0: "Stort", 8.0: "Vet inte"}},
    "missing_ranges": {"trust": [8.0, {"lo": 90.0, "hi": 99.0}], "id": ["R2"]},
}


@pytest.mark.parametrize("options", [{}, {"compress": True}, {"row_compress": True}])
def test_a_file_comes_back_as_it_was_written(options):
    data = written(FRAME, **OPTIONS, **options)
    assert spss.matches(data, "any")
    (sheet,) = spss.sheets(data, "x.sav")
    assert sheet.header == ["id", "trust", "weight", "day"]
    assert sheet.records == [
        (1, ["R1", "1", "1.5", "2016-05-01"]),
        (2, ["R2", "8", "2", ""]),
        (3, ["Röd räv", "", "0.25", "1883-01-02"]),
    ]
    assert sheet.questions == {"trust": "Hur stort förtroende har du?"}
    assert sheet.labels == {"trust": {"1": "Inget alls", "5": "Stort", "8": "Vet inte"}}
    assert sheet.missing == {"trust": frozenset({"8"}), "id": frozenset({"R2"})}
    assert [type(cell) for cell in sheet.records[0][1]] == [str, NumberText, NumberText, DateText]


def test_a_range_of_missing_codes_holds_those_that_occur_or_have_a_label():
    frame = pd.DataFrame({"a": [1.0, 95.0, 99.5, 200.0]})
    options = {"missing_ranges": {"a": [{"lo": 90.0, "hi": 100.0}]}, "variable_value_labels": {"a": {97.0: "Refused"}}}
    (sheet,) = spss.sheets(written(frame, **options), "x.sav")
    assert sheet.missing == {"a": frozenset({"95", "97", "99.5"})}


@pytest.mark.parametrize("bounds", [[math.inf, math.inf], [math.nan, math.nan], [-math.inf, 2.0], [1e308, 1e308]])
def test_a_missing_value_that_is_no_number_is_no_code(bounds):
    expected = {"1", "2"} if bounds[1] == 2 else {str(int(1e308))} if bounds[0] == 1e308 else set()
    assert spss._missing([bounds], ["1", "2", "3"], {}) == expected


def test_a_date_that_no_calendar_has_is_a_finding_not_a_crash():
    frame = pd.DataFrame({"moment": [1e18, 13_000_000_000.0]})
    (sheet,) = spss.sheets(written(frame, variable_format={"moment": "DATETIME20"}), "x.sav")
    assert sheet.records[0] == (1, [""])
    assert str(sheet.findings[0]).startswith("x.sav, row 1, column moment: holds a date that no calendar has")


def test_text_in_windows_1252_is_read():
    data = written(pd.DataFrame({"name": ["Falköping", "Västerås"]}), column_labels={"name": "Hemort på ön"})
    old = data.replace("ö".encode(), b"\xf6 ").replace("ä".encode(), b"\xe4 ").replace("å".encode(), b"\xe5 ")
    (sheet,) = spss.sheets(old, "x.sav")
    assert [cells[0] for _, cells in sheet.records] == ["Falkö ping", "Vä sterå s"]
    assert "Windows-1252" in str(sheet.findings[0].problem)


@pytest.mark.parametrize(
    "data",
    [
        b"$FL2",
        b"$FL3" + bytes(1000),
        written(FRAME)[:300],
        written(FRAME, compress=True)[:-40],
        b"$FL2" + b"\xff" * 4000,
    ],
)
def test_a_broken_file_is_refused_in_one_line(data):
    with pytest.raises(Unreadable) as error:
        spss.sheets(data, "x.sav")
    assert len(str(error.value).splitlines()) == 1


def test_a_file_without_cases_is_refused():
    with pytest.raises(Unreadable, match="no cases"):
        spss.sheets(written(FRAME.head(0)), "x.sav")


def test_more_cells_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "_given", 8 * limits.CELL)
    with pytest.raises(Unreadable, match="more than 8 cells"):
        spss.sheets(written(FRAME), "x.sav")
    monkeypatch.setattr(spss, "MOST_COLUMNS", 2)
    with pytest.raises(Unreadable, match="4 variables, the limit is 2"):
        spss.sheets(written(FRAME), "x.sav")


def test_a_reader_that_does_not_end_is_stopped_and_nothing_blamed_on_the_file(monkeypatch, tmp_path):
    program = tmp_path / "loop.py"
    program.write_text(
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]), 9))\nwhile True: pass\n"
    )
    monkeypatch.setattr(spss, "_PROGRAM", program)
    monkeypatch.setattr(spss, "SECONDS", 1)
    with pytest.raises(Unreadable, match="takes more than 1 seconds of computing"):
        spss.sheets(written(FRAME), "x.sav")


def test_a_good_file_is_read_however_long_a_busy_machine_lets_it_wait(monkeypatch, tmp_path):
    program = tmp_path / "wait.py"
    child = str(spss_child.__file__)
    program.write_text(f"import runpy, time\ntime.sleep(4.5)\nrunpy.run_path({child!r}, run_name='__main__')\n")
    monkeypatch.setattr(spss, "_PROGRAM", program)
    monkeypatch.setattr(spss, "SECONDS", 4)
    assert len(spss.sheets(written(FRAME), "x.sav")[0].records) == 3


def test_a_larger_file_may_take_longer(monkeypatch):
    asked = []
    monkeypatch.setattr(spss.subprocess, "run", lambda command, **_: asked.append(command) or ended)
    ended = spss.subprocess.CompletedProcess([], 1, b"", b"")
    for size in (0, 45_000_000):
        with pytest.raises(Unreadable, match="more memory"):
            spss.sheets(written(FRAME) + bytes(size), "x.sav")
    assert [command[-2] for command in asked] == ["20", "65"]


def test_only_spss_files_match():
    assert not spss.matches(b"", "x.sav")
    assert not spss.matches(io.BytesIO(b"PK").getvalue(), "x.sav")
