"""The figures of the recommendations, and the table of what they rest on."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.charts import Labels, grid, mark
from analysis.sections.recommendations.basis import RECOMMENDATIONS, Basis
from analysis.sections.recommendations.frames import Frames
from analysis.shared_texts import unit_of_places
from report_engine.contracts import study
from report_engine.drawing.style import ACCENT, MUTED, canvas, percent_axis
from report_engine.model.section import Column, Outcome, Provenance, Table, Unavailable, combine
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.texts import Texts

_FONT = 8.5
_SIDES = ((1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"))


def exits_resource(found: Frames, say: Texts) -> Drawn:
    """Show exits to work or study beside resource activation, a named point a municipality."""
    shown = found.exits.dropna(subset=["resource_share", "exit_share"]).reset_index(drop=True)
    if len(shown) < 2:
        raise Unavailable(say("unavailable.few_places"))
    years = say("years.several" if found.first != found.last else "years.one", first=found.first, last=found.last)
    rho = found.association
    points = [
        say("figures.exits_resource.point", place=row.municipality, resource=row.resource_share, exits=row.exit_share)
        for row in found.exits.sort_values("resource_share", kind="stable").itertuples()
    ]
    axes = [say(f"figures.exits_resource.{axis}") for axis in ("resource_axis", "exits_axis")]
    return Drawn(
        shown,
        partial(draw_exits_resource, labels=axes),
        say(
            "figures.exits_resource.caption",
            years=years,
            rho=rho.estimate,
            low=rho.low,
            high=rho.high,
            places=len(found.exits),
        ),
        say("figures.exits_resource.alt", points=points),
        say("figures.exits_resource.source", years=years),
        ("labour_units",),
        len(shown),
        unit_of_places(len(shown)),
    )


def recommendations(found: Frames, say: Texts) -> Drawn:
    """Show which claims each recommendation rests on, with their verdicts."""
    basis = found.basis
    outcomes = [claim.verdict.outcome for claim in basis.behind]
    holds, total = outcomes.count("holds"), len(outcomes)
    columns = [
        say(
            "figures.recommendations.column",
            recommendation=say(f"labels.statement.{name}"),
            counts=_counts(name, basis, say),
        )
        for name in RECOMMENDATIONS
    ]
    about = _about_claims(basis, say)
    return Drawn(
        basis.matrix,
        partial(
            draw_recommendations,
            rows={claim.id: claim.statement for claim in basis.behind},
            columns=say.labels("labels.short"),
        ),
        say(
            "figures.recommendations.caption",
            recommendations=len(RECOMMENDATIONS),
            claims=total,
            holds=holds,
            share=holds / total,
        ),
        say("figures.recommendations.alt", columns=columns),
        about.source,
        about.tables,
        about.n,
        about.n_unit,
        about.origin,
    )


def basis_table(found: Frames, say: Texts) -> Table:
    """Lay out what each recommendation rests on: claims by verdict, those that are findings, and their sections."""
    basis = found.basis
    data = basis.summary
    titles = {**study.load().sections, "recommendations": say("tables.basis.this_section")}
    sections: dict[object, Text] = {
        names: say("tables.basis.sections", names=[titles[name] for name in names.split(" ")])
        for names in data["sections"]
    }
    counts = (
        Column(outcome, say("tables.basis.count", verdict=word), "integer")
        for outcome, word in VERDICT_WORDS.items()
        if data[outcome].any()
    )
    about = _about_claims(basis, say)
    findings = say("tables.basis.of_them") if about.origin in ("synthetic", "mixed") else None
    return Table(
        name="basis",
        data=data,
        columns=(
            Column("recommendation", say("tables.basis.recommendation"), labels=say.labels("labels.statement")),
            *counts,
            Column("findings", say("tables.basis.findings"), "integer"),
            Column("sections", say("tables.basis.from"), labels=sections),
        ),
        caption=say("tables.basis.caption", findings=findings),
        provenance=about,
        note=say("tables.basis.note"),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "exits_resource": exits_resource,
    "recommendations": recommendations,
}


def _counts(name: str, basis: Basis, say: Texts) -> list[Text]:
    """Count the claims behind a recommendation by their verdicts."""
    found = [claim.verdict.outcome for claim in basis.of(name)]
    return [
        say("figures.recommendations.count", verdict=word, count=found.count(outcome))
        for outcome, word in VERDICT_WORDS.items()
        if outcome in found
    ]


def _about_claims(basis: Basis, say: Texts) -> Provenance:
    """What stands under matrix and table: they rest on claims, and through these on all the report's data."""
    return Provenance(
        source=say("tables.source"),
        origin=combine({claim.origin for claim in basis.behind}),
        tables=tuple(sorted({table for claim in basis.behind for table in claim.tables})),
        n=len(basis.behind),
        n_unit=say("tables.unit"),
    )


