"""The facts on collaboration: the numbers that the chapter quotes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from analysis.actors import ACTORS
from analysis.facts import inside, interval_fact, plain_share, points_facts, same, share_fact
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.collaboration.frames import ITEMS, OVERLAP, PES, RELATIONS, Frames
from analysis.shared_texts import some_of, some_places
from analysis.survey import SURVEY, cell, known
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Fact, Origin
from report_engine.words.numbers import both, change_word, number

STILL = 0.005
"""A change of less than half a percentage point is none."""


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    survey, interviews = found.inputs.origin(*SURVEY), found.inputs.origin(*INTERVIEW_TABLES)
    for facts in (_actor_facts, _level_facts, _municipal_facts, _unaware_facts, _change_facts, _gap_facts, _wave_facts):
        yield partial(facts, found, survey)
    for facts in (_stance_facts, _overlap_facts):
        yield partial(facts, found, interviews)
    yield lambda: _reach_facts(found, interviews)


def _actor_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    shares = found.agreeing("actor")
    for actor in ACTORS:
        yield from _with_interval(f"collaboration.pes_{actor}", cell(shares, item=PES, actor=actor), origin)


def _level_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    shares = found.agreeing("level")
    for item, name in zip(ITEMS, ("pes", "internal", "fk"), strict=True):
        for level in ("managers", "staff"):
            row = cell(shares, item=item, level=level)
            yield from _with_interval(f"collaboration.{name}_{level}", row, origin)


def _municipal_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    row = cell(found.agreeing("side"), item="municipal_collaboration", side="municipal_managers")
    yield from _with_interval("collaboration.internal_municipal_managers", row, origin)


def _unaware_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    yield from _with_interval("collaboration.participants_unaware", cell(found.unknown, actor="participant"), origin)


def _change_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    yield from points_facts("collaboration.managers_change", found.change, SURVEY, origin)
    word = both(change_word, found.change.estimate, still=STILL) if known(found.change.estimate) else same("..")
    yield Fact("collaboration.managers_change_word", None, word, "word", SURVEY, origin)


def _gap_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, index in (("largest_gap", 0), ("smallest_gap", -1)):
        gap = found.gaps.iloc[index].to_dict()
        yield from points_facts(f"collaboration.{name}", _estimate(gap), SURVEY, origin)
        item = inside(found.inputs.titles["actors"][gap["item"]])
        yield Fact(f"collaboration.{name}_item", gap["item"], item, "word", SURVEY, origin)
    yield from points_facts("collaboration.pes_gap", found.pes_gap, SURVEY, origin)


def _wave_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, wave in (("first_wave", found.first), ("wave", found.last)):
        yield Fact(f"collaboration.{name}", wave, same(wave), "year", SURVEY, origin)


def _stance_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    for code, name in zip(RELATIONS, ("pes", "internal", "fk"), strict=True):
        for actor in ACTORS:
            row = cell(found.stances, actor=actor, code=code)
            mean = row.get("mean")
            id = f"collaboration.stance_{name}_{actor}"
            if mean is None or not known(mean):
                yield Fact(id, None, same(".."), "stance", INTERVIEW_TABLES, origin)
                continue
            text = both(number, mean, decimals=2, signed=True)
            yield Fact(id, float(mean), text, "stance", INTERVIEW_TABLES, origin, n=int(row["n"]))


def _overlap_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    for code in OVERLAP:
        for actor in ACTORS:
            row = cell(found.overlap, code=code, actor=actor)
            id = f"collaboration.{code}_{actor}"
            yield plain_share(id, row["estimate"], row["n"], INTERVIEW_TABLES, origin)


def _reach_facts(found: Frames, origin: Origin) -> Iterable[Fact]:
    for code in OVERLAP:
        reached = int(found.reach[code])
        for name, text in (("places", some_of), ("municipalities", some_places)):
            said = text(reached, found.places)
            yield Fact(f"collaboration.{code}_{name}", reached, said, "count", INTERVIEW_TABLES, origin, n=found.places)


def _estimate(gap: Mapping[str, Any]) -> Estimate:
    """Read a row of the gaps as an estimate; NaN where it is suppressed."""
    nan = float("nan")
    return Estimate(gap.get("estimate", nan), nan, gap.get("low", nan), gap.get("high", nan), int(gap.get("n", 0)))


def _with_interval(id: str, row: Mapping[str, object], origin: Origin) -> Iterable[Fact]:
    yield share_fact(id, row, SURVEY, origin)
    yield interval_fact(f"{id}_interval", row, SURVEY, origin)
