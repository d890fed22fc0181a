"""The figures on managers, and the table of what they answered."""

from collections.abc import Callable, Mapping
from functools import partial
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.actors import MANAGERS
from analysis.facts import inside
from analysis.interviews import INTERVIEW_TABLES, code_names, interview_source, unheard
from analysis.sections.managers.frames import ITEMS, JOB, MODELS, RESOURCE, ROLE_CODES, Frames
from analysis.shared_texts import say as shared
from analysis.survey import SURVEY, cell, side_by_side, survey_source
from report_engine.drawing.charts import heat, on
from report_engine.drawing.style import ACCENT, INK, MUTED, STANCE_COLOURS, WARM, canvas, is_narrow, percent_axis
from report_engine.methods.disclosure import suppressed_cells
from report_engine.methods.perturbation import cases
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent
from report_engine.words.texts import Texts

Labels = Mapping[Any, Text]


def activation_models(found: Frames, say: Texts) -> Drawn:
    """Show agreement with job and with resource activation, actor by actor."""
    names, titles = found.inputs.labels["actors"]["actor"], found.inputs.titles["actors"]
    actors = list(dict.fromkeys(found.views["actor"]))
    shares = {
        f"{name}_{model}": cell(found.pooled, item=item, side=side)["estimate"]
        for name, side in (("municipal", "municipal_manager"), ("pes", "pes_manager"))
        for model, item in (("job", JOB), ("resource", RESOURCE))
    }
    rows = []
    for actor in actors:
        job, resource = (cell(found.views, item=item, actor=actor)["estimate"] for item in MODELS)
        rows.append(say("figures.activation_models.alt_row", actor=inside(names[actor]), job=job, resource=resource))
    return Drawn(
        found.views,
        partial(draw_activation_models, actors=names, models=titles),
        say("figures.activation_models.caption", **shares, wave=found.wave),
        say("figures.activation_models.alt", rows=rows),
        survey_source(found.actors),
        SURVEY,
        cases(found.actors[found.actors["actor"].isin(actors)]),
        shared("units.respondents"),
    )


def codes_by_actor(found: Frames, say: Texts) -> Drawn:
    """Show how much each manager actor speaks of each role and each model."""
    names = code_names(found.inputs.tables["codebook"])
    return Drawn(
        found.roles,
        partial(draw_codes, codes=names, heads={actor: shared(f"actors_short.{actor}") for actor in MANAGERS}),
        *_said_of_codes(found, say, names),
        interview_source(found.inputs.tables["interviews"]),
        INTERVIEW_TABLES,
        cases(found.coded[found.coded["speaker_actor"].isin(MANAGERS)]),
        shared("units.segments"),
    )


def _said_of_codes(found: Frames, say: Texts, names: Labels) -> tuple[Text, Text]:
    """Word the caption (each actor's commonest code) and the alt text (all cells) of the codes by actor."""
    shown = found.roles[found.roles["share"] > 0].sort_values("share", ascending=False, kind="stable")
    if shown.empty:
        nothing = shared("unavailable.none_shown")
        return nothing, nothing
    actors = found.inputs.labels["actors"]["actor"]
    tops = [row for actor in MANAGERS for row in shown[shown["actor"] == actor].head(1).itertuples()]
    commonest = [
        say(
            "figures.codes_by_actor.commonest",
            actor=inside(actors[row.actor]),
            code=inside(names[row.code]),
            share=row.share,
        )
        for row in tops
    ]
    rows = []
    for code in ROLE_CODES:
        cells = [cell(found.roles, actor=actor, code=code).get("share") for actor in MANAGERS]
        shares = [say("figures.codes_by_actor.alt_cell", share=share) for share in cells]
        rows.append(say("figures.codes_by_actor.alt_row", code=inside(names[code]), shares=shares))
    return (
        say("figures.codes_by_actor.caption", codes=len(ROLE_CODES), rows=commonest, short=shared("abbreviations")),
        say("figures.codes_by_actor.alt", codes=len(ROLE_CODES), rows=rows),
    )


