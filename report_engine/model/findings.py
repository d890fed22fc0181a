"""What is wrong with a data file, in words that the person who made the file can act on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Value, Word

Kind = Literal[
    "file", "personal", "encoding", "column", "row", "type", "required", "value", "range", "asked", "key", "reference", "extra", "odd",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "file", "personal", "encoding", "column", "row", "type", "required", "value", "range", "asked", "key", "reference", "extra", "odd",
)  # fmt: skip
"""Kinds of findings, the most important first: what hides other findings comes before what it may hide."""

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

SHOWN = 20
"""How many findings of one kind in one column of a file are printed one by one."""

MOST = 10_000
"""How many findings of one kind in one column are kept at all: a wrong file must not fill the memory."""

FULL_LIST = "logs/check.txt"

_LONGEST = 60
_SHEET = re.compile(r"(.*\.(?:xlsx|xlsm|xlsb|xls|ods)) \((.*)\)", re.IGNORECASE | re.DOTALL)
_ROWS = 12  # that a finding lists
_LONGEST_NAME = 240  # characters of a column's name
_LONGEST_LINE = 1_500  # characters of a finding, whatever stands in the file


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value, wherever it stands.

    ``expected`` says what is allowed and completes ``is not …``; ``problem`` replaces that where there is more to say;
    ``nearest`` is the allowed value that comes closest; ``advice`` what to do.
    """

    kind: Kind
    expected: Message | None = None
    problem: Message | None = None
    nearest: str | None = None
    advice: Message | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in one place of a data file.

    ``file`` is the path as the person knows it; ``row`` the row as the spreadsheet shows it (the header is row 1);
    ``column`` the header; ``value`` the cell's text; ``rows`` are the others for which the same holds, and
    ``others`` the other values there; ``sheets`` are other sheets of the file where the same holds. The rest is as in ``Fault``.
    A ``warning`` does not stop the build; a ``note`` stands in the full list only.
    """

    file: str
    kind: Kind
    problem: Message | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: Message | None = None
    nearest: str | None = None
    advice: Message | None = None
    severity: Severity = "error"
    rows: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the finding as one printable line, in English."""
        return line(self)


def line(finding: Finding, edition: Edition = "en", most: int = _ROWS) -> str:
    """Write a finding as one printable line: its place, then what ``sentences`` says."""
    place = [escape(finding.file)]
    if finding.row is not None:
        place.append(Message("findings.row", {"row": finding.row}).say(edition))
    if finding.column is not None:
        column = _cut(escape(finding.column[:_LONGEST_LINE]), _LONGEST_NAME)
        place.append(Message("findings.column", {"column": column}).say(edition))
    said = " ".join(sentences(finding, edition, most))
    if finding.severity != "error":
        said = Message(f"findings.{finding.severity}", {"said": said}).say(edition)
    return _cut(printable(f"{', '.join(place)}: {said}"), _LONGEST_LINE + 8 * max(0, most - _ROWS))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def sentences(finding: Finding, edition: Edition = "en", most: int = _ROWS) -> list[str]:
    """Say what is wrong (also in how many more rows, ``most`` of them by number), what was probably meant and what to do."""
    value = "" if finding.value is None else f"{show(finding.value)} "
    said = [f"{value}{_wrong(finding).say(edition)}."]
    if finding.rows:
        rows = ", ".join(map(str, finding.rows[:most])) + (", …" if len(finding.rows) > most else "")
        same: dict[str, Value] = {"n": len(finding.rows), "rows": rows}
        if finding.others:
            more = ", …" if len(finding.others) > most else ""
            same |= {"others": len(finding.others), "values": f"{listed(finding.others[:most], most)}{more}"}
        key = "findings.rows_and_values" if finding.others else "findings.rows"
        said[0] += f" {Message(key, same).say(edition)}"
    if finding.sheets:
        same = {"n": len(finding.sheets), "sheets": listed(finding.sheets, most)}
        said[0] += f" {Message('findings.sheets', same).say(edition)}"
    if finding.nearest is not None:
        said.append(Message("findings.meant", {"value": show(finding.nearest)}).say(edition))
    if finding.advice:
        said.append(finding.advice.say(edition))
    return said


def _wrong(finding: Finding) -> Message:
    if finding.problem and finding.expected:
        return Message("findings.expected", {"problem": finding.problem, "expected": finding.expected})
    return finding.problem or refused(finding.expected)


def refused(expected: Message | None) -> Message:
    """Say that a value is not what was expected."""
    if expected and expected.key == "expected.of_form":
        return Message("checks.is_not_of_form", expected.values)
    return Message("checks.is_not", {"expected": expected or ""})


