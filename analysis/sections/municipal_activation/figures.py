"""The figures on municipal activation."""

from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.labour_units import MEASURES
from analysis.sections.municipal_activation.frames import ALL, PRACTICES
from analysis.shared import GROUP_WORDS, GROUPS, SHORT
from report_engine.drawing.charts import dots_with_interval, ends, heat, on, say_ends, stacked_bars
from report_engine.drawing.placing import spread
from report_engine.drawing.style import ACCENT, MUTED, STANCE_COLOURS, WARM, canvas, percent_axis, year_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number, percent

Draw = Callable[[pd.DataFrame, Edition], Canvas]

MEASURE_LABELS: Mapping[object, Text] = {
    "task_work": {"sv": "Kommunala arbetsuppgifter", "en": "Municipal task work"},
    "work_practice": {"sv": "Arbetspraktik", "en": "Work practice"},
    "job_search": {"sv": "Jobbsökaraktivitet", "en": "Job-search activity"},
    "assessment": {"sv": "Kartläggning", "en": "Assessment"},
    "subsidised_employment": {"sv": "Subventionerad anställning", "en": "Subsidised employment"},
    "education": {"sv": "Utbildning", "en": "Education"},
}
# Warm for what the slides call of low quality, blue for what builds competence, grey between.
_MEASURE_COLOURS = dict(zip(MEASURES, (WARM, "#eab38f", "#c9d0d4", "#e3e7e9", "#7aa6b8", ACCENT), strict=True))

PRACTICE_LABELS: Mapping[str, Text] = {
    "documented_goals": {"sv": "Dokumenterade mål", "en": "Documented goals"},
    "effect_follow_up": {"sv": "Uppföljning av effekter", "en": "Follow-up of effects"},
}
_ALL: Text = {"sv": "Alla", "en": "All"}
LABELS: Mapping[str, Mapping[str, Text]] = {
    "part": {
        "units": {"sv": "Enheternas uppgifter", "en": "What the units report"},
        "survey": {"sv": "Enkäten", "en": "The survey"},
        "codes": {"sv": "Kodernas andelar", "en": "Shares of the codes"},
        "stance": {"sv": "Hållning", "en": "Stance"},
    },
    "practice": {**PRACTICE_LABELS},
    "side": {
        group: {e: text[:1].upper() + text[1:] for e, text in words.items()} for group, words in GROUP_WORDS.items()
    },
    "municipality_code": {ALL: _ALL},
    "municipality": {ALL: _ALL},
}
"""What codes in the figures' data are called."""

STANCE_LABELS: Mapping[str, Text] = {
    "critical": {"sv": "Kritisk", "en": "Critical"},
    "neutral": {"sv": "Neutral", "en": "Neutral"},
    "supportive": {"sv": "Stödjande", "en": "Supportive"},
}


