"""What two releases of a study tell together: whoever answered in the later one only is the difference of all their numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.attacker.attack import Block
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.judge import Recovered
from tests.attacker.program import Program, World
from tests.attacker.survey import AGREE, ASKED, DISAGREE

EARLIER = "weight in the earlier release"
KEPT, ADDED = cell(release="kept"), cell(release="added")


def difference(old: Block, new: Block) -> list[Recovered]:
    """Give the answers of respondents who are in the later release of one item and wave only, where they are certain.

    The attacker knows how many were added, and to which actor.
    """
    later = ~new.truth["person"].isin(old.truth["person"])
    truth = new.truth.assign(release=np.where(later, "added", "kept"))
    people = truth[later]
    if people.empty:
        return []
    program = Program(_world(old, new), _both(old, new, people))
    found = []
    for answers in [*((answer,) for answer in ASKED), AGREE, DISAGREE]:
        for actor in sorted(people["actor"].unique()):
            target = ADDED & cell(actor=actor, answer=answers)
            size = int(target.holds(truth).sum())
            if size and size == int((people["actor"] == actor).sum()):
                low, high = program.interval(target)
                if low >= size:
                    found.append(Recovered(target, size, low, high, tuple(program.reasons(target))))
    return found


def _world(old: Block, new: Block) -> World:
    kinds = new.world.kinds.merge(pd.DataFrame({"release": ["kept", "added"]}), how="cross")
    earlier = old.truth.drop_duplicates("stratum").set_index("stratum")["weight"]
    weight = np.repeat(new.world.weights["weight"], 2)
    before = kinds["stratum"].map(earlier).fillna(0.0).to_numpy()
    return World(kinds, {"weight": weight, EARLIER: before})


def _both(old: Block, new: Block, added: pd.DataFrame) -> list[Statement]:
    earlier = [_earlier(said) for said in old.statements]
    known = [
        count(_known(str(actor)), float(len(part)), float(len(part)), "who was added")
        for actor, part in added.groupby("actor")
    ]
    others = tuple(sorted(set(new.truth["actor"]) - set(added["actor"])))
    none = [count(ADDED & cell(actor=others), 0.0, 0.0, "who was added")] if others else []
    return [*earlier, *new.statements, *known, *none]


def _earlier(said: Statement) -> Statement:
    return replace(said.within(KEPT), weight=EARLIER if said.weight else None, source=f"earlier {said.source}")


def _known(actor: str) -> Cell:
    return ADDED & cell(actor=actor)
