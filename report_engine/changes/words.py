"""What the page of changes says, in both editions, and how a value is written."""

from collections.abc import Mapping
from typing import Any

from report_engine.changes.compare import Kind
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number

KIND_WORDS: Mapping[Kind, Text] = {
    "claims": {"sv": "Påståenden", "en": "Claims"},
    "numbers": {"sv": "Tal", "en": "Numbers"},
    "words": {"sv": "Beräknade texter", "en": "Computed wording"},
    "figures": {"sv": "Figurer", "en": "Figures"},
    "tables": {"sv": "Tabeller", "en": "Tables"},
    "data": {"sv": "Data", "en": "Data"},
    "contracts": {"sv": "Datakontrakt", "en": "Contracts of the data"},
    "prose": {"sv": "Löpande text", "en": "Prose"},
}

WORDS: Mapping[str, Text] = {
    "title": {"sv": "Ändringar sedan {name}", "en": "Changes since {name}"},
    "compared": {
        "sv": "Jämförde {facts} fakta, {claims} påståenden och {figures} figurer.",
        "en": "Compared {facts} facts, {claims} claims and {figures} figures.",
    },
    "nothing": {"sv": "Ingenting har ändrats.", "en": "Nothing has changed."},
    "flips": {"sv": "{n} med annat utfall", "en": "{n} with another verdict"},
    "unseen": {"sv": "{n} inte sedda", "en": "{n} not seen"},
    "seen": {"sv": "Sedd", "en": "Seen"},
    "not_seen": {"sv": "Inte sedd", "en": "Not seen"},
    "mark": {"sv": "Jag har sett den här ändringen", "en": "I have seen this change"},
    "mark_all": {"sv": "Markera alla under rubriken som sedda", "en": "Mark all under this heading as seen"},
    "before": {"sv": "Före", "en": "Before"},
    "now": {"sv": "Nu", "en": "Now"},
    "difference": {"sv": "skillnad", "en": "difference"},
    "exactly": {"sv": "Exakt", "en": "Exactly"},
    "interval": {"sv": "intervall", "en": "interval"},
    "stands": {"sv": "Står i", "en": "Stands in"},
    "nowhere": {"sv": "Står inte i något kapitel.", "en": "Stands in no chapter."},
    "absent": {"sv": "fanns inte", "en": "was not there"},
    "gone": {"sv": "finns inte längre", "en": "is gone"},
    "same_verdict": {"sv": "Samma utfall, andra tal", "en": "Same verdict, other numbers"},
    "below_print": {
        "sv": "{n} tal ändrades mindre än vad som syns i rapporten",
        "en": "{n} numbers moved by less than the report shows",
    },
    "slider": {"sv": "Tona mellan före och nu", "en": "Fade between before and now"},
    "changed_file": {"sv": "{file}: ändrad", "en": "{file}: changed"},
    "same_file": {"sv": "{file}: samma", "en": "{file}: the same"},
    "new_file": {"sv": "{file}: ny", "en": "{file}: new"},
    "gone_file": {"sv": "{file}: används inte längre", "en": "{file}: no longer used"},
    "rows": {
        "sv": "Rader: {added} nya, {removed} borttagna, {changed} ändrade.",
        "en": "Rows: {added} added, {removed} removed, {changed} changed.",
    },
    "same_rows": {
        "sv": "Raderna är desamma: filen är skriven på ett annat sätt.",
        "en": "The rows are the same: the file is written another way.",
    },
    "other_rows": {
        "sv": "Raderna kan inte jämföras: tabellen finns inte i båda, eller har en annan nyckel.",
        "en": "The rows can't be compared: the table is not in both, or has another key.",
    },
    "personal": {
        "sv": "Personuppgifter: bara radernas nycklar visas.",
        "en": "Data on persons: only the keys of the rows are shown.",
    },
    "added_rows": {"sv": "Nya, till exempel", "en": "Added, such as"},
    "removed_rows": {"sv": "Borttagna, till exempel", "en": "Removed, such as"},
    "changed_rows": {"sv": "Ändrade, till exempel", "en": "Changed, such as"},
    "more_lines": {"sv": "och {n} rader till", "en": "and {n} more lines"},
    "sign": {"sv": "Spara vad du har sett", "en": "Save what you have seen"},
    "how": {
        "sv": "Spara filen som report/releases/seen.yaml i projektets mapp och lägg den under versionshantering. "
        "I terminalen gör report diff --seen all detsamma för allt, --seen claims för alla påståenden.",
        "en": "Save the file as report/releases/seen.yaml in the project's folder and commit it. "
        "In the terminal, report diff --seen all does the same for everything, --seen claims for all claims.",
    },
    "file": {"sv": "Filens innehåll", "en": "The file's content"},
    "save": {"sv": "Spara seen.yaml", "en": "Save seen.yaml"},
    "copy": {"sv": "Kopiera", "en": "Copy"},
    "skip": {"sv": "Till innehållet", "en": "To the content"},
    "robustness": {"sv": "{same} av {draws}: {over}", "en": "{same} of {draws}: {over}"},
}

CLAIM_PARTS: Mapping[str, Text] = {
    "statement": {"sv": "Påståendet", "en": "Statement"},
    "reason": {"sv": "Vad som avgjorde", "en": "What decided"},
    "figure": {"sv": "Figur", "en": "Figure"},
    "citations": {"sv": "Källor", "en": "Citations"},
    "dissent": {"sv": "Avvikande källor", "en": "Dissenting sources"},
    "robustness": {"sv": "Utfallet står sig i", "en": "The verdict stands in"},
    "numbers": {"sv": "Tal som avgjorde", "en": "Numbers that decided"},
}


def say(name: str, edition: Edition, /, **values: object) -> str:
    """Return a wording with its values filled in."""
    return WORDS[name][edition].format(**values)


def exact(value: object, edition: Edition, *, signed: bool = False) -> str:
    """Write a value with four significant digits where it is a number with decimals, else as it stands."""
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        return number(value, edition, signed=signed) if signed else str(value)
    digits = f"{abs(value):.3e}"
    decimals = max(0, min(12, 3 - int(digits.split("e")[1])))
    return number(value, edition, decimals, signed=signed)


def claim_parts(claim: Mapping[str, Any], edition: Edition) -> dict[str, str]:
    """Return what of a claim a reviewer reads, by part, in words."""
    verdict, firm = claim["verdict"], claim.get("robustness")
    numbers = {key: exact(value, edition) for key, value in sorted(verdict["numbers"].items())}
    over = {**firm, "over": firm["over"][edition]} if firm else None
    return {
        "statement": claim["statement"][edition],
        "reason": verdict["reason"][edition],
        "numbers": "; ".join(f"{key} {value}" for key, value in numbers.items()),
        "figure": claim.get("figure") or "–",
        "citations": ", ".join(claim.get("citations") or ()) or "–",
        "dissent": ", ".join(claim.get("dissent") or ()) or "–",
        "robustness": say("robustness", edition, **over) if over else "–",
    }
