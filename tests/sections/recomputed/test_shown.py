"""A claim's figure or table shows what the claim tests: the rows it is about, and in them the number that decides it."""

from itertools import combinations

import pandas as pd
import pytest

from analysis.model import Claim
from tests.sections.recomputed.on_view import SHOWN
from tests.sections.recomputed.test_facts import SECTIONS


@pytest.fixture(scope="module")
def claims(shipped) -> dict[str, Claim]:
    found = (claim for name in SECTIONS for claim in shipped.section(name).claims)
    return {claim.id: claim for claim in found if claim.figure}


@pytest.fixture(scope="module")
def frames(shipped) -> dict[str, pd.DataFrame]:
    sections = [shipped.section(name) for name in SECTIONS]
    return {f"{part.name}/{one.name}": one.data for part in sections for one in (*part.figures, *part.tables)}


def shows(frame: pd.DataFrame, claim: Claim) -> bool:
    try:
        return bool(SHOWN[claim.id](frame, claim.verdict.numbers))
    except (KeyError, ValueError, IndexError, TypeError):
        return False  # the frame has no such column, row or kind of value


@pytest.mark.parametrize("id", SHOWN)
def test_a_claims_figure_shows_what_it_tests(id, claims, frames):
    assert shows(frames[claims[id].figure], claims[id])


def test_every_claim_with_a_figure_is_looked_for_in_it(claims):
    assert set(SHOWN) == set(claims)


@pytest.mark.parametrize("name", SECTIONS)
def test_two_claims_that_swap_their_figures_are_seen(name, claims, frames):
    own = [claim for claim in claims.values() if claim.id.startswith(f"{name}.")]
    unseen = [
        (one.id, other.id)
        for one, other in combinations(own, 2)
        if one.figure != other.figure and shows(frames[other.figure], one) and shows(frames[one.figure], other)
    ]
    assert not unseen
