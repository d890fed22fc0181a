"""Tracebacks without ids and texts of persons."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from report_engine.checks.masking import without_persons
from report_engine.pipeline import steps

SAID = 'Jo, men "så" är det.\nVi får ringa runt för att hitta en kontaktperson.'


@pytest.fixture(autouse=True)
def tidy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data/tidy").mkdir(parents=True)
    segments = {name: ["x"] for name in ("segment_id", "interview_id", "code", "coder")} | {"text": [SAID]}
    actors = {"respondent_id": ["R2016-0001"], "actor": ["participant"], "stratum": ["0581-participant-large"]}
    for name, columns in (("segments", segments), ("actors", actors)):
        pq.write_table(pa.table(columns), f"data/tidy/{name}.parquet")


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("KeyError: 'R2016-0001'", "KeyError: •••"),
        (f"pandas.errors.SomeError: {SAID!r}", "pandas.errors.SomeError: •••"),
        (f"0   {SAID[:36]}...\n1   None", "•••\n•••\n1   None"),
        ("KeyError: 'respondent_id'", "KeyError: 'respondent_id'"),
        ("ValueError: no stratum 0581-participant-large", "ValueError: no stratum 0581-participant-large"),
    ],
)
def test_lines_that_quote_an_id_or_text_are_masked(story: str, expected: str) -> None:
    assert without_persons(f"Traceback\n  File x\n{story}\n") == f"Traceback\n  File x\n{expected}\n"


def test_without_tables_a_story_is_told_as_it_is() -> None:
    Path("data/tidy/actors.parquet").write_bytes(b"no table")
    assert without_persons("KeyError: 'R2016-0001'") == "KeyError: 'R2016-0001'"


def test_a_step_that_breaks_logs_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert steps.explain(KeyError("R2016-0001")) == 1
    assert capsys.readouterr().err == "KeyError: •••\n"
