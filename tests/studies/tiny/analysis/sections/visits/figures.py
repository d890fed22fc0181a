"""The figure and the table on visits."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.sections.visits.frames import PLACES, Frames
from report_engine.drawing.charts import lines
from report_engine.drawing.style import canvas, number_axis, year_axis
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.texts import Texts

TABLES = ("libraries", "visits")


def over_time(found: Frames, say: Texts) -> Drawn:
    """Show the visits to libraries in towns and villages, year by year."""
    labels = found.inputs.labels["libraries"]["place"]
    rows = [
        say("figures.over_time.alt_row", place=labels[row.place], year=row.year, visits=row.visits)
        for row in found.by_place.itertuples()
    ]
    return Drawn(
        found.by_place,
        partial(draw, labels=labels, axis_label=say("figures.over_time.axis")),
        say("figures.over_time.caption", first=found.first, last=found.last, **_changes(found)),
        say("figures.over_time.alt", rows=rows),
        say("source", first=found.first, last=found.last),
        TABLES,
        int(found.by_place["n"].max()),
        say("libraries"),
    )


def draw(data: pd.DataFrame, edition: Edition, *, labels: Mapping[object, Text], axis_label: Text) -> Canvas:
    """Draw a line a kind of place; ``data``: ``place``, ``year``, ``visits``."""
    figure, (axis,) = canvas(3.0)
    names = {place: labels[place][edition] for place in PLACES}
    lines(axis, data, x="year", y="visits", series="place", labels=names)
    year_axis(axis, data["year"].tolist())
    axis.set_ylim(bottom=0)
    axis.set_ylabel(axis_label[edition])
    number_axis(axis, "y", edition)
    return figure


def table(found: Frames, say: Texts) -> Table:
    """Lay out visits by place and year."""
    titles, labels = found.inputs.titles, found.inputs.labels["libraries"]["place"]
    return Table(
        "by_place",
        found.by_place,
        (
            Column("place", titles["libraries"]["place"], labels=labels),
            Column("year", titles["visits"]["year"], "code"),
            Column("visits", titles["visits"]["visits"], "integer"),
        ),
        say("tables.by_place.caption"),
        Provenance(say("source", first=found.first, last=found.last), found.inputs.origin(*TABLES), TABLES),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {"over_time": over_time}


def _changes(found: Frames) -> dict[str, float]:
    return {place: found.change(place) for place in PLACES}
