"""``report trace``: reads what the build made and, for a few example rows, the raw files."""

from functools import cache
from pathlib import Path

from report_engine import trace
from report_engine.contracts import contract, study
from report_engine.pipeline import workspace
from report_engine.settings import config
from report_engine.trace import rows
from report_engine.words.spoken import language


def lines(root: Path, name: str) -> list[str]:
    """Trace an id in the project at ``root``; ``trace.Untraceable`` where there is no such id, or no build yet."""
    results = trace.load(root, language())
    settings, contracts = config.load(root), contract.load_all()
    sources = workspace.sources(settings, contracts)
    register = study.roles(contracts).places
    places = {register.code: settings.municipalities} if register else {}

    @cache
    def table(dataset: str, used: frozenset[str]) -> list[str]:
        return rows.lines(
            dataset, results.sources[dataset], contracts[dataset], sources[dataset], used, places, results.spoken
        )

    return trace.trace(results, name, table)
