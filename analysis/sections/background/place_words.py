"""The background's words on single municipalities: cost per inhabitant, and measures relative to social assistance."""

import pandas as pd

from analysis.sections.background.frames import Frames
from analysis.sections.background.words import of_all, text
from analysis.shared import some
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import count_words, kronor, number

LISTED = 20
"""Municipalities that an alternative text lists at most: those at both ends."""


def per_inhabitant(computed: Frames) -> tuple[Text, Text]:
    """Write caption and alternative text of the cost per inhabitant."""
    frame = computed.inhabitants
    top, bottom = frame.iloc[0], frame.iloc[-1]
    risen = int((frame["change"] > 0).sum())
    years = int(frame["first_year"].iloc[0]), int(frame["last_year"].iloc[0])

    def caption(e: Edition) -> str:
        places = [f"{row['municipality']} ({kronor(row['last'], e)})" for row in (top, bottom)]
        return _spread(len(frame), top["last"], bottom["last"], places, years[1], e) + since(e)

    def since(e: Edition) -> str:
        if years[0] == years[1]:
            return (
                f" Beloppen är i {computed.price_base} års priser."
                if e == "sv"
                else f" Amounts are in {computed.price_base} prices."
            )
        if len(frame) == 1:
            was = kronor(top["first"], e)
            if e == "sv":
                return f" {years[0]} var den {was}, räknat i {computed.price_base} års priser."
            return f" In {years[0]} it was {was}, in {computed.price_base} prices."
        if e == "sv":
            return f" Sedan {years[0]} har den ökat i {of_all(risen, len(frame), e)} kommuner, räknat i {computed.price_base} års priser."
        return f" Since {years[0]} it has risen in {of_all(risen, len(frame), e)} municipalities, in {computed.price_base} prices."

    def alt(e: Edition) -> str:
        rows = [
            f"{r.municipality} {number(r.first, e)} {'till' if e == 'sv' else 'to'} {number(r.last, e)}"
            for r in frame.itertuples()
        ]
        if len(rows) > LISTED:  # an alternative text is listened to
            rows = [*rows[: LISTED // 2], *rows[-LISTED // 2 :]]
        head = (
            f"Hantelpunkter per kommun, kronor per invånare {years[0]} och {years[1]}"
            if e == "sv"
            else f"Dumbbells by municipality, SEK per inhabitant in {years[0]} and {years[1]}"
        )
        return f"{head}: {', '.join(rows)}."

    return text(caption), text(alt)


def _spread(n: int, most: float, least: float, places: list[str], year: int, e: Edition) -> str:
    """Say how far the cost per inhabitant differs between the dearest and the cheapest municipality (``places``)."""
    if n == 1:
        return (
            f"Kostnaden per invånare {year}: {places[0]}."
            if e == "sv"
            else f"Cost per inhabitant in {year}: {places[0]}."
        )
    if least <= 0:
        if e == "sv":
            return f"Kostnaden per invånare var högst i {places[0]} och lägst i {places[1]} {year}."
        return f"Cost per inhabitant was highest in {places[0]} and lowest in {places[1]} in {year}."
    times = number(most / least, e, 1)
    if e == "sv":
        return f"Kostnaden per invånare var {times} gånger så hög i {places[0]} som i {places[1]} {year}."
    return f"Cost per inhabitant was {times} times as high in {places[0]} as in {places[1]} in {year}."


def all_290(computed: Frames) -> tuple[Text, Text]:
    """Write caption and alternative text of the comparison of all municipalities."""
    frame = computed.municipalities.dropna(subset=["ratio"])
    median = float(frame["ratio"].median())
    studied = frame[frame["studied"]].sort_values("ratio", ascending=False, kind="stable")
    above = int((studied["ratio"] > median).sum())
    year = frame["year"].iloc[0]
    highest = frame.loc[frame["ratio"].idxmax()]

    def caption(e: Edition) -> str:
        if e == "sv":
            return f"{year} lade mediankommunen {number(median, e, 2)} kronor på arbetsmarknadsåtgärder per krona ekonomiskt bistånd.{own(e)}"
        return f"In {year} the median municipality spent SEK {number(median, e, 2)} on labour-market measures per SEK of social assistance.{own(e)}"

    def own(e: Edition) -> str:
        if studied.empty:
            return ""
        lead = f"{studied.iloc[0]['municipality']} ({number(studied.iloc[0]['ratio'], e, 1)})"
        if len(studied) == 1:
            return f" Studiens kommun: {lead}." if e == "sv" else f" The municipality studied: {lead}."
        count = some(above, e).capitalize()
        if e == "sv":
            return f" {count} av studiens {count_words(len(studied), e)} kommuner ligger över det, högst {lead}."
        lie = "lies" if above == 1 else "lie"
        return (
            f" {count} of the study's {count_words(len(studied), e)} municipalities {lie} above that, {lead} highest."
        )

    def alt(e: Edition) -> str:
        rows = [f"{r.municipality} {number(r.ratio, e, 2)}" for r in studied.itertuples()] or ["–"]
        if e == "sv":
            return (
                f"Punkter för {number(len(frame), e)} kommuner i rader efter kommungrupp. Median {number(median, e, 2)}; högst "
                f"{highest['municipality']} {number(highest['ratio'], e, 2)}. Studiens kommuner: {', '.join(rows)}."
            )
        return (
            f"Points for {number(len(frame), e)} municipalities in rows by municipality group. Median {number(median, e, 2)}; highest "
            f"{highest['municipality']} {number(highest['ratio'], e, 2)}. The study's municipalities: {', '.join(rows)}."
        )

    return text(caption), text(alt)


def inhabitant_sentence(frame: pd.DataFrame, e: Edition) -> str:
    """Tell where the cost per inhabitant (``inhabitant_change``) is highest and lowest, and where it has risen."""
    top, bottom = frame.iloc[0], frame.iloc[-1]
    first, last = frame["first_year"].iloc[0], frame["last_year"].iloc[0]
    risen = of_all(int((frame["change"] > 0).sum()), len(frame), e)
    most, least, was = (kronor(value, e) for value in (top["last"], bottom["last"], top["first"]))
    one, changes = len(frame) == 1, first != last
    if e == "sv":
        if one:
            return f"I {top['municipality']} är kostnaden {most} per invånare {last}" + (
                f", mot {was} {first}" if changes else ""
            )
        ends = f"Bland studiens kommuner ligger {top['municipality']} högst med {most} per invånare {last} och {bottom['municipality']} lägst med {least}"
        return f"{ends}. I {risen} kommuner är beloppet större än {first}" if changes else ends
    if one:
        return f"In {top['municipality']} the cost is {most} per inhabitant in {last}" + (
            f", against {was} in {first}" if changes else ""
        )
    ends = f"Among those studied, {top['municipality']} spends most, {most} per inhabitant in {last}, and {bottom['municipality']} least, {least}"
    return f"{ends}. In {risen} municipalities the amount is larger than in {first}" if changes else ends


def ratio_sentence(studied: pd.DataFrame, above: int, e: Edition) -> str:
    """Tell which municipality studied spends most per SEK of assistance, and how many of them lie ``above`` the median."""
    lead, n = studied.iloc[0], len(studied)
    most = kronor(lead["ratio"], e, 2)
    if e == "sv":
        if n == 1:
            return f"{lead['municipality']} lägger {most}"
        return f"{lead['municipality']} lägger {most}, mest av studiens kommuner; {some(above, e)} av {some(n, e)} ligger över medianen"
    if n == 1:
        return f"{lead['municipality']} spends {most}"
    lie = "lies" if above == 1 else "lie"
    return f"{lead['municipality']} spends {most}, the most of those studied; {some(above, e)} of {some(n, e)} {lie} above the median"
