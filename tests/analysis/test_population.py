import dataclasses
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.population import in_frame, sampled_strata, studied
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.results.reading import Tables

ACTORS = pd.DataFrame(
    {
        "municipality_code": ["0581", "0114", "1480", "1480"],
        "stratum": ["large", "large", "other", "other"],
        "respondent_id": list("abcd"),
        "wave": [2018] * 4,
        "weight": [2.0] * 4,
    }
)


def given(codes):
    interviews = pd.DataFrame({"interview_id": ["i1", "i2"], "municipality_code": ["0581", "0114"]})
    segments = pd.DataFrame({"interview_id": ["i1", "i2", "unknown"]})
    tables = {"actors": ACTORS, "interviews": interviews, "segments": segments}
    return Inputs(tables, SimpleNamespace(municipalities=codes))


def test_only_the_municipalities_of_the_settings_stay():
    got = studied(given(("0581",))).tables

    assert got["actors"]["respondent_id"].tolist() == ["a"]
    assert got["segments"]["interview_id"].tolist() == ["i1", "unknown"]  # the last is an error that others name


@pytest.mark.parametrize(
    ("lacking", "weights", "strata"),
    [
        ([], [2.0, 2.0], ["large", "large"]),
        (["weight"], [1.0, 1.0], ["large", "large"]),
        (["stratum"], [2.0, 2.0], ["2018", "2018"]),
        (["weight", "stratum"], [1.0, 1.0], ["2018", "2018"]),
    ],
)
def test_a_survey_without_a_design_is_one_simple_random_sample_a_wave(lacking, weights, strata):
    its = given(("0581", "0114"))
    actors = ACTORS.astype({"stratum": "str"})
    actors[lacking] = None
    got = studied(dataclasses.replace(its, tables={**its.tables, "actors": actors})).tables["actors"]

    assert got["weight"].tolist() == weights
    assert got["stratum"].tolist() == strata


def test_a_respondent_of_weight_nought_does_not_count():
    its = given(("0581", "0114"))
    actors = ACTORS.assign(weight=[0.0, 2.0, 2.0, 2.0])
    got = studied(dataclasses.replace(its, tables={**its.tables, "actors": actors})).tables["actors"]

    assert got["respondent_id"].tolist() == ["b"]


@pytest.mark.parametrize("stratum", ["north", None])
def test_a_frame_of_other_strata_bears_no_response_rate(stratum):
    frame = pd.DataFrame({"wave": [2018], "stratum": ["large"], "actor": ["participant"], "invited": [10]})

    with pytest.raises(Unavailable, match="The survey frame of the answers is not known"):
        sampled_strata(ACTORS.assign(stratum=stratum), frame, ("0581",))
    in_frame(ACTORS, frame)


def test_a_table_without_a_row_of_the_municipalities_bears_nothing():
    got = studied(given(("2580",)))

    with pytest.raises(Unavailable, match=r"There are no data on the municipalities studied: The actors' survey\."):
        got.tables["actors"].columns  # noqa: B018  any use says so
    assert got.empty == {"actors", "interviews", "segments"}
    assert got.origin("actors", "interviews") == "none"


def test_a_table_without_rows_bears_nothing_and_the_others_stay():
    titles = {name: {"sv": name, "en": name} for name in ("actors", "interviews", "segments")}
    tables = Tables({**given(("0581",)).tables, "interviews": pd.DataFrame()}, titles)
    got = studied(Inputs(tables, SimpleNamespace(municipalities=("0581",))))

    assert got.tables["actors"]["respondent_id"].tolist() == ["a"]
    with pytest.raises(Unavailable, match=r"There are no data: interviews\."):
        len(got.tables["segments"])


def test_what_is_synthetic_is_asked_of_the_rows_that_count():
    accounts = pd.DataFrame(
        {
            "municipality_code": ["0581", "0581", "0114", "0581"],
            "year": [2009, 2024, 2024, 2024],
            "area": ["labour_market_measures"] * 3 + ["social_assistance"],
            "origin": ["synthetic", "official", "synthetic", "synthetic"],
        }
    )
    inputs = Inputs({"municipal_accounts": accounts}, SimpleNamespace(municipalities=("0581",)))

    assert studied(inputs).origin("municipal_accounts") == "mixed"
    assert studied(inputs, SimpleNamespace(first=2020, last=2024)).origin("municipal_accounts") == "official"


def test_strata_count_whole_where_a_studied_municipality_is_in_them():
    frame = pd.DataFrame({"wave": 2018, "stratum": ["large", "other", "silent"], "invited": [10, 20, 30]})
    actors, strata = sampled_strata(ACTORS, frame, ("0581",))

    assert actors["respondent_id"].tolist() == ["a", "b"]
    assert strata["stratum"].tolist() == ["large", "silent"]
