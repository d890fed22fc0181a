import pytest

from tests.analysis.synthetic.shipped import DATA, shipped

SHARE = 742_807 / (10_732_616 / 1.067)
AREA_CODES = {"labour_market_measures": "610", "social_assistance": "575", "refugee_reception": "600"}


def totals(area):
    accounts = shipped("municipal_accounts")
    return accounts[accounts["area"] == area].groupby("year")["net_cost_tkr"].sum()


def test_full_size():
    accounts = shipped("municipal_accounts")
    assert len(accounts) == 11 * 16 * 3
    assert not accounts.duplicated(["year", "municipality_code", "area"]).any()


def test_net_cost_of_2017_is_the_elevens_share_of_the_published_total():
    assert totals("labour_market_measures")[2017] == pytest.approx(4_800_000 * SHARE, abs=1)


def test_net_cost_rises_every_year():
    assert (totals("labour_market_measures").diff().dropna() > 0).all()


def test_net_costs_of_2024_are_the_official_ones_by_municipality():
    accounts = shipped("municipal_accounts").query("year == 2024")
    official = shipped("municipal_net_cost").set_index(["municipality_code", "area_code"])["net_cost_tkr"]
    for row in accounts.itertuples():
        assert row.net_cost_tkr == official[row.municipality_code, AREA_CODES[row.area]]


def test_only_2024_is_official():
    accounts = shipped("municipal_accounts")
    assert set(accounts.groupby("origin")["year"].unique()["official"]) == {2024}
    assert 2024 not in set(accounts.loc[accounts["origin"] == "synthetic", "year"])
    assert accounts.loc[accounts["origin"] == "official", "source"].str.startswith("SCB, TAB4199").all()


def test_gross_cost_less_revenue_is_the_net_cost_where_given():
    accounts = shipped("municipal_accounts")
    given = accounts.dropna(subset=["gross_cost_tkr"])
    assert (given["gross_cost_tkr"] - given["revenue_tkr"] == given["net_cost_tkr"]).all()
    assert (accounts["gross_cost_tkr"].isna() == accounts["year"].eq(2024)).all()
    assert (given[["gross_cost_tkr", "revenue_tkr"]] >= 0).all(axis=None)


def test_only_refugee_reception_may_be_negative():
    accounts = shipped("municipal_accounts")
    negative = accounts[accounts["net_cost_tkr"] < 0]
    assert set(negative["area"]) == {"refugee_reception"}


def test_earlier_years_follow_each_municipalitys_level():
    measures = shipped("municipal_accounts").query("area == 'labour_market_measures'")
    wide = measures.pivot(index="municipality_code", columns="year", values="net_cost_tkr")
    assert wide[2009].corr(wide[2024], method="spearman") > 0.8


def test_published_state_spending_is_official_and_the_rest_synthetic():
    state = shipped("state_programmes").set_index(["programme", "year"])
    assert state.loc[("total_expenditure_area_14", 2017), ["amount_tkr", "status", "origin"]].tolist() == [
        71_548_000,
        "outturn",
        "official",
    ]
    assert state.loc[("benefits_and_activity_support", 2018), "amount_tkr"] == 25_368_000
    assert "derived" in state.loc[("benefits_and_activity_support", 2018), "source"]
    assert state.loc[("programmes_and_measures", 2017), ["amount_tkr", "origin"]].tolist() == [9_000_000, "synthetic"]
    assert (state["origin"].eq("synthetic") == state["status"].eq("synthetic")).all()


def test_state_programmes_stay_within_the_expenditure_area():
    wide = shipped("state_programmes").pivot(index="year", columns="programme", values="amount_tkr")
    parts = wide["benefits_and_activity_support"] + wide["programmes_and_measures"]
    assert (parts < wide["total_expenditure_area_14"]).all()


def test_files_use_line_feeds_and_end_with_one():
    for path in sorted((DATA / "raw").rglob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert not content.startswith(b"\xef\xbb\xbf")
