"""What a caption or an alt text tells: its numbers, each with the codes it is said of and the rows these speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from report_engine.words.editions import Edition
from tests.figures.lexicon import Lexicon
from tests.figures.numerals import Numeral, is_year, numerals
from tests.figures.rows import PAIRS, Row

Named = tuple[int, int, frozenset[str]]

_BREAKS = {
    "sv": r"[;.:](?=\s|$)|,(?=\s)|\)|\s(?:och|till|men|mot|medan)(?=\s)|\s/\s",
    "en": r"[;.:](?=\s|$)|,(?=\s)|\)|\s(?:and|to|but|against|while)(?=\s)|\s/\s",
}
_ENDS = r"[.](?=\s+[A-ZÅÄÖ]|$)"
_HIDDEN = r"(?<![.\w])\.\.(?![.\w])"
COUNTS = ("n", "municipalities", "population")
_INTERVAL = re.compile(r"95[-\s\u00a0](?:procentiga|per cent)")


@dataclass(frozen=True)
class Said:
    """A number in a text (None where two dots stand for a hidden one) with its place."""

    numeral: Numeral | None
    start: int
    end: int


@dataclass
class Text:
    """A caption or an alt text, read: the codes it names and the numbers it gives, each in its clause."""

    text: str
    edition: Edition
    lexicon: Lexicon
    rows: list[Row]
    named: list[Named] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.named = self.lexicon.mentions(self.text)
        inside = [(start, end) for start, end, _ in self.named]
        inside += [match.span() for match in _INTERVAL.finditer(self.text)]

        def free(start: int, end: int) -> bool:
            return all(end <= other or start >= last for other, last in inside)

        found = [Said(n, n.start, n.end) for n in numerals(self.text, self.edition, words=True)]
        found += [Said(None, *match.span()) for match in re.finditer(_HIDDEN, self.text)]
        self.said = sorted((s for s in found if free(s.start, s.end)), key=lambda s: s.start)
        hidden = [(s.start, s.end) for s in self.said if s.numeral is None]
        self.breaks = [
            m.start()
            for m in re.finditer(_BREAKS[self.edition], self.text)
            if free(*m.span()) and not any(start <= m.start() < end for start, end in hidden)
        ]

    def clause(self, place: int) -> tuple[int, int]:
        """Return the bounds of the clause around a place."""
        start = max((at for at in self.breaks if at < place), default=-1)
        return start + 1, min((at for at in self.breaks if at >= place), default=len(self.text))

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a place."""
        ends = [match.start() for match in re.finditer(_ENDS, self.text)]
        return max((at + 1 for at in ends if at < place), default=0), min(
            (at for at in ends if at >= place), default=len(self.text)
        )

    def columns(self, codes: frozenset[str]) -> set[str]:
        """Return the columns of the frame in which one of these codes stands."""
        return {column for row in self.rows for column, code in row.codes.items() if code in codes}

    def about(self, said: Said, least: int = 1, *, ahead: bool = False) -> list[frozenset[str]]:
        """Return what a number is said of: the codes named in its clause, and those of other columns named around it.

        These are named before it, in its part of the sentence or as a heading with a colon, or (``ahead``) later in its sentence;
        they count as long as at least ``least`` rows of the frame are spoken of.
        """
        start, end = self.clause(said.start)
        part, stop = self.sentence(said.start)
        part = max([part, *(m.end() for m in re.finditer(r";(?=\s)", self.text[: said.start]))])
        own = [codes for at, last, codes in self.named if start <= at and last <= end]
        taken = {column for codes in own for column in self.columns(codes)}
        before = [
            codes for at, last, codes in self.named if at < start and (at >= part or self.text[last : last + 1] == ":")
        ]
        after = [codes for at, last, codes in self.named if ahead and at >= end and last <= stop]
        for codes in (*reversed(before), *after):
            if not self.columns(codes) & taken and len(self.fitting([*own, codes])) >= least:
                own.append(codes)
                taken |= self.columns(codes)
        return own

    def fitting(self, about: list[frozenset[str]]) -> list[Row]:
        """Return the rows that all these codes can speak of."""
        return [row for row in self.rows if all(codes & set(row.codes.values()) for codes in about)]

    def years(self, said: Said) -> set[float]:
        """Return the years that a number's clause names."""
        start, end = self.clause(said.start)
        return {s.numeral.value for s in self.said if s.numeral and start <= s.start < end and is_year(s.numeral)}

    def lists(self) -> Iterator[list[Said]]:
        """Yield the numbers of the text, those together that follow each other with nothing but units between them."""
        group: list[Said] = []
        for said in self.said:
            between = self.text[group[-1].end : said.start] if group else ""
            joined = re.fullmatch(
                r"(?:\s?%|[\s\u00a0](?:procentenheter|procent|percentage points|per cent))?(?: / |, | (?:till|to|och|and) )",
                between,
            )
            if group and not joined:
                yield group
                group = []
            group.append(said)
        if group:
            yield group


@dataclass(frozen=True)
class Open:
    """A number that no single row of the frame says, with the codes it is said of."""

    said: Said
    about: list[frozenset[str]]


