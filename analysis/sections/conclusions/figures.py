"""The figures and tables of the conclusions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.charts import grid, legend_of_marks, mark
from analysis.evidence import OUTCOMES, STREAMS
from analysis.facts import inside
from analysis.sections.conclusions.frames import INDICATORS, Frames
from analysis.shared_texts import unit_of_places
from report_engine.drawing.style import ACCENT, INK, MUTED, canvas, is_narrow, percent_axis
from report_engine.model.section import Column, Outcome, Provenance, Table, combine
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.results.section_builder import Drawn
from report_engine.results.tables import verdict_column
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import both, count_words, percent
from report_engine.words.texts import Texts

Labels = Mapping[Any, Text]

COLUMNS = (*STREAMS, "overall")
SPEAKS: Mapping[Outcome, str] = {"holds": "for", "borderline": "unsure", "fails": "against", "untestable": "nothing"}


def triangulation(found: Frames, say: Texts) -> Drawn:
    """Show each conclusion by stream of evidence."""
    streams = say.labels("labels.stream")
    rows = []
    for name in found.overall:
        cells = found.matrix[found.matrix["conclusion"] == name].set_index("stream")["verdict"]
        said = [
            say("figures.triangulation.alt_cell", stream=inside(streams[stream]), verdict=VERDICT_WORDS[cells[stream]])
            for stream in COLUMNS
            if stream in cells
        ]
        rows.append(say("figures.triangulation.alt_row", conclusion=say(f"labels.conclusion.{name}"), said=said))
    by_stream = found.matrix[found.matrix["stream"] != "overall"]
    differ = int((by_stream.groupby("conclusion")["verdict"].nunique() > 1).sum())
    about = _about_claims(found, say)
    return Drawn(
        found.matrix,
        partial(draw_triangulation, rows=say.labels("labels.conclusion"), columns=streams),
        say("figures.triangulation.caption", conclusions=len(found.overall), tally=tally(found, say), differ=differ),
        say("figures.triangulation.alt", rows=rows),
        about.source,
        about.tables,
        about.n,
        about.n_unit,
        about.origin,
    )


def new(found: Frames, say: Texts) -> Drawn:
    """Show what is new at the units, an indicator a panel."""
    years = {"first_year": found.first, "last_year": found.last}
    known = {name: ends for name in INDICATORS if (ends := found.ends(name))}
    titles = say.labels("labels.indicator")
    ends_ = [
        say("figures.new.alt_ends", indicator=titles[name], first=first, last=last)
        for name, (first, last) in known.items()
    ]
    several = int(found.new["municipalities"].max()) > 1
    sentences = [say("figures.new.several_places" if several else "figures.new.one_place")]
    if degrees := known.get("degrees"):
        first, last = degrees
        sentences.insert(0, say("figures.new.degrees", change=last - first, first=first, last=last, **years))
    units, n = found.units, int(found.units["municipality_code"].nunique())
    return Drawn(
        found.new,
        partial(draw_new, titles=titles, key=[say(f"figures.new.{name}") for name in ("highest", "mean", "lowest")]),
        say("figures.new.caption", sentences=sentences),
        say("figures.new.alt", charts=both(count_words, len(known)), ends=ends_, **years),
        say("figures.new.source", first_year=int(units["year"].min()), last_year=int(units["year"].max())),
        ("labour_units",),
        n,
        unit_of_places(n),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {"triangulation": triangulation, "new": new}


def conclusions(found: Frames, say: Texts) -> Table:
    """List each conclusion and, below it, the claims it rests on."""
    statements: dict[object, Text] = {f"conclusions.{name}": say(f"claims.{name}.statement") for name in found.overall}
    statements |= {id_: claim.statement for id_, claim in found.inputs.claims.items()}
    return Table(
        name="conclusions",
        data=basis(found),
        columns=(
            Column("conclusion", say("tables.columns.conclusion"), labels=say.labels("labels.conclusion")),
            Column("claim", say("tables.columns.claim"), labels=statements),
            verdict_column(),
            Column("speaks", say("tables.columns.speaks"), labels=say.labels("labels.speaks")),
        ),
        caption=say("tables.conclusions.caption"),
        provenance=_about_claims(found, say),
        note=say("tables.rule"),
    )


TABLES: Mapping[str, Callable[[Frames, Texts], Table]] = {"conclusions": conclusions}


def basis(found: Frames) -> pd.DataFrame:
    """List each conclusion and, below it, the claims it rests on: ``conclusion``, ``claim``, ``verdict``, ``speaks``.

    ``speaks`` is what the claim does to the conclusion: ``for``, ``against``, ``unsure`` or ``nothing``; ``overall`` for the conclusion.
    """
    rows = []
    for name, said in found.said.items():
        rows.append((name, f"conclusions.{name}", found.overall[name], "overall"))
        claims = found.inputs.claims
        rows += [(name, id_, claims[id_].verdict.outcome, SPEAKS[outcome]) for id_, outcome in said.items()]
    return pd.DataFrame(rows, columns=["conclusion", "claim", "verdict", "speaks"])


def tally(found: Frames, say: Texts) -> Text:
    """Say how many conclusions have each verdict: ``håller fem och är tre osäkra``."""
    verdicts = list(found.overall.values())
    counts = {outcome: verdicts.count(outcome) for outcome in OUTCOMES}
    return say("tally.all", parts=[say(f"tally.{name}", count=count) for name, count in counts.items() if count])


def _about_claims(found: Frames, say: Texts) -> Provenance:
    """What stands under matrix and table: they rest on claims, and through these on all the report's data."""
    return Provenance(
        source=say("tables.source"),
        origin=combine({claim.origin for claim in found.behind}),
        tables=tuple(sorted({table for claim in found.behind for table in claim.tables})),
        n=len(found.behind),
        n_unit=say("tables.unit"),
    )


