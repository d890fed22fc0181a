"""Compare the numbers of a caption or an alt text with the frame's rows that its words name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from analysis.model import EDITIONS, Edition
from tests.figures.lexicon import FORMS, Lexicon
from tests.figures.numerals import Numeral, is_year, numerals
from tests.figures.rows import PAIRS, Row

Named = tuple[int, int, frozenset[str]]

_BREAKS = {
    "sv": r"[;.:](?=\s|$)|,(?=\s)|\)|\s(?:och|till|men|mot|medan)(?=\s)|\s/\s",
    "en": r"[;.:](?=\s|$)|,(?=\s)|\)|\s(?:and|to|but|against|while)(?=\s)|\s/\s",
}
_ENDS = r"[.](?=\s+[A-ZÅÄÖ]|$)"
_HIDDEN = r"(?<![.\w])\.\.(?![.\w])"
_EXTREMES = {
    "sv": (
        r"(?<!från )(?<!till )\b(?:högst|störst|flest|oftast|mest positiv|vanligaste?)\b",
        r"(?<!från )(?<!till )\b(?:lägst|minst|färst|mest kritisk)\b(?! ofta)",
    ),
    "en": (
        r"(?<!from the )(?<!to the )\b(?:highest|largest|most often|most favourable|commonest)\b",
        r"(?<!from the )(?<!to the )\b(?:lowest|smallest|fewest|most critical)\b",
    ),
}
_VERBS = {"sv": (r"\bökade\b", r"\bminskade\b"), "en": (r"\brose\b", r"\bfell\b")}
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
        for said, rows in _rows_of(text, group):
            number = said.numeral
            if number and (is_year(number) or (number.word and (number.value < 2 or number.value in _sizes(text)))):
                continue
            if not (
                _is_said(said, rows) or _is_derived(text, said) or _is_said(said, _of_its_year(text, said, ahead=True))
            ):
                left.append(Open(said, text.about(said)))
    return left


def _rows_of(text: Text, group: list[Said]) -> list[tuple[Said, list[Row]]]:
    """Find for each of the numbers that follow each other the rows that it can be said of."""
    rows = text.fitting(text.about(group[0], len(group)))
    dated = sorted((row for row in rows if "year" in row.numbers), key=lambda row: row.numbers["year"])
    if len(group) == len(rows) > 1:
        return list(zip(group, [[row] for row in rows], strict=True))
    if len(group) == 2 and dated and not any(text.years(said) for said in group):
        return [(group[0], [dated[0]]), (group[1], [dated[-1]])]
    return [(said, _of_its_year(text, said)) for said in group]


def _of_its_year(text: Text, said: Said, *, ahead: bool = False) -> list[Row]:
    """Return the rows of the year that the clause names, of the last where it names none; of two that are alike the first."""
    rows, years = text.fitting(text.about(said, ahead=ahead)), text.years(said)
    dated = {id(row): year for row in rows if (year := _year(row))}
    if dated:
        last = max(dated.values())
        rows = [row for row in rows if dated.get(id(row)) in (years & {*dated.values()} or {last})]
    alike = len(rows) == 2 and rows[0].column and set(rows[0].codes) == set(rows[1].codes)
    return rows[:1] if alike else rows


def _year(row: Row) -> float:
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


def faults(text: Text, given: list[tuple[float, str]], years: set[float], *, complete: bool) -> Iterator[str]:
    """Yield what a text says otherwise than its frame.

    ``given`` are the numbers that no row says, in order, each with what its clause must name; ``years`` those that may be named;
    a ``complete`` text leaves no row out of those that it lists.
    """
    left = open_numbers(text)
    if len(left) != len(given):
        said = [text.text[max(0, o.said.start - 30) : o.said.end + 15] for o in left]
        yield f"{len(left)} numbers are no value of their row, {len(given)} are computed (tests/figures/computed.py): {said}"
    for one, (value, named) in zip(left, given, strict=False):
        start, end = text.clause(one.said.start)
        words = text.text[start:end]
        if one.said.numeral is None or not one.said.numeral.is_form_of(value):
            yield f"{words.strip()!r}: the number is not {value:.6g}"
        forms = [FORMS[code][EDITIONS.index(text.edition)] for code in named.split("|") if code in FORMS] or [named]
        if not any(re.search(form, words, re.IGNORECASE) for form in forms):
            yield f"{words.strip()!r} does not name {named}"
    for said in text.said:
        if said.numeral and is_year(said.numeral) and said.numeral.value not in years:
            yield f"{said.numeral.value:.0f} is no year of the frame or its source"
    yield from _superlatives(text)
    yield from _directions(text)
    yield from _ends(text)
    yield from _ranges(text)
    if complete:
        yield from _incomplete(text)
    yield from _cells(text)


def _superlatives(text: Text) -> Iterator[str]:
    """Yield the rows that are called the highest or the lowest of their column and are not.

    A superlative is said of what its clause names; where it names nothing, of all that its sentence names with a number.
    """
    for pattern, extreme in zip(_EXTREMES[text.edition], (max, min), strict=True):
        for match in re.finditer(pattern, text.text, re.IGNORECASE):
            bounds = text.clause(match.start())
            places = [at for at, last, _ in text.named if bounds[0] <= at and last <= bounds[1]][-1:]
            if not places:
                stop = text.sentence(match.start())[1]
                named = [(at, text.clause(at)) for at, _, _ in text.named if match.end() <= at < stop]
                numbers = [s.start for s in text.said if s.numeral and not s.numeral.word]
                places = [at for at, (start, end) in named if any(start <= n < end for n in numbers)]
            for place in places:
                yield from _not_extreme(text, place, extreme)


def _not_extreme(text: Text, place: int, extreme: Callable[[list[float]], float]) -> Iterator[str]:
    start, end = text.clause(place)
    said = next((s for s in text.said if start <= s.start <= end and s.numeral and not is_year(s.numeral)), None)
    rows = _of_its_year(text, said or Said(None, place, place))
    if len(rows) != 1 or rows[0].value is None:
        return
    own = [codes for at, last, codes in text.named if start <= at and last <= end]
    columns = {c for codes in own for c in text.columns(codes) if c in rows[0].codes and c != ""}
    for column in columns if len(columns) == 1 else ():
        others = [r.value for r in text.rows if r.value is not None and _differs_only(r, rows[0], column)]
        if others and rows[0].value != extreme([rows[0].value, *others]):
            yield f"{text.text[start:end].strip()!r}: {rows[0].codes[column]} is not extreme"


def _directions(text: Text) -> Iterator[str]:
    """Yield the verbs that say that something rose or fell between two years, when it did not."""
    for pattern, sign in zip(_VERBS[text.edition], (1, -1), strict=True):
        for match in re.finditer(pattern, text.text, re.IGNORECASE):
            start, end = text.sentence(match.start())
            named = [s.numeral.value for s in text.said if s.numeral and start <= s.start < end and is_year(s.numeral)]
            rows = text.fitting(text.about(Said(None, match.start(), match.start()), ahead=True))
            dated = {_year(row): row.value for row in reversed(rows) if _year(row) in named and row.value is not None}
            if len(dated) > 1 and (dated[max(dated)] - dated[min(dated)]) * sign <= 0:
                yield f"{text.text[start:end].strip()!r}: {match[0]!r} is not so"


def _ends(text: Text) -> Iterator[str]:
    """Yield the names joined by ``from … to …`` that are not the first and the last of their column's rows."""
    for (_, end, one), (start, _, other) in pairwise(text.named):
        if text.text[end:start].strip() not in ("till", "to"):
            continue
        for column in text.columns(one) & text.columns(other):
            order = list(dict.fromkeys(row.codes[column] for row in text.rows if column in row.codes))
            order = [code for code in order if code != "all"]
            if not (order[0] in one and order[-1] in other):
                yield f"{column} does not go from {sorted(one)} to {sorted(other)}"


