"""No text holds an exact number of persons: one that other record keys leave as it is, though it changes with the persons."""

import dataclasses
import importlib
import re
from collections.abc import Iterator

import pytest

from report_engine.contracts import contract, study
from report_engine.disclosure import keys
from report_engine.model.section import Section
from report_engine.results import reading
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)

COUNT = re.compile(r"(?<![\d.,–−-])(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*\d)(?!\s?(?:per cent|%|–|to \d))")
"""A whole number that is no share and no interval."""
STEP = 5
"""Numbers of cases are published in multiples of it, which other keys may well leave as they are."""

Texts = dict[str, str]


def exact(made: list[Texts], changed: list[Texts]) -> list[str]:
    """Give the places of counts that are the same whatever the keys (each ``made`` with its own), and others from ``changed`` data."""
    found = []
    for place in made[0]:
        ours, theirs = ([COUNT.findall(texts.get(place, "")) for texts in each] for each in (made, changed))
        if len({len(numbers) for numbers in (*ours, *theirs)}) != 1:
            continue
        for one, other in zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True):
            same = len({*one}) == len({*other}) == 1
            if same and one[0] != other[0] and int(one[0].replace(",", "")) % STEP:
                found.append(f"{place}: {one[0]}")
    return found


def said(section: Section) -> Iterator[tuple[str, str]]:
    """Give what a section says in English of persons, by place."""
    for fact in section.facts:
        yield f"fact {fact.id}", fact.text["en"]
    for item in (*section.figures, *section.tables):
        yield f"caption of {item.name}", item.caption["en"]
        yield f"n of {item.name}", str(item.provenance.n)
    for figure in section.figures:
        yield f"alternative text of {figure.name}", figure.alt["en"]
    for claim in section.claims:
        yield f"reason of {claim.id}", claim.verdict.reason["en"]


def texts(shipped: Shipped, kept: float) -> Texts:  # noqa: F811
    """Build what is published from some of the persons, of few resamples."""
    found: Texts = {}
    facts, claims = {}, {}
    for name in study.sections():
        module = importlib.import_module(f"analysis.sections.{name}")
        given = reading.read(shipped.root, module.TABLES)
        persons = contract.on_persons(module.TABLES)
        frames = {
            table: frame.sample(frac=kept, random_state=3).reset_index(drop=True)
            if table in ("actors", "segments")
            else frame
            for table, frame in given.tables.items()
        }
        few = given.settings.bootstrap.model_copy(update={"resamples": 2})
        settings = given.settings.model_copy(update={"bootstrap": few})
        given = dataclasses.replace(given, tables=frames, settings=settings, facts=facts, claims=claims)
        section = module.build(reading.protected(given, shipped.root) if persons else given)
        facts |= {fact.id: fact for fact in section.facts}
        claims |= {claim.id: claim for claim in section.claims}
        found |= dict(said(section)) if persons else {}
    return found


def test_an_exact_count_is_found_and_others_are_not() -> None:
    made = [{"a": "123 of 15 in 2018", "b": "7 per cent, 6–9", "c": f"{n} segments"} for n in (11, 12)]
    changed = [{"a": "107 of 15 in 2018", "b": "8 per cent, 5–9", "c": f"{n} segments"} for n in (13, 14)]
    assert exact(made, changed) == ["a: 123"]


@pytest.mark.long
def test_no_text_holds_an_exact_number_of_persons(shipped: Shipped, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    made: dict[float, list[Texts]] = {1.0: [], 0.9: []}
    for key in (b"a" * 40, b"b" * 40, b"c" * 40):
        monkeypatch.setattr(keys, "secret", lambda _, key=key: key)
        for kept, its in made.items():
            its.append(texts(shipped, kept))
    assert exact(made[1.0], made[0.9]) == []
