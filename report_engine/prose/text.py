"""What of a chapter or a module is prose: a copy of the text with everything else blanked out, so that positions stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from report_engine.prose.literals import worded_literals

_LOCATOR = r"(?:(?:s|sid|p|pp|kap|ch|avsn|sec)\.|sidan|sidorna|pages?|kapitel|chapter)\s*\d+(?:\s*[–-]\s*\d+)?f{0,2}"
_HIDDEN = re.compile(
    r"(?P<comment><!--(?P<note>.*?)-->)"
    r"|^(?P<fence>`{3,}|~{3,})(?P<language>[^\n]*)\n(?P<listing>.*?)^(?P=fence)[`~]*"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)(?P<raw>\{=\w+\})?"
    r"|\{\{\{<.*?>\}\}\}|(?P<call>\{\{<.*?>\}\})"
    r"|(?<=\])\([^)\n\"]*(?:\"(?P<title>[^\"\n]*)\"[^)\n]*)?\)"
    r"|(?P<attributes>\{(?=[^{}]*[#.=])[^{}]*\})"
    r"|https?://[^\s>)]+"
    rf"|(?<![\w\\])@(?P<work>(?!(?:[Ff]ig|[Tt]bl|[Ss]ec)-)\w)?(?(work)|\w)(?:[\w:.#$%&+?~/-]*\w)?(?:,?\s+{_LOCATOR}|\s+\[{_LOCATOR}\])?"
    r"|^[ \t]*\d+[.)](?=\s)",
    re.MULTILINE | re.DOTALL,
)
_MARK = re.compile(r"\s*typed:(?P<reason>.*)", re.DOTALL)

_STRING = re.compile(
    r"(?P<comment>#[^\n]*)"
    r"|(?<!\w)(?P<prefix>[rRbBuUfF]{0,2})(?P<quote>\"\"\"|'''|\"|')(?P<content>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|N\{[^}]*\}|[0-7]{1,3}|.)", re.DOTALL)
_OF_EDITION = re.compile(r"[\"'](?:sv|en)[\"']\s*:\s*\(?\s*\Z")
_SPOKEN = re.compile(r"[^\W\d_]{2,}\s|\s[^\W\d_]{2,}")


@dataclass(frozen=True)
class Mark:
    """A note in the text that says why a typed number may stand: where it begins and ends, and its reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Prose:
    """Prose in its places: ``shown`` is as long as the file's text, blank where it is none.

    ``tested`` are the stretches that a claim tests; ``cited`` the sentences that cite a work and quote no fact, ``marks`` the
    exceptions. Marks of a module hold for their line (``by_line``), those of a chapter for the number or word before them.
    """

    shown: str
    tested: tuple[tuple[int, int], ...] = ()
    cited: tuple[tuple[int, int], ...] = ()
    marks: tuple[Mark, ...] = ()
    by_line: bool = False


def chapter(text: str) -> Prose:
    """Find the prose of a chapter or of slides (Markdown): code, shortcodes, attributes, addresses and citations are none."""
    pieces, end = [], 0
    marks: list[Mark] = []
    closed: list[int] = []
    works: list[int] = []
    facts: list[int] = []
    for found in _HIDDEN.finditer(text):
        if note := _MARK.fullmatch(found["note"] or ""):
            marks.append(Mark(found.start(), found.end(), " ".join(note["reason"].split())))
        if found["attributes"] and re.search(r"\.claim\b", found[0]) and text[found.start() - 1 : found.start()] == "]":
            closed.append(found.start() - 1)
        if found["work"]:
            works.append(found.start())
        if found["call"]:
            facts.append(found.start())
        pieces += [text[end : found.start()], _seen(found)]
        end = found.end()
    shown = "".join((*pieces, text[end:]))
    cited = tuple(
        (low, high) for low, high in _sentences(shown) if _any(works, low, high) and not _any(facts, low, high)
    )
    return Prose(shown, tuple(_spans(shown, closed)), cited, tuple(marks))


_END = re.compile(r"[.!?][)\"”]*\s+(?=[^\Wa-zåäö])|\n\s*\n|\n(?=[#>*-]|\d+\.\s)")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    yield from pairwise(ends)


