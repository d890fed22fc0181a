"""What a notebook writes for the report: headings, paragraphs and tables as Markdown, the same bytes every time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.model import Column, Edition, Provenance, Text
from analysis.tables import cell, source_line

if TYPE_CHECKING:
    import pandas as pd

SECTION = "appendix-quality"

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^$@&!\"']|-(?=-)|\.(?=\.\.)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def escape(text: str) -> str:
    """Write any text so that neither Pandoc, Quarto nor Jupyter reads markup, a shortcode or a line break into it."""
    return _MARKUP.sub(r"\\\g<0>", _UNSEEN.sub(" ", text)).strip()


@dataclass(frozen=True)
class Page:
    """One edition of the appendix; each method shows one block as Markdown and nothing else."""

    edition: Edition

    def heading(self, title: Text, name: str) -> None:
        """Show a heading; ``name`` makes its id."""
        show(f"## {escape(title[self.edition])} {{#sec-{SECTION}-{name}}}")

    def paragraph(self, text: Text) -> None:
        """Show a paragraph of plain text."""
        show(escape(text[self.edition]))

    def table(
        self, name: str, data: "pd.DataFrame", columns: Sequence[Column], caption: Text, provenance: Provenance
    ) -> None:
        """Show a frame as a numbered table with its caption and source; ``name`` makes its id."""
        lines = [
            f"::: {{#tbl-{SECTION}-{name}}}",
            "",
            *_pipe_table(data, columns, self.edition),
            "",
            escape(f"{caption[self.edition]} {source_line(provenance, self.edition)}"),
            ":::",
        ]
        show("\n".join(lines))


def show(markdown: str) -> None:
    """Show Markdown as a cell's output."""
    from IPython.display import Markdown, display

    display(Markdown(markdown))


def _pipe_table(data: "pd.DataFrame", columns: Sequence[Column], edition: Edition) -> Iterator[str]:
    left = [column.format in ("text", "code") for column in columns]
    yield _row(column.title[edition] for column in columns)
    # the dashes are the columns' widths wherever a row is too long for a line
    yield f"|{'|'.join(':' + '-' * 24 if start else '-' * 11 + ':' for start in left)}|"
    for record in data.to_dict("records"):
        yield _row(cell(record, column, edition) for column in columns)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escape(text) for text in cells)} |"
