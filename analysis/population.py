"""What the report is about: the municipalities in the settings, and nobody else's answers, interviews or measures."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.shared_texts import say as shared
from report_engine.contracts import contract
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs

if TYPE_CHECKING:
    import pandas as pd

    from report_engine.settings.settings import Years

PLACED = ("actors", "interviews", "labour_units", "municipal_accounts")
"""Tables with rows of single municipalities that the data may hold more of than the report is about."""

DATED = ("labour_units", "municipal_accounts")
"""Those of them with rows of single years."""

AREA = "labour_market_measures"
"""The only area of the municipalities' accounts that the report tells of."""


def studied(inputs: Inputs, years: "Years | None" = None) -> Inputs:
    """Keep the respondents, interviews, coded segments, labour-market units and accounts of the settings' municipalities.

    The survey's strata are size classes of municipalities, so a stratum can hold others as well. The municipalities studied
    are then taken as the population: weights stay as they are and the strata's respondents are those who are left,
    which is right as long as each municipality was sampled by itself. A table without a row left raises ``Unavailable``
    where it is used, as one without rows does. Of units and accounts only the rows of ``years`` are kept where these are given.
    """
    tables = _Studied(inputs.tables, list(inputs.settings.municipalities), years)
    return dataclasses.replace(inputs, tables=tables, empty=frozenset(name for name in tables if not tables.has(name)))


class _Studied(Mapping[str, "pd.DataFrame"]):
    """Tables of which only the rows of some municipalities are kept, each when it is first asked for."""

    def __init__(self, tables: "Mapping[str, pd.DataFrame]", codes: list[str], years: "Years | None") -> None:
        self._tables, self._codes, self._years = tables, codes, years
        self._kept: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> "pd.DataFrame":
        if name not in self._kept:
            self._kept[name] = self._keep(name)
        if self._kept[name].empty:
            raise Unavailable(shared("unavailable.not_studied", table=contract.load(name).title))
        return self._kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def has(self, name: str) -> bool:
        """Say whether a table has rows left."""
        try:
            return bool(len(self[name]))
        except Unavailable:
            return False

    def _keep(self, name: str) -> "pd.DataFrame":
        frame = self._tables[name]
        if name in PLACED:
            frame = frame[frame["municipality_code"].isin(self._codes)]
            if name == "municipal_accounts":
                frame = frame[frame["area"] == AREA]
            if name in DATED and self._years:
                frame = frame[frame["year"].between(self._years.first, self._years.last)]
            return (designed(frame) if name == "actors" else frame).reset_index(drop=True)
        if name == "segments" and "interviews" in self._tables:
            # one of an interview that is not listed stays, for its reader to stumble over
            listed = self._tables["interviews"]["interview_id"]
            held = frame["interview_id"].isin(self["interviews"]["interview_id"])
            return frame[held | ~frame["interview_id"].isin(listed)].reset_index(drop=True)
        return frame


def designed(actors: "pd.DataFrame") -> "pd.DataFrame":
    """Fill in the design that a survey does not state: without weights everybody weighs the same, and without strata each
    wave is a simple random sample. One that states it comes back as it is, but for whoever stands for nobody (weight 0)."""
    if actors["weight"].isna().all():
        actors = actors.assign(weight=1.0)
    if actors["stratum"].isna().all():
        actors = actors.assign(stratum=actors["wave"].astype(str))
    return actors[actors["weight"] != 0]


def in_frame(actors: "pd.DataFrame", survey_frame: "pd.DataFrame") -> None:
    """Raise ``Unavailable`` where the survey frame is not about the strata of these respondents, or these are not known."""
    strata = set(zip(actors["wave"], actors["stratum"], strict=True))
    if strata.isdisjoint(zip(survey_frame["wave"], survey_frame["stratum"], strict=True)):
        raise Unavailable(shared("unavailable.no_frame"))


def sampled_strata(
    actors: "pd.DataFrame", survey_frame: "pd.DataFrame", codes: tuple[str, ...]
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Keep the strata that the municipalities of these codes are in, for response rates.

    How many were invited is known by stratum only, so a stratum counts with all its respondents, also those of other
    municipalities in it; strata whose respondents all come from other municipalities are left out, those in which
    nobody answered stay. Returns both frames, fewer rows. Raises what ``in_frame`` does.
    """
    in_frame(actors, survey_frame)
    own = set(actors.loc[actors["municipality_code"].isin(list(codes)), "stratum"])
    others = set(actors["stratum"]) - own
    return actors[actors["stratum"].isin(own)], survey_frame[~survey_frame["stratum"].isin(others)]