def measure_mix(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw each municipality's measures as bars that add up to 100 %, all municipalities together last."""
    all_of_them, total = data[data["municipality_code"] == ALL], len(data) - 1
    data = pd.concat([ends(data[data["municipality_code"] != ALL]), all_of_them])
    figure, (axis,) = canvas(0.31 * len(data) + 1.0)
    say_ends(axis, total, edition)
    together = {"sv": "Alla tillsammans", "en": "All together"}[edition]
    names = [together if row.municipality_code == ALL else row.municipality for row in data.itertuples()]
    wide = data[list(MEASURES)].set_axis(names)
    labels = {name: MEASURE_LABELS[name][edition] for name in MEASURES}
    stacked_bars(axis, wide, labels=labels, colours=_MEASURE_COLOURS, edition=edition)
    axis.axhline(0.5, color=MUTED, linewidth=0.8)
    axis.get_yticklabels()[-1].set_fontweight(600)
    axis.grid(False)
    return figure


def documentation(actor_labels: Mapping[object, Text]) -> Draw:
    """Draw municipalities with goals and follow-up by year, beside the share of each actor who find measures documented."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        figure, (left, right) = canvas(3.3, columns=2, widths=(1.15, 1))
        units, survey = data[data["part"] == "units"], data[data["part"] == "survey"]
        left.grid(False)
        left.grid(True, axis="y")
        top = int(units["municipalities"].max())
        left.set_ylim(0, top + 1.2)
        labels = {name: PRACTICE_LABELS[name][edition] for name in PRACTICES}
        _practice_lines(left, units, labels)
        left.set_yticks(sorted({0, top // 2, top}))
        left.set_title({"sv": "Kommuner som har", "en": "Municipalities that have"}[edition])
        names = [actor_labels[actor][edition] for actor in survey["actor"]]
        dots_with_interval(right, survey, labels=[_wrapped(name) for name in names])
        right.set_xlim(0, 1)
        percent_axis(right, "x", edition)
        right.axvline(0.5, color=MUTED, linewidth=0.6)
        right.set_title(
            {"sv": "Anser att insatserna dokumenteras", "en": "Agree that measures are documented"}[edition]
        )
        return figure

    return draw


def _practice_lines(axis: Axes, units: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """Draw the two lines, each labelled above its highest point: beside the last one there is another panel."""
    parts = [units[units["practice"] == name].sort_values("year", kind="stable") for name in labels]
    places = spread([float(part["municipalities_yes"].max()) + 0.35 for part in parts], 1.0)
    last = int(units["year"].max())
    for part, label, place, colour, marker in zip(parts, labels.values(), places, (ACCENT, WARM), "os", strict=True):
        axis.plot(part["year"], part["municipalities_yes"], color=colour, marker=marker, markersize=4, clip_on=False)
        axis.text(last, place, label, ha="right", va="bottom", color=colour)
    year_axis(axis, sorted(int(year) for year in units["year"].unique()))


def poor_relief_codes(code_labels: Mapping[object, Text]) -> Draw:
    """Draw how often each group voices each poor-relief code, and below whether it does so critically or in support."""

    def draw(data: pd.DataFrame, edition: Edition) -> Canvas:
        figure, (top, bottom) = canvas(5.0, rows=2, grid="none")
        if grid := top.get_gridspec():
            grid.set_height_ratios([2.1, 1])
        codes, stances = data[data["part"] == "codes"], data[data["part"] == "stance"].set_index("side")
        groups = [group for group in GROUPS if (codes["side"] == group).any()]
        order = list(dict.fromkeys(codes["code"]))
        values = codes.pivot(index="code", columns="side", values="share").loc[order, groups]
        texts = values.map(lambda share: ".." if pd.isna(share) else percent(share, edition, 1)).astype(object)
        values.index = pd.Index([code_labels[code][edition] for code in order])
        highest = float(values.max().max())
        heat(top, values, texts, low=0, high=highest)
        top.xaxis.tick_top()
        top.set_xticks([place + 0.5 for place in range(len(groups))], [SHORT[group][edition] for group in groups])
        _stance_columns(bottom, stances, groups, edition)
        return figure

    return draw


def _stance_columns(axis: Axes, stances: pd.DataFrame, groups: list[str], edition: Edition) -> None:
    """Draw one column a group, below the group's column of the heat map."""
    for place, group in enumerate(groups):
        row = stances.loc[group] if group in stances.index else None
        if row is None or pd.isna(row["mean"]):
            axis.text(place + 0.5, 0.5, "..", ha="center", color=MUTED)
            continue
        base = 0.0
        for name, colour in STANCE_COLOURS.items():
            share = float(row[name])
            axis.bar(place + 0.5, share, bottom=base, width=0.62, color=colour)
            if share >= 0.12:
                text = percent(share, edition)
                axis.text(place + 0.5, base + share / 2, text, ha="center", va="center", fontsize=8, color=on(colour))
            base += share
        axis.text(place + 0.5, 1.03, f"n = {number(row['n'], edition)}", ha="center", fontsize=8, color=MUTED)
    handles = [axis.bar(0, 0, color=STANCE_COLOURS[name]) for name in reversed(STANCE_COLOURS)]
    names = [STANCE_LABELS[name][edition] for name in reversed(STANCE_COLOURS)]
    heading = {"sv": "Hållning", "en": "Stance"}[edition]
    axis.legend(
        handles,
        names,
        title=heading,
        title_fontsize=9,
        alignment="left",
        loc="center right",
        bbox_to_anchor=(-0.02, 0.5),
        handlelength=1,
        handleheight=1,
    )
    axis.set(xlim=(0, len(groups)), ylim=(0, 1.12), xticks=[], yticks=[])
    axis.spines["bottom"].set_visible(False)


def _wrapped(label: str) -> str:
    """Break a long label before its last words, so that it takes two lines."""
    words = label.split(" ")
    if len(label) <= 20 or len(words) < 2:
        return label
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}"
