"""The figures on what the interviews say of collaboration."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from analysis.actors import ACTORS
from analysis.facts import inside
from analysis.interviews import INTERVIEW_TABLES, code_names, interview_source
from analysis.sections.collaboration.frames import OVERLAP, RELATIONS, Frames
from analysis.shared_texts import say as shared
from analysis.survey import cell
from report_engine.drawing.charts import dots_with_interval, heat
from report_engine.drawing.style import ACCENT, MUTED, WARM, canvas, percent_axis
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent
from report_engine.words.texts import Texts

Labels = Mapping[Any, Text]


def stance_heat(found: Frames, say: Texts) -> Drawn:
    """Show each actor's mean stance towards each relation."""
    caption, alt = _said_of_stances(found, say)
    return Drawn(
        found.stances,
        partial(draw_stance_heat, relations=say.labels("labels.relation"), heads=_heads()),
        caption,
        alt,
        *_provenance(found, found.stances),
    )


def _said_of_stances(found: Frames, say: Texts) -> tuple[Text, Text]:
    shown = found.stances[found.stances["mean"].notna()].sort_values("mean", kind="stable")
    if shown.empty:
        return _nothing_shown()
    names, actors = code_names(found.inputs.tables["codebook"]), found.inputs.labels["actors"]["actor"]
    low, high = (
        say(
            "figures.stance_heat.cell",
            actor=inside(actors[row["actor"]]),
            code=inside(names[row["code"]]),
            mean=row["mean"],
        )
        for row in (shown.iloc[0], shown.iloc[-1])
    )
    rows = []
    for code in RELATIONS:
        means = [cell(found.stances, actor=actor, code=code).get("mean") for actor in ACTORS]
        cells = [say("figures.stance_heat.alt_cell", mean=mean) for mean in means]
        rows.append(say("figures.stance_heat.alt_row", code=inside(names[code]), means=cells))
    caption = say("figures.stance_heat.caption", low=low, high=high, short=shared("abbreviations"))
    if round(shown["mean"].max() - shown["mean"].min(), 2) == 0:
        mean = shown["mean"].iloc[0]
        caption = say("figures.stance_heat.caption_same", mean=mean, short=shared("abbreviations"))
    return (
        caption,
        say(
            "figures.stance_heat.alt",
            relations=len(RELATIONS),
            actors=len(ACTORS),
            names=[inside(actors[actor]) for actor in ACTORS],
            rows=rows,
        ),
    )


def overlap_gaps(found: Frames, say: Texts) -> Drawn:
    """Show how much each actor speaks of parallel tracks and of falling between chairs."""
    names = code_names(found.inputs.tables["codebook"])
    caption, alt = _said_of_overlap(found, say, names)
    return Drawn(
        found.overlap,
        partial(draw_overlap_gaps, codes=names, heads=_heads()),
        caption,
        alt,
        *_provenance(found, found.overlap),
    )


def _said_of_overlap(found: Frames, say: Texts, names: Labels) -> tuple[Text, Text]:
    actors = found.inputs.labels["actors"]["actor"]
    shown = found.overlap[found.overlap["estimate"].notna()].sort_values("estimate", kind="stable")
    tops = [shown[shown["code"] == code].tail(1) for code in OVERLAP]
    if any(top.empty for top in tops):
        return _nothing_shown()
    tracks, chairs = (top.iloc[0] for top in tops)
    rows = []
    for code in OVERLAP:
        shares = [
            say(
                "figures.overlap_gaps.alt_cell",
                actor=inside(actors[actor]),
                share=cell(found.overlap, code=code, actor=actor)["estimate"],
            )
            for actor in ACTORS
        ]
        rows.append(say("figures.overlap_gaps.alt_row", code=inside(names[code]), shares=shares))
    most = {"tracks_actor": inside(actors[tracks["actor"]]), "tracks": tracks["estimate"], "chairs": chairs["estimate"]}
    key = "caption_same"
    if tracks["actor"] != chairs["actor"]:
        key, most["chairs_actor"] = "caption", inside(actors[chairs["actor"]])
    return (
        say(f"figures.overlap_gaps.{key}", **most, short=shared("abbreviations")),
        say("figures.overlap_gaps.alt", rows=rows),
    )


