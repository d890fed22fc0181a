"""Unemployment over the years: one figure, one table, one claim."""

import pandas as pd

from report_engine.drawing.style import ACCENT, canvas, number_axis
from report_engine.methods.dispersion import coefficient_of_variation
from report_engine.model.section import Claim, Column, Fact, Figure, Provenance, Section, Table, Verdict
from report_engine.results.inputs import Inputs

TABLES = ("unemployment",)
SETTINGS = ("index_base", "years")
RESTS_ON = ()

NAME = {"sv": "Arbetslöshet", "en": "Unemployment"}
UNIT = {"sv": "Procent av arbetskraften", "en": "Per cent of the labour force"}
LIMIT = 8.0


def build(inputs: Inputs) -> Section:
    rows = inputs.tables["unemployment"]
    years = inputs.settings.years
    rows = rows[rows["year"].between(years.first, years.last)][["year", "unemployment_percent"]].reset_index(drop=True)
    last, mean = float(rows["unemployment_percent"].iloc[-1]), float(rows["unemployment_percent"].mean())
    spread = coefficient_of_variation(rows["unemployment_percent"])
    base = rows.loc[rows["year"] == inputs.settings.index_base, "unemployment_percent"]
    index = 100 * last / float(base.iloc[0])
    origin = Provenance({"sv": "SCB", "en": "Statistics Sweden"}, inputs.origin("unemployment"), TABLES, len(rows))
    caption = {
        "sv": f"Arbetslösheten slutar på {last:.1f} procent.".replace(".", ",", 1),
        "en": f"Unemployment ends at {last:.1f} per cent.",
    }
    outcome = "holds" if mean < LIMIT else "fails"
    reason = {"sv": f"Medelvärdet är {mean:.2f}.", "en": f"The mean is {mean:.2f}."}
    return Section(
        "jobs",
        figures=(Figure("line", NAME, rows, draw, caption, caption, origin),),
        tables=(
            Table(
                "years",
                rows,
                (
                    Column("year", {"sv": "År", "en": "Year"}, "code"),
                    Column("unemployment_percent", NAME, "decimal", 1),
                ),
                caption,
                origin,
            ),
        ),
        facts=(
            Fact("jobs.last", last, {"sv": f"{last:.1f}", "en": f"{last:.1f}"}, "number", TABLES, origin.origin),
            Fact("jobs.index", index, {"sv": f"{index:.0f}", "en": f"{index:.0f}"}, "number", TABLES, origin.origin),
            Fact(
                "jobs.spread", spread, {"sv": f"{spread:.3f}", "en": f"{spread:.3f}"}, "number", TABLES, origin.origin
            ),
        ),
        claims=(
            Claim(
                "jobs.low",
                {"sv": "Arbetslösheten är låg", "en": "Unemployment is low"},
                Verdict(outcome, {"mean": mean}, reason),
                "spending",
                TABLES,
                origin.origin,
                "jobs/line",
            ),
        ),
    )


def draw(data: pd.DataFrame, edition: str) -> object:
    figure, (axis,) = canvas(2.4, grid="y")
    axis.plot(data["year"], data["unemployment_percent"], color=ACCENT)
    number_axis(axis, "y", edition)
    axis.set_title(UNIT[edition])
    return figure
