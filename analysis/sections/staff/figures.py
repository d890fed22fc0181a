"""The figures on staff, and the table of what they answered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from analysis.actors import STAFF
from analysis.charts import Labels, finish, hidden, wrapped
from analysis.facts import inside
from analysis.interviews import INTERVIEW_TABLES, code_names, interview_source
from analysis.sections.staff.frames import CHAIRS, EMPLOYED, ITEMS, KNOWLEDGE, SUPPORT, WORKPLACES, Frames
from analysis.shared_texts import answers
from analysis.shared_texts import say as shared
from analysis.survey import SURVEY, agreeing_note, cell, latest_wave, side_by_side, survey_source
from report_engine.drawing.charts import dots_with_interval, ends, likert_bars, say_ends
from report_engine.drawing.style import ACCENT, INK, MUTED, WARM, canvas, number_axis
from report_engine.methods.disclosure import suppressed_cells
from report_engine.methods.perturbation import cases, count
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number
from report_engine.words.texts import Texts


def support(found: Frames, say: Texts) -> Drawn:
    """Show who gets support: answers by actor, an item a panel."""
    merged = shared("survey.merged") if found.likert["merged"].any() else None
    return Drawn(
        found.likert,
        partial(draw_support, actors=_employed(found), items=_items(found, SUPPORT)),
        say("figures.furthest_supported.caption", **_ranges(found, say, SUPPORT), wave=found.last, merged=merged),
        say("figures.furthest_supported.alt", items=_alt_items(found, say, SUPPORT)),
        *_all_answers(found),
    )


def knowledge(found: Frames, say: Texts) -> Drawn:
    """Show what is known and documented: shares by actor, with intervals."""
    return Drawn(
        found.by_actor[found.by_actor["item"].isin(KNOWLEDGE)].reset_index(drop=True),
        partial(draw_knowledge, actors=_employed(found), items=_items(found, KNOWLEDGE)),
        say("figures.effects_known.caption", **_ranges(found, say, KNOWLEDGE), wave=found.last),
        say("figures.effects_known.alt", items=_alt_items(found, say, KNOWLEDGE)),
        *_all_answers(found),
    )


def caseload(found: Frames, say: Texts) -> Drawn:
    """Show the caseload by workplace and position in both waves."""
    everyone = found.inputs.tables["actors"]
    waves = {"first": found.first, "last": found.last} if found.first != found.last else {"last": found.last}
    shares = {
        f"{name}_{when}": cell(found.caseload, row=place, wave=wave)["estimate"]
        for place, name in (("social_services", "social"), ("labour_unit", "units"))
        for when, wave in waves.items()
    }
    key = "caption" if len(waves) > 1 else "caption_one_wave"
    rows = [
        say("figures.caseload.alt_row", row=say(f"labels.row.{row}"), wave=wave, share=_share(found, row, wave))
        for row in say.keys("labels.row")
        for wave in waves.values()
    ]
    asked = everyone["actor"].isin([actor for members in WORKPLACES.values() for actor in members])
    return Drawn(
        found.caseload,
        partial(draw_caseload, rows=say.labels("labels.drawn_row"), axis_label=say("figures.caseload.axis")),
        say(f"figures.caseload.{key}", **shares, **waves),
        say("figures.caseload.alt", rows=rows),
        survey_source(everyone),
        SURVEY,
        cases(everyone[asked]),
        shared("units.respondents"),
    )


def chairs(found: Frames, say: Texts) -> Drawn:
    """Show falling between chairs and Försäkringskassan in the interviews, municipality by municipality."""
    names = code_names(found.inputs.tables["codebook"])
    places = found.chairs["municipality_code"].nunique()
    totals = {
        name: count(found.coded, found.coded["code"] == code)
        for name, code in zip(("chairs", "agency"), CHAIRS, strict=True)
    }
    shown = found.chairs[(found.chairs["code"] == CHAIRS[0]) & (found.chairs["n"] > 0)]
    most = shown.sort_values(["n", "municipality"], ascending=[False, True]).head(1)
    top = None
    if places > 1:
        where = [(row.municipality, int(row.n)) for row in most.itertuples()]
        top = say("figures.fall_between_chairs.most", place=where[0][0], n=where[0][1]) if where else None
    rows = [
        say("figures.fall_between_chairs.alt_row", place=part["municipality"].iloc[0], **_counts(part))
        for _, part in found.chairs.groupby("municipality", sort=False)
    ]
    return Drawn(
        found.chairs,
        partial(draw_chairs, codes={code: names[code] for code in CHAIRS}, axis_label=shared("axes.segments")),
        say("figures.fall_between_chairs.caption", **totals, places=places, most=top),
        say("figures.fall_between_chairs.alt", rows=rows),
        interview_source(found.inputs.tables["interviews"]),
        INTERVIEW_TABLES,
        cases(found.coded[found.coded["code"].isin(CHAIRS)]),
        shared("units.segments"),
    )


def items(found: Frames, say: Texts) -> Table:
    """Lay out the staff's answers to every item, actor beside actor."""
    rows = found.by_actor[found.by_actor["actor"].isin(STAFF)]
    data, wording = side_by_side(rows, [item for item in ITEMS if item in set(rows["item"])], "actor", STAFF)
    asked = latest_wave(found.inputs.tables["actors"])
    asked = asked[asked["actor"].isin(STAFF)]
    actors = found.inputs.labels["actors"]["actor"]
    return Table(
        name="items",
        data=data,
        columns=(
            Column("item", shared("columns.item"), labels=_items(found, ITEMS)),
            *(Column(f"{actor}_text", actors[actor], labels=wording) for actor in STAFF),
        ),
        caption=say("tables.items.caption", items=rows["item"].nunique(), wave=found.last),
        provenance=Provenance(
            survey_source(asked),
            found.inputs.origin("actors"),
            SURVEY,
            cases(asked),
            shared("units.respondents"),
            suppressed_cells(rows),
        ),
        note=agreeing_note(asked),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "furthest_supported": support,
    "effects_known": knowledge,
    "caseload": caseload,
    "fall_between_chairs": chairs,
}


