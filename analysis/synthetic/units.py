"""The labour-market units of the eleven municipalities, one row a year."""

from dataclasses import dataclass

from analysis.synthetic.common import ANCHOR, YEARS, Draws, Municipality, Reference, csv_text, whole_parts

NATIONAL_PARTICIPANTS = 100_000  # 2017, as the presentation says
NATIONAL_STAFF_FTE = 4_700

# Relative to 2017: the course of the published national figures for 2015–2018, invented before and after.
_PARTICIPANTS = dict(
    zip(
        YEARS,
        (0.66, 0.70, 0.73, 0.77, 0.81, 0.85, 0.89, 0.946, 1, 1.082, 1.05, 0.99, 0.97, 0.95, 0.97, 1.0),
        strict=True,
    )
)
_STAFF = dict(
    zip(
        YEARS,
        (0.70, 0.73, 0.76, 0.80, 0.84, 0.88, 0.92, 0.96, 1, 1.05, 1.06, 1.06, 1.08, 1.10, 1.13, 1.16),
        strict=True,
    )
)

MEASURES = ("task_work", "subsidised_employment", "education", "work_practice", "job_search", "assessment")
# Shares of the measures in 2017: task work weighs most in six municipalities, not in the other five.
_MIX: dict[str, tuple[float, ...]] = {
    "0581": (0.34, 0.11, 0.09, 0.16, 0.22, 0.08),
    "1282": (0.14, 0.18, 0.20, 0.18, 0.22, 0.08),
    "1290": (0.37, 0.12, 0.10, 0.13, 0.20, 0.08),
    "1488": (0.42, 0.09, 0.08, 0.17, 0.16, 0.08),
    "1499": (0.17, 0.20, 0.14, 0.20, 0.20, 0.09),
    "1980": (0.20, 0.15, 0.15, 0.19, 0.23, 0.08),
    "2080": (0.40, 0.10, 0.08, 0.14, 0.20, 0.08),
    "2081": (0.26, 0.15, 0.12, 0.19, 0.20, 0.08),
    "2262": (0.33, 0.14, 0.10, 0.17, 0.17, 0.09),
    "2280": (0.46, 0.08, 0.06, 0.18, 0.15, 0.07),
    "2580": (0.12, 0.24, 0.18, 0.19, 0.19, 0.08),
}
_MEASURE_TREND = {"subsidised_employment": 0.062, "task_work": -0.018, "education": 0.012}  # of the 2017 weight a year

# Years with written goals, with follow-up of effects and with purpose-built premises: (from, to).
_GOALS = {
    "0581": (2009, 2024), "1980": (2009, 2024), "2580": (2010, 2024), "1282": (2011, 2024), "1499": (2013, 2024),
    "1290": (2014, 2024), "2080": (2015, 2022), "1488": (2016, 2024), "2081": (2017, 2024), "2262": (2019, 2024),
}  # fmt: skip
_FOLLOW_UP = {"1282": (2012, 2024), "2580": (2014, 2024), "1980": (2019, 2024), "0581": (2021, 2024)}
_PREMISES = {
    "0581": (2009, 2024), "1290": (2009, 2012), "1488": (2009, 2020), "2080": (2009, 2017), "2580": (2009, 2024),
    "1499": (2013, 2024), "1980": (2018, 2024), "1282": (2023, 2024),
}  # fmt: skip

COLUMNS = (
    "year municipality_code participants participants_women staff_fte referred_by_social_services_share "
    "referred_by_pes_share measure_job_search measure_work_practice measure_task_work measure_subsidised_employment "
    "measure_education measure_assessment exits_total exits_work exits_study documented_goals effect_follow_up "
    "pes_cofinanced_share staff_with_relevant_degree_share purpose_built_premises individual_plan_share origin"
).split()


@dataclass(frozen=True)
class _Levels:
    """What sets one municipality apart over all years."""

    women: float
    measures_each: float  # measures per participant
    referred_by_social_services: float
    referred_by_pes: float
    exits: float
    exits_study: float  # of exits to work or study
    cofinanced: float
    degrees: float
    plans: float


def labour_units(reference: Reference) -> str:
    """Return the labour-market units as CSV; participants and staff meet the anchor year's totals exactly."""
    draws = Draws("labour_units")
    places = reference.municipalities
    participants, staff_tenths = _totals(reference, draws)
    levels = {place.code: _levels(draws) for place in places}
    rows = []
    for year in YEARS:
        for place in places:
            row = _row(place, year, participants[place.code, year], levels[place.code], draws)
            row["staff_fte"] = staff_tenths[place.code, year] / 10
            rows.append([row[column] for column in COLUMNS])
    return csv_text(COLUMNS, rows)


