"""How firmly the verdicts on managers stand."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.resampled import HALF, Respondents, by_municipality, heard, interviews
from analysis.sections.managers import claims
from analysis.sections.managers.frames import JOB, RESOURCE
from analysis.sections.managers.words import Frames
from analysis.shared import MUNICIPAL_MANAGERS, voiced
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import firmness


def robustness(
    inputs: Inputs, f: Frames, coded: pd.DataFrame, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested."""
    people = Respondents(inputs.tables["actors"], inputs.settings.bootstrap, inputs.settings.smallest_cell)

    def job(who: tuple[str, ...]) -> np.ndarray:
        return people.agreeing(JOB, people.now(who))

    def lean() -> np.ndarray:
        lead: np.ndarray = job(MUNICIPAL_MANAGERS) - people.agreeing(RESOURCE, people.now(MUNICIPAL_MANAGERS))
        return lead

    def quick(part: pd.DataFrame) -> Verdict:
        return voiced(part, inputs.tables["codebook"], "quick_action", claims.NOT_ASKED)

    return firmness(
        {
            "job_activation_survey": lambda: people.mean(found["job_activation_survey"], lean()),
            "job_activation_interviews": lambda: interviews(found["job_activation_interviews"], f.job_within, HALF),
            "municipal_more_than_pes": lambda: people.gap(
                found["municipal_more_than_pes"], job(MUNICIPAL_MANAGERS), job(("pes_manager",))
            ),
            "municipal_entrepreneurs": lambda: interviews(
                found["municipal_entrepreneurs"], f.entrepreneur_within, HALF
            ),
            "pes_central_rules": lambda: interviews(found["pes_central_rules"], f.rules_gap),
            "pes_discretion_varies": lambda: _rarer(found["pes_discretion_varies"], f),
            "quick_action": lambda: by_municipality(found["quick_action"], heard(coded), quick),
        }
    )


def _rarer(verdict: Verdict, f: Frames) -> Robustness | None:
    """Judge the rarer of the two ends in every resample: the draws of both come from the same interviews."""
    none, much = f.ends["none"], f.ends["much"]
    if verdict.outcome == "untestable" or none.draws is None or much.draws is None:
        return None
    rarer = np.minimum(none.draws, much.draws)
    base = min((none, much), key=lambda end: end.estimate)
    codes = firm.recentred(rarer, base.estimate, base.low, base.high, claims.COMMON)
    return firm.kept(verdict, codes, firm.INTERVIEWS)