def pes_discretion(found: Frames, say: Texts) -> Drawn:
    """Show the stances on the PES' discretion and rules, by who speaks."""
    own = cell(found.discretion, row="discretion_own")
    if own["n"] is None:
        unheard()
    labels = say.labels("labels.row")
    rows = [
        say(
            "figures.pes_discretion.alt_row",
            row=inside(labels[row["row"]]),
            **{name: row[name] for name in STANCE_COLOURS},
        )
        for row in found.discretion.to_dict("records")
    ]
    return Drawn(
        found.discretion,
        partial(draw_pes_discretion, rows=labels, stances=say.labels("labels.stance")),
        say("figures.pes_discretion.caption", none=own["critical"], much=own["supportive"]),
        say("figures.pes_discretion.alt", rows=rows),
        interview_source(found.inputs.tables["interviews"]),
        INTERVIEW_TABLES,
        int(found.discretion["n"].fillna(0).sum()),
        shared("units.segments"),
    )


def answers(found: Frames, say: Texts) -> Table:
    """Lay out the managers' answers to every item, actor beside actor."""
    titles, actors = found.inputs.titles["actors"], found.inputs.labels["actors"]["actor"]
    items = [item for item in ITEMS if item in set(found.answers["item"])]
    data, wording = side_by_side(found.answers, items, "actor", MANAGERS)
    texts = [f"{actor}_text" for actor in MANAGERS]
    return Table(
        name="answers",
        data=data[[*data.columns.drop(texts), *texts]],
        columns=(
            Column("item", say("tables.answers.item"), labels={item: titles[item] for item in ITEMS}),
            *(Column(f"{actor}_text", actors[actor], labels=wording) for actor in MANAGERS),
        ),
        caption=_said_of_answers(found, say, data),
        provenance=Provenance(
            survey_source(found.actors),
            found.inputs.origin(*SURVEY),
            SURVEY,
            cases(found.actors[found.actors["actor"].isin(MANAGERS)]),
            shared("units.respondents"),
            suppressed_cells(found.answers),
        ),
        note=say("tables.answers.note"),
    )


def _said_of_answers(found: Frames, say: Texts, data: pd.DataFrame) -> Text:
    shares = data.set_index("item")[[f"{actor}_estimate" for actor in MANAGERS]]
    spans = (shares.max(axis=1) - shares.min(axis=1)).dropna()
    if spans.empty:
        return say("tables.answers.caption_none")
    widest, closest = (inside(found.inputs.titles["actors"][item]) for item in (spans.idxmax(), spans.idxmin()))
    return say("tables.answers.caption", widest=widest, closest=closest, wave=found.wave)


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "activation_models": activation_models,
    "codes_by_actor": codes_by_actor,
    "pes_discretion": pes_discretion,
}


