"""The figures on municipal activation, and the table of how much measures differ between municipalities."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.actors import GROUPS
from analysis.facts import inside
from analysis.interviews import INTERVIEW_TABLES, code_names, interview_source
from analysis.labour_units import COMPETENCE, MEASURES
from analysis.sections.municipal_activation.frames import ALL, PRACTICES, Frames, together
from analysis.shared_texts import say as shared
from analysis.shared_texts import some_of, some_places, unit_of_places
from analysis.survey import survey_source
from report_engine.drawing.charts import dots_with_interval, ends, heat, on, say_ends, stacked_bars
from report_engine.drawing.placing import spread
from report_engine.drawing.style import ACCENT, MUTED, STANCE_COLOURS, WARM, canvas, percent_axis, year_axis
from report_engine.methods.perturbation import cases
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import percent
from report_engine.words.texts import Texts

Labels = Mapping[Any, Text]

MIX_TABLES = ("labour_units", "municipalities")

# Warm for what the slides call of low quality, blue for what builds competence, grey between.
_MEASURE_COLOURS = dict(zip(MEASURES, (WARM, "#eab38f", "#c9d0d4", "#e3e7e9", "#7aa6b8", ACCENT), strict=True))


def measure_mix(found: Frames, say: Texts) -> Drawn:
    """Show each municipality's mix of measures."""
    most, least = found.ends
    single = found.mix[found.mix["municipality_code"] != ALL]
    competence = single[list(COMPETENCE)].sum(axis=1)
    labels = say.labels("labels.measure")
    shares = {"most": most.task_work, "high": competence.max()}
    parts = [
        say("figures.measure_mix.part", measure=inside(labels[name]), share=together(found.mix, name))
        for name in MEASURES
    ]
    places, several = {"highest": most.municipality}, len(single) > 1
    if several:
        shares |= {"least": least.task_work, "low": competence.min()}
        places |= {"lowest": least.municipality}
    return Drawn(
        found.mix,
        partial(draw_mix, measures=labels, together=say("figures.measure_mix.together")),
        say(f"figures.measure_mix.{'caption' if several else 'caption_one'}", **shares, **places, year=found.year),
        say(f"figures.measure_mix.{'alt' if several else 'alt_one'}", **places, parts=parts),
        say("sources.units"),
        MIX_TABLES,
        len(single),
        unit_of_places(len(single)),
        found.inputs.origin("labour_units"),  # the other table only names them
    )


def documentation(found: Frames, say: Texts) -> Drawn:
    """Show municipalities with goals and follow-up by year, and the share of each actor who find measures documented."""
    names, data = found.inputs.labels["actors"]["actor"], found.documentation
    asked = data[data["part"] == "survey"]
    ordered = asked.dropna(subset=["estimate"]).sort_values("estimate", kind="stable")
    actors = [{"actor": inside(names[row.actor]), "share": row.estimate} for row in ordered.itertuples()]
    ranged = [say("figures.documentation.end", **actors[at]) if actors else shared("survey.hidden") for at in (0, -1)]
    (goals_first, goals), (follow_first, follow) = (found.practice(name) for name in PRACTICES)
    years = {"first": found.first_year, "year": found.year}
    return Drawn(
        data,
        partial(
            draw_documentation,
            actors=names,
            practices=say.labels("labels.practice"),
            titles=(say("figures.documentation.left"), say("figures.documentation.right")),
        ),
        say(
            "figures.documentation.caption",
            goals=some_places(goals.yes, goals.of),
            then=some_of(goals_first.yes, goals_first.of),
            follow=some_of(follow.yes, follow.of),
            lowest=ranged[0],
            highest=ranged[1],
            wave=found.wave,
            **years,
        ),
        say(
            "figures.documentation.alt",
            goals_first=goals_first.yes,
            goals=goals.yes,
            follow_first=follow_first.yes,
            follow=follow.yes,
            actors=[say("figures.documentation.actor", **actor) for actor in actors],
            **years,
        ),
        say("sources.units_and_survey", survey=survey_source(found.actors)),
        ("actors", "labour_units"),
        int(asked["n"].dropna().sum()),
        shared("units.respondents"),
    )


