"""Where labels and dots go that would touch: by rules that give the same places on any machine."""

from bisect import bisect_right
from collections.abc import Sequence
from math import isqrt

from report_engine.methods.rounding import settled

_FINE = 2.0**-20
"""A share of the least distance that nobody sees: places closer than this are one, and keep the order they came in."""

_PARTS = 1000
"""Whole parts of a dot's diameter in which a swarm is laid out."""


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Move positions at least ``gap`` apart and together as little as can be (least squares), keeping order and mean.

    Of positions that nobody can tell apart, the first given comes first.
    """
    places = [settled(position / gap, _FINE) for position in positions]
    order = sorted(range(len(places)), key=places.__getitem__)
    # Taking one gap a rank from each place turns «apart» into «not falling».
    free = isotonic([places[at] - rank for rank, at in enumerate(order)])
    moved = dict(zip(order, ((place + rank) * gap for rank, place in enumerate(free)), strict=True))
    return [moved[at] for at in range(len(places))]


def isotonic(values: Sequence[float]) -> list[float]:
    """Return the values that never fall and lie closest to ``values`` (least squares, pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        block = (value, 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, size = blocks.pop()
            block = ((mean * size + block[0] * block[1]) / (size + block[1]), size + block[1])
        blocks.append(block)
    return [mean for mean, size in blocks for _ in range(size)]


def swarm(positions: Sequence[float], diameter: float) -> list[float]:
    """Say how far to move each dot off its row so that no two touch, in the unit of ``positions`` and ``diameter``.

    Dots are placed in order of position, each as near to the row as those before it leave room, to either side in turn.
    """
    places = [round(settled(position / diameter * _PARTS, 1)) for position in positions]
    order = sorted(range(len(places)), key=places.__getitem__)
    along: list[int] = []
    off: list[int] = []
    for at in order:
        here = places[at]
        near = slice(bisect_right(along, here - _PARTS), None)
        placed = list(zip(along[near], off[near], strict=True))
        along.append(here)
        off.append(_free(here, placed))
    moved = dict(zip(order, off, strict=True))
    return [moved[at] / _PARTS * diameter for at in range(len(places))]


def _free(here: int, placed: Sequence[tuple[int, int]]) -> int:
    """Return the distance nearest to zero at which a dot touches none of those ``placed`` (along, off), in whole numbers."""
    tries = [0]
    for turn, (x, y) in enumerate(placed):
        beside = isqrt(_PARTS**2 - (here - x) ** 2) + 1
        tries += [y - beside, y + beside] if turn % 2 else [y + beside, y - beside]
    return next(
        step
        for step in sorted(tries, key=abs)
        if all((here - x) ** 2 + (step - y) ** 2 >= _PARTS**2 for x, y in placed)
    )
