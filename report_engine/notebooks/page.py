"""What a notebook writes for the report: headings, paragraphs and tables as Markdown, the same bytes every time."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_engine.model.section import Column, Provenance, Unavailable
from report_engine.results.tables import cell, source_line
from report_engine.words.editions import Edition, Text

if TYPE_CHECKING:
    import pandas as pd

SECTION = "appendix-quality"
EDITION = "edition"
"""The key in an output's metadata that says in which edition it belongs; without one it belongs in all."""
WIDEST = 40

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^$@&!\"']|-(?=-)|\.(?=\.\.)|:(?=\S)")
_START = re.compile(r"^(\w{0,20})([-+:=%().])")  # a list, a caption, a fence or a title where a paragraph begins
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w\s]|$)")  # as Pandoc would write it in the chapters
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def escape(text: str) -> str:
    """Write any text so that neither Pandoc, Quarto nor Jupyter reads markup, a shortcode or a line break into it."""
    typographic = _APOSTROPHE.sub("’", _UNSEEN.sub(" ", text))
    return _MARKUP.sub(r"\\\g<0>", typographic).strip()


def paragraph(text: str) -> str:
    """Write any text as one plain paragraph."""
    return _START.sub(r"\1\\\2", escape(text))


@dataclass(frozen=True)
class Page:
    """The appendix in these editions; each method shows one block in each of them, as Markdown and nothing else."""

    editions: Sequence[Edition]

    def heading(self, title: Text, name: str) -> None:
        """Show a heading; ``name`` makes its id."""
        for edition in self.editions:
            show(f"## {escape(title[edition])} {{#sec-{SECTION}-{name} .unnumbered}}", edition)

    def paragraph(self, text: Text) -> None:
        """Show a paragraph of plain text."""
        for edition in self.editions:
            show(paragraph(text[edition]), edition)

    def part(self, show_part: Callable[[], None]) -> None:
        """Show what ``show_part`` shows, or in its place why the data do not bear it."""
        try:
            show_part()
        except Unavailable as lacking:
            self.paragraph(lacking.reason)

    def table(
        self, name: str, data: "pd.DataFrame", columns: Sequence[Column], caption: Text, provenance: Provenance
    ) -> None:
        """Show a frame as a numbered table with its caption and source; ``name`` makes its id."""
        for edition in self.editions:
            lines = [
                f"::: {{#tbl-{SECTION}-{name}}}",
                "",
                *_pipe_table(data, columns, edition),
                "",
                paragraph(f"{caption[edition]} {source_line(provenance, edition)}"),
                ":::",
            ]
            show("\n".join(lines), edition)


def show(markdown: str, edition: Edition) -> None:
    """Show Markdown as a cell's output, which says in which edition it belongs."""
    from IPython.display import Markdown, display

    display(Markdown(markdown), metadata={EDITION: edition})


def _pipe_table(data: "pd.DataFrame", columns: Sequence[Column], edition: Edition) -> list[str]:
    heads = [escape(column.title[edition]) for column in columns]
    rows = [[escape(cell(record, column, edition)) for column in columns] for record in data.to_dict("records")]
    # where a row is too long for a line, Pandoc takes the columns' widths from the dashes
    widths = [min(max(3, *(len(row[at]) for row in [heads, *rows])), WIDEST) for at in range(len(columns))]
    left = [column.format in ("text", "code") for column in columns]
    rules = [f":{'-' * width}" if is_left else f"{'-' * width}:" for width, is_left in zip(widths, left, strict=True)]
    return [f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows)]