def _all_answers(found: Frames) -> tuple[Text, tuple[str, ...], int | None, Text]:
    return (
        survey_source(latest_wave(found.inputs.tables["actors"])),
        SURVEY,
        found.respondents,
        shared("units.respondents"),
    )


def _employed(found: Frames) -> dict[str, Text]:
    return {actor: found.inputs.labels["actors"]["actor"][actor] for actor in EMPLOYED}


def _items(found: Frames, names: Sequence[str]) -> dict[object, Text]:
    return {name: found.inputs.titles["actors"][name] for name in names}


def _share(found: Frames, row: str, wave: int) -> float | None:
    share: float | None = cell(found.caseload, row=row, wave=wave)["estimate"]
    return share


def _counts(part: pd.DataFrame) -> dict[str, int | None]:
    counts = [None if pd.isna(n) else int(n) for n in part["n"]]
    return dict(zip(("chairs", "agency"), counts, strict=True))


def _ranges(found: Frames, say: Texts, names: Sequence[str]) -> dict[str, Text]:
    """Say for two items the lowest and the highest share with their actors: ``15 procent (socialsekreterare) till …``."""
    actors = found.inputs.labels["actors"]["actor"]
    ranges = []
    for item in names:
        rows = found.by_actor[(found.by_actor["item"] == item) & found.by_actor["estimate"].notna()]
        if rows.empty:
            ranges.append(shared("survey.hidden"))
            continue
        low, high = rows.loc[rows["estimate"].idxmin()], rows.loc[rows["estimate"].idxmax()]
        ends_ = {"low": low["estimate"], "high": high["estimate"]}
        who = {"lowest": inside(actors[low["actor"]]), "highest": inside(actors[high["actor"]])}
        ranges.append(say("figures.range", **ends_, **who))
    return dict(zip(("first", "second"), ranges, strict=True))


def _alt_items(found: Frames, say: Texts, names: Sequence[str]) -> list[Text]:
    actors = found.inputs.labels["actors"]["actor"]
    said = []
    for item in names:
        rows = found.by_actor[found.by_actor["item"] == item]
        shares = [
            shared("survey.of_actor", actor=inside(actors[row.actor]), share=row.estimate) for row in rows.itertuples()
        ]
        said.append(shared("survey.of_item", item=found.inputs.titles["actors"][item], shares=shares))
    return said


