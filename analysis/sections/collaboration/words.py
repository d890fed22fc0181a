"""Captions, alt texts and facts on collaboration."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.actors import ACTORS
from analysis.sections.collaboration.figures import STEP_LABELS
from analysis.sections.collaboration.frames import FIVE, OVERLAP, PES, RELATIONS, THREE
from analysis.sections.managers.words import ITEM_LABELS as MANAGER_ITEMS
from analysis.shared import (
    ABBREVIATIONS,
    inside,
    points,
    some_of,
)
from analysis.survey_items import NONE_SHOWN, cell, known
from report_engine.methods.estimate import Estimate
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import count_words, listing, number, percent_words

TITLES: Mapping[str, Text] = {
    "same_collaboration": {"sv": "Samma samverkan, skilda aktörer", "en": "The same collaboration, different actors"},
    "stance_heat": {
        "sv": "Hållning till samverkan i intervjuerna",
        "en": "Stance towards collaboration in the interviews",
    },
    "manager_staff_gap": {"sv": "Avståndet mellan chefer och medarbetare", "en": "The gap between managers and staff"},
    "overlap_gaps": {"sv": "Överlappning och glapp", "en": "Overlap and gaps"},
}
ITEM_LABELS: Mapping[object, Text] = {
    "pes_collaboration": {"sv": "Samverkan med Arbetsförmedlingen fungerar", "en": "Collaboration with the PES works"},
    "municipal_collaboration": {
        "sv": "Samverkan inom kommunen fungerar",
        "en": "Collaboration inside the municipality works",
    },
    "fk_collaboration": {
        "sv": "Samverkan med Försäkringskassan fungerar",
        "en": "Collaboration with the Social Insurance Agency works",
    },
    **MANAGER_ITEMS,
}
SHORT_ITEMS: Mapping[object, Text] = {
    "pes_collaboration": {"sv": "med Arbetsförmedlingen", "en": "with the PES"},
    "municipal_collaboration": {"sv": "inom kommunen", "en": "inside the municipality"},
    "fk_collaboration": {"sv": "med Försäkringskassan", "en": "with the Social Insurance Agency"},
}


@dataclass(frozen=True)
class Frames:
    """The frames and estimates of this section, computed once."""

    steps: pd.DataFrame
    unknown: pd.DataFrame
    figure: pd.DataFrame  # steps and unknown, as published
    by_actor: pd.DataFrame  # items by actor, last wave
    by_level: pd.DataFrame  # items by level, last wave
    by_side: pd.DataFrame  # items by side, last wave
    change: Estimate
    pes_change: Estimate
    stances: pd.DataFrame
    stance_gap: Estimate
    gaps: pd.DataFrame
    overlap: pd.DataFrame
    reach: pd.Series
    places: int
    waves: pd.DataFrame
    first: int
    last: int
    code_labels: Mapping[object, Text]
    actor_labels: Mapping[object, Text]


def same_collaboration(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the diverging bars."""
    managers, staff = (cell(f.by_level, item=PES, level=level) for level in ("managers", "staff"))
    unknown = cell(f.unknown, actor="participant")
    asked = (f.unknown["actor"] == "participant").any()
    participants: Text = {
        "sv": f"; {_percent(unknown['estimate'], 'sv')} av deltagarna vet inte" if asked else "",
        "en": f"; {_percent(unknown['estimate'], 'en')} of participants don't know" if asked else "",
    }
    caption: Text = {
        "sv": f"{_percent(managers['estimate'], 'sv')} av cheferna men {_percent(staff['estimate'], 'sv')} av medarbetarna instämmer i att samverkan mellan "
        f"kommunen och Arbetsförmedlingen fungerar{participants['sv']} ({f.last}).",
        "en": f"{_percent(managers['estimate'], 'en')} of managers and {_percent(staff['estimate'], 'en')} of staff agree that collaboration between "
        f"municipality and PES works{participants['en']} ({f.last}).",
    }
    rows = {
        e: "; ".join(
            f"{inside(f.actor_labels[actor])[e]} {_percent(cell(f.by_actor, item=PES, actor=actor)['estimate'], e)}"
            for actor in ACTORS
            if actor in set(f.steps["actor"])
        )
        for e in EDITIONS
    }
    count = len([step for step in (*FIVE, *THREE) if (f.steps["step"] == step).any()])
    steps = {
        e: listing([STEP_LABELS[s][e].lower() for s in (*FIVE, *THREE) if (f.steps["step"] == s).any()], e)
        for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Divergerande staplar med {number(count, 'sv')} svarssteg ({steps['sv']}), en per aktör. Andel som instämmer: {rows['sv']}. Vid sidan "
        f"andelen som svarar vet inte.",
        "en": f"Diverging bars with {number(count, 'en')} steps of answers ({steps['en']}), one an actor. Share agreeing: {rows['en']}. Beside them "
        f"the share answering don't know.",
    }
    return caption, alt


