"""Reading of what a section's ``build`` receives."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import config, contract
from analysis.model import Inputs, NotBorne, Text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.model import Claim, Fact


def read(root: Path, tables: Iterable[str], rests_on: Iterable[str] = ()) -> Inputs:
    """Read the tidy tables of these names below ``root``, and the facts and claims of the sections that this one rests on."""
    import pandas as pd

    contracts = {name: contract.load(name) for name in tables}
    facts: dict[str, Fact] = {}
    claims: dict[str, Claim] = {}
    for earlier in rests_on:
        from analysis import outputs

        its_facts, its_claims = outputs.load(root, earlier)
        facts |= its_facts
        claims |= its_claims
    frames = {name: pd.read_parquet(root / "data" / "tidy" / f"{name}.parquet") for name in contracts}
    return Inputs(
        tables=Tables(frames, {name: its.title for name, its in contracts.items()}),
        settings=config.load(root),
        facts=facts,
        claims=claims,
        synthetic=frozenset(name for name, its in contracts.items() if its.synthetic is True),
        labels={name: {field.name: value_labels(field) for field in its.fields} for name, its in contracts.items()},
        empty=frozenset(name for name, frame in frames.items() if frame.empty),
    )


class Tables(Mapping[str, "pd.DataFrame"]):
    """Frames by name; asking for one without rows raises ``NotBorne`` with the dataset's title."""

    def __init__(self, frames: Mapping[str, "pd.DataFrame"], titles: Mapping[str, Text]) -> None:
        self._frames = frames
        self._titles = titles

    def __getitem__(self, name: str) -> "pd.DataFrame":
        frame = self._frames[name]
        if frame.empty:
            title = self._titles[name]
            raise NotBorne({"sv": f"Uppgifter saknas: {title['sv']}.", "en": f"There are no data: {title['en']}."})
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


def value_labels(field: contract.Field) -> dict[object, Text]:
    """Return what each value of a column is called in every edition, user-missing codes included."""
    labels: dict[object, Text] = {category.value: category.label for category in field.categories}
    return labels | {missing.value: missing.label for missing in field.user_missing}