def draw_triangulation(data: pd.DataFrame, edition: Edition, *, rows: Labels, columns: Labels) -> Canvas:
    """Draw a matrix of conclusions and streams of evidence, a mark and a word in each cell.

    ``data``: ``conclusion``, ``stream`` (with ``overall``), ``verdict``, ``synthetic``; cells without a row are drawn as a dash.
    """
    names = [row for row in rows if (data["conclusion"] == row).any()]
    figure, (axis,) = canvas(0.5 + 0.42 * len(names), grid="none")
    grid(axis, [fill(rows[name][edition], 30) for name in names], [columns[c][edition] for c in columns])
    found = data.set_index(["conclusion", "stream"])
    narrow = is_narrow(figure)
    left = 0 if narrow else 0.34  # of a column: where marks stand that have words beside them
    for place, name in enumerate(names):
        for column, stream in enumerate(columns):
            if (name, stream) not in found.index:
                axis.text(column - left, place, "–", ha="center", va="center", color=MUTED)
                continue
            outcome = found.at[(name, stream), "verdict"]
            weight = 600 if stream == "overall" else 400
            mark(axis, column - left, place, outcome, synthetic=bool(found.at[(name, stream), "synthetic"]))
            if narrow:
                continue
            word = VERDICT_WORDS[outcome][edition]
            axis.text(column - 0.2, place, fill(word, 12), ha="left", va="center", fontsize=8.5, fontweight=weight)
    axis.axvline(len(columns) - 1.5, color=MUTED, linewidth=0.8)
    present = [outcome for outcome in VERDICT_WORDS if (data["verdict"] == outcome).any()]
    legend_of_marks(axis, present, edition, synthetic=bool(data["synthetic"].any()))
    return figure


def draw_new(data: pd.DataFrame, edition: Edition, *, titles: Labels, key: Sequence[Text]) -> Canvas:
    """Draw what is new as small multiples: the mean of the municipalities and their range over the years.

    ``data``: ``indicator``, ``year``, ``mean``, ``low``, ``high`` (shares; range missing for yes/no indicators). ``key``
    names the band's upper edge, the line and the lower edge.
    """
    names = [name for name in titles if (data["indicator"] == name).any()]
    figure, axes = canvas(3.9, rows=2, columns=3, grid="y", sharex=True)
    years = [int(year) for year in sorted(data["year"].unique())]
    for axis, name in zip(axes, names, strict=False):
        part = data[data["indicator"] == name].sort_values("year", kind="stable")
        axis.fill_between(
            part["year"], part["low"].astype(float), part["high"].astype(float), color="#d3e2e6", linewidth=0
        )
        axis.plot(part["year"], part["mean"], color=ACCENT)
        for place, align in ((0, "left"), (-1, "right")):
            at = (part["year"].iloc[place], part["mean"].iloc[place])
            axis.plot(*at, marker="o", color=ACCENT, markersize=4.5)
            words = percent(part["mean"].iloc[place], edition)
            axis.annotate(
                words, at, (0, 7), textcoords="offset points", ha=align, fontsize=8.5, fontweight=600, color=INK
            )
        axis.set_ylim(0, 1)
        axis.set_yticks([0, 0.5, 1])
        percent_axis(axis, "y", edition)
        axis.set_title(fill(titles[name][edition], 26), fontsize=9)
        axis.set_xticks([years[0], years[-1]])
        axis.tick_params(axis="x", labelbottom=True)
    for axis in axes[len(names) :]:
        _key(axis, [text[edition] for text in key])
    return figure


def _key(axis: Axes, words: Sequence[str]) -> None:
    """Explain line and band in an empty panel."""
    axis.set_axis_off()
    axis.set_ylim(0, 1)
    axis.fill_between([0, 1], [0.35, 0.35], [0.75, 0.75], color="#d3e2e6", linewidth=0, transform=axis.transAxes)
    axis.plot([0, 1], [0.5, 0.6], color=ACCENT, transform=axis.transAxes)
    for text, y, align in zip(words, (0.78, 0.58, 0.32), ("bottom", "bottom", "top"), strict=True):
        axis.text(0.5, y, text, ha="center", va=align, fontsize=8.5, color=MUTED, transform=axis.transAxes)