def found(fault: Fault, file: str, row: int, column: str, value: str | None) -> Finding:
    """Put a fault into its place."""
    return Finding(file, fault.kind, fault.problem, row, column, value, fault.expected, fault.nearest, fault.advice)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by importance (errors, then kind), then file, row and column, and drop exact repetitions."""

    def importance(finding: Finding) -> tuple[object, ...]:
        place = (finding.file, finding.row or 0, finding.column or "", finding.value or "", str(finding.problem or ""))
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


_ONE_CAUSE = frozenset({
    "checks.format_as_text", "checks.store_as_text", "checks.zeros_dropped", "checks.zeros_not_stored", "checks.cut_off", "checks.taken_for_date",
    "checks.format_without_decimals", "checks.without_percent_sign", "files.show_or_delete_rows",
})  # fmt: skip
"""Advice about a column's format or about hidden rows: one finding says it, whatever the cells hold."""

_FEW = 3
"""How many different wrong values without a likely meaning are told one by one; more of them are another kind of thing."""

_OF_VALUES: tuple[Kind, ...] = ("encoding", "type", "value", "range", "asked", "reference")


def at_most(findings: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """Keep the first findings of one kind in one column; the last of them then says how many more there were.

    Those with one cause are one finding, which lists the rows and values of the others.
    """
    by_cause: dict[tuple[object, ...], dict[tuple[object, ...], list[Finding]]] = {}
    for number, one in enumerate(findings):
        cause: tuple[object, ...] = (
            one.file,
            one.kind,
            one.column,
            one.problem,
            one.expected,
            one.advice,
            one.severity,
        )
        if one.row is None or one.kind == "personal":  # each of them is to be found by whoever has to take it out
            cause = (number,)
        what = () if one.advice and one.advice.key in _ONE_CAUSE else (one.value, one.nearest)
        by_cause.setdefault(cause, {}).setdefault(what, []).append(one)
    kept = [finding for same in by_cause.values() for finding in _together([*same.values()])]
    if len(kept) > most:
        like = kept[most - 1]
        more = Message("checks.more_follow", {"n": len(kept) - most})
        kept[most:] = [Finding(like.file, like.kind, more, like.row, like.column)]
    return kept


def across_sheets(findings: Iterable[Finding]) -> list[Finding]:
    """Make one finding of what is alike in several sheets of a workbook, and about no row."""
    alike: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        path, sheet = _sheet_of(one.file)
        general = sheet and one.row is None
        alike.setdefault((path, replace(one, file="", row=None, rows=())) if general else number, []).append(one)
    found = []
    for same in alike.values():
        sheets = [_sheet_of(one.file)[1] for one in same]
        once = len(set(sheets)) == len(sheets)
        found += [replace(same[0], sheets=tuple(sheets[1:]))] if once else same
    return found


def _sheet_of(file: str) -> tuple[str, str]:
    """Take the name of a sheet from that of its workbook; an empty one where there is none."""
    found = _SHEET.fullmatch(file)
    return (found[1], found[2]) if found else (file, "")


def _together(groups: list[list[Finding]]) -> list[Finding]:
    """Make one finding of those with the same value, and of all with different ones where they are many."""
    meant = [same for same in groups if same[0].nearest is not None]
    if groups[0][0].kind in _OF_VALUES:
        if len(groups) > SHOWN:
            return [_one([replace(finding, nearest=None) for same in groups for finding in same])]
        vague = [same for same in groups if same[0].nearest is None]
        if len(vague) > _FEW:
            return [*(_one(same) for same in meant), _one([finding for same in vague for finding in same])]
    return [_one(same) for same in groups]


def _one(findings: Sequence[Finding]) -> Finding:
    first, *rest = sorted(findings, key=lambda finding: finding.row or 0)
    is_of_format = first.advice is not None and first.advice.key in _ONE_CAUSE
    values = () if is_of_format else (finding.value for finding in rest)
    others = dict.fromkeys(value for value in values if value not in (None, first.value))
    rows = tuple(finding.row for finding in rest if finding.row is not None)
    return replace(first, rows=(*first.rows, *rows), others=tuple(others))


def listed(words: Iterable[object], most: int = 12) -> Word:
    """Write allowed values one after the other, the first dozen of them where there are more."""
    texts = [_cut(escape(str(word)[: 2 * _LONGEST]), _LONGEST) for word in words]
    first = ", ".join(texts[:most])
    return Message("findings.listed", {"words": first, "n": len(texts)}) if len(texts) > most else first


def show(value: str) -> str:
    """Quote a value from a file for a message: escaped and cut to a readable length."""
    text = escape(value[: _LONGEST + 1])
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def escape(text: str) -> str:
    """Write every character that a terminal would hide, obey or reorder as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


_BLANKS = str.maketrans("\xa0\u202f", "  ")
"""What groups the digits of our own numbers; those of a file are escaped where they are quoted."""


def printable(said: str) -> str:
    """Write a whole message as one printable line, plain blanks in its numbers."""
    return escape(said.translate(_BLANKS))


def _rest(first: Finding, count: int, full_list: str, edition: Edition) -> str:
    place = [escape(first.file)]
    if first.column is not None:
        place.append(Message("findings.column", {"column": escape(first.column)}).say(edition))
    return f"{', '.join(place)}: {Message('findings.more', {'n': count, 'file': full_list}).say(edition)}"
