"""The figures of the knowledge review, and the table of studies with results."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.facts import inside
from analysis.sections.knowledge_review import tracks
from analysis.sections.knowledge_review.frames import RESULTS, Frames
from report_engine.drawing.charts import heat
from report_engine.drawing.style import ACCENT, MUTED, canvas, is_narrow, year_axis
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number
from report_engine.words.texts import Texts

STUDIES = ("studies",)


def themes(found: Frames, say: Texts) -> Drawn:
    """Show the number of studies by theme and result."""
    frame, labels = found.themes, found.inputs.labels["studies"]
    counts = frame.groupby("direction")["studies"].sum()
    rows = []
    for theme, part in frame[frame["studies"] > 0].groupby("theme", sort=False):
        cells = [
            say("figures.themes.cell", count=row.studies, direction=inside(labels["direction"][row.direction]))
            for row in part.itertuples()
        ]
        rows.append(say("figures.themes.row", theme=labels["theme"][theme], cells=cells))
    numbers = {"descriptive": int(counts["descriptive"]), "tested": int(counts[list(RESULTS)].sum())}
    return Drawn(
        frame,
        draw_themes,
        say("figures.themes.caption", total=int(counts.sum()), **numbers),
        say("figures.themes.alt", rows=rows),
        *_coded(found, say),
    )


def timeline(found: Frames, say: Texts) -> Drawn:
    """Show the studies over time."""
    frame, years = found.timeline, found.timeline["year"]
    tested = frame[frame["result"] == "tested"].sort_values(["year", "bib_key"])
    names = [found.names[key] for key in tested["bib_key"]]
    ends = {"first": int(years.min()), "last": int(years.max()), "middle": int(years.median())}
    return Drawn(
        frame,
        partial(draw_timeline, kinds=say.labels("labels.result")),
        say("figures.timeline.caption", **ends),
        say("figures.timeline.alt", total=len(frame), names=names),
        *_coded(found, say),
    )


def two_tracks(_: Frames, say: Texts) -> Drawn:
    """Show the two tracks as a diagram."""
    names, why = say.labels("labels.box"), say.labels("labels.why")
    arrows = []
    for source, target in tracks.ARROWS:
        ends, crossing = {"source": names[source], "target": names[target]}, why.get(tracks.arrow(source, target))
        said = say("figures.tracks.crossing", **ends, why=inside(crossing)) if crossing else None
        arrows.append(said or say("figures.tracks.arrow", **ends))
    return Drawn(
        tracks.rows(say),
        tracks.draw,
        say("figures.tracks.caption"),
        say("figures.tracks.alt", arrows=arrows),
        say("sources.described"),
        STUDIES,
        origin="literature",
    )


def reasons(found: Frames, say: Texts) -> Drawn:
    """Show how often each actor voices each reason."""
    frame, actors = found.reasons, found.inputs.labels["segments"]["speaker_actor"]
    smallest, ends = found.inputs.settings.smallest_cell, found.commonest.iloc[[0, -1]]
    (most, top), (least, bottom) = (
        (inside(found.reason(row.code)), None if pd.isna(row.n) or 0 < row.n < smallest else int(row.n))
        for row in ends.itertuples()
    )
    rows = []
    for code, part in frame.groupby("code", sort=False):
        cells = [
            say("figures.reasons.cell", actor=actors[row.actor], count=None if pd.isna(row.n) else int(row.n))
            for row in part.itertuples()
        ]
        rows.append(say("figures.reasons.row", reason=found.reason(str(code)), cells=cells))
    return Drawn(
        frame,
        draw_reasons,
        say("figures.reasons.caption", most=most, top=top, least=least, bottom=bottom),
        say("figures.reasons.alt", rows=rows),
        say("sources.interviews"),
        ("segments", "interviews", "codebook"),
        int(frame["n"].fillna(0).sum()),
        say("sources.segments"),
    )


def studies(found: Frames, say: Texts) -> Table:
    """List the studies that say what activation leads to."""
    shown, labels, heads = found.with_results, found.inputs.labels["studies"], say.labels("columns")
    coded = ("method", "direction", "sanctions", "coding_basis")
    source, tables, _, unit = _coded(found, say)
    return Table(
        name="studies",
        data=shown[["bib_key", "theme", *coded, "year", "title"]],
        columns=(
            Column("bib_key", heads["bib_key"], labels=found.names),
            *(Column(name, heads[name], labels=labels[name]) for name in coded),
        ),
        caption=say("tables.studies.caption", shown=len(shown), total=len(found.studies)),
        provenance=Provenance(source, found.inputs.origin(*tables), tables, len(shown), unit),
        note=say("tables.studies.note"),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "themes": themes,
    "timeline": timeline,
    "tracks": two_tracks,
    "reasons": reasons,
}


def _coded(found: Frames, say: Texts) -> tuple[Text, tuple[str, ...], int, Text]:
    return say("sources.literature"), STUDIES, len(found.studies), say("sources.studies")


def draw_themes(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the number of studies by theme and direction as a heat map, largest theme first."""
    rows = data[f"theme_{edition}"].drop_duplicates().tolist()
    columns = data[f"direction_{edition}"].drop_duplicates().tolist()
    counts = data.pivot(index=f"theme_{edition}", columns=f"direction_{edition}", values="studies").loc[rows, columns]
    texts = counts.map(lambda n: number(n, edition) if n else "")
    figure, (axis,) = canvas(0.7 + 0.33 * len(rows), grid="none")
    heat(axis, counts.where(counts > 0), texts, low=0, high=max(1, int(data["studies"].max())))
    axis.xaxis.tick_top()
    axis.set_xticks(axis.get_xticks(), [tracks.fold(name, 14) for name in columns])
    axis.tick_params(axis="x", rotation=0, pad=2)
    return figure


