"""How the PDF's pages are filled: none nearly empty, no table torn so that a row or a head stands alone."""

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pikepdf
import pytest

from tests.browser.conftest import program

DOTS = 20  # an inch: enough to tell lines from empty space
RUNNING = 2.0 / 29.7  # of a page's height: running heads and page numbers stand there
PAPER = 245  # of 255: what is darker is printed
LINES_APART = 0.04  # of the text's height: less than this between two lines is no empty space
FULL_ENOUGH = 1 / 3


@dataclass(frozen=True)
class Row:
    """A row of a table: the page that it begins on and the one that it ends on, and what it is."""

    page: int
    end: int
    kind: Literal["head", "body", "note"] = "body"


@dataclass(frozen=True)
class Block:
    """A table (its rows in order) or a figure (without rows, perhaps at its page's top), in the order in which they are read."""

    page: int
    rows: tuple[Row, ...] = ()
    on_top: bool = False


def filled(page: np.ndarray) -> float:
    """Return how much of a page's text area (an array of greys) is taken by lines, close as they are, and pictures."""
    edge = round(len(page) * RUNNING)
    inked = np.flatnonzero((page[edge:-edge] < PAPER).any(axis=1))
    height = len(page) - 2 * edge
    ends = np.concatenate([[0], inked, [height]])
    empty = np.diff(ends)
    return 1 - float(empty[empty > LINES_APART * height].sum()) / height


def pictures(pdf: Path, folder: Path) -> list[np.ndarray]:
    """Return the pages of a PDF as arrays of greys."""
    subprocess.run(
        [program(("pdftoppm",), "poppler-utils"), "-r", str(DOTS), "-gray", pdf, folder / "page"], check=True
    )
    return [_grey(path.read_bytes()) for path in sorted(folder.glob("page-*.pgm"))]


def _grey(pgm: bytes) -> np.ndarray:
    _, width, height, _ = pgm.split(maxsplit=4)[:4]
    size = int(width) * int(height)
    return np.frombuffer(pgm[-size:], np.uint8).reshape(int(height), int(width))


def blocks(pdf: pikepdf.Pdf) -> list[Block]:
    """Read tables and figures out of a PDF's structure tree."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = []
    for node in _below(pdf.Root.StructTreeRoot, "Table", "Figure"):
        if node.S == "/Table":
            notes = [row.objgen for foot in _below(node, "TFoot") for row in _below(foot, "TR")]
            rows = tuple(_row(row, numbers, row.objgen in notes) for row in _below(node, "TR"))
            found.append(Block(rows[0].page, rows))
        else:
            page = min(_pages(node, numbers))
            top = max(float(attributes.BBox[3]) for attributes in _listed(node.A) if "/BBox" in attributes)
            found.append(Block(page, on_top=top > float(pdf.pages[page - 1].mediabox[3]) * (1 - 2 * RUNNING)))
    return found


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _row(node: Any, numbers: dict[Any, int], is_note: bool) -> Row:
    pages = _pages(node, numbers)
    return Row(min(pages), max(pages), "note" if is_note else "body" if any(_below(node, "TD")) else "head")


def _pages(node: Any, numbers: dict[Any, int]) -> set[int]:
    return {numbers[each.Pg.objgen] for each in _parts(node) if "/Pg" in each}


def _parts(node: Any) -> Iterator[Any]:
    """Yield a node of the structure tree and everything below it, in reading order."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += reversed(list(each))
        elif isinstance(each, pikepdf.Dictionary):
            yield each
            if "/K" in each:
                waiting.append(each.K)


def _below(node: Any, *tags: str) -> Iterator[Any]:
    return (each for each in _parts(node) if "/S" in each and str(each.S)[1:] in tags)


def lonely(its: list[Block]) -> Iterator[str]:
    """Yield pages that hold a single row of a broken table, part of a row, a head without its row, or a note alone."""
    for table in its:
        bodies = Counter(row.page for row in table.rows if row.kind == "body")
        if len(bodies) > 1:
            yield from (f"page {page}: one row of a table" for page, count in bodies.items() if count < 2)
        yield from (f"page {row.page}: a row is broken" for row in table.rows if row.page != row.end)
        for row, following in pairwise(table.rows):
            if row.page != following.page and row.kind == "head":
                yield f"page {row.page}: a table's head without its row"
            if row.page != following.page and following.kind == "note":
                yield f"page {following.page}: a table's note without its row"


def interrupted(its: list[Block]) -> Iterator[str]:
    """Yield pages on which a table goes on below something else: what comes before it, or a figure at the top."""
    for place, table in enumerate(its):
        for page in {row.page for row in table.rows} - {table.page}:
            above = [*its[:place], *(block for block in its[place:] if block.on_top)]
            if any(block.page == page for block in above):
                yield f"page {page}: a table goes on below another"


def disordered(its: list[Block]) -> Iterator[str]:
    """Yield pages on which a table begins whose forerunner begins later."""
    for before, after in pairwise(block for block in its if block.rows):
        if before.page > after.page:
            yield f"page {after.page}: a table before the one that it follows"


@pytest.fixture
def read(published: Callable[..., Path]) -> Iterator[list[Block]]:
    with pikepdf.open(published("pdf")) as pdf:
        yield blocks(pdf)


def test_no_page_but_cover_and_last_is_nearly_empty(
    published: Callable[..., Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    shares = [filled(page) for page in pictures(published("pdf"), tmp_path)]
    record_property("pages", len(shares))
    print(f"{len(shares)} pages, {sum(shares):.1f} full")
    assert [f"page {n}: {share:.0%} full" for n, share in enumerate(shares[1:-1], 2) if share < FULL_ENOUGH] == []


def test_no_row_or_head_stands_alone(read: list[Block]) -> None:
    assert sum(len({row.page for row in table.rows}) > 1 for table in read) > 0  # some tables are broken
    assert list(lonely(read)) == []


def test_no_table_goes_on_below_another_or_a_figure(read: list[Block]) -> None:
    assert [*interrupted(read), *disordered(read)] == []


def test_empty_space_is_seen() -> None:
    page = np.full((594, 420), 255, np.uint8)
    assert filled(page) == 0
    page[50:250:8] = 0  # lines
    assert filled(page) == pytest.approx(200 / 514, abs=0.05)


def test_lonely_rows_heads_and_notes_are_seen() -> None:
    def told(*rows: Row) -> list[str]:
        return list(lonely([Block(1, rows)]))

    head, one, two = Row(1, 1, "head"), Row(1, 1), Row(2, 2)
    assert told(head, one, one, two, Row(2, 2, "note")) == ["page 2: one row of a table"]
    assert told(head, two, two) == ["page 1: a table's head without its row"]
    assert told(head, one, one, Row(2, 2, "note")) == ["page 2: a table's note without its row"]
    assert told(head, Row(1, 2)) == ["page 1: a row is broken"]
    assert told(head, one, one, two, two, Row(2, 2, "note")) == told(head, one) == []


def test_a_table_below_another_on_its_second_page_is_seen() -> None:
    table = Block(1, (Row(1, 1), Row(2, 2)))
    assert list(interrupted([Block(2), table])) == ["page 2: a table goes on below another"]
    assert list(interrupted([table, Block(2, on_top=True)])) == ["page 2: a table goes on below another"]
    assert list(interrupted([table, Block(2)])) == []


def test_tables_in_another_order_are_seen() -> None:
    first, second = Block(2, (Row(2, 2),)), Block(1, (Row(1, 1),))
    assert list(disordered([first, Block(3), second])) == ["page 1: a table before the one that it follows"]
    assert list(disordered([second, first])) == []
