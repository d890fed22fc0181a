"""Compare the editions' chapters with one another, and refuse numbers that somebody typed."""

from report_engine import prose
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak


def needs(_: Project) -> Needs:
    """Say what is compared: the chapters and slides of every edition, whether it is published or not."""
    words = [path.as_posix() for path in prose.modules(ROOT)]
    return Needs(
        modules=("report_engine.results.claims", "report_engine.results.section_builder"),
        reads=(
            *(f"report/{edition}" for edition in EDITIONS),
            "report/numbers.yaml",
            "report/theme",
            "analysis",
            *words,
        ),
    )


def run() -> None:
    """Raise ``RenderError`` with everything that keeps the chapters from being rendered."""
    from report_engine.render import RenderError, editions

    with step(speak("steps.chapters")):
        problems = [
            *editions.check(ROOT),
            *(place.problem for place in prose.check(ROOT).errors),
        ]
        if problems:
            raise RenderError(problems)
