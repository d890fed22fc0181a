"""What published documents say in words: every number in them stands, at that place, in what the attacker has read as numbers.

The page's facts are those of ``facts.json``; its tables are the figures' CSV files; all else with a digit in it is a result's wording, or typed
by a writer. What stands in PDF, Word and slides stands in the page, in the slides' text or in a figure.
"""

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree, html
from pptx import Presentation

from tests.attacker import drawings
from tests.attacker.published import embedded
from tests.browser.conftest import program

LEFT_OUT = re.compile(r"[^\w%.,+−-]|[_\u00ad]")
DIGIT = re.compile(r"\d")
NUMBERED = {"toc-section-number", "header-section-number", "quarto-xref", "float-label", "downloads"}
"""Classes of what the engine numbers by itself: chapters, figures, tables, and what refers to them."""
LITERATURE = "ancestor-or-self::*[@class='citation' or @id='refs' or preceding-sibling::*[@id='sec-cite']]"
"""Where references stand, to the literature and to the report itself: years, a version and a digest in them."""
GENERATED = re.compile(
    r"(Figure|Figur|Table|Tabell) ?\d+ (as a table|som tabell)|(Data of figure|Data till figur) ?\d+, .*"
    r"|(The first|De första) \d+ (of|av) \d+ (rows|rader); .*?\. (?=[A-Z])|\d+ ?/ ?\d+|(\W|\d)*"
)
LEADERS = re.compile(r"[. ]*\W\d+$|^[\d.]+ .*\.\W+\d+$")
"""How lines of a table of contents end."""
NOTE = re.compile(
    r"(?<=[a-z])(?<![0-9a-f]{8})\d{1,2}(?=[\s.,;]|:(?!\d))|^(\d{1,2})?[✓◆✗—] ([^.\d\n]*\. )?", re.MULTILINE
)
"""The number of a footnote (no end of a digest, and nothing within an address), and what it has before its text."""
SHORT = 8
"""Letters and digits of a line that could stand anywhere: it is read with the line before or after it."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Leave out what differs between formats: spaces, hyphens of line breaks, quotation marks, capitals."""
    return LEFT_OUT.sub("", text).casefold()


def said(root: Path, edition: str) -> str:
    """Give all words that results and writers have made for an edition, with bars between them."""
    results, figures = root / "data/results", root / "figures" / edition
    files = [*results.glob("*.json"), *(results / edition).rglob("*.json"), *figures.rglob("*.json")]
    words = [text for path in sorted(files) for text in strings(json.loads(path.read_text("utf-8")))]
    for path in sorted([*(results / edition).rglob("*.csv"), *figures.rglob("*.csv")]):
        words += [cell for row in csv.reader(io.StringIO(path.read_text("utf-8"))) for cell in row]
    typed = [path for kind in ("*.qmd", "*.yaml") for path in (root / "report" / edition).rglob(kind)]
    for path in sorted([*typed, *(results / edition).rglob("*.md")]):
        words.append(re.sub(r"{{<.*?>}}", "|", re.sub(r"<!--.*?-->", "", path.read_text("utf-8"))))
    return "|".join(map(squeezed, words))


def drawn(root: Path, edition: str) -> str:
    """Give the texts of an edition's figures, squeezed, each figure's in the order in which it is drawn."""
    paths = sorted((root / "figures" / edition).rglob("*.svg"))
    return "|".join(squeezed("".join(drawings.texts(path.read_bytes()))) for path in paths)


def page_text(content: bytes) -> str:
    """Give all that can be read on a page, squeezed."""
    return squeezed(_page(content).text_content())


def run_in(content: bytes) -> str:
    """Give the rows of a page's table of all claims, squeezed, as the PDF sets them: in one text, each cell after its column's name."""
    rows = []
    for table in _page(content).xpath("//table[.//*[starts-with(@id, 'ledger-')]]"):
        names = [cell.text_content().strip() for cell in table.xpath("./thead//th")]
        for row in table.xpath("./tbody/tr[count(*) > 1]"):
            cells = [cell.text_content().strip() for cell in row]
            said = [
                cells[2],
                *(f"{name}: {cell}" for name, cell in list(zip(names, cells, strict=True))[3:] if cell != "–"),
            ]
            rows.append("".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in said))
    return squeezed("|".join(rows))


def _page(content: bytes) -> html.HtmlElement:
    page = html.fromstring(content)
    for hidden in page.xpath("//script|//style|//*[local-name()='style']"):
        hidden.drop_tree()
    return page


