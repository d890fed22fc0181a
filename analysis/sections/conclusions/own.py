"""What the conclusions test themselves: what has changed at the units, and what the interviews say of it."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.sections.conclusions import claims, words
from analysis.sections.conclusions.robustness import robustness
from analysis.shared import INTERVIEW_TABLES, Evidence, coded_segments, voiced, with_codes
from report_engine.model.section import Claim, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne, verdict_of

UNITS = ("labour_units",)
SIDES = ("municipal_manager", "social_worker", "labour_unit_staff", "participant")
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "professionalism": ("new_professionalism",),
    "subsidised": ("subsidised_jobs",),
}
"""Codes whose stance says whether something is valued."""


def own_claims(inputs: Inputs, units: pd.DataFrame, values: Mapping[str, pd.DataFrame]) -> tuple[Claim, ...]:
    """Judge the section's own claims, in the order of ``conclusions_words.STATEMENTS``.

    ``units`` are the municipalities' units in the years studied, ``values`` the indicators of what is new by name.
    """
    coded = borne(lambda: coded_segments(inputs.tables["segments"], inputs.tables["interviews"]))
    plan = _plan(inputs, units, values, coded)
    verdicts = {name: verdict_of(plan[name]) for name in words.STATEMENTS}
    firm = robustness(inputs, units, values, coded, SPOKEN, SIDES, verdicts)
    survey: Evidence = ("survey", UNITS)
    interviews: Evidence = ("interviews", INTERVIEW_TABLES)
    made = []
    for name, verdict in verdicts.items():
        rose = name.endswith("_up")
        stream, tables = survey if rose or name == "from_social_services" else interviews
        made.append(
            Claim(
                id=f"conclusions.{name}",
                statement=words.STATEMENTS[name],
                verdict=verdict,
                stream=stream,
                tables=tables,
                origin=inputs.origin(*tables),
                figure="conclusions/new" if rose else None,
                robustness=firm[name],
            )
        )
    return tuple(made)


def _plan(
    inputs: Inputs, units: pd.DataFrame, values: Mapping[str, pd.DataFrame], coded: pd.DataFrame
) -> dict[str, Callable[[], Verdict]]:
    """Say how each claim is judged."""
    boot, smallest = inputs.settings.bootstrap, inputs.settings.smallest_cell

    def common() -> Verdict:
        spoken = with_codes(coded, inputs.tables["codebook"], ("quid_pro_quo",))
        return claims.claim_voiced_by_all_sides(spoken, "quid_pro_quo", SIDES)

    def rose(name: str) -> Callable[[], Verdict]:
        return lambda: claims.claim_rose(values[name], words.INDICATORS[name])

    def valued(name: str) -> Callable[[], Verdict]:
        return lambda: claims.claim_valued(coded, SPOKEN[name], smallest, boot.resamples, boot.seed)

    return {
        "from_social_services": lambda: claims.claim_from_social_services(units),
        "quid_pro_quo_common": common,
        "cofinancing_voiced": lambda: voiced(coded, inputs.tables["codebook"], "pes_cofinancing", words.NO_CODE),
        **{f"{name}_up": rose(name) for name in values},
        **{f"{name}_valued": valued(name) for name in SPOKEN},
    }
