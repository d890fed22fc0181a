"""How firmly the verdicts on managers stand."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis import robustness as firm
from analysis.model import Inputs, Robustness, Verdict
from analysis.sections import managers_claims as claims
from analysis.sections.managers_frames import JOB, RESOURCE
from analysis.sections.managers_words import Frames
from analysis.sections.resampled import HALF, Respondents, by_municipality, heard, interviews
from analysis.sections.shared import MUNICIPAL_MANAGERS, voiced


def robustness(
    inputs: Inputs, f: Frames, coded: pd.DataFrame, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested."""
    people = Respondents(inputs.tables["actors"], inputs.settings.bootstrap, inputs.settings.smallest_cell)
    municipal, pes = people.now(MUNICIPAL_MANAGERS), people.now(("pes_manager",))
    job = people.agreeing(JOB, municipal)
    codebook = inputs.tables["codebook"]
    return {
        "job_activation_survey": people.mean(
            found["job_activation_survey"], job - people.agreeing(RESOURCE, municipal)
        ),
        "job_activation_interviews": interviews(found["job_activation_interviews"], f.job_within, HALF),
        "municipal_more_than_pes": people.gap(found["municipal_more_than_pes"], job, people.agreeing(JOB, pes)),
        "municipal_entrepreneurs": interviews(found["municipal_entrepreneurs"], f.entrepreneur_within, HALF),
        "pes_central_rules": interviews(found["pes_central_rules"], f.rules_gap),
        "pes_discretion_varies": _rarer(found["pes_discretion_varies"], f),
        "quick_action": by_municipality(
            found["quick_action"],
            heard(coded),
            lambda part: voiced(part, codebook, "quick_action", claims.NOT_ASKED),
        ),
    }


def _rarer(verdict: Verdict, f: Frames) -> Robustness | None:
    """Judge the rarer of the two ends in every resample: the draws of both come from the same interviews."""
    none, much = f.ends["none"], f.ends["much"]
    if verdict.outcome == "untestable" or none.draws is None or much.draws is None:
        return None
    rarer = np.minimum(none.draws, much.draws)
    base = min((none, much), key=lambda end: end.estimate)
    codes = firm.recentred(rarer, base.estimate, base.low, base.high, claims.COMMON)
    return firm.kept(verdict, codes, firm.INTERVIEWS)
