"""The figures of the recommendations, and the table of what they rest on."""

from collections.abc import Callable, Mapping
from functools import partial
from textwrap import fill

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.charts import Labels, grid, legend_of_marks, mark
from analysis.sections.recommendations.basis import RECOMMENDATIONS, Basis
from analysis.sections.recommendations.frames import Frames
from analysis.shared_texts import unit_of_places
from report_engine.contracts import study
from report_engine.drawing.charts import ends
from report_engine.drawing.style import canvas
from report_engine.model.section import Column, Provenance, Table, Unavailable, combine
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.texts import Texts


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


def exits_resource(found: Frames, say: Texts) -> Table:
    """Lay out exits to work or study beside resource activation, a row a municipality, most resource activation first."""
    known = found.exits.dropna(subset=["resource_share", "exit_share"])
    if len(known) < 2:
        raise Unavailable(say("unavailable.few_places"))
    data = known.sort_values("resource_share", ascending=False, kind="stable").reset_index(drop=True)
    years = say("years.several" if found.first != found.last else "years.one", first=found.first, last=found.last)
    rho = found.association
    shown = ends(data)
    official = data["official"].notna().any()
    tables = ("labour_units", *(("exits",) if official else ()))
    return Table(
        name="exits_resource",
        data=shown,
        columns=(
            Column("municipality", say("tables.exits_resource.municipality")),
            Column("resource_share", say("tables.exits_resource.resource"), "percent"),
            Column("exit_share", say("tables.exits_resource.exits"), "percent"),
            *((Column("official", say("tables.exits_resource.official"), "percent"),) if official else ()),
        ),
        caption=say(
            "tables.exits_resource.caption",
            years=years,
            rho=rho.estimate,
            low=rho.low,
            high=rho.high,
            places=len(data),
        ),
        provenance=Provenance(
            source=say("tables.exits_resource.source", years=years),
            origin=found.inputs.origin(*tables),
            tables=tables,
            n=len(data),
            n_unit=unit_of_places(len(data)),
        ),
        note=say("tables.exits_resource.ends", half=len(shown) // 2) if len(shown) < len(data) else None,
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


def draw_recommendations(data: pd.DataFrame, edition: Edition, *, rows: Labels, columns: Labels) -> Canvas:
    """Draw which claims each recommendation rests on, with the mark of each claim's verdict.

    ``data``: ``claim``, ``recommendation``, ``verdict``, ``synthetic``; ``rows`` are the claims' sentences, ``columns`` the recommendations'
    few words.
    """
    labels = [fill(text[edition], 46) for text in rows.values()]
    lines = sum(label.count("\n") + 1 for label in labels)
    figure, (axis,) = canvas(0.75 + 0.155 * lines + 0.11 * len(labels), grid="none")
    grid(axis, labels, [columns[name][edition] for name in columns], size=8)
    places, across = list(rows), list(columns)
    for item in data.itertuples():
        at = across.index(item.recommendation), places.index(item.claim)
        mark(axis, *at, item.verdict, synthetic=bool(item.synthetic))
    for column in range(1, len(across)):
        axis.axvline(column - 0.5, color="#eef1f3", linewidth=0.8, zorder=0)
    present = [outcome for outcome in VERDICT_WORDS if (data["verdict"] == outcome).any()]
    legend_of_marks(axis, present, edition, synthetic=bool(data["synthetic"].any()))
    return figure
