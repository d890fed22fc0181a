"""What claims on the years' cost and participants are tested by, and what their verdicts are judged again with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.effect_sizes import size
from analysis.sections.background.costs import yearly_totals
from analysis.sections.background.frames import Frames
from analysis.shared_texts import some_places
from report_engine.model.section import Outcome, Robustness, Stream, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Say

SHIFTS = ((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))
"""Years left out at the start and at the end of the series."""


@dataclass(frozen=True)
class Change:
    """How a cost changed (``growth``, a share) from year to year, and in how many of the municipalities compared it rose."""

    growth: float
    years: tuple[int, int]
    risen: int
    compared: int


@dataclass(frozen=True)
class Rise:
    """The rise of a cost in constant prices between the first and the last year with a final price index.

    Holds where it rose by ``limit`` (a share) or more, and in most municipalities; any other rise is borderline.
    """

    column: Literal["net_cost_real_tkr", "cost_per_participant"]
    tables: tuple[str, ...]
    limit: float = 0.0
    stream: Stream = "spending"

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the rise; the claim's text ``reason`` tells the change, and the limit where there is one."""
        found = change(data.totals, data.costs, self.column)
        if found is None:
            raise Unavailable(say("untestable"))
        first, last = found.years
        numbers = {"growth": found.growth, "risen": found.risen, "compared": found.compared}
        places = some_places(found.risen, found.compared)
        limit = {"limit": self.limit} if self.limit else {}
        return Verdict(
            self._outcome(found),
            {**numbers, "first_year": first, "last_year": last},
            say("reason", growth=found.growth, places=places, first=first, last=last, **limit),
            size(found.growth, "share", say("effect"), n=found.compared),
            firm.leaning(found.growth, 0.0),
        )

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the rise again without a municipality, between other years and in current prices."""
        others = (change(yearly_totals(costs), costs, self.column) for costs in other_costs(data.costs))
        return firm.rerun(verdict, map(self._outcome, others), data.say("robustness.costs"))

    def _outcome(self, found: Change | None) -> Outcome:
        if found is None:
            return "untestable"
        if not found.growth > 0:
            return "fails"
        return "holds" if found.growth >= self.limit and found.risen > found.compared / 2 else "borderline"


@dataclass(frozen=True)
class Fall:
    """The fall of a published national figure between the first and the last year that can be compared.

    Holds where it fell from each year to the next; a fall that some year interrupts is borderline. ``bases`` are those that
    can be compared (``None``: all); ``unit`` is ``share`` for a change in relation to the first year, ``percent`` for one
    in percentage points. ``presented`` looks no further than the year that the presentation is of.
    """

    indicator: str
    unit: Literal["share", "percent"]
    bases: tuple[str, ...] | None = None
    presented: bool = False
    stream: Stream = "spending"
    tables: tuple[str, ...] = ("labour_units_national",)

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the fall; the claim's text ``reason`` tells both ends and the change."""
        series = self._series(data.published, data)
        if len(series) < 2:
            raise Unavailable(say("untestable"))
        first, last = float(series.iloc[0]), float(series.iloc[-1])
        moved = last / first - 1 if self.unit == "share" else last - first
        numbers = {"change": moved, "first": first, "last": last}
        return Verdict(
            self._outcome(series),
            numbers,
            say("reason", **numbers, first_year=int(series.index[0]), last_year=int(series.index[-1])),
            size(moved, self.unit, say("effect"), n=len(series)),
            firm.leaning(moved, 0.0, sign=-1),
        )

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the fall again without each published figure."""
        others = (self._outcome(self._series(part, data)) for part in without_figure(data.published, (self.indicator,)))
        return firm.rerun(verdict, others, data.say("robustness.figures"))

    def _series(self, published: pd.DataFrame, data: Frames) -> pd.Series:
        rows = published[published["indicator"] == self.indicator]
        rows = rows[rows["year"] <= data.presented] if self.presented else rows
        rows = rows[rows["basis"].isin(self.bases)] if self.bases else rows
        return rows.sort_values(["year", "basis"]).groupby("year")["value"].first()

    def _outcome(self, series: pd.Series) -> Outcome:
        if len(series) < 2:
            return "untestable"
        steady = bool((series.diff().dropna() < 0).all())
        return "holds" if steady else "borderline" if series.iloc[-1] < series.iloc[0] else "fails"


def change(totals: pd.DataFrame, costs: pd.DataFrame, column: str) -> Change | None:
    """Compare the first and the last year with a final price index; None where there are not two.

    ``totals`` is ``yearly_totals``, ``costs`` ``municipal_costs``.
    """
    final = totals[totals["price_status"] == "final"].dropna(subset=[column])
    if len(final) < 2:
        return None
    first, last = final.iloc[0], final.iloc[-1]
    years = int(first["year"]), int(last["year"])
    wide = costs.pivot(index="municipality_code", columns="year", values=column)[list(years)].dropna()
    risen = int((wide[years[1]] > wide[years[0]]).sum())
    return Change(float(last[column] / first[column] - 1), years, risen, len(wide))


def other_costs(costs: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give ``municipal_costs`` without each municipality, without the first or last years, and in current prices."""
    yield from firm.leaving_out(costs, "municipality_code")
    final = sorted(costs.loc[costs["price_status"] == "final", "year"].unique())
    for early, late in SHIFTS:
        kept = final[early : len(final) - late]
        if len(kept) > 1:
            yield costs[costs["year"].isin(kept)]
    nominal = costs["cost_per_participant"] * costs["net_cost_tkr"] / costs["net_cost_real_tkr"]
    yield costs.assign(net_cost_real_tkr=costs["net_cost_tkr"], cost_per_participant=nominal)


def without_figure(published: pd.DataFrame, indicators: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Give the national figures without each published one of these indicators, the presentation's own kept."""
    dropped = published["indicator"].isin(list(indicators)) & (published["basis"] != "presentation")
    for row in published.index[dropped]:
        yield published.drop(index=row)