def poor_relief_codes(found: Frames, say: Texts) -> Drawn:
    """Show how often each group voices each poor-relief code, and with which stance."""
    names = code_names(found.inputs.tables["codebook"])
    totals = found.totals[found.totals["estimate"].notna()]
    stances = found.relief[(found.relief["part"] == "stance") & found.relief["mean"].notna()]

    def shares(rows: pd.DataFrame, column: str) -> list[Text]:
        pairs = zip(rows["side"], rows[column], strict=True)
        return [
            say("figures.poor_relief_codes.share", group=say(f"groups.said.{side}"), share=share)
            for side, share in pairs
        ]

    return Drawn(
        found.relief,
        partial(
            draw_poor_relief,
            codes=names,
            stances=say.labels("labels.stance"),
            heading=say("labels.part.stance"),
            heads=say.labels("groups.heads"),
        ),
        say("figures.poor_relief_codes.caption", shares=shares(totals, "estimate")),
        say(
            "figures.poor_relief_codes.alt",
            code=inside(names[found.commonest[0]]),
            shares=shares(stances, "supportive"),
        ),
        interview_source(found.inputs.tables["interviews"]),
        INTERVIEW_TABLES,
        cases(found.coded),
        shared("units.segments"),
    )


def dispersion(found: Frames, say: Texts) -> Table:
    """Lay out how much each measure's share differs between municipalities."""
    widest = found.dispersion.sort_values("variation", kind="stable").iloc[-1]
    labels, heads = say.labels("labels.measure"), say.labels("columns")
    ends_ = {name: widest[name] for name in ("low", "lowest", "high", "highest")}
    caption = say("tables.dispersion.caption_same", year=found.year)
    if round(widest["variation"], 2):
        caption = say("tables.dispersion.caption", measure=inside(labels[widest["measure"]]), **ends_, year=found.year)
    return Table(
        name="dispersion",
        data=found.dispersion,
        columns=(
            Column("measure", heads["measure"], labels=labels),
            Column("mean", heads["mean"], "percent"),
            Column("low", heads["low"], "percent"),
            Column("lowest", heads["municipality"]),
            Column("high", heads["high"], "percent"),
            Column("highest", heads["municipality"]),
            Column("variation", heads["variation"], "decimal", decimals=2),
        ),
        caption=caption,
        provenance=Provenance(
            say("sources.units"),
            found.inputs.origin("labour_units"),
            MIX_TABLES,
            found.municipalities,
            unit_of_places(found.municipalities),
        ),
        note=say("tables.dispersion.note"),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "measure_mix": measure_mix,
    "documentation": documentation,
    "poor_relief_codes": poor_relief_codes,
}


def draw_mix(data: pd.DataFrame, edition: Edition, *, measures: Labels, together: Text) -> Canvas:
    """Draw each municipality's measures as bars that add up to 100 %, all municipalities together last."""
    all_of_them, total = data[data["municipality_code"] == ALL], len(data) - 1
    data = pd.concat([ends(data[data["municipality_code"] != ALL]), all_of_them])
    figure, (axis,) = canvas(0.31 * len(data) + 1.0)
    say_ends(axis, total, edition)
    names = [together[edition] if row.municipality_code == ALL else row.municipality for row in data.itertuples()]
    wide = data[list(MEASURES)].set_axis(names)
    labels = {name: measures[name][edition] for name in MEASURES}
    stacked_bars(axis, wide, labels=labels, colours=_MEASURE_COLOURS, edition=edition)
    axis.axhline(0.5, color=MUTED, linewidth=0.8)
    axis.get_yticklabels()[-1].set_fontweight(600)
    axis.grid(False)
    return figure


