"""The figures on managers."""

from collections.abc import Callable, Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.sections.managers.frames import JOB, MODELS, RESOURCE, ROLE_CODES
from analysis.shared import MANAGERS, SHORT
from report_engine.drawing.charts import heat, on
from report_engine.drawing.style import ACCENT, INK, MUTED, STANCE_COLOURS, WARM, canvas, percent_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent

Draw = Callable[[pd.DataFrame, Edition], Canvas]

MODEL_LABELS: Mapping[object, Text] = {
    JOB: {"sv": "Krav och sanktioner behövs", "en": "Demands and sanctions are needed"},
    RESOURCE: {"sv": "Utbildning är vägen till arbete", "en": "Education is the way into work"},
}
ROW_LABELS: Mapping[str, Text] = {
    "discretion_own": {
        "sv": "Arbetsförmedlingens chefer om den egna handlingsfriheten",
        "en": "PES managers on their own discretion",
    },
    "discretion_others": {
        "sv": "Kommunens chefer och medarbetare om Arbetsförmedlingens handlingsfrihet",
        "en": "Municipal managers and staff on the PES’s discretion",
    },
    "rules_own": {
        "sv": "Arbetsförmedlingens chefer om de centrala reglerna",
        "en": "PES managers on the central rules",
    },
}
STANCE_LABELS: Mapping[str, Text] = {
    "critical": {"sv": "Ingen frihet, kritisk", "en": "No freedom, critical"},
    "neutral": {"sv": "Neutral", "en": "Neutral"},
    "supportive": {"sv": "Mycket frihet, stödjande", "en": "Much freedom, supportive"},
}


def activation_models(actor_labels: Mapping[object, Text]) -> Draw:
    """Draw agreement with job activation to the left and with resource activation to the right, one row an actor."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        actors = list(dict.fromkeys(data["actor"]))
        figure, (axis,) = canvas(0.42 * len(actors) + 1.1)
        rows = {actor: len(actors) - 1 - place for place, actor in enumerate(actors)}
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
        names = [fill(actor_labels[actor][edition], 24) for actor in actors]
        axis.set_yticks([rows[actor] for actor in actors], names)
        axis.set(xlim=(-1, 1), ylim=(-0.5, len(actors) - 0.3))
        axis.set_xticks([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1])
        percent_axis(axis, "x", edition)
        for model, place in zip(MODELS, (-0.5, 0.5), strict=True):
            axis.annotate(
                MODEL_LABELS[model][edition],
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

    return draw


def pes_discretion(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw the stances on the PES' discretion and rules as bars that add up to 100 %, one a row."""
    figure, (axis,) = canvas(0.55 * len(data) + 0.9)
    names = []
    for place, item in zip(np.arange(len(data))[::-1], data.itertuples(), strict=True):
        count = ".." if pd.isna(item.n) else number(item.n, edition)
        names.append(f"{fill(ROW_LABELS[item.row][edition], 34)}\n(n = {count})")
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
    axis.set_yticks(np.arange(len(data))[::-1], names)
    axis.set(xlim=(0, 1), ylim=(-0.5, len(data) - 0.5))
    percent_axis(axis, "x", edition)
    handles = [axis.barh(0, 0, color=colour) for colour in STANCE_COLOURS.values()]
    axis.legend(
        handles,
        [STANCE_LABELS[stance][edition] for stance in STANCE_COLOURS],
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=3,
        fontsize=8,
        handlelength=1,
        handleheight=1,
        borderaxespad=0.2,
    )
    return figure


def codes_by_actor(code_labels: Mapping[object, Text]) -> Draw:
    """Draw how often each manager actor voices each role or activation code."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        figure, (axis,) = canvas(2.6, grid="none")
        actors = [actor for actor in MANAGERS if (data["actor"] == actor).any()]
        values = data.pivot(index="code", columns="actor", values="share").loc[list(ROLE_CODES), actors]
        counts = data.pivot(index="code", columns="actor", values="n").loc[list(ROLE_CODES), actors]
        texts = pd.DataFrame(
            [[_cell(values.at[c, a], counts.at[c, a], edition) for a in actors] for c in ROLE_CODES], dtype=object
        )
        values.index = pd.Index([code_labels[code][edition] for code in ROLE_CODES])
        heat(axis, values, texts, low=0, high=float(values.max().max()))
        axis.xaxis.tick_top()
        axis.set_xticks([place + 0.5 for place in range(len(actors))], [SHORT[actor][edition] for actor in actors])
        return figure

    return draw


def _cell(share: float, count: float, edition: Edition) -> str:
    if pd.isna(share):
        return ".."
    return f"{percent(float(share), edition, 1)}  (n = {number(float(count), edition)})"
