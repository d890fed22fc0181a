"""Words and their places on the pages of a PDF, read by Poppler."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.browser.conftest import program

_NAME = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word and the box (points, from the top left) that its letters stand in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """A page: its number, its size in points and its words."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    def outside(self, sides: float, top: float, bottom: float) -> list[str]:
        """List the words that reach into the margins."""
        return [
            f"page {self.number}: {word.text}"
            for word in self.words
            if word.left < sides
            or word.right > self.width - sides
            or word.top < top
            or word.bottom > self.height - bottom
        ]

    def overprinted(self) -> Iterator[str]:
        """Yield pairs of words that cover each other by a third or more, lines being set close as they are."""
        words = sorted(self.words, key=lambda word: word.top)
        for i, one in enumerate(words):
            for other in words[i + 1 :]:
                if other.top >= one.bottom:
                    break
                across = min(one.right, other.right) - max(one.left, other.left)
                down = min(one.bottom, other.bottom) - other.top
                smaller = min(_area(one), _area(other))
                if across > 0 and across * down > smaller / 3:
                    yield f"page {self.number}: {one.text} and {other.text}"


def _area(word: Word) -> float:
    return max((word.right - word.left) * (word.bottom - word.top), 0.01)


def sheets(pdf: Path) -> list[Sheet]:
    """Read a PDF's pages."""
    tree = ElementTree.fromstring(_text(pdf, "-bbox"))
    return [
        Sheet(number, float(page.attrib["width"]), float(page.attrib["height"]), tuple(map(_word, page)))
        for number, page in enumerate(tree.iter(f"{_NAME}page"), 1)
    ]


def _word(element: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(element.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax"))
    return Word(element.text or "", left, top, right, bottom)


def text(pdf: Path) -> str:
    """Return what is on the pages, in reading order."""
    return _text(pdf)


def _text(pdf: Path, *options: str) -> str:
    command = [program(("pdftotext",), "poppler-utils"), *options, pdf, "-"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
