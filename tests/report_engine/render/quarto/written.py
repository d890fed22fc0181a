"""What a reader finds in a file: words, headings, cells and links of a page, of Typst markup, of Word's paragraphs."""

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = ("id", "href", "aria-describedby", "download", "alt", "scope", "colspan")
_WRAPPERS = ("div", "p", "colgroup", "col", "style")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [
            f'{name}="{value}"' for name, value in sorted(attrs, key=lambda one: one[0]) if value and _told(tag, name)
        ]
        if tag not in (*_WRAPPERS, "span", "a") or told:
            self.found.append(f"<{'' if tag in _WRAPPERS else tag} {' '.join(told)}>")

    def handle_data(self, data: str) -> None:
        if self.found and not self.found[-1].startswith("<"):
            data = self.found.pop() + data
        if words := " ".join(data.split()):
            self.found.append(words)


def _told(tag: str, name: str) -> bool:
    return name in _SHOWN and tag != "tr"


def page(path: Path) -> list[str]:
    """Return the words of a page's chapters with the elements that carry meaning; wrappers and classes are left out."""
    reader = _Page()
    reader.feed(path.read_text("utf-8"))
    return reader.found


def typst(path: Path) -> list[str]:
    """Return the calls and words of a PDF's markup, without blanks and the folder that pictures are asked from."""
    text = re.sub(r"\s+", "", path.read_text("utf-8")).replace('"../../figures', '"/figures')
    text = re.sub(
        r'(#claim-mark\("\w+"),finding:\w+\)', r"\1)", text
    )  # the filters that ran in Quarto did not say it yet
    # an alignment that the column has anyway, and a comma behind the last argument
    return re.split(r"(?=#|\[)", text.replace("table.cell(align:left,colspan", "table.cell(colspan").replace(",)", ")"))


def word(path: Path) -> list[tuple[int, str, str]]:
    """Return each paragraph of a Word file: how many tables it stands in, its style, its words."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return list(_paragraphs(body, 0))


def _paragraphs(element: ElementTree.Element, depth: int) -> Iterator[tuple[int, str, str]]:
    for child in element:
        if child.tag == f"{W}p":
            style = child.find(f"{W}pPr/{W}pStyle")
            yield depth, style.get(f"{W}val", "") if style is not None else "", "".join(_words(child))
        else:
            yield from _paragraphs(child, depth + (child.tag == f"{W}tbl"))


def _words(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag == f"{W}tab":
            yield "\t"
        elif element.tag == f"{W}drawing":
            yield "[picture]"
