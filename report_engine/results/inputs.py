"""What a section's ``build`` receives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report_engine.model.section import Claim, Fact, Origin, combine, row_origins
from report_engine.settings.settings import Settings
from report_engine.words.editions import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Inputs:
    """What a section's ``build`` receives.

    ``tables`` holds the tidy and reference frames the section named in ``TABLES``; ``facts`` and ``claims`` those of the
    sections it named in ``RESTS_ON`` (by id); ``settings`` the validated config; ``synthetic`` the tables whose
    contract says that every row is synthetic, ``literature`` those that hold published research; ``labels`` the value labels of the contracts, ``labels[table][field][value]``; ``titles`` what
    the fields are called, ``titles[table][field]``.
    ``empty`` are the tables without rows: asking ``tables`` for one raises ``Unavailable``.

    A section whose tables hold persons is built twice. With ``verdicts_only`` its claims are judged by the exact tables and nothing else is
    made; then all that is published is made of protected tables (``methods.perturbation``), and ``exact`` are the claims judged before.
    """

    tables: "Mapping[str, pd.DataFrame]"
    settings: Settings
    facts: Mapping[str, Fact] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    synthetic: frozenset[str] = frozenset()
    literature: frozenset[str] = frozenset()
    labels: Mapping[str, Mapping[str, Mapping[object, Text]]] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    verdicts_only: bool = False
    exact: Mapping[str, Claim] = field(default_factory=dict)

    def origin(self, *names: str) -> Origin:
        """Say where the rows of these tables come from: by contract, or row by row where there is a column ``origin``."""
        found: set[str] = set()
        for name in names:
            if name in self.empty:
                continue
            if name in self.synthetic:
                found.add("synthetic")
            elif name in self.literature:
                found.add("literature")
            elif "origin" in self.tables[name]:
                found |= row_origins(self.tables[name])
            else:
                found.add("official")
        return combine(found)
