"""The facts of municipal accounts and official statistics: what each must be."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import yaml

from tests.analysis.sections.recomputed.independent import Found, Recomputed, Tidy, fixed

ROOT = Path(__file__).resolve().parents[4]
SETTINGS = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
BASE = SETTINGS["price_base"]


def cost(tidy: Tidy, year: int) -> pd.Series:
    """Net cost of labour-market measures by municipality (tkr, current prices)."""
    return tidy.column("municipal_accounts", "net_cost_tkr", area="labour_market_measures", year=year)


def real(tidy: Tidy, year: int) -> pd.Series:
    """The same in the prices of the base year."""
    index = {row.year: row.index_ for row in tidy["consumer_prices"].rename(columns={"index": "index_"}).itertuples()}
    return cost(tidy, year) * index[BASE] / index[year]


def years(tidy: Tidy) -> tuple[int, int, int]:
    """First year of the accounts, last with a final price index, last."""
    accounts, prices = tidy["municipal_accounts"], tidy["consumer_prices"]
    final = set(prices.loc[prices["status"] == "final", "year"])
    given = sorted(set(accounts["year"]))
    return int(given[0]), int(max(year for year in given if year in final)), int(given[-1])


def heads(tidy: Tidy, year: int) -> pd.Series:
    return tidy.column("labour_units", "participants", year=year)


def per_participant(tidy: Tidy, year: int) -> float:
    return float(real(tidy, year).sum() * 1000 / heads(tidy, year).sum())


def per_inhabitant(tidy: Tidy, year: int) -> pd.Series:
    return (real(tidy, year) * 1000 / tidy.column("population", "population", year=year)).sort_values()


def counted(tidy: Tidy) -> tuple[int, int]:
    """First and last year with both a final price and a population."""
    first, final, _ = years(tidy)
    both = [year for year in tidy["population"]["year"].unique() if first <= year <= final]
    return int(min(both)), int(max(both))


def ratios(tidy: Tidy) -> pd.Series:
    """SEK spent on labour-market measures per SEK of social assistance, all municipalities, the latest year."""
    year = tidy["municipal_net_cost"]["year"].max()
    both = (tidy.column("municipal_net_cost", "net_cost_tkr", year=year, area_code=area) for area in ("610", "575"))
    measures, assistance = both
    return (measures / assistance)[(measures > 0) & (assistance > 0)]


def own_ratios(tidy: Tidy) -> pd.Series:
    return ratios(tidy)[lambda found: found.index.isin(SETTINGS["municipalities"])].sort_values()


def place(tidy: Tidy, code: object) -> str:
    return str(tidy["municipalities"].set_index("municipality_code").at[code, "municipality"])


def national(tidy: Tidy, indicator: str, basis: str) -> tuple[int, float]:
    """Year and value of the latest published national figure of this kind."""
    rows = tidy["labour_units_national"].query("indicator == @indicator and basis == @basis").sort_values("year")
    return int(rows["year"].iloc[-1]), float(rows["value"].iloc[-1])


def state(tidy: Tidy) -> tuple[int, float]:
    """Year and amount (tkr) of the state's programmes, the latest official year that municipal accounts have, too."""
    year, _ = national(tidy, "net_cost", "accounts")
    rows = tidy["state_programmes"].query("programme == 'programmes_and_measures' and origin == 'official'")
    return year, float(rows.set_index("year").at[year, "amount_tkr"])


def unemployment(tidy: Tidy, year: int) -> float:
    return float(tidy["unemployment"].set_index("year").at[year, "unemployment_percent"])


def growth(first: float, last: float) -> float:
    return last / first - 1


def ends(tidy: Tidy) -> tuple[int, int]:
    found = tidy["labour_units"]["year"]
    return int(found.min()), int(found.max())


def own_places(tidy: Tidy) -> pd.DataFrame:
    register = tidy["municipalities"]
    return register[register["municipality_code"].isin(SETTINGS["municipalities"])]


def of_section(
    name: str, facts: dict[str, Callable[[Tidy], float | int | str]], n: object = None
) -> dict[str, Recomputed]:
    return fixed({f"{name}.{id}": value for id, value in facts.items()}, n)