def _ranges(text: Text) -> Iterator[str]:
    """Yield the spans ``15 per cent (A) to 46 per cent (B)`` that do not go from the lowest to the highest of their column."""
    for one, other in pairwise(text.said):
        between = text.text[one.end : other.start]
        if not re.search(r"\([^)]*[^\d)]\) (?:till|to) $", between) or one.numeral is None or other.numeral is None:
            continue
        for said, extreme in ((one, min), (other, max)):
            start, end = text.clause(said.start)
            place = next((at for at, last, _ in text.named if start <= at and last <= end), said.start)
            yield from _not_extreme(text, place, extreme)


def _incomplete(text: Text) -> Iterator[str]:
    """Yield the columns of which a text tells most, but not all codes that stand with a value."""
    told = {code for _, _, codes in text.named for code in codes}
    for column in {column for row in text.rows for column in row.codes} - {"basis"}:
        there = {row.codes[column] for row in text.rows if column in row.codes and row.value != 0} - {"all"}
        if len(there & told) >= max(3, len(there) / 2) and there - told:
            yield f"{sorted(there - told)} of {column} are not told"


def _differs_only(row: Row, other: Row, column: str) -> bool:
    same = {c: code for c, code in row.codes.items() if c != column} == {
        c: v for c, v in other.codes.items() if c != column
    }
    return same and row.numbers.get("year") == other.numbers.get("year")


def _cells(text: Text) -> Iterator[str]:
    """Yield the clauses that put codes together that stand in no row, where rows are all that a frame says."""
    if any(row.column for row in text.rows) or any("source" in row.codes for row in text.rows):
        return
    for start, _, codes in text.named:
        about = text.about(Said(None, start, start))
        bounds = text.clause(start)
        own = [c for at, last, c in text.named if bounds[0] <= at and last <= bounds[1]]
        if not text.fitting(own):
            yield f"no row says {[sorted(c) for c in own]}"
        elif len(text.columns(codes) & {"stream", "theme"}) and not text.fitting([*own, *about]):
            yield f"no row says {[sorted(c) for c in about]}"
