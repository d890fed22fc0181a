"""Make an edition's slides from the same facts and figures, and check what came out."""

from typing import TYPE_CHECKING

from analysis.pipeline.step import ROOT, Needs, Project
from analysis.progress import step
from analysis.steps.render import made, makes, written

if TYPE_CHECKING:
    from analysis.model import Edition


def needs(_: Project, edition: "Edition") -> Needs:
    """Say what the slides rest on; the chapters, too: their titles stand on the slides."""
    return Needs(
        modules=("analysis.render.slides",),
        reads=(*written(edition, slides=True), *made(edition)),
        makes=makes(edition, ["slides"]),
    )


def run(edition: "Edition") -> None:
    """Make the slides; raises ``RenderError`` where they must not be published."""
    from analysis import render

    with step(f"slides {edition}"):
        render.stage(ROOT, edition, ["slides"], "embedded")
