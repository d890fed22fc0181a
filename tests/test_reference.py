from pathlib import Path

import pandas as pd
import pytest

from report_engine.contracts.contract import load_all

DATA = Path(__file__).parents[1] / "data"
REFERENCE = [contract for contract in load_all().values() if contract.stream == "reference"]


def read(name):
    return pd.read_csv(
        DATA / f"reference/{name}.csv",
        dtype={"municipality_code": "string", "area_code": "string", "county_code": "string"},
    )


def test_there_are_290_municipalities_in_21_counties_and_9_groups():
    register = read("municipalities")
    assert len(register) == 290
    assert register["municipality_code"].is_unique
    assert register["county_code"].nunique() == 21
    sizes = register["skr_group_code"].value_counts().to_dict()
    assert sizes == {"A1": 3, "A2": 43, "B3": 23, "B4": 63, "B5": 24, "C6": 27, "C7": 51, "C8": 35, "C9": 21}


def test_groups_carry_the_labels_of_the_contract():
    register = read("municipalities")
    field = load_all()["municipalities"].field("skr_group_code")
    for edition in ("sv", "en"):
        expected = {category.value: category.label[edition] for category in field.categories}
        assert register[f"skr_group_{edition}"].equals(
            register["skr_group_code"].map(expected).astype(register[f"skr_group_{edition}"].dtype)
        )


def test_county_is_the_first_two_digits_of_the_municipality():
    register = read("municipalities")
    assert (register["municipality_code"].str[:2] == register["county_code"]).all()


def test_the_290_net_costs_add_up_to_the_national_values():
    added = read("municipal_net_cost").groupby("area_code")["net_cost_tkr"].agg(["sum", "size"])
    national = read("national_net_cost").set_index("area_code")["net_cost_tkr"]
    assert added["sum"].to_dict() == national.to_dict()
    assert set(added["size"]) == {290}


def test_the_total_of_targeted_measures_is_its_two_parts_but_for_rounding():
    national = read("national_net_cost").set_index("area_code")["net_cost_tkr"]
    assert abs(national["600"] + national["610"] - national["690"]) <= 5


@pytest.mark.parametrize(
    ("code", "measures", "assistance"), [("0581", 125_220, 297_378), ("2262", 14_401, 26_461), ("2280", 45_389, 19_199)]
)
def test_published_net_costs_of_single_municipalities(code, measures, assistance):
    costs = read("municipal_net_cost").set_index(["municipality_code", "area_code"])["net_cost_tkr"]
    assert (costs[code, "610"], costs[code, "575"]) == (measures, assistance)


@pytest.mark.parametrize(
    ("year", "index"), [(2006, 284.22), (2009, 299.66), (2010, 303.46), (2017, 322.11), (2023, 403.70)]
)
def test_published_consumer_prices(year, index):
    row = read("consumer_prices").set_index("year").loc[year]
    assert (row["index"], row["months"], row["status"]) == (index, 12, "final")


def test_the_last_consumer_price_is_preliminary_and_there_is_none_before_2006():
    prices = read("consumer_prices")
    assert prices["year"].tolist() == list(range(2006, 2025))
    last = prices.iloc[-1]
    assert (last["months"], last["status"]) == (3, "preliminary")
    assert last["index"] == pytest.approx((412.74 + 413.76 + 414.26) / 3, abs=0.005)
    assert "January–March" in last["note"]


def test_population_of_the_eleven_in_2017():
    people = read("population").query("year == 2017")
    assert len(people) == 11
    assert people["population"].sum() == 742_807


def test_published_anomalies_in_exits_are_kept():
    exits = read("exits").set_index(["municipality_code", "year"])["exit_to_work_or_study_percent"]
    assert exits["2081", 2022] == 100
    assert exits["1488", 2022] == pytest.approx(92.57, abs=0.01)
    assert exits.isna().sum() == 8


def test_unemployment_and_social_assistance_as_published():
    assert read("unemployment").set_index("year")["unemployment_percent"].loc[[2009, 2017, 2024]].tolist() == [
        8.4,
        6.8,
        8.4,
    ]
    assistance = read("social_assistance").set_index("year")
    assert assistance.loc[2017, ["households", "sek_per_inhabitant", "paid_tkr"]].tolist() == [
        213_550,
        1_067,
        10_732_616,
    ]


def test_national_figures_of_2017_hold_the_presentations_own():
    figures = (
        read("labour_units_national").query("year == 2017 and basis == 'presentation'").set_index("indicator")["value"]
    )
    assert figures.to_dict() == {
        "net_cost": 4_800_000,
        "participants": 100_000,
        "programmes_and_measures": 9_000_000,
        "staff": 4_700,
    }


def test_a_derived_figure_says_how():
    figures = read("labour_units_national")
    assert figures.loc[figures["basis"] == "derived", "note"].notna().all()


@pytest.mark.parametrize("contract", REFERENCE, ids=lambda one: one.name)
def test_every_row_has_a_source_a_year_and_an_origin(contract):
    frame = pd.read_csv(DATA / contract.path, dtype="string")
    assert frame["source"].str.strip().str.len().gt(3).all()
    assert not frame["source"].str.contains(r"\.csv|(?:^|\s)/", regex=True).any()
    assert frame["source_year"].str.fullmatch(r"\d{4}").all()
    slides = frame["basis"] == "presentation" if "basis" in frame else pd.Series(False, index=frame.index)
    assert (frame["origin"] == slides.map({True: "presentation", False: "official"})).all()


@pytest.mark.parametrize("contract", REFERENCE, ids=lambda one: one.name)
def test_rows_are_sorted_by_their_key(contract):
    frame = pd.read_csv(DATA / contract.path, dtype="string")
    keys = frame[list(contract.primary_key)].apply(tuple, axis=1).tolist()
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
