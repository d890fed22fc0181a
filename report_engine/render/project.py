"""What `_quarto.yml` and the edition's `_metadata.yml` say: the embedded engine obeys the same settings as Quarto."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

from pydantic import BeforeValidator, ConfigDict, StrictBool, StrictInt, StrictStr

from report_engine.model import document
from report_engine.model.document import Document, DocumentError
from report_engine.model.problems import Problem, RenderError
from report_engine.model.validation import OneOrMany, Part, Texts
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


class _Keys(Part):
    """Keys of Quarto's, which have hyphens where attributes have underscores."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))


class _Filter(_Keys):
    path: StrictStr
    at: Literal["post-render"] | None = None


class _Toc(TypedDict):
    toc: bool
    toc_depth: int


class _Any(_Keys):
    toc: StrictBool | None = None
    toc_depth: StrictInt | None = None


class _Html(_Any):
    theme: Literal["none"]
    minimal: Literal[True]
    embed_resources: Literal[True]
    css: OneOrMany = ()
    include_after_body: OneOrMany = ()
    template_partials: OneOrMany = ()


class _Typst(_Any):
    citeproc: Literal[True]
    papersize: Literal["a4"]
    pdf_standard: Literal["ua-1"]
    section_numbering: Literal["1.1"]
    template_partials: OneOrMany = ()
    font_paths: OneOrMany = ()


class _Docx(_Any):
    reference_doc: StrictStr


class _Formats(_Keys):
    html: _Html
    typst: _Typst
    docx: _Docx


class _Quarto(_Keys):
    """What `_quarto.yml` may say; a key that only Quarto obeys is none of these."""

    project: dict[StrictStr, Any]  # what to render and where to: Quarto's business
    number_sections: Literal[True]
    citeproc: Literal[True]
    link_citations: Literal[True]
    toc: StrictBool
    toc_depth: StrictInt
    bibliography: StrictStr
    shortcodes: Texts
    filters: tuple[Annotated[_Filter, BeforeValidator(lambda one: {"path": one} if isinstance(one, str) else one)], ...]
    format: _Formats


def load(root: Path) -> Project:
    """Read `_quarto.yml`; raises RenderError for a key or value that the embedded engine does not obey."""
    try:
        project = _project(_read(root, "_quarto.yml").into(_Quarto))
    except DocumentError as error:
        raise RenderError(error.problems) from None
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
    content = _read(root, path).content
    if not isinstance(content, dict) or not str(content.get("lang", "")).startswith(edition):
        raise RenderError(
            [Problem(path, None, Message("chapters.lang", {"edition": repr(edition), "tag": TAGS[edition]}))]
        )
    return content


TAGS: Mapping[Edition, str] = {"sv": "sv-SE", "en": "en-GB"}


def _read(root: Path, path: str) -> Document:
    try:
        return document.read(root / path, path)
    except DocumentError as error:
        raise RenderError(error.problems) from None


def _project(its: _Quarto) -> Project:
    html, typst, docx = its.format.html, its.format.typst, its.format.docx
    return Project(
        bibliography=its.bibliography,
        shortcodes=its.shortcodes,
        filters=tuple(one.path for one in its.filters if one.at is None),
        late_filters=tuple(one.path for one in its.filters if one.at),
        formats={
            "html": FormatSettings(
                **_toc(its, html), css=html.css, after_body=html.include_after_body, partials=html.template_partials
            ),
            "pdf": FormatSettings(**_toc(its, typst), partials=typst.template_partials, font_paths=typst.font_paths),
            "docx": FormatSettings(**_toc(its, docx), reference_doc=docx.reference_doc),
        },
    )


def _toc(its: _Quarto, one: _Any) -> _Toc:
    return {
        "toc": its.toc if one.toc is None else one.toc,
        "toc_depth": its.toc_depth if one.toc_depth is None else one.toc_depth,
    }
