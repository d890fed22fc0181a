"""The figures on the study (its municipalities on a map, the response rates) and its tables."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.actors import ACTORS
from analysis.facts import inside
from analysis.sections.study import map as study_map
from analysis.sections.study.frames import Frames
from analysis.shared_texts import say as shared
from analysis.shared_texts import unit_of_places
from report_engine.drawing.charts import dumbbell
from report_engine.drawing.style import MUTED, canvas, percent_axis
from report_engine.model.section import Column, Provenance, Table, Unavailable
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, percent
from report_engine.words.texts import Texts

REGISTER = ("municipalities", "population")


def map_of_sweden(found: Frames, say: Texts) -> Drawn:
    """Show where the municipalities studied lie, and how many live in each."""
    frame = found.municipalities
    north = frame.sort_values("y_km", ascending=False, kind="stable")["municipality"].tolist()
    people = {int(n): say("figures.map.inhabitants", n=int(n)) for n in frame["population"].dropna()}
    return Drawn(
        frame,
        partial(study_map.draw, inhabitants=people),
        _one_place(frame, say) if len(frame) == 1 else _places(frame, say),
        say("figures.map.alt", places=north)
        if len(frame) <= study_map.NAMED
        else say("figures.map.alt_many", n=len(frame)),
        say("figures.map.source", year=_year(frame, "population")),
        REGISTER,
        len(frame),
        unit_of_places(len(frame)),
    )


def response_rates(found: Frames, say: Texts) -> Drawn:
    """Show each actor's response rate in the first and the last wave."""
    data = rate_rows(found.rates, found.inputs.labels["survey_frame"]["actor"])
    answered = data.dropna(subset=["last"])
    if answered.empty:
        raise Unavailable(shared("unavailable.none_shown"))
    low, high = (answered.sort_values(["last", "actor"]).iloc[place] for place in (0, -1))
    waves = list(dict.fromkeys((int(data["first_wave"].iloc[0]), int(data["last_wave"].iloc[0]))))
    return Drawn(
        data,
        partial(draw_rates, axis_label=say("figures.response_rates.axis")),
        say(
            "figures.response_rates.caption",
            rate=float(found.waves.loc[waves[-1], "rate"]),
            wave=waves[-1],
            highest=inside(_actor(high)),
            high=high["last"],
            lowest=inside(_actor(low)),
            low=low["last"],
        ),
        say(
            "figures.response_rates.alt",
            waves=[str(wave) for wave in waves],
            rows=[
                say("figures.response_rates.alt_row", actor=_actor(row), rates=_rates(row, len(waves)))
                for _, row in answered.iterrows()
            ],
        ),
        say("sources.survey"),
        ("actors", "survey_frame"),
        found.respondents,
        shared("units.respondents"),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {"map": map_of_sweden, "response_rates": response_rates}


def municipalities(found: Frames, say: Texts) -> Table:
    """List the municipalities studied with county, group, population and net cost of measures."""
    frame, tables = found.municipalities, (*REGISTER, "municipal_net_cost")
    groups = found.inputs.labels["municipalities"]["skr_group_code"]
    population = say("columns.population", year=_year(frame, "population"))
    net_cost = say("columns.net_cost", year=_year(frame, "net_cost"))
    return Table(
        name="municipalities",
        data=frame.drop(columns=["x_km", "y_km"]),
        columns=(
            Column("municipality", say("columns.municipality")),
            Column("county", say("columns.county"), labels=counties(frame["county"])),
            Column("skr_group_code", say("columns.group"), labels=groups),
            Column("population", population, "integer"),
            Column("net_cost_million", net_cost, "decimal", 1),
        ),
        caption=_money_words(frame, say),
        provenance=Provenance(
            say("tables.municipalities.source"),
            found.inputs.origin(*tables),
            tables,
            len(frame),
            unit_of_places(len(frame)),
        ),
        note=say("tables.municipalities.note"),
    )


def material(found: Frames, say: Texts) -> Table:
    """List interviews and respondents, a row a municipality and one of all together."""
    frame, tables = found.material, ("actors", "interviews")
    everyone = frame.iloc[-1]
    counts = {name: None if pd.isna(everyone[name]) else int(everyone[name]) for name in ("interviews", "interviewees")}
    answers = None if pd.isna(everyone["all_n"]) else int(everyone["all_n"])
    return Table(
        name="material",
        data=frame,
        columns=(
            Column("municipality", say("columns.municipality"), labels=say.labels("labels.row")),
            *(Column(name, say(f"columns.{name}"), "integer") for name in counts),
            *(Column(f"{actor}_n", say(f"columns.actor.{actor}"), "integer") for actor in ACTORS),
            Column("all_n", say("columns.answers"), "integer"),
        ),
        caption=say("tables.material.caption", **counts, answers=answers),
        provenance=Provenance(
            say("tables.material.source"),
            found.inputs.origin(*tables),
            tables,
            answers,
            shared("units.respondents"),
            suppressed=found.hidden,
        ),
        note=say("tables.material.note"),
    )


def counties(names: Iterable[str]) -> dict[object, Text]:
    """Name counties, which the register does in Swedish only: ``Dalarnas län`` / ``Dalarna``, without the genitive."""
    return {name: {"sv": name, "en": name.removesuffix(" län").removesuffix("s")} for name in names}


def _year(frame: pd.DataFrame, column: str) -> int:
    return int(frame[f"{column}_year"].iloc[0])


def _one_place(frame: pd.DataFrame, say: Texts) -> Text:
    row, people = frame.iloc[0], None
    if pd.notna(row["population"]):
        people = say("figures.map.people", population=int(row["population"]), year=_year(frame, "population"))
    county = counties([row["county"]])[row["county"]]
    return say("figures.map.caption_one", municipality=row["municipality"], people=people, county=county)


def _places(frame: pd.DataFrame, say: Texts) -> Text:
    peopled, ends = frame.dropna(subset=["population"]).sort_values("population", kind="stable"), None
    if len(peopled):
        least, most = peopled.iloc[0], peopled.iloc[-1]
        ends = say(
            "figures.map.ends",
            largest=most["municipality"],
            most=int(most["population"]),
            year=_year(frame, "population"),
            smallest=least["municipality"],
            least=int(least["population"]),
        )
    return say("figures.map.caption", n=len(frame), counties=frame["county"].nunique(), ends=ends)


def _money_words(frame: pd.DataFrame, say: Texts) -> Text:
    spent = {"cost": frame["net_cost_million"].sum() * 1_000, "year": _year(frame, "net_cost")}
    if frame["population"].isna().all():
        return say("tables.municipalities.caption_without_people", **spent)
    key = "caption_one" if len(frame) == 1 else "caption"
    return say(f"tables.municipalities.{key}", people=int(frame["population"].sum()), **spent)


def _actor(row: pd.Series) -> Text:
    return {edition: row[f"actor_{edition}"] for edition in EDITIONS}


def _rates(row: pd.Series, waves: int) -> list[Text | str]:
    """Write an actor's rates in the first and the last wave, or the only one; a dash where nobody was invited."""
    return ["–" if pd.isna(row[name]) else both(percent, row[name]) for name in ("first", "last")[-waves:]]


def rate_rows(rates: pd.DataFrame, labels: Mapping[object, Text]) -> pd.DataFrame:
    """Put the first and the last wave of each actor in one row.

    ``rates`` is ``response_rates`` by wave and actor. Returns, in the order of the actors: ``actor``, ``actor_sv``,
    ``actor_en``, ``first_wave``, ``last_wave``, ``first``, ``last`` (share 0–1), ``first_invited``, ``last_invited``,
    ``first_respondents``, ``last_respondents``.
    """
    waves = {"first": int(rates["wave"].min()), "last": int(rates["wave"].max())}
    wide = pd.DataFrame({"actor": [actor for actor in ACTORS if (rates["actor"] == actor).any()]})
    for edition in EDITIONS:
        wide[f"actor_{edition}"] = [labels[actor][edition] for actor in wide["actor"]]
    for name, wave in waves.items():
        part = rates[rates["wave"] == wave].set_index("actor").reindex(wide["actor"])
        wide[f"{name}_wave"] = wave
        wide[name] = part["rate"].to_numpy(dtype="float64")
        for count in ("invited", "respondents"):
            wide[f"{name}_{count}"] = part[count].to_numpy()
    return wide


def draw_rates(data: pd.DataFrame, edition: Edition, *, axis_label: Text) -> Canvas:
    """Draw each actor's response rate in both waves (``rate_rows``), with half marked."""
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
    axis.set_xlabel(axis_label[edition])
    return figure
