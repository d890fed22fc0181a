"""What sections make of the coded interviews: segments by side, differences between sides, and how far a code reaches."""

from collections.abc import Sequence
from typing import NoReturn

import pandas as pd

from analysis.actors import MUNICIPAL_MANAGERS
from analysis.effect_sizes import size
from analysis.shared_texts import say, some_places
from report_engine.methods.cluster import clustered_difference
from report_engine.methods.estimate import Estimate
from report_engine.methods.stances import primary
from report_engine.model.section import Outcome, Unavailable, Verdict
from report_engine.results.robustness import majority
from report_engine.words.editions import Text

INTERVIEW_TABLES = ("codebook", "interviews", "segments")
"""The tidy tables that every result from interviews comes from."""


def interview_source(interviews: pd.DataFrame) -> Text:
    """Name the interviews with the years they were held in."""
    first, last = int(interviews["year"].min()), int(interviews["year"].max())
    return say("sources.interviews", years=str(first) if first == last else f"{first}–{last}")


def coded_segments(segments: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """Keep the primary coders' segments, with their interview's ``municipality_code`` and ``group``, and ``side``.

    ``side`` (of ``actors.GROUPS``) is the speaker, the municipal managers taken together.
    """

    places = interviews[["interview_id", "municipality_code", "group"]]
    coded = primary(segments, interviews).merge(places, on="interview_id", how="left", validate="many_to_one")
    municipal = coded["speaker_actor"].isin(list(MUNICIPAL_MANAGERS))
    return coded.assign(side=coded["speaker_actor"].mask(municipal, "municipal_manager"))


def code_difference(
    coded: pd.DataFrame,
    codes: Sequence[str],
    first: str,
    second: str,
    *,
    smallest: int,
    resamples: int,
    seed: int,
) -> Estimate:
    """Estimate how much larger a share of ``first``'s coded segments carries one of ``codes`` than of ``second``'s.

    ``first`` and ``second`` are of ``actors.GROUPS``; the interval is over interviews. All NaN where one of them has fewer than ``smallest``
    segments.
    """

    marked = coded.assign(hit=coded["code"].isin(list(codes)))
    spoken = [int((marked["side"] == side).sum()) for side in (first, second)]
    if min(spoken) < max(smallest, 1):
        nan = float("nan")
        return Estimate(nan, nan, nan, nan, 0)
    return clustered_difference(marked, "hit", "side", first, second, "interview_id", resamples=resamples, seed=seed)


class _Names(dict[object, Text]):
    """Names by code; asking for a code that the codebook lacks raises Unavailable."""

    def __missing__(self, code: object) -> Text:
        no_code()


def code_names(codebook: pd.DataFrame) -> dict[object, Text]:
    """Return the codes' names in both editions; asking for another code raises Unavailable."""
    return _Names({row.code: {"sv": row.name_sv, "en": row.name_en} for row in codebook.itertuples(index=False)})


def with_codes(coded: pd.DataFrame, codebook: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Give the coded segments back; raises Unavailable where the codebook has none of these codes, or nobody speaks at all."""
    if not codebook["code"].isin(list(codes)).any():
        no_code()
    if coded.empty:
        unheard()
    return coded


def no_code() -> NoReturn:
    """Raise Unavailable: the codebook has no such code."""
    raise Unavailable(say("unavailable.no_code"))


def unheard() -> NoReturn:
    """Raise Unavailable: nobody of those that a part is about speaks of its subject in the interviews."""
    raise Unavailable(say("unavailable.unheard"))


def reach(coded: pd.DataFrame, codes: Sequence[str]) -> pd.Series:
    """Count in how many municipalities each code (index, all of ``codes``) is voiced at least once."""
    voiced = coded.groupby("code")["municipality_code"].nunique()
    return voiced.reindex(list(codes), fill_value=0).astype("int64")


def voiced(coded: pd.DataFrame, codebook: pd.DataFrame, code: str, missing: Text) -> Verdict:
    """Judge that a code is voiced in most municipalities; untestable, for the reason ``missing``, without such a code.

    ``coded`` is ``coded_segments``. More than half of the municipalities: holds; at least one: borderline; none: fails.
    Raises Unavailable where nobody speaks of anything.
    """
    if code not in set(codebook["code"]):
        return Verdict("untestable", {}, missing)
    if coded.empty:
        unheard()
    found, places = int(reach(coded, [code])[code]), coded["municipality_code"].nunique()
    outcome: Outcome = "holds" if found > places / 2 else "borderline" if found else "fails"
    return Verdict(
        outcome,
        {"voiced_in": found, "municipalities": places},
        say("claims.voiced", places=some_places(found, places)),
        size(found, "count", say("effects.voiced_in"), n=places),
        majority(found, places),
    )