def draw_documentation(
    data: pd.DataFrame, edition: Edition, *, actors: Labels, practices: Labels, titles: tuple[Text, Text]
) -> Canvas:
    """Draw municipalities with goals and follow-up by year, beside the share of each actor who find measures documented."""
    figure, (left, right) = canvas(3.3, columns=2, widths=(1.15, 1))
    units, survey = data[data["part"] == "units"], data[data["part"] == "survey"]
    left.grid(False)
    left.grid(True, axis="y")
    top = int(units["municipalities"].max())
    left.set_ylim(0, top + 1.2)
    labels = {name: practices[name][edition] for name in PRACTICES}
    _practice_lines(left, units, labels)
    left.set_yticks(sorted({0, top // 2, top}))
    left.set_title(titles[0][edition])
    names = [actors[actor][edition] for actor in survey["actor"]]
    dots_with_interval(right, survey, labels=[_wrapped(name) for name in names])
    right.set_xlim(0, 1)
    percent_axis(right, "x", edition)
    right.axvline(0.5, color=MUTED, linewidth=0.6)
    right.set_title(titles[1][edition])
    return figure


def _practice_lines(axis: Axes, units: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """Draw the two lines, each labelled above its highest point: beside the last one there is another panel."""
    parts = [units[units["practice"] == name].sort_values("year", kind="stable") for name in labels]
    places = spread([float(part["municipalities_yes"].max()) + 0.35 for part in parts], 1.0)
    last = int(units["year"].max())
    for part, label, place, colour, marker in zip(parts, labels.values(), places, (ACCENT, WARM), "os", strict=True):
        axis.plot(part["year"], part["municipalities_yes"], color=colour, marker=marker, markersize=4, clip_on=False)
        axis.text(last, place, label, ha="right", va="bottom", color=colour)
    year_axis(axis, sorted(int(year) for year in units["year"].unique()))


def draw_poor_relief(
    data: pd.DataFrame, edition: Edition, *, codes: Labels, stances: Labels, heading: Text, heads: Labels
) -> Canvas:
    """Draw how often each group voices each poor-relief code, and below whether it does so critically or in support."""
    figure, (top, bottom) = canvas(5.0, rows=2, grid="none")
    if grid := top.get_gridspec():
        grid.set_height_ratios([2.1, 1])
    voiced, taken = data[data["part"] == "codes"], data[data["part"] == "stance"].set_index("side")
    groups = [group for group in GROUPS if (voiced["side"] == group).any()]
    order = list(dict.fromkeys(voiced["code"]))
    values = voiced.pivot(index="code", columns="side", values="share").loc[order, groups]
    texts = values.map(lambda share: ".." if pd.isna(share) else percent(share, edition)).astype(object)
    values.index = pd.Index([codes[code][edition] for code in order])
    highest = float(values.max().max())
    heat(top, values, texts, low=0, high=highest)
    top.xaxis.tick_top()
    top.set_xticks([place + 0.5 for place in range(len(groups))], [heads[group][edition] for group in groups])
    _stance_columns(bottom, taken, groups, edition)
    _stance_legend(bottom, stances, heading, edition)
    return figure


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
        axis.text(place + 0.5, 1.03, shared("survey.n", n=int(row["n"]))[edition], ha="center", fontsize=8, color=MUTED)
    axis.set(xlim=(0, len(groups)), ylim=(0, 1.12), xticks=[], yticks=[])
    axis.spines["bottom"].set_visible(False)


def _stance_legend(axis: Axes, stances: Labels, heading: Text, edition: Edition) -> None:
    """Name the parts of the columns, to the left of them."""
    handles = [axis.bar(0, 0, color=STANCE_COLOURS[name]) for name in reversed(STANCE_COLOURS)]
    names = [stances[name][edition] for name in reversed(STANCE_COLOURS)]
    axis.legend(
        handles,
        names,
        title=heading[edition],
        title_fontsize=9,
        alignment="left",
        loc="center right",
        bbox_to_anchor=(-0.02, 0.5),
        handlelength=1,
        handleheight=1,
    )


def _wrapped(label: str) -> str:
    """Break a long label before its last words, so that it takes two lines."""
    words = label.split(" ")
    if len(label) <= 20 or len(words) < 2:
        return label
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}"
