"""Municipal accounts of the eleven municipalities and the state's spending, with the official values where there are any."""

import math
from collections.abc import Callable, Mapping

from analysis.synthetic.common import ANCHOR, YEARS, Municipality, Reference, csv_text, stream, walk

OFFICIAL_SOURCE = "SCB, TAB4199, updated 2026-08-28"
SYNTHETIC_SOURCE = "Synthetic value"

OFFICIAL_YEAR = 2024
AREAS = {"labour_market_measures": "610", "social_assistance": "575", "refugee_reception": "600"}

# Net cost of measures in the anchor year, tkr: together the eleven's share, by population, of the presentation's 4.8 billion.
NET_COST_2017 = {
    "0581": 65_345, "1282": 19_377, "1290": 30_723, "1488": 41_624, "1499": 19_747, "1980": 75_665, "2080": 11_871,
    "2081": 27_814, "2262": 7_524, "2280": 27_121, "2580": 27_656,
}  # fmt: skip
# Yearly growth before the anchor year, and the shape of the growth after it (scaled to meet the official 2024 values).
_GROWTH = {2010: 0.045, 2011: 0.050, 2012: 0.055, 2013: 0.050, 2014: 0.060, 2015: 0.070, 2016: 0.065, 2017: 0.050}
_LATER_SHAPE = {2018: 0.070, 2019: 0.060, 2020: 0.050, 2021: 0.070, 2022: 0.090, 2023: 0.110, 2024: 0.120}

# How many refugees were received in a year, relative to the peak: costs follow, state grants cover about all of it.
_RECEPTION = dict(
    zip(
        YEARS,
        (0.30, 0.32, 0.33, 0.36, 0.45, 0.60, 0.82, 1.00, 0.95, 0.78, 0.62, 0.48, 0.38, 0.36, 0.34, 0.30),
        strict=True,
    )
)


def municipal_accounts(reference: Reference) -> str:
    """Return the municipal accounts as CSV: 2024 net costs official, earlier years synthetic."""
    net: dict[str, Callable[[Municipality], dict[int, int]]] = {
        "labour_market_measures": _measures,
        "social_assistance": lambda place: _assistance(place, reference.assistance_per_inhabitant),
        "refugee_reception": _reception,
    }
    amounts = {(place.code, area): net[area](place) for place in reference.municipalities for area in AREAS}
    rows: list[tuple[object, ...]] = []
    for year in YEARS:
        for place in reference.municipalities:
            for area in sorted(AREAS):
                if year == OFFICIAL_YEAR:
                    net_cost = place.net_cost_2024[AREAS[area]]
                    rows.append((year, place.code, area, None, None, net_cost, "official", OFFICIAL_SOURCE))
                    continue
                net_cost = amounts[place.code, area][year]
                gross = _gross(area, net_cost, place, year)
                rows.append((year, place.code, area, gross, gross - net_cost, net_cost, "synthetic", SYNTHETIC_SOURCE))
    columns = "year municipality_code area gross_cost_tkr revenue_tkr net_cost_tkr origin source".split()
    return csv_text(columns, rows)


def _measures(place: Municipality) -> dict[int, int]:
    """Return the net cost of measures by year: on the common course through the anchor year's value and the official one."""
    first, last = NET_COST_2017[place.code], place.net_cost_2024["610"]
    moves = walk(YEARS, 0.05, "municipal_accounts", "labour_market_measures", place.code)
    net = {}
    for year in YEARS:
        way = _way(year)
        level = first * (last / first) ** way if way > 0 else first * math.exp(way)
        net[year] = round(level * (1 + moves[year] * min((OFFICIAL_YEAR - year) / (OFFICIAL_YEAR - ANCHOR), 1)))
    return net


def _way(year: int) -> float:
    """Return how far the common course has come: log change up to the anchor year, from there the part of the way to the official."""
    if year <= ANCHOR:
        return -sum(math.log(1 + growth) for then, growth in _GROWTH.items() if year < then)
    steps = {then: math.log(1 + growth) for then, growth in _LATER_SHAPE.items()}
    return sum(step for then, step in steps.items() if then <= year) / sum(steps.values())


def _assistance(place: Municipality, national: Mapping[int, int]) -> dict[int, int]:
    """Return social assistance: each municipality's level of 2024 follows the national amount per inhabitant."""
    moves = walk(YEARS, 0.04, "municipal_accounts", "social_assistance", place.code, anchor=OFFICIAL_YEAR)
    level = place.net_cost_2024["575"] / national[OFFICIAL_YEAR]
    return {year: round(level * national[max(year, min(national))] * (1 + moves[year])) for year in YEARS}


