"""The figures on collaboration, and the table of what the actors answered wave by wave."""

from collections.abc import Callable, Mapping
from functools import partial
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.actors import ACTORS
from analysis.facts import inside, same, written_share
from analysis.sections.collaboration import views
from analysis.sections.collaboration.frames import ITEMS, PES, Frames
from analysis.sections.collaboration.interview_figures import overlap_gaps, stance_heat
from analysis.shared_texts import answers
from analysis.shared_texts import say as shared
from analysis.survey import SURVEY, cell, known, survey_source
from report_engine.drawing.charts import dots_with_interval
from report_engine.drawing.style import ACCENT, MUTED, canvas
from report_engine.methods.perturbation import cases
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number
from report_engine.words.texts import Texts

Labels = Mapping[Any, Text]


def steps(say: Texts) -> dict[object, Text]:
    """Name the steps of the answers, five or three."""
    return {**{str(answer): label for answer, label in answers().items()}, **say.labels("labels.step")}


def same_collaboration(found: Frames, say: Texts) -> Drawn:
    """Show each actor's view of collaboration with the PES, and where they are not few, how many don't know."""
    names, labels = found.inputs.labels["actors"]["actor"], steps(say)
    by_level, by_actor = found.agreeing("level"), found.agreeing("actor")
    managers, staff = (cell(by_level, item=PES, level=level)["estimate"] for level in ("managers", "staff"))
    unknown = cell(found.unknown, actor="participant")["estimate"]
    asked = (found.unknown["actor"] == "participant").any()
    rows = [
        say(
            "figures.same_collaboration.alt_row",
            actor=inside(names[actor]),
            share=cell(by_actor, item=PES, actor=actor)["estimate"],
        )
        for actor in ACTORS
        if actor in set(found.steps["actor"])
    ]
    present = [inside(labels[step]) for step in views.present(found.steps)]
    known = found.unknown[found.unknown["estimate"].notna()]
    unaware = [
        say("figures.same_collaboration.alt_row", actor=inside(names[row.actor]), share=row.estimate)
        for row in known.itertuples()
    ]
    parts = [found.steps.assign(part="answers"), known.assign(part="dont_know")]
    columns = ["part", "actor", "step", "share", "estimate", "low", "high", "n", "suppressed"]
    return Drawn(
        pd.concat(parts, ignore_index=True)[columns],
        partial(
            views.draw,
            actors=names,
            steps=labels,
            unknown=say("figures.same_collaboration.unknown"),
            asked=say("figures.same_collaboration.asked"),
        ),
        say(
            "figures.same_collaboration.caption",
            managers=managers,
            staff=staff,
            participants=say("figures.same_collaboration.participants", share=unknown) if asked else None,
            wave=found.last,
        ),
        say(
            "figures.same_collaboration.alt",
            count=len(present),
            steps=present,
            rows=rows,
            unaware=say("figures.same_collaboration.alt_unaware", rows=unaware) if unaware else None,
        ),
        survey_source(found.actors),
        SURVEY,
        cases(found.actors[(found.actors[f"{PES}_missing"] != "not_asked").fillna(True)]),
        shared("units.respondents"),
    )


def manager_staff_gap(found: Frames, say: Texts) -> Drawn:
    """Show by how much more municipal managers than their staff agree with each item."""
    titles, gaps = found.inputs.titles["actors"], found.gaps
    top = gaps.loc[gaps["estimate"].abs().fillna(0).idxmax()]
    rows = [
        say("figures.manager_staff_gap.alt_row", item=inside(titles[row.item]), difference=row.estimate)
        for row in gaps.itertuples()
    ]
    sides = [say(f"figures.manager_staff_gap.{side}") for side in ("more_staff", "more_managers")]
    apart = int(((gaps["low"] > 0) | (gaps["high"] < 0)).sum())
    caption = say("figures.manager_staff_gap.caption_same", apart=apart, items=len(gaps), wave=found.last)
    if round(abs(top["estimate"]), 2):
        caption = say(
            "figures.manager_staff_gap.caption",
            item=inside(titles[top["item"]]),
            managers=top["managers"],
            staff=top["staff"],
            apart=apart,
            items=len(gaps),
            wave=found.last,
        )
    return Drawn(
        gaps,
        partial(draw_manager_staff_gap, items=titles, sides=sides, axis_label=say("figures.manager_staff_gap.axis")),
        caption,
        say("figures.manager_staff_gap.alt", rows=rows),
        survey_source(found.actors),
        SURVEY,
        cases(found.actors[found.actors["side"].notna()]),
        shared("units.respondents"),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "same_collaboration": same_collaboration,
    "stance_heat": stance_heat,
    "manager_staff_gap": manager_staff_gap,
    "overlap_gaps": overlap_gaps,
}


