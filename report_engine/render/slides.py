"""Slides from the same facts, figures and claims as the report: a presentation to edit and a PDF to show.

The text of a section's slides stands beside its chapter, in ``report/<edition>/slides/<section>.md``; ``title.md`` comes
first. Both engines' reports share these slides: they are made with Pandoc and Typst, whatever renders the chapters.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from report_engine.contracts import study
from report_engine.model.problems import Problem, RenderError
from report_engine.render import embedded, source
from report_engine.render.project import FormatSettings, load, main_document, metadata
from report_engine.render.source import Line, Source
from report_engine.words.editions import Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import meant

NAMES = ("slides.pptx", "slides.pdf")
_MARKUP = "slides.typ"
FIRST = "title"  # the slides before those of the first section

_TEMPLATE = "report/theme/slides.typ"
_REFERENCE = "report/theme/slides-reference.pptx"
_FILTERS = (
    "report/filters/embedded/read.lua",
    "report/filters/missing.lua",
    "report/filters/synthetic.lua",
    "report/filters/figure.lua",
    "report/filters/blocks.lua",
    "report/filters/embedded/slides.lua",
)
_SLIDE = re.compile(r"^##\s")
_TITLE = re.compile(r"^#\s+(.*?)\s*(?:\{[^{}]*\})?\s*$", re.MULTILINE)
_TOO_MUCH = re.compile(r"too much text on the slide (#[\w-]+)")


def render(root: Path, edition: Edition, folder: Path) -> list[Path]:
    """Render an edition's slides into ``folder`` (``slides.pptx``, ``slides.pdf``) and return the files.

    Raises RenderError with every problem that was found, each with file and line where that can be known.
    """
    root = root.resolve()
    folder = root / folder
    document = read(root, edition)
    if document.problems:
        raise RenderError(document.problems)
    fonts = load(root).formats["pdf"]
    folder.mkdir(parents=True, exist_ok=True)
    presentation, pdf = (folder / name for name in NAMES)
    with ThreadPoolExecutor(max_workers=2) as pool:
        one = pool.submit(lambda: list(_presentation(root, edition, document, presentation)))
        other = pool.submit(lambda: list(_pdf(root, edition, document, pdf, fonts)))
        problems = [*one.result(), *other.result()]
    if problems:
        raise RenderError(sorted(set(problems), key=lambda p: (p.file, p.line or 0, str(p.message))))
    return [presentation, pdf]


def read(root: Path, edition: Edition, facts: Mapping[str, Any] | None = None) -> Source:
    """Put the slides of an edition together: sections in the report's order, each under its chapter's title.

    ``facts`` are the known ones by id, without which those of the results. Problems are collected, not raised.
    """
    facts = source.load_facts(root, edition) if facts is None else facts
    title = source.read(root, main_document(edition), metadata(root, edition), facts).meta
    meta: dict[str, Any] = {key: title[key] for key in ("title", "subtitle", "lang") if key in title}
    document = Source({**meta, "document-folder": _folder(edition), "slides": True}, [])
    document.problems += _strangers(root, edition)
    for name in (FIRST, *study.sections()):
        path = f"{_folder(edition)}/{name}.md"
        if not (root / path).is_file():
            continue
        part = source.read(root, path, meta, facts)
        if name != FIRST:
            document.lines += _section(root, edition, name, document.problems)
        document.lines += [*part.lines, Line("", path, len(part.lines) + 1)]
        document.includes += part.includes
        document.problems += [*part.problems, *_without_id(name, part.lines), *_included_chapters(edition, part)]
    if not document.problems and not slides_in(document):
        document.problems.append(Problem(_folder(edition), None, Message("slides.none")))
    return document


def for_filters(document: Source) -> tuple[str, list[str]]:
    """Return the text of slides and Pandoc's options that have the filters look at it."""
    return _text(document), ["--to=typst", *_filters()]


def slides_in(document: Source) -> int:
    """Count the slides, without the title page."""
    return sum(bool(_SLIDE.match(line.text)) for line in document.lines if not line.code)


def _rendered(markup: Path) -> int:
    """Count the slides that the filters left, in the markup that the PDF was made from."""
    return markup.read_text("utf-8").count("#slide(name:") if markup.is_file() else 0


