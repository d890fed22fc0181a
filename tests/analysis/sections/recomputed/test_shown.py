"""A claim's figure or table shows what the claim tests: the rows it is about, and in them the number that decides it."""

from collections.abc import Callable
from itertools import combinations

import pandas as pd
import pytest

from report_engine.contracts import study
from report_engine.model.section import Claim, Section
from tests.analysis.sections.recomputed.on_view import SHOWN


class Frames(dict[str, pd.DataFrame]):
    """What lies behind figures and tables, by name; a section is built when one of its is asked for."""

    def __init__(self, section: Callable[[str], Section]) -> None:
        self._section = section

    def __missing__(self, name: str) -> pd.DataFrame:
        section = self._section(name.split("/")[0])
        self.update({f"{section.name}/{one.name}": one.data for one in (*section.figures, *section.tables)})
        return self[name]


@pytest.fixture(scope="module")
def frames(shipped) -> Frames:
    return Frames(shipped.section)


def shows(frame: pd.DataFrame, claim: Claim) -> bool:
    try:
        return bool(SHOWN[claim.id](frame, claim.verdict.numbers))
    except (KeyError, ValueError, IndexError, TypeError):
        return False  # the frame has no such column, row or kind of value


@pytest.mark.parametrize("id", SHOWN)
def test_a_claims_figure_shows_what_it_tests(id, claims, frames):
    assert shows(frames[claims[id].figure], claims[id])


@pytest.mark.parametrize("name", study.sections())
def test_every_claim_with_a_figure_is_looked_for_in_it(name, shipped):
    shown = {claim.id for claim in shipped.section(name).claims if claim.figure}
    assert {id for id in SHOWN if id.startswith(f"{name}.")} == shown


@pytest.mark.parametrize("name", study.sections())
def test_two_claims_that_swap_their_figures_are_seen(name, shipped, frames):
    own = [claim for claim in shipped.section(name).claims if claim.figure]
    unseen = [
        (one.id, other.id)
        for one, other in combinations(own, 2)
        if one.figure != other.figure and shows(frames[other.figure], one) and shows(frames[one.figure], other)
    ]
    assert not unseen
