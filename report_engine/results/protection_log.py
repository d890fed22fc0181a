"""What the log says of the protection of persons: which cells are hidden and which blurred, and why, never their values."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from report_engine.contracts import contract
from report_engine.words.messages import Message

if TYPE_CHECKING:
    import pandas as pd

    from report_engine.model.section import Figure, Section, Table

HIDDEN = ".."
"""What stands for a hidden number in words."""
MARK, WORDS = "suppressed", "_text"
"""The column that marks hidden rows (``<name>_suppressed``: one column's), and the end of names of columns with numbers in words."""


def told(section: "Section", smallest: int) -> Iterator[Message]:
    """Say of every figure, table and fact on persons what is hidden, cell by cell, and what is blurred."""
    items: tuple[Figure | Table, ...] = (*section.figures, *section.tables)
    for item in items:
        if not contract.on_persons(item.provenance.tables):
            continue
        where, hidden = f"{section.name}/{item.name}", list(hidden_cells(item.data))
        yield from (Message("steps.hidden", {"where": f"{where}: {cell}", "smallest": smallest}) for cell in hidden)
        yield Message("steps.blurred", {"where": where, "rows": len(item.data)})
    for fact in section.facts:
        if contract.on_persons(fact.tables) and fact.text["en"] == HIDDEN:
            yield Message("steps.hidden", {"where": fact.id, "smallest": smallest})


def hidden_cells(data: "pd.DataFrame") -> Iterator[str]:
    """Name the hidden cells of a frame by the words in their row, and by their column where that alone is hidden."""
    texts = [str(name) for name in data.select_dtypes(["object", "str", "string", "category"])]
    keys = [name for name in texts if not name.endswith((MARK, WORDS))]
    for row in data.to_dict("records"):
        cell = ", ".join(str(row[name]) for name in keys if isinstance(row[name], str) and row[name])
        if row.get(MARK):
            yield cell
        for name in map(str, data.columns):
            if (name.endswith(f"_{MARK}") and row[name] is True) or (name.endswith(WORDS) and row[name] == HIDDEN):
                yield f"{cell}, {name.removesuffix(f'_{MARK}').removesuffix(WORDS)}"
