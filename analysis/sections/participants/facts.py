"""The facts of the section on participants."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from analysis.facts import HIDDEN, counted, interval_fact, same, share_fact
from analysis.interviews import INTERVIEW_TABLES, unheard
from analysis.sections.participants.frames import COUNTERPARTS, Frames
from analysis.shared_texts import say as shared
from analysis.survey import SURVEY, Row, cell, known
from report_engine.model.section import Fact, Origin, Unavailable
from report_engine.words.numbers import both, count_words, number

Rows = Iterable[tuple[str, Row]]


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    origin = found.inputs.origin("actors")
    for rows in (_now, _against, _by_age):
        yield partial(_shares, rows, found, origin)
    yield lambda: _stances(found)
    yield lambda: _counts(found, origin)
    yield lambda: _earlier(found, origin)


def _items(found: Frames) -> list[str]:
    return sorted(set(found.waves["item"]))


def _now(found: Frames) -> Rows:
    for item in _items(found):
        yield item, found.now(item)


def _against(found: Frames) -> Rows:
    for item in _items(found):
        yield f"{item}_against", cell(found.against, item=item, actor="participant")


def _by_age(found: Frames) -> Rows:
    ages = sorted(set(found.ages["age_group"]))
    for item in sorted(set(found.ages["item"])):
        for name, age in (("youngest", ages[0]), ("oldest", ages[-1])):
            yield f"{item}_{name}", cell(found.ages, item=item, age_group=age)


def _shares(rows: Callable[[Frames], Rows], found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, row in rows(found):
        yield share_fact(f"participants.{name}", row, SURVEY, origin)
        yield interval_fact(f"participants.{name}_interval", row, SURVEY, origin)


def _counts(found: Frames, origin: Origin) -> Iterable[Fact]:
    asked, answered = len(_items(found)), found.respondents
    yield Fact("participants.questions", asked, both(count_words, asked), "count", SURVEY, origin)
    yield counted("participants.respondents", answered, SURVEY, origin)
    yield Fact("participants.last_wave", found.last, same(found.last), "year", SURVEY, origin)


def _earlier(found: Frames, origin: Origin) -> Iterable[Fact]:
    if found.first == found.last:
        raise Unavailable(shared("unavailable.one_wave"))
    yield Fact("participants.first_wave", found.first, same(found.first), "year", SURVEY, origin)


def _stances(found: Frames) -> Iterable[Fact]:
    """Give the mean stance in the interviews towards unit, social services and PES (−1 to 1)."""
    tables, origin = INTERVIEW_TABLES, found.inputs.origin(*INTERVIEW_TABLES)
    if found.coded.empty:
        unheard()
    for whom in COUNTERPARTS:
        row, id = cell(found.stances, whom=whom), f"participants.stance_{whom}"
        if known(row["estimate"]):
            words = both(number, row["estimate"], 2, signed=True)
            yield Fact(id, float(row["estimate"]), words, "stance", tables, origin, n=int(row["n"]))
        else:
            yield Fact(id, None, HIDDEN, "stance", tables, origin)
