"""The figures on collaboration."""

from collections.abc import Callable, Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from analysis.actors import ACTORS
from analysis.sections.collaboration.frames import FIVE, ITEMS, OVERLAP, RELATIONS, THREE
from analysis.shared import SHORT
from report_engine.drawing.charts import LIKERT_LABELS, dots_with_interval, heat
from report_engine.drawing.style import ACCENT, GREY, LIKERT_COLOURS, MUTED, WARM, canvas, percent_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent

Draw = Callable[[pd.DataFrame, Edition], Canvas]

STEP_LABELS: Mapping[str, Text] = {
    **{str(answer): label for answer, label in LIKERT_LABELS.items()},
    "disagree": {"sv": "Instämmer inte (1–2)", "en": "Disagree (1–2)"},
    "neither": {"sv": "Varken eller (3)", "en": "Neither (3)"},
    "agree": {"sv": "Instämmer (4–5)", "en": "Agree (4–5)"},
}
PARTS: Mapping[object, Text] = {
    "answers": {"sv": "Svar på skalan", "en": "Answers on the scale"},
    "dont_know": {"sv": "Vet inte", "en": "Don't know"},
}
RELATION_LABELS: Mapping[str, Text] = {
    "collab_pes": {"sv": "Kommunen och\nArbetsförmedlingen", "en": "Municipality\nand PES"},
    "collab_internal": {"sv": "Inom kommunen", "en": "Inside the\nmunicipality"},
    "collab_fk": {"sv": "Kommunen och\nFörsäkringskassan", "en": "Municipality and\nSoc. Insurance Agency"},
}
_STEP_COLOURS = {
    **{str(answer): colour for answer, colour in LIKERT_COLOURS.items()},
    "disagree": LIKERT_COLOURS[1],
    "neither": LIKERT_COLOURS[3],
    "agree": LIKERT_COLOURS[5],
}


def same_collaboration(actor_labels: Mapping[object, Text]) -> Draw:
    """Draw each actor's view of collaboration with the PES as a diverging bar, with the share who don't know beside it."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        answers, unknown = data[data["part"] == "answers"], data[data["part"] == "dont_know"].set_index("actor")
        actors = list(dict.fromkeys(answers["actor"]))
        figure, (left, right) = canvas(0.42 * len(actors) + 1.1, columns=2, widths=(4.6, 1), sharey=True)
        _diverging(left, answers, actors, actor_labels, edition)
        right.grid(False)
        for place, actor in enumerate(reversed(actors)):
            share = unknown["estimate"].get(actor, float("nan"))
            if pd.isna(share):
                right.text(0.02, place, "..", va="center", color=MUTED)
                continue
            right.barh(place, share, height=0.4, color=GREY)
            right.text(share + 0.04, place, percent(share, edition), va="center", fontsize=8)
        right.set(xlim=(0, 1), xticks=[])
        right.spines["bottom"].set_visible(False)
        right.set_title({"sv": "Vet inte", "en": "Don’t know"}[edition], fontsize=9)
        return figure

    return draw


def _diverging(
    axis: Axes, answers: pd.DataFrame, actors: list[str], labels: Mapping[object, Text], edition: Edition
) -> None:
    """Draw one bar an actor, centred on the middle of the neutral step; the shares on either side stand at its ends."""
    steps = [step for step in (*FIVE, *THREE) if (answers["step"] == step).any()]
    middle = len(steps) // 2
    names = []
    for place, actor in enumerate(reversed(actors)):
        part = answers[answers["actor"] == actor].set_index("step")
        count = part["n"].iloc[0]
        label = fill(labels[actor][edition], 24)
        names.append(f"{label} (n = {'..' if pd.isna(count) else number(count, edition)})")
        share = part["share"].reindex(steps)
        if share.isna().any():
            axis.text(0, place, "..", ha="center", va="center", color=MUTED)
            continue
        against, agreeing = share.iloc[:middle].sum(), share.iloc[middle + 1 :].sum()
        start = -(against + share.iloc[middle] / 2)
        edges = start + np.concatenate([[0.0], share.cumsum().to_numpy()])
        for step, left, width in zip(steps, edges, share, strict=False):
            axis.barh(place, width, left=left, height=0.66, color=_STEP_COLOURS[step])
        axis.text(edges[0] - 0.015, place, percent(against, edition), ha="right", va="center", fontsize=8)
        axis.text(edges[-1] + 0.015, place, percent(agreeing, edition), ha="left", va="center", fontsize=8)
    axis.axvline(0, color=MUTED, linewidth=0.6)
    axis.set_yticks(range(len(actors)), names)
    axis.set(xlim=(-1, 1), ylim=(-0.6, len(actors) - 0.4))
    axis.set_xticks([-1, -0.5, 0, 0.5, 1])
    percent_axis(axis, "x", edition)
    handles = [axis.barh(0, 0, color=_STEP_COLOURS[step]) for step in steps]
    axis.legend(
        handles,
        [STEP_LABELS[step][edition] for step in steps],
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=len(steps),
        fontsize=8,
        handlelength=1,
        handleheight=1,
        columnspacing=1.2,
        handletextpad=0.5,
    )


def stance_heat(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw each actor's mean stance towards each relation, from critical (warm) to supportive (blue)."""
    figure, (axis,) = canvas(2.3, grid="none")
    values = data.pivot(index="code", columns="actor", values="mean").loc[list(RELATIONS), list(ACTORS)]
    counts = data.pivot(index="code", columns="actor", values="n").loc[list(RELATIONS), list(ACTORS)]
    texts = pd.DataFrame(
        [[_mean(values.at[c, a], counts.at[c, a], edition) for a in ACTORS] for c in RELATIONS], dtype=object
    )
    values.index = pd.Index([RELATION_LABELS[code][edition] for code in RELATIONS])
    heat(axis, values, texts, low=-1, high=1, diverging=True)
    axis.xaxis.tick_top()
    axis.set_xticks([place + 0.5 for place in range(len(ACTORS))], [SHORT[actor][edition] for actor in ACTORS])
    return figure


