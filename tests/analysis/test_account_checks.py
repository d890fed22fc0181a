import math

import pandas as pd

from analysis import account_checks
from analysis.account_checks import AccountCheck


def test_national_sums():
    municipal = pd.DataFrame(
        {"year": 2024, "area_code": ["610", "610", "575"], "net_cost_tkr": pd.array([5, -2, 7], dtype="Int64")}
    )
    national = pd.DataFrame({"year": 2024, "area_code": ["690", "610", "575"], "net_cost_tkr": [1, 3, 8]})
    got = account_checks.national_sums(municipal, national)
    assert got["area_code"].tolist() == ["575", "610", "690"]
    assert got["municipalities"].tolist() == [1, 2, 0]
    assert got["difference"].tolist()[:2] == [-1, 0]
    assert math.isnan(got["difference"].tolist()[2])


def test_account_check():
    accounts = pd.DataFrame(
        {
            "year": [2024, 2024, 2023],
            "municipality_code": ["0581", "1282", "0581"],
            "area": ["labour_market_measures", "social_assistance", "social_assistance"],
            "gross_cost_tkr": pd.array([None, 10, 9], dtype="Int64"),
            "revenue_tkr": pd.array([None, 2, 2], dtype="Int64"),
            "net_cost_tkr": [125220, 9, 7],
            "origin": ["official", "official", "synthetic"],
        }
    )
    municipal = pd.DataFrame(
        {"year": 2024, "municipality_code": ["0581", "1282"], "area_code": ["610", "575"], "net_cost_tkr": [125220, 8]}
    )
    assert account_checks.account_check(accounts, municipal) == AccountCheck(2, 1, 2, 1)