BACKGROUND = {
    "cost_first": lambda t: real(t, years(t)[0]).sum(),
    "cost_final": lambda t: real(t, years(t)[1]).sum(),
    "cost_last": lambda t: cost(t, years(t)[2]).sum(),
    "cost_growth": lambda t: growth(real(t, years(t)[0]).sum(), real(t, years(t)[1]).sum()),
    "cost_growth_yearly": lambda t: (
        (real(t, years(t)[1]).sum() / real(t, years(t)[0]).sum()) ** (1 / (years(t)[1] - years(t)[0])) - 1
    ),
    "first_year": lambda t: years(t)[0],
    "final_year": lambda t: years(t)[1],
    "last_year": lambda t: years(t)[2],
    "participants_first": lambda t: heads(t, ends(t)[0]).sum(),
    "participants_last": lambda t: heads(t, ends(t)[1]).sum(),
    "participants_growth": lambda t: growth(heads(t, ends(t)[0]).sum(), heads(t, ends(t)[1]).sum()),
    "per_participant_first": lambda t: per_participant(t, years(t)[0]),
    "per_participant_last": lambda t: per_participant(t, years(t)[1]),
    "per_participant_growth": lambda t: growth(per_participant(t, years(t)[0]), per_participant(t, years(t)[1])),
    "inhabitant_top": lambda t: place(t, per_inhabitant(t, counted(t)[1]).index[-1]),
    "inhabitant_top_sek": lambda t: per_inhabitant(t, counted(t)[1]).iloc[-1],
    "inhabitant_bottom": lambda t: place(t, per_inhabitant(t, counted(t)[1]).index[0]),
    "inhabitant_bottom_sek": lambda t: per_inhabitant(t, counted(t)[1]).iloc[0],
    "inhabitant_first_year": lambda t: counted(t)[0],
    "inhabitant_last_year": lambda t: counted(t)[1],
    "inhabitant_risen": lambda t: int(
        (per_inhabitant(t, counted(t)[1]).sort_index() > per_inhabitant(t, counted(t)[0]).sort_index()).sum()
    ),
    "all_n": lambda t: len(ratios(t)),
    "ratio_above": lambda t: int((own_ratios(t) > ratios(t).median()).sum()),
    "ratio_studied": lambda t: len(own_ratios(t)),
    "ratio_top": lambda t: place(t, own_ratios(t).index[-1]),
    "ratio_top_sek": lambda t: own_ratios(t).iloc[-1],
    "state_cost": lambda t: state(t)[1],
    "state_cost_year": lambda t: state(t)[0],
    "national_cost": lambda t: national(t, "net_cost", "accounts")[1],
    "national_cost_year": lambda t: national(t, "net_cost", "accounts")[0],
    "presented_net_cost": lambda t: national(t, "net_cost", "presentation")[1],
    "presented_participants": lambda t: national(t, "participants", "presentation")[1],
    "presented_staff": lambda t: national(t, "staff", "presentation")[1],
    "presented_state": lambda t: national(t, "programmes_and_measures", "presentation")[1],
    "presented_year": lambda t: national(t, "participants", "presentation")[0],
    "published_participants": lambda t: national(t, "participants", "approximate")[1],
    "participants_earlier": lambda t: national(t, "participants", "derived")[1],
    "participants_earlier_year": lambda t: national(t, "participants", "derived")[0],
    "participants_later": lambda t: national(t, "participants", "scaled")[1],
    "participants_later_year": lambda t: national(t, "participants", "scaled")[0],
    "participants_reported": lambda t: national(t, "participants", "reported")[1],
    "participants_reported_year": lambda t: national(t, "participants", "reported")[0],
    "staff_bound": lambda t: national(t, "staff", "lower_bound")[1],
    "staff_bound_year": lambda t: national(t, "staff", "lower_bound")[0],
    "unemployment_first": lambda t: unemployment(t, SETTINGS["years"]["first"]),
    "unemployment_presented": lambda t: unemployment(t, national(t, "participants", "presentation")[0]),
    "unemployment_last": lambda t: unemployment(t, SETTINGS["years"]["last"]),
}
STUDY = {
    "population": lambda t: int(t.column("population", "population", year=t["population"]["year"].max()).sum()),
    "net_cost": lambda t: cost(t, years(t)[2]).sum(),
    "counties": lambda t: own_places(t)["county"].nunique(),
    "groups": lambda t: own_places(t)["skr_group_code"].nunique(),
    "groups_all": lambda t: t["municipalities"]["skr_group_code"].nunique(),
    "municipalities": lambda t: len(SETTINGS["municipalities"]),
}

FACTS: dict[str, Recomputed] = {
    **of_section("background", BACKGROUND),
    "background.ratio_median": lambda t: Found(float(ratios(t).median()), n=len(ratios(t))),
    **of_section("study", STUDY),
}
