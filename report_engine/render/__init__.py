"""From chapters and results to a checked, published report and its slides: one function for both engines.

Cheap to import: nothing here loads pandas, matplotlib or an engine.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from report_engine.model.problems import Problem, RenderError
from report_engine.render.checks import check
from report_engine.render.engine import Choice, Setting, choose
from report_engine.render.project import FORMATS, Format
from report_engine.render.publish import publish, recover
from report_engine.words.editions import Edition

__all__ = [
    "FORMATS",
    "Choice",
    "Format",
    "Output",
    "Problem",
    "RenderError",
    "check",
    "choose",
    "names",
    "publish",
    "recover",
    "render",
    "stage",
    "staging",
]


Output = Format | Literal["slides"]
"""What config.yaml can ask for: a format of the report, or the slides."""


def names(formats: Sequence[Output]) -> list[str]:
    """Return the names of an edition's files in these formats: ``report.html`` …, ``slides.pptx`` and ``slides.pdf``."""
    files = {"slides": ["slides.pptx", "slides.pdf"]}
    return [name for each in formats for name in files.get(each, [f"report.{each}"])]


def staging(root: Path, edition: Edition) -> Path:
    """Return the folder that an edition is rendered into before it is checked."""
    return root / "report" / "_staging" / edition


def render(root: Path, edition: Edition, formats: Sequence[Output], engine: Setting | Choice = "auto") -> list[Path]:
    """Render an edition into staging and return its files, named as ``names`` says.

    Raises RenderError with every problem found in the chapters, or where the engine asked for can't be used.
    """
    root = root.resolve()
    choice = engine if isinstance(engine, Choice) else choose(engine)
    folder = staging(root, edition)
    folder.mkdir(parents=True, exist_ok=True)
    documents = cast("list[Format]", [each for each in formats if each != "slides"])
    if documents:
        _documents(root, edition, documents, folder, choice)
    if "slides" in formats:
        from report_engine.render import slides

        slides.render(root, edition, folder)
    return [folder / name for name in names(formats)]


def _documents(root: Path, edition: Edition, formats: Sequence[Format], folder: Path, choice: Choice) -> None:
    if choice.engine == "quarto":
        from report_engine.render import quarto

        quarto.render(root, edition, formats, folder, choice.program)
    else:
        from report_engine.render import embedded

        embedded.render(root, edition, formats, folder)


def stage(root: Path, edition: Edition, formats: Sequence[Output], engine: Setting | Choice = "auto") -> list[Path]:
    """Render an edition and check what came out; raises RenderError where it must not be published."""
    root = root.resolve()
    files = render(root, edition, formats, engine)
    problems = check(root, edition, files)
    if problems:
        raise RenderError(problems)
    return files
