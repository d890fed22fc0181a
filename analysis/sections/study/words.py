"""The study's words and facts: captions, alternative texts, statements and every number its chapter uses."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.sections.study.map import NAMED
from analysis.survey_items import HIDDEN
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, count_words, listing, money, number, percent, percent_words

if TYPE_CHECKING:
    pass

ALL: Mapping[object, Text] = {"all": {"sv": "Alla", "en": "All"}}

# Headings of narrow columns; the full names stand in the figures.
ACTOR_HEADS: Mapping[str, Text] = {
    "pes_manager": {"sv": "Af-chefer", "en": "PES managers"},
    "social_services_manager": {"sv": "Soc.-chefer", "en": "SoS managers"},
    "labour_unit_manager": {"sv": "AME-chefer", "en": "LMU managers"},
    "social_worker": {"sv": "Soc.-sekr.", "en": "Social workers"},
    "labour_unit_staff": {"sv": "AME-personal", "en": "LMU staff"},
    "participant": {"sv": "Deltagare", "en": "Participants"},
}
MATERIAL_NOTE: Text = {
    "sv": "Af: Arbetsförmedlingen; Soc.: socialtjänsten; AME: kommunens arbetsmarknadsenhet. Svarande i alla enkätvågor tillsammans.",
    "en": "PES: Public Employment Service; SoS: social services; LMU: municipal labour-market unit. Respondents of all waves together.",
}

STATEMENTS: Mapping[str, Text] = {
    "interviews_cover_all": {
        "sv": "Chefer, medarbetare och deltagare har intervjuats i samtliga kommuner",
        "en": "Managers, staff and participants have been interviewed in every municipality",
    },
    "answers_from_all": {
        "sv": "Enkäten har besvarats av alla slags aktörer i samtliga kommuner",
        "en": "All kinds of actors have answered the survey in every municipality",
    },
    "response_over_half": {
        "sv": "Mer än hälften av de tillfrågade har svarat, i varje aktörsgrupp och våg",
        "en": "More than half of those invited answered, in every group of actors and wave",
    },
    "codes_reliable": {
        "sv": "Två kodare är tillräckligt överens om vilken kod ett segment ska ha",
        "en": "Two coders agree sufficiently on which code a segment has",
    },
    "stances_reliable": {
        "sv": "Två kodare är tillräckligt överens om vilken hållning ett segment uttrycker",
        "en": "Two coders agree sufficiently on which stance a segment expresses",
    },
}


def counties(names: Iterable[str]) -> dict[object, Text]:
    """Name counties in both editions: ``Dalarnas län`` / ``Dalarna``."""
    return {name: {"sv": name, "en": _county(name)} for name in names}


def _county(name: str) -> str:
    return name.removesuffix(" län").removesuffix("s")  # the genitive


def text(write: Callable[[Edition], str]) -> Text:
    """Write one text for every edition."""
    return {edition: write(edition) for edition in EDITIONS}


def map_words(frame: pd.DataFrame) -> tuple[Text, Text]:
    """Write caption and alternative text of the map."""
    counted, n = frame["county"].nunique(), len(frame)
    peopled = frame.dropna(subset=["population"]).sort_values("population", kind="stable")
    year = frame["population_year"].iloc[0]
    north = frame.sort_values("y_km", ascending=False, kind="stable")["municipality"].tolist()

    def caption(e: Edition) -> str:
        if n == 1:
            row = frame.iloc[0]
            people = (
                f"{number(row['population'], e)} {'invånare' if e == 'sv' else 'inhabitants in'} {year}"
                if len(peopled)
                else ""
            )
            about = f" ({people})" if people else ""
            if e == "sv":
                return f"Studiens kommun är {row['municipality']}{about} i {row['county']}."
            return f"The municipality studied is {row['municipality']}{about} in {_county(row['county'])}."
        if e == "sv":
            return f"Studiens {count_words(n, e)} kommuner ligger i {count_words(counted, e)} län.{ends(e)}"
        county = "county" if counted == 1 else "counties"
        return f"The study's {count_words(n, e)} municipalities lie in {count_words(counted, e)} {county}.{ends(e)}"

    def ends(e: Edition) -> str:
        if peopled.empty:
            return ""
        largest, smallest = (
            f"{row['municipality']} ({number(row['population'], e)}" for row in (peopled.iloc[-1], peopled.iloc[0])
        )
        if e == "sv":
            return f" Störst är {largest} invånare {year}), minst {smallest})."
        return f" The largest is {largest} inhabitants in {year}), the smallest {smallest})."

    def alt(e: Edition) -> str:
        if n > NAMED:
            return (
                f"Karta över Sverige med studiens {number(n, e)} kommuner markerade."
                if e == "sv"
                else f"Map of Sweden with the study's {number(n, e)} municipalities marked."
            )
        head = (
            "Karta över Sverige med kommunerna markerade, från norr till söder"
            if e == "sv"
            else "Map of Sweden with the municipalities marked, north to south"
        )
        return f"{head}: {listing(north, e)}."

    return text(caption), text(alt)


def rate_words(frame: pd.DataFrame) -> tuple[Text, Text]:
    """Write caption and alternative text of the response rates."""
    known = frame.dropna(subset=["last"])
    high, low = (known.sort_values(["last", "actor"]).iloc[place] for place in (-1, 0))
    wave = frame["last_wave"].iloc[0]
    rate = known["last_respondents"].sum() / known["last_invited"].sum()

    def caption(e: Edition) -> str:
        if e == "sv":
            return (
                f"{percent_words(rate, e).capitalize()} av de tillfrågade svarade {wave}. Högst var svarsfrekvensen bland {_inside(high, e)} "
                f"({percent_words(high['last'], e)}), lägst bland {_inside(low, e)} ({percent_words(low['last'], e)})."
            )
        return (
            f"{percent_words(rate, e).capitalize()} of those invited answered in {wave}. The rate was highest among {_inside(high, e)} "
            f"({percent_words(high['last'], e)}) and lowest among {_inside(low, e)} ({percent_words(low['last'], e)})."
        )

    one = frame["first_wave"].iloc[0] == wave

    def alt(e: Edition) -> str:
        rows = [
            f"{row[f'actor_{e}']} {percent(row['last'], e)}"
            if one
            else f"{row[f'actor_{e}']} {_rate(row['first'], e)} {'och' if e == 'sv' else 'and'} {percent(row['last'], e)}"
            for _, row in known.iterrows()
        ]
        waves = str(wave) if one else f"{frame['first_wave'].iloc[0]} {'och' if e == 'sv' else 'and'} {wave}"
        head = "Svarsfrekvens per aktör" if e == "sv" else "Response rate by actor"
        return f"{head}, {waves}: {'; '.join(rows)}."

    return text(caption), text(alt)


def _rate(share: float, e: Edition) -> str:
    return "–" if pd.isna(share) else percent(share, e)


def _inside(row: pd.Series, e: Edition) -> str:
    label = str(row[f"actor_{e}"])
    return label if label.startswith("PES") else label[0].lower() + label[1:]


def municipality_words(frame: pd.DataFrame) -> Text:
    """Write the caption of the table of municipalities."""
    cost, people = frame["net_cost_million"].sum() * 1_000, int(frame["population"].sum())
    year = frame["net_cost_year"].iloc[0]
    if frame["population"].isna().all():
        return {
            "sv": f"Nettokostnaden för arbetsmarknadsåtgärder var sammanlagt {money(cost, 'sv', 0)} {year}.",
            "en": f"Net cost of labour-market measures was {money(cost, 'en', 0)} altogether in {year}.",
        }
    if len(frame) == 1:
        return {
            "sv": f"Kommunen har {number(people, 'sv')} invånare och lade {money(cost, 'sv', 0)} netto på arbetsmarknadsåtgärder {year}.",
            "en": f"The municipality has {number(people, 'en')} inhabitants and spent {money(cost, 'en', 0)} net on labour-market measures in {year}.",
        }
    return {
        "sv": f"Kommunerna har tillsammans {number(people, 'sv')} invånare och lade {money(cost, 'sv', 0)} netto på arbetsmarknadsåtgärder {year}.",
        "en": f"Together the municipalities have {number(people, 'en')} inhabitants and spent {money(cost, 'en', 0)} net on labour-market measures in {year}.",
    }


def material_words(frame: pd.DataFrame) -> Text:
    """Write the caption of the table of the material."""
    total = frame.iloc[-1]
    answers = HIDDEN if pd.isna(total["all_n"]) else both(number, total["all_n"])
    return {
        "sv": f"Materialet består av {number(total['interviews'], 'sv')} gruppintervjuer med {number(total['interviewees'], 'sv')} personer "
        f"och {answers['sv']} enkätsvar.",
        "en": f"The material consists of {number(total['interviews'], 'en')} group interviews with {number(total['interviewees'], 'en')} persons "
        f"and {answers['en']} survey answers.",
    }
