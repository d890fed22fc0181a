"""What the report is about: the municipalities in the settings, and nobody else's answers, interviews or measures."""

import dataclasses
from typing import TYPE_CHECKING

from analysis.model import Inputs

if TYPE_CHECKING:
    import pandas as pd

PLACED = ("actors", "interviews", "labour_units")
"""Tables with rows of single municipalities that the data may hold more of than the report is about."""


def studied(inputs: Inputs) -> Inputs:
    """Keep the respondents, interviews, coded segments and labour-market units of the settings' municipalities.

    The survey's strata are size classes of municipalities, so a stratum can hold others as well. The municipalities studied
    are then taken as the population: weights stay as they are and the strata's respondents are those who are left,
    which is right as long as each municipality was sampled by itself. Raises ValueError naming a table without a row left.
    """
    codes = list(inputs.settings.municipalities)
    tables = dict(inputs.tables)
    for name in (name for name in PLACED if name in tables):
        inside = tables[name]["municipality_code"].isin(codes)
        if not inside.any():
            raise ValueError(f"{name}: no row is of the municipalities in config.yaml ({', '.join(codes)})")
        tables[name] = tables[name][inside].reset_index(drop=True)
    if "segments" in tables and "interviews" in tables:
        held = tables["segments"]["interview_id"].isin(tables["interviews"]["interview_id"])
        strange = ~tables["segments"]["interview_id"].isin(inputs.tables["interviews"]["interview_id"])
        tables["segments"] = tables["segments"][held | strange].reset_index(drop=True)
    return dataclasses.replace(inputs, tables=tables)


def sampled_strata(
    actors: "pd.DataFrame", survey_frame: "pd.DataFrame", codes: tuple[str, ...]
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Keep the strata that the municipalities of these codes are in, for response rates.

    How many were invited is known by stratum only, so a stratum counts with all its respondents, also those of other
    municipalities in it; strata whose respondents all come from other municipalities are left out, those in which
    nobody answered stay. Returns both frames, fewer rows.
    """
    own = set(actors.loc[actors["municipality_code"].isin(list(codes)), "stratum"])
    others = set(actors["stratum"]) - own
    return actors[actors["stratum"].isin(own)], survey_frame[~survey_frame["stratum"].isin(others)]
