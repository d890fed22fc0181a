"""Caption and alt text of what is new at the labour-market units."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.sections.conclusions.words import INDICATORS
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import change_word, count_words, percent, percent_words

if TYPE_CHECKING:
    from analysis.sections.conclusions import Frames


def new(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the small multiples of what is new."""
    parts: dict[Edition, list[str]] = {e: [] for e in EDITIONS}
    ends: dict[str, tuple[float, float]] = {}
    for name, title in INDICATORS.items():
        series = found.new[found.new["indicator"] == name].sort_values("year", kind="stable")
        if series.empty:
            continue
        first, last = ends[name] = (float(series["mean"].iloc[0]), float(series["mean"].iloc[-1]))
        for e in EDITIONS:
            to = "till" if e == "sv" else "to"
            parts[e].append(f"{title[e]} {percent(first, e)} {to} {percent(last, e)}")
    years = (int(found.new["year"].min()), int(found.new["year"].max()))
    several = int(found.new["municipalities"].max()) > 1
    caption = {e: f"{_degrees(ends, years, e)}{_LINE[e][several]}" for e in EDITIONS}
    shown = {e: count_words(len(ends), e).capitalize() for e in EDITIONS}
    alt: Text = {
        "sv": f"{shown['sv']} små linjediagram {years[0]}–{years[1]} med medelvärde och spännvidd: {'; '.join(parts['sv'])}.",
        "en": f"{shown['en']} small line charts {years[0]}–{years[1]} with mean and range: {'; '.join(parts['en'])}.",
    }
    return caption, alt


_LINE: Mapping[Edition, tuple[str, str]] = {
    "sv": (
        "Linjen visar den studerade kommunen.",
        "Linjen är medelvärdet för de studerade kommunerna, bandet går från den lägsta till den högsta.",
    ),
    "en": (
        "The line shows the municipality studied.",
        "The line is the mean of the municipalities studied, the band goes from the lowest to the highest.",
    ),
}


def _degrees(ends: Mapping[str, tuple[float, float]], years: tuple[int, int], edition: Edition) -> str:
    """Begin the caption with the change in degrees; nothing where there are no data on these."""
    if "degrees" not in ends:
        return ""
    first, last = ends["degrees"]
    verb, low, high = change_word(last - first, edition), percent_words(first, edition), percent_words(last, edition)
    if edition == "sv":
        return f"Andelen i personalen med relevant högskoleutbildning {verb} från {low} {years[0]} till {high} {years[1]}. "
    return f"The share of staff with a relevant degree {verb} from {low} in {years[0]} to {high} in {years[1]}. "
