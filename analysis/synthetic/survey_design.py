"""What the synthetic survey looks like: strata, response, and what each actor answers.

A target is ``(agree, disagree)``: the shares of the answers 4–5 and 1–2 among those who answer, per wave.
"""

from dataclasses import dataclass

WAVES = (2016, 2018)
LARGE_FROM = 50_000  # inhabitants in 2016

PES, SOCIAL, UNIT, WORKER, UNIT_STAFF, PARTICIPANT = ACTORS = (
    "pes_manager",
    "social_services_manager",
    "labour_unit_manager",
    "social_worker",
    "labour_unit_staff",
    "participant",
)


@dataclass(frozen=True)
class Stratum:
    """Population and invited in large and small municipalities, and response rates by wave."""

    population: tuple[int, int]
    invited: tuple[int, int]
    response: tuple[float, float]


STRATA = {
    PES: Stratum((46, 15), (40, 13), (0.75, 0.70)),
    SOCIAL: Stratum((70, 24), (56, 20), (0.71, 0.68)),
    UNIT: Stratum((58, 20), (50, 17), (0.74, 0.72)),
    WORKER: Stratum((390, 115), (112, 58), (0.58, 0.55)),
    UNIT_STAFF: Stratum((290, 92), (100, 52), (0.63, 0.61)),
    PARTICIPANT: Stratum((5_600, 1_650), (210, 100), (0.42, 0.40)),
}
POPULATION_GROWTH = {2016: 1.0, 2018: 1.06}

AGE_GROUPS = ("18-24", "25-34", "35-49", "50-64")
AGES = {  # shares; managers are older than staff, participants younger than both
    PES: (0.0, 0.10, 0.46, 0.44),
    SOCIAL: (0.0, 0.10, 0.48, 0.42),
    UNIT: (0.0, 0.12, 0.48, 0.40),
    WORKER: (0.06, 0.38, 0.36, 0.20),
    UNIT_STAFF: (0.04, 0.26, 0.42, 0.28),
    PARTICIPANT: (0.25, 0.27, 0.30, 0.18),
}

Target = tuple[tuple[float, float], tuple[float, float]]


def _same(agree: float, disagree: float) -> Target:
    return ((agree, disagree), (agree, disagree))


