"""Words that say direction, order, contrast or explanation, and the sentences in which writers may use them themselves."""

import re
from collections.abc import Mapping
from pathlib import Path

from report_engine.model import document
from report_engine.prose.words import SIZES
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.recomputed.chapters import Sentence

_MORE: Mapping[Edition, str] = {
    "sv": "mer|fler|flest|färre|mindre|mest|högre|lägre|större|längre|kortare|oftare|oftast|sällan|sämre|bättre|bäst|sämst|"
    "starkare|svagare|vanligast|vanligaste|vanligare|steg|föll|fallit|skiljer|skillnad|skillnaden|lika|likadant|annorlunda|"
    "men|medan|däremot|trots|ändå|dock|snarare|tvärtom|därför|eftersom|alltså|beror|förklarar|tack vare|på grund av",
    "en": "more|mostly|fewer|less|higher|lower|larger|smaller|greater|longer|shorter|better|best|worse|worst|often|rarely|"
    "stronger|weaker|commonest|commoner|heads|differ|differs|difference|alike|unlike|equally|above all|"
    "but|while|whereas|however|although|though|despite|nevertheless|rather|contrary|because|therefore|thus|since|owing|explains?",
}
SAYS = {
    edition: re.compile(rf"{SIZES[edition].pattern}|(?<![\w-])(?:{_MORE[edition]})(?!\w)", re.IGNORECASE)
    for edition in EDITIONS
}
"""Words of size and direction as the build refuses them, and comparatives, contrasts and explanations."""

FILE = Path(__file__).with_name("direction.yaml")


def allowed() -> Mapping[str, Mapping[Edition, list[str]]]:
    """Read the sentences by kind (``carried``, ``reported``, ``standing``) and edition."""
    return document.read(FILE, FILE.name).content


def is_the_writers(sentence: Sentence, edition: Edition) -> bool:
    """Say whether a sentence asserts direction in words of the writer's that no source is named for."""
    own = re.sub(r"\{[^{}]*\}", "", sentence.typed)
    reports = sentence.section.endswith("-slides") or "presentation" in own.casefold()
    cites = sentence.cites and "{" not in sentence.typed
    method = sentence.section.startswith("sec-appendix")
    return bool(SAYS[edition].search(own)) and not (sentence.quoted or reports or cites or method)


_VALUE: Mapping[Edition, str] = {
    "sv": r"(?<![\d–])([−+]?\d[\d\u202f\u00a0]*(?:,\d+)?)(?:[\s\u00a0](?:procent|kronor|segment|invånare)|(?=\)))",
    "en": r"(?<![\d–.,])([−+]?\d[\d,]*(?:\.\d+)?)(?:[\s\u00a0](?:per[\s\u00a0]cent|percentage|segments|inhabitants)|(?=[,.]?\)|,\s[A-ZÅÄÖ]|\sper\s|\sin\s\w))",
}
_HIGH: Mapping[Edition, str] = {
    "sv": r"störst|högst|flest|mest\spositiv|vanligast|oftast",
    "en": r"largest|highest|most\s(?:favourable|participants)|spends\smost|most\soften",
}
_LOW: Mapping[Edition, str] = {
    "sv": r"minst|lägst|färst|mest\skritisk",
    "en": r"smallest|lowest|fewest|most\scritical|\bleast\b",
}
_APART: Mapping[Edition, str] = {"sv": r"skiljer sig åt:", "en": r"differ:"}
_UP: Mapping[Edition, str] = {"sv": r"ökade|steg|ökat|stigit", "en": r"rose|risen|increased"}
_DOWN: Mapping[Edition, str] = {"sv": r"minskade|sjönk|föll|minskat", "en": r"fell|fallen|decreased"}
_FROM_TO: Mapping[Edition, str] = {"sv": r"\sfrån\s.*?\still\s", "en": r"\sfrom\s.*?\sto\s"}


def contradiction(text: str, edition: Edition) -> bool | None:
    """Say whether a sentence's numbers speak against its words of order or direction; None where it says no such thing of numbers."""
    values = [(found.start(), _number(found[1], edition)) for found in re.finditer(_VALUE[edition], text)]
    values = [(at, value) for at, value in values if value is not None]
    if (high := _after(_HIGH, text, values, edition)) is not None and (
        low := _after(_LOW, text, values, edition)
    ) is not None:
        return high <= low
    if (apart := _after(_APART, text, values, edition)) is not None and len(values) > 1:
        return all(value == apart for _, value in values)
    for words, sign in ((_UP, 1), (_DOWN, -1)):
        word = re.search(rf"\b(?:{words[edition]})\b", text)
        if word is None:
            continue
        after = [value for at, value in values if at > word.start()]
        if re.search(_FROM_TO[edition], text[word.end() :]) and len(after) > 1:
            return (after[1] - after[0]) * sign <= 0
        if signed := re.search(r"\(([−+]?)(\d[\d,.]*)[\s\u00a0](?:procentenhet|percentage)", text[word.end() :]):
            return (-1 if signed[1] == "−" else 1 if signed[1] else 0) * sign <= 0
    return None


def _after(words: Mapping[Edition, str], text: str, values: list[tuple[int, float]], edition: Edition) -> float | None:
    word = re.search(words[edition], text, re.IGNORECASE)
    return next((value for at, value in values if word and at > word.start()), None)


def _number(words: str, edition: Edition) -> float | None:
    """Read a number as an edition writes it; None for a year."""
    plain = words.replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    plain = plain.replace(",", "." if edition == "sv" else "")
    return None if re.fullmatch(r"(?:19|20)\d\d", words) else float(plain)
