"""One job of another build tool, in a process of its own: ``python -m tests.bench.job figure managers pes_discretion sv``.

The functions that compute, draw and render are this project's: what differs is who decides what runs, and when.
"""

import importlib
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.pipeline import jobs, steps

if TYPE_CHECKING:
    from report_engine.model.section import Section
    from report_engine.results.inputs import Inputs

ROOT = Path()


def figure(section: str, name: str, edition: Any) -> None:
    """Compute and draw one figure in one edition."""
    from report_engine.contracts import column_labels
    from report_engine.results import outputs
    from report_engine.results.drawings import Drawings

    built, _ = _build(section, {"drawn": name})
    (its,) = built.figures
    where = f"{section}/{name}"
    named = column_labels.describe(where, its.data, sorted(its.provenance.tables), edition, built.labels)
    folder = ROOT / "figures" / edition / section
    outputs._write_figure(its, section, edition, folder, named, Drawings())


def numbers(section: str) -> None:
    """Compute a section's facts, claims and tables, and draw nothing."""
    from report_engine.results import outputs, sidecars

    built, given = _build(section, {})
    outputs._write_figure = lambda *_: None
    outputs.write(built, ROOT, given.settings.smallest_cell)
    module = f"analysis.sections.{section}"
    its = importlib.import_module(module)
    sidecars.write(ROOT, section, sidecars.made(ROOT, module, its.TABLES, its.RESTS_ON, given.settings))


def publish(edition: str) -> None:
    """Publish what was rendered and checked."""
    shutil.copytree(ROOT / "report" / "_staging" / edition, ROOT / "report" / "_output" / edition, dirs_exist_ok=True)


def _build(section: str, only: dict[str, str]) -> "tuple[Section, Inputs]":
    """Build a section; ``only`` names the one figure that is wanted, without facts, claims and tables."""
    from report_engine.pipeline.steps.section import published
    from report_engine.results import reading
    from report_engine.results.section_builder import Parts

    module: Any = importlib.import_module(f"analysis.sections.{section}")
    if only:
        wanted, drawn = only["drawn"], Parts.figure
        Parts.figure = lambda self, name, *rest: drawn(self, name, *rest) if name == wanted else None
        for part in ("table", "facts", "claims", "declared"):
            setattr(Parts, part, lambda *_: None)
    given = reading.read(ROOT, module.TABLES, module.RESTS_ON)
    return (module.build(_shown(module, given)) if only else published(module, given)), given


def _shown(module: Any, given: "Inputs") -> "Inputs":
    """Protect tables of persons as the section's step does."""
    from report_engine.contracts import contract
    from report_engine.results import reading

    return reading.protected(given, ROOT) if contract.on_persons(module.TABLES) else given


def main(arguments: Iterable[str]) -> int:
    """Do one job and return its exit status."""
    os.environ.update(jobs.ENVIRONMENT)
    name, *names = arguments
    own = {"figure": figure, "numbers": numbers, "publish": publish}
    if name not in own:
        return steps.run([name, *names])
    own[name](*names)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
