"""The embedded engine: the chapters that Quarto renders, rendered with Pandoc and Typst alone."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from report_engine.model.problems import Problem, RenderError
from report_engine.render import glyphs, hints, source
from report_engine.render.project import Format, FormatSettings, Project, load, main_document, metadata
from report_engine.render.standalone import standalone
from report_engine.words import obstacles
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

# What a document without results says of when it was made.
EPOCH = "1767225600"  # 2026-01-01

# Pandoc collects garbage after so much: with its own smaller share, a third of its time goes by with that.
MEMORY = "-A128m"

WRITERS: Mapping[Format, str] = {"html": "html5", "pdf": "typst", "docx": "docx"}
THEME = "report/theme"
EMBEDDED = "report/filters/embedded"
# In Quarto's order: its own reading, our early filters, cross-references, our late filters, citations.
FIRST = (f"{EMBEDDED}/subset.lua", f"{EMBEDDED}/read.lua")
BETWEEN = (f"{EMBEDDED}/crossref.lua",)


def render(root: Path, edition: Edition, formats: Sequence[Format], folder: Path) -> list[Path]:
    """Render an edition into ``folder`` (``report.html``, ``report.pdf``, ``report.docx``) and return the files.

    Raises RenderError with every problem that was found, each with file and line where that can be known.
    """
    project = load(root)
    document = read(root, edition)
    folder.mkdir(parents=True, exist_ok=True)
    # Not more at once than there are cores, for each holds the whole report in memory, and the longest first.
    order = sorted(formats, key=lambda kind: kind != "pdf")
    with ThreadPoolExecutor(max_workers=min(len(formats), os.cpu_count() or 1) or 1) as pool:
        results = dict(
            zip(order, pool.map(partial(_render, root.resolve(), project, document, folder), order), strict=True)
        )
    problems = [*document.problems, *(problem for _, found in results.values() for problem in found)]
    if problems:
        raise RenderError(sorted(set(problems), key=by_place(document)))
    return [results[kind][0] for kind in formats]


def read(root: Path, edition: Edition) -> source.Source:
    """Read an edition's chapters, put together as the engine renders them."""
    return source.read(root, main_document(edition), metadata(root, edition), source.load_facts(root, edition))


def draft(root: Path, document: source.Source, output: Path) -> None:
    """Render a document as a page that asks for its figures, type and styles by their paths below ``root``.

    Raises RenderError with every problem that was found.
    """
    problems = [*document.problems, *_pandoc(root, load(root), document, output, "html")]
    if problems:
        raise RenderError(sorted(set(problems), key=by_place(document)))


def by_place(document: source.Source) -> Any:
    """Return what sorts problems as their places follow one another in a document."""
    files = list(dict.fromkeys(line.file for line in document.lines))
    places = {name: index for index, name in enumerate(files)}
    return lambda problem: (
        places.get(problem.file, len(places)),
        problem.file,
        problem.line or 0,
        str(problem.message),
    )


def _render(
    root: Path, project: Project, document: source.Source, folder: Path, kind: Format
) -> tuple[Path, list[Problem]]:
    output = folder / f"report.{kind}"
    made = folder / "report.typ" if kind == "pdf" else output
    problems = list(_pandoc(root, project, document, made, kind))
    if kind == "html" and output.is_file():
        problems += _fill(root, document, output)
    elif kind == "pdf" and not problems and not document.problems:
        problems = list(compile_typst(root, made, output, project.formats["pdf"], document.lines[0].file))
    return output, problems


def _fill(root: Path, document: source.Source, output: Path) -> Iterator[Problem]:
    page, missing = standalone(root, output.read_text("utf-8"))
    output.write_text(page, "utf-8", newline="\n")
    main = document.lines[0].file if document.lines else "report"
    absent = (problem for path in dict.fromkeys(missing) for problem in missing_file(path, document, main))
    return hints.hinted(root, document, absent)


def _pandoc(root: Path, project: Project, document: source.Source, output: Path, kind: Format) -> Iterator[Problem]:
    settings = project.formats[kind]
    main = document.lines[0].file if document.lines else "report"
    meta = {**document.meta, "bibliography": project.bibliography, "link-citations": True}
    meta["document-folder"] = str(Path(main).parent)
    text = f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{document.text}"
    filters = (*FIRST, *project.filters, *BETWEEN, *project.late_filters)
    command = [
        pandoc(),
        "--from=markdown",
        f"--to={WRITERS[kind]}",
        f"--output={output}",
        "--standalone",
        "--number-sections",
        *(f"--lua-filter={path}" for path in filters),
        "--citeproc",
        *(["--toc", f"--toc-depth={settings.toc_depth}"] if settings.toc else []),
        *_format_options(settings, kind),
    ]
    yield from run_pandoc(root, command, text, document, main)


def moment(root: Path, main: str) -> str:
    """Return when an edition's documents (``report/sv/…``) say that they were made, in seconds: at the end of the data's last year.

    The same data give the same bytes, whenever they are rendered.
    """
    edition = next((edition for edition in EDITIONS if edition in Path(main).parts), EDITIONS[0])
    year = source.load_facts(root, edition).get("report.last_year", {}).get("value")
    return str(int(datetime(int(year), 12, 31, tzinfo=UTC).timestamp())) if year else EPOCH


