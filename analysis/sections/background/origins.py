"""What is said of accounts that are synthetic: of which years, and of how much of the series."""

from collections.abc import Callable, Collection, Iterator
from typing import Literal

import pandas as pd

from analysis.population import AREA
from analysis.sections.background.frames import Frames
from report_engine.model.section import Fact, Origin, combine, row_origins
from report_engine.words.editions import Text
from report_engine.words.texts import Texts

ACCOUNTS = "municipal_accounts"
STATISTICS_SWEDEN = "SCB"
"""How the sources of rows from its municipal accounts begin."""
Share = Literal["none", "some", "most", "all"]


def of_rows(found: Frames, tables: Collection[str], years: Collection[int]) -> Origin:
    """Say where the rows behind costs of these years come from, and those of the other tables that they rest on."""
    costs = found.costs[found.costs["year"].isin(list(years))]
    others = (name for name in tables if name != ACCOUNTS)
    return combine({found.inputs.origin(*others), *row_origins(costs)})


def accounts_source(found: Frames, say: Texts) -> Text:
    """Name where the costs come from: SCB's accounts, else what their rows give as their source; nobody where all are made up."""
    accounts = found.inputs.tables[ACCOUNTS]
    used = accounts[(accounts["area"] == AREA) & accounts["year"].isin(found.costs["year"])]
    named = sorted({str(source) for source in used.loc[used["origin"] != "synthetic", "source"]})
    if not named:
        return say("sources.synthetic_accounts")
    if all(source.startswith(STATISTICS_SWEDEN) for source in named):
        return say("sources.accounts")
    return say("sources.own_accounts", sources=named)


def synthetic_share(costs: pd.DataFrame) -> Share:
    """Say how much of the costs (``municipal_costs``) is synthetic."""
    share = (costs["origin"] == "synthetic").mean()
    if share in (0, 1):
        return "all" if share else "none"
    return "most" if share > 0.5 else "some"


def synthetic_years(costs: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Return the years in which all costs are synthetic, and those in which some are, sorted."""
    by_year = (costs["origin"] == "synthetic").groupby(costs["year"]).mean()
    return [int(year) for year in by_year.index[by_year == 1]], [
        int(y) for y in by_year.index[by_year.between(0, 1, "neither")]
    ]


def synthetic_sentence(costs: pd.DataFrame, say: Texts) -> Text:
    """Tell which of the costs are synthetic: all, those before a year, or those of single years."""
    whole, partly = synthetic_years(costs)
    if not whole and not partly:
        return say("facts.synthetic_none")
    if synthetic_share(costs) == "all":
        return say("facts.synthetic_all")
    if (year := official_from(costs)) is not None:
        return say("facts.synthetic_before", year=year)
    some = say("facts.synthetic_some", years=_spans(partly, say)) if partly else None
    if not whole:
        return say("facts.synthetic_partly", some=some)
    return say(
        "facts.synthetic_years", years=_spans(whole, say), also=say("facts.synthetic_also", some=some) if some else None
    )


def official_from(costs: pd.DataFrame) -> int | None:
    """Return the year from which no cost is synthetic where all before it are; ``None`` where it is otherwise."""
    whole, partly = synthetic_years(costs)
    years = sorted({int(year) for year in costs["year"]})
    mixed = partly or whole != years[: len(whole)] or len(whole) in (0, len(years))
    return None if mixed else years[len(whole)]


def facts(found: Frames, say: Texts, add: Callable[..., Fact]) -> Iterator[Fact]:
    """Give what chapters say of synthetic costs."""
    costs = found.costs
    sentence, origin = synthetic_sentence(costs, say), combine(row_origins(costs))
    only_last = official_from(costs) == costs["year"].max()
    yield add("costs_origin", None, sentence, "text", origin=origin)
    earlier = say("facts.synthetic_earlier") if only_last else sentence
    yield add("costs_origin_earlier", None, earlier, "text", origin=origin)
    share = synthetic_share(costs)
    yield add("costs_origin_series", None, say("facts.synthetic_series", share=share), "text", origin=origin)
    yield add("costs_origin_part", None, say("facts.synthetic_part", share=share), "text", origin=origin)


def _spans(years: Collection[int], say: Texts) -> list[Text]:
    """Write years, those that follow one another as a span."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return [
        say("facts.synthetic_span", first=first, last=last) if first < last else say("facts.synthetic_year", year=first)
        for first, last in zip(starts, ends, strict=True)
    ]
