"""The words of the section on participants: titles, statements, captions, alt texts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.survey_items import HIDDEN, NONE_SHOWN, cell, known, merged_note, unanswered
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import lack
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import count_words, listing, number, percent, percent_words

if TYPE_CHECKING:
    from analysis.sections.participants import Frames

ITEM_TITLES: Mapping[str, Text] = {
    "glad_to_have_something": {"sv": "Glad att ha något att göra", "en": "Glad to have something to do"},
    "tasks_useful": {"sv": "Uppgifterna är till nytta", "en": "The tasks are of use"},
    "tasks_match_wishes": {"sv": "Uppgifterna stämmer med önskemålen", "en": "The tasks match my wishes"},
    "unit_staff_help": {"sv": "Enhetens personal vill hjälpa", "en": "The unit’s staff want to help"},
    "pes_reachable": {"sv": "Når handläggaren på Arbetsförmedlingen", "en": "Can reach my PES officer"},
    "feel_controlled": {"sv": "Känner mig kontrollerad i onödan", "en": "Feel controlled without need"},
    "cheap_labour": {"sv": "Känner mig utnyttjad som billig arbetskraft", "en": "Feel used as cheap labour"},
}

WHOM: Mapping[object, Text] = {
    "unit": {"sv": "Enhetens personal\nvill hjälpa", "en": "The unit’s staff\nwant to help"},
    "social_services": {
        "sv": "Socialtjänsten\nkontrollerar inte i onödan",
        "en": "Social services do not\ncontrol without need",
    },
    "pes": {"sv": "Arbetsförmedlingen\ngår att nå", "en": "The PES\ncan be reached"},
}

TITLES: Mapping[str, Text] = {
    "items": {"sv": "Deltagarnas svar", "en": "Participants' answers"},
    "by_age": {"sv": "Svar efter ålder", "en": "Answers by age"},
    "contentment": {"sv": "Vem deltagarna är nöjda med", "en": "Whom participants are content with"},
}

STATEMENTS: Mapping[str, Text] = {
    "glad": {
        "sv": "Deltagarna är oftast glada att ha något att göra",
        "en": "Participants are mostly glad to have something to do",
    },
    "tasks_do_not_match": {
        "sv": "Uppgifterna stämmer inte med vad deltagarna önskar och har erfarenhet av",
        "en": "The tasks do not match what participants want and have experience of",
    },
    "tasks_not_useful": {
        "sv": "Deltagarna har svårt att se nyttan med det de gör",
        "en": "Participants find it hard to see the use of what they do",
    },
    "want_paid_jobs": {
        "sv": "Alla vill ha ett arbete med riktig lön",
        "en": "Everyone wants a job with real pay",
    },
    "young_more_positive": {
        "sv": "De unga är mer positiva till vad de gör",
        "en": "The young are more positive about what they do",
    },
    "cheap_labour": {
        "sv": "Flera deltagare känner sig utnyttjade som billig arbetskraft",
        "en": "Several participants feel used as cheap labour",
    },
    "pes_out_of_reach": {
        "sv": "Arbetsförmedlingen går inte att nå",
        "en": "The Public Employment Service cannot be reached",
    },
    "feel_controlled": {
        "sv": "Deltagarna känner sig kontrollerade i onödan",
        "en": "Participants feel controlled without need",
    },
    "stuck": {
        "sv": "Deltagarna fastnar i systemet",
        "en": "Participants get stuck in the system",
    },
    "unit_wants_to_help": {
        "sv": "Personalen vid arbetsmarknadsenheterna vill hjälpa",
        "en": "The staff of the labour-market units want to help",
    },
}


def items(names: Sequence[str]) -> dict[object, Text]:
    """Return what these survey items are called."""
    return {name: ITEM_TITLES[name] for name in names}


def answers(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure on all items."""
    now = found.waves[(found.waves["wave"] == found.last) & found.waves["estimate"].notna()]
    if now.empty:
        return NONE_SHOWN, NONE_SHOWN
    ranked = now.sort_values("estimate", ascending=False, kind="stable")
    ends = [ranked.iloc[0], ranked.iloc[-1]]
    words = {
        e: [f"”{ITEM_TITLES[row['item']][e]}” ({percent_words(row['estimate'], e)})" for row in ends] for e in EDITIONS
    }
    english = [word.replace("”", "“", 1) for word in words["en"]]
    caption: Text = {
        "sv": f"Flest deltagare instämmer i {' och färst i '.join(words['sv'])}. Enkäten {found.last}.{merged_note(found.answers, 'sv')}",
        "en": f"Most participants agree with {' and fewest with '.join(english)}. Survey of {found.last}.{merged_note(found.answers, 'en')}",
    }
    opening: Text = {
        "sv": "Liggande staplar, en per påstående, från avståndstagande till vänster till instämmande till höger. Andel som instämmer",
        "en": "Horizontal bars, one an item, from disagreement on the left to agreement on the right. Share agreeing",
    }
    alt = {
        e: f"{opening[e]}: "
        + listing([f"{ITEM_TITLES[item][e]} {_share(cell(now, item=item), e)}" for item in ITEM_TITLES], e)
        + "."
        for e in EDITIONS
    }
    return caption, alt


