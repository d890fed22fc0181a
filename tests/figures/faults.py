"""What a figure says otherwise than its frame and its data, one sentence each: in marks, words and counts."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from report_engine.model.section import Fact, Figure
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.conftest import Shipped
from tests.figures import arrangement, counts, inscriptions, marks, shapes
from tests.figures.artists import read
from tests.figures.computed import COMPUTED
from tests.figures.diagram import boxes_and_arrows, filled_places, told_arrows, told_from_north
from tests.figures.lexicon import Lexicon, own_names
from tests.figures.numerals import numerals
from tests.figures.reading import Reading
from tests.figures.rows import rows
from tests.figures.told import Text, as_words_take_them
from tests.figures.words import faults


def lexicon_of(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> Lexicon:
    """Collect the names of a figure's codes: the codebook's, the statements of claims, the frame's own, and the lexicon's."""
    codebook = pd.read_parquet(shipped.root / "data" / "tidy" / "codebook.parquet")
    more = dict(zip(codebook["code"], codebook[f"name_{edition}"], strict=True))
    more |= {id_: claim.statement[edition] for id_, claim in shipped.inputs(section).claims.items()}
    more |= {claim.id: claim.statement[edition] for claim in shipped.section(section).claims}
    more |= own_names(figure.data, edition)
    said = rows(figure.data, f"{section}/{figure.name}")
    codes = {code for row in said for code in row.codes.values()} | {column for row in said for column in row.numbers}
    return Lexicon(codes, edition, more)


def marks_faults(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> Iterator[str]:
    """Draw a figure and yield what its marks say otherwise than its frame."""
    name = f"{section}/{figure.name}"
    if "x_km" in figure.data:
        yield from filled_places(figure.draw(figure.data, edition), figure.data)
    if "arrow" in set(figure.data.get("kind", ())):
        yield from boxes_and_arrows(figure.draw(figure.data, edition), figure.data, edition)
        return
    drawn = read(figure.draw(figure.data, edition), edition)
    reading = Reading(name, edition, drawn, rows(figure.data, name), lexicon_of(shipped, section, figure, edition))
    for part in (marks, shapes, inscriptions, arrangement):
        yield from part.faults(reading)


def words_faults(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> Iterator[str]:
    """Yield what a figure's caption and alt text say otherwise than its frame."""
    name = f"{section}/{figure.name}"
    for kind, text in texts_of(shipped, section, figure, edition).items():
        given = COMPUTED.get(f"{name} {kind}", lambda data, value: [])(
            figure.data, _values(shipped.section(section).facts)
        )
        for fault in faults(text, given, years(figure), complete=kind == "alt"):
            yield f"{kind}: {fault}"
    if "arrow" in set(figure.data.get("kind", ())):
        yield from told_arrows(figure.alt[edition], figure.data, edition)
    if "y_km" in figure.data:
        yield from told_from_north(figure.alt[edition], figure.data)
    both = [_numbers(text[e], e) for text in (figure.caption, figure.alt) for e in EDITIONS]
    if both[0] != both[1] or both[2] != both[3]:
        yield f"the editions give other numbers: {[sorted((a - b) + (b - a)) for a, b in (both[:2], both[2:])]}"


def texts_of(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> dict[str, Text]:
    """Read a figure's caption and alt text."""
    name = f"{section}/{figure.name}"
    lexicon = lexicon_of(shipped, section, figure, edition)
    said = as_words_take_them(rows(figure.data, name), name)
    codes = {code for row in said for code in row.codes.values()}
    lexicon.forms = {code: forms for code, forms in lexicon.forms.items() if code in codes}
    return {
        kind: Text(text[edition], edition, lexicon, said)
        for kind, text in (("caption", figure.caption), ("alt", figure.alt))
    }


def years(figure: Figure) -> set[float]:
    """Return the years of a figure's frame and of its source line."""
    columns = [c for c in figure.data if str(c).endswith(("year", "wave"))]
    found = {float(value) for column in columns for value in figure.data[column].dropna()}
    ranges = re.findall(r"(\d{4})(?:–(\d{4}))?", figure.provenance.source["en"])
    return found | {float(year) for pair in ranges for year in pair if year}


def _values(facts: Iterable[Fact]) -> Callable[[str], float]:
    by_id = {fact.id: fact for fact in facts}

    def value(name: str) -> float:
        id_, _, bound = name.partition(" ")
        return float(getattr(by_id[id_], bound or "value"))

    return value


def _numbers(text: str, edition: Edition) -> Counter[tuple[float, str]]:
    found = numerals(text, edition, words=True)
    return Counter((n.value, n.unit) for n in found if not n.word or n.value > 1)


def count_faults(shipped: Shipped, section: str, figure: Figure) -> Iterator[str]:
    """Yield what a figure counts otherwise than its data."""
    names = ("actors", "interviews", "labour_units", "municipal_accounts", "segments", "studies")
    tidy = {name: pd.read_parquet(shipped.root / "data" / "tidy" / f"{name}.parquet") for name in names}
    yield from counts.faults(figure, section, tidy)
