"""The steps of the workflow, as the Snakefile's shell lines call them: ``python -m analysis.jobs <step> [<name>]``.

This is the edge: a step reads files, calls one function and writes files. Paths are relative to the project's folder,
which is where the workflow runs. Imports stand inside the steps, so that a step loads only what it needs.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import config, contract, warm
from analysis.progress import failed, step

if TYPE_CHECKING:
    from analysis.contract import Contract
    from analysis.model import Edition
    from analysis.validate import Checked

ROOT = Path()

ENVIRONMENT: Mapping[str, str] = {
    "MPLBACKEND": "Agg",  # no window, whatever the desktop
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # sums differ in the last digit with the number of threads
    "PYTHONDONTWRITEBYTECODE": "",  # a build starts Python a dozen times; without bytecode each takes three times as long
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1767225600",  # 1 January 2026: documents carry this date, not that of the build
    "TZ": "UTC",
}
"""What every step runs under, so that the same inputs give the same bytes on any machine."""

BAD_INPUT = 2
"""Exit status for data or settings that can't be used; 1 is for anything else."""


class BadInput(Exception):
    """Data or settings that can't be used; ``lines`` is what to tell the person who made them."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("bad input")
        self.lines = tuple(lines)


def sources(settings: config.Settings, contracts: "Mapping[str, Contract]") -> dict[str, Path]:
    """Say which file each dataset is read from: the contract's, or the one that ``config.yaml`` puts in its place."""
    return {name: Path(settings.sources.get(name, f"data/{contract.path}")) for name, contract in contracts.items()}


def check_data() -> "dict[str, Checked]":
    """Read and check every dataset; return the tables by name, or raise ``BadInput`` with all findings."""
    from analysis import findings, tidy

    contracts = contract.load_all()
    found, tables = tidy.check(sources(config.load(ROOT), contracts), contracts)
    record = ROOT / findings.FULL_LIST
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text("".join(f"{finding}\n" for finding in findings.ordered(found)), "utf-8", newline="\n")
    lines = findings.summary(found)
    if any(finding.severity == "error" for finding in found):
        raise BadInput(lines)
    for line in lines:
        print(line)
    return tables


def _tidy() -> None:
    from analysis import tidy

    with step("check"):
        tables = check_data()
    with step("tidy tables"):
        tidy.write(tables, ROOT / "data" / "tidy")


def _section(name: str) -> None:
    import importlib

    from analysis import inputs, outputs
    from analysis.model import EDITIONS

    with step(f"section {name}"):
        for edition in EDITIONS:  # a section without figures still has a folder for them
            (ROOT / "figures" / edition / name).mkdir(parents=True, exist_ok=True)
        module = importlib.import_module(f"analysis.sections.{name}")
        given = inputs.read(ROOT, module.TABLES, module.RESTS_ON)
        outputs.write(module.build(given), ROOT, given.settings.smallest_cell)


def _results() -> None:
    from analysis import outputs
    from analysis.sections import SECTIONS

    with step("results"):
        outputs.merge(ROOT, SECTIONS, config.load(ROOT))


def _quality(edition: "Edition") -> None:
    from analysis.notebooks import run

    with step(f"data-quality notebook {edition}"):
        text = run.execute(ROOT / "analysis" / "notebooks" / "data_quality.ipynb", edition, ROOT)
        target = ROOT / "data" / "results" / edition / "quality.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


def _render(edition: "Edition") -> None:
    from analysis import render

    with step(f"render {edition}"):
        settings = config.load(ROOT)
        render.stage(ROOT, edition, settings.formats, settings.engine)


def _publish(edition: "Edition") -> None:
    from analysis import render, workspace

    with step(f"publish {edition}"):
        folder = render.staging(ROOT, edition)
        render.publish(ROOT, edition, [folder / f"report.{format}" for format in config.load(ROOT).formats])
        workspace.record_published(edition)


STEPS: Mapping[str, Callable[..., None]] = {
    "tidy": _tidy,
    "section": _section,
    "results": _results,
    "quality": _quality,
    "render": _render,
    "publish": _publish,
}

HEAVY = frozenset({"section", "results"})
"""Steps that load pandas or matplotlib; a warm process runs them where there is one."""


def run(argv: list[str]) -> int:
    """Run a step and return its exit status; what went wrong stands on the last lines of the standard error."""
    name, *names = argv
    try:
        STEPS[name](*names)
    except (BadInput, config.ConfigError) as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        return BAD_INPUT
    except contract.ContractError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        if type(error).__module__.startswith("analysis."):  # written for the person whose file it is about
            print(error, file=sys.stderr)
        else:
            traceback.print_exc()
        return 1
    return 0


def main(argv: list[str]) -> int:
    """Run a step, in the warm process where there is one."""
    os.environ.update(ENVIRONMENT)
    status = warm.ask(argv) if argv[0] in HEAVY else None
    if status is None:
        status = run(argv)
    if status:
        failed("-".join(argv), status)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