def waves(found: Frames, say: Texts) -> Table:
    """Lay out what each actor answered on each relation, wave beside wave, with the difference."""
    actors = found.inputs.tables["actors"]
    years = sorted(int(year) for year in actors["wave"].unique())
    data, wording = _written(found.waves, years, say)
    columns = [
        Column("item", say("tables.waves.item"), labels=say.labels("labels.item")),
        Column("actor", say("tables.waves.actor"), labels=found.inputs.labels["actors"]["actor"]),
        *(Column(f"{year}_text", same(year), labels=wording) for year in years),
    ]
    if "change" in data:
        columns.append(Column("change_text", say("tables.waves.difference"), labels=wording))
    hidden = int(found.waves[[f"{year}_n" for year in years]].isna().sum().sum())
    source, origin = survey_source(actors), found.inputs.origin(*SURVEY)
    return Table(
        name="waves",
        data=data,
        columns=tuple(columns),
        caption=_said_of_waves(found, say),
        provenance=Provenance(source, origin, SURVEY, cases(actors), shared("units.respondents"), hidden),
        note=say("tables.waves.note"),
    )


def _said_of_waves(found: Frames, say: Texts) -> Text:
    if found.first == found.last or not known(found.change.estimate):
        return say("tables.waves.caption_one_wave", last=found.last)
    apart = (found.waves["change_low"] > 0) | (found.waves["change_high"] < 0)
    return say(
        "tables.waves.caption",
        way="still" if not round(found.change.estimate, 2) else "up" if found.change.estimate > 0 else "down",
        first=found.first,
        last=found.last,
        change=found.change.estimate,
        apart=int(apart.sum()),
        comparisons=len(found.waves),
    )


def _written(waves: pd.DataFrame, years: list[int], say: Texts) -> tuple[pd.DataFrame, dict[object, Text]]:
    """Add text columns for the printed table to the numbers, with their wording."""
    data, wording = waves.copy(), dict[object, Text]()
    columns = {f"{year}_text": [f"{year}_{kind}" for kind in ("estimate", "low", "high", "n")] for year in years}
    cells = {text: [written_share(*row) for row in waves[of].itertuples(index=False)] for text, of in columns.items()}
    if "change" in waves:
        changes = waves[["change", "change_low", "change_high"]].itertuples(index=False)
        cells["change_text"] = [_written_change(say, *row) for row in changes]
    for text, written in cells.items():
        wording.update(written)
        data[text] = [key for key, _ in written]
    return data, wording


def _written_change(say: Texts, change: float, low: float, high: float) -> tuple[str, Text]:
    hidden = shared("survey.hidden")
    words = say("tables.waves.change", change=change, low=low, high=high) if known(low) else hidden
    return words["en"], words


def draw_manager_staff_gap(
    data: pd.DataFrame, edition: Edition, *, items: Labels, sides: list[Text], axis_label: Text
) -> Canvas:
    """Draw the managers' lead over the staff in each item with its interval; the items on collaboration are filled.

    ``data``: ``item``, ``estimate``, ``low``, ``high``; ``sides`` says what lies to the left and to the right of zero.
    """
    figure, (axis,) = canvas(0.3 * len(data) + 0.9)
    on_collaboration = data["item"].isin(ITEMS).tolist()
    dots_with_interval(
        axis,
        data,
        labels=[fill(items[item][edition], 50) for item in data["item"]],
        colour=[ACCENT if own else "#7aa6b8" for own in on_collaboration],
        marker=["o" if own else "D" for own in on_collaboration],
    )
    for tick, own in zip(axis.get_yticklabels(), on_collaboration, strict=True):
        tick.set_fontweight(600 if own else 400)
    axis.axvline(0, color=MUTED, linewidth=0.8)
    reach = max(0.2, float(data[["low", "high"]].abs().max().max()) * 1.05)
    axis.set_xlim(-reach, reach)
    axis.xaxis.set_major_formatter(lambda value, _: number(value * 100, edition, signed=True))
    for text, place, align in zip(sides, (-0.02, 0.02), ("right", "left"), strict=True):
        axis.annotate(
            text[edition],
            (place * reach, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha=align,
            va="bottom",
            fontsize=8,
            color=MUTED,
        )
    axis.set_xlabel(axis_label[edition])
    return figure
