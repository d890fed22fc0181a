"""What decides the claims, in plain pandas: parts of the table in ``claims``."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from tests.analysis.sections.recomputed import accounts, interviews, registers
from tests.analysis.sections.recomputed.independent import (
    MUNICIPAL_MANAGERS,
    PARTICIPANTS,
    PES,
    STAFF,
    Found,
    Recomputed,
    Tidy,
    asked,
    balance,
    error,
    normal,
    over_interviews,
    places,
    scores,
    share,
    stance,
)

Numbers = Mapping[str, float | int]
Decided = Callable[[Tidy], tuple[Numbers, Found | None]]
"""The numbers, and the estimate whose interval they hold as ``low`` and ``high``."""

HALF = {"limit": 0.5}
INTERVIEWED = {"managers", "staff", "participants"}
ACTIVATION = ("job_activation", "work_compulsion", "quid_pro_quo", "parallel_tracks")
ON_TASKS = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes")


def estimated(compute: Recomputed, name: str = "estimate", count: str = "n", **more: float) -> Decided:
    """An estimate and its n, under these names."""

    def numbers(tidy: Tidy) -> tuple[Numbers, Found]:
        found = compute(tidy)
        return {name: found.value, count: found.n, **more}, found

    return numbers


def known(**numbers: Callable[[Tidy], float | int]) -> Decided:
    """Numbers without interval."""
    return lambda tidy: ({name: compute(tidy) for name, compute in numbers.items()}, None)


def of_facts(facts: Mapping[str, Recomputed], **ids: str) -> Decided:
    """Numbers that are facts, too."""
    return lambda tidy: ({name: facts[id](tidy).value for name, id in ids.items()}, None)


def everywhere(tidy: Tidy) -> int:
    return tidy["interviews"]["municipality_code"].nunique()


def heard(code: str) -> Decided:
    return known(voiced_in=lambda tidy: places(tidy, code), municipalities=everywhere)


def risen(of: Callable[[Tidy, int], pd.Series]) -> Callable[[Tidy], int]:
    """In how many municipalities something is larger in the last year with final prices than in the first."""

    def count(tidy: Tidy) -> int:
        first, final, _ = accounts.years(tidy)
        return int((of(tidy, final) > of(tidy, first)).sum())

    return count


def costs(growth: str, of: Callable[[Tidy, int], pd.Series]) -> Decided:
    return known(
        growth=lambda tidy: accounts.FACTS[f"background.{growth}"](tidy).value,
        first_year=lambda tidy: accounts.years(tidy)[0],
        last_year=lambda tidy: accounts.years(tidy)[1],
        risen=risen(of),
        compared=lambda tidy: len(accounts.SETTINGS["municipalities"]),
    )


def between(tidy: Tidy) -> float:
    """The share of the variance of the ratios that lies between the groups of municipalities."""
    groups = tidy["municipalities"].set_index("municipality_code")["skr_group_code"]
    ratios = accounts.ratios(tidy)
    parts = [own for _, own in ratios.groupby(groups.reindex(ratios.index))]
    within = sum(float(((own - own.mean()) ** 2).sum()) for own in parts)
    return 1 - within / float(((ratios - ratios.mean()) ** 2).sum())


def rates(tidy: Tidy) -> pd.Series:
    came = tidy["actors"].groupby(["wave", "actor"]).size()
    return came / tidy["survey_frame"].groupby(["wave", "actor"])["invited"].sum()


def reach(tidy: Tidy) -> list[int]:
    """In how many municipalities each reason is voiced."""
    return [interviews.places_voicing(name, tidy) for name in interviews.REASONS]


def relief_reach(tidy: Tidy) -> list[int]:
    return [places(tidy, code) for code in interviews.relief(tidy)]


def young(tidy: Tidy) -> Found:
    """The youngest participants' mean of the items on what they do minus that of the others."""
    rows, (survey_, mask) = [], asked(tidy, PARTICIPANTS)
    values = survey_[list(ON_TASKS)].astype("float64").mean(axis=1)
    for side in (survey_["age_group"].eq("18-24"), survey_["age_group"].notna() & survey_["age_group"].ne("18-24")):
        rows.append(scores(survey_, values, mask & side))
    (one, score, n), (other, less, m) = rows
    return normal(one - other, error(survey_, score - less), n + m)


def critical_gap(tidy: Tidy) -> Found:
    """The share of critical segments in the staff's talk of Försäkringskassan minus that in their talk of the PES."""
    said = tidy.coded[tidy.coded["speaker_actor"].isin(STAFF) & tidy.coded["stance"].notna()]
    fk, pes = (said["code"].eq(code) for code in ("collab_fk", "collab_pes"))
    return over_interviews(said["stance"].eq(-1), said["interview_id"], fk, pes)


