"""The steps of the workflow: each reads files, calls one function and writes files.

Paths are relative to the project's folder, which is where the workflow runs. Imports stand inside the steps, so that a
step loads only what it needs.
"""

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import config, contract
from analysis.jobs import BAD_INPUT
from analysis.progress import step

if TYPE_CHECKING:
    from analysis.check.examined import Examined
    from analysis.model import Edition
    from analysis.validate import Checked

ROOT = Path()


class BadInput(Exception):
    """Data or settings that can't be used; ``lines`` is what to tell the person who made them."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("bad input")
        self.lines = tuple(lines)


def examine() -> "Examined":
    """Read and check every dataset, and write all findings to the full list; what stops the report is among them."""
    from analysis import findings, tidy, workspace
    from analysis.check.examined import Examined

    contracts = contract.load_all()
    settings = config.load(ROOT)
    sources = workspace.sources(settings, contracts)
    found, tables = tidy.check(sources, contracts, settings.municipalities)
    record = ROOT / findings.FULL_LIST
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text("".join(f"{finding}\n" for finding in findings.ordered(found)), "utf-8", newline="\n")
    return Examined(found, tables, sources, contracts)


def check_data() -> "dict[str, Checked]":
    """Read and check every dataset; return the tables by name, or raise ``BadInput`` with all findings."""
    from analysis import findings

    examined = examine()
    lines = findings.summary(examined.findings)
    if examined.of("error"):
        raise BadInput(lines)
    for line in lines:
        print(line)
    return {**examined.tables}


def _tidy() -> None:
    from analysis import sidecars, tidy, workspace

    with step("check"):
        tables = check_data()
    with step("tidy tables"):
        tidy.write(tables, ROOT / "data" / "tidy")
        read = workspace.sources(config.load(ROOT), contract.load_all())
        target = ROOT / sidecars.SOURCES
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(sidecars.dumps(sidecars.sources(ROOT, tables, read)), "utf-8", newline="\n")


def _section(name: str) -> None:
    import importlib

    from analysis import inputs, outputs, sidecars
    from analysis.model import EDITIONS

    with step(f"section {name}"):
        for edition in EDITIONS:  # a section without figures still has a folder for them
            (ROOT / "figures" / edition / name).mkdir(parents=True, exist_ok=True)
        module = importlib.import_module(f"analysis.sections.{name}")
        given = inputs.read(ROOT, module.TABLES, module.RESTS_ON)
        made = sidecars.made(ROOT, module.__name__, module.TABLES, module.RESTS_ON, given.settings)
        outputs.write(module.build(given), ROOT, given.settings.smallest_cell, made)


def _results() -> None:
    from analysis import notes, outputs, sidecars, workspace
    from analysis.sections import SECTIONS

    with step("results"):
        settings = config.load(ROOT)
        made = sidecars.made(ROOT, "analysis.ledger", (), SECTIONS, settings)
        outputs.merge(ROOT, SECTIONS, settings, made)
        sources = workspace.sources(settings, contract.load_all())
        notes.write(ROOT, SECTIONS, {name: notes.named(source.files) for name, source in sources.items()})


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
        _refuse_typed_numbers()
        settings = config.load(ROOT)
        render.stage(ROOT, edition, [each for each in settings.formats if each != "slides"], settings.engine)


def _slides(edition: "Edition") -> None:
    from analysis import render

    with step(f"slides {edition}"):
        _refuse_typed_numbers()
        render.stage(ROOT, edition, ["slides"], "embedded")


def _refuse_typed_numbers() -> None:
    from analysis import prose, render

    if errors := prose.check(ROOT).errors:
        raise render.RenderError(place.problem for place in errors)


def _publish(edition: "Edition") -> None:
    from analysis import render, workspace
    from analysis.render import index

    with step(f"publish {edition}"):
        settings, folder = config.load(ROOT), render.staging(ROOT, edition)
        render.publish(ROOT, edition, [folder / name for name in render.names(settings.formats)])
        index.write(ROOT, settings.editions)
        workspace.record_published(edition)


STEPS: Mapping[str, Callable[..., None]] = {
    "tidy": _tidy,
    "section": _section,
    "results": _results,
    "quality": _quality,
    "render": _render,
    "slides": _slides,
    "publish": _publish,
}


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