def run_pandoc(root: Path, command: Sequence[str], text: str, document: source.Source, main: str) -> Iterator[Problem]:
    """Run Pandoc in ``root`` on ``text`` and yield what it and the filters report, at the lines of ``document``."""
    run = subprocess.run(
        command,
        input=text.encode(),
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": moment(root, main), "GHCRTS": MEMORY},
        capture_output=True,
        check=False,
    )
    said = run.stderr.decode("utf-8", "replace")
    if run.returncode and (obstacle := obstacles.of_program("Pandoc", run.returncode, said)):
        raise obstacle
    found = list(hints.hinted(root, document, _problems(said, document, main)))
    yield from found
    if run.returncode and not found:
        yield Problem(main, None, Message("chapters.pandoc_status", {"status": run.returncode}))


def _format_options(settings: FormatSettings, kind: Format) -> list[str]:
    if kind == "html":
        return [
            f"--template={THEME}/page.html",
            *(f"--css={path}" for path in settings.css),
            *(f"--include-after-body={path}" for path in settings.after_body),
        ]
    if kind == "pdf":
        return [f"--template={THEME}/page.typ", "--wrap=none"]
    return [f"--reference-doc={settings.reference_doc}"]


def _problems(stderr: str, document: source.Source, main: str) -> Iterator[Problem]:
    """Turn what filters and Pandoc report into problems, located by the token they name."""
    for line in stderr.splitlines():
        citation = re.search(r"[Cc]itation (\S+) not found", line)
        unshown = re.search(r"Could not convert image (\S+\.svg)", line)
        missing = re.search(r"Could not fetch resource (\S+)", line)
        if line.startswith("PROBLEM "):
            report = json.loads(line.removeprefix("PROBLEM "))
            message = Message(report["key"], dict(report["values"]))
            yield from locate(message, report.get("token"), document, main, report.get("meant"))
        elif citation:
            yield from locate(no_entry(citation[1]), f"@{citation[1]}", document, main)
        elif unshown:
            path = unshown[1]
            yield from locate(Message("chapters.no_png_for_word", {"path": path}), Path(path).name, document, main)
        elif missing:
            yield from missing_file(missing[1].rstrip(":"), document, main)
        elif line.strip() and not line.startswith(" "):
            yield Problem(main, None, Message("chapters.pandoc", {"said": line.strip()}))


def no_entry(key: str) -> Message:
    """Say that the bibliography lacks a work."""
    return Message("chapters.not_in_bibliography", {"key": key})


def missing_file(path: str, document: source.Source, main: str) -> Iterator[Problem]:
    """Yield a problem for every place that shows a file (path below the project's root) that is not there."""
    token = path if any(document.find(path)) else Path(path).name  # a path from the chapter's folder is written shorter
    yield from locate(Message("chapters.file_missing", {"path": path}), token, document, main)


def locate(
    message: Message, token: str | None, document: source.Source, main: str, meant: str | None = None
) -> Iterator[Problem]:
    """Yield a problem at every line of a document that holds a token; one without a line where none does."""
    lines = list(document.find(token)) if token else []
    yield from (Problem(line.file, line.number, message, meant) for line in lines)
    if not lines:
        yield Problem(main, None, message, meant)


def compile_typst(root: Path, made: Path, output: Path, settings: FormatSettings, main: str) -> Iterator[Problem]:
    """Compile Typst markup into an accessible PDF (PDF/UA-1) with the report's fonts, and yield what Typst reports.

    Where page breaks do not settle in Typst's five attempts, numbers and references would be wrong: it is done again without what
    looks at the places of other things (``plain`` in ``sys.inputs``).
    """
    import typst

    fonts = [font for path in settings.font_paths for font in sorted((root / path).glob("*.ttf"))]
    text = made.read_text("utf-8")
    if (plain := glyphs.showable(text, fonts)) != text:
        made.write_text(plain, "utf-8", newline="\n")
    compiled = partial(
        typst.compile_with_warnings,
        str(made),
        output=str(output),
        root=str(root),
        font_paths=[str(root / path) for path in settings.font_paths],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(moment(root, main)),
    )
    file = made.relative_to(root).as_posix()
    try:
        if _unsettled(compiled()) and _unsettled(compiled(sys_inputs={"plain": "yes"})):
            output.unlink()
            yield Problem(file, None, Message("chapters.unsettled"))
    except typst.TypstError as error:
        for message in re.split(r"\n+", str(error).strip()):
            yield Problem(file, None, Message("chapters.typst", {"said": message}))


def _unsettled(made: Any) -> bool:
    """Say whether Typst gave up on the places of things; numbers and references are then of another layout."""
    _, warnings = made
    return any("converge" in str(warning) for warning in warnings)


@cache
def pandoc() -> str:
    """Return the path of the Pandoc that comes with the package ``pypandoc_binary``."""
    package = find_spec("pypandoc")  # to import it takes as long as a chapter
    folder = Path(package.origin).parent / "files" if package and package.origin else Path()
    if found := shutil.which("pandoc", path=folder):
        return found
    import pypandoc

    return str(pypandoc.get_pandoc_path())
