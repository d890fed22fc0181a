"""See that what is published was made from what is there now; link the editions, and take away what was left out."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.pipeline import build_state
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.pipeline.steps import Changed
from report_engine.pipeline.steps.render import makes
from report_engine.render import FORMATS, index, staging
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from report_engine.render import Output
    from report_engine.words.editions import Edition

NAME = "finish"
PUBLISHED = "report/_output"


def needs(project: Project) -> Needs:
    """Say what the page that leads to the editions rests on."""
    editions, formats = project.settings.editions, project.settings.formats
    return Needs(
        reads=("report/theme/index.html", *(f"{PUBLISHED}/{edition}" for edition in editions)),
        makes=(f"{PUBLISHED}/{index.NAME}", *left_out(editions, formats)),
        settings=("editions", "formats"),
    )


def left_out(editions: "Sequence[Edition]", formats: "Sequence[Output]") -> tuple[str, ...]:
    """Name what earlier builds may have made of editions and formats that the settings no longer ask for."""
    others = [edition for edition in EDITIONS if edition not in editions]
    whole = [path for e in others for path in (f"{PUBLISHED}/{e}", staging(ROOT, e).as_posix())]
    known: tuple[Output, ...] = (*FORMATS, "slides")
    unasked = [each for each in known if each not in formats]
    return (*whole, *(path for edition in editions for path in makes(edition, unasked)))


def run() -> None:
    """Finish a build; raises ``Changed`` where something that a step rests on has changed since it ran."""
    from report_engine.settings import config

    with step(speak("steps.finish")):
        if late := build_state.late(but=NAME):
            raise Changed(late)
        settings = config.load(ROOT)
        index.write(ROOT, settings.editions)
        for path in left_out(settings.editions, settings.formats):
            _remove(ROOT / path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
