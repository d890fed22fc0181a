"""What a figure's frame says, row by row: the codes of each row and the number that the figure is to show for it."""

from dataclasses import dataclass, field

import pandas as pd

WIDE: tuple[tuple[str, ...], ...] = (
    ("first", "last"),
    ("critical", "neutral", "supportive"),
    ("task_work", "work_practice", "job_search", "assessment", "subsidised_employment", "education"),
)
"""Columns that stand side by side for what one column of codes could say."""

VALUES = (
    "estimate", "index", "net_cost_real_tkr", "ratio", "sek", "municipalities_yes", "studies", "mean", "share", "n",
)  # fmt: skip
"""The column that is drawn: the first of these that a row has a value in (or a place for one)."""

PAIRS = {
    "study/map": ("x_km", "y_km"),
}
"""Figures whose points stand for two columns: those of x and y."""

_NOT_CODES = ("synthetic", "suppressed", "price_status", "county", "claims", "merged", "studied")
_NUMBERED = ("wave", "answer")
_NAMED_BY = {"first": ("first_year", "first_wave"), "last": ("last_year", "last_wave")}


@dataclass
class Row:
    """One statement of a frame.

    ``codes`` by column; ``value`` is what is drawn (None where hidden, or where the row is only a place); ``names`` are the
    labels that say which column a wide row's value stands in; ``numbers`` all numbers of the row.
    """

    codes: dict[str, str]
    value: float | None
    column: str
    numbers: dict[str, float] = field(default_factory=dict)
    drawn: bool = False

    @property
    def hidden(self) -> bool:
        return self.column != "" and self.value is None


def code_columns(data: pd.DataFrame) -> list[str]:
    """List the columns that hold codes or names: neither numbers nor words of an edition."""
    found = []
    for name in map(str, data.columns):
        if (
            name in _NOT_CODES
            or name.endswith(("_sv", "_en"))
            or (name == "municipality_code" and "municipality" in data)
        ):
            continue
        if name in _NUMBERED or not pd.api.types.is_numeric_dtype(data[name]):
            found.append(name)
    return found


def rows(data: pd.DataFrame, figure: str) -> list[Row]:
    """Turn a frame into statements."""
    columns = code_columns(data)
    made: list[Row] = []
    for item in data.to_dict("records"):
        codes = {c: str(item[c]) for c in columns if pd.notna(item[c]) and str(item[c])}
        numbers = {
            str(c): float(v) for c, v in item.items() if _is_number(v) or c in ("merged", "studied", "synthetic")
        }
        wide = next((g for g in WIDE if set(g) <= set(data.columns) and _has(item, data, g[0])), None)
        if figure in PAIRS:
            made.append(Row(codes, numbers[PAIRS[figure][1]], PAIRS[figure][1], numbers))
        elif wide and not _has(item, data, "estimate"):
            for name in wide:
                shown = next((str(int(item[c])) for c in _NAMED_BY.get(name, ()) if c in item), name)
                made.append(Row({**codes, "": shown}, numbers.get(name), name, numbers))
        else:
            column = next((c for c in VALUES if c in data and _has(item, data, c)), "")
            made.append(Row(codes, numbers.get(column), column, numbers))
    return made


def _has(item: dict, data: pd.DataFrame, column: str) -> bool:
    """Say whether a row has, or for its part of the figure could have, a value in a column."""
    if column not in data:
        return False
    part = next((c for c in ("part", "panel") if c in data), None)
    same = data if part is None else data[data[part] == item[part]]
    return bool(same[column].notna().any())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and pd.notna(value)
