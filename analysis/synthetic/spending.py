"""Municipal accounts of the eleven municipalities and the state's spending, with the official values where there are any."""

from analysis.synthetic.common import ANCHOR, YEARS, Draws, Municipality, Reference, csv_text, whole_parts

NATIONAL_NET_COST_TKR = 4_800_000  # 2017, as the presentation says

OFFICIAL_SOURCE = "SCB, TAB4199, updated 2026-08-28"
SYNTHETIC_SOURCE = "Synthetic value"

AREAS = {"labour_market_measures": "610", "social_assistance": "575", "refugee_reception": "600"}

# Yearly growth before the anchor year, and the shape of the growth after it (scaled to meet the official 2024 total).
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
    draws = Draws("municipal_accounts")
    places = reference.municipalities
    net = {
        "labour_market_measures": _measures(reference, draws),
        "social_assistance": _assistance(reference, draws),
        "refugee_reception": _reception(reference, draws),
    }
    rows = []
    for year in YEARS:
        for place in places:
            for area in sorted(AREAS):
                amount = net[area][place.code, year]
                gross, revenue = _gross(area, amount, place, year, draws)
                official = year == YEARS[-1]
                rows.append(
                    (year, place.code, area, *((None, None) if official else (gross, revenue)), amount)
                    + (("official", OFFICIAL_SOURCE) if official else ("synthetic", SYNTHETIC_SOURCE))
                )
    columns = "year municipality_code area gross_cost_tkr revenue_tkr net_cost_tkr origin source".split()
    return csv_text(columns, rows)


def _measures(reference: Reference, draws: Draws) -> dict[tuple[str, int], int]:
    places = reference.municipalities
    last = {place.code: place.net_cost_2024["610"] for place in places}
    totals = _measure_totals(round(NATIONAL_NET_COST_TKR * reference.share), sum(last.values()))
    walks = {place.code: draws.walk(YEARS, 0.05, anchor=YEARS[-1]) for place in places}
    net = {}
    for year in YEARS:
        weights = [last[place.code] * (1 + walks[place.code][year]) for place in places]
        for place, amount in zip(places, whole_parts(totals[year], weights), strict=True):
            net[place.code, year] = amount
    return net


def _measure_totals(anchor_total: int, last_total: int) -> dict[int, int]:
    """Return the municipalities' total by year: rising every year, through both known totals."""
    totals = {ANCHOR: anchor_total, YEARS[-1]: last_total}
    level = float(anchor_total)
    for year in range(ANCHOR, YEARS[0], -1):
        level /= 1 + _GROWTH[year]
        totals[year - 1] = round(level)
    shape = 1.0
    for growth in _LATER_SHAPE.values():
        shape *= 1 + growth
    correction = (last_total / anchor_total / shape) ** (1 / len(_LATER_SHAPE))
    level = float(anchor_total)
    for year in range(ANCHOR + 1, YEARS[-1]):
        level *= (1 + _LATER_SHAPE[year]) * correction
        totals[year] = round(level)
    return totals


def _assistance(reference: Reference, draws: Draws) -> dict[tuple[str, int], int]:
    """Return social assistance: each municipality's level of 2024 follows the national amount per inhabitant."""
    national = reference.assistance_per_inhabitant
    net = {}
    for place in reference.municipalities:
        walk = draws.walk(YEARS, 0.04, anchor=YEARS[-1])
        for year in YEARS:
            index = national[max(year, min(national))] / national[YEARS[-1]]
            net[place.code, year] = round(place.net_cost_2024["575"] * index * (1 + walk[year]))
    return net


def _reception(reference: Reference, draws: Draws) -> dict[tuple[str, int], int]:
    """Return refugee reception: net costs near zero, negative where grants exceed the costs of the year."""
    net = {}
    for place in reference.municipalities:
        for year in YEARS:
            cost = _reception_cost(place, year)
            net[place.code, year] = round(cost * (draws.normal(0.09) - 0.01))
        net[place.code, YEARS[-1]] = place.net_cost_2024["600"]
    return net


def _reception_cost(place: Municipality, year: int) -> float:
    return place.population[ANCHOR] * 1.4 * _RECEPTION[year]  # at most SEK 1,400 per inhabitant


def _gross(area: str, net: int, place: Municipality, year: int, draws: Draws) -> tuple[int, int]:
    """Return gross cost and revenue whose difference is the net cost."""
    if area == "refugee_reception":
        gross = max(round(_reception_cost(place, year) * draws.uniform(0.9, 1.1)), net, 0)
        return gross, gross - net
    low, high = (0.24, 0.36) if area == "labour_market_measures" else (0.04, 0.08)
    gross = round(net / (1 - draws.uniform(low, high)))
    return gross, gross - net


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
    draws = Draws("state_programmes")
    rows = []
    for year in YEARS:
        for programme in sorted(_STATE_LEVEL):
            noise = draws.normal(0.01)
            if year in _STATE_OFFICIAL[programme]:
                amount, status, source = _STATE_OFFICIAL[programme][year]
                rows.append((year, programme, round(amount * 1_000), status, "official", source))
            else:
                amount = _STATE_LEVEL[programme][year] * (1 if year == ANCHOR else 1 + noise)
                rows.append((year, programme, round(amount) * 1_000, "synthetic", "synthetic", SYNTHETIC_SOURCE))
    return csv_text("year programme amount_tkr status origin source".split(), rows)