def _reception(place: Municipality) -> dict[int, int]:
    """Return refugee reception: net costs near zero, negative where grants exceed the costs of the year."""
    names = ("municipal_accounts", "refugee_reception", place.code)
    return {year: round(_reception_cost(place, year) * (stream(*names, year).normal(0.09) - 0.01)) for year in YEARS}


def _reception_cost(place: Municipality, year: int) -> float:
    return place.population[ANCHOR] * 1.4 * _RECEPTION[year]  # at most SEK 1,400 per inhabitant


def _gross(area: str, net: int, place: Municipality, year: int) -> int:
    """Return the gross cost that goes with a net cost."""
    draws = stream("municipal_accounts", "gross_cost", area, place.code, year)
    if area == "refugee_reception":
        return max(round(_reception_cost(place, year) * draws.uniform(0.9, 1.1)), net, 0)
    low, high = (0.24, 0.36) if area == "labour_market_measures" else (0.04, 0.08)
    return round(net / (1 - draws.uniform(low, high)))


# SEK million. Published outturns and budgets; derived ones say from what.
_ESV = "ESV, central government expenditure, December {} (preliminary year outcome)"
_STATE_OFFICIAL: dict[str, dict[int, tuple[float, str, str]]] = {
    "total_expenditure_area_14": {
        2016: (72_531, "outturn", _ESV.format(2017) + "; derived: 71,548 + 983"),
        2017: (71_548, "outturn", _ESV.format(2017)),
        2018: (73_861, "outturn", _ESV.format(2019) + "; derived: 73,427 + 434"),
        2019: (73_427, "outturn", _ESV.format(2019)),
    },
    "benefits_and_activity_support": {
        2016: (28_572, "outturn", _ESV.format(2017) + "; derived: 26,791 + 1,781"),
        2017: (26_791, "outturn", _ESV.format(2017)),
        2018: (25_368, "outturn", _ESV.format(2019) + "; derived: 27,071 - 1,703"),
        2019: (27_071, "outturn", _ESV.format(2019)),
        2023: (38_432.392, "budget", "Budget bill 2022/23:1, expenditure area 14, appropriation 1:2"),
    },
    "programmes_and_measures": {
        2024: (7_225.952, "budget", "Budget bill for 2024, expenditure area 14, appropriation 1:3"),
    },
}
# SEK million, synthetic, for the years without a published value. Programmes in 2017 are set to the presentation's
# "about nine" billion and to the published first eight months of 2017 (5,607) and 2018 (8,282).
_STATE_LEVEL: dict[str, dict[int, int]] = {
    "total_expenditure_area_14": {
        2009: 67_000, 2010: 70_000, 2011: 66_500, 2012: 69_500, 2013: 72_000, 2014: 71_500, 2015: 71_800,
        2020: 86_000, 2021: 90_500, 2022: 83_000, 2023: 88_000, 2024: 90_500,
    },
    "benefits_and_activity_support": {
        2009: 28_500, 2010: 30_000, 2011: 26_500, 2012: 27_800, 2013: 29_800, 2014: 29_600, 2015: 29_200,
        2020: 36_500, 2021: 38_000, 2022: 34_500, 2024: 36_800,
    },
    "programmes_and_measures": {
        2009: 6_400, 2010: 7_900, 2011: 7_400, 2012: 7_600, 2013: 8_200, 2014: 8_500, 2015: 8_700, 2016: 8_800,
        2017: 9_000, 2018: 12_300, 2019: 8_400, 2020: 6_900, 2021: 8_300, 2022: 7_900, 2023: 7_400,
    },
}  # fmt: skip


def state_programmes() -> str:
    """Return the state's spending as CSV: published values where there are any, synthetic ones between them."""
    rows = []
    for year in YEARS:
        for programme in sorted(_STATE_LEVEL):
            if year in _STATE_OFFICIAL[programme]:
                amount, status, source = _STATE_OFFICIAL[programme][year]
                rows.append((year, programme, round(amount * 1_000), status, "official", source))
            else:
                noise = 0.0 if year == ANCHOR else stream("state_programmes", programme, year).normal(0.01)
                amount = _STATE_LEVEL[programme][year] * (1 + noise)
                rows.append((year, programme, round(amount) * 1_000, "synthetic", "synthetic", SYNTHETIC_SOURCE))
    return csv_text("year programme amount_tkr status origin source".split(), rows)
