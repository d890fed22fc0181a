"""Larger data, made of the shipped ones."""

from pathlib import Path

import pandas as pd
import pytest

from tests.bench.scale import YEARS, accounts, all_municipalities, repeated, survey, write

SURVEY = {
    "actors": pd.DataFrame({"respondent_id": ["r1", "r2"], "answer": ["1", "2"]}),
    "survey_frame": pd.DataFrame({"stratum": ["a"], "population": ["10"], "invited": ["4"]}),
}


def test_respondents_are_repeated_under_ids_of_their_own() -> None:
    got = survey(3)(SURVEY)
    assert got["actors"]["respondent_id"].tolist() == ["r1-0", "r2-0", "r1-1", "r2-1", "r1-2", "r2-2"]
    assert got["actors"]["answer"].tolist() == ["1", "2"] * 3
    assert got["survey_frame"].loc[0].tolist() == ["a", "30", "12"]


def test_once_is_as_shipped() -> None:
    assert repeated(SURVEY["actors"], 1, "respondent_id").equals(SURVEY["actors"])


def test_every_municipality_has_every_year() -> None:
    series = pd.DataFrame({"year": ["2023", "2024"], "municipality_code": ["0001", "0001"], "value": ["1", "2"]})
    register = pd.DataFrame({"municipality_code": ["0001", "0002"]})
    got = accounts({"municipalities": register, "municipal_accounts": series, "population": series})
    for table in got.values():
        assert len(table) == 2 * len(YEARS)
        assert not table.duplicated(["year", "municipality_code"]).any()
        assert set(table["value"]) == {"2"}


def test_the_settings_name_them() -> None:
    got = all_municipalities(["0001", "0002"])(
        'municipalities:\n  - "0003" # X\n\nyears:\n  first: 2009\n  last: 2024\n'
    )
    assert got == 'municipalities:\n  - "0001"\n  - "0002"\n\nyears:\n  first: 1995\n  last: 2024\n'


@pytest.mark.parametrize("form", ["csv", "parquet", "sav"])
def test_codes_stay_text_and_answers_are_numbers(form: str, tmp_path: Path) -> None:
    import pyreadstat

    frame = pd.DataFrame({"municipality_code": ["0001", "0002"], "answer": ["4", None]}, dtype="str")
    path = tmp_path / f"a.{form}"
    write(frame, path)
    if form == "csv":
        assert path.read_text("utf-8") == "municipality_code,answer\n0001,4\n0002,\n"
        return
    got = pd.read_parquet(path) if form == "parquet" else pyreadstat.read_sav(path)[0]
    assert got["municipality_code"].tolist() == ["0001", "0002"]
    assert got["answer"].iloc[0] == 4.0