def _heads() -> dict[str, Text]:
    return {actor: shared(f"actors_short.{actor}") for actor in ACTORS}


def _nothing_shown() -> tuple[Text, Text]:
    """Stand in for a caption and an alt text where all that they would tell is suppressed."""
    words = shared("unavailable.none_shown")
    return words, words


def _provenance(found: Frames, frame: pd.DataFrame) -> tuple[Text, tuple[str, ...], int, Text]:
    source = interview_source(found.inputs.tables["interviews"])
    return source, INTERVIEW_TABLES, int(frame["n"].fillna(0).sum()), shared("units.segments")


def draw_stance_heat(data: pd.DataFrame, edition: Edition, *, relations: Labels, heads: Labels) -> Canvas:
    """Draw each actor's mean stance towards each relation, from critical (warm) to supportive (blue).

    ``data``: ``actor``, ``code``, ``mean`` (−1 to 1) and ``n`` (missing where hidden), every combination.
    """
    figure, (axis,) = canvas(2.3, grid="none")
    values = data.pivot(index="code", columns="actor", values="mean").loc[list(RELATIONS), list(ACTORS)]
    counts = data.pivot(index="code", columns="actor", values="n").loc[list(RELATIONS), list(ACTORS)]
    texts = pd.DataFrame(
        [[_mean(values.at[c, a], counts.at[c, a], edition) for a in ACTORS] for c in RELATIONS], dtype=object
    )
    values.index = pd.Index([relations[code][edition] for code in RELATIONS])
    heat(axis, values, texts, low=-1, high=1, diverging=True)
    axis.xaxis.tick_top()
    axis.set_xticks([place + 0.5 for place in range(len(ACTORS))], [heads[actor][edition] for actor in ACTORS])
    return figure


def _mean(mean: float, count: float, edition: Edition) -> str:
    if pd.isna(mean):
        return ".." if pd.isna(count) else "–"
    return f"{number(float(mean), edition, 2, signed=True)}\nn = {number(float(count), edition)}"


def draw_overlap_gaps(data: pd.DataFrame, edition: Edition, *, codes: Labels, heads: Labels) -> Canvas:
    """Draw how much each actor speaks of parallel tracks and of falling between chairs, side by side.

    ``data``: ``code``, ``actor``, ``estimate``, ``low``, ``high`` (0–1) and ``n``; missing where hidden.
    """
    actors = [actor for actor in ACTORS if (data["actor"] == actor).any()]
    figure, axes = canvas(0.4 * len(actors) + 0.9, columns=2, sharex=True, sharey=True)
    labels = [heads[actor][edition].replace("-\n", "").replace("\n", " ") for actor in actors]
    for axis, code, colour, marker in zip(axes, OVERLAP, (ACCENT, WARM), "os", strict=True):
        part = data[data["code"] == code].set_index("actor").reindex(actors).reset_index()
        dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker)
        for row, item in zip(range(len(actors) - 1, -1, -1), part.itertuples(), strict=True):
            if pd.isna(item.estimate):
                axis.text(0.004, row, "..", va="center", color=MUTED)
                continue
            text = f"{percent(item.estimate, edition)} (n = {number(item.n, edition)})"
            axis.text(item.estimate, row + 0.17, text, ha="center", va="bottom", fontsize=8)
        axis.set_title(codes[code][edition])
        axis.set_ylim(-0.5, len(actors) - 0.3)
    axes[0].set_xlim(0, max(0.05, float(data["high"].max()) * 1.15))
    for axis in axes:
        axis.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], prune="upper"))
        percent_axis(axis, "x", edition)
    return figure
