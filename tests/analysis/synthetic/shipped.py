"""The shipped raw files as plain frames, read without the project's own readers."""

from functools import cache
from pathlib import Path

import pandas as pd

from report_engine.contracts.contract import load

DATA = Path(__file__).parents[3] / "data"


@cache
def shipped(name: str) -> pd.DataFrame:
    contract = load(name)
    texts = {field.name: "string" for field in contract.fields if field.type in ("string", "boolean")}
    return pd.read_csv(DATA / contract.path, dtype=texts)


def answered(item: str) -> pd.DataFrame:
    """Rows of the survey with an answer 1–5 to an item, with a column ``agree``."""
    actors = shipped("actors")
    rows = actors[actors[item].between(1, 5)]
    return rows.assign(agree=rows[item] >= 4)


def agreeing(item: str, **where: object) -> float:
    """Share agreeing with an item among those who answer, unweighted, where columns have the given values."""
    rows = answered(item)
    for column, value in where.items():
        rows = rows[rows[column].isin(value if isinstance(value, tuple) else (value,))]
    return float(rows["agree"].mean())


def primary() -> pd.DataFrame:
    """Segments as the primary coder coded them, with the interview's columns."""
    joined = shipped("segments").merge(shipped("interviews"), on="interview_id")
    return joined[joined["coder"] == joined["primary_coder"]]
