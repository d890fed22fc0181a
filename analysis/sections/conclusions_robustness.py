"""How firmly the conclusions stand, and what they test themselves."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis import robustness as firm
from analysis.model import Inputs, Outcome, Robustness, Text, Verdict
from analysis.numbers import count_words
from analysis.sections import conclusions_claims as claims
from analysis.sections import conclusions_words as words
from analysis.sections.conclusions_evidence import combine
from analysis.sections.resampled import by_municipality, heard, interviews
from analysis.sections.shared import voiced

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
    said, codebook = heard(coded), inputs.tables["codebook"]
    return {
        **{
            f"{name}_up": firm.rerun(found[f"{name}_up"], _rose(frame, words.INDICATORS[name]), CHOICES)
            for name, frame in values.items()
        },
        **{
            f"{name}_valued": interviews(
                found[f"{name}_valued"], claims.valuation(coded, codes, smallest, boot.resamples, boot.seed)
            )
            for name, codes in spoken.items()
        },
        "from_social_services": firm.rerun(
            found["from_social_services"], map(claims.claim_from_social_services, _other_units(units)), YEARS
        ),
        "quid_pro_quo_common": by_municipality(
            found["quid_pro_quo_common"],
            said,
            lambda part: claims.claim_voiced_by_all_sides(part, "quid_pro_quo", sides),
        ),
        "cofinancing_voiced": by_municipality(
            found["cofinancing_voiced"], said, lambda part: voiced(part, codebook, "pes_cofinancing", words.NO_CODE)
        ),
    }


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
