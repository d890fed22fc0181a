"""The facts of the coded interviews, by code, speaker and stance: what each must be."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from tests.analysis.sections.recomputed.independent import (
    ACTORS,
    MUNICIPAL_MANAGERS,
    PARTICIPANTS,
    PES,
    STAFF,
    Found,
    Recomputed,
    Tidy,
    fixed,
    places,
    spoken,
    stance,
    without_interval,
)

SIDES = {
    "pes_manager": PES,
    "municipal_manager": MUNICIPAL_MANAGERS,
    "social_worker": STAFF[:1],
    "labour_unit_staff": STAFF[1:],
    "participant": PARTICIPANTS,
}
MODELS = ("job_activation", "resource_activation")
RULES = ("central_rules", "implementer")
RELATIONS = {"pes": "collab_pes", "internal": "collab_internal", "fk": "collab_fk"}
REASONS = ("local_adaptation", "low_quality_pes", "passive_pes", "weak_cooperation")
WHOM = {"unit": "unit_staff_support", "pes": "pes_unreachable", "social_services": "felt_controlled"}


def relief(tidy: Tidy) -> tuple[str, ...]:
    book = tidy["codebook"]
    return tuple(book.loc[book["parent"] == "poor_relief", "code"])


def hits(side: tuple[str, ...]) -> Recomputed:
    """The share of a side's segments with a poor-relief code; n counts those segments, not all."""

    def compute(tidy: Tidy) -> Found:
        found = spoken(relief(tidy), side)(tidy)
        count = (tidy.coded["code"].isin(relief(tidy)) & tidy.coded["speaker_actor"].isin(side)).sum()
        return Found(found.value, found.low, found.high, int(count), found.near)

    return compute


def of_relief(side: tuple[str, ...], only: int) -> Recomputed:
    return without_interval(lambda tidy: stance(relief(tidy), side, only=only)(tidy))


def plain(code: str, actor: str) -> Recomputed:
    """The share of an actor's segments with the code, without interval; n counts the segments with it."""

    def compute(tidy: Tidy) -> Found:
        own = tidy.coded[tidy.coded["speaker_actor"] == actor]
        count = int((own["code"] == code).sum())
        return Found(count / len(own), n=count)

    return compute


def voicing(tidy: Tidy, reason: str) -> pd.DataFrame:
    """What municipal actors say of a reason that does not speak against it."""
    said = tidy.coded[tidy.coded["code"] == f"reason_{reason}"]
    return said[said["speaker_actor"].isin((*MUNICIPAL_MANAGERS, *STAFF)) & (said["stance"].fillna(0) >= 0)]


def segments_voicing(reason: str, tidy: Tidy) -> int:
    return len(voicing(tidy, reason))


def places_voicing(reason: str, tidy: Tidy) -> int:
    return voicing(tidy, reason)["municipality_code"].nunique()


def counted(count: Callable[[Tidy], int]) -> Recomputed:
    """A number of segments, which is its own n."""
    return lambda tidy: Found(count(tidy), n=count(tidy))


def voiced_in(code: str) -> Recomputed:
    """The municipalities in which a code is heard, of all in which there were interviews."""
    return lambda tidy: Found(places(tidy, code), n=tidy["interviews"]["municipality_code"].nunique())


def by_frequency(tidy: Tidy) -> list[str]:
    counts = tidy.coded.loc[tidy.coded["code"].isin(relief(tidy)), "code"].value_counts()
    return sorted(counts.index, key=lambda code: (-counts[code], code))


FACTS: dict[str, Recomputed] = {
    **{f"municipal_activation.relief_{name}": hits(side) for name, side in SIDES.items()},
    **{f"municipal_activation.relief_{name}_critical": of_relief(side, -1) for name, side in SIDES.items()},
    **{f"municipal_activation.relief_{name}_supportive": of_relief(side, 1) for name, side in SIDES.items()},
    "municipal_activation.relief_gap": lambda tidy: spoken(relief(tidy), MUNICIPAL_MANAGERS, than=PES)(tidy),
    "managers.job_activation_share": spoken(MODELS[:1], MUNICIPAL_MANAGERS, of=MODELS),
    "managers.entrepreneur_share": spoken(("entrepreneur",), MUNICIPAL_MANAGERS, of=("entrepreneur", *RULES)),
    "managers.no_freedom": stance(("pes_discretion",), PES, only=-1),
    "managers.much_freedom": stance(("pes_discretion",), PES, only=1),
    "managers.others_no_freedom": without_interval(stance(("pes_discretion",), (*MUNICIPAL_MANAGERS, *STAFF), only=-1)),
    "managers.rules_criticised": without_interval(stance(("central_rules",), PES, only=-1)),
    "managers.rules_supported": without_interval(stance(("central_rules",), PES, only=1)),
    "managers.rules_share": spoken(RULES, PES),
    "managers.rules_gap": spoken(RULES, PES, than=MUNICIPAL_MANAGERS),
    **{
        f"collaboration.stance_{name}_{actor}": without_interval(stance((code,), (actor,)))
        for name, code in RELATIONS.items()
        for actor in ACTORS
    },
    **{
        f"collaboration.{code}_{actor}": plain(code, actor)
        for code in ("parallel_tracks", "fall_between_chairs")
        for actor in ACTORS
    },
    **{f"participants.stance_{name}": without_interval(stance((code,), PARTICIPANTS)) for name, code in WHOM.items()},
    "municipal_activation.documentation_voiced_in": voiced_in("documentation_lacking"),
    "collaboration.parallel_tracks_places": voiced_in("parallel_tracks"),
    "collaboration.fall_between_chairs_places": voiced_in("fall_between_chairs"),
    "staff.fk_segments": counted(lambda tidy: int((tidy.coded["code"] == "collab_fk").sum())),
    "staff.chairs_segments": counted(lambda tidy: int((tidy.coded["code"] == "fall_between_chairs").sum())),
    **{f"knowledge_review.voiced_{name}": counted(partial(segments_voicing, name)) for name in REASONS},
    **fixed(
        {
            "municipal_activation.relief_commonest": lambda tidy: by_frequency(tidy)[0],
            "municipal_activation.relief_second": lambda tidy: by_frequency(tidy)[1],
            "managers.discretion_segments": lambda tidy: stance(("pes_discretion",), PES)(tidy).n,
            **{f"knowledge_review.reach_{name}": partial(places_voicing, name) for name in REASONS},
        }
    ),
}
