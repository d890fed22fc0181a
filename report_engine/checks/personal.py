"""Personal data that must not be in a research file: found by their form, and never written anywhere, masked or not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from report_engine.contracts.contract import Contract, load_all
from report_engine.model.encoded import encoded
from report_engine.model.findings import Finding, at_most
from report_engine.readers import Raw
from report_engine.words.messages import Message

STREAMS = ("survey", "interviews")
"""The streams whose files come from people; of the others those do whose rows are persons."""

MASK = "•••"

_IDENTITY = re.compile(
    r"(?<![\w.,])(?:(?P<century>18|19|20)[ ]?)?(?P<year>\d\d)[-. ]?(?P<month>\d\d)[-. ]?(?P<day>\d\d)"
    r"[ ]?(?P<sign>[-+–−]?)[ ]?(?P<serial>\d{4})(?![\w]|[.,]\d)"
)
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+[ ]?(?:@|\(at\)|\[at\]|\(a\)|snabel-?a)[ ]?[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.[a-z]{2,24}(?!\w)",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w.,+-])(?:(?:\+|00)46[ -]?\(?0?\)?[ -]?[1-9]\d{0,2}(?:[ /-]{0,3}\d){5,8}"  # with the country's code
    r"|07[02369](?:[ /-]{0,3}\d){7}"  # mobile
    r"|\(?0(?:8|[1-9]\d{1,2})\)?[ ]?[-/–][ ]?\d{2,3}(?:[ ]?\d){3,5})(?![\w]|[.,-]\d)"  # area code, hyphen, number
)
_ADDRESS = re.compile(
    r"\b[A-ZÅÄÖÉ][\wåäöé]+(?:gatan|vägen|gränd|gränden|torget|stigen|allén|backen|plan)[ ]\d{1,3}[ ]?[A-Ha-h]?\b"
)
_NETWORK = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")
_PATTERNS = (
    (Message("personal.identity_number"), _IDENTITY),
    (Message("personal.email"), _EMAIL),
    (Message("personal.phone"), _PHONE),
    (Message("personal.address"), _ADDRESS),
    (Message("personal.network"), _NETWORK),
)
_WORTH_A_LOOK = re.compile(
    r"\d[\d .+/–−-]{6,}\d|@|\(a|\[at|snabel|(?:g[aä]t|väg|gränd|torg|stig|allé|back|plan)\w{0,10} \d", re.I
)

_COORDINATION = 60  # a coordination number adds this to the day
_ADVICE = Message("checks.remove_personal")

_QUOTING = frozenset({"found", "present", "document"})
"""The holes of messages in which cells stand: a row taken for a header, the values of any column, an interview's name."""


def find(text: str) -> Message | None:
    """Say which kind of personal data a text holds, ``None`` where it holds none that can be told by its form.

    Personal identity and coordination numbers count only with a valid date and checksum (Skatteverket, SKV 704), in every
    writing: with or without century, hyphen, plus, dots and blanks.
    """
    return next((kind for kind, _ in _hits(text)), None)


@lru_cache(maxsize=64)  # findings about a column quote the same cell over and over
def masked(text: str) -> str:
    """Return a text with ``•••`` in place of everything that ``find`` finds."""
    for kind, pattern in _PATTERNS:
        text = pattern.sub(partial(_mask, kind), text)
    return text


def check(raw: Raw, contract: Contract) -> list[Finding]:
    """Return an error for every cell of a file from people that holds personal data; the value is left out."""
    if not _from_people(contract):
        return []
    findings: list[Finding] = []
    every = [(table, name) for table in raw.files for name in table.columns]  # what a mapping leaves out is there, too
    for table, name in every:
        column = table.columns[name]
        texts = encoded(column.texts)
        distinct = texts.values()
        if not find("\n".join((name, *distinct))):  # no pattern goes beyond the end of a line
            continue
        kinds = {text: find(text) for text in distinct if _WORTH_A_LOOK.search(text)}
        findings += at_most(
            Finding(
                table.file,
                "personal",
                Message("checks.personal", {"kind": kind}),
                table.rows[at],
                masked(name),
                advice=_ADVICE,
            )
            for at, kind in texts.map(kinds.get).at(Message).items()
        )
        if kind := find(name):
            problem = Message("checks.personal_in_name", {"kind": kind})
            findings.append(Finding(table.file, "personal", problem, None, masked(name), advice=_ADVICE))
    return findings


