"""What the visits say: sums by place and year, and how they changed."""

from functools import cached_property

import pandas as pd

from report_engine.results.inputs import Inputs

PLACES = ("town", "village")


class Frames:
    """What the section computes once, when it is asked for; raises ``Unavailable`` where the data do not bear it."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    @cached_property
    def by_place(self) -> pd.DataFrame:
        """Visits by kind of place and year: place, year, visits, n (libraries)."""
        years = self.inputs.settings.years
        visits = self.inputs.tables["visits"].merge(self.inputs.tables["libraries"], on="library", how="left")
        visits = visits[visits["year"].between(years.first, years.last)]
        return summed(visits)

    @property
    def first(self) -> int:
        """The first year with visits."""
        return int(self.by_place["year"].min())

    @property
    def last(self) -> int:
        """The last year with visits."""
        return int(self.by_place["year"].max())

    def change(self, place: str) -> float:
        """Return by which share the visits of a kind of place changed between the first and the last year."""
        rows = self.by_place[self.by_place["place"] == place].set_index("year")["visits"]
        return float(rows[self.last] / rows[self.first] - 1)


def summed(visits: pd.DataFrame) -> pd.DataFrame:
    """Sum visits (``place``, ``year``, ``visits``, ``library``) by place and year; n counts the libraries."""
    groups = visits.groupby(["place", "year"], sort=True)
    return groups.agg(visits=("visits", "sum"), n=("library", "nunique")).reset_index()
