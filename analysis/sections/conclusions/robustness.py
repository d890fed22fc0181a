"""How firmly the conclusions stand, and what they test themselves."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pandas as pd

from analysis.evidence import combine
from analysis.resampled import by_municipality, heard, interviews
from analysis.sections.conclusions import claims, words
from analysis.shared import voiced
from report_engine.model.section import Outcome, Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import firmness
from report_engine.words.editions import Text
from report_engine.words.numbers import count_words

WINDOWS = (1, 2, 4, 5)
CHOICES: Text = {
    "sv": f"en kommun utelämnad i taget, eller medel över {count_words(min(WINDOWS), 'sv')} till {count_words(max(WINDOWS), 'sv')} år i var ände",
    "en": f"one municipality left out at a time, or means over {count_words(min(WINDOWS), 'en')} to {count_words(max(WINDOWS), 'en')} years at either end",
}
YEARS: Text = {
    "sv": "en kommun utelämnad i taget, eller ett tidigare sista år",
    "en": "one municipality left out at a time, or an earlier last year",
}
EARLIER = 3
"""Earlier last years that are tried."""


def robustness(
    inputs: Inputs,
    units: pd.DataFrame,
    values: Mapping[str, pd.DataFrame],
    coded: pd.DataFrame,
    spoken: Mapping[str, tuple[str, ...]],
    sides: tuple[str, ...],
    found: Mapping[str, Verdict],
) -> dict[str, Robustness | None]:
    """Judge the section's own tests again under their alternative choices or in resamples; None for what can't be tested.

    ``values`` holds the indicators of what is new by name, ``spoken`` the codes whose stance is judged.
    """
    boot, smallest = inputs.settings.bootstrap, inputs.settings.smallest_cell

    def rose(name: str) -> Robustness | None:
        verdict = found[f"{name}_up"]
        return firm.rerun(verdict, _rose(values[name], words.INDICATORS[name]), CHOICES)

    def valued(name: str) -> Robustness | None:
        drawn = claims.valuation(coded, spoken[name], smallest, boot.resamples, boot.seed)
        return interviews(found[f"{name}_valued"], drawn)

    def left_out(name: str, judge: Callable[[pd.DataFrame], Verdict]) -> Robustness | None:
        return by_municipality(found[name], heard(coded), judge)

    def common(part: pd.DataFrame) -> Verdict:
        return claims.claim_voiced_by_all_sides(part, "quid_pro_quo", sides)

    def cofinancing(part: pd.DataFrame) -> Verdict:
        return voiced(part, inputs.tables["codebook"], "pes_cofinancing", words.NO_CODE)

    return firmness(
        {
            **{f"{name}_up": partial(rose, name) for name in values},
            **{f"{name}_valued": partial(valued, name) for name in spoken},
            "from_social_services": lambda: firm.rerun(
                found["from_social_services"], map(claims.claim_from_social_services, _other_units(units)), YEARS
            ),
            "quid_pro_quo_common": lambda: left_out("quid_pro_quo_common", common),
            "cofinancing_voiced": lambda: left_out("cofinancing_voiced", cofinancing),
        }
    )


def of_conclusion(verdict: Verdict, said: Mapping[str, Outcome]) -> Robustness | None:
    """Judge a conclusion again without each of the claims it rests on that can be tested (id → what it says for it)."""
    tested = [outcome for outcome in said.values() if outcome != "untestable"]
    return firm.rerun(verdict, (combine(rest) for rest in firm.without_each(tested)), firm.ONE_CLAIM)


def _rose(values: pd.DataFrame, said: Text) -> Iterator[Verdict]:
    for part in firm.leaving_out(values, "municipality_code"):
        yield claims.claim_rose(part, said)
    for window in WINDOWS:
        yield claims.claim_rose(values, said, window)


def _other_units(units: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield from firm.leaving_out(units, "municipality_code")
    for year in sorted(units["year"].unique())[-1 - EARLIER : -1]:
        yield units[units["year"] <= year]