def discreet(findings: list[Finding], contract: Contract, raw: Raw | None = None) -> list[Finding]:
    """Return the findings as they may be printed and logged: no free text, no id of a person, and nothing personal.

    In files from people a value is quoted only from columns of the contract that hold no free text; where rows are persons,
    only codes and numbers are.
    """
    if not _from_people(contract):
        return findings
    names = quotable(contract)
    names |= {header for name in names for header in (raw.headers(name) if raw else ())}
    hidden = _QUOTING if contract.rows == "persons" else frozenset()
    return [_discreet(finding, names, hidden) for finding in findings]


def quotable(contract: Contract) -> set[str]:
    """Name the columns of a contract whose values may be quoted to whoever has the file."""
    spoken = {field.name for field in contract.fields if not field.free_text}
    if contract.rows != "persons":
        return spoken
    known = load_all()
    ids = {*contract.primary_key, *(field.name for field in contract.fields if field.constraints.unique)}
    coded = {field.name for field in contract.fields if field.type != "string" or field.allowed}
    for key in contract.foreign_keys:
        of_persons = key.resource == contract.name or (key.resource in known and known[key.resource].rows == "persons")
        (ids if of_persons else coded).update(key.fields)
    return (spoken & coded) - ids


def _from_people(contract: Contract) -> bool:
    return contract.rows == "persons" or contract.stream in STREAMS


def _discreet(finding: Finding, names: set[str], hidden: frozenset[str]) -> Finding:
    if not {*(finding.column or "").split(", ")} <= names:  # a key of several columns names them all
        nearest = finding.nearest if finding.kind == "column" else None
        finding = replace(finding, value=None, others=(), nearest=nearest)
    return replace(
        finding,
        problem=finding.problem and _without(finding.problem, hidden).replaced(masked),
        column=finding.column and masked(finding.column),
        value=finding.value and masked(finding.value),
        others=tuple(masked(value) for value in finding.others),
        nearest=finding.nearest and masked(finding.nearest),
        expected=finding.expected and finding.expected.replaced(masked),
    )


def _without(problem: Message, holes: frozenset[str]) -> Message:
    return Message(problem.key, {**problem.values, **dict.fromkeys(holes & problem.values.keys(), MASK)})


def _hits(text: str) -> Iterator[tuple[Message, re.Match[str]]]:
    if _WORTH_A_LOOK.search(text):
        for kind, pattern in _PATTERNS:
            yield from ((kind, hit) for hit in pattern.finditer(text) if _counts(kind, hit))


def _mask(kind: Message, hit: re.Match[str]) -> str:
    return MASK if _counts(kind, hit) else hit[0]


def _counts(kind: Message, hit: re.Match[str]) -> bool:
    if kind.key == "personal.network":
        return all(int(part) < 256 for part in hit[0].split("."))
    return kind.key != "personal.identity_number" or _is_identity_number(hit)


def _is_identity_number(hit: re.Match[str]) -> bool:
    year, month, day = (int(hit[part]) for part in ("year", "month", "day"))
    try:
        date(int(hit["century"] or 20) * 100 + year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        if not (month == 2 and day % _COORDINATION == 29 and year % 4 == 0):  # 29 February of another century
            return False
    digits = f"{hit['year']}{hit['month']}{hit['day']}{hit['serial']}"
    doubled = "".join(str(int(digit) * (2 - at % 2)) for at, digit in enumerate(digits))
    return sum(map(int, doubled)) % 10 == 0
