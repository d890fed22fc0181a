"""How firmly the verdicts on research stand when one study, or one municipality, is left out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.sections.knowledge_review import claims
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne, firmness

if TYPE_CHECKING:
    from analysis.sections.knowledge_review import Frames

Reach = Callable[[tuple[str, ...]], pd.DataFrame]
"""Counts in how many of these municipalities each reason is voiced."""


def robustness(
    inputs: Inputs, f: "Frames", reach: Reach, two_tracks: tuple[str, ...], found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again without one study or one municipality at a time; None for what can't be tested.

    Only studies that a claim counts are left out; ``two_tracks`` are those cited for it.
    """
    tested = borne(lambda: f.studies[f.studies["direction"].isin(claims.RESULTS)])
    sanctions = borne(lambda: f.studies[f.studies["sanctions"].notna()])
    cited = borne(lambda: f.studies[f.studies["bib_key"].isin(list(two_tracks))])

    def studies(name: str, frame: pd.DataFrame, claim: Callable[[pd.DataFrame], Verdict]) -> Robustness | None:
        return firm.one_left_out(found[name], frame, "bib_key", claim, firm.ONE_STUDY)

    def reasons() -> Robustness | None:
        without = firm.without_each(inputs.settings.municipalities)
        judged = (claims.claim_reasons_voiced(reach(codes), len(codes)) for codes in without)
        return firm.rerun(found["reasons_voiced"], judged, firm.ONE_MUNICIPALITY)

    judges: dict[str, Callable[[], Robustness | None]] = {
        "two_tracks": lambda: studies(
            "two_tracks", cited, lambda part: claims.claim_two_tracks(part, tuple(part["bib_key"]))
        ),
        "research_descriptive": lambda: studies("research_descriptive", f.studies, claims.claim_research_descriptive),
        "few_test_effects": lambda: studies("few_test_effects", f.studies, claims.claim_few_test_effects),
        "effects_disagree": lambda: studies("effects_disagree", tested, claims.claim_effects_disagree),
        "sanctions_mixed": lambda: studies(
            "sanctions_mixed", sanctions, lambda part: claims.claim_sanctions_mixed(part, f.names)
        ),
        "reasons_voiced": reasons,
    }
    return firmness(judges)
