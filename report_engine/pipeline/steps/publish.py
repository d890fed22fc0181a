"""Put a report that passed all checks in place of the last one, in one rename."""

from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.pipeline import build_state
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.pipeline.steps.render import makes
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from report_engine.words.editions import Edition


def needs(project: Project, edition: "Edition") -> Needs:
    """Say what is published: the files in staging."""
    return Needs(
        reads=makes(edition, project.settings.formats),
        makes=(f"report/_output/{edition}",),
        settings=("formats",),
    )


def run(edition: "Edition") -> None:
    """Publish the files in staging; raises ``RenderError`` where one is not, byte for byte, what was checked."""
    from report_engine import render
    from report_engine.settings import config

    with step(speak("steps.publish", edition=edition)):
        checked = {
            name: digest
            for made_by in (f"render-{edition}", f"slides-{edition}")
            if (record := build_state.recorded(made_by))
            for name, digest in record.made.items()
        }
        names = makes(edition, config.load(ROOT).formats)
        render.publish(ROOT, edition, {Path(name): checked.get(name, "") for name in names})