TARGETS: dict[str, dict[str, Target]] = {
    # Managers see collaboration with the PES as working and improved; PES managers weakly; staff don't.
    "pes_collaboration": {
        PES: ((0.51, 0.27), (0.62, 0.22)),
        SOCIAL: ((0.54, 0.24), (0.73, 0.13)),
        UNIT: ((0.56, 0.26), (0.74, 0.14)),
        WORKER: ((0.25, 0.48), (0.27, 0.46)),
        UNIT_STAFF: ((0.16, 0.60), (0.17, 0.58)),
        PARTICIPANT: _same(0.20, 0.45),
    },
    "municipal_collaboration": {
        PES: _same(0.58, 0.16),
        SOCIAL: ((0.72, 0.11), (0.74, 0.10)),
        UNIT: ((0.69, 0.13), (0.72, 0.12)),
        WORKER: _same(0.37, 0.36),
        UNIT_STAFF: _same(0.39, 0.35),
        PARTICIPANT: _same(0.23, 0.38),
    },
    "fk_collaboration": {
        PES: _same(0.36, 0.32),
        SOCIAL: _same(0.34, 0.36),
        UNIT: _same(0.32, 0.38),
        WORKER: _same(0.13, 0.64),
        UNIT_STAFF: _same(0.12, 0.62),
        PARTICIPANT: _same(0.15, 0.52),
    },
    "measures_documented": {
        PES: _same(0.46, 0.24),
        SOCIAL: ((0.54, 0.20), (0.60, 0.17)),
        UNIT: ((0.58, 0.19), (0.66, 0.14)),
        WORKER: ((0.31, 0.42), (0.37, 0.37)),
        UNIT_STAFF: ((0.38, 0.36), (0.47, 0.29)),
    },
    "effects_known": {
        PES: _same(0.30, 0.40),
        SOCIAL: _same(0.33, 0.38),
        UNIT: _same(0.35, 0.36),
        WORKER: _same(0.15, 0.60),
        UNIT_STAFF: _same(0.21, 0.53),
    },
    "furthest_supported": {
        PES: _same(0.42, 0.31),
        SOCIAL: _same(0.45, 0.29),
        UNIT: _same(0.51, 0.25),
        WORKER: _same(0.17, 0.61),
        UNIT_STAFF: _same(0.22, 0.54),
    },
    "resources_to_closest": {
        PES: _same(0.40, 0.28),
        SOCIAL: _same(0.39, 0.31),
        UNIT: _same(0.34, 0.36),
        WORKER: _same(0.66, 0.13),
        UNIT_STAFF: _same(0.59, 0.17),
    },
    # Municipal managers lean to demands, staff to education; PES managers to neither.
    "sanctions_needed": {
        PES: _same(0.43, 0.30),
        SOCIAL: _same(0.66, 0.14),
        UNIT: _same(0.61, 0.17),
        WORKER: _same(0.45, 0.27),
        UNIT_STAFF: _same(0.34, 0.36),
    },
    "education_is_way": {
        PES: _same(0.46, 0.24),
        SOCIAL: _same(0.37, 0.29),
        UNIT: _same(0.41, 0.27),
        WORKER: _same(0.55, 0.18),
        UNIT_STAFF: _same(0.59, 0.15),
    },
    "caseload_manageable": {
        PES: _same(0.44, 0.30),
        SOCIAL: ((0.37, 0.37), (0.52, 0.24)),
        UNIT: ((0.36, 0.39), (0.35, 0.40)),
        WORKER: ((0.23, 0.55), (0.47, 0.31)),
        UNIT_STAFF: ((0.24, 0.56), (0.22, 0.58)),
    },
    "glad_to_have_something": {PARTICIPANT: ((0.75, 0.10), (0.76, 0.10))},
    "tasks_useful": {PARTICIPANT: ((0.39, 0.36), (0.41, 0.34))},
    "tasks_match_wishes": {PARTICIPANT: ((0.24, 0.50), (0.25, 0.49))},
    "cheap_labour": {PARTICIPANT: ((0.51, 0.29), (0.50, 0.31))},
    "pes_reachable": {PARTICIPANT: ((0.17, 0.60), (0.18, 0.59))},
    "unit_staff_help": {PARTICIPANT: ((0.74, 0.09), (0.75, 0.09))},
    "feel_controlled": {PARTICIPANT: ((0.54, 0.24), (0.53, 0.25))},
}

# Agreement here goes with a darker view of the measures.
NEGATIVE_ITEMS = frozenset({"resources_to_closest", "sanctions_needed", "cheap_labour", "feel_controlled"})

# Shares of "don't know" and "no answer" among those asked; elsewhere 2.5 and 1.5 per cent.
USER_MISSING = (0.025, 0.015)
USER_MISSING_BY_ACTOR: dict[tuple[str, str], tuple[float, float]] = {
    ("pes_collaboration", PARTICIPANT): (0.62, 0.03),
    ("municipal_collaboration", PARTICIPANT): (0.57, 0.03),
    ("fk_collaboration", PARTICIPANT): (0.66, 0.03),
    ("municipal_collaboration", PES): (0.05, 0.01),
    ("effects_known", WORKER): (0.05, 0.01),
    ("effects_known", UNIT_STAFF): (0.05, 0.01),
}

# How much the young among the participants are ahead in the common attitude (in its standard deviations).
YOUNG_SHIFT = 0.25

# Sampling noise of the target shares, so that waves and items are not alike to the per cent.
TARGET_NOISE = 0.015