def check(root: Path, edition: Edition, path: Path) -> Iterator[Message]:
    """Yield a message for everything that keeps a rendered presentation or PDF from being shown."""
    document = read(root, edition)
    lang, title = str(document.meta.get("lang", "")), str(document.meta.get("title", ""))
    expected = _rendered(path.with_name(_MARKUP)) + 1
    if path.suffix == ".pptx":
        from report_engine.render.office import presentation

        yield from presentation.check(path, lang, expected)
        return
    from report_engine.render.pdf import check_pdf, count_pages

    yield from check_pdf(path, lang, title)
    if (pages := count_pages(path)) != expected:
        yield Message("made.pages", {"n": pages, "expected": expected})


def _folder(edition: Edition) -> str:
    return f"report/{edition}/slides"


def _strangers(root: Path, edition: Edition) -> Iterator[Problem]:
    known = (FIRST, *study.sections())
    for path in sorted((root / _folder(edition)).glob("*.md")):
        if path.stem not in known:
            message = Message("slides.no_section", {"name": path.stem})
            yield Problem(path.relative_to(root).as_posix(), None, message, meant(path.stem, known))


def _included_chapters(edition: Edition, part: Source) -> Iterator[Problem]:
    """Refuse chapters in slides: a slide says little, and a sentence more in a chapter would make all slides anew."""
    chapters = {chapter(edition, name) for name in study.sections()}
    for target, line in part.includes:
        if target in chapters:
            yield Problem(line.file, line.number, Message("slides.includes_chapter", {"path": target}))


def _without_id(name: str, lines: Sequence[Line]) -> Iterator[Problem]:
    start = f"slide-{name.replace('_', '-')}-"
    for line in lines:
        if not line.code and _SLIDE.match(line.text) and not re.search(rf"\{{#{start}[\w-]+\}}\s*$", line.text):
            yield Problem(line.file, line.number, Message("slides.needs_id", {"start": start}))


def titles(root: Path, edition: Edition) -> dict[str, str]:
    """Return what the slides show of the edition's chapters: the title of each section that has one, as it is written."""
    found = {}
    for name in study.sections():
        with suppress(OSError, UnicodeDecodeError):  # reading the slides says so
            if title := _TITLE.search((root / chapter(edition, name)).read_text("utf-8-sig")):
                found[name] = title[1]
    return found


def chapter(edition: Edition, section: str) -> str:
    """Name a section's chapter, of which slides show the title alone."""
    return f"report/{edition}/{section}.qmd"


def _section(root: Path, edition: Edition, name: str, problems: list[Problem]) -> Sequence[Line]:
    """Return the section's title, as its chapter writes it, as a heading above its slides."""
    path = chapter(edition, name)
    try:
        text = (root / path).read_text("utf-8-sig")
    except OSError:
        problems.append(Problem(path, None, Message("chapters.slides_exist")))
        return []
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path, line, Message("chapters.not_utf8")))
        return []
    found = _TITLE.search(text)
    heading = found[1] if found else name
    return [Line(f"# {heading}", path, text.count("\n", 0, found.start()) + 1 if found else 1), Line("", path, 1)]


def _presentation(root: Path, edition: Edition, document: Source, output: Path) -> Iterator[Problem]:
    options = ["--to=pptx", f"--reference-doc={_REFERENCE}", "--slide-level=2", f"--output={output}"]
    problems = list(_pandoc(root, edition, document, options))
    yield from problems
    if not problems:
        from report_engine.render.office import presentation

        presentation.finish(root, output, str(document.meta["lang"]))


def _pdf(root: Path, edition: Edition, document: Source, output: Path, settings: FormatSettings) -> Iterator[Problem]:
    made = output.with_name(_MARKUP)
    options = ["--to=typst", f"--template={_TEMPLATE}", "--wrap=none", f"--output={made}"]
    problems = list(_pandoc(root, edition, document, options))
    for problem in problems or embedded.compile_typst(root, made, output, settings, _folder(edition)):
        full = _TOO_MUCH.search(str(problem.message))
        line = next(document.find(full[1]), None) if full else None
        yield Problem(line.file, line.number, Message("slides.too_much")) if line else problem


def _pandoc(root: Path, edition: Edition, document: Source, options: Sequence[str]) -> Iterator[Problem]:
    command = [embedded.pandoc(), "--from=markdown", "--standalone", *_filters(), *options]
    return embedded.run_pandoc(root, command, _text(document), document, _folder(edition))


def _text(document: Source) -> str:
    return f"---\n{json.dumps(document.meta, ensure_ascii=False)}\n---\n\n{document.text}"


def _filters() -> list[str]:
    return [f"--lua-filter={path}" for path in _FILTERS]
