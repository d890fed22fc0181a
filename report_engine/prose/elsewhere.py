"""What readers see that stands in no chapter and no section: labels of contracts, text that style sheets and templates write."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from report_engine.prose.text import Mark, Prose
from report_engine.words.editions import EDITIONS

_SHOWN = ("title", "label", "lost", "source", "sections", "units")
"""Keys of contracts and of the study's declaration whose wordings figures, tables, slides and appendices show."""

_CONTENT = re.compile(r"(?<![\w-])content\s*:(?P<value>(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^;}\"'])*)")
_STRING = re.compile(r"\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>(?:\\.|[^'\\\n])*)'")
_BLOCK = re.compile(r"\[(?P<text>[^\[\]]*)\]")
_COMPUTED = re.compile(r"\$[^$\n]*\$|#[\w.-]+(?:\([^()\n]*\))?|\\.")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_COMMENT = re.compile(r"(?<!:)//[^\n]*")
_NOTHING = re.compile(r"(?!)")
_SPOKEN = re.compile(r"[^\W\d_]{2,}\s|\s[^\W\d_]{2,}")
_MARK = re.compile(r"(?:#|//|/\*)[ \t]*typed:(?P<reason>.*?)(?:\*/.*)?$", re.MULTILINE)

Spans = Iterable[tuple[int, int]]
"""Where what is seen begins and ends in a file."""


def labels(text: str) -> Prose:
    """Find the wordings of a contract or of the study's declaration that readers see; none where it is no YAML."""
    import yaml

    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return Prose("", by_line=True)
    try:
        return _prose(text, [*_wordings(root, shown=False)] if root else ())
    except RecursionError:  # an alias to itself, which the contract's reader refuses
        return Prose("", by_line=True)


def _wordings(node: Any, *, shown: bool) -> Iterator[tuple[int, int]]:
    """Yield where the wordings in the editions' languages stand below the keys that readers see."""
    for item in node.value if isinstance(node.value, list) else ():
        if not isinstance(item, tuple):
            yield from _wordings(item, shown=shown)
        elif shown and item[0].value in EDITIONS and isinstance(item[1].value, str):
            yield item[1].start_mark.index, item[1].end_mark.index
        else:
            yield from _wordings(item[1], shown=shown or item[0].value in _SHOWN)


def stylesheet(text: str) -> Prose:
    """Find what a style sheet writes: the strings of ``content``."""
    rules = _blanked(text, _COMMENT)
    found = ((each["value"], each.start("value")) for each in _CONTENT.finditer(rules))
    return _prose(text, (span for value, start in found for span in _strings(value, start)), _ESCAPE)


def template(text: str) -> Prose:
    """Find what a Typst template writes: content in brackets, strings that read as text; what it computes is none."""
    markup = _blanked(_blanked(text, _COMMENT), _LINE_COMMENT)
    blocks = (found.span("text") for found in _BLOCK.finditer(markup))
    spoken = ((low, high) for low, high in _strings(markup, 0) if _SPOKEN.search(text[low:high]))
    return _prose(text, [*blocks, *spoken], _COMPUTED)


def _blanked(text: str, what: re.Pattern[str]) -> str:
    return what.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _strings(text: str, start: int) -> Iterator[tuple[int, int]]:
    for found in _STRING.finditer(text):
        low, high = found.span("double" if found["double"] is not None else "single")
        yield start + low, start + high


def _prose(text: str, spans: Spans, unseen: re.Pattern[str] = _NOTHING) -> Prose:
    """Blank everything but these stretches, and what is not seen in them as it is written."""
    shown = [character if character == "\n" else " " for character in text]
    for start, end in spans:
        shown[start:end] = text[start:end]
    marks = tuple(Mark(found.start(), found.end(), found["reason"].strip()) for found in _MARK.finditer(text))
    seen = unseen.sub(lambda found: " " * len(found[0]), "".join(shown))
    return Prose(seen, marks=marks, by_line=True)
