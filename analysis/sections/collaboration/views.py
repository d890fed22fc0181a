"""How the actors' views of the same collaboration are drawn."""

from collections.abc import Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.charts import Labels
from analysis.sections.collaboration.frames import FIVE, THREE
from report_engine.drawing.style import GREY, LIKERT_COLOURS, MUTED, canvas, percent_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent

_UNKNOWN = GREY
_STEP_COLOURS = {
    **{str(answer): colour for answer, colour in LIKERT_COLOURS.items()},
    "disagree": LIKERT_COLOURS[1],
    "neither": LIKERT_COLOURS[3],
    "agree": LIKERT_COLOURS[5],
}


def draw(data: pd.DataFrame, edition: Edition, *, actors: Labels, steps: Labels, unknown: Text, asked: Text) -> Canvas:
    """Draw each actor's answers on collaboration with the PES as a bar that adds up to 100 %.

    ``data``: ``part``; of answers ``actor``, ``step``, ``share`` and ``n``, of don't knows ``actor``, ``estimate`` and ``n``, which
    have a bar of their own below: they are a share of all asked, which ``asked`` says.
    """
    answers, missing = data[data["part"] == "answers"], data[data["part"] == "dont_know"].set_index("actor")
    shown = list(dict.fromkeys(answers["actor"]))
    rows = [(actor, part) for actor in shown for part in ("answers", "dont_know") if _shown(actor, part, missing)]
    figure, (axis,) = canvas(0.42 * len(rows) + 1.1)
    names = []
    for place, (actor, part) in enumerate(reversed(rows)):
        name = actors[actor][edition]
        if part == "answers":
            own = answers[answers["actor"] == actor].set_index("step")
            names.append(f"{fill(name, 24)} (n = {_count(own['n'].iloc[0], edition)})")
            _bar(axis, place, own["share"].reindex(present(answers)), edition)
            continue
        share, count = missing.at[actor, "estimate"], _count(missing.at[actor, "n"], edition)
        names.append(f"{fill(name, 24)} (n = {count} {asked[edition]})")
        axis.barh(place, share, height=0.66, color=_UNKNOWN)
        axis.text(share + 0.015, place, percent(share, edition), ha="left", va="center", fontsize=8)
    axis.set_yticks(range(len(rows)), names)
    axis.set(xlim=(-0.12, 1.12), ylim=(-0.6, len(rows) - 0.4))
    axis.set_xticks([0, 0.25, 0.5, 0.75, 1])
    percent_axis(axis, "x", edition)
    _legend(
        axis,
        answers,
        {step: label[edition] for step, label in steps.items()},
        None if missing.empty else unknown[edition],
    )
    return figure


def _shown(actor: str, part: str, missing: pd.DataFrame) -> bool:
    return part == "answers" or actor in missing.index


def _count(n: float, edition: Edition) -> str:
    return ".." if pd.isna(n) else number(n, edition)


def _bar(axis: Axes, place: int, share: pd.Series, edition: Edition) -> None:
    """Draw the steps of one actor as a bar; the shares disagreeing and agreeing stand at its ends."""
    if share.isna().any():
        axis.text(0.5, place, "..", ha="center", va="center", color=MUTED)
        return
    middle = len(share) // 2
    against, agreeing = share.iloc[:middle].sum(), share.iloc[middle + 1 :].sum()
    edges = np.concatenate([[0.0], share.cumsum().to_numpy()])
    for (step, width), left in zip(share.items(), edges, strict=False):
        axis.barh(place, width, left=left, height=0.66, color=_STEP_COLOURS[str(step)])
    axis.text(-0.015, place, percent(against, edition), ha="right", va="center", fontsize=8)
    axis.text(edges[-1] + 0.015, place, percent(agreeing, edition), ha="left", va="center", fontsize=8)


def _legend(axis: Axes, answers: pd.DataFrame, labels: Mapping[object, str], unknown: str | None) -> None:
    """Name the steps and, where they are drawn, those who don't know, in a line above the bars."""
    entries = {labels[step]: _STEP_COLOURS[step] for step in present(answers)}
    if unknown:
        entries[unknown] = _UNKNOWN
    axis.legend(
        [axis.barh(0, 0, color=colour) for colour in entries.values()],
        list(entries),
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=len(entries),
        fontsize=8,
        handlelength=1,
        handleheight=1,
        columnspacing=1.2,
        handletextpad=0.5,
    )


def present(answers: pd.DataFrame) -> list[str]:
    """List the steps that there are, from disagreement to agreement."""
    return [step for step in (*FIVE, *THREE) if (answers["step"] == step).any()]
