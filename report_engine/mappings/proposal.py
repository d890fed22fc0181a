"""A proposal of how the columns and values of a file become ours, by their names and by what stands in them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from report_engine.contracts.contract import Contract, Field, labels
from report_engine.readers import Sheet
from report_engine.readers.raw import BLANKS
from report_engine.readers.register import code_of, spellings
from report_engine.readers.tables.header import headed, named
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import say

ENOUGH = 0.62
"""How alike (0 to 1) a column of theirs and one of ours must be for a proposal."""

UNSURE = 0.75
"""A proposal less alike than this is worth a look."""

_MOST_ROWS, _MOST_COLUMNS, _MOST_VALUES = 2_000, 300, 60
_LONGEST = 200  # characters that are compared
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TRUE = ("ja", "yes", "true", "sant", "1", "x")
_FALSE = ("nej", "no", "false", "falskt", "0")


@dataclass(frozen=True)
class Candidate:
    """A column of theirs, or several that differ in a year (then ``name`` holds ``{}`` in its place)."""

    name: str
    question: str
    texts: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for several columns."""
        return "{}" in self.name


@dataclass(frozen=True)
class Proposal:
    """What ``propose`` found: our column of each candidate that has one, and the rest on either side."""

    contract: Contract
    sheet: Sheet
    placed: Mapping[str, tuple[Candidate, float]]
    left: tuple[Candidate, ...]
    lacking: tuple[Field, ...]
    several_sheets: bool = False

    @property
    def score(self) -> float:
        """How well the file fits the dataset: columns placed, weighed by how certain they are, less those lacking."""
        return sum(certain for _, certain in self.placed.values()) - 0.02 * len(self.lacking)


References = Mapping[str, Mapping[str, str]]
"""By dataset, the key of each name that its rows go by: what a reference to it may be written as."""


def propose(
    sheets: Sequence[Sheet], contracts: Iterable[Contract], references: References, register: str | None
) -> Proposal | None:
    """Return the best fit of any sheet with any of the datasets; ``None`` where no column fits at all.

    ``register`` is the dataset among the references that lists places, which are written in many ways.
    """
    visible = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    found = [
        _fit(headed(sheet, ()), contract, references, register, len(visible) > 1)
        for sheet in visible
        for contract in contracts
    ]
    found = [proposal for proposal in found if proposal.placed]
    return max(found, key=lambda proposal: proposal.score, default=None)


def _fit(sheet: Sheet, contract: Contract, references: References, register: str | None, several: bool) -> Proposal:
    candidates = _candidates(sheet, contract)
    scores = [
        (_alike(candidate, one, contract, references, register), -at, -place)
        for at, candidate in enumerate(candidates)
        for place, one in enumerate(contract.fields)
        if not (candidate.is_pattern and one.name == "year")
    ]
    placed: dict[str, tuple[Candidate, float]] = {}
    used: set[int] = set()
    for score, at, place in sorted(scores, reverse=True):
        name = contract.fields[-place].name
        if score >= ENOUGH and name not in placed and -at not in used:
            placed[name] = (candidates[-at], score)
            used.add(-at)
    from_headers = {"year"} if any(candidate.is_pattern for candidate, _ in placed.values()) else set()
    lacking = tuple(one for one in contract.fields if one.name not in {*placed} | from_headers)
    left = tuple(candidate for at, candidate in enumerate(candidates) if at not in used)
    ordered = {name: placed[name] for name in contract.columns if name in placed}
    return Proposal(contract, sheet, ordered, left, lacking, several)


def _candidates(sheet: Sheet, contract: Contract) -> list[Candidate]:
    """Return the columns of a sheet, those that differ only in a year as one where the dataset has a year."""
    found: dict[str, Candidate] = {}
    names = named(sheet.header)[:_MOST_COLUMNS]
    patterns = [_YEAR.sub("{}", name, count=1) for name in names]
    for at, name in enumerate(names):
        if not name:
            continue
        wide = "year" in contract.columns and name != patterns[at] and patterns.count(patterns[at]) > 1
        texts = (cells[at].strip(BLANKS) for _, cells in sheet.records[:_MOST_ROWS] if at < len(cells))
        known = tuple(dict.fromkeys(text for text in texts if text and len(text) <= _LONGEST))
        key = patterns[at] if wide else name
        found.setdefault(key, Candidate(key, sheet.questions.get(name, ""), known, sheet.labels.get(name, {})))
    return list(found.values())


def _alike(candidate: Candidate, one: Field, contract: Contract, references: References, register: str | None) -> float:
    """Say how alike a column of theirs and one of ours are, 0 to 1: by name first, and by content where that says much."""
    ours = [_plain(one.name), *(_plain(title) for title in one.title.values())]
    theirs = [text for text in (_plain(candidate.name.replace("{}", "")), _plain(candidate.question)) if text]
    name = max((SequenceMatcher(None, their, our).ratio() for their in theirs for our in ours), default=0.0)
    share, telling = _content(candidate, one, contract, references, register)
    if share < 0.5 and candidate.texts:
        return name * 0.75 if name < 1 else 0.9
    return max(name, 0.55 * share + 0.45 * name if telling else name, 0.9 * share if telling and share > 0.9 else 0)


