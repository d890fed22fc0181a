"""The words and facts of the section on staff: titles, statements, captions, alt texts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.model import EDITIONS, Edition, Inputs, Text
from analysis.numbers import count_words, listing, municipalities_words, number, percent, percent_words
from analysis.sections import shared
from analysis.sections.shared import STAFF, inside
from analysis.sections.survey_items import (
    HIDDEN,
    cell,
    known,
    merged_note,
)

if TYPE_CHECKING:
    from analysis.sections.staff_frames import Frames

ITEM_TITLES: Mapping[str, Text] = {
    "furthest_supported": {"sv": "De längst från arbete får stöd", "en": "Those furthest from work get support"},
    "resources_to_closest": {
        "sv": "Resurserna går till dem närmast arbete",
        "en": "Resources go to those closest to work",
    },
    "effects_known": {"sv": "Vi känner till insatsernas effekter", "en": "We know the effects of our measures"},
    "measures_documented": {"sv": "Insatserna dokumenteras", "en": "Measures are documented"},
    "caseload_manageable": {"sv": "Ärendemängden är rimlig", "en": "The caseload is manageable"},
    "sanctions_needed": {"sv": "Sanktioner behövs", "en": "Sanctions are needed"},
    "education_is_way": {"sv": "Utbildning är vägen till arbete", "en": "Education is the way into work"},
    "pes_collaboration": {
        "sv": "Samverkan med Arbetsförmedlingen fungerar",
        "en": "Collaboration with the PES works",
    },
    "municipal_collaboration": {
        "sv": "Samverkan inom kommunen fungerar",
        "en": "Collaboration inside the municipality works",
    },
    "fk_collaboration": {
        "sv": "Samverkan med Försäkringskassan fungerar",
        "en": "Collaboration with the Social Insurance Agency works",
    },
}

ROWS: Mapping[object, Text] = {
    "social_services": {"sv": "Socialtjänsten, alla", "en": "Social services, all"},
    "social_services/social_services_manager": {"sv": "chefer", "en": "managers"},
    "social_services/social_worker": {"sv": "socialsekreterare", "en": "social workers"},
    "labour_unit": {"sv": "Arbetsmarknadsenheterna, alla", "en": "Labour-market units, all"},
    "labour_unit/labour_unit_manager": {"sv": "chefer", "en": "managers"},
    "labour_unit/labour_unit_staff": {"sv": "medarbetare", "en": "staff"},
}


def row_names() -> dict[object, Text]:
    """Name the rows of the caseload one by one, where no row above says whose managers are meant."""

    def name(row: str, edition: Edition) -> str:
        place, _, actor = row.partition("/")
        whole = ROWS[place][edition]
        return f"{whole.partition(',')[0]}, {ROWS[row][edition]}" if actor else whole

    return {row: {e: name(str(row), e) for e in EDITIONS} for row in ROWS}


TITLES: Mapping[str, Text] = {
    "furthest_supported": {"sv": "Vem stödet når", "en": "Whom the support reaches"},
    "effects_known": {"sv": "Kända effekter och dokumentation", "en": "Known effects and documentation"},
    "caseload": {"sv": "Ärendemängd", "en": "Caseload"},
    "fall_between_chairs": {
        "sv": "Falla mellan stolarna, kommun för kommun",
        "en": "Falling between chairs by municipality",
    },
}

STATEMENTS: Mapping[str, Text] = {
    "greatest_need_unsupported": {
        "sv": "Medarbetarna säger att de som behöver mest stöd inte får det",
        "en": "Staff say that those who need support most do not get it",
    },
    "resources_to_closest": {
        "sv": "Resurserna följer dem som står närmast arbete",
        "en": "Resources follow those closest to work",
    },
    "managers_dont_listen": {
        "sv": "Cheferna känner till problemen men lyssnar inte",
        "en": "Managers know of the problems but do not listen",
    },
    "between_chairs_fk": {
        "sv": "Det är framför allt gentemot Försäkringskassan som människor faller mellan stolarna",
        "en": "It is above all in relation to the Social Insurance Agency that people fall between chairs",
    },
    "effects_unknown": {
        "sv": "Mycket görs utan att man känner till effekterna",
        "en": "Much is done without knowing the effects",
    },
    "someone_else_answers": {
        "sv": "I många fall är det någon annan som ska kunna svara på effekterna",
        "en": "In many cases it is somebody else who is to answer for the effects",
    },
    "social_workers_critical": {
        "sv": "Socialsekreterarna är mer kritiska till aktiveringen än enheternas medarbetare",
        "en": "Social workers are more critical of activation than unit staff",
    },
    "caseload_fell": {
        "sv": "Ärendetrycket inom socialtjänsten har minskat",
        "en": "The caseload at social services has fallen",
    },
    "caseload_high": {
        "sv": "Trycket är fortsatt högt på arbetsmarknadsenheterna",
        "en": "The pressure is still high at the labour-market units",
    },
}

AGREE_NOTE: Text = {
    "sv": "Andel som svarat 4 eller 5 på skalan 1–5, viktad, med 95-procentigt intervall och antal svar; vet inte och inget svar ingår inte.",
    "en": "Share answering 4 or 5 on the scale 1–5, weighted, with 95 per cent interval and number of answers; don't know and no answer are left out.",
}

NO_CODE: Text = {"sv": "Kodboken har ingen kod för detta.", "en": "The codebook has no code for this."}


def items(names: Sequence[str]) -> dict[object, Text]:
    """Return what these survey items are called."""
    return {name: ITEM_TITLES[name] for name in names}


def code_names(codebook: pd.DataFrame, codes: Sequence[str]) -> dict[object, Text]:
    """Return what these codes are called in the codebook, in their order; raises NotBorne where it lacks one."""
    names = shared.code_names(codebook)
    return {code: names[code] for code in codes}


def support(inputs: Inputs, found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure on who gets support."""
    first, second = (_range(inputs, found, item) for item in ("furthest_supported", "resources_to_closest"))
    caption: Text = {
        "sv": f"Andelen som instämmer i att de längst från arbete får stöd går från {first['sv']}, andelen som anser att resurserna "
        f"går till dem närmast arbete från {second['sv']}. Enkäten {found.last}.{merged_note(found.likert, 'sv')}",
        "en": f"The share who agree that those furthest from work get support goes from {first['en']}, the share who hold "
        f"that resources go to those closest to work from {second['en']}. Survey of {found.last}.{merged_note(found.likert, 'en')}",
    }
    opening: Text = {
        "sv": "Två grupper av liggande staplar, en stapel per aktör, från avståndstagande till vänster till instämmande till höger",
        "en": "Two groups of horizontal bars, one bar an actor, from disagreement on the left to agreement on the right",
    }
    return caption, _alt(inputs, found, opening, ("furthest_supported", "resources_to_closest"))


