"""The labour-market units of the eleven municipalities, one row a year."""

from analysis.synthetic.common import ANCHOR, YEARS, Draws, Municipality, Reference, csv_text, stream, walk

FIRST_YEAR = 2009

# In the anchor year: together the eleven's share, by population, of 100,000 participants and 4,700 full-time equivalents.
PARTICIPANTS_2017 = {
    "0581": 1_340, "1282": 485, "1290": 743, "1488": 808, "1499": 305, "1980": 1_564, "2080": 371, "2081": 658,
    "2262": 199, "2280": 399, "2580": 513,
}  # fmt: skip
STAFF_2017 = {
    "0581": 71.6, "1282": 18.2, "1290": 35.4, "1488": 37.2, "1499": 14.9, "1980": 61.3, "2080": 18.8, "2081": 34.7,
    "2262": 11.0, "2280": 19.8, "2580": 24.2,
}  # fmt: skip
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
# Shares of the measures in 2017, in the order above: task work weighs most in six municipalities, not in the other five.
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

# What sets one municipality apart over all years: drawn once for each, between these two.
_LEVELS = {
    "women": (0.43, 0.52),
    "measures_each": (1.14, 1.34),  # measures per participant
    "exits": (0.50, 0.62),
    "study": (0.22, 0.34),  # of exits to work or study
}
# Shares that rise or fall: level of a municipality in 2009 (between these two), change a year, noise.
_SHARES = {
    "referred_by_social_services_share": ((0.48, 0.62), 0.006, 0.010),
    "referred_by_pes_share": ((0.20, 0.30), -0.005, 0.010),
    "pes_cofinanced_share": ((0.03, 0.07), 0.006, 0.008),
    "staff_with_relevant_degree_share": ((0.30, 0.46), 0.016, 0.015),
    "individual_plan_share": ((0.38, 0.52), 0.014, 0.020),
}

COLUMNS = (
    "year municipality_code participants participants_women staff_fte referred_by_social_services_share "
    "referred_by_pes_share measure_job_search measure_work_practice measure_task_work measure_subsidised_employment "
    "measure_education measure_assessment exits_total exits_work exits_study documented_goals effect_follow_up "
    "pes_cofinanced_share staff_with_relevant_degree_share purpose_built_premises individual_plan_share origin"
).split()


def labour_units(reference: Reference) -> str:
    """Return the labour-market units as CSV."""
    moves = {
        place.code: walk(YEARS, 0.05, "labour_units", "participants", place.code) for place in reference.municipalities
    }
    made = [_row(place, year, 1 + moves[place.code][year]) for year in YEARS for place in reference.municipalities]
    return csv_text(COLUMNS, [[row[column] for column in COLUMNS] for row in made])


def _row(place: Municipality, year: int, move: float) -> dict[str, object]:
    """Return a municipality's row of a year; ``move`` is how its participants and staff stand to the common course."""
    code = place.code
    participants = round(PARTICIPANTS_2017[code] * _PARTICIPANTS[year] * move)
    exits = round(participants * _level(code, "exits") * _draws(code, "exits", year).uniform(0.95, 1.05))
    leaving = place.exit_level * (1 + _draws(code, "settled", year).normal(0.09))
    settled = round(exits * min(max(leaving, 0.05), 0.9))
    study = round(settled * _level(code, "study") * _draws(code, "study", year).uniform(0.9, 1.1))
    return {
        "year": year,
        "municipality_code": code,
        "participants": participants,
        "participants_women": round(participants * (_level(code, "women") + _draws(code, "women", year).normal(0.01))),
        "staff_fte": round(STAFF_2017[code] * _STAFF[year] * move, 1),
        **{f"measure_{name}": count for name, count in _measures(code, year, participants).items()},
        "exits_total": exits,
        "exits_work": settled - study,
        "exits_study": study,
        "documented_goals": _during(_GOALS, code, year),
        "effect_follow_up": _during(_FOLLOW_UP, code, year),
        "purpose_built_premises": _during(_PREMISES, code, year),
        **{name: _share(code, name, year) for name in _SHARES},
        "origin": "synthetic",
    }


def _measures(code: str, year: int, participants: int) -> dict[str, int]:
    total = participants * _level(code, "measures_each") * _draws(code, "measures_each", year).uniform(0.96, 1.06)
    counts = {}
    for measure, base in zip(MEASURES, _MIX[code], strict=True):
        trend = 1 + _MEASURE_TREND.get(measure, 0.0) * (year - ANCHOR)
        counts[measure] = round(total * base * trend * (1 + _draws(code, measure, year).normal(0.06)))
    return counts


def _share(code: str, name: str, year: int) -> float:
    between, change, noise = _SHARES[name]
    level = _draws(code, name).uniform(*between) + change * (year - FIRST_YEAR)
    return round(min(max(level + _draws(code, name, year).normal(noise), 0.01), 0.97), 3)


def _level(code: str, name: str) -> float:
    return _draws(code, name).uniform(*_LEVELS[name])


def _draws(*names: str | int) -> Draws:
    return stream("labour_units", *names)


def _during(spells: dict[str, tuple[int, int]], code: str, year: int) -> str:
    first, last = spells.get(code, (9999, 0))
    return "yes" if first <= year <= last else "no"
