"""Captions, alt texts and facts on municipal activation."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.labour_units import COMPETENCE, MEASURES
from analysis.sections.municipal_activation.figures import MEASURE_LABELS
from analysis.sections.municipal_activation.frames import ALL
from analysis.shared import (
    ABBREVIATIONS,
    GROUP_WORDS,
    inside,
    some_of,
    some_places,
)
from report_engine.methods.estimate import Estimate
from report_engine.results.section_builder import lack
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import listing, number, percent_words

TITLES: Mapping[str, Text] = {
    "measure_mix": {"sv": "Insatsernas sammansättning", "en": "Mix of measures"},
    "documentation": {"sv": "Dokumentation och uppföljning", "en": "Documentation and follow-up"},
    "poor_relief_codes": {"sv": "Fattigvårdslogiken i intervjuerna", "en": "The poor-relief logic in the interviews"},
}


@dataclass(frozen=True)
class Frames:
    """The frames of this section, computed once."""

    mix: pd.DataFrame
    first_mix: pd.DataFrame
    dispersion: pd.DataFrame
    practices: pd.DataFrame
    documentation: pd.DataFrame
    documented: pd.DataFrame  # municipal managers and staff, by side
    relief: pd.DataFrame
    totals: pd.DataFrame
    relief_gap: Estimate
    reach: pd.Series
    lacking_in: int
    places: int
    wave: int
    code_labels: Mapping[object, Text]
    actor_labels: Mapping[object, Text]

    @property
    def year(self) -> int:
        """The latest year of the units' data."""
        return int(self.mix["year"].iloc[0])

    @property
    def first_year(self) -> int:
        """The first year of the units' data."""
        return int(self.first_mix["year"].iloc[0])

    def together(self, *measures: str, first: bool = False) -> float:
        """Return these measures' share in all municipalities together, in the latest or the first year."""
        mix = self.first_mix if first else self.mix
        return float(mix.loc[mix["municipality_code"] == ALL, list(measures)].iloc[0].sum())

    def practice(self, name: str, *, first: bool = False) -> tuple[int, int]:
        """Return how many municipalities have a practice, and of how many, in the latest or the first year."""
        rows = self.practices[self.practices["practice"] == name].sort_values("year", kind="stable")
        if rows.empty:
            lack("Ingen kommun har svarat.", "No municipality has answered.")
        row = rows.iloc[0 if first else -1]
        return int(row["municipalities_yes"]), int(row["municipalities"])

    def ends(self) -> tuple[pd.Series, pd.Series]:
        """Return the rows of the municipalities with the largest and the smallest share of task work."""
        single = self.mix[self.mix["municipality_code"] != ALL]
        return single.iloc[0], single.iloc[-1]


