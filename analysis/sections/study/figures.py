"""How the study's response rates are drawn."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.actors import ACTORS
from report_engine.drawing.charts import dumbbell
from report_engine.drawing.style import MUTED, canvas, percent_axis
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import percent


def rate_rows(rates: pd.DataFrame, labels: Mapping[object, Text]) -> pd.DataFrame:
    """Put the first and the last wave of each actor in one row.

    ``rates`` is ``response_rates`` by wave and actor. Returns, in the order of the actors: ``actor``, ``actor_sv``,
    ``actor_en``, ``first_wave``, ``last_wave``, ``first``, ``last`` (share 0–1), ``first_invited``, ``last_invited``,
    ``first_respondents``, ``last_respondents``.
    """
    waves = {"first": int(rates["wave"].min()), "last": int(rates["wave"].max())}
    wide = pd.DataFrame({"actor": [actor for actor in ACTORS if (rates["actor"] == actor).any()]})
    for edition in ("sv", "en"):
        wide[f"actor_{edition}"] = [labels[actor][edition] for actor in wide["actor"]]
    for name, wave in waves.items():
        part = rates[rates["wave"] == wave].set_index("actor").reindex(wide["actor"])
        wide[f"{name}_wave"] = wave
        wide[name] = part["rate"].to_numpy(dtype="float64")
        for count in ("invited", "respondents"):
            wide[f"{name}_{count}"] = part[count].to_numpy()
    return wide


def response_rates(data: pd.DataFrame, edition: Edition) -> Canvas:
    """Draw each actor's response rate in both waves, with half marked."""
    figure, (axis,) = canvas(0.9 + 0.34 * len(data))
    names = str(data["first_wave"].iloc[0]), str(data["last_wave"].iloc[0])
    axis.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    dumbbell(axis, data, first="first", last="last", labels=list(data[f"actor_{edition}"]), names=names)
    if one_wave := names[0] == names[1]:
        axis.legend(axis.get_legend_handles_labels()[0][-1:], names[-1:], loc="lower left", bbox_to_anchor=(0, 1.0))
    for row, item in enumerate(data.iloc[::-1].itertuples()):
        for value, other in ((item.first, item.last), (item.last, item.first))[one_wave:]:
            if pd.isna(value):
                continue
            right = value > other or (value == other and value == item.last)
            axis.annotate(
                percent(value, edition),
                (value, row),
                (7 if right else -7, 0),
                textcoords="offset points",
                ha="left" if right else "right",
                va="center",
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
    axis.set_xlim(0, 1)
    percent_axis(axis, "x", edition)
    axis.set_xlabel({"sv": "Andel av de tillfrågade som svarat", "en": "Share of those invited who answered"}[edition])
    return figure