def stance_heat(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the heat map of stances."""
    shown = f.stances[f.stances["mean"].notna()].sort_values("mean", kind="stable")
    if shown.empty:
        return NONE_SHOWN, NONE_SHOWN
    low, high = (_cell_words(f, shown.iloc[place]) for place in (0, -1))
    caption: Text = {
        "sv": f"Mest kritisk är hållningen hos {low['sv']}, mest positiv hos {high['sv']} (medelvärde, −1 kritisk till +1 stödjande). {ABBREVIATIONS['sv']}",
        "en": f"The stance is most critical among {low['en']}, most favourable among {high['en']} (mean, −1 critical to +1 supportive). {ABBREVIATIONS['en']}",
    }
    rows = {
        e: "; ".join(f"{inside(f.code_labels[code])[e]}: {_means(f, code, e)}" for code in RELATIONS) for e in EDITIONS
    }
    actors = {e: listing([inside(f.actor_labels[actor])[e] for actor in ACTORS], e) for e in EDITIONS}
    alt: Text = {
        "sv": f"Värmekarta över {count_words(len(RELATIONS), 'sv')} relationer och {count_words(len(ACTORS), 'sv')} aktörer ({actors['sv']}, i den ordningen). {rows['sv']}.",
        "en": f"Heat map of {count_words(len(RELATIONS), 'en')} relations and {count_words(len(ACTORS), 'en')} actors ({actors['en']}, in that order). {rows['en']}.",
    }
    return caption, alt


def _cell_words(f: Frames, row: pd.Series) -> Text:
    return {
        e: f"{inside(f.actor_labels[row['actor']])[e]} om {inside(f.code_labels[row['code']])[e]} ({number(row['mean'], e, 2, signed=True)})"
        if e == "sv"
        else f"{inside(f.actor_labels[row['actor']])[e]} on {inside(f.code_labels[row['code']])[e]} ({number(row['mean'], e, 2, signed=True)})"
        for e in EDITIONS
    }


def _means(f: Frames, code: str, edition: Edition) -> str:
    means = [cell(f.stances, actor=actor, code=code).get("mean") for actor in ACTORS]
    return ", ".join(
        ".." if mean is None or not known(mean) else number(float(mean), edition, 2, signed=True) for mean in means
    )


def manager_staff_gap(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the manager–staff gaps."""
    top = f.gaps.iloc[0]
    apart = int(((f.gaps["low"] > 0) | (f.gaps["high"] < 0)).sum())
    caption: Text = {
        "sv": f"Störst är avståndet i frågan om ”{inside(ITEM_LABELS[top['item']])['sv']}”: {percent_words(top['managers'], 'sv')} av de kommunala cheferna instämmer, "
        f"{percent_words(top['staff'], 'sv')} av deras medarbetare. I {some_of(apart, len(f.gaps), 'sv')} frågor utesluter intervallet noll ({f.last}).",
        "en": f"The gap is largest on “{inside(ITEM_LABELS[top['item']])['en']}”: {percent_words(top['managers'], 'en')} of municipal managers agree, "
        f"{percent_words(top['staff'], 'en')} of their staff. In {some_of(apart, len(f.gaps), 'en')} items the interval excludes zero ({f.last}).",
    }
    rows = {
        e: "; ".join(f"{inside(ITEM_LABELS[row.item])[e]} {points(row.estimate, e)}" for row in f.gaps.itertuples())
        for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Punkter med konfidensintervall kring noll, en rad per fråga, från störst till minst övervikt för cheferna: {rows['sv']}.",
        "en": f"Dots with confidence intervals around zero, one row an item, from the largest to the smallest lead of managers: {rows['en']}.",
    }
    return caption, alt


def overlap_gaps(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of overlap and gaps."""
    if any(f.overlap.loc[f.overlap["code"] == code, "estimate"].isna().all() for code in OVERLAP):
        return NONE_SHOWN, NONE_SHOWN
    most = [_most(f, code) for code in OVERLAP]
    sides = [inside(f.actor_labels[actor]) for actor, _ in most]
    shares = {e: [percent_words(share, e, 1) for _, share in most] for e in EDITIONS}
    if most[0][0] == most[1][0]:
        found: Text = {
            "sv": f"{_capital(sides[0]['sv'])} talar mest både om parallella spår ({shares['sv'][0]} av deras kodade segment) och om fall mellan stolarna "
            f"({shares['sv'][1]}).",
            "en": f"{_capital(sides[0]['en'])} speak most both of parallel tracks ({shares['en'][0]} of their coded segments) and of falling between chairs "
            f"({shares['en'][1]}).",
        }
    else:
        found = {
            "sv": f"Om parallella spår talar {sides[0]['sv']} mest ({shares['sv'][0]} av deras kodade segment), om fall mellan stolarna {sides[1]['sv']} "
            f"({shares['sv'][1]}).",
            "en": f"Of parallel tracks {sides[0]['en']} speak most ({shares['en'][0]} of their coded segments), of falling between chairs {sides[1]['en']} "
            f"({shares['en'][1]}).",
        }
    caption: Text = {e: f"{found[e]} {ABBREVIATIONS[e]}" for e in EDITIONS}
    rows = {
        e: "; ".join(f"{inside(f.code_labels[code])[e]}: {_shares(f, code, e)}" for code in OVERLAP) for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Två fält med punkter och konfidensintervall, en rad per aktör; {rows['sv']}.",
        "en": f"Two panels of dots with confidence intervals, one row an actor; {rows['en']}.",
    }
    return caption, alt


def _most(f: Frames, code: str) -> tuple[str, float]:
    """Return the actor that speaks most of a code, and its share."""
    shown = f.overlap[(f.overlap["code"] == code) & f.overlap["estimate"].notna()]
    top = shown.sort_values("estimate", kind="stable").iloc[-1]
    return str(top["actor"]), float(top["estimate"])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _shares(f: Frames, code: str, edition: Edition) -> str:
    rows = [cell(f.overlap, code=code, actor=actor) for actor in ACTORS]
    return ", ".join(
        f"{inside(f.actor_labels[actor])[edition]} {percent_words(row['estimate'], edition, 1) if known(row['estimate']) else '..'}"
        for actor, row in zip(ACTORS, rows, strict=True)
    )


def waves(f: Frames) -> Text:
    """Word the caption of the table by actor and wave."""
    if f.first == f.last or "change" not in f.waves or not known(f.change.estimate):
        return {"sv": f"Samverkan enligt aktörerna {f.last}.", "en": f"Collaboration as the actors see it, {f.last}."}
    apart = f.waves[(f.waves["change_low"] > 0) | (f.waves["change_high"] < 0)]
    pes = f.change
    word = {"sv": "ökade" if pes.estimate > 0 else "minskade", "en": "rose" if pes.estimate > 0 else "fell"}
    return {
        "sv": f"Andelen chefer som anser att samverkan med Arbetsförmedlingen fungerar {word['sv']} mellan {f.first} och {f.last} ({points(pes.estimate, 'sv')}). För enskilda "
        f"aktörer utesluter intervallet noll i {some_of(len(apart), len(f.waves), 'sv')} jämförelser.",
        "en": f"The share of managers who find that collaboration with the PES works {word['en']} between {f.first} and {f.last} ({points(pes.estimate, 'en')}). For single "
        f"actors the interval excludes zero in {some_of(len(apart), len(f.waves), 'en')} comparisons.",
    }


def _percent(value: float, edition: Edition) -> str:
    return percent_words(float(value), edition) if known(value) else ".."
