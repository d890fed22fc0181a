"""A proposal of how the columns of a file become ours: each column by itself, and the dataset by all of them together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from report_engine.contracts.contract import Contract, Field
from report_engine.mappings.columns import Candidate, above, by_year, candidates
from report_engine.mappings.likeness import ENOUGH, UNSURE, Known, alike, by_content
from report_engine.mappings.twins import are_apart, by_year_of
from report_engine.readers import Sheet
from report_engine.readers.scales import steps_of
from report_engine.readers.tables.header import headed

PERHAPS = 0.5
"""A column less alike than is enough, but as alike as this, is mentioned."""

_NUMBERS = ("integer", "number")

Sureness = Literal["sure", "likely", "doubtful"]

_RARE = 3  # datasets that a column stands in, at most, if it is to tell one from another
_COMMON = 5  # datasets that a column stands in, at least, where it says nothing of what a table is about
_MOST_REPEATED = 0.6  # of the rows
_MOST_KINDS = 40  # values of a column that divides the rows
_CALLED_ALIKE = 0.95
_BY_REST = 0.65  # how certain a column is that is placed because no other is left
_SEVERAL = 3  # columns that make up for one of the key


@dataclass(frozen=True)
class Proposal:
    """What becomes what: our column of each candidate that has one, with how certain that is (0 to 1), and the rest.

    ``common`` says in how many datasets a column of ours stands; ``about`` what the sheet and the file are called and what
    stands above the header; ``perhaps`` are columns that may be ours; ``places`` are those of the register: rows that differ in
    their place are of different things; ``twins`` are sheets with the same columns, ``rivals`` datasets that fit as well.
    ``together`` are the sheets to be put together, ``from_sheet`` what their names look like, by our column that they give.
    """

    contract: Contract
    sheet: Sheet
    placed: Mapping[str, tuple[Candidate, float]]
    left: tuple[Candidate, ...]
    common: Mapping[str, int]
    about: tuple[str, ...] = ()
    several_sheets: bool = False
    perhaps: Mapping[str, Candidate] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    twins: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    from_sheet: Mapping[str, str] = field(default_factory=dict)
    together: tuple[str, ...] = ()

    @cached_property
    def given(self) -> frozenset[str]:
        """Our columns that the file gives: those placed, and the year where it stands in headers."""
        from_headers = {self.year} if any(one.is_pattern for one, _ in self.placed.values()) else set()
        return frozenset({*self.placed, *self.from_sheet} | from_headers)

    @property
    def year(self) -> str:
        """Our column of years, of several that of the key; ``""`` where there is none."""
        return year_column(self.contract)

    @property
    def lacking(self) -> tuple[Field, ...]:
        """Our columns that the file does not give."""
        return tuple(one for one in self.contract.fields if one.name not in self.given)

    @property
    def core(self) -> tuple[Field, ...]:
        """Our columns without which a table is no such table: those of the key, and those that few datasets have.

        Of the latter the required ones, where there are any, and none that the report can do without.
        """
        key = self.contract.primary_key
        own = [
            one
            for one in self.contract.fields
            if one.name not in key and self.common[one.name] < _COMMON and one.lost is None
        ]
        needed = [one for one in own if one.constraints.required] or own
        return tuple(one for one in self.contract.fields if one.name in key or one in needed)

    @property
    def missed(self) -> tuple[Field, ...]:
        """Those of the core that the file does not give."""
        return tuple(one for one in self.core if one.name not in self.given)

    @property
    def score(self) -> float:
        """How well the file fits: columns by how certain they are and how few datasets have them, less those missed."""
        found = sum(certain / self.common[name] ** 0.5 for name, (_, certain) in self.placed.items())
        missed = sum(1 / self.common[one.name] ** 0.5 for one in self.missed)
        return float(found - 0.5 * missed - self.repeated)

    @property
    def fits(self) -> bool:
        """Whether the file is a table of this dataset, as far as its columns say."""
        telling = [certain for name, (one, certain) in self.placed.items() if one.counted and self._tells(name)]
        sure = sum(certain >= UNSURE for certain in telling)
        whole = 2 * len(self.missed) <= len(self.core) or sure > _SEVERAL
        key = [one for one in self.missed if one.name in self.contract.primary_key and one.unit != "year"]
        return sure > 0 and whole and (not key or len(telling) >= _SEVERAL) and self.repeated <= _MOST_REPEATED

    @property
    def sureness(self) -> Sureness:
        """How sure the proposal is, all in all."""
        if not self.fits:
            return "doubtful"
        return "likely" if self.unsure or self.perhaps or self.missed or self.rivals or self.repeated else "sure"

    @property
    def unsure(self) -> tuple[str, ...]:
        """Our columns whose place is worth a look."""
        return tuple(name for name, (_, certain) in self.placed.items() if certain < UNSURE)

    @cached_property
    def repeated(self) -> float:
        """The share of rows whose key stands in a row above; 0 where the key is not known, or another column tells them apart."""
        keys = [key for key in self.keys() if all(key)]
        return 1 - len(set(keys)) / len(keys) if keys and self.divider is None else 0.0

    @cached_property
    def divider(self) -> Candidate | None:
        """A column of theirs by which all rows of the same key differ, ``None`` where there is none or the key tells each row."""
        keys = [key for key in self.keys() if all(key)]
        if len(set(keys)) == len(keys):
            return None
        for one in self.left:
            if not one.is_pattern and not one.is_of(self.places) and 1 < len(one.counted) <= _MOST_KINDS:
                apart = [key for key in self.keys(one) if all(key)]
                if apart and len(set(apart)) == len(apart):
                    return one
        return None

    def keys(self, *others: Candidate) -> list[tuple[str, ...]]:
        """Return the key of each row as the file writes it, with the cells of other columns; none where it lacks a column."""
        names = self.contract.primary_key
        theirs = [self.placed[name][0] for name in names if name in self.placed]
        if not theirs or any(one.name in names and one.unit != "year" for one in self.missed):
            return []
        return list(zip(*(one.cells for one in (*theirs, *others)), strict=True))

    def _tells(self, name: str) -> bool:
        return self.common[name] <= _RARE and self.contract.field(name).unit != "year"


def propose(
    tables: Sequence[Sheet], wanted: Sequence[Contract], contracts: Iterable[Contract], known: Known, file: str
) -> list[Proposal]:
    """Return how the file fits each dataset that is wanted, of several sheets the best of each, the best dataset first."""
    common = Counter(name for contract in contracts for name in contract.columns)
    visible = [sheet for sheet in tables if not sheet.hidden] or list(tables)
    found: dict[str, Proposal] = {}
    tables = [headed(sheet, ()) for sheet in visible]
    for sheet, table in zip(visible, tables, strict=True):
        about = (*filter(None, [sheet.name]), *above(sheet, table), file)
        columns = candidates(table, about)
        several = len(visible) > 1
        for contract in wanted:
            one = _fit(table, columns, contract, known, common, about, several)
            if one.placed and (contract.name not in found or _rank(one) > _rank(found[contract.name])):
                found[contract.name] = one
    chosen = len(wanted) == 1
    found = {name: _completed(one, known, chosen=chosen) if one.fits or chosen else one for name, one in found.items()}
    ordered = sorted(found.values(), key=_rank, reverse=True)
    rivals = tuple(one.contract.name for one in ordered[1:] if one.fits and one.score > 0.75 * ordered[0].score)
    if not ordered:
        return []
    best = ordered[0].sheet
    twins = [one for one in tables if one.name != best.name and one.header == best.header]
    return [_with_twins(replace(ordered[0], rivals=rivals), twins, tables), *ordered[1:]]


def _with_twins(proposal: Proposal, twins: Sequence[Sheet], tables: Sequence[Sheet]) -> Proposal:
    """Put sheets with the same columns together where their names tell the year, or their rows are of different things."""
    alike = [one for one in tables if one.name == proposal.sheet.name or one in twins]
    year, names = proposal.year, tuple(one.name for one in alike)
    if twins and year not in proposal.given and (pattern := by_year_of(names)):
        return replace(proposal, from_sheet={year: pattern}, together=names)
    key = [proposal.placed[name][0].name for name in proposal.contract.primary_key if name in proposal.placed]
    if twins and year in proposal.given and are_apart(alike, key):
        return replace(proposal, together=names)
    return replace(proposal, twins=tuple(one.name for one in twins))


def _with_one_year(placed: Mapping[str, tuple[Candidate, float]], year: str) -> dict[str, tuple[Candidate, float]]:
    """Take the year from a column or from headers, not from both: from headers, unless the column is called like ours."""
    wide = {name for name, (one, _) in placed.items() if one.is_pattern}
    dropped = set() if not wide or year not in placed else wide if placed[year][1] > _CALLED_ALIKE else {year}
    return {name: pair for name, pair in placed.items() if name not in dropped}


def _completed(proposal: Proposal, known: Known, *, chosen: bool) -> Proposal:
    """Place what can be nothing else once the rest is placed: a column that no two rows share, and the only numbers left.

    A measure is told by the rest alone where nothing else is missed but a year, or where a person chose the dataset.
    """
    contract = proposal.contract
    ids = [one for one in proposal.missed if one.constraints.unique and one.type == "string"]
    measures = [one for one in proposal.missed if one.name not in contract.primary_key and one.type in _NUMBERS]
    placed = dict(proposal.placed)
    left = [one for one in proposal.left if one.counted]
    for key in ids[:1]:
        if first := next((one for one in left if _may_be(one, key, contract, known)), None):
            placed[key.name] = (first, _BY_REST)
            left = [one for one in left if one is not first]
    others = {one.name for one in proposal.missed} - {*placed, proposal.year, *(one.name for one in measures)}
    if chosen or (len(measures) == 1 and not others):
        for measure in measures:
            fitting = [one for one in left if _may_be(one, measure, contract, known)]
            rivals = [one for one in measures if fitting and _may_be(fitting[0], one, contract, known)]
            if len(fitting) == len(rivals) == 1:
                placed[measure.name] = (fitting[0], _BY_REST)
    names = {one.name for one, _ in placed.values()}
    found = {our: one for our, one in proposal.perhaps.items() if our not in placed and one.name not in names}
    return replace(
        proposal,
        placed={name: placed[name] for name in contract.columns if name in placed},
        left=tuple(one for one in proposal.left if one.name not in names),
        perhaps=found
        or _in_order(replace(proposal, placed=placed), [one for one in left if one.name not in names], known),
    )


def _in_order(proposal: Proposal, left: Sequence[Candidate], known: Known) -> dict[str, Candidate]:
    """Return the answers of theirs that no name tells apart, in the order of our questions, where they are as many."""
    contract = proposal.contract
    questions = [one for one in proposal.lacking if steps_of(one)]
    answers = [
        one
        for one in left
        if questions and not one.is_pattern and by_content(one, questions[0], contract, known)[0] > 0.9
    ]
    if len(questions) < _SEVERAL or len(answers) != len(questions):
        return {}
    return {question.name: one for question, one in zip(questions, answers, strict=True)}


def _may_be(candidate: Candidate, one: Field, contract: Contract, known: Known) -> bool:
    share, _ = by_content(candidate, one, contract, known)
    if one.type in _NUMBERS:
        return share > 0.9
    return not candidate.is_pattern and share >= 0.5 and "" not in candidate.cells


def year_column(contract: Contract) -> str:
    """Name the column of years, of several that of the key; ``""`` where there is none."""
    years = [one.name for one in contract.fields if one.unit == "year"]
    return next((name for name in years if name in contract.primary_key), next(iter(years), ""))


def _rank(one: Proposal) -> tuple[bool, float]:
    return one.fits, one.score


def _fit(
    sheet: Sheet,
    columns: Sequence[Candidate],
    contract: Contract,
    known: Known,
    common: Mapping[str, int],
    about: tuple[str, ...],
    several: bool,
) -> Proposal:
    year = year_column(contract)
    columns = by_year(columns, about) if year else columns
    scores = [
        (alike(candidate, one, contract, known), -at, -place)
        for at, candidate in enumerate(columns)
        for place, one in enumerate(contract.fields)
        if not candidate.is_label and not (candidate.is_pattern and (one.name == year or one.type not in _NUMBERS))
    ]
    placed: dict[str, tuple[Candidate, float]] = {}
    perhaps: dict[str, Candidate] = {}
    used: set[int] = set()
    for score, at, place in sorted(scores, reverse=True):
        name = contract.fields[-place].name
        if score < PERHAPS or name in placed or name in perhaps or -at in used:
            continue
        if score >= ENOUGH:
            placed[name] = (columns[-at], score)
        elif not columns[-at].is_pattern:
            perhaps[name] = columns[-at]
        used.add(-at)
    placed = _with_one_year(placed, year)
    left = tuple(one for one in columns if all(one is not other for other, _ in placed.values()))
    if any(one.is_pattern for one, _ in placed.values()):
        perhaps.pop(year, None)
    ordered = {name: placed[name] for name in contract.columns if name in placed}
    return Proposal(contract, sheet, ordered, left, common, about, several, perhaps, known.places)
