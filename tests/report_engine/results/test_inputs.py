"""Where the rows of tables come from: by contract, or row by row."""

import pandas as pd

from report_engine.results.inputs import Inputs
from report_engine.settings.settings import Settings


def test_the_origin_of_tables_is_that_of_their_contracts_and_rows() -> None:
    tables = {
        "answers": pd.DataFrame({"n": [1]}),
        "papers": pd.DataFrame({"n": [1]}),
        "counts": pd.DataFrame({"n": [1]}),
        "mixed": pd.DataFrame({"origin": ["official", "synthetic"]}),
        "none": pd.DataFrame({"n": []}),
    }
    settings = Settings(years={"first": 2020, "last": 2024})
    inputs = Inputs(
        tables,
        settings,
        synthetic=frozenset({"answers", "none"}),
        literature=frozenset({"papers"}),
        empty=frozenset({"none"}),
    )
    got = {name: inputs.origin(name) for name in tables}
    assert got == {
        "answers": "synthetic",
        "papers": "literature",
        "counts": "official",
        "mixed": "mixed",
        "none": "none",
    }
