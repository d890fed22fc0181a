"""What `_quarto.yml` and the edition's `_metadata.yml` say: the embedded engine obeys the same settings as Quarto."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from report_engine.model.document import DocumentError, Node
from report_engine.model.problems import Problem, RenderError
from report_engine.words.editions import Edition
from report_engine.words.messages import Message

Format = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx")


@dataclass(frozen=True)
class FormatSettings:
    """Settings of one format, paths below the project's root."""

    toc: bool
    toc_depth: int
    css: tuple[str, ...] = ()
    after_body: tuple[str, ...] = ()
    partials: tuple[str, ...] = ()
    font_paths: tuple[str, ...] = ()
    reference_doc: str = ""


@dataclass(frozen=True)
class Project:
    """The settings of the whole report that an engine needs, paths below the project's root."""

    bibliography: str
    shortcodes: tuple[str, ...]
    filters: tuple[str, ...]
    late_filters: tuple[str, ...]
    formats: Mapping[Format, FormatSettings]

    def files(self) -> tuple[str, ...]:
        """Every file and folder that the settings name."""
        each = [
            path
            for one in self.formats.values()
            for path in (*one.css, *one.after_body, *one.partials, *one.font_paths, one.reference_doc)
        ]
        named = (self.bibliography, *self.shortcodes, *self.filters, *self.late_filters, *each)
        return tuple(dict.fromkeys(path for path in named if path))


def main_document(edition: Edition) -> str:
    """Return the path of an edition's root document."""
    return f"report/{edition}/index.qmd"


def load(root: Path) -> Project:
    """Read `_quarto.yml`; raises RenderError for a key or value that the embedded engine does not obey."""
    try:
        project = _project(Node(_yaml(root, "_quarto.yml"), "_quarto.yml"))
    except DocumentError as error:
        raise RenderError([Problem(str(error.where), None, error.message)]) from None
    missing = [
        Problem("_quarto.yml", None, Message("chapters.missing_path", {"path": path}))
        for path in project.files()
        if not (root / path).exists()
    ]
    if missing:
        raise RenderError(missing)
    return project


def metadata(root: Path, edition: Edition) -> dict[str, Any]:
    """Read the edition's `_metadata.yml`; raises RenderError where it is missing or has no `lang`."""
    path = f"report/{edition}/_metadata.yml"
    content = _yaml(root, path)
    if not isinstance(content, dict) or not str(content.get("lang", "")).startswith(edition):
        raise RenderError(
            [Problem(path, None, Message("chapters.lang", {"edition": repr(edition), "tag": TAGS[edition]}))]
        )
    return content


TAGS: Mapping[Edition, str] = {"sv": "sv-SE", "en": "en-GB"}


def _yaml(root: Path, path: str) -> Any:
    import yaml

    try:
        return yaml.safe_load((root / path).read_text("utf-8"))
    except OSError:
        raise RenderError([Problem(path, None, Message("chapters.file_absent"))]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        said = getattr(error, "problem", None)
        message = Message("chapters.said", {"said": said}) if said else Message("chapters.not_yaml")
        raise RenderError([Problem(path, line, message)]) from None


def _project(node: Node) -> Project:
    node.get("project", dict)  # what to render and where to: Quarto's business
    for key in ("number-sections", "citeproc", "link-citations"):
        node.one_of(key, (True,))
    toc, depth = node.get("toc", bool), node.get("toc-depth", int)
    early, late = _filters(node.get("filters", list))

    def formats(child: Node) -> dict[Format, FormatSettings]:
        return {
            "html": child.child("html", lambda n: _html(n, toc, depth)),
            "pdf": child.child("typst", lambda n: _typst(n, toc, depth)),
            "docx": child.child("docx", lambda n: _docx(n, toc, depth)),
        }

    project = Project(
        bibliography=node.text("bibliography"),
        shortcodes=node.texts("shortcodes"),
        filters=early,
        late_filters=late,
        formats=node.child("format", formats),
    )
    node.done()
    return project


def _filters(entries: Iterable[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    early, late = [], []
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, str):
            early.append(entry)
            continue
        node = Node(entry, f"_quarto.yml, filters {number}")
        late.append(node.text("path"))
        node.one_of("at", ("post-render",))
        node.done()
    return tuple(early), tuple(late)


def _many(node: Node, key: str) -> tuple[str, ...]:
    value = node.get(key, (str, list), [])
    return (value,) if isinstance(value, str) else tuple(map(str, value))


def _html(node: Node, toc: bool, depth: int) -> FormatSettings:
    node.one_of("theme", ("none",))
    node.one_of("minimal", (True,))
    node.one_of("embed-resources", (True,))
    return FormatSettings(
        toc=node.get("toc", bool, toc),
        toc_depth=node.get("toc-depth", int, depth),
        css=_many(node, "css"),
        after_body=_many(node, "include-after-body"),
        partials=_many(node, "template-partials"),
    )


def _typst(node: Node, toc: bool, depth: int) -> FormatSettings:
    node.one_of("citeproc", (True,))
    node.one_of("papersize", ("a4",))
    node.one_of("pdf-standard", ("ua-1",))
    node.one_of("section-numbering", ("1.1",))
    return FormatSettings(
        toc=node.get("toc", bool, toc),
        toc_depth=node.get("toc-depth", int, depth),
        partials=_many(node, "template-partials"),
        font_paths=_many(node, "font-paths"),
    )


def _docx(node: Node, toc: bool, depth: int) -> FormatSettings:
    return FormatSettings(
        toc=node.get("toc", bool, toc),
        toc_depth=node.get("toc-depth", int, depth),
        reference_doc=node.text("reference-doc"),
    )
