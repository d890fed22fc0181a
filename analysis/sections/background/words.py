"""The background's words: titles, captions, alternative texts and statements, all computed."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.sections.background.figures import POINT_WORDS
from analysis.sections.background.frames import Frames
from analysis.sections.background.lacks import ONE_YEAR, ONE_YEAR_OF_PARTICIPANTS
from report_engine.model.section import Unavailable
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import (
    change_word,
    count_words,
    kronor,
    listing,
    money,
    municipalities_words,
    number,
    percent_words,
)

TITLES: Mapping[str, Text] = {
    "net_cost_real": {"sv": "Nettokostnad i fasta priser", "en": "Net cost in constant prices"},
    "index": {"sv": "Kostnad, deltagare och arbetslöshet", "en": "Cost, participants and unemployment"},
    "per_inhabitant": {"sv": "Kostnad per invånare", "en": "Cost per inhabitant"},
    "all_290": {"sv": "Åtgärder i förhållande till ekonomiskt bistånd", "en": "Measures relative to social assistance"},
    "cost_per_participant": {"sv": "Kostnad per deltagare", "en": "Cost per participant"},
}

STATE: Mapping[object, Text] = {
    "programmes_and_measures": {"sv": "Staten: program och insatser", "en": "State: programmes and measures"},
    "total_expenditure_area_14": {"sv": "Staten: utgiftsområde 14", "en": "State: expenditure area 14"},
}
UNITS: Mapping[object, Text] = {"sek_million": {"sv": "mnkr", "en": "SEK million"}}

STATEMENTS: Mapping[str, Text] = {
    "costs_up": {
        "sv": "Kommunernas kostnader för arbetsmarknadsåtgärder har ökat tydligt, också i fasta priser",
        "en": "Municipal spending on labour-market measures has risen clearly, in constant prices too",
    },
    "unemployment_fell": {
        "sv": "Arbetslösheten sjönk under den period som presentationen beskriver",
        "en": "Unemployment fell over the period that the presentation describes",
    },
    "participants_fell": {"sv": "Antalet deltagare i åtgärderna minskade", "en": "The number of participants fell"},
    "without_benefit_fell": {
        "sv": "Andelen arbetslösa utan arbetslöshetsersättning har minskat",
        "en": "The share of the unemployed without unemployment benefit has fallen",
    },
    "cost_per_participant_up": {
        "sv": "Kostnaden per deltagare har ökat i fasta priser",
        "en": "The cost per participant has risen in constant prices",
    },
    "national_figures_agree": {
        "sv": "Presentationens tal om kostnad, deltagare och årsarbetare går ihop med publicerad statistik",
        "en": "The presentation's figures on cost, participants and full-time equivalents agree with published statistics",
    },
    "groups_differ_little": {
        "sv": "Skillnaderna inom kommungrupperna är större än skillnaderna mellan dem",
        "en": "Municipalities differ more within municipality groups than between them",
    },
    "state_spends_double": {
        "sv": "Statens program och insatser kostar ungefär dubbelt så mycket som kommunernas åtgärder",
        "en": "The state's programmes and measures cost about twice as much as the municipalities' measures",
    },
}


def text(write: Callable[[Edition], str]) -> Text:
    """Write one text for every edition."""
    return {edition: write(edition) for edition in EDITIONS}


def of_all(part: int, total: int, edition: Edition) -> str:
    """Write ``nio av elva`` / ``nine of eleven``, or ``alla elva`` / ``all eleven`` where nothing is left out."""
    if part == total:
        return f"{'alla' if edition == 'sv' else 'all'} {count_words(total, edition)}"
    return f"{count_words(part, edition)} {'av' if edition == 'sv' else 'of'} {count_words(total, edition)}"


def final_ends(totals: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the rows of the first and the last year with a final price index; ``Unavailable`` unless there are two."""
    final = totals[totals["price_status"] == "final"]
    if len(final) < 2:
        raise Unavailable(ONE_YEAR)
    return final.iloc[0], final.iloc[-1]


def net_cost_real(computed: Frames) -> tuple[Text, Text]:
    """Write caption and alternative text of the net cost in constant prices."""
    first, last = final_ends(computed.totals)
    growth = last["net_cost_real_tkr"] / first["net_cost_real_tkr"] - 1
    n = computed.costs["municipality_code"].nunique()
    base = computed.price_base
    points = computed.national

    joined = computed.totals["basis"].nunique() > 1

    def caption(e: Edition) -> str:
        verb, size = change_word(growth, e), percent_words(abs(growth), e)
        year = computed.totals["year"].max()
        if e == "sv":
            apart = (
                f" Värdet för {year} är officiellt och ska inte jämföras med de syntetiska åren före." if joined else ""
            )
            return (
                f"Nettokostnaden för arbetsmarknadsåtgärder i {municipalities_words(n, e, definite=True)} {verb} med {size} mellan "
                f"{first['year']} och {last['year']} i {base} års priser.{apart} De nationella talen vilar på olika grund; trekanter är "
                "undre gränser, och ofyllda romber är omräknade med preliminärt prisindex."
            )
        apart = (
            f" The value for {year} is official and not to be compared with the synthetic years before it."
            if joined
            else ""
        )
        return (
            f"Net cost of labour-market measures in {municipalities_words(n, e, definite=True)} {verb} by {size} between {first['year']} and "
            f"{last['year']} in {base} prices.{apart} The national figures rest on different bases; triangles are lower bounds, and "
            "hollow diamonds are converted with a preliminary price index."
        )

    def alt(e: Edition) -> str:
        shown = [
            f"{p.year} {POINT_WORDS.get(p.basis, {e: p.basis})[e]} {money(p.net_cost_real_tkr, e)}"
            for p in points.itertuples()
        ]
        ends = [money(row["net_cost_real_tkr"], e, 0) for row in (first, last)]
        if e == "sv":
            return (
                f"Två diagram. Till vänster en linje för kommunernas summa, från {ends[0]} {first['year']} till {ends[1]} {last['year']}. "
                f"Till höger punkter för riket: {listing(shown, e)}."
            )
        return (
            f"Two charts. On the left a line for the municipalities' sum, from {ends[0]} in {first['year']} to {ends[1]} in {last['year']}. "
            f"On the right points for the whole country: {listing(shown, e)}."
        )

    return text(caption), text(alt)


