"""How firmly the verdicts on the study's material stand."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.sections.study import claims
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import firmness
from report_engine.words.editions import Text

if TYPE_CHECKING:
    from analysis.sections.study import Frames

INVITED: Text = {"sv": "nya dragningar av de tillfrågade", "en": "resamples of those invited"}
PASSAGES: Text = {"sv": "nya dragningar av de dubbelkodade segmenten", "en": "resamples of the segments coded twice"}


def robustness(
    inputs: Inputs, f: "Frames", names: pd.Series, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested."""
    boot = inputs.settings.bootstrap
    covered = (
        claims.claim_interviews_cover_all(inputs.tables["interviews"], codes, names)
        for codes in firm.without_each(inputs.settings.municipalities)
    )
    judges: dict[str, Callable[[], Robustness | None]] = {
        "interviews_cover_all": lambda: firm.rerun(found["interviews_cover_all"], covered, firm.ONE_MUNICIPALITY),
        "answers_from_all": lambda: firm.one_left_out(
            found["answers_from_all"],
            f.counts,
            "municipality_code",
            claims.claim_answers_from_all,
            firm.ONE_MUNICIPALITY,
        ),
        "response_over_half": lambda: _responses(found["response_over_half"], f.rates, boot.resamples, boot.seed),
        "codes_reliable": lambda: _reliable(found["codes_reliable"], f.codes),
        "stances_reliable": lambda: _reliable(found["stances_reliable"], f.stances),
    }
    return firmness(judges)


def _responses(verdict: Verdict, rates: pd.DataFrame, resamples: int, seed: int) -> Robustness | None:
    """Let each group's invited answer anew with the group's own rate."""
    known = rates.dropna(subset=["rate"]).sort_values(["wave", "actor"])
    invited, rate = known["invited"].to_numpy(), known["rate"].clip(0, 1).to_numpy()
    size = (min(resamples, firm.MOST_DRAWS), len(known))
    answered = np.random.default_rng(seed).binomial(invited, rate, size=size)
    below = (answered / invited <= 0.5).any(axis=1)
    return firm.kept(verdict, np.where(below, firm.FAILS, firm.HOLDS), INVITED)


def _reliable(verdict: Verdict, alpha: Alpha) -> Robustness | None:
    if alpha.draws is None:
        return None
    codes = firm.recentred(alpha.draws, alpha.value, alpha.low, alpha.high, claims.RELIABLE)
    return firm.kept(verdict, codes, PASSAGES)