def knowledge(inputs: Inputs, found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure on known effects."""
    first, second = (_range(inputs, found, item) for item in ("effects_known", "measures_documented"))
    caption: Text = {
        "sv": f"Andelen som anser att effekterna är kända går från {first['sv']}, andelen som anser att insatserna dokumenteras "
        f"från {second['sv']}. Strecken är 95-procentiga intervall. Enkäten {found.last}.",
        "en": f"The share who hold that the effects are known goes from {first['en']}, the share who hold that measures are "
        f"documented from {second['en']}. Lines are 95 per cent intervals. Survey of {found.last}.",
    }
    opening: Text = {
        "sv": "Punkter med intervall, en rad per aktör, båda påståendena på varje rad",
        "en": "Dots with intervals, one row an actor, both items on each row",
    }
    return caption, _alt(inputs, found, opening, ("effects_known", "measures_documented"))


def caseload(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the figure on caseload."""
    share = {
        (place, wave): cell(found.caseload, row=place, wave=wave)
        for place in ("social_services", "labour_unit")
        for wave in dict.fromkeys((found.first, found.last))
    }
    words = {key: {e: _share(row, e) for e in EDITIONS} for key, row in share.items()}
    ends = (("social_services", found.first), ("social_services", found.last))
    units = (("labour_unit", found.first), ("labour_unit", found.last))
    caption: Text = {
        "sv": f"Inom socialtjänsten anser {words[ends[0]]['sv']} ({found.first}) respektive {words[ends[1]]['sv']} ({found.last}) att "
        f"ärendemängden är rimlig, vid arbetsmarknadsenheterna {words[units[0]]['sv']} respektive {words[units[1]]['sv']}. "
        "Strecken är 95-procentiga intervall; vågorna är skilda urval.",
        "en": f"At social services {words[ends[0]]['en']} ({found.first}) and {words[ends[1]]['en']} ({found.last}) find the "
        f"caseload manageable, at the labour-market units {words[units[0]]['en']} and {words[units[1]]['en']}. "
        "Lines are 95 per cent intervals; the waves are separate samples.",
    }
    alt = {
        e: f"{_CASELOAD[e]}: "
        + "; ".join(
            f"{_row(str(row), e)} {wave}: {_share(cell(found.caseload, row=row, wave=wave), e)}"
            for row in ROWS
            for wave in dict.fromkeys((found.first, found.last))
        )
        + "."
        for e in EDITIONS
    }
    return (caption if found.first != found.last else _one_wave(found, words)), alt


def _one_wave(found: "Frames", words: Mapping[tuple[str, int], Text]) -> Text:
    """Write the caption on the caseload where the survey was done once."""
    social, units = words[("social_services", found.last)], words[("labour_unit", found.last)]
    return {
        "sv": f"Inom socialtjänsten anser {social['sv']} att ärendemängden är rimlig, vid arbetsmarknadsenheterna {units['sv']} "
        f"({found.last}). Strecken är 95-procentiga intervall.",
        "en": f"At social services {social['en']} find the caseload manageable, at the labour-market units {units['en']} "
        f"({found.last}). Lines are 95 per cent intervals.",
    }


_CASELOAD: Text = {
    "sv": "Punkter med intervall, en rad per arbetsplats och befattning, en punkt per enkätvåg",
    "en": "Dots with intervals, one row a workplace and position, one dot a survey wave",
}


def shown_total(found: "Frames", code: str, smallest: int) -> int | None:
    """Count the segments with a code; None where they are so few that the number is hidden."""
    total = int((found.coded["code"] == code).sum())
    return None if 0 < total < smallest else total


def chairs(found: "Frames", codes: Mapping[object, Text], smallest: int) -> tuple[Text, Text]:
    """Write caption and alt text of the figure on falling between chairs."""
    counts = {code: shown_total(found, str(code), smallest) for code in codes}
    totals = {e: [HIDDEN[e] if count is None else number(count, e) for count in counts.values()] for e in EDITIONS}
    places = found.chairs["municipality_code"].nunique()
    shown = found.chairs[(found.chairs["code"] == "fall_between_chairs") & found.chairs["n"].notna()]
    most = shown.sort_values(["n", "municipality"], ascending=[False, True]).head(1)
    top = {
        e: f"{most['municipality'].iloc[0]} ({number(most['n'].iloc[0], e)})" if len(most) else HIDDEN[e]
        for e in EDITIONS
    }
    often = {
        "sv": f", oftast i {top['sv']}" if places > 1 else "",
        "en": f", most often in {top['en']}" if places > 1 else "",
    }
    caption: Text = {
        "sv": f"Att människor faller mellan stolarna tas upp i {totals['sv'][0]} segment i intervjuerna i "
        f"{municipalities_words(places, 'sv')}{often['sv']}; Försäkringskassan i {totals['sv'][1]} segment.",
        "en": f"That people fall between chairs is brought up in {totals['en'][0]} segments of the "
        f"interviews in {municipalities_words(places, 'en')}{often['en']}; the Social Insurance Agency in {totals['en'][1]} segments.",
    }
    alt = {
        e: f"{_CHAIRS[e]}: "
        + "; ".join(
            f"{part['municipality'].iloc[0]} "
            + " / ".join(HIDDEN[e] if pd.isna(n) else number(int(n), e) for n in part["n"])
            for _, part in found.chairs.groupby("municipality", sort=False)
        )
        + "."
        for e in EDITIONS
    }
    return caption, alt


_CHAIRS: Text = {
    "sv": "Två liggande stapeldiagram sida vid sida, en rad per kommun, antal segment om att falla mellan stolarna / om "
    "Försäkringskassan (två punkter = dolt)",
    "en": "Two horizontal bar charts side by side, one row a municipality, number of segments on falling between chairs / on "
    "the Social Insurance Agency (two dots = hidden)",
}


def items_caption(found: "Frames") -> Text:
    """Write the caption of the items table."""
    rows = found.by_actor[found.by_actor["actor"].isin(STAFF)]
    asked = rows["item"].nunique()
    return {
        "sv": f"Medarbetarnas svar på {count_words(asked, 'sv')} påståenden i enkäten {found.last}: andel som instämmer.",
        "en": f"The staff's answers to {count_words(asked, 'en')} items in the survey of {found.last}: share agreeing.",
    }


def _range(inputs: Inputs, found: "Frames", item: str) -> Text:
    """Write the lowest and the highest share with their actors: ``15 procent (socialsekreterare) till 46 procent (…)``."""
    rows = found.by_actor[(found.by_actor["item"] == item) & found.by_actor["estimate"].notna()]
    if rows.empty:
        return HIDDEN
    ends = [rows.loc[rows["estimate"].idxmin()], rows.loc[rows["estimate"].idxmax()]]
    labels = inputs.labels["actors"]["actor"]
    parts = {
        e: [f"{percent_words(end['estimate'], e)} ({inside(labels[end['actor']])[e]})" for end in ends]
        for e in EDITIONS
    }
    return {"sv": " till ".join(parts["sv"]), "en": " to ".join(parts["en"])}


def _alt(inputs: Inputs, found: "Frames", opening: Text, names: Sequence[str]) -> Text:
    labels = inputs.labels["actors"]["actor"]
    agree = {"sv": "instämmer", "en": "agree"}
    texts: dict[Edition, str] = {}
    for e in EDITIONS:
        parts = []
        for item in names:
            rows = found.by_actor[found.by_actor["item"] == item]
            shares = [
                f"{inside(labels[row.actor])[e]} {percent(row.estimate, e) if known(row.estimate) else HIDDEN[e]}"
                for row in rows.itertuples()
            ]
            parts.append(f"{ITEM_TITLES[item][e]}, {agree[e]}: {listing(shares, e)}")
        texts[e] = f"{opening[e]}. {'. '.join(parts)}."
    return texts


def _share(row: Any, edition: Edition) -> str:
    return percent_words(row["estimate"], edition) if known(row["estimate"]) else HIDDEN[edition]


def _row(row: str, edition: Edition) -> str:
    place = ROWS[row.split("/")[0]][edition].split(",")[0]
    return f"{place}, {ROWS[row][edition]}," if "/" in row else f"{ROWS[row][edition]},"
