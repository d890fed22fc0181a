"""Render the chapters of an edition to staging, and check what came out."""

from typing import TYPE_CHECKING

from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.render import names, project, staging
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from report_engine.render import Output
    from report_engine.words.editions import Edition

_NOT_READ = {"_output", "_staging", "releases", "numbers.yaml"}


def needs(its: Project, edition: "Edition") -> Needs:
    """Say what an edition's documents rest on."""
    settings = its.settings
    return Needs(
        reads=(*written(edition, slides=False), *made(edition)),
        makes=makes(edition, [each for each in settings.formats if each != "slides"]),
        settings=("editions", "engine", "formats"),  # a page links to the other editions and formats
        beside={"engine": f"{its.engine.engine}: {its.engine.reason}"},
    )


def makes(edition: "Edition", formats: "Sequence[Output]") -> tuple[str, ...]:
    """Name the files of these formats in staging."""
    return tuple((staging(ROOT, edition) / name).as_posix() for name in names(formats))


def written(edition: "Edition", *, slides: bool) -> tuple[str, ...]:
    """Name what people write that an edition's documents may show: its chapters, and what no other edition's are."""
    others = {each for each in EDITIONS if each != edition}
    beside = sorted(p for p in (ROOT / "report").iterdir() if p.name not in _NOT_READ | others | {edition})
    own = sorted(
        p for p in (ROOT / "report" / edition).iterdir() if p.name != "texts" and (slides or p.name != "slides")
    )
    named = project.load(ROOT).files()  # by _quarto.yml, wherever they lie
    cited = [name for name in ("CITATION.cff",) if (ROOT / name).is_file()]
    return (
        "_quarto.yml",
        *cited,
        *named,
        *(path.as_posix() for path in (*beside, *own) if not path.name.startswith(".")),
    )


def made(edition: "Edition") -> tuple[str, ...]:
    """Name what the workflow makes that an edition's documents may show."""
    return ("data/results/placements.json", f"data/results/{edition}", f"figures/{edition}")


def run(edition: "Edition") -> None:
    """Render an edition's documents; raises ``RenderError`` where they must not be published."""
    from report_engine import render
    from report_engine.settings import config

    with step(speak("steps.render", edition=edition)):
        settings = config.load(ROOT)
        render.stage(ROOT, edition, [each for each in settings.formats if each != "slides"], settings.engine)