def draw_timeline(data: pd.DataFrame, edition: Edition, *, kinds: Mapping[object, Text]) -> Canvas:
    """Draw every study as a point: year across, theme down; its shape tells what kind of result it has."""
    rows = data[f"theme_{edition}"].drop_duplicates().tolist()
    figure, (axis,) = canvas(1.0 + 0.36 * len(rows), grid="both")
    points = {
        "tested": partial(axis.scatter, marker="o", s=46, color=ACCENT),
        "descriptive": partial(axis.scatter, marker="o", s=40, facecolor="white", edgecolor=ACCENT, linewidth=1.4),
        "not_read": partial(axis.scatter, marker="x", s=30, color=MUTED, linewidth=1.3),
    }
    apart = 0.2 if is_narrow(figure) else 0.3
    shifted = data.assign(row=data[f"theme_{edition}"].map({name: place for place, name in enumerate(rows)}))
    together = shifted.groupby(["year", "row"])
    shifted["y"] = shifted["row"] + (together.cumcount() - (together["row"].transform("size") - 1) / 2) * apart
    for kind, words in kinds.items():
        part = shifted[shifted["result"] == kind]
        points[str(kind)](part["year"], part["y"], label=words[edition], zorder=3)
    axis.set_yticks(range(len(rows)), rows)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    year_axis(axis, data["year"].tolist())
    axis.legend(loc="lower right", bbox_to_anchor=(1, 1.0), ncols=3, handletextpad=0.2, borderaxespad=0.2)
    return figure


def draw_reasons(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw how often each reason is voiced, by actor: colour for the share of the actor's segments, number in the cell."""
    rows = data[f"name_{edition}"].drop_duplicates().tolist()
    columns = data[f"actor_{edition}"].drop_duplicates().tolist()
    wide = data.pivot(index=f"name_{edition}", columns=f"actor_{edition}")
    shares, counts = (wide[key].loc[rows, columns] for key in ("share", "n"))
    texts = counts.map(lambda n: ".." if pd.isna(n) else number(n, edition))
    figure, (axis,) = canvas(0.9 + 0.42 * len(rows), grid="none")
    heat(axis, shares.astype("float64"), texts, low=0, high=max(0.01, float(data["share"].max())))
    axis.xaxis.tick_top()
    axis.set_xticks(axis.get_xticks(), [tracks.fold(name, 18) for name in columns], fontsize=8)
    axis.set_yticks(axis.get_yticks(), [tracks.fold(name, 18) for name in rows])
    axis.tick_params(axis="x", rotation=0, pad=2)
    return figure