def _mean(mean: float, count: float, edition: Edition) -> str:
    if pd.isna(mean):
        return ".." if pd.isna(count) else "–"
    return f"{number(float(mean), edition, 2, signed=True)}\nn = {number(float(count), edition)}"


def manager_staff_gap(item_labels: Mapping[object, Text]) -> Draw:
    """Draw the managers' lead over the staff in each item with its interval; the items on collaboration are filled."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        figure, (axis,) = canvas(0.3 * len(data) + 0.9)
        on_collaboration = data["item"].isin(ITEMS).tolist()
        dots_with_interval(
            axis,
            data,
            labels=[fill(item_labels[item][edition], 50) for item in data["item"]],
            colour=[ACCENT if own else "#7aa6b8" for own in on_collaboration],
            marker=["o" if own else "D" for own in on_collaboration],
        )
        for tick, own in zip(axis.get_yticklabels(), on_collaboration, strict=True):
            tick.set_fontweight(600 if own else 400)
        axis.axvline(0, color=MUTED, linewidth=0.8)
        reach = max(0.2, float(data[["low", "high"]].abs().max().max()) * 1.05)
        axis.set_xlim(-reach, reach)
        axis.xaxis.set_major_formatter(lambda value, _: number(value * 100, edition, signed=True))
        heading = {
            "sv": ("fler medarbetare instämmer", "fler chefer instämmer", "Skillnad i procentenheter"),
            "en": ("more staff agree", "more managers agree", "Difference in percentage points"),
        }[edition]
        for text, place, align in ((heading[0], -0.02, "right"), (heading[1], 0.02, "left")):
            axis.annotate(
                text,
                (place * reach, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 3),
                textcoords="offset points",
                ha=align,
                va="bottom",
                fontsize=8,
                color=MUTED,
            )
        axis.set_xlabel(heading[2])
        return figure

    return draw


def overlap_gaps(code_labels: Mapping[object, Text]) -> Draw:
    """Draw how much each actor speaks of parallel tracks and of falling between chairs, side by side."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        actors = [actor for actor in ACTORS if (data["actor"] == actor).any()]
        figure, axes = canvas(0.4 * len(actors) + 0.9, columns=2, sharex=True, sharey=True)
        for axis, code, colour, marker in zip(axes, OVERLAP, (ACCENT, WARM), "os", strict=True):
            part = data[data["code"] == code].set_index("actor").reindex(actors).reset_index()
            labels = [SHORT[actor][edition].replace("-\n", "").replace("\n", " ") for actor in actors]
            dots_with_interval(axis, part, labels=labels, colour=colour, marker=marker)
            for row, item in zip(range(len(actors) - 1, -1, -1), part.itertuples(), strict=True):
                if pd.isna(item.estimate):
                    axis.text(0.004, row, "..", va="center", color=MUTED)
                    continue
                text = f"{percent(item.estimate, edition, 1)} (n = {number(item.n, edition)})"
                axis.text(item.estimate, row + 0.17, text, ha="center", va="bottom", fontsize=8)
            axis.set_title(code_labels[code][edition])
            axis.set_ylim(-0.5, len(actors) - 0.3)
        top = float(data["high"].max())
        axes[0].set_xlim(0, max(0.05, top * 1.15))
        for axis in axes:
            axis.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], prune="upper"))
            percent_axis(axis, "x", edition)
        return figure

    return draw
