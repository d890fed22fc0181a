import contextlib
import dataclasses
import importlib
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from report_engine.checks import tidy
from report_engine.contracts import contract, study
from report_engine.model.section import Section
from report_engine.pipeline.workspace import sources
from report_engine.results import reading
from report_engine.results.inputs import Inputs
from report_engine.settings import config

ROOT = Path(__file__).resolve().parents[3]


@dataclasses.dataclass(frozen=True)
class Shipped:
    """The sections built from the data that the repository ships, each once."""

    root: Path

    def inputs(self, name: str) -> Inputs:
        module = importlib.import_module(f"analysis.sections.{name}")
        given = reading.read(self.root, module.TABLES)
        earlier = [self.section(rest) for rest in module.RESTS_ON]
        return dataclasses.replace(
            given,
            facts={fact.id: fact for section in earlier for fact in section.facts},
            claims={claim.id: claim for section in earlier for claim in section.claims},
        )

    @cache  # noqa: B019  one fixture a session
    def section(self, name: str) -> Section:
        return importlib.import_module(f"analysis.sections.{name}").build(self.inputs(name))


def built_with(shipped: Shipped, change: Callable[[Inputs], Inputs]) -> dict[str, Section]:
    """Build every section of changed inputs, each on what the changed ones before it gave."""
    found: dict[str, Section] = {}
    for name in study.sections():
        module = importlib.import_module(f"analysis.sections.{name}")
        earlier = [found[rest] for rest in module.RESTS_ON]
        given = dataclasses.replace(
            change(reading.read(shipped.root, module.TABLES)),
            facts={fact.id: fact for section in earlier for fact in section.facts},
            claims={claim.id: claim for section in earlier for claim in section.claims},
        )
        found[name] = module.build(given)
    return found


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Shipped:
    """Check the shipped data and write their tidy tables, as a build does, into a folder of their own."""
    root = tmp_path_factory.mktemp("shipped")
    contracts = contract.load_all()
    with contextlib.chdir(ROOT):  # the settings name files from there
        found, tables = tidy.check(sources(config.load(ROOT), contracts), contracts)
    assert not [finding for finding in found if finding.severity == "error"]
    tidy.write(tables, root / "data" / "tidy")
    shutil.copy(ROOT / config.FILE, root)
    return Shipped(root)
