"""Make an edition's slides from the same facts and figures, and check what came out."""

import json
from typing import TYPE_CHECKING

from report_engine.contracts import study
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.pipeline.steps.render import made, makes, written
from report_engine.render import slides
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from report_engine.words.editions import Edition


def needs(_: Project, edition: "Edition") -> Needs:
    """Say what the slides rest on; of the chapters, the titles."""
    chapters = {slides.chapter(edition, name) for name in study.sections()}
    return Needs(
        modules=("report_engine.render.slides",),
        reads=(*(path for path in written(edition, slides=True) if path not in chapters), *made(edition)),
        makes=makes(edition, ["slides"]),
        beside={"titles": json.dumps(slides.titles(ROOT, edition), ensure_ascii=False)},
    )


def run(edition: "Edition") -> None:
    """Make the slides; raises ``RenderError`` where they must not be published."""
    from report_engine import render

    with step(speak("steps.slides", edition=edition)):
        render.stage(ROOT, edition, ["slides"], "embedded")
