"""How firmly the verdicts on collaboration stand."""

from collections.abc import Mapping

import pandas as pd

from analysis.model import Inputs, Robustness, Verdict
from analysis.sections import collaboration_claims as claims
from analysis.sections import collaboration_frames as frames
from analysis.sections.collaboration_words import Frames
from analysis.sections.resampled import Respondents, by_municipality, heard, interviews
from analysis.sections.shared import MANAGERS, MUNICIPAL_MANAGERS, STAFF, reach

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


def robustness(
    inputs: Inputs, f: Frames, coded: pd.DataFrame, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested."""
    people = Respondents(inputs.tables["actors"], inputs.settings.bootstrap, inputs.settings.smallest_cell)
    wave, actor = people.actors["wave"], people.actors["actor"]
    missing = people.actors[f"{frames.PES}_missing"]
    unknown = (missing == "dont_know").astype("float64").mask(missing == "not_asked")
    last, first = (
        {
            name: people.agreeing(frames.PES, actor.isin(list(who)) & (wave == year))
            for name, who in (
                ("managers_see_improvement", MANAGERS),
                ("pes_managers_see_improvement", ("pes_manager",)),
            )
        }
        for year in (f.last, f.first)
    )
    return {
        **{
            name: people.share(found[name], people.agreeing(item, people.now(actors)), sign)
            for name, (item, actors, sign) in WHO.items()
        },
        **{name: people.gap(found[name], last[name], first[name]) for name in last},
        "participants_unaware": people.share(
            found["participants_unaware"], unknown.where(people.now(("participant",))).to_numpy(dtype="float64")
        ),
        "interviews_agree": interviews(found["interviews_agree"], f.stance_gap),
        "overlap_and_gaps": by_municipality(
            found["overlap_and_gaps"],
            heard(coded),
            lambda part: claims.claim_overlap_and_gaps(
                reach(part, frames.OVERLAP), part["municipality_code"].nunique()
            ),
        ),
    }
