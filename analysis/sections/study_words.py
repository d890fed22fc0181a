"""The study's words and facts: captions, alternative texts, statements and every number its chapter uses."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.methods.reliability import Alpha
from analysis.model import EDITIONS, Edition, Fact, Inputs, Origin, Text
from analysis.numbers import both, count_words, listing, money, number, percent, percent_words
from analysis.sections.study_claims import RELIABLE
from analysis.sections.survey_items import HIDDEN

if TYPE_CHECKING:
    from analysis.sections.study import Frames

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
    largest, smallest = (frame.sort_values("population").iloc[place] for place in (-1, 0))
    year = frame["population_year"].iloc[0]
    north = frame.sort_values("y_km", ascending=False)["municipality"].tolist()

    def caption(e: Edition) -> str:
        ends = [f"{row['municipality']} ({number(row['population'], e)}" for row in (largest, smallest)]
        if e == "sv":
            return (
                f"Studiens {count_words(n, e)} kommuner ligger i {count_words(counted, e)} län. Störst är {ends[0]} invånare {year}), "
                f"minst {ends[1]})."
            )
        return (
            f"The study's {count_words(n, e)} municipalities lie in {count_words(counted, e)} counties. The largest is {ends[0]} inhabitants in {year}), "
            f"the smallest {ends[1]})."
        )

    def alt(e: Edition) -> str:
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

    def alt(e: Edition) -> str:
        rows = [
            f"{row[f'actor_{e}']} {percent(row['first'], e)} {'och' if e == 'sv' else 'and'} {percent(row['last'], e)}"
            for _, row in known.iterrows()
        ]
        waves = f"{frame['first_wave'].iloc[0]} {'och' if e == 'sv' else 'and'} {wave}"
        head = "Svarsfrekvens per aktör" if e == "sv" else "Response rate by actor"
        return f"{head}, {waves}: {'; '.join(rows)}."

    return text(caption), text(alt)


def _inside(row: pd.Series, e: Edition) -> str:
    label = str(row[f"actor_{e}"])
    return label if label.startswith("PES") else label[0].lower() + label[1:]


def municipality_words(frame: pd.DataFrame) -> Text:
    """Write the caption of the table of municipalities."""
    cost, people = frame["net_cost_million"].sum() * 1_000, int(frame["population"].sum())
    year = frame["net_cost_year"].iloc[0]
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


def facts(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    """List the section's facts."""
    return (*_places(inputs, computed), *_survey(inputs, computed), *_interviews(inputs, computed))


def _places(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    frame = computed.municipalities
    tables: tuple[str, ...] = ("municipalities", "population", "municipal_net_cost")
    origin = inputs.origin(*tables)
    groups, of_all = frame["skr_group_code"].nunique(), inputs.tables["municipalities"]["skr_group_code"].nunique()
    people, cost = int(frame["population"].sum()), float(frame["net_cost_million"].sum() * 1_000)
    names = frame["municipality"].tolist()
    return (
        Fact("study.municipalities", len(frame), both(count_words, len(frame)), "municipalities", tables, origin),
        Fact("study.names", None, text(lambda e: listing(names, e)), "text", tables, origin),
        Fact(
            "study.counties",
            frame["county"].nunique(),
            both(count_words, frame["county"].nunique()),
            "counties",
            tables,
            origin,
        ),
        Fact("study.groups", groups, both(count_words, groups), "groups", tables, origin),
        Fact("study.groups_all", of_all, both(count_words, of_all), "groups", tables, origin),
        Fact("study.population", people, both(number, people), "persons", tables, origin),
        _year("study.population_year", frame["population_year"].iloc[0], tables, origin),
        Fact("study.net_cost", cost, both(money, cost, 0), "tkr", tables, origin),
        _year("study.net_cost_year", frame["net_cost_year"].iloc[0], tables, origin),
    )


def _survey(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("actors", "survey_frame")
    origin = inputs.origin(*tables)
    waves = computed.rates.groupby("wave")[["invited", "respondents"]].sum()
    total = int(waves["respondents"].sum())
    found = [
        Fact("study.respondents", total, both(number, total), "persons", tables, origin, n=total),
        Fact("study.waves", len(waves), both(count_words, len(waves)), "waves", tables, origin),
    ]
    for name, wave in (("first", waves.index.min()), ("last", waves.index.max())):
        row = waves.loc[wave]
        rate = float(row["respondents"] / row["invited"])
        n = int(row["respondents"])
        found += [
            _year(f"study.{name}_wave", wave, tables, origin),
            Fact(f"study.{name}_respondents", n, both(number, n), "persons", tables, origin, n=n),
            Fact(
                f"study.{name}_response_rate",
                rate,
                both(percent_words, rate),
                "share",
                tables,
                origin,
                n=int(row["invited"]),
            ),
        ]
    return tuple(found)


def _interviews(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("interviews", "segments", "codebook")
    origin = inputs.origin(*tables)
    interviews = inputs.tables["interviews"]
    counts = {
        "interviews": len(interviews),
        "interviewees": int(interviews["n_interviewees"].sum()),
        "manager_interviews": int((interviews["group"] == "managers").sum()),
        "staff_interviews": int((interviews["group"] == "staff").sum()),
        "participant_interviews": int((interviews["group"] == "participants").sum()),
        "segments": len(computed.segments),
        "codes": int(inputs.tables["codebook"]["parent"].notna().sum()),
        "double_coded_interviews": int(interviews["second_coder"].notna().sum()),
        "double_coded_segments": computed.codes.n_units,
    }
    return (
        *(Fact(f"study.{name}", n, both(count_words, n), "count", tables, origin, n=n) for name, n in counts.items()),
        *_alpha("codes", computed.codes, tables, origin),
        *_alpha("stances", computed.stances, tables, origin),
        Fact("study.alpha_threshold", RELIABLE, both(number, RELIABLE, 3), "alpha", tables, origin),
    )


def _alpha(name: str, alpha: Alpha, tables: tuple[str, ...], origin: Origin) -> tuple[Fact, ...]:
    if alpha.value != alpha.value:  # nothing was coded twice
        return ()
    interval = text(lambda e: f"{number(alpha.low, e, 2)}–{number(alpha.high, e, 2)}")
    bounds = {"low": alpha.low, "high": alpha.high, "n": alpha.n_units}
    return (
        Fact(f"study.alpha_{name}", alpha.value, both(number, alpha.value, 2), "alpha", tables, origin, **bounds),
        Fact(f"study.alpha_{name}_interval", None, interval, "text", tables, origin, **bounds),
    )


def _year(id_: str, year: int, tables: tuple[str, ...], origin: Origin) -> Fact:
    return Fact(id_, int(year), text(lambda _: str(int(year))), "year", tables, origin)