def chairs(tidy: Tidy) -> tuple[Numbers, None]:
    asked_, said = balance("fk_collaboration", "pes_collaboration", STAFF)(tidy), critical_gap(tidy)
    return {"survey": asked_.value, "n": asked_.n, "interviews": said.value, "segments": said.n}, None


def stance_gap(codes: Sequence[str], column: str, first: str, second: str) -> Recomputed:
    def compute(tidy: Tidy) -> Found:
        said = tidy.coded[tidy.coded["code"].isin(codes)]
        sides = (said[column].eq(side) for side in (first, second))
        return over_interviews(said["stance"].astype("float64"), said["interview_id"], *sides)

    return compute


def discretion(tidy: Tidy) -> tuple[Numbers, None]:
    none, much = (stance(("pes_discretion",), PES, only=only)(tidy) for only in (-1, 1))
    return {"none": none.value, "much": much.value, "n": none.n, "limit": 0.2}, None


def documentation(tidy: Tidy) -> tuple[Numbers, Found]:
    found = share("measures_documented", (*MUNICIPAL_MANAGERS, *STAFF))(tidy)
    heard_in = places(tidy, "documentation_lacking")
    return {"survey": found.value, "voiced_in": heard_in, "municipalities": everywhere(tidy)}, found


def practice(column: str) -> Decided:
    return known(
        yes=lambda tidy: int(tidy.column("labour_units", column, year=accounts.ends(tidy)[1]).sum()),
        yes_first=lambda tidy: int(tidy.column("labour_units", column, year=accounts.ends(tidy)[0]).sum()),
        year=lambda tidy: accounts.ends(tidy)[1],
        first_year=lambda tidy: accounts.ends(tidy)[0],
        municipalities=everywhere,
    )


def rose(name: str) -> Decided:
    """The means of an indicator over the first and the last three years, and where it is larger."""

    def numbers(tidy: Tidy) -> tuple[Numbers, None]:
        start, end = accounts.ends(tidy)
        first, last = (
            sum(registers.indicator(tidy, name, year) for year in years) / 3
            for years in (range(start, start + 3), range(end - 2, end + 1))
        )
        return {
            "first": float(first.mean()),
            "last": float(last.mean()),
            "risen": int((last > first).sum()),
            "compared": len(first),
        }, None

    return numbers


def referred(tidy: Tidy) -> tuple[Numbers, None]:
    year = accounts.ends(tidy)[1]
    social, pes = (
        tidy.column("labour_units", f"referred_by_{who}_share", year=year) for who in ("social_services", "pes")
    )
    return {
        "social_services": float(np.mean(social)),
        "pes": float(np.mean(pes)),
        "more": int((social > pes).sum()),
        "compared": len(social),
    }, None


def harmful(tidy: Tidy, harms: bool) -> int:
    """Groups of authors who find that sanctions do harm, or something else."""
    tested = tidy["studies"].dropna(subset=["sanctions"])
    return sum((set(own) == {"harms"}) == harms for _, own in tested.groupby("authors_short")["sanctions"])


def common_ground(tidy: Tidy) -> tuple[Numbers, None]:
    said = tidy.coded[tidy.coded["code"].eq("quid_pro_quo") & ~tidy.coded["speaker_actor"].isin(PES)]
    sides = [MUNICIPAL_MANAGERS, *((actor,) for actor in (*STAFF, *PARTICIPANTS))]
    voices = sum(said["speaker_actor"].isin(side).any() for side in sides)
    found = said["municipality_code"].nunique()
    return {"municipalities": found, "of": everywhere(tidy), "sides": int(voices), "of_sides": len(sides)}, None


SAME_STUDY = {"nybom2012": "nybom2013"}
"""A thesis, and the article on the same data."""


def studied(
    column: str, values: Mapping[str, str], *, texts: bool = True, **more: Callable[[pd.DataFrame], int]
) -> Decided:
    """Count texts, or the studies that they are of."""

    def numbers(tidy: Tidy) -> tuple[Numbers, None]:
        studies = tidy["studies"]
        studies = studies if texts else studies[~studies["bib_key"].isin(list(SAME_STUDY))]
        counts = {name: int(studies[column].eq(value).sum()) for name, value in values.items()}
        return {**counts, **{name: int(count(studies)) for name, count in more.items()}}, None

    return numbers
