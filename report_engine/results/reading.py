"""Reading of what a section's ``build`` receives."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.contracts import contract, tidy_tables
from report_engine.disclosure import keys
from report_engine.model.section import Claim, Effect, Fact, Robustness, Unavailable, Verdict
from report_engine.results.inputs import Inputs
from report_engine.settings import config
from report_engine.words.editions import Text
from report_engine.words.report import say

if TYPE_CHECKING:
    import pandas as pd


def read(
    root: Path, tables: Iterable[str], rests_on: Iterable[str] = (), questions: Iterable[str] | None = None
) -> Inputs:
    """Read the tidy tables of these names below ``root``, and the facts and claims of the sections that this one rests on.

    Of the survey's ``questions`` only these, where they are named: asking for another is a ``KeyError``.
    """
    import pandas as pd

    contracts = {name: contract.load(name) for name in tables}
    facts: dict[str, Fact] = {}
    claims: dict[str, Claim] = {}
    for earlier in rests_on:
        its_facts, its_claims = load(root, earlier)
        facts |= its_facts
        claims |= its_claims
    frames = {
        name: pd.concat([pd.read_parquet(root / part) for part in parts], axis="columns")
        for name, parts in tidy_tables.read_for(contracts, questions).items()
    }
    return Inputs(
        tables=Tables(frames, {name: its.title for name, its in contracts.items()}),
        settings=config.load(root),
        facts=facts,
        claims=claims,
        synthetic=frozenset(name for name, its in contracts.items() if its.synthetic is True),
        literature=frozenset(name for name, its in contracts.items() if its.stream == "literature"),
        labels={name: {field.name: value_labels(field) for field in its.fields} for name, its in contracts.items()},
        titles={name: {field.name: field.title for field in its.fields} for name, its in contracts.items()},
        empty=frozenset(name for name, frame in frames.items() if frame.empty),
    )


def protected(given: Inputs, root: Path) -> Inputs:
    """Give every row of persons among the tables its record key, from the secret below ``root``."""
    tables = protected_frames(given.tables, given.settings.smallest_cell, root, given.empty)
    return dataclasses.replace(given, tables=tables)


def protected_frames(
    tables: "Mapping[str, pd.DataFrame]", smallest: int, root: Path, empty: frozenset[str] = frozenset()
) -> "Tables":
    """Give the tables with record keys where their rows are persons; those ``empty`` stay so."""
    import pandas as pd

    contracts = {name: contract.load(name) for name in tables}
    secret = keys.secret(root) if contract.on_persons(contracts) else b""
    frames = {
        name: keys.protect(tables[name], its, secret, smallest) if its.rows == "persons" else tables[name]
        for name, its in contracts.items()
        if name not in empty
    }
    return Tables(
        {name: frames.get(name, pd.DataFrame()) for name in tables},
        {name: its.title for name, its in contracts.items()},
    )


def load(root: Path, section: str) -> tuple[dict[str, Fact], dict[str, Claim]]:
    """Read back the facts and claims (by id) that an earlier section wrote."""
    path = root / "data" / "results" / "sections" / f"{section}.json"
    found = json.loads(path.read_text("utf-8"))
    facts = {key: Fact(**{**item, "id": key, "tables": tuple(item["tables"])}) for key, item in found["facts"].items()}
    claims = {}
    for key, item in found["claims"].items():
        if size := item["verdict"]["effect"]:
            item["verdict"]["effect"] = Effect(**size)
        item["verdict"] = Verdict(**item["verdict"])
        if item["robustness"]:
            item["robustness"] = Robustness(**item["robustness"])
        item |= {name: tuple(value) for name, value in item.items() if isinstance(value, list)}
        claims[key] = Claim(**item, id=key)
    return facts, claims


class Tables(Mapping[str, "pd.DataFrame"]):
    """Frames by name; asking for one without rows raises ``Unavailable`` with the dataset's title."""

    def __init__(self, frames: Mapping[str, "pd.DataFrame"], titles: Mapping[str, Text]) -> None:
        self._frames = frames
        self._titles = titles

    def __getitem__(self, name: str) -> "pd.DataFrame":
        frame = self._frames[name]
        if frame.empty:
            raise Unavailable(say("missing.table", table=self._titles[name]))
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


def value_labels(field: contract.Field) -> dict[object, Text]:
    """Return what each value of a column is called in every edition, user-missing codes included."""
    labels: dict[object, Text] = {category.value: category.label for category in field.categories}
    return labels | {missing.value: missing.label for missing in field.user_missing}
