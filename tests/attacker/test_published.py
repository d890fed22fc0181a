"""Nothing that a build publishes gives a small cell of respondents or of what interviewed people said away."""

import re
from pathlib import Path
from typing import Any

import pytest

from report_engine.settings import config
from tests.attacker import kinds, published
from tests.attacker.attack import Block, blocks
from tests.attacker.blur import of_engine
from tests.attacker.judge import recovered
from tests.workflow.conftest import Project


def read(root: Path) -> list[Block]:
    smallest = config.load(root).smallest_cell
    return list(blocks(root, root / "data" / "tidy", smallest, of_engine(smallest)))


@pytest.fixture(scope="module")
def told(built: Project) -> list[Block]:
    return read(built.root)


def test_the_attacker_reads_most_of_what_is_told(told: list[Block]) -> None:
    """A reader that finds nothing to read would find nothing to give away, either."""
    got = {block.name: len(block.statements) for block in told}
    assert got["respondents"] >= 20
    assert sum(name.startswith("interviews") for name in got) >= 8
    assert sum(number for name, number in got.items() if name not in ("respondents",)) >= 500


def test_every_kind_of_number_on_persons_is_read(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another figure, fact or claim must be made a constraint, or it must be said why it need not."""
    looked_at, number = set[str](), published.Sheet.number

    def noted(sheet: published.Sheet, row: Any, column: str) -> tuple[float, float] | None:
        looked_at.add(f"{sheet.name}:{column}")
        return number(sheet, row, column)

    monkeypatch.setattr(published.Sheet, "number", noted)
    sources = [said.source for block in read(built.root) for said in block.statements]
    told = {name for source in sources for name in re.findall(r"(?:fact|reason of|verdict) ([\w.]+\w)", source)}
    sheets, facts, claims = published.sheets(built.root), published.facts(built.root), published.claims(built.root)
    assert kinds.unread(kinds.columns(sheets, built.root), looked_at, kinds.TABLES) == []
    assert kinds.unread(kinds.facts(facts), told, kinds.FACTS) == []
    assert kinds.unread(kinds.claims(claims), told, kinds.CLAIMS) == []
    assert list(kinds.ledger(sheets, claims)) == []


def test_nothing_is_read_that_is_not_true(told: list[Block]) -> None:
    """Every number means what the attacker takes it for: else its bounds would be of another world."""
    assert [f"{block.name}: {said.source}" for block in told for said in block.untrue] == []


def test_no_small_cell_follows_from_what_a_build_publishes(built: Project, told: list[Block]) -> None:
    smallest = config.load(built.root).smallest_cell
    got = [
        f"{block.name}: {one}"
        for block in told
        for one in recovered(block.world, block.statements, block.wanted, block.truth, smallest)
    ]
    assert got == [], f"{len(got)} cells are recovered"
