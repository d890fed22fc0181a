"""Amounts per head and series relative to a base year."""

from collections.abc import Hashable

import pandas as pd

KEYS = ["year", "municipality_code"]
SEK_PER_TKR = 1000


def per_inhabitant(frame: pd.DataFrame, amount: str, population: pd.DataFrame) -> pd.Series:
    """Divide an amount in SEK thousands by the municipality's population of the same year.

    ``frame`` has ``year``, ``municipality_code`` and the column ``amount`` (tkr); ``population`` has ``year``,
    ``municipality_code`` and ``population`` (persons). Returns float64, SEK per inhabitant on the frame's index; NaN
    where the amount or the population is missing or nobody lives there. Raises ValueError when ``population`` has a
    key twice.
    """
    return _per_head(frame, amount, population, "population")


def per_participant(frame: pd.DataFrame, amount: str, participants: pd.DataFrame) -> pd.Series:
    """Divide an amount in SEK thousands by the labour unit's participants of the same year.

    ``frame`` has ``year``, ``municipality_code`` and the column ``amount`` (tkr); ``participants`` has ``year``,
    ``municipality_code`` and ``participants`` (persons). Returns float64, SEK per participant on the frame's index;
    NaN where the amount or the number is missing or zero persons took part. Raises ValueError when ``participants``
    has a key twice.
    """
    return _per_head(frame, amount, participants, "participants")


def index_series(values: pd.Series, years: pd.Series, base_year: Hashable) -> pd.Series:
    """Express one series relative to its value in the base year (= 100).

    ``values`` (number, any unit) and ``years`` share their index, one value a year. Returns float64 on the same
    index, NaN where the value is missing. Raises ValueError when a year occurs twice or the base year has no value or
    zero.
    """
    if not values.index.equals(years.index):
        raise ValueError("values and years must be columns of the same frame: their indexes differ")
    twice = years[years.duplicated()]
    if len(twice):
        raise ValueError(f"year {twice.iloc[0]} occurs twice: an index series needs one value a year")
    numbers = values.astype("float64")
    base = numbers[years == base_year]
    if base.empty or pd.isna(base.iloc[0]) or base.iloc[0] == 0:
        known = sorted(years[numbers.notna() & (numbers != 0)])
        covered = f"{known[0]}–{known[-1]}" if known else "none"
        raise ValueError(f"the series has no value to index by in {base_year} (years with a value: {covered})")
    return numbers / base.iloc[0] * 100


def _per_head(frame: pd.DataFrame, amount: str, heads: pd.DataFrame, column: str) -> pd.Series:
    by_key = heads.set_index(KEYS)[column].astype("float64")
    twice = by_key.index[by_key.index.duplicated()]
    if len(twice):
        year, code = twice[0]
        raise ValueError(f"{column} has more than one row for municipality {code} in {year}")
    persons = by_key.where(by_key > 0).reindex(pd.MultiIndex.from_frame(frame[KEYS])).to_numpy()
    return frame[amount].astype("float64") * SEK_PER_TKR / persons
