"""What is wrong with a data file, in words that the person who made the file can act on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Literal, NamedTuple

from report_engine.words.editions import Edition
from report_engine.words.messages import say

Kind = Literal[
    "file", "personal", "encoding", "column", "row", "type", "required", "value", "range", "asked", "key", "reference", "extra", "odd",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "file", "personal", "encoding", "column", "row", "type", "required", "value", "range", "asked", "key", "reference", "extra", "odd",
)  # fmt: skip
"""Kinds of findings, the most important first: what hides other findings comes before what it may hide."""

SEVERITIES = ("error", "warning", "note")

SHOWN = 20
"""How many findings of one kind in one column of a file are printed one by one."""

MOST = 10_000
"""How many findings of one kind in one column are kept at all: a wrong file must not fill the memory."""

FULL_LIST = "logs/check.txt"

_LONGEST = 60
_LONGEST_NAME = 240  # characters of a column's name
_LONGEST_LINE = 1_500  # characters of a finding, whatever stands in the file


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value, wherever it stands.

    ``expected`` says what is allowed and completes ``is not …``; ``problem`` replaces that where there is more to say;
    ``nearest`` is the allowed value that comes closest; ``advice`` what to do.
    """

    kind: Kind
    expected: str = ""
    problem: str = ""
    nearest: str | None = None
    advice: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in one place of a data file.

    ``file`` is the path as the person knows it; ``row`` the row as the spreadsheet shows it (the header is row 1);
    ``column`` the header; ``value`` the cell's text. The rest is as in ``Fault``. A ``warning`` does not stop the build; a ``note`` stands in the full list only.
    """

    file: str
    kind: Kind
    problem: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str = ""
    nearest: str | None = None
    advice: str = ""
    severity: Literal["error", "warning", "note"] = "error"

    def __str__(self) -> str:
        """Write the finding as one printable line, in English."""
        return line(self)


class _Words(NamedTuple):
    row: str
    column: str
    expected: str
    bound: str
    meant: str
    warning: str
    note: str
    more: str


_WORDS: Mapping[Edition, _Words] = {
    "en": _Words(
        "row", "column", ", expected {}", "The nearest allowed is {}.", "Did you mean {}?", "warning", "note",
        "{} more like this; the full list is in {}.",
    ),
    "sv": _Words(
        "rad", "kolumn", ", väntat: {}", "Det närmaste tillåtna är {}.", "Menade du {}?", "varning", "anmärkning",
        "{} till av samma slag; hela listan finns i {}.",
    ),
}  # fmt: skip


def line(finding: Finding, edition: Edition = "en") -> str:
    """Write a finding as one printable line: its place, then what ``sentences`` says."""
    words = _WORDS[edition]
    place = [escape(finding.file)]
    if finding.row is not None:
        place.append(f"{words.row} {finding.row}")
    if finding.column is not None:
        place.append(f"{words.column} {_cut(escape(finding.column[:_LONGEST_LINE]), _LONGEST_NAME)}")
    severity = {"error": "", "warning": f"{words.warning}: ", "note": f"{words.note}: "}[finding.severity]
    return _cut(escape(f"{', '.join(place)}: {severity}{' '.join(sentences(finding, edition))}"), _LONGEST_LINE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def sentences(finding: Finding, edition: Edition = "en") -> list[str]:
    """Say what is wrong, what was probably meant and what to do, each where there is something to say."""
    words = _WORDS[edition]
    value = "" if finding.value is None else f"{show(finding.value)} "
    problem = say(finding.problem or f"is not {finding.expected}", edition)
    expected = finding.expected and say(finding.expected, edition) if finding.problem else ""
    said = [f"{value}{problem}{words.expected.format(expected) if expected else ''}."]
    if finding.nearest is not None:
        said.append((words.bound if finding.kind == "range" else words.meant).format(show(finding.nearest)))
    if finding.advice:
        said.append(say(finding.advice, edition))
    return said


def found(fault: Fault, file: str, row: int, column: str, value: str | None) -> Finding:
    """Put a fault into its place."""
    return Finding(file, fault.kind, fault.problem, row, column, value, fault.expected, fault.nearest, fault.advice)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by importance (errors, then kind), then file, row and column, and drop exact repetitions."""

    def importance(finding: Finding) -> tuple[object, ...]:
        place = (finding.file, finding.row or 0, finding.column or "", finding.value or "", finding.problem)
        return (SEVERITIES.index(finding.severity), KINDS.index(finding.kind), *place)

    return sorted(dict.fromkeys(findings), key=importance)


def summary(findings: Iterable[Finding], full_list: str = FULL_LIST, edition: Edition = "en") -> list[str]:
    """Write one line a finding, and beyond 20 of a kind in one column of a file one line that counts the rest.

    Notes are left out.
    """

    def group(finding: Finding) -> tuple[object, ...]:
        return (finding.severity, KINDS.index(finding.kind), finding.file, finding.column or "")

    lines = []
    worth = [finding for finding in ordered(findings) if finding.severity != "note"]
    for _, members in groupby(sorted(worth, key=group), key=group):
        same = list(members)
        lines += [line(finding, edition) for finding in same[:SHOWN]]
        if len(same) > SHOWN:
            lines.append(_rest(same[SHOWN], len(same) - SHOWN, full_list, edition))
    return lines


def at_most(findings: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """Keep the first findings of one kind in one column; the last of them then says how many more there were."""
    rest = iter(findings)
    kept = list(islice(rest, most))
    left_out = sum(1 for _ in rest)
    if left_out:
        like = kept[-1]
        kept.append(Finding(like.file, like.kind, f"{left_out:,} more like this follow", like.row, like.column))
    return kept


def listed(words: Iterable[object], most: int = 12) -> str:
    """Write allowed values one after the other, the first dozen of them where there are more."""
    texts = [_cut(escape(str(word)[: 2 * _LONGEST]), _LONGEST) for word in words]
    return ", ".join(texts[:most]) + (f", … ({len(texts)} in all)" if len(texts) > most else "")


def show(value: str) -> str:
    """Quote a value from a file for a message: escaped and cut to a readable length."""
    text = escape(value[: _LONGEST + 1])
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def escape(text: str) -> str:
    """Write every character that a terminal would hide, obey or reorder as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def _rest(first: Finding, count: int, full_list: str, edition: Edition) -> str:
    words = _WORDS[edition]
    column = "" if first.column is None else f", {words.column} {escape(first.column)}"
    return f"{escape(first.file)}{column}: {words.more.format(count, full_list)}"
