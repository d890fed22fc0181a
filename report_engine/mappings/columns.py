"""The columns of a file as they are compared with ours: their names, questions, cells and labels."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from report_engine.readers import Sheet
from report_engine.readers.raw import BLANKS
from report_engine.readers.tables.header import named

_MOST_ROWS, _MOST_COLUMNS = 2_000, 300
_LONGEST = 200  # characters of a cell that are compared
_LONGEST_NAME = 500  # a longer header can be no key of a mapping
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_ALONE = "{}"
_LABEL = "_label"


@dataclass(frozen=True)
class Candidate:
    """A column of theirs, or several that differ in a year (then ``name`` holds ``{}`` in its place).

    ``cells`` are the texts of the first rows, ``""`` where empty; ``questions`` say in other words what it holds; ``names``
    are those of the columns that it stands for. ``is_label`` marks one that says in words what another says in codes.
    """

    name: str
    cells: tuple[str, ...]
    questions: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    is_label: bool = False

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for several columns."""
        return bool(self.names)

    @cached_property
    def counted(self) -> Counter[str]:
        """How often each text occurs, in the order of the file."""
        return Counter(text for text in self.cells if text and len(text) <= _LONGEST)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text, once."""
        return tuple(self.counted)

    def is_of(self, words: Collection[str]) -> bool:
        """Whether most of its texts are among these words, in small letters."""
        return 2 * sum(text.casefold() in words for text in self.counted) > len(self.counted)


def candidates(sheet: Sheet, about: Sequence[str] = ()) -> list[Candidate]:
    """Return the columns of a sheet with a header, each once.

    ``about`` says what the whole sheet is about; so does a column of labels that are all the same, for a column ``value``.
    """
    names = named(sheet.header)[:_MOST_COLUMNS]
    rows = [cells for row, cells in sheet.records[:_MOST_ROWS] if row not in sheet.hidden_rows]
    found: dict[str, Candidate] = {}
    for at, name in enumerate(names):
        if not name or len(name) > _LONGEST_NAME or name in found:
            continue
        cells = tuple(_cell(row, at) for row in rows)
        questions = tuple(filter(None, [sheet.questions.get(name, ""), _own(name, names[max(0, at - 1) : at + 2])]))
        missing = sheet.missing.get(name, frozenset())
        is_label = name.endswith(_LABEL) and name.removesuffix(_LABEL) in found
        found[name] = Candidate(name, cells, questions, sheet.labels.get(name, {}), missing, is_label=is_label)
    if "value" in found:
        same = [one.texts[0] for one in found.values() if one.is_label and len(one.counted) == 1]
        found["value"] = replace(found["value"], questions=(*found["value"].questions, *same, *about))
    return list(found.values())


def _own(name: str, beside: Sequence[str]) -> str:
    """Return a name without the words that it begins with like one beside it: those of a header merged over both."""
    words = name.split()
    shared = 0
    for other in beside:
        same = [one == two for one, two in zip(words, other.split(), strict=False)]
        if other != name and not all(same[: len(words)]):
            shared = max(shared, same.index(False))
    return " ".join(words[shared:]) if shared else ""


def above(sheet: Sheet, table: Sheet) -> list[str]:
    """Return what stands alone in its row above the header: a title."""
    if sheet.header:
        return []
    rows = [[cell.strip(BLANKS) for cell in cells if cell.strip(BLANKS)] for _, cells in sheet.records]
    return [cells[0] for cells in rows[: len(sheet.records) - len(table.records)] if len(cells) == 1]


def by_year(columns: Sequence[Candidate], about: Sequence[str]) -> list[Candidate]:
    """Return the columns with those that differ only in a year as one; ``about`` says what a year alone counts."""
    patterns = [_YEAR.sub("{}", one.name, count=1) for one in columns]
    found: dict[str, Candidate] = {}
    for one, pattern in zip(columns, patterns, strict=True):
        if pattern == one.name or patterns.count(pattern) < 2:
            found.setdefault(one.name, one)
        elif pattern in found:
            its = found[pattern]
            found[pattern] = replace(its, cells=its.cells + one.cells, names=(*its.names, one.name))
        else:
            questions = (*one.questions, *(about if pattern == _YEAR_ALONE else ()))
            found[pattern] = replace(one, name=pattern, questions=questions, names=(one.name,))
    return list(found.values())


def years_in(texts: Collection[str]) -> set[str]:
    """Return the years that stand in these texts."""
    return {year for text in texts for year in _YEAR.findall(text)}


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text without case, accents, punctuation and underscores, for comparison."""
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", text[:_LONGEST].casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", letters))


def _cell(cells: Sequence[str], at: int) -> str:
    return str(cells[at]).strip(BLANKS) if at < len(cells) else ""
