"""Compare what a caption or an alt text asserts with the frame: its numbers, its years, its highest, lowest and growing."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from report_engine.words.editions import EDITIONS
from tests.figures.lexicon import FORMS
from tests.figures.numerals import is_year
from tests.figures.rows import Row
from tests.figures.told import Said, Text, of_its_year, open_numbers, year_of

_EXTREMES = {
    "sv": (
        r"(?<!från )(?<!till )\b(?:högst|störst|flest|oftast|mest positiv|vanligaste?)\b",
        r"(?<!från )(?<!till )\b(?:lägst|minst|färst|mest kritisk)\b(?! ofta)",
    ),
    "en": (
        r"(?<!from the )(?<!to the )\b(?:highest|largest|most often|most favourable|most frequent|commonest)\b",
        r"(?<!from the )(?<!to the )\b(?:lowest|smallest|fewest|most critical)\b",
    ),
}
_STUDIED = r"studiens|studerade|the study's|studied"
_VERBS = {"sv": (r"\bökade\b", r"\bminskade\b"), "en": (r"\brose\b", r"\bfell\b")}


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
            if any(start <= match.start() < end for start, end, _ in text.named):
                continue  # it is itself a name
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
    rows = of_its_year(text, said or Said(None, place, place))
    own = [codes for at, last, codes in text.named if start <= at and last <= end]
    columns = {c for codes in own for c in text.columns(codes) if rows and c in rows[0].codes and c != ""}
    if len(columns) != 1:
        return
    column = columns.pop()
    first, last = text.sentence(place)
    only = bool(re.search(_STUDIED, text.text[first:last]))
    value, others = _total(rows), _totals(text, rows, column, only_studied=only)
    if value is not None and others and value != extreme([value, *others]):
        yield f"{text.text[start:end].strip()!r}: {rows[0].codes[column]} is not extreme"


def _total(rows: list[Row]) -> float | None:
    """Return one row's value, or the cases of several."""
    return rows[0].value if len(rows) == 1 else sum(row.numbers.get("n", 0.0) for row in rows) or None


def _totals(text: Text, rows: list[Row], column: str, *, only_studied: bool) -> list[float]:
    """Return the same total of the rows of every other code of a column, where they differ in nothing else."""
    codes = {row.codes[column] for row in text.rows if column in row.codes} - {row.codes[column] for row in rows}
    alike = [row for row in text.rows if any(_differs_only(text, row, own, column) for own in rows)]
    alike = [row for row in alike if not only_studied or row.numbers.get("studied", 1.0)]
    totals = [_total([row for row in alike if row.codes[column] == code]) for code in sorted(codes)]
    return [total for total in totals if total is not None]


def _directions(text: Text) -> Iterator[str]:
    """Yield the verbs that say that something rose or fell between two years, when it did not."""
    for pattern, sign in zip(_VERBS[text.edition], (1, -1), strict=True):
        for match in re.finditer(pattern, text.text, re.IGNORECASE):
            start, end = text.sentence(match.start())
            named = [s.numeral.value for s in text.said if s.numeral and start <= s.start < end and is_year(s.numeral)]
            rows = text.fitting(text.about(Said(None, match.start(), match.start()), ahead=True))
            dated = {
                year_of(row): row.value for row in reversed(rows) if year_of(row) in named and row.value is not None
            }
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


def _differs_only(text: Text, row: Row, other: Row, column: str) -> bool:
    """Say whether rows are of one year and differ in one column, and in what follows from it (a municipality's group)."""
    if (
        column not in row.codes
        or set(row.codes) != set(other.codes)
        or row.numbers.get("year") != other.numbers.get("year")
    ):
        return False
    differing = {c for c in row.codes if c != column and row.codes[c] != other.codes[c]}
    pairs = {c: {(r.codes.get(column), r.codes.get(c)) for r in text.rows if column in r.codes} for c in differing}
    return all(len(both) == len({code for code, _ in both}) for both in pairs.values())


def _cells(text: Text) -> Iterator[str]:
    """Yield the clauses that put codes together that stand in no row, where rows are all that a frame says.

    What a sentence has named before holds on for the columns that a clause does not name.
    """
    if any(row.column or "source" in row.codes for row in text.rows):
        return
    for clause in sorted({text.clause(at) for at, _, _ in text.named}):
        first = text.sentence(clause[0] + 1)[0]
        together: list[frozenset[str]] = []
        taken: set[str] = set()
        for at, last, codes in reversed(text.named):
            own = clause[0] <= at and last <= clause[1]
            if own or (first <= at < clause[0] and not text.columns(codes) & taken):
                together.append(codes)
                taken |= text.columns(codes)
        if not text.fitting(together):
            yield f"no row says {[sorted(codes) for codes in together]}"