def draw_activation_models(data: pd.DataFrame, edition: Edition, *, actors: Labels, models: Labels) -> Canvas:
    """Draw agreement with job activation to the left and with resource activation to the right, one row an actor.

    ``data``: ``item``, ``actor``, ``estimate``, ``low``, ``high``.
    """
    present = list(dict.fromkeys(data["actor"]))
    figure, (axis,) = canvas(0.42 * len(present) + 1.1)
    rows = {actor: len(present) - 1 - place for place, actor in enumerate(present)}
    looks = {JOB: (-1, WARM, "s"), RESOURCE: (1, ACCENT, "o")}
    for item in data.itertuples():
        sign, colour, marker = looks[item.item]
        row = rows[item.actor]
        if pd.isna(item.estimate):
            axis.text(sign * 0.5, row, "..", ha="center", va="center", color=MUTED)
            continue
        axis.plot([sign * item.low, sign * item.high], [row, row], color=colour, linewidth=1.6)
        axis.plot(sign * item.estimate, row, marker=marker, color=colour, markersize=7, markeredgecolor="white")
        text = percent(item.estimate, edition)
        axis.text(sign * item.estimate, row + 0.2, text, ha="center", va="bottom", fontsize=8, color=INK)
    axis.axvline(0, color=MUTED, linewidth=0.8)
    axis.set_yticks(list(rows.values()), [fill(actors[actor][edition], 24) for actor in present])
    axis.set(xlim=(-1, 1), ylim=(-0.5, len(present) - 0.3))
    axis.set_xticks([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1])
    percent_axis(axis, "x", edition)
    for model, place in zip(MODELS, (-0.5, 0.5), strict=True):
        axis.annotate(
            fill(models[model][edition], 24) if is_narrow(figure) else models[model][edition],
            (place, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=looks[model][1],
            fontweight=600,
        )
    return figure


def draw_pes_discretion(data: pd.DataFrame, edition: Edition, *, rows: Labels, stances: Labels) -> Canvas:
    """Draw the stances on the PES' discretion and rules as bars that add up to 100 %, one a row.

    ``data``: ``row``, the shares ``critical``, ``neutral``, ``supportive``, ``mean`` (missing where hidden), ``n``.
    """
    figure, (axis,) = canvas(0.55 * len(data) + 0.9)
    places = np.arange(len(data))[::-1]
    names = []
    for place, item in zip(places, data.itertuples(), strict=True):
        count = ".." if pd.isna(item.n) else number(item.n, edition)
        names.append(f"{fill(rows[item.row][edition], 34)}\n(n = {count})")
        if pd.isna(item.mean):
            axis.text(0.5, place, "..", ha="center", va="center", color=MUTED)
            continue
        left = 0.0
        for stance, colour in STANCE_COLOURS.items():
            share = float(getattr(item, stance))
            axis.barh(place, share, left=left, height=0.6, color=colour)
            if share >= 0.06:
                text = percent(share, edition)
                axis.text(left + share / 2, place, text, ha="center", va="center", fontsize=8, color=on(colour))
            left += share
    axis.set_yticks(places, names)
    axis.set(xlim=(0, 1), ylim=(-0.5, len(data) - 0.5))
    percent_axis(axis, "x", edition)
    axis.legend(
        [axis.barh(0, 0, color=colour) for colour in STANCE_COLOURS.values()],
        [stances[stance][edition] for stance in STANCE_COLOURS],
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=3,
        fontsize=8,
        handlelength=1,
        handleheight=1,
        borderaxespad=0.2,
    )
    return figure


def draw_codes(data: pd.DataFrame, edition: Edition, *, codes: Labels, heads: Labels) -> Canvas:
    """Draw how often each manager actor voices each role or activation code.

    ``data``: ``actor``, ``code``, ``share`` and ``n`` (missing where hidden).
    """
    figure, (axis,) = canvas(2.6, grid="none")
    actors = [actor for actor in heads if (data["actor"] == actor).any()]
    values = data.pivot(index="code", columns="actor", values="share").loc[list(ROLE_CODES), actors]
    counts = data.pivot(index="code", columns="actor", values="n").loc[list(ROLE_CODES), actors]
    texts = pd.DataFrame(
        [[_cell(values.at[c, a], counts.at[c, a], edition) for a in actors] for c in ROLE_CODES], dtype=object
    )
    values.index = pd.Index([codes[code][edition] for code in ROLE_CODES])
    heat(axis, values, texts, low=0, high=float(values.max().max()))
    axis.xaxis.tick_top()
    axis.set_xticks([place + 0.5 for place in range(len(actors))], [heads[actor][edition] for actor in actors])
    return figure


def _cell(share: float, count: float, edition: Edition) -> str:
    if pd.isna(share):
        return ".."
    return f"{percent(float(share), edition)}  (n = {number(float(count), edition)})"
