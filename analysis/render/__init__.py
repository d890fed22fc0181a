"""From chapters and results to a checked, published report: one function for both engines.

Cheap to import: nothing here loads pandas, matplotlib or an engine.
"""

from collections.abc import Sequence
from pathlib import Path

from analysis.model import Edition
from analysis.render.checks import check
from analysis.render.engine import Choice, Setting, choose
from analysis.render.problems import Problem, RenderError
from analysis.render.project import FORMATS, Format
from analysis.render.publish import publish, recover

__all__ = [
    "FORMATS",
    "Choice",
    "Format",
    "Problem",
    "RenderError",
    "check",
    "choose",
    "publish",
    "recover",
    "render",
    "stage",
    "staging",
]


def staging(root: Path, edition: Edition) -> Path:
    """Return the folder that an edition is rendered into before it is checked."""
    return root / "report" / "_staging" / edition


def render(root: Path, edition: Edition, formats: Sequence[Format], engine: Setting | Choice = "auto") -> list[Path]:
    """Render an edition into staging and return its files: ``report.html``, ``report.pdf``, ``report.docx``.

    Raises RenderError with every problem found in the chapters, or where the engine asked for can't be used.
    """
    root = root.resolve()
    choice = engine if isinstance(engine, Choice) else choose(engine)
    folder = staging(root, edition)
    folder.mkdir(parents=True, exist_ok=True)
    if choice.engine == "quarto":
        from analysis.render import quarto

        return quarto.render(root, edition, formats, folder, choice.program)
    from analysis.render import embedded

    return embedded.render(root, edition, formats, folder)


def stage(root: Path, edition: Edition, formats: Sequence[Format], engine: Setting | Choice = "auto") -> list[Path]:
    """Render an edition and check what came out; raises RenderError where it must not be published."""
    root = root.resolve()
    files = render(root, edition, formats, engine)
    problems = check(root, edition, files)
    if problems:
        raise RenderError(problems)
    return files
