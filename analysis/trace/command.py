"""``report trace``: reads what the build made and, for a few example rows, the raw files."""

from functools import cache
from pathlib import Path

from analysis import config, contract, trace, workspace
from analysis.trace import rows


def lines(root: Path, name: str) -> list[str]:
    """Trace an id in the project at ``root``; ``trace.Untraceable`` where there is no such id, or no build yet."""
    results = trace.load(root)
    settings, contracts = config.load(root), contract.load_all()
    sources = workspace.sources(settings, contracts)

    @cache
    def table(dataset: str, used: frozenset[str]) -> list[str]:
        return rows.lines(
            dataset, results.sources[dataset], contracts[dataset], sources[dataset], used, settings.municipalities
        )

    return trace.trace(results, name, table)
