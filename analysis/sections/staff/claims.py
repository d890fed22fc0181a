"""What the slides say of the staff, judged by the survey and the interviews."""

import numpy as np

from analysis.actors import STAFF
from analysis.coding import Coded
from analysis.effect_sizes import estimated
from analysis.interview_claims import MeanStance, StanceDifference, Voiced
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.staff.frames import WORKPLACES, Frames
from analysis.survey import SURVEY, known
from analysis.survey_claims import Change, Share, too_few
from report_engine.methods import resampling
from report_engine.model.section import Outcome, Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge, leaning

ACTIVATION = ("job_activation", "work_compulsion", "quid_pro_quo", "parallel_tracks")
"""Codes in which staff take a stance on activation for its own sake and on the tracks beside the PES."""


def between_chairs(found: Frames, say: Say) -> Verdict:
    """People fall between chairs above all towards Försäkringskassan: it is judged worse than the PES.

    Holds when survey (the share for whom collaboration works is lower) and interviews (the share of critical segments is
    higher) both say so beyond their intervals, fails when both say the opposite, else borderline.
    """
    survey, talk = found.fk_survey, found.fk_interviews
    if not (known(survey.low) and known(talk.low)):
        return too_few()
    outcomes: list[Outcome] = [
        judge(survey.low, survey.high, 0, sign=-1),
        judge(talk.low, talk.high, 0),
    ]
    leanings = {leaning(survey.estimate, 0, sign=-1), leaning(talk.estimate, 0)}
    return Verdict(
        outcomes[0] if len(set(outcomes)) == 1 else "borderline",
        {"survey": survey.estimate, "interviews": talk.estimate, "n": survey.n, "segments": talk.n},
        say(
            "reason",
            survey=survey.estimate,
            survey_low=survey.low,
            survey_high=survey.high,
            interviews=talk.estimate,
            interviews_low=talk.low,
            interviews_high=talk.high,
        ),
        estimated(survey, "share_difference", say("effect")),
        leanings.pop() if len(leanings) == 1 else None,
    )


def between_chairs_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Draw respondents and interviews anew, each for itself, and judge both as the claim does."""
    talk, people = found.fk_interviews, found.people
    if talk.draws is None:
        return None
    staff = people.now(STAFF)
    gap = people.agreeing("fk_collaboration", staff) - people.agreeing("pes_collaboration", staff)
    drawn = resampling.means(people.drawn, gap)
    survey = firm.judged(drawn.estimate, drawn.low, drawn.high, 0.0, sign=-1)
    said = firm.recentred(talk.draws, talk.estimate, talk.low, talk.high, 0.0)
    draws = min(len(survey), len(said))
    survey, said = survey[:draws], said[:draws]
    unknown = (survey == firm.UNTESTABLE) | (said == firm.UNTESTABLE)
    agreed = np.where(survey == said, survey, firm.BORDERLINE)
    both = firm.both(firm.RESPONDENTS, firm.INTERVIEWS)
    return firm.kept(verdict, np.where(unknown, firm.UNTESTABLE, agreed), both)


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("greatest_need_unsupported", Share("furthest_supported", STAFF, "below"), "furthest_supported"),
    Declared("resources_to_closest", Share("resources_to_closest", STAFF, "above"), "furthest_supported"),
    Declared("managers_dont_listen", MeanStance(("managers_dont_listen",), STAFF, "below")),
    Declared(
        "between_chairs_fk",
        Coded(
            Function(between_chairs, "several", SURVEY + INTERVIEW_TABLES, between_chairs_again),
            ("collab_fk", "collab_pes"),
            stances=True,
        ),
        "fall_between_chairs",
    ),
    Declared("effects_unknown", Share("effects_known", STAFF, "below"), "effects_known"),
    Declared("someone_else_answers", Voiced("someone_else_knows", STAFF)),
    Declared("social_workers_critical", StanceDifference(ACTIVATION, STAFF, "below")),
    Declared("caseload_fell", Change("caseload_manageable", WORKPLACES["social_services"], "above"), "caseload"),
    Declared("caseload_high", Share("caseload_manageable", WORKPLACES["labour_unit"], "below"), "caseload"),
)
