"""Statistical disclosure control: small cells are not published."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

PRIMARY = "primary"
"""What marks a hidden cell."""


def suppress(frame: pd.DataFrame, count: str, values: Sequence[str], *, smallest: int) -> pd.DataFrame:
    """Blank the small cells of a table.

    ``frame`` has one row a cell; ``count`` (whole number ≥ 0, or missing) says how many persons or segments are behind it, ``values`` are the
    columns computed from them. Blank are cells with 0 < count < ``smallest``, and those whose count is missing: it was hidden before
    (``perturbation``, whose noise keeps totals from giving a hidden cell back).

    Returns the same rows in the same order: ``count`` (Int64) and ``values`` missing in suppressed cells (whole numbers become Int64), plus
    ``suppressed`` (str: "" or "primary"). Raises ValueError on a negative count and on ``smallest`` < 1.
    """
    if smallest < 1:
        raise ValueError(f"smallest must be at least 1, not {smallest}")
    counts = frame[count].to_numpy(dtype="float64", na_value=np.nan)
    if (counts < 0).any():
        raise ValueError(f"{count} is negative in {int((counts < 0).sum())} cells")
    hidden = np.isnan(counts) | ((counts > 0) & (counts < smallest))
    blank = frame.copy()
    blank[count] = blank[count].astype("Int64")
    for name in (count, *values):
        blank[name] = _nullable(blank[name]).mask(hidden)
    blank["suppressed"] = pd.Series(np.where(hidden, PRIMARY, ""), index=frame.index, dtype="str")
    return blank


def suppressed_cells(frame: pd.DataFrame) -> int:
    """Count the cells that ``suppress`` blanked, for the log and the note under a table."""
    return int((frame["suppressed"] != "").sum())


def _nullable(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.astype("boolean")
    return column.astype("Int64") if pd.api.types.is_integer_dtype(column) else column
