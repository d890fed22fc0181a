"""The knowledge review's words and facts: captions, alternative texts, statements and every number its chapter uses."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from analysis.sections.knowledge_review.claims import RESULTS
from analysis.sections.knowledge_review.tracks import TRACKS
from analysis.shared import same
from report_engine.model.section import Fact
from report_engine.results.inputs import Inputs
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, count_words, listing, number, percent_words

if TYPE_CHECKING:
    from analysis.sections.knowledge_review import Frames

TITLES: Mapping[str, Text] = {
    "themes": {"sv": "Studier efter tema och resultat", "en": "Studies by theme and result"},
    "timeline": {"sv": "Studierna över tid", "en": "The studies over time"},
    "tracks": {"sv": "Den tudelade arbetsmarknadspolitiken", "en": "Labour-market policy on two tracks"},
    "reasons": {"sv": "Skäl för kommunal aktivering", "en": "Reasons for municipal activation"},
}
STATEMENTS: Mapping[str, Text] = {
    "two_tracks": {
        "sv": "Forskningen beskriver ett delat ansvar, där staten svarar för de försäkrade och kommunen för biståndstagarna",
        "en": "Research describes a divided responsibility, the state's for the insured and the municipality's for recipients of assistance",
    },
    "research_descriptive": {
        "sv": "Forskningen om kommunal arbetsmarknadspolitik är till största delen beskrivande",
        "en": "Research on municipal labour-market policy is mostly descriptive",
    },
    "few_test_effects": {
        "sv": "Få studier prövar vad insatserna leder till med hjälp av en jämförelsegrupp",
        "en": "Few studies test what the measures lead to with a comparison group",
    },
    "effects_disagree": {
        "sv": "Studierna av vad aktivering leder till är inte eniga",
        "en": "The studies of what activation leads to do not agree",
    },
    "sanctions_mixed": {
        "sv": "Forskningen om sanktioner pekar åt olika håll",
        "en": "Research on sanctions points in different directions",
    },
    "reasons_voiced": {
        "sv": "Skälen för kommunal aktivering framförs av kommunala aktörer i de flesta kommuner",
        "en": "Municipal actors voice the reasons for municipal activation in most municipalities",
    },
}


def text(write: Callable[[Edition], str]) -> Text:
    """Write one text for every edition."""
    return {edition: write(edition) for edition in EDITIONS}


def study_name(authors: str, year: int) -> Text:
    """Name a study as a sentence does: ``Dahlberg m.fl. (2008)`` / ``Dahlberg et al. (2008)``."""
    swedish = authors.replace(" et al.", " m.fl.").replace(" and ", " och ")
    return {"sv": f"{swedish} ({year})", "en": f"{authors} ({year})"}


def themes(computed: "Frames") -> tuple[Text, Text]:
    """Write caption and alternative text of the heat map of themes."""
    frame = computed.themes
    total = int(frame["studies"].sum())
    descriptive = int(frame.loc[frame["direction"] == "descriptive", "studies"].sum())
    tested = int(frame.loc[frame["direction"].isin(RESULTS), "studies"].sum())

    def caption(e: Edition) -> str:
        if e == "sv":
            return f"Av {number(total, e)} studier är {number(descriptive, e)} beskrivande, och {number(tested, e)} säger något om vad aktivering leder till."
        return f"Of {number(total, e)} studies, {number(descriptive, e)} are descriptive and {number(tested, e)} say something about what activation leads to."

    def alt(e: Edition) -> str:
        rows = []
        for theme, part in frame.groupby(f"theme_{e}", sort=False):
            cells = [f"{r.studies} {getattr(r, f'direction_{e}').lower()}" for r in part.itertuples() if r.studies]
            rows.append(f"{theme} {', '.join(cells)}")
        head = "Antal studier per tema och resultat" if e == "sv" else "Number of studies by theme and result"
        return f"{head}: {'; '.join(rows)}."

    return text(caption), text(alt)


def timeline(computed: "Frames") -> tuple[Text, Text]:
    """Write caption and alternative text of the timeline."""
    frame = computed.timeline
    first, last = int(frame["year"].min()), int(frame["year"].max())
    middle = int(frame["year"].median())
    tested = frame[frame["result"] == "tested"].sort_values(["year", "bib_key"])

    def caption(e: Edition) -> str:
        if e == "sv":
            return f"Studierna är från {first}–{last}; hälften kom {middle} eller senare."  # typed: the median
        return f"The studies date from {first}–{last}; half of them came in {middle} or later."  # typed: the median

    def alt(e: Edition) -> str:
        names = [str(name) for name in tested[f"study_{e}"]]
        if e == "sv":
            return f"Punkter för {number(len(frame), e)} studier efter år och tema. De som prövar vad aktivering leder till: {listing(names, e)}."
        return f"Points for {number(len(frame), e)} studies by year and theme. Those that test what activation leads to: {listing(names, e)}."

    return text(caption), text(alt)


def tracks() -> tuple[Text, Text]:
    """Write caption and alternative text of the diagram of the two tracks."""
    boxes = TRACKS[TRACKS["kind"] == "box"].set_index("id")

    def alt(e: Edition) -> str:
        arrows = []
        for row in TRACKS[TRACKS["kind"] == "arrow"].itertuples():
            ends = [str(boxes.loc[end, f"label_{e}"]) for end in (row.source, row.target)]
            why = getattr(row, f"label_{e}")
            arrows.append(f"{ends[0]} → {ends[1]}" + (f" ({why[0].lower()}{why[1:]})" if why else ""))
        head = "Diagram med två rader rutor och pilar" if e == "sv" else "Diagram with two rows of boxes and arrows"
        return f"{head}: {'; '.join(arrows)}."

    caption: Text = {
        "sv": "De två spåren så som litteraturen beskriver dem. Streckade pilar visar hur människor hamnar i kommunens spår.",
        "en": "The two tracks as the literature describes them. Dashed arrows show how people come to the municipality's track.",
    }
    return caption, text(alt)


def reasons(computed: "Frames", smallest: int) -> tuple[Text, Text]:
    """Write caption and alternative text of the four reasons by actor; counts below ``smallest`` are two dots."""
    frame, reach = computed.reasons, computed.voiced.sort_values(["n", "code"], ascending=[False, True])
    names = frame.drop_duplicates("code").set_index("code")
    top, least = reach.iloc[0], reach.iloc[-1]

    def caption(e: Edition) -> str:
        ends = [str(names.loc[row["code"], f"name_{e}"]) for row in (top, least)]
        ends = [end[0].lower() + end[1:] if not end.startswith("A passive PES") else "a passive PES" for end in ends]
        counts = [".." if 0 < row["n"] < smallest else number(row["n"], e) for row in (top, least)]
        if e == "sv":
            return (
                f"Kommunala aktörer framför oftast skälet {ends[0]} ({counts[0]} segment) och minst ofta {ends[1]} "
                f"({counts[1]}). Färgen visar andelen av aktörens alla segment."
            )
        return (
            f"Municipal actors most often voice {ends[0]} ({counts[0]} segments) and least often {ends[1]} "
            f"({counts[1]}). Colour shows the share of all the actor's segments."
        )

    def alt(e: Edition) -> str:
        rows = []
        for name, part in frame.groupby(f"name_{e}", sort=False):
            cells = [
                f"{getattr(r, f'actor_{e}')} {'..' if pd.isna(r.n) else number(r.n, e)}" for r in part.itertuples()
            ]
            rows.append(f"{name}: {', '.join(cells)}")
        head = "Antal segment per skäl och aktör" if e == "sv" else "Number of segments by reason and actor"
        return f"{head}. {'. '.join(rows)}."

    return text(caption), text(alt)


def studies_words(shown: pd.DataFrame, computed: "Frames") -> Text:
    """Write the caption of the table of studies with results."""
    n, total = len(shown), len(computed.studies)
    return {
        "sv": f"De {count_words(n, 'sv')} av {number(total, 'sv')} studier som säger något om vad aktivering leder till, med sina resultat.",
        "en": f"The {count_words(n, 'en')} of {number(total, 'en')} studies that say something about what activation leads to, with their results.",
    }


def facts(inputs: Inputs, computed: "Frames") -> tuple[Callable[[], tuple[Fact, ...]], ...]:
    """List the section's facts, in groups by what they rest on; a group raises ``Unavailable`` where that is lacking."""
    return tuple(partial(make, inputs, computed) for make in (_studies, _reasons))