def draw_support(data: pd.DataFrame, edition: Edition, *, actors: Labels, items: Labels) -> Canvas:
    """Draw the answers on who gets support, one panel an item, one bar an actor.

    ``data``: ``survey.likert_cells`` by ``actor``.
    """
    names = [item for item in items if (data["item"] == item).any()]
    figure, axes = canvas(0.5 + 2.05 * len(names), rows=len(names), sharex=True)
    for index, (axis, item) in enumerate(zip(axes, names, strict=True)):
        part, labels = data[data["item"] == item], wrapped(actors, edition)
        likert_bars(axis, part, row="actor", labels=labels, answers=answers(), edition=edition)
        if index and (legend := axis.get_legend()):
            legend.remove()
        axis.set_title(items[item][edition], pad=22 if index == 0 else 6)
    return figure


def draw_knowledge(data: pd.DataFrame, edition: Edition, *, actors: Labels, items: Labels) -> Canvas:
    """Draw the shares agreeing with two items by actor, each with its interval.

    ``data``: ``item``, ``actor``, ``estimate``, ``low``, ``high``.
    """
    figure, (axis,) = canvas(3.4)
    present = [actor for actor in actors if (data["actor"] == actor).any()]
    labels = [wrapped(actors, edition)[str(actor)] for actor in present]
    looks = zip(items, (ACCENT, WARM), ("o", "s"), (0.16, -0.16), strict=True)
    for item, colour, marker, offset in looks:
        part = data[data["item"] == item].set_index("actor").reindex(present).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker, offset=offset)
        hidden(axis, part, offset)
        axis.plot([], [], color=colour, marker=marker, label=items[item][edition])
    finish(axis, edition)
    return figure


def draw_caseload(data: pd.DataFrame, edition: Edition, *, rows: Labels, axis_label: Text) -> Canvas:
    """Draw the share who find the caseload manageable by workplace and position, the first and the last wave on one row.

    ``data``: ``row`` (``<workplace>`` or ``<workplace>/<actor>``), ``wave``, ``estimate``, ``low``, ``high``.
    """
    figure, (axis,) = canvas(3.3)
    present = [row for row in rows if (data["row"] == row).any()]
    labels = [fill(rows[row][edition], 32) for row in present]
    waves = sorted({data["wave"].min(), data["wave"].max()})
    looks = zip(waves, (MUTED, ACCENT)[-len(waves) :], ("s", "o")[-len(waves) :], (0.16, -0.16), strict=False)
    for wave, colour, marker, offset in looks:
        part = data[data["wave"] == wave].set_index("row").reindex(present).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker, offset=offset)
        hidden(axis, part, offset)
        axis.plot([], [], color=colour, marker=marker, label=str(wave))
    for tick, row in zip(axis.get_yticklabels(), present, strict=True):
        tick.set_fontweight(400 if "/" in str(row) else 600)
    finish(axis, edition)
    axis.set_xlabel(axis_label[edition])
    return figure


def draw_chairs(data: pd.DataFrame, edition: Edition, *, codes: Labels, axis_label: Text) -> Canvas:
    """Draw how many segments each municipality's interviews hold on two codes, side by side.

    ``data``: ``municipality`` (str), ``code``, ``n`` (missing where suppressed), in the order of drawing from the top.
    """
    names = list(ends(data.drop_duplicates("municipality"))["municipality"])
    figure, axes = canvas(max(0.75 + 0.24 * len(names), 2.4), columns=2, sharey=True, sharex=True)
    say_ends(axes[0], data["municipality"].nunique(), edition)
    rows = np.arange(len(names))[::-1]
    for axis, (code, colour) in zip(axes, zip(codes, (ACCENT, WARM), strict=True), strict=True):
        counts = data[data["code"] == code].set_index("municipality")["n"].reindex(names)
        axis.barh(rows, counts.astype("Float64").fillna(0).astype(float), height=0.66, color=colour)
        for row, n in zip(rows, counts, strict=True):
            text, tone = ("..", MUTED) if pd.isna(n) else (number(int(n), edition), INK)
            axis.text(0.2 if pd.isna(n) else int(n) + 0.2, row, text, va="center", fontsize=8, color=tone)
        axis.set_title(fill(codes[code][edition], 28))
        axis.set_yticks(rows, names)
        axis.set_xlabel(axis_label[edition])
        axis.margins(x=0.12)
        axis.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        number_axis(axis, "x", edition)
    return figure
