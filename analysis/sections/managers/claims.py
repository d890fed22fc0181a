"""What the slides say of the managers' view of activation and of their role, judged by the survey and the interviews."""

import numpy as np

from analysis.actors import MUNICIPAL_MANAGERS
from analysis.coding import Coded
from analysis.effect_sizes import estimated
from analysis.interview_claims import SegmentShare, SegmentShareDifference, Voiced
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.managers.frames import JOB, OWN_ROLE, RESOURCE, RULE_CODES, SPOKEN_MODELS, Frames
from analysis.survey import known
from analysis.survey_claims import ItemDifference, ShareDifference, too_few
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge, leaning

COMMON = 0.2
"""A view is common among PES managers when more than a fifth of what they say on the matter expresses it."""

MORE_THAN_PES = ShareDifference(JOB, MUNICIPAL_MANAGERS, ("pes_manager",))
JOB_ACTIVATION = SegmentShare("job_activation", SPOKEN_MODELS, MUNICIPAL_MANAGERS, "above")
ENTREPRENEUR = SegmentShare("entrepreneur", OWN_ROLE, MUNICIPAL_MANAGERS, "above")
CENTRAL_RULES = SegmentShareDifference(RULE_CODES, ("pes_manager", "municipal_manager"))


def discretion_varies(found: Frames, say: Say) -> Verdict:
    """«No freedom» and «much freedom» are each more than a fifth of what PES managers say of their discretion.

    The smaller share decides: with its whole interval on either side of the limit it holds or fails.
    """
    none, much = found.ends["none"], found.ends["much"]
    rarer = min((none, much), key=lambda end: end.estimate)
    if not known(rarer.low):
        return too_few()
    return Verdict(
        judge(rarer.low, rarer.high, COMMON),
        {"none": none.estimate, "much": much.estimate, "rarer_low": rarer.low, "n": rarer.n, "limit": COMMON},
        say(
            "reason",
            none=none.estimate,
            none_low=none.low,
            none_high=none.high,
            much=much.estimate,
            much_low=much.low,
            much_high=much.high,
            n=rarer.n,
            limit=COMMON,
        ),
        estimated(rarer, "share", say("effect")),
        leaning(rarer.estimate, COMMON),
    )


def discretion_varies_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the rarer of the two ends in every resample: the draws of both come from the same interviews."""
    none, much = found.ends["none"], found.ends["much"]
    if none.draws is None or much.draws is None:
        return None
    base = min((none, much), key=lambda end: end.estimate)
    rarer = np.minimum(none.draws, much.draws)
    return firm.kept(verdict, firm.recentred(rarer, base.estimate, base.low, base.high, COMMON), firm.INTERVIEWS)


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("job_activation_survey", ItemDifference(JOB, RESOURCE, MUNICIPAL_MANAGERS), "activation_models"),
    Declared("job_activation_interviews", JOB_ACTIVATION, "codes_by_actor"),
    Declared("municipal_more_than_pes", MORE_THAN_PES, "activation_models"),
    Declared("municipal_entrepreneurs", ENTREPRENEUR, "codes_by_actor"),
    Declared("pes_central_rules", CENTRAL_RULES, "codes_by_actor"),
    Declared(
        "pes_discretion_varies",
        Coded(
            Function(discretion_varies, "interviews", INTERVIEW_TABLES, discretion_varies_again),
            ("pes_discretion",),
            stances=True,
        ),
        "pes_discretion",
    ),
    Declared("quick_action", Voiced("quick_action", MUNICIPAL_MANAGERS, "not_asked")),
)