def strings(value: Any) -> Iterator[str]:
    """Give every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def on_page(content: bytes, known: str, facts: dict[str, Any], edition: str) -> list[str]:
    """Give what a page says with a digit in it that is neither a fact as published, nor a figure's data, nor known."""
    page, found = _page(content), []
    for span in page.xpath("//*[@data-fact]"):
        fact, text = facts[span.get("data-fact")], span.text_content()
        if squeezed(text) != squeezed(fact["text"][edition]):
            found.append(f"fact {span.get('data-fact')}: {text}")
        span.text = None
        for child in list(span):
            span.remove(child)
    for table in page.find_class("figure-data"):
        found += _not_in_data(table)
    return found + [text for text in _texts(page) if DIGIT.search(text) and not _is_known(text, known)]


def _not_in_data(table: html.HtmlElement) -> Iterator[str]:
    """Give the numbers of a figure's table that no number of its CSV file is rounded to."""
    held = " ".join(text for _, text in embedded(etree.tostring(table, encoding="unicode")))
    shares = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", held)]
    numbers = [*shares, *(100 * share for share in shares)]  # shares are shown as per cent, their differences as points
    for box in table.xpath(".//td[@class='number']"):
        if not all(drawings.near(written, numbers) for written in drawings.numbers(box.text_content())):
            yield f"figure’s data: {box.text_content()}"
        box.text = None


def _texts(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if not NUMBERED & set((element.get("class") or "").split()) and not element.xpath(LITERATURE):
            yield element.text or ""
            yield from (element.get(name, "") for name in ("title", "alt", "aria-label"))
        if element.getparent() is not None and not element.getparent().xpath(LITERATURE):
            yield element.tail or ""


def _is_known(text: str, known: str) -> bool:
    plain = GENERATED.sub("", " ".join(text.split()), count=1)
    parts = re.split(r"(?<=[.:;]) ", plain)
    return squeezed(plain) in known or all(squeezed(part) in known for part in parts if DIGIT.search(part))


def in_word(content: bytes, page: str) -> list[str]:
    """Give the paragraphs and rows of a Word file with a digit in them that the page (squeezed) does not have."""
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    texts = [
        "".join(text.text or "" for text in part.iter(f"{WORD}t")) for part in document.iter(f"{WORD}p", f"{WORD}tr")
    ]
    return [text for text in texts if DIGIT.search(text) and squeezed(text) not in page]


def in_pdf(content: bytes, known: str) -> list[str]:
    """Give the lines of a PDF file with a digit in them that are not known (squeezed)."""
    command = [program(("pdftotext",), "poppler-utils"), "-raw", "-", "-"]
    text = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode("utf-8")
    lines = [line for line in re.split(r"[\n\f]", NOTE.sub("", text)) if squeezed(line) and not LEADERS.search(line)]
    return _lines(lines, known)


def _lines(lines: list[str], known: str) -> list[str]:
    """Give the lines with a digit that are not known, short ones together with the line before or after them."""
    flat = ["", *map(squeezed, lines), ""]
    joined = [one + other in known for one, other in pairwise(flat)]
    return [
        line
        for at, line in enumerate(lines)
        if DIGIT.search(line)
        and not (joined[at] or joined[at + 1] or (len(flat[at + 1]) >= SHORT and flat[at + 1] in known))
    ]


def in_slides(content: bytes, known: str) -> list[str]:
    """Give the paragraphs of slides, tables and speaker's notes with a digit in them that are not known (squeezed)."""
    return [text for text in slide_texts(content) if DIGIT.search(text) and not _is_known(text, known)]


def slide_texts(content: bytes) -> list[str]:
    """Give the paragraphs of slides, tables and speaker's notes."""
    found: list[str] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in (*slide.shapes, *(slide.notes_slide.shapes if slide.has_notes_slide else ())):
            if shape.has_text_frame:
                found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            elif shape.has_table:
                found += ["".join(box.text for box in row.cells) for row in shape.table.rows]
    return found


def filled(root: Path, edition: str, facts: dict[str, Any]) -> str:
    """Give the slides' own text with its facts filled in, squeezed."""

    def fill(found: re.Match[str]) -> str:
        fact = facts.get(found[1])
        return fact["text"][edition] if fact else "|"

    paths = sorted((root / "report" / edition / "slides").glob("*.md"))
    return "|".join(squeezed(re.sub(r"{{< fact (\S+) >}}", fill, path.read_text("utf-8"))) for path in paths)