def _totals(reference: Reference, draws: Draws) -> tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]]:
    """Share participants and staff (in tenths) out over the municipalities, year by year."""
    places = reference.municipalities
    size = {
        place.code: (place.population[ANCHOR] * place.net_cost_2024["610"]) ** 0.5 * (1 + draws.normal(0.10))
        for place in places
    }
    participants, staff = {}, {}
    moves = {place.code: draws.walk(YEARS, 0.05, anchor=ANCHOR) for place in places}
    density = {place.code: 1 + draws.normal(0.12) for place in places}
    for year in YEARS:
        weights = [size[place.code] * (1 + moves[place.code][year]) for place in places]
        total = round(NATIONAL_PARTICIPANTS * reference.share * _PARTICIPANTS[year])
        tenths = round(NATIONAL_STAFF_FTE * reference.share * _STAFF[year] * 10)
        heads = whole_parts(total, weights)
        hands = whole_parts(tenths, [w * density[p.code] for w, p in zip(weights, places, strict=True)])
        for place, people, fte in zip(places, heads, hands, strict=True):
            participants[place.code, year], staff[place.code, year] = people, fte
    return participants, staff


def _levels(draws: Draws) -> _Levels:
    return _Levels(
        women=draws.uniform(0.43, 0.52),
        measures_each=draws.uniform(1.14, 1.34),
        referred_by_social_services=draws.uniform(0.48, 0.62),
        referred_by_pes=draws.uniform(0.20, 0.30),
        exits=draws.uniform(0.50, 0.62),
        exits_study=draws.uniform(0.22, 0.34),
        cofinanced=draws.uniform(0.03, 0.07),
        degrees=draws.uniform(0.30, 0.46),
        plans=draws.uniform(0.38, 0.52),
    )


def _row(place: Municipality, year: int, participants: int, levels: _Levels, draws: Draws) -> dict[str, object]:
    since = year - YEARS[0]
    mix = _measures(place.code, year, round(participants * levels.measures_each * draws.uniform(0.96, 1.06)), draws)
    exits = round(participants * levels.exits * draws.uniform(0.95, 1.05))
    settled = round(exits * min(max(place.exit_level * (1 + draws.normal(0.09)), 0.05), 0.9))
    study = round(settled * levels.exits_study * draws.uniform(0.9, 1.1))
    return {
        "year": year,
        "municipality_code": place.code,
        "participants": participants,
        "participants_women": round(participants * (levels.women + draws.normal(0.01))),
        "referred_by_social_services_share": _share(levels.referred_by_social_services + 0.006 * since, 0.01, draws),
        "referred_by_pes_share": _share(levels.referred_by_pes - 0.005 * since, 0.01, draws),
        **{f"measure_{name}": count for name, count in mix.items()},
        "exits_total": exits,
        "exits_work": settled - study,
        "exits_study": study,
        "documented_goals": _during(_GOALS, place.code, year),
        "effect_follow_up": _during(_FOLLOW_UP, place.code, year),
        "pes_cofinanced_share": _share(levels.cofinanced + 0.006 * since, 0.008, draws),
        "staff_with_relevant_degree_share": _share(levels.degrees + 0.016 * since, 0.015, draws),
        "purpose_built_premises": _during(_PREMISES, place.code, year),
        "individual_plan_share": _share(levels.plans + 0.014 * since, 0.02, draws),
        "origin": "synthetic",
    }


def _measures(code: str, year: int, total: int, draws: Draws) -> dict[str, int]:
    weights = []
    for measure, base in zip(MEASURES, _MIX[code], strict=True):
        trend = 1 + _MEASURE_TREND.get(measure, 0.0) * (year - ANCHOR)
        weights.append(base * trend * (1 + draws.normal(0.06)))
    return dict(zip(MEASURES, whole_parts(total, weights), strict=True))


def _share(level: float, noise: float, draws: Draws) -> float:
    return round(min(max(level + draws.normal(noise), 0.01), 0.97), 3)


def _during(spells: dict[str, tuple[int, int]], code: str, year: int) -> str:
    first, last = spells.get(code, (9999, 0))
    return "yes" if first <= year <= last else "no"
