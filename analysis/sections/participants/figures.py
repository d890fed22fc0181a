"""The figures on participants, and the table of what they answered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from analysis.charts import Labels, hidden, share_axis, wrapped
from analysis.facts import inside, same
from analysis.interviews import INTERVIEW_TABLES, interview_source
from analysis.sections.participants.frames import BY_AGE, COUNTERPARTS, ITEMS, PARTICIPANTS, Frames
from analysis.shared_texts import answers
from analysis.shared_texts import say as shared
from analysis.survey import SURVEY, agreeing_note, cell, known, side_by_side, survey_source
from report_engine.drawing.charts import dots_with_interval, likert_bars
from report_engine.drawing.style import ACCENT, MUTED, WARM, canvas, layout
from report_engine.methods.disclosure import suppressed_cells
from report_engine.methods.perturbation import cases
from report_engine.model.section import Column, Provenance, Table, Unavailable
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number
from report_engine.words.texts import Texts


def items(found: Frames, say: Texts) -> Drawn:
    """Show the answers to every item of the last wave."""
    now = found.waves[(found.waves["wave"] == found.last) & found.waves["estimate"].notna()]
    caption = alt = shared("survey.none_shown")
    if len(now):
        ranked = now.sort_values("estimate", ascending=False, kind="stable")
        titles = _titles(found, ITEMS)
        most, least = (
            say("figures.items.end", item=titles[row["item"]], share=row["estimate"])
            for row in (ranked.iloc[0], ranked.iloc[-1])
        )
        merged = shared("survey.merged") if found.answers["merged"].any() else None
        caption = say("figures.items.caption", most=most, least=least, wave=found.last, merged=merged)
        if round(ranked["estimate"].max() - ranked["estimate"].min(), 2) == 0:
            share = ranked["estimate"].iloc[0]
            caption = say("figures.items.caption_same", share=share, wave=found.last, merged=merged)
        shares = [_share(say, titles[item], cell(now, item=item)["estimate"]) for item in ITEMS]
        alt = say("figures.items.alt", shares=shares)
    asked = [item for item in ITEMS if item in set(found.answers["item"])]
    return Drawn(
        found.answers,
        partial(draw_items, items=_titles(found, asked)),
        caption,
        alt,
        *_asked(found),
    )


def by_age(found: Frames, say: Texts) -> Drawn:
    """Show the share agreeing by age group, an item a panel."""
    labels = found.inputs.labels["actors"]["age_group"]
    titles = _titles(found, BY_AGE)
    ages = [age for age in labels if age in set(found.ages["age_group"])]
    if len(ages) < 2:
        raise Unavailable(say("unavailable.few_ages"))
    glad = [
        say(f"figures.by_age.{end}", share=share)
        for end, age in (("youngest", ages[0]), ("oldest", ages[-1]))
        if known(share := cell(found.ages, item=BY_AGE[0], age_group=age)["estimate"])
    ]
    fewest, most = found.ages["n"].min(), found.ages["n"].max()
    n = say("figures.by_age.n", fewest=int(fewest), most=int(most)) if known(fewest) else shared("survey.hidden")
    panels = []
    for item in dict.fromkeys(found.ages["item"]):
        shares = [_share(say, labels[age], cell(found.ages, item=item, age_group=age)["estimate"]) for age in ages]
        panels.append(say("figures.by_age.alt_item", item=titles[item], shares=shares))
    return Drawn(
        found.ages,
        partial(draw_by_age, items=titles, ages=labels),
        say(
            "figures.by_age.caption",
            glad=say("figures.by_age.glad", shares=glad) if glad else None,
            n=n,
            wave=found.last,
        ),
        say("figures.by_age.alt", items=panels),
        *_asked(found),
    )


def contentment(found: Frames, say: Texts) -> Drawn:
    """Show whom participants are content with, in the survey and, where there are any, in the interviews."""
    content = found.contentment
    if not (content["stream"] == "survey").any():
        raise Unavailable(shared("unavailable.unanswered"))
    whom = say.labels("labels.whom")
    share, stance = (
        {name: cell(content, whom=name, stream=stream)["estimate"] for name in COUNTERPARTS}
        for stream in ("survey", "interviews")
    )
    rows = [
        say("figures.contentment.alt_row", whom=_unbroken(whom[name]), share=share[name], stance=stance[name])
        for name in COUNTERPARTS
    ]
    scale = say("figures.contentment.scale") if (content["stream"] == "interviews").any() else None
    heads = {stream: say(f"figures.contentment.{stream}") for stream in ("survey", "interviews")}
    source, tables, n, unit = _asked(found)
    if found.interviewed:
        held = interview_source(found.inputs.tables["interviews"])
        source = say("figures.contentment.source", survey=source, interviews=inside(held))
        tables = tables + INTERVIEW_TABLES
    return Drawn(
        content,
        partial(draw_contentment, whom=whom, heads=heads, ends=say("figures.contentment.ends")),
        say("figures.contentment.caption", **share, scale=scale),
        say("figures.contentment.alt", rows=rows),
        source,
        tables,
        n,
        unit,
    )


def items_by_wave(found: Frames, say: Texts) -> Table:
    """Lay out the shares agreeing with every item, wave beside wave."""
    waves = sorted(int(wave) for wave in found.waves["wave"].unique())
    if len(waves) == 1:
        raise Unavailable(shared("unavailable.one_wave"))
    asked = [item for item in ITEMS if item in set(found.waves["item"])]
    data, wording = side_by_side(found.waves, asked, "wave", waves)
    participants = found.actors[found.actors["actor"].isin(PARTICIPANTS)]
    return Table(
        name="items_by_wave",
        data=data,
        columns=(
            Column("item", shared("columns.item"), labels=_titles(found, ITEMS)),
            *(Column(f"{wave}_text", same(wave), labels=wording) for wave in waves),
        ),
        caption=say("tables.items_by_wave.caption", items=len(asked), waves=[str(wave) for wave in waves]),
        provenance=Provenance(
            survey_source(participants),
            found.inputs.origin("actors"),
            SURVEY,
            cases(participants),
            shared("units.respondents"),
            suppressed_cells(found.waves),
        ),
        note=agreeing_note(participants),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "items": items,
    "by_age": by_age,
    "contentment": contentment,
}


def _asked(found: Frames) -> tuple[Text, tuple[str, ...], int | None, Text]:
    return survey_source(found.current), SURVEY, found.respondents, shared("units.respondents")


def _titles(found: Frames, names: Sequence[str]) -> dict[object, Text]:
    return {name: found.inputs.titles["actors"][name] for name in names}


def _share(say: Texts, of: Text, share: float | None) -> Text:
    return say("figures.share", of=of, share=share)


def _unbroken(text: Text) -> Text:
    return {edition: " ".join(words.split()) for edition, words in text.items()}


def draw_items(data: pd.DataFrame, edition: Edition, *, items: Labels) -> Canvas:
    """Draw participants' answers, one bar an item in the order of ``items``.

    ``data``: ``survey.likert_cells`` (``item``, ``answer``, ``merged``, ``share``, ``n``).
    """
    figure, (axis,) = canvas(3.9)
    likert_bars(axis, data, row="item", labels=wrapped(items, edition), answers=answers(), edition=edition)
    return figure


def draw_by_age(data: pd.DataFrame, edition: Edition, *, items: Labels, ages: Labels) -> Canvas:
    """Draw the share agreeing by age group, one panel an item, with intervals.

    ``data``: ``item``, ``age_group``, ``estimate``, ``low``, ``high``.
    """
    names = [item for item in items if (data["item"] == item).any()]
    rows = -(-len(names) // 2)
    figure, axes = canvas(0.35 + 1.55 * rows, rows=rows, columns=2, sharex=True, sharey=True)
    layout(figure).set(wspace=0.08)
    labels = [text[edition] for text in ages.values()]
    for index, (axis, item) in enumerate(zip(axes, names, strict=False)):
        part = data[data["item"] == item].set_index("age_group").reindex(list(ages)).reset_index()
        dots_with_interval(axis, part, labels=labels)
        hidden(axis, part)
        axis.set_title(fill(items[item][edition], 30))
        share_axis(axis, edition)
        if index >= len(names) - 2:
            axis.set_xlabel(shared("axes.agreeing")[edition])
    for axis in axes[len(names) :]:
        axis.set_visible(False)
    return figure


def draw_contentment(data: pd.DataFrame, edition: Edition, *, whom: Labels, heads: Labels, ends: Text) -> Canvas:
    """Draw whom participants are content with: shares in the survey, mean stance in the interviews.

    ``data``: ``whom``, ``stream`` (survey, interviews), ``estimate``, ``low``, ``high``, ``n``; ``heads`` names the streams,
    ``ends`` says what the stance's scale goes from and to.
    """
    figure, (left, right) = canvas(2.5, columns=2, sharey=True)
    layout(figure).set(wspace=0.08)
    labels = [text[edition] for text in whom.values()]
    for axis, stream, colour, marker in ((left, "survey", ACCENT, "o"), (right, "interviews", WARM, "s")):
        part = data[data["stream"] == stream].set_index("whom").reindex(list(whom)).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker)
        for place, row in zip(np.arange(len(part))[::-1], part.itertuples(), strict=True):
            at = {"survey": 0.0, "interviews": -1.0}[stream] if pd.isna(row.estimate) else row.estimate
            count = ".." if pd.isna(row.n) else f"n = {number(int(row.n), edition)}"
            axis.annotate(count, (at, place), (0, 9), textcoords="offset points", ha="center", fontsize=8, color=MUTED)
        axis.set_title(heads[stream][edition])
    share_axis(left, edition)
    right.set_xlim(-1, 1)
    right.axvline(0, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    right.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, edition, 1, signed=True)))
    right.set_xlabel(ends[edition])
    return figure
