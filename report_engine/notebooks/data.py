"""What a notebook reads: the tidy tables with the words of their contracts."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from report_engine.contracts import contract
from report_engine.contracts.contract import Contract
from report_engine.model.section import Provenance
from report_engine.results.inputs import Inputs
from report_engine.results.reading import protected_frames, value_labels
from report_engine.settings import config
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.messages import speak


@dataclass(frozen=True)
class Data:
    """The tidy tables below the project's folder ``root``, their contracts, and the settings."""

    root: Path

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """The contracts of the tables that are there, by name; raises FileNotFoundError where there is none."""
        known = sorted(contract.load_all().items())
        found = {name: its for name, its in known if self._path(name).is_file()}
        if not found:
            raise FileNotFoundError(speak("notebook.no_tables"))
        return found

    @cached_property
    def inputs(self) -> Inputs:
        """Tables, settings and labels as a section's ``build`` receives them for what it publishes: persons are protected."""
        frames, settings = {name: pd.read_parquet(self._path(name)) for name in self.contracts}, config.load(self.root)
        return Inputs(
            tables=protected_frames(frames, settings.smallest_cell, self.root),
            settings=settings,
            synthetic=frozenset(name for name, its in self.contracts.items() if its.synthetic is True),
            literature=frozenset(name for name, its in self.contracts.items() if its.stream == "literature"),
            labels={
                name: {field.name: value_labels(field) for field in its.fields} for name, its in self.contracts.items()
            },
            empty=frozenset(name for name, frame in frames.items() if frame.empty),
        )

    @cached_property
    def filled(self) -> dict[str, pd.DataFrame]:
        """The tidy tables with rows, by name."""
        return {name: self.inputs.tables[name] for name in self.contracts if name not in self.inputs.empty}

    def table(self, name: str) -> pd.DataFrame:
        """Return one tidy table; raises Unavailable where it has no rows."""
        return self.inputs.tables[name]

    def labels(self, table: str, field: str) -> dict[object, Text]:
        """Return what each value of a column is called."""
        return dict(self.inputs.labels[table][field])

    def titles(self, table: str) -> dict[object, Text]:
        """Return what each column of a table is called."""
        return {field.name: field.title for field in self.contracts[table].fields}

    def provenance(
        self, *names: str, n: int | None = None, n_unit: Text | None = None, suppressed: int = 0
    ) -> Provenance:
        """Say what stands under a table made from these tables: their sources and origin, the number of cases."""
        sources = {e: "; ".join(dict.fromkeys(self.contracts[name].source[e] for name in names)) for e in EDITIONS}
        return Provenance(sources, self.inputs.origin(*names), names, n, n_unit, suppressed)

    def _path(self, name: str) -> Path:
        return self.root / "data" / "tidy" / f"{name}.parquet"


def project(named: str | None, here: Path) -> Path:
    """Return the project's folder: the one named, or else the nearest at or above ``here`` that has tidy tables."""
    if named:
        return Path(named)
    return next((folder for folder in (here, *here.parents) if (folder / "data" / "tidy").is_dir()), here)
