"""Where a fact or a claim stands in the prose: chapter, line and sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from report_engine.changes.state import Plain, edition_of

_FACT = re.compile(r"\{\{<\s*fact\s+[\"']?(?P<id>[^\s\"'>]+)[\"']?\s*>\}\}")
_CLAIM = re.compile(r"\{\.claim\s+#(claim-[\w-]+)\}")
_HOLD = "\ue000{}\ue001"  # private characters keep a fact's place while the sentence is cut out
_HELD = re.compile("\ue000(\\d+)\ue001")
_SENTENCE_END = re.compile('(?<=[.!?])[)*”]*\\s+(?=["“”(*\\[]*[A-ZÅÄÖ\ue000])')
_MARKUP = (
    (re.compile(r"\{[.#][^{}]*\}"), ""),  # attributes of spans, headings and pictures
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\s*\[-?@[^\]]*\]"), ""),  # citations
    (re.compile(r"\[([^\]]*)\](?:\([^)]*\))?"), r"\1"),
    (re.compile(r"^#+\s+|^[-*]\s+"), ""),
    (re.compile(r"\*{1,2}([^*]+)\*{1,2}"), r"\1"),
)


@dataclass(frozen=True)
class Place:
    """One place in a chapter: its file below ``report/``, 1-based line and the sentence in pieces.

    A piece is ``(fact id, text)``; plain text has no id.
    """

    file: str
    line: int
    sentence: tuple[tuple[str, str], ...]


def of_facts(chapters: Mapping[str, str], facts: Mapping[str, Plain]) -> dict[str, list[Place]]:
    """Find every place of every fact, by id, in the order of the chapters' names; unknown facts show their id."""
    found: dict[str, list[Place]] = {}
    for file in sorted(chapters):
        for start, text in _blocks(chapters[file]):
            for place, ids in _sentences(file, start, text, facts):
                for fact in ids:
                    found.setdefault(fact, []).append(place)
    return found


def of_claims(chapters: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """Find file and line of every claim's span, by the span's id (``claim-staff-caseload-high``)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for file in sorted(chapters):
        for match in _CLAIM.finditer(chapters[file]):
            line = chapters[file].count("\n", 0, match.start()) + 1
            found.setdefault(match[1], []).append((file, line))
    return found


def span_id(claim: str) -> str:
    """Name the span of a claim: ``staff.caseload_high`` is ``claim-staff-caseload-high``."""
    return "claim-" + re.sub(r"[._]", "-", claim)


def _blocks(text: str) -> list[tuple[int, str]]:
    """Return paragraphs with the line they start at."""
    blocks, line = [], 1
    for part in re.split(r"(\n\s*\n)", text):
        if part.strip():
            blocks.append((line, part))
        line += part.count("\n")
    return blocks


def _sentences(file: str, start: int, text: str, facts: Mapping[str, Plain]) -> list[tuple[Place, list[str]]]:
    held: list[tuple[str, int]] = []

    def hold(match: re.Match[str]) -> str:
        held.append((match["id"], start + text.count("\n", 0, match.start())))
        return _HOLD.format(len(held) - 1)

    plain = " ".join(_FACT.sub(hold, text).split())
    if not held:
        return []
    found = []
    for sentence in _SENTENCE_END.split(plain):
        ids = [int(number) for number in _HELD.findall(sentence)]
        if ids:
            place = Place(file, held[ids[0]][1], _pieces(sentence, held, facts, file))
            found.append((place, list(dict.fromkeys(held[at][0] for at in ids))))
    return found


def _pieces(
    sentence: str, held: list[tuple[str, int]], facts: Mapping[str, Plain], file: str
) -> tuple[tuple[str, str], ...]:
    for pattern, replacement in _MARKUP:
        sentence = pattern.sub(replacement, sentence)
    pieces = []
    for at, part in enumerate(_HELD.split(sentence)):
        if at % 2 == 0:
            pieces.append(("", part))
        else:
            fact = held[int(part)][0]
            pieces.append((fact, facts[fact]["text"][edition_of(file)] if fact in facts else fact))
    return tuple(piece for piece in pieces if piece[1])
