"""What lies beside every figure and table as JSON, and what a section's results were made from, by which code and settings.

The digests of that are kept apart from what later steps read, in ``data/results/provenance/``: a value may change without
changing any result, and then nothing that rests on the results is made again. Raw files likewise are named in
``data/results/sources.json``, by tidy table.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.contracts import tidy_tables
from report_engine.model.section import Provenance
from report_engine.provenance import fingerprint
from report_engine.provenance.digests import digest

if TYPE_CHECKING:
    from report_engine.checks.validate import Checked
    from report_engine.readers import Source
    from report_engine.settings.settings import Settings

SOURCES = "data/results/sources.json"


def provenance_file(section: str) -> str:
    """Name the file that says how a section's results were made."""
    return f"data/results/provenance/{section}.json"


@dataclass(frozen=True)
class Made:
    """How a section's results are made: the module, the hash of its code, the settings it reads, and SHA-256 of its inputs.

    ``tables`` maps the files of tidy tables to their digest, ``results`` those of earlier sections' results.
    """

    module: str
    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)


def made(root: Path, module: str, tables: Iterable[str], rests_on: Iterable[str], settings: "Settings") -> Made:
    """Take down how a section's module makes its results from these files of tidy tables and earlier sections, below ``root``."""
    values = settings.model_dump(mode="json")
    used = {*fingerprint.settings_used(module, keys=values), "smallest_cell"}
    earlier = [f"data/results/sections/{name}.json" for name in rests_on]
    return Made(
        module=module,
        code=fingerprint.code(module, "report_engine.results.outputs"),
        parameters={key: values[key] for key in sorted(used)},
        tables={name: digest(root / name) for name in tables},
        results={name: digest(root / name) for name in earlier},
    )


def describe(section: str, name: str, provenance: Provenance) -> dict[str, Any]:
    """Return what a sidecar says of any figure or table: origin, n, suppressed cells, and where to read how it was made."""
    return {
        "section": section,
        "name": name,
        "origin": provenance.origin,
        "n": provenance.n,
        "tables": sorted(provenance.tables),
        "suppressed": provenance.suppressed,
        "provenance": provenance_file(section),
    }


def provenance(made: Made) -> dict[str, Any]:
    """Return what is kept of how a section's results were made: code, settings, and digests of inputs by path."""
    return {
        "code": {"module": made.module, "hash": made.code},
        "parameters": made.parameters,
        "inputs": {**made.tables, **made.results},
        "sources": SOURCES,
    }


def write(root: Path, section: str, made: Made) -> None:
    """Write how a section's results were made, below ``root``."""
    target = root / provenance_file(section)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(dumps(provenance(made)), "utf-8", newline="\n")


def sources(root: Path, tables: "Mapping[str, Checked]", read: "Mapping[str, Source]") -> dict[str, Any]:
    """Say of every tidy table written below ``root`` which raw files it was read from, with the digest and the records of each."""
    return {
        name: {
            "tidy": {
                "path": tidy_tables.path(name),
                "sha256": digest(root / tidy_tables.path(name)),
                "rows": len(next(iter(table.columns.values()), ())),
                "columns": list(table.columns),
            },
            "raw": [
                {"path": _shown(path), "sha256": digest(path), "rows": records}
                for path, records in zip(read[name].files, table.records, strict=True)
            ],
        }
        for name, table in sorted(tables.items())
    }


def dumps(content: Any) -> str:
    """Write JSON that is the same bytes for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def _shown(path: Path) -> str:
    """Name a file without saying where on this machine it lies."""
    here, full = Path().resolve(), path.resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else path.name
