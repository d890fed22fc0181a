"""The facts on visits."""

from collections.abc import Callable, Iterable, Iterator

from analysis.sections.visits.frames import PLACES, Frames
from report_engine.model.section import Fact
from report_engine.words.numbers import both, percent_words

TABLES = ("libraries", "visits")


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    yield lambda: _changes(found)


def _changes(found: Frames) -> Iterable[Fact]:
    origin = found.inputs.origin(*TABLES)
    for name, year in (("first_year", found.first), ("last_year", found.last)):
        yield Fact(f"visits.{name}", year, {"en": str(year)}, "year", TABLES, origin)
    for place in PLACES:
        change = found.change(place)
        yield Fact(f"visits.change_{place}", change, both(percent_words, change), "share", TABLES, origin)
