"""How firmly the verdicts on participants stand."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from analysis.resampled import HALF, Respondents, interviews
from analysis.sections.participants import claims
from report_engine.methods.survey import AGREE
from report_engine.model.section import Robustness, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import firmness

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ITEMS: Mapping[str, tuple[str, int]] = {
    "glad": ("glad_to_have_something", 1),
    "tasks_do_not_match": ("tasks_match_wishes", -1),
    "tasks_not_useful": ("tasks_useful", -1),
    "pes_out_of_reach": ("pes_reachable", -1),
    "feel_controlled": ("feel_controlled", 1),
    "unit_wants_to_help": ("unit_staff_help", 1),
}
"""Item and side of the half, of claims about the share of participants who agree."""


ASKED = ("participant",)


def robustness(inputs: Inputs, coded: "pd.DataFrame", found: Mapping[str, Verdict]) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples; None for what can't be tested."""
    boot, smallest = inputs.settings.bootstrap, inputs.settings.smallest_cell
    people = Respondents(inputs.tables["actors"], boot, smallest)

    def half(name: str, item: str, sign: int) -> Robustness | None:
        return people.share(found[name], people.agreeing(item, people.now(ASKED)), sign)

    def young_more_positive() -> Robustness | None:
        asked, age = people.now(ASKED), people.actors["age_group"]
        index = people.actors[list(claims.CONTENT)].astype("Float64").mean(axis=1)
        young = age.isin(claims.YOUNG)
        groups = (_where(index, asked & young), _where(index, asked & age.notna() & ~young))
        return people.gap(found["young_more_positive"], *groups, share=False)

    def cheap_labour() -> Robustness | None:
        asked = people.now(ASKED)
        agree = people.agreeing("cheap_labour", asked)
        against = people.agreeing("cheap_labour", asked, tuple(6 - step for step in AGREE))
        return people.mean(found["cheap_labour"], agree - against)

    return firmness(
        {
            **{name: partial(half, name, item, sign) for name, (item, sign) in ITEMS.items()},
            "young_more_positive": young_more_positive,
            "cheap_labour": cheap_labour,
            "stuck": lambda: interviews(found["stuck"], claims.stuck(coded, smallest, boot.resamples, boot.seed), HALF),
        }
    )


def _where(values: "pd.Series", who: "pd.Series") -> "np.ndarray":
    kept: np.ndarray = values.where(who).to_numpy(dtype="float64", na_value=float("nan"))
    return kept
