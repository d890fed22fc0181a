"""What the slides say that each actor sees of collaboration, judged by the survey and the interviews."""

import pandas as pd

from analysis.actors import MANAGERS, MUNICIPAL_MANAGERS, STAFF
from analysis.coding import Coded
from analysis.effect_sizes import estimated, size
from analysis.interview_claims import again
from analysis.interviews import INTERVIEW_TABLES, reach
from analysis.sections.collaboration.frames import OVERLAP, PES, Frames
from analysis.shared_texts import some_of, some_places
from analysis.survey import SURVEY, cell, known
from analysis.survey_claims import Change, Share, against_limit, too_few
from report_engine.model.section import Outcome, Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge, leaning

INTERNAL = "municipal_collaboration"


def participants_unaware(found: Frames, say: Say) -> Verdict:
    """More than half of the participants asked answer that they don't know."""
    row = cell(found.unknown, actor="participant")
    return against_limit(row, say("said"), "above", what=say("effect"))


def participants_unaware_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the share again in every resample of the respondents."""
    missing = found.people.actors[f"{PES}_missing"]
    unknown = (missing == "dont_know").astype("float64").mask(missing == "not_asked")
    asked = unknown.where(found.people.now(("participant",)))
    return found.people.share(verdict, asked.to_numpy(dtype="float64"))


def interviews_agree(found: Frames, say: Say) -> Verdict:
    """Managers' mean stance towards collaboration with the PES is higher than staff's."""
    gap = found.stance_gap
    if not known(gap.low):
        return too_few()
    return Verdict(
        judge(gap.low, gap.high, 0),
        {"difference": gap.estimate, "low": gap.low, "high": gap.high, "n": gap.n},
        say("reason", difference=gap.estimate, low=gap.low, high=gap.high, n=gap.n),
        estimated(gap, "stance", say("effect")),
        leaning(gap.estimate, 0),
    )


def overlap_and_gaps(found: Frames, say: Say) -> Verdict:
    """Parallel tracks and falling between chairs are each voiced in more than half of the municipalities."""
    tracks, chairs = (int(found.reach[code]) for code in OVERLAP)
    return Verdict(
        widely_voiced(found.reach, found.places),
        {"parallel_tracks": tracks, "fall_between_chairs": chairs, "municipalities": found.places},
        say("reason", tracks=some_places(tracks, found.places), chairs=some_of(chairs, found.places)),
        size(min(tracks, chairs), "count", say("effect"), n=found.places),
    )


def overlap_and_gaps_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge it again without one municipality at a time."""
    heard = found.coded[["municipality_code", "code"]].drop_duplicates()
    others = firm.leaving_out(heard, "municipality_code")
    outcomes = (widely_voiced(reach(part, OVERLAP), part["municipality_code"].nunique()) for part in others)
    return firm.rerun(verdict, outcomes, firm.ONE_MUNICIPALITY)


def widely_voiced(reached: pd.Series, municipalities: int) -> Outcome:
    """Judge that each code is voiced in more than half of the municipalities; only one of them so is borderline."""
    wide = reached > municipalities / 2
    return "holds" if wide.all() else "borderline" if wide.any() else "fails"


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("managers_see_it_working", Share(PES, MANAGERS, "above"), "same_collaboration"),
    Declared("managers_see_improvement", Change(PES, MANAGERS), "waves"),
    Declared("pes_managers_positive", Share(PES, ("pes_manager",), "above"), "same_collaboration"),
    Declared("pes_managers_see_improvement", Change(PES, ("pes_manager",)), "waves"),
    Declared("social_workers_negative", Share(PES, ("social_worker",), "below"), "same_collaboration"),
    Declared("unit_staff_negative", Share(PES, ("labour_unit_staff",), "below"), "same_collaboration"),
    Declared(
        "participants_unaware",
        Function(participants_unaware, "survey", SURVEY, participants_unaware_again),
        "same_collaboration",
    ),
    Declared("internal_works_managers", Share(INTERNAL, MUNICIPAL_MANAGERS, "above"), "waves"),
    Declared("internal_fails_staff", Share(INTERNAL, STAFF, "below"), "waves"),
    Declared("fk_fails_staff", Share("fk_collaboration", STAFF, "below"), "waves"),
    Declared(
        "interviews_agree",
        Coded(
            Function(interviews_agree, "interviews", INTERVIEW_TABLES, lambda found, its: again(its, found.stance_gap)),
            ("collab_pes",),
            stances=True,
        ),
        "stance_heat",
    ),
    Declared(
        "overlap_and_gaps",
        Coded(Function(overlap_and_gaps, "interviews", INTERVIEW_TABLES, overlap_and_gaps_again), OVERLAP),
        "overlap_gaps",
    ),
)