def by_age(inputs: Inputs, found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure by age group."""
    labels = inputs.labels["actors"]["age_group"]
    ages = [age for age in labels if age in set(found.ages["age_group"])]
    names = list(dict.fromkeys(found.ages["item"]))
    ends = (ages[0], ages[-1]) if ages else ()
    item = names[0]
    said = {e: [_share(cell(found.ages, item=item, age_group=age), e, words=True) for age in ends] for e in EDITIONS}
    low, high = found.ages["n"].min(), found.ages["n"].max()
    counts = {e: f"{number(int(low), e)}–{number(int(high), e)}" if known(low) else HIDDEN[e] for e in EDITIONS}
    if len(ages) < 2:
        lack("För få åldersgrupper har svarat för att jämföras.", "Too few age groups have answered to be compared.")
    caption: Text = {
        "sv": f"Glada att ha något att göra är {said['sv'][0]} av de yngsta och {said['sv'][-1]} av de äldsta. Strecken är 95-procentiga "
        f"intervall; varje punkt vilar på {counts['sv']} svar. Enkäten {found.last}.",
        "en": f"{said['en'][0]} of the youngest and {said['en'][-1]} of the oldest are glad to have something to do. Lines are 95 per "
        f"cent intervals; each dot rests on {counts['en']} answers. Survey of {found.last}.",
    }
    opening: Text = {
        "sv": "Punkter med intervall i en ruta per påstående, en rad per åldersgrupp. Andel som instämmer",
        "en": "Dots with intervals in one panel an item, one row an age group. Share agreeing",
    }
    alt = {}
    for e in EDITIONS:
        panels = []
        for name in names:
            shares = [f"{labels[age][e]} {_share(cell(found.ages, item=name, age_group=age), e)}" for age in ages]
            panels.append(f"{ITEM_TITLES[name][e]}: {listing(shares, e)}")
        alt[e] = f"{opening[e]}. {'. '.join(panels)}."
    return caption, alt


def contentment(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure on whom participants are content with; with its interviews where there are any."""
    if not (found.contentment["stream"] == "survey").any():
        unanswered()
    heard = (found.contentment["stream"] == "interviews").any()
    share = {whom: cell(found.contentment, whom=whom, stream="survey") for whom in WHOM}
    stance = {whom: cell(found.contentment, whom=whom, stream="interviews") for whom in WHOM}
    word = {e: {whom: _share(row, e, words=True) for whom, row in share.items()} for e in EDITIONS}
    caption: Text = {
        "sv": f"{word['sv']['unit']} anser att enhetens personal vill hjälpa, {word['sv']['social_services']} att de inte kontrolleras i onödan "
        f"och {word['sv']['pes']} att Arbetsförmedlingen går att nå. {_SCALE['sv'] if heard else ''}"
        "Strecken är 95-procentiga intervall.",
        "en": f"{word['en']['unit']} find that the unit's staff want to help, {word['en']['social_services']} that they are not controlled "
        f"without need and {word['en']['pes']} that the PES can be reached. {_SCALE['en'] if heard else ''}"
        "Lines are 95 per cent intervals.",
    }
    opening: Text = {
        "sv": "Punkter med intervall, en rad per mottagare, enkäten till vänster och intervjuerna till höger",
        "en": "Dots with intervals, one row a counterpart, the survey on the left and the interviews on the right",
    }
    alt = {
        e: f"{opening[e]}: "
        + "; ".join(
            f"{WHOM[whom][e].replace(chr(10), ' ')} {_share(share[whom], e)}, {_STANCE[e]} {_mean(stance[whom], e)}"
            for whom in WHOM
        )
        + "."
        for e in EDITIONS
    }
    return caption, alt


_SCALE: Text = {
    "sv": "Intervjuernas hållning går från −1 (kritisk) till 1 (stödjande). ",
    "en": "The stance in the interviews goes from −1 (critical) to 1 (supportive). ",
}
_STANCE: Text = {"sv": "hållning", "en": "stance"}


def items_caption(found: "Frames") -> Text:
    """Write the caption of the items table."""
    asked, waves = found.waves["item"].nunique(), sorted(int(wave) for wave in found.waves["wave"].unique())
    return {
        "sv": f"Deltagarnas svar på {count_words(asked, 'sv')} påståenden {listing([str(w) for w in waves], 'sv')}: andel som instämmer.",
        "en": f"Participants' answers to {count_words(asked, 'en')} items in {listing([str(w) for w in waves], 'en')}: share agreeing.",
    }


def _share(row: Any, edition: Edition, *, words: bool = False) -> str:
    if not known(row["estimate"]):
        return HIDDEN[edition]
    return (percent_words if words else percent)(row["estimate"], edition)


def _mean(row: Any, edition: Edition) -> str:
    return number(row["estimate"], edition, 2, signed=True) if known(row["estimate"]) else HIDDEN[edition]
