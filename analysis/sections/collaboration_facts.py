"""The facts on collaboration: the numbers that the chapter quotes."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.methods.estimate import Estimate
from analysis.model import EDITIONS, Fact, Inputs, Origin
from analysis.numbers import both, change_word, number
from analysis.sections.collaboration_frames import ITEMS, OVERLAP, PES, RELATIONS
from analysis.sections.collaboration_words import ITEM_LABELS, Frames
from analysis.sections.shared import INTERVIEW_TABLES, inside, plain_share, points_facts, same, some_of
from analysis.sections.survey_items import SURVEY, cell, interval_fact, known, share_fact
from analysis.style import ACTORS

STILL = 0.005
"""A change of less than half a percentage point is none."""


def facts(inputs: Inputs, f: Frames) -> tuple[Fact, ...]:
    """Give the numbers that the chapter quotes."""
    return (*_survey_facts(f, inputs.origin(*SURVEY)), *_interview_facts(f, inputs.origin(*INTERVIEW_TABLES)))


def _survey_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for actor in ACTORS:
        yield from _with_interval(f"collaboration.pes_{actor}", cell(f.by_actor, item=PES, actor=actor), origin)
    for item, name in zip(ITEMS, ("pes", "internal", "fk"), strict=True):
        for level in ("managers", "staff"):
            row = cell(f.by_level, item=item, level=level)
            yield from _with_interval(f"collaboration.{name}_{level}", row, origin)
    row = cell(f.by_side, item="municipal_collaboration", side="municipal_managers")
    yield from _with_interval("collaboration.internal_municipal_managers", row, origin)
    unknown = cell(f.unknown, actor="participant")
    yield from _with_interval("collaboration.participants_unaware", unknown, origin)
    if f.first != f.last:
        yield from points_facts("collaboration.managers_change", f.change, SURVEY, origin)
        yield Fact(
            "collaboration.managers_change_word",
            None,
            both(change_word, f.change.estimate, still=STILL) if known(f.change.estimate) else same(".."),
            "word",
            SURVEY,
            origin,
        )
    for name, index in (("largest_gap", 0), ("smallest_gap", -1)):
        gap = f.gaps.iloc[index].to_dict() if len(f.gaps) else {}
        yield from points_facts(f"collaboration.{name}", _estimate(gap), SURVEY, origin)
        said = inside(ITEM_LABELS[gap["item"]]) if gap else same("..")
        yield Fact(f"collaboration.{name}_item", gap.get("item"), said, "word", SURVEY, origin)
    pes = f.gaps[f.gaps["item"] == PES]
    yield from points_facts(
        "collaboration.pes_gap", _estimate(pes.iloc[0].to_dict() if len(pes) else {}), SURVEY, origin
    )
    for name, wave in (("first_wave", f.first), ("wave", f.last)):
        yield Fact(f"collaboration.{name}", wave, same(wave), "year", SURVEY, origin)


def _interview_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    tables = INTERVIEW_TABLES
    for code, name in zip(RELATIONS, ("pes", "internal", "fk"), strict=True):
        for actor in ACTORS:
            row = cell(f.stances, actor=actor, code=code)
            mean = row.get("mean")
            id = f"collaboration.stance_{name}_{actor}"
            if not known(mean):
                yield Fact(id, None, same(".."), "stance", tables, origin)
                continue
            text = both(number, mean, decimals=2, signed=True)
            yield Fact(id, float(mean), text, "stance", tables, origin, n=int(row["n"]))  # type: ignore[arg-type]
    for code in OVERLAP:
        for actor in ACTORS:
            row = cell(f.overlap, code=code, actor=actor)
            yield plain_share(f"collaboration.{code}_{actor}", row["estimate"], row["n"], tables, origin, decimals=1)
        reached = int(f.reach[code])
        yield Fact(
            f"collaboration.{code}_places",
            reached,
            {e: some_of(reached, f.places, e) for e in EDITIONS},
            "count",
            tables,
            origin,
            n=f.places,
        )


def _estimate(gap: Mapping[str, Any]) -> Estimate:
    """Read a row of the gaps as an estimate; NaN where it is suppressed."""
    nan = float("nan")
    return Estimate(gap.get("estimate", nan), nan, gap.get("low", nan), gap.get("high", nan), int(gap.get("n", 0)))


def _with_interval(id: str, row: Mapping[str, object], origin: Origin) -> Iterable[Fact]:
    yield share_fact(id, row, SURVEY, origin)
    yield interval_fact(f"{id}_interval", row, SURVEY, origin)
