"""The page as Pandoc makes it from all chapters, with its large tables made once and kept: they take half of the time."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from report_engine.render import embedded
from report_engine.render.source import Line, Source

_OPEN, _CLOSE = "```{=html}", "```"
_STAND_IN = "<table><tbody><tr><td>table-{}-table</td></tr></tbody></table>"
_TABLE = re.compile(r'<div class="table-scroll".*?</table>\s*</div>', re.DOTALL)
_STOOD_IN = re.compile(r">table-(\d+)-table<")


class Drafts:
    """Makes pages below ``root``, in a folder of its own; the tables' HTML is kept from page to page, by their text."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.output = root.resolve(), folder.resolve() / "report.html"
        self._kept: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def page(self, document: Source) -> bytes:
        """Render a document, the same bytes as without what is kept. Raises RenderError with every problem in it."""
        light, tables = lighten(document)
        new = [text for text in dict.fromkeys(tables) if text not in self._kept]
        if new:
            made = _TABLE.findall(self._render(_only(document, new)))
            if len(made) != len(new):  # tables that are none, which Pandoc's own words are for
                return self._render(document).encode()
            self._kept |= zip(new, made, strict=True)

        def put_back(match: re.Match[str]) -> str:
            number = _STOOD_IN.search(match[0])
            return self._kept[tables[int(number[1])]] if number else match[0]

        page = _TABLE.sub(put_back, self._render(light))
        self._kept = {text: self._kept[text] for text in tables}
        return page.encode()

    def _render(self, document: Source) -> str:
        embedded.draft(self.root, document, self.output)
        return self.output.read_text("utf-8")


def lighten(document: Source) -> tuple[Source, list[str]]:
    """Put small stand-ins in the place of tables written as HTML; return the document and the tables' texts, in order."""
    lines: list[Line] = []
    tables: list[str] = []
    for block, group in groupby(document.lines, key=_Blocks()):
        part = list(group)
        if block and part[0].text == _OPEN and part[-1].text == _CLOSE:
            stand_in = replace(part[1], text=_STAND_IN.format(len(tables)))
            tables.append("\n".join(line.text for line in part[1:-1]))
            part = [part[0], stand_in, part[-1]]
        lines += part
    return replace(document, lines=lines), tables


class _Blocks:
    """Numbers the code blocks of a document as its lines go by; 0 is for prose."""

    def __init__(self) -> None:
        self.count, self.inside = 0, False

    def __call__(self, line: Line) -> int:
        if not line.code:
            self.inside = False
            return 0
        if not self.inside:
            self.count += 1
        self.inside = line.text != _CLOSE
        return self.count


def _only(document: Source, tables: Sequence[str]) -> Source:
    texts = [f"{_OPEN}\n{text}\n{_CLOSE}\n" for text in tables]
    return Source(document.meta, [replace(document.lines[0], text=text, code=True) for text in texts])
