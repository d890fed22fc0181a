"""The facts on collaboration: the numbers that the chapter quotes."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from analysis.actors import ACTORS
from analysis.sections.collaboration.claims import ONE_WAVE
from analysis.sections.collaboration.frames import ITEMS, OVERLAP, PES, RELATIONS
from analysis.sections.collaboration.words import ITEM_LABELS, Frames
from analysis.shared import INTERVIEW_TABLES, inside, plain_share, points_facts, same, some_of
from analysis.survey_items import SURVEY, cell, interval_fact, known, share_fact
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, lack
from report_engine.words.editions import EDITIONS
from report_engine.words.numbers import both, change_word, number

STILL = 0.005
"""A change of less than half a percentage point is none."""


def facts(parts: Parts, inputs: Inputs, f: Frames) -> None:
    """Add the numbers that the chapter quotes, each group by itself where the data bear it."""
    survey, interviews = inputs.origin(*SURVEY), inputs.origin(*INTERVIEW_TABLES)
    for add in (_actor_facts, _level_facts, _municipal_facts, _unaware_facts, _change_facts, _gap_facts, _wave_facts):
        parts.facts(partial(add, f, survey))
    for add in (_stance_facts, _overlap_facts, _reach_facts):
        parts.facts(partial(add, f, interviews))


def _actor_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for actor in ACTORS:
        yield from _with_interval(f"collaboration.pes_{actor}", cell(f.by_actor, item=PES, actor=actor), origin)


def _level_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for item, name in zip(ITEMS, ("pes", "internal", "fk"), strict=True):
        for level in ("managers", "staff"):
            row = cell(f.by_level, item=item, level=level)
            yield from _with_interval(f"collaboration.{name}_{level}", row, origin)


def _municipal_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    row = cell(f.by_side, item="municipal_collaboration", side="municipal_managers")
    yield from _with_interval("collaboration.internal_municipal_managers", row, origin)


def _unaware_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    yield from _with_interval("collaboration.participants_unaware", cell(f.unknown, actor="participant"), origin)


def _change_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    if f.first == f.last:
        lack(ONE_WAVE["sv"], ONE_WAVE["en"])
    yield from points_facts("collaboration.managers_change", f.change, SURVEY, origin)
    word = both(change_word, f.change.estimate, still=STILL) if known(f.change.estimate) else same("..")
    yield Fact("collaboration.managers_change_word", None, word, "word", SURVEY, origin)


def _gap_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for name, index in (("largest_gap", 0), ("smallest_gap", -1)):
        gap = f.gaps.iloc[index].to_dict()
        yield from points_facts(f"collaboration.{name}", _estimate(gap), SURVEY, origin)
        item = inside(ITEM_LABELS[gap["item"]])
        yield Fact(f"collaboration.{name}_item", gap["item"], item, "word", SURVEY, origin)
    pes = f.gaps[f.gaps["item"] == PES]
    gap = pes.iloc[0].to_dict() if len(pes) else {}
    yield from points_facts("collaboration.pes_gap", _estimate(gap), SURVEY, origin)


def _wave_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for name, wave in (("first_wave", f.first), ("wave", f.last)):
        yield Fact(f"collaboration.{name}", wave, same(wave), "year", SURVEY, origin)


def _stance_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for code, name in zip(RELATIONS, ("pes", "internal", "fk"), strict=True):
        for actor in ACTORS:
            row = cell(f.stances, actor=actor, code=code)
            mean = row.get("mean")
            id = f"collaboration.stance_{name}_{actor}"
            if mean is None or not known(mean):
                yield Fact(id, None, same(".."), "stance", INTERVIEW_TABLES, origin)
                continue
            text = both(number, mean, decimals=2, signed=True)
            yield Fact(id, float(mean), text, "stance", INTERVIEW_TABLES, origin, n=int(row["n"]))


def _overlap_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for code in OVERLAP:
        for actor in ACTORS:
            row = cell(f.overlap, code=code, actor=actor)
            id = f"collaboration.{code}_{actor}"
            yield plain_share(id, row["estimate"], row["n"], INTERVIEW_TABLES, origin, decimals=1)


def _reach_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for code in OVERLAP:
        reached = int(f.reach[code])
        text = {e: some_of(reached, f.places, e) for e in EDITIONS}
        yield Fact(f"collaboration.{code}_places", reached, text, "count", INTERVIEW_TABLES, origin, n=f.places)


def _estimate(gap: Mapping[str, Any]) -> Estimate:
    """Read a row of the gaps as an estimate; NaN where it is suppressed."""
    nan = float("nan")
    return Estimate(gap.get("estimate", nan), nan, gap.get("low", nan), gap.get("high", nan), int(gap.get("n", 0)))


def _with_interval(id: str, row: Mapping[str, object], origin: Origin) -> Iterable[Fact]:
    yield share_fact(id, row, SURVEY, origin)
    yield interval_fact(f"{id}_interval", row, SURVEY, origin)