def as_words_take_them(rows: list[Row], figure: str) -> list[Row]:
    """Take rows as words do: of five answers to a statement those who agree (4 and 5), of two columns one after the other."""
    if figure in PAIRS and not figure.endswith("/map"):
        return [Row({**row.codes, "": c}, row.numbers[c], c, row.numbers) for row in rows for c in PAIRS[figure]]
    if figure in PAIRS:
        return [replace(row, value=row.numbers["population"], column="population") for row in rows]
    if not any("answer" in row.codes for row in rows):
        return rows
    made: list[Row] = []
    for codes, same in groupby(rows, key=lambda r: {c: code for c, code in r.codes.items() if c != "answer"}):
        shares = {row.codes["answer"]: row.value for row in same}
        agree = [shares[answer] for answer in ("4", "5") if answer in shares]
        hidden = any(share is None for share in agree)
        made.append(Row(codes, None if hidden else sum(share or 0 for share in agree), "share"))
    return made


def open_numbers(text: Text) -> list[Open]:
    """Return the numbers that are not the value of the row they are said of, nor a count or growth computed from it."""
    left: list[Open] = []
    for group in text.lists():
        in_order = _in_order(text, group)
        for place, said in enumerate(group):
            number = said.numeral
            if number and (is_year(number) or (number.word and (number.value < 2 or number.value in _sizes(text)))):
                continue
            if in_order:
                so = _is_said(said, [in_order[place]])
            else:
                rows = (of_its_year(text, said, ahead=ahead) for ahead in (False, True))
                so = any(_is_said(said, some) for some in rows) or _is_derived(text, said)
            if not so:
                left.append(Open(said, text.about(said)))
    return left


def _in_order(text: Text, group: list[Said]) -> list[Row]:
    """Return the rows that numbers that follow each other stand for, one each; none where each is said of its own."""
    rows = text.fitting(text.about(group[0], len(group)))
    dated = sorted((row for row in rows if "year" in row.numbers), key=lambda row: row.numbers["year"])
    if len(group) == len(rows) > 1:
        return rows
    if len(group) == 2 and dated and not any(text.years(said) for said in group):
        return [dated[0], dated[-1]]
    return []


def of_its_year(text: Text, said: Said, *, ahead: bool = False) -> list[Row]:
    """Return the rows of the year that the clause names, of the last where it names none; of two that are alike the first."""
    rows, years = text.fitting(text.about(said, ahead=ahead)), text.years(said)
    dated = {id(row): year for row in rows if (year := year_of(row))}
    if dated:
        last = max(dated.values())
        rows = [row for row in rows if dated.get(id(row)) in (years & {*dated.values()} or {last})]
    alike = len(rows) == 2 and rows[0].column and set(rows[0].codes) == set(rows[1].codes)
    return rows[:1] if alike else rows


def year_of(row: Row) -> float:
    named = [row.codes[c] for c in ("", "wave") if row.codes.get(c, "").isdigit()]
    return row.numbers.get("year", float(named[0]) if named else 0.0)


def _is_said(said: Said, rows: list[Row]) -> bool:
    """Say whether a number is the value of the one row that it is said of, or a count that stands in it."""
    value, number = (rows[0].value if rows else None), said.numeral
    if number and rows and not rows[0].column:
        return number.value == len(rows)  # rows without a value are counted
    if len(rows) != 1 or number is None or value is None:
        return len(rows) == 1 and number is None and value is None
    counted = number.unit == "plain" and not number.signed
    counts = [rows[0].numbers[c] for c in COUNTS if c in rows[0].numbers] if counted else []
    return number.is_form_of(value) or any(number.value == count for count in counts)


def _sizes(text: Text) -> set[float]:
    """Return how many different codes each column of the frame holds."""
    columns = {column for row in text.rows for column in row.codes}
    return {float(len({row.codes[c] for row in text.rows if c in row.codes})) for c in columns}


def _is_derived(text: Text, said: Said) -> bool:
    """Say whether a number is the sum of the cases of the rows that it is said of, their growth between years or their base."""
    number = said.numeral
    if number is None:
        return False
    rows = text.fitting(text.about(said))
    start, end = text.sentence(said.start)
    years = sorted({s.numeral.value for s in text.said if s.numeral and start <= s.start < end and is_year(s.numeral)})
    found: list[float] = []
    if number.unit == "plain" and not number.signed and rows:
        found += [sum(row.numbers.get("n", 0.0) for row in rows)] + [100.0] * ("base_year" in rows[0].numbers)
    if number.unit == "percent" and len(years) > 1:
        series: dict[tuple[str, ...], dict[float, float]] = {}
        for row in rows:
            if row.value is not None and row.numbers.get("year") in years:
                key = tuple(code for column, code in row.codes.items() if column != "basis")
                series.setdefault(key, {})[row.numbers["year"]] = row.value
        found += [v[years[-1]] / v[years[0]] - 1 for v in series.values() if {years[0], years[-1]} <= set(v)]
    return any(number.is_form_of(value) for value in found)
