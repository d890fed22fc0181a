"""What the slides say of the participants, judged by the survey and the interviews."""

import numpy as np

from analysis.coding import Coded
from analysis.effect_sizes import estimated
from analysis.interview_claims import again
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.participants.frames import CONTENT, ITEMS, PARTICIPANTS, YOUNG, Frames, positive
from analysis.survey import DISAGREE, SURVEY, known
from analysis.survey_claims import HALF, Share, against_zero, too_few
from report_engine.model.section import Robustness, Verdict
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge, leaning


def want_paid_jobs(found: Frames, say: Say) -> Verdict:
    """Everyone wants a job with real pay: nobody was asked, so the survey can't say."""
    reason = "reason_of_survey" if "codebook" in found.inputs.empty else "reason"
    return Verdict("untestable", {"items": len(ITEMS)}, say(reason, items=len(ITEMS)))


def young_more_positive(found: Frames, say: Say) -> Verdict:
    """Young participants are more positive: the mean of the items on what they do is higher than among older ones."""
    return against_zero(found.young, say("said", items=len(CONTENT)), scale="mean")


def young_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the difference again in every resample of the respondents."""
    people = found.people
    asked, age, index = people.now(PARTICIPANTS), people.actors["age_group"], positive(people.actors)
    young = age.isin(YOUNG)
    groups: list[np.ndarray] = [
        index.where(who).to_numpy(dtype="float64", na_value=float("nan"))
        for who in (asked & young, asked & age.notna() & ~young)
    ]
    return people.gap(verdict, *groups, share=False)


def cheap_labour(found: Frames, say: Say) -> Verdict:
    """Several feel used as cheap labour: more participants agree than disagree.

    The slide says "several", not "most": a majority would be too much to ask.
    """
    gap, agree = found.cheap, found.now("cheap_labour")["estimate"]
    if not (known(gap.low) and known(agree)):
        return too_few()
    return Verdict(
        judge(gap.low, gap.high, 0),
        {"balance": gap.estimate, "low": gap.low, "high": gap.high, "n": gap.n},
        say("reason", agree=agree, against=float(agree) - gap.estimate, n=gap.n),
        estimated(gap, "share_difference", say("effect")),
        leaning(gap.estimate, 0),
    )


def cheap_labour_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the balance again in every resample of the respondents."""
    people = found.people
    asked = people.now(PARTICIPANTS)
    return people.mean(
        verdict, people.agreeing("cheap_labour", asked) - people.agreeing("cheap_labour", asked, DISAGREE)
    )


def stuck(found: Frames, say: Say) -> Verdict:
    """Participants get stuck in the system: more than half of what they say of it is critical."""
    share = found.stuck
    if not known(share.low):
        return too_few()
    return Verdict(
        judge(share.low, share.high, HALF),
        {"critical": share.estimate, "low": share.low, "high": share.high, "n": share.n},
        say("reason", share=share.estimate, low=share.low, high=share.high, n=share.n),
        estimated(share, "share", say("effect")),
        leaning(share.estimate, HALF),
    )


def stuck_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the share again in every resample of the interviews."""
    return again(verdict, found.stuck, limit=HALF)


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("glad", Share("glad_to_have_something", PARTICIPANTS, "above"), "items"),
    Declared("tasks_do_not_match", Share("tasks_match_wishes", PARTICIPANTS, "below"), "items"),
    Declared("tasks_not_useful", Share("tasks_useful", PARTICIPANTS, "below"), "items"),
    Declared("want_paid_jobs", Function(want_paid_jobs, "survey", SURVEY)),
    Declared("young_more_positive", Function(young_more_positive, "survey", SURVEY, young_again), "by_age"),
    Declared("cheap_labour", Function(cheap_labour, "survey", SURVEY, cheap_labour_again), "items"),
    Declared("pes_out_of_reach", Share("pes_reachable", PARTICIPANTS, "below"), "contentment"),
    Declared("feel_controlled", Share("feel_controlled", PARTICIPANTS, "above"), "items"),
    Declared(
        "stuck", Coded(Function(stuck, "interviews", INTERVIEW_TABLES, stuck_again), ("stuck_in_system",), stances=True)
    ),
    Declared("unit_wants_to_help", Share("unit_staff_help", PARTICIPANTS, "above"), "contentment"),
)
