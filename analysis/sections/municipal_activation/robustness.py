"""How firmly the verdicts on municipal activation stand without one municipality, or in another year."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pandas as pd

from analysis.resampled import by_municipality, heard, interviews
from analysis.sections.municipal_activation import claims, frames
from analysis.sections.municipal_activation.words import Frames
from analysis.shared import MUNICIPAL_MANAGERS, STAFF, latest_wave, reach, voiced
from analysis.survey_items import cell, item_shares
from report_engine.model.section import Robustness, Verdict
from report_engine.results import robustness as firm
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import borne, firmness
from report_engine.words.editions import Text

CHOICES: Text = {
    "sv": "en kommun utelämnad i taget, eller ett tidigare sista år",
    "en": "one municipality left out at a time, or an earlier last year",
}
EARLIER = 3
"""Earlier last years that are tried."""


def robustness(
    inputs: Inputs, f: Frames, units: pd.DataFrame, coded: pd.DataFrame, found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again under its alternative choices; None for what can't be tested. ``units`` is ``labour_units``."""
    others = borne(lambda: list(_other_units(units)))
    mixes = borne(
        lambda: [frames.measure_mix(part, inputs.tables["municipalities"], int(part["year"].max())) for part in others]
    )
    counted = borne(lambda: [frames.practices(part) for part in others])
    said, codes = borne(lambda: heard(coded)), borne(lambda: list(f.reach.index))
    codebook = borne(lambda: inputs.tables["codebook"])

    def practice(name: str, which: str) -> Robustness | None:
        return firm.rerun(found[name], (claims.claim_practice_lacking(rows, which) for rows in counted), CHOICES)

    def asked(code: str) -> Robustness | None:
        return by_municipality(found[code], said, lambda part: voiced(part, codebook, code, claims.NOT_ASKED[code]))

    judges: dict[str, Callable[[], Robustness | None]] = {
        "measures_heterogeneous": lambda: firm.rerun(
            found["measures_heterogeneous"],
            (claims.claim_measures_heterogeneous(frames.dispersion(mix)) for mix in mixes),
            CHOICES,
        ),
        "task_work_dominates": lambda: firm.rerun(
            found["task_work_dominates"], map(claims.claim_task_work_dominates, mixes), CHOICES
        ),
        "goals_lacking": lambda: practice("goals_lacking", "documented_goals"),
        "effects_not_followed_up": lambda: practice("effects_not_followed_up", "effect_follow_up"),
        "documentation_lacking": lambda: firm.rerun(
            found["documentation_lacking"], _documentation(inputs, units, said), firm.ONE_MUNICIPALITY
        ),
        "poor_relief_voiced": lambda: by_municipality(
            found["poor_relief_voiced"],
            said,
            lambda part: claims.claim_poor_relief_voiced(reach(part, codes), part["municipality_code"].nunique()),
        ),
        "poor_relief_municipal": lambda: interviews(found["poor_relief_municipal"], f.relief_gap),
        **{name: partial(asked, name) for name in claims.NOT_ASKED},
    }
    return firmness(judges)


def _other_units(units: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield from firm.leaving_out(units, "municipality_code")
    for year in sorted(units["year"].unique())[-1 - EARLIER : -1]:
        yield units[units["year"] <= year]


def _documentation(inputs: Inputs, units: pd.DataFrame, said: pd.DataFrame) -> Iterator[Verdict]:
    """Judge the three sources on documentation without each municipality in all of them."""
    actors = latest_wave(inputs.tables["actors"])
    actors = actors.assign(municipal=actors["actor"].isin([*MUNICIPAL_MANAGERS, *STAFF]))
    for code in sorted(units["municipality_code"].unique()):
        rest, voices, answers = (
            frame[frame["municipality_code"] != code].reset_index(drop=True) for frame in (units, said, actors)
        )
        if rest.empty or voices.empty or answers["measures_documented"].isna().all():
            continue
        goals = claims.claim_practice_lacking(frames.practices(rest), "documented_goals")
        shares = item_shares(answers, ["measures_documented"], ["municipal"], inputs.settings.smallest_cell)
        lacking = int(reach(voices, ["documentation_lacking"]).iloc[0])
        yield claims.claim_documentation_lacking(
            goals, cell(shares, municipal=True), lacking, voices["municipality_code"].nunique()
        )