def index(computed: Frames) -> tuple[Text, Text]:
    """Write caption and alternative text of the index chart."""
    frame = computed.index
    base = int(frame["base_year"].iloc[0])
    last = {name: part.sort_values("year", kind="stable").iloc[-1] for name, part in frame.groupby("series")}
    first = {name: part.sort_values("year", kind="stable").iloc[0] for name, part in frame.groupby("series")}
    names: dict[str, Text] = {
        "cost": {"sv": "kostnaden i fasta priser", "en": "real cost"},
        "participants": {"sv": "antalet deltagare", "en": "the number of participants"},
        "unemployment": {"sv": "arbetslösheten", "en": "unemployment"},
    }
    names = {key: name for key, name in names.items() if key in last}

    def caption(e: Edition) -> str:
        if e == "sv":
            parts = [f"{names[key][e]} på {number(last[key]['index'], e)} år {last[key]['year']}" for key in names]
            return f"Jämfört med {base} (index 100) låg {listing(parts, e)}. Kurvorna mäter olika saker och säger inget om orsaker."
        parts = [f"{names[key][e]} stood at {number(last[key]['index'], e)} in {last[key]['year']}" for key in names]
        return f"Compared with {base} (index 100), {listing(parts, e)}. The lines measure different things and say nothing of causes."

    def alt(e: Edition) -> str:
        word, till = ("från", "till") if e == "sv" else ("from", "to")
        parts = [
            f"{names[key][e]} {word} {number(first[key]['index'], e)} ({first[key]['year']}) {till} {number(last[key]['index'], e)} ({last[key]['year']})"
            for key in names
        ]
        few = len(names) == 1
        count = (
            ("En" if few else count_words(len(names), e).capitalize())
            if e == "sv"
            else count_words(len(names), e).capitalize()
        )
        lines = ("indexlinje" if few else "indexlinjer") if e == "sv" else ("index line" if few else "index lines")
        head = f"{count} {lines}"
        return f"{head}: {listing(parts, e)}."

    return text(caption), text(alt)


def cost_per_participant(computed: Frames) -> tuple[Text, Text]:
    """Write caption and alternative text of the cost per participant."""
    frame = computed.participants
    together = frame[frame["series"] == "all"]
    if len(together) < 2:
        raise Unavailable(ONE_YEAR_OF_PARTICIPANTS)
    first, last = together.iloc[0], together.iloc[-1]
    growth = last["sek"] / first["sek"] - 1
    ends = frame[(frame["series"] == "municipality") & (frame["year"] == last["year"])].sort_values(
        "sek", kind="stable"
    )
    low, high = ends.iloc[0], ends.iloc[-1]

    def caption(e: Edition) -> str:
        verb, size = change_word(growth, e), percent_words(abs(growth), e)
        spread = f"{low['municipality']} {kronor(low['sek'], e)}, {high['municipality']} {kronor(high['sek'], e)}"
        differ = {
            "sv": f" Kommunerna skiljer sig åt: {spread} det sista året.",
            "en": f" Municipalities differ: {spread} in the last year.",
        }
        apart = differ[e] if len(ends) > 1 else ""
        if e == "sv":
            return f"Nettokostnaden per deltagare {verb} med {size} mellan {first['year']} och {last['year']} i {computed.price_base} års priser.{apart}"
        return f"Net cost per participant {verb} by {size} between {first['year']} and {last['year']} in {computed.price_base} prices.{apart}"

    def alt(e: Edition) -> str:
        values = [kronor(row["sek"], e) for row in (first, last)]
        if len(ends) == 1:
            name = low["municipality"]
            if e == "sv":
                return f"En linje för {name}, från {values[0]} per deltagare {first['year']} till {values[1]} {last['year']}."
            return f"A line for {name}, from {values[0]} per participant in {first['year']} to {values[1]} in {last['year']}."
        if e == "sv":
            return (
                f"En tjock linje för alla kommuner tillsammans, från {values[0]} per deltagare {first['year']} till {values[1]} {last['year']}, "
                f"och tunna grå linjer för varje kommun; lägst {low['municipality']}, högst {high['municipality']}."
            )
        return (
            f"A bold line for all municipalities together, from {values[0]} per participant in {first['year']} to {values[1]} in {last['year']}, "
            f"and thin grey lines for each municipality; lowest {low['municipality']}, highest {high['municipality']}."
        )

    return text(caption), text(alt)


def national(computed: Frames) -> Text:
    """Write the caption of the table of national statistics."""
    rows = computed.statistics
    bases = rows.loc[~rows["indicator"].isin(list(STATE)), "basis"].nunique()
    years = int(rows["year"].min()), int(rows["year"].max())
    return {
        "sv": f"Publicerade tal om kommunernas arbetsmarknadsinsatser och statens program, {years[0]}–{years[1]}. "
        f"De kommunala talen vilar på {count_words(bases, 'sv')} olika slag av grund.",
        "en": f"Published figures on municipal labour-market measures and the state's programmes, {years[0]}–{years[1]}. "
        f"The municipal figures rest on {count_words(bases, 'en')} different kinds of basis.",
    }
