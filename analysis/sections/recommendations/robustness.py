"""How firmly the verdicts of the recommendations' own claims stand."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from analysis.resampled import by_municipality, heard
from analysis.sections.recommendations import claims, words
from analysis.shared import voiced
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne, firmness


def robustness(
    inputs: Inputs, coded: pd.DataFrame, associations: Mapping[str, Estimate], found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge the claims again over resamples or without one study or municipality; None for what can't be tested.

    ``associations`` holds the correlations by claim.
    """
    studies, codebook = (borne(partial(inputs.tables.__getitem__, name)) for name in ("studies", "codebook"))

    def one_study() -> Robustness | None:
        tried = studies[studies["sanctions"].notna()]
        judge = claims.claim_sanctions_raise_dependency
        return firm.one_left_out(found["sanctions_raise_dependency"], tried, "bib_key", judge, firm.ONE_STUDY)

    return firmness(
        {
            **{name: partial(_association, found[name], estimate) for name, estimate in associations.items()},
            "sanctions_raise_dependency": one_study,
            "person_bound": lambda: by_municipality(
                found["person_bound"], heard(coded), lambda part: voiced(part, codebook, "person_bound", words.NO_CODE)
            ),
        }
    )


def _association(verdict: Verdict, found: Estimate) -> Robustness | None:
    if verdict.outcome == "untestable" or found.draws is None:
        return None
    codes = firm.recentred(found.draws, found.estimate, found.low, found.high, 0.0)
    return firm.kept(verdict, codes, firm.MUNICIPALITIES)
