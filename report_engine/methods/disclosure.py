"""Statistical disclosure control: small cells, and the cells that would give them back, are not published."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

PRIMARY, SECONDARY = "primary", "secondary"
Key = str | Sequence[str]
_Steps = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True)
class _Cells:
    """The cells of a two-way table as the edges of a graph: each joins the total of its row and that of its column."""

    row: np.ndarray  # node numbers of the row totals
    column: np.ndarray  # node numbers of the column totals
    count: np.ndarray
    usable: np.ndarray  # False where the count is missing already


def suppress(
    frame: pd.DataFrame,
    count: str,
    values: Sequence[str],
    *,
    smallest: int,
    rows: Key | None = None,
    columns: Key | None = None,
) -> pd.DataFrame:
    """Blank the small cells of a table and, where totals are published, enough others that no total gives one back.

    ``frame`` has one row a cell; ``count`` (whole number ≥ 0, or missing) says how many persons or segments are
    behind it, ``values`` are the columns computed from them. Primary: 0 < count < ``smallest``. ``rows`` and
    ``columns`` name the column or columns along which totals are published (a table with a total for each
    municipality and each actor: ``rows="municipality_code", columns="actor"``; a county total of municipalities:
    ``rows="county"``). Then other cells, the smallest first and empty ones last, are blanked until no suppressed cell
    follows from the totals and what is left, even by somebody who knows that no count is negative. A count that is missing was hidden
    before (``perturbation``): its values are blanked with it, and it is marked as primary.

    Returns the same rows in the same order: ``count`` (Int64) and ``values`` missing in suppressed cells (whole
    numbers become Int64), plus ``suppressed`` (str: "", "primary", "secondary"). Raises ValueError on a negative
    count, ``smallest`` < 1, and on a cell that nothing can hide while its totals, themselves large enough, are
    published (e.g. the only cell of its row). A total that is itself below ``smallest`` must not be published: put
    totals through this function too.

    Method: a cell is safe when it lies on a cycle of suppressed cells (rows and columns as nodes, cells as edges);
    the cycle that costs the fewest counted persons is found as a shortest path. Willenborg and de Waal (2001),
    Elements of Statistical Disclosure Control, ch. 7; Gusfield (1988), A graph theoretic approach to statistical data
    security.
    """
    if smallest < 1:
        raise ValueError(f"smallest must be at least 1, not {smallest}")
    counts = frame[count].to_numpy(dtype="float64", na_value=np.nan)
    if (counts < 0).any():
        raise ValueError(f"{count} is negative in {int((counts < 0).sum())} cells")
    gone = np.isnan(counts)
    primary = (counts > 0) & (counts < smallest)
    hidden = primary | gone
    if primary.any() and (rows is not None or columns is not None):
        cells, order = _cells(frame, counts, rows, columns)
        hidden[order] = _hide(cells, primary[order], smallest) | gone[order]
    blank = frame.copy()
    blank[count] = blank[count].astype("Int64")
    for name in (count, *values):
        blank[name] = _nullable(blank[name]).mask(hidden)
    marks = np.where(primary | gone, PRIMARY, np.where(hidden, SECONDARY, ""))
    blank["suppressed"] = pd.Series(marks, index=frame.index, dtype="str")
    return blank


def suppressed_cells(frame: pd.DataFrame) -> int:
    """Count the cells that ``suppress`` blanked, for the log and the note under a table."""
    return int((frame["suppressed"] != "").sum())


def _nullable(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.astype("boolean")
    return column.astype("Int64") if pd.api.types.is_integer_dtype(column) else column


def _cells(frame: pd.DataFrame, counts: np.ndarray, rows: Key | None, columns: Key | None) -> tuple[_Cells, np.ndarray]:
    """Number the totals and sort the cells by them, so that the order of the frame decides only between equals.

    A dimension without published totals is one node, which adds nothing to what the other's totals tell.
    """
    row, column = (_codes(frame, key) for key in (rows, columns))
    order = np.lexsort((counts, column, row))
    row, column, counts = row[order], column[order] + row.max() + 1, counts[order]
    return _Cells(row, column, np.nan_to_num(counts), ~np.isnan(counts)), order


def _codes(frame: pd.DataFrame, key: Key | None) -> np.ndarray:
    if key is None:
        return np.zeros(len(frame), dtype="int64")
    names = [key] if isinstance(key, str) else list(key)
    codes: np.ndarray = frame.groupby(names, dropna=False, observed=True, sort=True).ngroup().to_numpy()
    return codes


def _hide(cells: _Cells, primary: np.ndarray, smallest: int) -> np.ndarray:
    hidden = primary.copy()
    ways = [_steps(cells, gives) for gives in ("row", "column")]
    dear = cells.count.sum() + 1  # an empty cell hides nothing by itself: the last resort
    cost = np.where(hidden, 0.0, np.where(cells.count > 0, cells.count, dear)).tolist()
    largest_first = np.argsort(-cells.count, kind="stable")
    for cell in largest_first[primary[largest_first]].tolist():
        path = _cheapest_cycle(cells, cost, cell, ways)
        if path is not None:
            hidden[path] = True
            for other in path:
                cost[other] = 0.0
        elif min(_total(cells.row, cells, cell), _total(cells.column, cells, cell)) >= smallest:
            raise ValueError(
                "a suppressed cell follows from its row and column totals whatever else is suppressed: "
                "publish the table without these totals, or with the empty cells it lacks"
            )
    return hidden


def _total(side: np.ndarray, cells: _Cells, cell: int) -> float:
    return float(cells.count[side == side[cell]].sum())


def _cheapest_cycle(cells: _Cells, cost: list[float], cell: int, ways: list[_Steps]) -> list[int] | None:
    """Find the cells that, suppressed with ``cell``, leave two tables with the same totals; None where there are none.

    Going round the cycle, cells in turn give to and take from their neighbours; those that give must have something to
    give. Both directions are tried.
    """
    ends = int(cells.column[cell]), int(cells.row[cell])
    found = [path for steps in ways if (path := _shortest_path(steps, cost, cell, *ends)) is not None]
    return min(found, key=lambda path: path[0])[1] if found else None


def _shortest_path(
    steps: _Steps, cost: list[float], without: int, start: int, goal: int
) -> tuple[float, list[int]] | None:
    """Walk from one total to another over other cells than ``without`` (Dijkstra), with what that costs."""
    queue: list[tuple[float, int, int, int, int]] = [(0.0, 0, without, start, start)]
    reached: dict[int, tuple[int, int]] = {}
    while queue:
        spent, length, last, before, node = heapq.heappop(queue)
        if node in reached:
            continue
        reached[node] = last, before
        if node == goal:
            return spent, _trail(reached, start, goal)
        for cell, beyond in steps.get(node, ()):
            if beyond not in reached and cell != without:
                heapq.heappush(queue, (spent + cost[cell], length + 1, cell, node, beyond))
    return None


def _trail(reached: dict[int, tuple[int, int]], start: int, goal: int) -> list[int]:
    trail, node = [], goal
    while node != start:
        cell, node = reached[node]
        trail.append(cell)
    return trail


def _steps(cells: _Cells, gives: str) -> _Steps:
    """List for each total the cells that lead on and the totals they lead to; an empty cell can receive, not give."""
    steps: _Steps = {}
    for cell in np.flatnonzero(cells.usable).tolist():
        row, column = int(cells.row[cell]), int(cells.column[cell])
        for start, end, side in ((row, column, "row"), (column, row, "column")):
            if side != gives or cells.count[cell] > 0:
                steps.setdefault(start, []).append((cell, end))
    return steps