def measure_mix(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the mix of measures."""
    most, least = f.ends()
    competence = (f.mix[f.mix["municipality_code"] != ALL][list(COMPETENCE)].sum(axis=1)).agg(["min", "max"])
    caption: Text = {
        "sv": f"Kommunala arbetsuppgifter är {percent_words(most.task_work, 'sv')} av insatserna i {most.municipality} och "
        f"{percent_words(least.task_work, 'sv')} i {least.municipality} ({f.year}). Utbildning och subventionerad anställning utgör "
        f"tillsammans mellan {number(competence['min'] * 100, 'sv')} och {percent_words(competence['max'], 'sv')}.",
        "en": f"Municipal task work makes up {percent_words(most.task_work, 'en')} of the measures in {most.municipality} and "
        f"{percent_words(least.task_work, 'en')} in {least.municipality} ({f.year}). Education and subsidised employment together make up "
        f"between {number(competence['min'] * 100, 'en')} and {percent_words(competence['max'], 'en')}.",
    }
    if len(f.mix) == 2:  # one municipality, and all together
        caption = {
            "sv": f"Kommunala arbetsuppgifter är {percent_words(most.task_work, 'sv')} av insatserna i {most.municipality} ({f.year}). Utbildning och "
            f"subventionerad anställning utgör tillsammans {percent_words(competence['max'], 'sv')}.",
            "en": f"Municipal task work makes up {percent_words(most.task_work, 'en')} of the measures in {most.municipality} ({f.year}). Education and "
            f"subsidised employment together make up {percent_words(competence['max'], 'en')}.",
        }
    parts = {
        e: listing([f"{MEASURE_LABELS[m][e].lower()} {percent_words(f.together(m), e)}" for m in MEASURES], e)
        for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Liggande staplar som summerar till hundra procent, en per kommun, sorterade efter fallande andel kommunala arbetsuppgifter från "
        f"{most.municipality} till {least.municipality}. Alla kommuner tillsammans: {parts['sv']}.",
        "en": f"Horizontal bars adding up to a hundred per cent, one a municipality, sorted by falling share of municipal task work from "
        f"{most.municipality} to {least.municipality}. All municipalities together: {parts['en']}.",
    }
    return caption, alt


def documentation(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of documentation and follow-up."""
    survey = f.documentation[(f.documentation["part"] == "survey") & f.documentation["estimate"].notna()]
    ordered = survey.sort_values("estimate", kind="stable")
    goals, then = f.practice("documented_goals"), f.practice("documented_goals", first=True)
    follow = f.practice("effect_follow_up")
    said = {
        e: [f"{inside(f.actor_labels[row.actor])[e]} {percent_words(row.estimate, e)}" for row in ordered.itertuples()]
        for e in EDITIONS
    }
    ends = (
        {
            e: [
                f"{percent_words(row.estimate, e)} ({inside(f.actor_labels[row.actor])[e]})"
                for row in ordered.iloc[[0, -1]].itertuples()
            ]
            for e in EDITIONS
        }
        if len(ordered)
        else {e: ["..", ".."] for e in EDITIONS}
    )
    caption: Text = {
        "sv": f"{_capital(some_places(*goals, 'sv'))} hade dokumenterade mål {f.year}, mot {some_of(*then, 'sv')} {f.first_year}; "
        f"{some_of(*follow, 'sv')} följde upp effekter. Andelen som anser att insatserna dokumenteras går från {ends['sv'][0]} till {ends['sv'][1]} ({f.wave}).",
        "en": f"{_capital(some_places(*goals, 'en'))} had documented goals in {f.year}, against {some_of(*then, 'en')} in "
        f"{f.first_year}; {some_of(*follow, 'en')} followed up effects. The share who agree that measures are documented goes from "
        f"{ends['en'][0]} to {ends['en'][1]} ({f.wave}).",
    }
    alt: Text = {
        "sv": f"Till vänster två linjer, {f.first_year}–{f.year}: kommuner med dokumenterade mål går från {then[0]} till {goals[0]}, kommuner som följer upp "
        f"effekter från {f.practice('effect_follow_up', first=True)[0]} till {follow[0]}. Till höger andelar med konfidensintervall: "
        f"{listing(said['sv'], 'sv')}.",
        "en": f"On the left two lines, {f.first_year}–{f.year}: municipalities with documented goals go from {then[0]} to {goals[0]}, those that follow up "
        f"effects from {f.practice('effect_follow_up', first=True)[0]} to {follow[0]}. On the right shares with confidence intervals: "
        f"{listing(said['en'], 'en')}.",
    }
    return caption, alt


def poor_relief_codes(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the poor-relief codes."""
    totals = f.totals[f.totals["estimate"].notna()]
    stances = f.relief[(f.relief["part"] == "stance") & f.relief["mean"].notna()]
    shares = {
        e: listing([f"{GROUP_WORDS[row.side][e]} {percent_words(row.estimate, e)}" for row in totals.itertuples()], e)
        for e in EDITIONS
    }
    support = {
        e: listing(
            [f"{GROUP_WORDS[row.side][e]} {percent_words(row.supportive, e)}" for row in stances.itertuples()], e
        )
        for e in EDITIONS
    }
    order = list(dict.fromkeys(f.relief.loc[f.relief["part"] == "codes", "code"]))
    first = inside(f.code_labels[order[0]])
    caption: Text = {
        "sv": f"Fattigvårdslogikens andel av vad som sägs skiljer sig mellan grupperna: {shares['sv']}. {ABBREVIATIONS['sv']}",
        "en": f"The share of the poor-relief logic in what is said differs between groups: {shares['en']}. {ABBREVIATIONS['en']}",
    }
    alt: Text = {
        "sv": f"Värmekarta över koder och grupper; vanligast är {first['sv']}. Under den staplar för hållningen. Andel stödjande segment: {support['sv']}.",
        "en": f"Heat map of codes and groups; the most frequent is {first['en']}. Below it columns for the stance. Share of supportive segments: {support['en']}.",
    }
    return caption, alt


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def dispersion(f: Frames) -> Text:
    """Word the caption of the table on dispersion."""
    widest = f.dispersion.sort_values("variation", kind="stable").iloc[-1]
    label = inside(MEASURE_LABELS[widest["measure"]])
    return {
        "sv": f"Störst är spridningen för {label['sv']}: från {percent_words(widest['low'], 'sv')} i {widest['lowest']} till "
        f"{percent_words(widest['high'], 'sv')} i {widest['highest']} ({f.year}).",
        "en": f"Dispersion is largest for {label['en']}: from {percent_words(widest['low'], 'en')} in {widest['lowest']} to "
        f"{percent_words(widest['high'], 'en')} in {widest['highest']} ({f.year}).",
    }
