"""What every qualitative tool's export becomes: a sheet of coded passages, and a sheet of codes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from report_engine.model.findings import Finding
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message

SEGMENTS = "segments"
CODEBOOK = "codebook"
MOST_CODINGS = 100_000

MOST_CODES = 20_000
MOST_TEXT = 50_000_000  # characters of all coded passages together
LONGEST_TEXT = 100_001  # characters of a passage that are kept: one more than a cell may have
LONGEST_NAME = 200  # characters of a code's name
DEEPEST = 20  # levels of codes

PATH = " > "
"""What stands between the names of a code and those above it."""


@dataclass(frozen=True)
class Code:
    """A code of a tool; ``path`` is its name after those above it, ``parent`` the path of the one above."""

    guid: str
    name: str
    path: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True)
class Coding:
    """One code on one passage. Positions are code points from 0, the end excluded; ``None`` where the tool gives none.

    ``document_key`` tells documents of one name apart, ``""`` where the tool gives none.
    """

    number: int
    document: str
    code: Code
    coder: str = ""
    start: int | None = None
    end: int | None = None
    text: str = ""
    comment: str = ""
    identifier: str = ""
    document_key: str = ""


_COLUMNS = [
    "id",
    "document",
    "code",
    "code_path",
    "code_guid",
    "coder",
    "start",
    "end",
    "text",
    "comment",
    "document_key",
]


def segments(file: str, form: str, codings: Sequence[Coding], findings: Iterable[Finding] = ()) -> Sheet:
    """Return the sheet of coded passages: ``id``, ``document``, ``code``, ``code_path``, ``code_guid``, ``coder``, ``start``,
    ``end``, ``text``, ``comment``, ``document_key``; an ``id`` that is missing or stands twice is left empty. Raises ``Unreadable`` for none.
    """
    if not codings:
        advice = Message("exports.project_with_codings")
        raise Unreadable(*findings, Finding(file, "file", Message("exports.nothing_coded"), advice=advice))
    if len(codings) > MOST_CODINGS:
        problem = Message("exports.codings", {"n": len(codings), "limit": MOST_CODINGS})
        raise Unreadable(Finding(file, "file", problem))
    often = Counter(coding.identifier for coding in codings)
    records = [
        (
            coding.number,
            [
                coding.identifier if often[coding.identifier] == 1 else "",
                coding.document,
                coding.code.name,
                coding.code.path,
                coding.code.guid,
                coding.coder,
                "" if coding.start is None else str(coding.start),
                "" if coding.end is None else str(coding.end),
                coding.text,
                coding.comment,
                coding.document_key,
            ],
        )
        for coding in codings
    ]
    return Sheet(file, form, [*_COLUMNS], records, SEGMENTS, findings=tuple(findings))


def codebook(file: str, form: str, codes: Iterable[Code]) -> Sheet:
    """Return the sheet of codes: ``guid``, ``code``, ``path``, ``parent``, ``description``, in the tool's order."""
    records = [
        (number, [code.guid, code.name, code.path, code.parent, code.description])
        for number, code in enumerate(codes, start=1)
    ]
    return Sheet(file, form, ["guid", "code", "path", "parent", "description"], records, CODEBOOK)


class Scissors:
    """Cuts coded passages out of texts; ``Unreadable`` once they hold more than the limit all together."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._left = MOST_TEXT

    def passage(self, text: str, start: int | None, end: int | None) -> tuple[int, int, str] | None:
        """Return where a passage stands without the blanks around it, and its text; ``None`` where there is nothing.

        The text is cut off where it is longer than a cell may be.
        """
        if start is None or end is None or start >= end:
            return None
        passage = text[start : min(end, start + LONGEST_TEXT)]
        self._left -= len(passage)
        if self._left < 0:
            problem = Message("exports.coded_text", {"limit": MOST_TEXT})
            raise Unreadable(Finding(self._file, "file", problem))
        words = passage.strip(BLANKS)
        first = start + len(passage) - len(passage.lstrip(BLANKS))
        last = first + len(words) if end - start <= len(passage) else end
        return (first, last, words) if words else None


def refuse_many(count: int, file: str) -> None:
    """Raise ``Unreadable`` for more codes than any codebook has."""
    if count > MOST_CODES:
        raise Unreadable(Finding(file, "file", Message("exports.codes", {"limit": MOST_CODES})))


def nested(parts: Sequence[str], guid: str = "", description: str = "") -> Code:
    """Return a code by the names that lead to it, from the top; of very long names and paths, as much as is needed."""
    parts = [part[:LONGEST_NAME] for part in parts[-DEEPEST:]]
    return Code(guid, parts[-1], PATH.join(parts), PATH.join(parts[:-1]), description)


def guid(text: str | None) -> str:
    """Return a GUID as it is compared: lower case, no braces."""
    return (text or "").strip().strip("{}").casefold()