def _studies(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    studies = computed.studies
    tables, origin = ("studies",), inputs.origin("studies")
    known = studies[studies["direction"] != "not_read"]
    descriptive = int((known["direction"] == "descriptive").sum())
    counts = {
        "studies": len(studies),
        "descriptive": descriptive,
        "with_results": int(studies["direction"].isin(RESULTS).sum()),
        "comparison_groups": int((studies["method"] == "quasi_experiment").sum()),
        "from_title": int((studies["coding_basis"] == "title").sum()),
        **{f"result_{name}": int((studies["direction"] == name).sum()) for name in RESULTS},
        **{f"sanctions_{name}": int((studies["sanctions"] == name).sum()) for name in ("helps", "harms", "mixed")},
    }
    share = descriptive / len(known) if len(known) else 0.0
    years = int(studies["year"].min()), int(studies["year"].max())
    return (
        *(
            Fact(f"knowledge_review.{name}", n, _count(n), "studies", tables, origin, n=len(studies))
            for name, n in counts.items()
        ),
        Fact(
            "knowledge_review.descriptive_share",
            share,
            both(percent_words, share),
            "share",
            tables,
            origin,
            n=len(known),
        ),
        *(
            Fact(f"knowledge_review.{name}_year", year, same(year), "year", tables, origin)
            for name, year in zip(("first", "last"), years, strict=True)
        ),
    )


def _count(n: int) -> Text:
    """Write a number of studies in words: one is ``en``, not ``ett``."""
    return {
        "sv": "en" if n == 1 else "ingen" if n == 0 else count_words(n, "sv"),
        "en": "no" if n == 0 else count_words(n, "en"),
    }


def _reasons(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("segments", "interviews")
    origin, small = inputs.origin(*tables), inputs.settings.smallest_cell
    names = computed.reasons.drop_duplicates("code").set_index("code")
    ordered = computed.voiced.sort_values(["n", "code"], ascending=[False, True])
    found = []
    for row in computed.voiced.itertuples():
        short = row.code.removeprefix("reason_")
        if row.n >= small:
            found.append(
                Fact(
                    f"knowledge_review.voiced_{short}",
                    row.n,
                    both(count_words, row.n),
                    "segments",
                    tables,
                    origin,
                    n=row.n,
                )
            )
        found.append(
            Fact(
                f"knowledge_review.reach_{short}",
                row.municipalities,
                both(count_words, row.municipalities),
                "municipalities",
                tables,
                origin,
            )
        )
    for place, name in ((0, "top"), (-1, "least")):
        label = names.loc[ordered.iloc[place]["code"]]
        found.append(
            Fact(
                f"knowledge_review.reason_{name}",
                None,
                {e: str(label[f"name_{e}"]) for e in EDITIONS},
                "text",
                tables,
                origin,
            )
        )
    return tuple(found)
