"""The Quarto engine: `quarto render` of an edition's root document, into staging."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from report_engine.model.problems import Problem, RenderError
from report_engine.render.embedded import moment
from report_engine.render.project import Format, main_document
from report_engine.words import obstacles
from report_engine.words.editions import Edition
from report_engine.words.messages import Message

WRITERS: dict[Format, str] = {"html": "html", "pdf": "typst", "docx": "docx"}


def render(root: Path, edition: Edition, formats: Sequence[Format], folder: Path, program: str) -> list[Path]:
    """Render an edition into ``folder`` with the Quarto at ``program`` and return the files (``report.html`` …).

    Raises RenderError with what Quarto said. Renders one format after the other: parallel renders of one source race.
    """
    main = main_document(edition)
    made = folder / "quarto"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    outputs = []
    for kind in formats:
        target = made.relative_to(root).as_posix()
        run = subprocess.run(
            [program, "render", main, "--to", WRITERS[kind], "--output-dir", target],
            cwd=root,
            env={**os.environ, "SOURCE_DATE_EPOCH": moment(root, main)},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if run.returncode and (obstacle := obstacles.of_program("Quarto", run.returncode, run.stderr)):
            raise obstacle
        problems = list(_problems(run.stderr, main, failed=run.returncode != 0))
        if problems:
            raise RenderError(problems)
        outputs.append(_collect(made, folder, main, kind))
    shutil.rmtree(made)
    return outputs


def _collect(made: Path, folder: Path, main: str, kind: Format) -> Path:
    found = sorted(made.rglob(f"{Path(main).stem}.{kind}"))
    if not found:
        raise RenderError([Problem(main, None, Message("chapters.quarto_gave_none", {"kind": kind}))])
    output = folder / f"report.{kind}"
    os.replace(found[0], output)
    return output


# Quarto goes on past these and prints a question mark or nothing; its other warnings are about what is installed.
_WARNING = re.compile(
    r"^(?:WARN(?:ING)?\b:?|\(W\)|\[WARNING\])\s*"
    r"((?:Unable to resolve|Unknown|Citeproc|Could not|Duplicate|Shortcode).*)",
    re.IGNORECASE,
)
_FAILURE = re.compile(r"^(?:ERROR:?|Error running filter.*|error:)\s*(.*)", re.IGNORECASE)


def _problems(stderr: str, main: str, *, failed: bool) -> Iterator[Problem]:
    """Pick what went wrong out of what Quarto printed."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in stderr.splitlines()]
    said = [m[1] or line for line in lines if (m := _WARNING.match(line) or (failed and _FAILURE.match(line)))]
    if failed and not said:
        said = [line for line in lines if line][-5:]
    if failed and not said:
        yield Problem(main, None, Message("chapters.quarto", {"said": Message("chapters.quarto_silent")}))
    yield from (Problem(main, None, Message("chapters.quarto", {"said": message})) for message in said)
