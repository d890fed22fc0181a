"""Every step of this run with what decides whether it is due, found out before the workflow starts."""

from collections.abc import Iterator
from pathlib import Path

from report_engine import render
from report_engine.contracts import contract, study
from report_engine.model import document
from report_engine.pipeline import build_state, bytecode, environment, workspace, writable
from report_engine.pipeline.build_state import Planned
from report_engine.pipeline.step import Needs, Project
from report_engine.pipeline.steps import chapters, finish, publish, quality, results, section, slides, tidy
from report_engine.pipeline.steps import render as rendering
from report_engine.provenance import digests, fingerprint, place
from report_engine.render import fonts
from report_engine.settings import config
from report_engine.words import messages

STOPPED = (
    document.DocumentError,
    fingerprint.BrokenModule,
    render.RenderError,
    workspace.SourceMissing,
)
"""What keeps the workflow from starting; the message is for the person who caused it."""

ALWAYS = ("report_engine.pipeline.jobs", "report_engine.pipeline.steps")
"""What every step runs, besides its own modules."""


def project() -> Project:
    """Read the settings, find the datasets' files and choose the engine.

    Raises one of ``STOPPED`` where the workflow can't start, and ``Obstacle`` where a font is missing.
    """
    fonts.check(Path())
    settings = config.load(Path())
    sources = workspace.sources(settings, contract.load_all())
    workspace.require(sources)
    return Project(settings, sources, render.choose(settings.engine))


def plan(its: Project) -> list[Planned]:
    """Plan every step of a project, in the order of the stages, and write the plan down for the steps.

    Raises ``BrokenModule`` for code that can't be read.
    """
    for package in (place.STUDY_PACKAGE, place.ENGINE_PACKAGE):
        bytecode.check_by_content(Path(package))
    installed = environment.key()
    with fingerprint.at_one_moment():
        steps = [_planned(its, name, needs, installed) for name, needs in _steps(its)]
    build_state.keep_plan(steps, config.FILE)
    return steps


def begin(its: Project) -> tuple[list[Planned], dict[str, list[str]]]:
    """Plan every step of a project, say to Snakemake which are due, and return the plan and why those are, by name.

    Raises ``BrokenModule`` as ``plan`` does, and OSError where something is due and can't be written.
    """
    global _begun
    steps = plan(its)
    due = build_state.mark_all(steps)
    digests.keep()  # what was read of files on the way, for the next run
    fingerprint.keep()
    if due:
        writable.check(steps)  # what those that are due make may make others due
    _begun = its
    return steps, due


def workflow() -> Project:
    """Return the project that the workflow runs for: the one that this process has just begun with, or one read and begun with now.

    Raises what ``project`` and ``begin`` raise.
    """
    global _begun
    its, _begun = _begun, None  # the next run of the workflow looks again
    if its is None:
        begin(its := project())
        _begun = None
    return its


_begun: Project | None = None


def _steps(its: Project) -> Iterator[tuple[str, Needs]]:
    editions = its.settings.editions
    yield "tidy", tidy.needs(its)
    yield from ((f"section-{name}", section.needs(its, name)) for name in study.sections())
    yield "results", results.needs(its)
    yield "quality", quality.needs(its)
    yield "chapters", chapters.needs(its)
    yield from ((f"render-{edition}", rendering.needs(its, edition)) for edition in editions)
    if "slides" in its.settings.formats:
        yield from ((f"slides-{edition}", slides.needs(its, edition)) for edition in editions)
    yield from ((f"publish-{edition}", publish.needs(its, edition)) for edition in editions)
    yield "finish", finish.needs(its)


def _planned(its: Project, name: str, needs: Needs, installed: str) -> Planned:
    module = f"report_engine.pipeline.steps.{name.partition('-')[0]}"
    code = fingerprint.modules(*ALWAYS, module, *needs.modules)
    settings = {f"{build_state.SETTING}{key}": repr(getattr(its.settings, key)) for key in sorted({*needs.settings})}
    return Planned(
        name=name,
        reads=tuple(dict.fromkeys((*needs.reads, place.FILE, *map(_read_as, (*code, messages.FOLDER))))),
        makes=needs.makes,
        beside={**settings, **needs.beside, "environment": installed},
    )


def _read_as(path: Path) -> str:
    """Name a module's file as a step finds it: below the project's folder, or where the engine is installed."""
    return path.relative_to(place.ROOT).as_posix() if path.is_relative_to(place.ROOT) else path.as_posix()
