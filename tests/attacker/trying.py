"""What exact shares of a group with two weights give away: the few whole numbers that make them, found by trying all."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from tests.attacker import intervals
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.program import TOLERANCE, World

MOST = 250
"""Groups of more records are not tried: too many whole numbers make their shares."""

MOST_TRIED = 110
"""Of groups of more records the width of intervals is not tried: it takes long, and tells of many what it tells of few."""

Pair = tuple[int, int]


def deduced(world: World, statements: Sequence[Statement], by: str) -> list[Statement]:
    """Bound the cells by ``by`` (what weights depend on) of groups whose shares and number of records are told."""
    sizes: dict[Cell, list[Statement]] = defaultdict(list)
    shares: dict[Cell, list[Statement]] = defaultdict(list)
    for said in statements:
        if said.of is None and said.weight is None and len(said.terms) == 1:
            sizes[said.terms[0][1]].append(said)
        elif said.of is not None and said.weight and len(said.terms) == 1 and said.terms[0][0] == 1:
            shares[said.of].append(said)
    found = []
    for of in sorted(shares, key=str):
        inside = of.holds(world.kinds)
        weight = dict(zip(world.kinds.loc[inside, by], world.weights[shares[of][0].weight or ""][inside], strict=True))
        if sizes[of] and len(weight) == 2 and min(said.high for said in sizes[of]) <= MOST:
            found += _group(of, by, weight, sizes[of], shares[of])
    return found


def _group(
    of: Cell, by: str, weight: dict[str, float], sizes: list[Statement], shares: list[Statement]
) -> list[Statement]:
    low, high = max(said.low for said in sizes), min(said.high for said in sizes)
    wholes = [(one, n - one) for n in range(int(np.ceil(low)), int(high) + 1) for one in range(n + 1) if n]
    (first, second), (w1, w2) = sorted(weight), [weight[name] for name in sorted(weight)]
    made = {said: {whole: x for whole in wholes if len(x := _parts(said, whole, (w1, w2)))} for said in shares}
    possible = [whole for whole in wholes if all(whole in found for found in made.values())]
    if not possible:
        return []
    out, why = [], f"{shares[0].source} and {sizes[0].source}"
    for at, name in enumerate((first, second)):
        numbers = [whole[at] for whole in possible]
        out.append(count(of & cell(**{by: name}), min(numbers), max(numbers), why))
        for said in shares:
            parts = np.concatenate([made[said][whole][:, at] for whole in possible])
            out.append(
                count(
                    said.terms[0][1] & of & cell(**{by: name}),
                    parts.min(),
                    parts.max(),
                    f"{said.source} and {sizes[0].source}",
                )
            )
    return out


def _parts(said: Statement, whole: Pair, weight: tuple[float, float]) -> np.ndarray:
    """Give every pair of whole numbers that makes a share of a group of these sizes."""
    (n1, n2), (w1, w2) = whole, weight
    total = n1 * w1 + n2 * w2
    moved = (said.noise + TOLERANCE) * max(weight)
    one = np.arange(n1 + 1)
    least = np.maximum(np.ceil((said.low * total - moved - one * w1) / w2), 0).astype(int)
    most = np.minimum(np.floor((said.high * total + moved - one * w1) / w2), n2).astype(int)
    if said.effect is None or n1 + n2 > MOST_TRIED:
        ends = [np.column_stack([one, end])[most >= least] for end in (least, most)]
        return np.concatenate(ends)
    other = np.arange(n2 + 1)
    fits = (other >= least[:, None]) & (other <= most[:, None])
    fits &= intervals.may_have(said.effect, one[:, None], other[None, :], whole, weight)
    return np.argwhere(fits)