def _any(places: list[int], low: int, high: int) -> bool:
    return any(low <= place < high for place in places)


def _seen(found: re.Match[str]) -> str:
    """Blank what a reader does not see, and keep what stands in it that one does: a link's title, code, a listing."""
    shown = _blank(found[0])
    for name in ("title", "code", "listing"):
        raw = found["raw"] or (found["language"] or "").strip().startswith("{=")
        if found[name] and not raw:
            start, end = (place - found.start() for place in found.span(name))
            shown = shown[:start] + found[name] + shown[end:]
    return shown


def _spans(shown: str, closed: list[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the brackets reach that end at these places."""
    wanted, opened = set(closed), []
    if not wanted:
        return
    for bracket in re.finditer(r"\\.|[\[\]]", shown):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] == "]":
            start = opened.pop() if opened else None
            if start is not None and bracket.start() in wanted:
                yield start, bracket.end()


def module(text: str) -> Prose:
    """Find the prose in a Python module: string literals that read as text; holes of f-strings are computed, so none.

    Docstrings and single words with digits (codes, colours, keys) are no prose, unless they stand as an edition's wording.
    """
    shown = [*_blank(text)]
    marks: list[Mark] = []
    _strings(text, 0, len(text), shown, marks)
    for start, end in worded_literals(text):
        shown[start:end] = text[start:end]
    return Prose("".join(shown), tuple(_statements(text)), marks=tuple(marks), by_line=True)


def catalogue(text: str) -> Prose:
    """Find the prose in a file of texts (YAML): keys and holes are none; what a claim states is tested."""
    shown, marks, tested = [], [], []
    at = 0
    for line in text.split("\n"):
        note = re.search(r"(?:^|\s)#(.*)$", line)
        if note and (mark := _MARK.fullmatch(note[1])):
            marks.append(Mark(at + note.start(), at + note.end(), mark["reason"].strip()))
        key = re.match(r"\s*[\w.-]+:(?=\s|$)", line)
        words = line[: note.start()] if note else line
        words = re.sub(r"\{[^{}]*\}", lambda hole: " " * len(hole[0]), words)
        shown.append((" " * key.end() + words[key.end() :] if key else words).ljust(len(line)))
        if key and key[0].strip() == "statement:":
            tested.append((at, at + len(line)))
        at += len(line) + 1
    return Prose("\n".join(shown), tuple(tested), marks=tuple(marks), by_line=True)


def _strings(text: str, start: int, end: int, shown: list[str], marks: list[Mark]) -> None:
    for found in _STRING.finditer(text, start, end):
        if found["comment"]:
            if note := _MARK.fullmatch(found["comment"][1:]):
                marks.append(Mark(found.start(), found.end(), note["reason"].strip()))
            continue
        if "b" in found["prefix"].lower() or _is_docstring(text, found):
            continue
        first = found.start("content")
        content = _ESCAPE.sub(lambda escape: " " * len(escape[0]), found["content"])
        if "f" in found["prefix"].lower():
            for low, high in _holes(content):
                _strings(text, first + low, first + high, shown, marks)
                content = content[:low] + "\x00" * (high - low) + content[high:]
        if _SPOKEN.search(content) or not re.search(r"\d", content) or _OF_EDITION.search(text, 0, found.start()):
            for at, character in enumerate(content, first):
                if character not in "\x00\n":
                    shown[at] = character


def _is_docstring(text: str, found: re.Match[str]) -> bool:
    line = text.rfind("\n", 0, found.start()) + 1
    return len(found["quote"]) == 3 and not text[line : found.start()].strip()


def _holes(content: str) -> Iterator[tuple[int, int]]:
    """Yield where the holes of an f-string begin and end, their braces included."""
    depth = start = 0
    for brace in re.finditer(r"\{\{|\}\}|[{}]", content):
        pair = len(brace[0]) == 2
        if depth == 0 and pair:
            continue
        for at, sign in enumerate(brace[0], brace.start()):
            if sign == "{":
                start = at if depth == 0 else start
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    yield start, at + 1


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the constants ``…STATEMENTS`` stand, whose wordings are claims."""
    for found in re.finditer(r"^\w*STATEMENTS\b.*?^\S", text, re.MULTILINE | re.DOTALL):
        yield found.start(), found.end()


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
