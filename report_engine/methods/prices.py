"""Amounts of different years in the prices of one year."""

import pandas as pd


def constant_prices(amount: pd.Series, year: pd.Series, cpi: pd.DataFrame, base_year: int) -> pd.Series:
    """Convert amounts in current prices to the prices of ``base_year`` with the consumer price index.

    ``amount`` (any money unit, kept) and ``year`` (int) share their index; ``cpi`` has ``year`` and ``index`` (annual
    mean, any reference year; preliminary years count). Returns float64 on the same index, NaN where the amount is
    missing. Method: amount × index of the base year / index of the amount's year (Statistics Sweden, CPI, fixed index
    numbers). Raises ValueError naming the years that have no index, or a year that has two.
    """
    if not amount.index.equals(year.index):
        raise ValueError("amounts and years must be columns of the same frame: their indexes differ")
    index = _index_by_year(cpi)
    present = year[amount.notna()]
    if present.isna().any():
        raise ValueError("an amount has no year: it can't be put in constant prices")
    wanted = sorted({int(value) for value in present} | {base_year})
    missing = [value for value in wanted if value not in index.index]
    if missing:
        covered = f"{index.index.min()}–{index.index.max()}" if len(index) else "none"
        years = ", ".join(map(str, missing))
        raise ValueError(f"consumer prices have no index for {years} (years with an index: {covered})")
    factor = year.map(index[base_year] / index).astype("float64")
    return (amount.astype("float64") * factor).rename(amount.name)


def _index_by_year(cpi: pd.DataFrame) -> pd.Series:
    index = cpi.set_index("year")["index"].astype("float64").dropna().sort_index()
    twice = sorted(set(index.index[index.index.duplicated()]))
    if twice:
        raise ValueError(f"consumer prices have more than one index for {', '.join(map(str, twice))}")
    if (index <= 0).any():
        raise ValueError(f"the consumer price index of {index.index[index <= 0][0]} is not positive")
    return index
