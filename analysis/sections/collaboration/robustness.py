"""How firmly the verdicts on collaboration stand."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from analysis.resampled import Respondents, by_municipality, heard, interviews
from analysis.sections.collaboration import claims, frames
from analysis.sections.collaboration.words import Frames
from analysis.shared import MANAGERS, MUNICIPAL_MANAGERS, STAFF, reach
from report_engine.model.section import Robustness, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import firmness

WHO: Mapping[str, tuple[str, tuple[str, ...], int]] = {
    "managers_see_it_working": (frames.PES, MANAGERS, 1),
    "pes_managers_positive": (frames.PES, ("pes_manager",), 1),
    "social_workers_negative": (frames.PES, ("social_worker",), -1),
    "unit_staff_negative": (frames.PES, ("labour_unit_staff",), -1),
    "internal_works_managers": ("municipal_collaboration", MUNICIPAL_MANAGERS, 1),
    "internal_fails_staff": ("municipal_collaboration", STAFF, -1),
    "fk_fails_staff": ("fk_collaboration", STAFF, -1),
}
"""Item, actors and side of the half, of claims about a share who agree."""

CHANGE: Mapping[str, tuple[str, ...]] = {
    "managers_see_improvement": MANAGERS,
    "pes_managers_see_improvement": ("pes_manager",),
}
"""Actors of claims about a change between the waves."""


def robustness(
    inputs: Inputs, f: Frames, coded: pd.DataFrame, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested."""
    people = Respondents(inputs.tables["actors"], inputs.settings.bootstrap, inputs.settings.smallest_cell)

    def half(name: str) -> Robustness | None:
        item, actors, sign = WHO[name]
        return people.share(found[name], people.agreeing(item, people.now(actors)), sign)

    def change(name: str) -> Robustness | None:
        wave, of = people.actors["wave"], people.actors["actor"].isin(list(CHANGE[name]))
        last, first = (people.agreeing(frames.PES, of & (wave == year)) for year in (f.last, f.first))
        return people.gap(found[name], last, first)

    def unaware() -> Robustness | None:
        missing = people.actors[f"{frames.PES}_missing"]
        unknown = (missing == "dont_know").astype("float64").mask(missing == "not_asked")
        asked = unknown.where(people.now(("participant",))).to_numpy(dtype="float64")
        return people.share(found["participants_unaware"], asked)

    def spread(part: pd.DataFrame) -> Verdict:
        return claims.claim_overlap_and_gaps(reach(part, frames.OVERLAP), part["municipality_code"].nunique())

    return firmness(
        {
            **{name: partial(half, name) for name in WHO},
            **{name: partial(change, name) for name in CHANGE},
            "participants_unaware": unaware,
            "interviews_agree": lambda: interviews(found["interviews_agree"], f.stance_gap),
            "overlap_and_gaps": lambda: by_municipality(found["overlap_and_gaps"], heard(coded), spread),
        }
    )