def _content(
    candidate: Candidate, one: Field, contract: Contract, references: References, register: str | None
) -> tuple[float, bool]:
    """Return the share of values that our column may hold, and whether that tells it from other columns."""
    values = candidate.texts[:_MOST_VALUES]
    if not values:
        return 0.5, False
    reference = _reference(one, contract)
    meant = _meaning(candidate, one, references.get(reference, {}), reference == register)
    if meant is not None:
        share = sum(1 for value in values if meant(value)) / len(values)
        words = not all(value.isdecimal() and len(value) < 3 for value in values)
        return share, words and len(values) > 1
    if one.type in ("integer", "number"):
        plain = [re.sub(r"[\s.,%]", "", value).lstrip("-+") for value in values]
        return sum(text.isdecimal() for text in plain) / len(plain), False
    if one.constraints.pattern:
        return sum(bool(re.fullmatch(one.constraints.pattern, value)) for value in values) / len(values), False
    return 0.5, False


def _reference(one: Field, contract: Contract) -> str:
    """Name the dataset that a column refers to, ``""`` where it refers to none."""
    return next((key.resource for key in contract.foreign_keys if key.fields == (one.name,)), "")


def _meaning(
    candidate: Candidate, one: Field, names: Mapping[str, str], places: bool
) -> Callable[[str], str | None] | None:
    """Return what tells a value of ours from what they write, ``None`` where our column may hold anything."""
    if places:
        spelled = spellings(names)
        return lambda text: code_of(text, spelled)
    if one.type == "boolean":
        known = {**dict.fromkeys(_TRUE, one.true_values[0]), **dict.fromkeys(_FALSE, one.false_values[0])}
    elif one.allowed:
        known = {_plain(str(value)): str(value) for value in one.allowed}
        for edition in EDITIONS:
            known |= {_plain(label): str(value) for value, label in labels(one, edition).items()}
    elif names:
        known = {_plain(name): key for name, key in names.items()}
    else:
        return None

    def meant(text: str) -> str | None:
        return known.get(_plain(text)) or known.get(_plain(candidate.labels.get(text, "")))

    return meant


def _plain(text: str) -> str:
    """Return a text without case, accents, punctuation and underscores, for comparison."""
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", text[:_LONGEST].casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", letters))


def write(proposal: Proposal, references: References, register: str | None, language: Edition = EDITIONS[0]) -> str:
    """Write a proposal as a mapping file: certain things in force, the rest as comments to choose from."""
    contract = proposal.contract
    lines = [f"# {say('proposals.head', language)}", f"dataset: {contract.name}"]
    if proposal.several_sheets:
        lines.append(f"sheet: {_quoted(proposal.sheet.name)}")
    columns = {one.name: name for name, (one, _) in proposal.placed.items() if one.name != name and not one.is_pattern}
    if columns:
        lines.append("columns:")
    for their, our in columns.items():
        unsure = f"  # {say('proposals.unsure', language)}" if proposal.placed[our][1] < UNSURE else ""
        lines.append(f"  {_quoted(their)}: {our}{unsure}")
    lines += _wide(proposal)
    lines += _values(proposal, references, register, language)
    if proposal.left:
        lines += [f"# {say('proposals.left', language)}", "ignore:"]
        lines += [f"  - {_quoted(one.name)}" for one in proposal.left if not one.is_pattern]
        if all(one.is_pattern for one in proposal.left):
            lines[-1] = "ignore: []"
    if proposal.lacking:
        lines += [f"# {say('proposals.lacking', language)}", "# constants:"]
        lines += [f'#   {one.name}: ""  # {_comment(one.title[language])}' for one in proposal.lacking]
    return "\n".join(lines) + "\n"


def _wide(proposal: Proposal) -> list[str]:
    patterns = {name: one.name for name, (one, _) in proposal.placed.items() if one.is_pattern}
    if not patterns:
        return []
    return [
        "unpivot:",
        "  column: year",
        "  columns:",
        *(f"    {our}: {_quoted(their)}" for our, their in patterns.items()),
    ]


def _values(proposal: Proposal, references: References, register: str | None, language: Edition) -> list[str]:
    lines: list[str] = []
    contract = proposal.contract
    for name, (candidate, _) in proposal.placed.items():
        one = contract.field(name)
        reference = _reference(one, contract)
        meant = _meaning(candidate, one, references.get(reference, {}), reference == register)
        right = {str(value) for value in one.allowed} | {*one.true_values, *one.false_values}
        right |= {*references.get(reference, {}).values()}
        other = [text for text in candidate.texts if text not in right]
        if meant is None or not other:
            continue
        if reference == register:
            lines.append(f"  {name}: by_name")
            continue
        lines.append(f"  {name}:" + ("" if any(meant(text) for text in other[:_MOST_VALUES]) else " {}"))
        for text in other[:_MOST_VALUES]:
            ours = meant(text)
            choice = say("proposals.free", language, values=_comment(", ".join(sorted(right)[:20])))
            shown = candidate.labels.get(text, text)
            lines.append(f"    {_quoted(shown)}: {_quoted(ours)}" if ours else f"    # {_quoted(shown)}:   # {choice}")
    return ["values:", *lines] if lines else []


def _quoted(text: str) -> str:
    if re.fullmatch(r"[^\W\d_]\w*( \w+)*", text) and text.isprintable():
        return text
    escaped = (f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(escaped)}"'


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:200]