def draw_exits_resource(data: pd.DataFrame, edition: Edition, *, labels: Sequence[Text]) -> Canvas:
    """Draw exits to work or study against the share of resource activation, one named point a municipality.

    ``data``: ``municipality`` (str), ``resource_share``, ``exit_share`` (0–1); ``labels`` are those of the two axes.
    """
    figure, (axis,) = canvas(3.8, grid="both")
    axis.plot(data["resource_share"], data["exit_share"], "o", color=ACCENT, markersize=7, markeredgecolor="white")
    axis.margins(x=0.14, y=0.12)
    percent_axis(axis, "x", edition)
    percent_axis(axis, "y", edition)
    axis.set_xlabel(labels[0][edition])
    axis.set_ylabel(labels[1][edition])
    _name_points(figure, axis, data)
    return figure


def _name_points(figure: Canvas, axis: Axes, data: pd.DataFrame) -> None:
    """Write each point's name on the side where it meets fewest other names and points."""
    width, height = figure.get_size_inches() * 72 * 0.82  # the axes' share of the figure, in points
    (left, right), (low, high) = axis.get_xlim(), axis.get_ylim()
    xs = (data["resource_share"] - left) / (right - left) * width
    ys = (data["exit_share"] - low) / (high - low) * height
    dots = [(x - 5, y - 5, x + 5, y + 5) for x, y in zip(xs, ys, strict=True)]
    taken: list[tuple[float, float, float, float]] = []
    for index, (x, y, name) in enumerate(zip(xs, ys, data["municipality"], strict=True)):
        boxes = [_box(x, y, side, len(str(name)) * _FONT * 0.52) for side in _SIDES]
        others = [*taken, *dots[:index], *dots[index + 1 :]]
        best = min(range(len(_SIDES)), key=lambda place: (_overlap(boxes[place], others), place))
        taken.append(boxes[best])
        dx, dy, ha, va = _SIDES[best]
        at = (data["resource_share"].iloc[index], data["exit_share"].iloc[index])
        axis.annotate(str(name), at, (dx * 7, dy * 6), textcoords="offset points", ha=ha, va=va, fontsize=_FONT)


def _box(x: float, y: float, side: tuple[int, int, str, str], width: float) -> tuple[float, float, float, float]:
    _, dy, ha, _ = side
    start = x + 7 if ha == "left" else x - 7 - width if ha == "right" else x - width / 2
    bottom = y + dy * (6 + _FONT / 2) - _FONT / 2
    return start, bottom, start + width, bottom + _FONT


def _overlap(box: tuple[float, float, float, float], others: Sequence[tuple[float, float, float, float]]) -> float:
    area = 0.0
    for other in others:
        wide = min(box[2], other[2]) - max(box[0], other[0])
        tall = min(box[3], other[3]) - max(box[1], other[1])
        area += max(wide, 0) * max(tall, 0)
    return area


def draw_recommendations(data: pd.DataFrame, edition: Edition, *, rows: Labels, columns: Labels) -> Canvas:
    """Draw which claims each recommendation rests on, with the mark of each claim's verdict.

    ``data``: ``claim``, ``recommendation``, ``verdict``; ``rows`` are the claims' sentences, ``columns`` the recommendations'
    few words.
    """
    labels = [fill(text[edition], 46) for text in rows.values()]
    lines = sum(label.count("\n") + 1 for label in labels)
    figure, (axis,) = canvas(0.75 + 0.155 * lines + 0.11 * len(labels), grid="none")
    grid(axis, labels, [columns[name][edition] for name in columns], size=8)
    places, across = list(rows), list(columns)
    present: list[Outcome] = []
    for item in data.itertuples():
        mark(axis, across.index(item.recommendation), places.index(item.claim), item.verdict)
        present.append(item.verdict)
    for column in range(1, len(across)):
        axis.axvline(column - 0.5, color="#eef1f3", linewidth=0.8, zorder=0)
    _legend(axis, [outcome for outcome in VERDICT_WORDS if outcome in present], edition, len(labels))
    return figure


def _legend(axis: Axes, outcomes: Sequence[Outcome], edition: Edition, rows: int) -> None:
    """Explain the marks in a line below the matrix."""
    for place, outcome in enumerate(outcomes):
        x = -0.3 + place * 1.5
        mark(axis, x, rows, outcome)
        word = VERDICT_WORDS[outcome][edition]
        axis.text(x + 0.22, rows, word, va="center", fontsize=8, color=MUTED, clip_on=False)
