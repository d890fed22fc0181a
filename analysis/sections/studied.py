"""What the report is about: the municipalities in the settings, and nobody else's answers, interviews or measures."""

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from analysis import contract
from analysis.model import Inputs, NotBorne
from analysis.sections.parts import Absent, borne

if TYPE_CHECKING:
    import pandas as pd

PLACED = ("actors", "interviews", "labour_units")
"""Tables with rows of single municipalities that the data may hold more of than the report is about."""


def studied(inputs: Inputs) -> Inputs:
    """Keep the respondents, interviews, coded segments and labour-market units of the settings' municipalities.

    The survey's strata are size classes of municipalities, so a stratum can hold others as well. The municipalities studied
    are then taken as the population: weights stay as they are and the strata's respondents are those who are left,
    which is right as long as each municipality was sampled by itself. A table without a row left raises ``NotBorne``
    where it is used, as one without rows does.
    """
    codes = list(inputs.settings.municipalities)
    tables = {name: borne(partial(inputs.tables.__getitem__, name)) for name in inputs.tables}
    for name in (name for name in PLACED if name in tables):
        tables[name] = borne(partial(_inside, inputs, name, codes))
    if "segments" in tables and "interviews" in tables:
        tables["segments"] = borne(lambda: _of_interviews(inputs, tables))
    lacking = {name for name, frame in tables.items() if isinstance(frame, Absent)}
    return dataclasses.replace(inputs, tables=tables, empty=inputs.empty | lacking)


def _inside(inputs: Inputs, name: str, codes: list[str]) -> "pd.DataFrame":
    inside = inputs.tables[name]["municipality_code"].isin(codes)
    if not inside.any():
        _none_left(name)
    return inputs.tables[name][inside].reset_index(drop=True)


def _of_interviews(inputs: Inputs, tables: "dict[str, pd.DataFrame]") -> "pd.DataFrame":
    """Keep the segments of the interviews kept; one of an interview that is not listed stays, for its reader to stumble over."""
    segments, interviews = inputs.tables["segments"], inputs.tables["interviews"]["interview_id"]
    held = segments["interview_id"].isin(tables["interviews"]["interview_id"])
    kept = segments[held | ~segments["interview_id"].isin(interviews)].reset_index(drop=True)
    if kept.empty:
        _none_left("segments")
    return kept


def _none_left(name: str) -> NoReturn:
    title = contract.load(name).title
    raise NotBorne(
        {
            "sv": f"Uppgifter saknas för studiens kommuner: {title['sv']}.",
            "en": f"There are no data on the municipalities studied: {title['en']}.",
        }
    )


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
