"""Reads a rendered page back: the few things about it that the checks ask for."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from report_engine.words.messages import Message

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Elements whose end may be left out in HTML; Pandoc writes the ends, so a missing one elsewhere is an error.
LOADING = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "embed": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
}
LOADING |= {"link": "href", "object": "data", "track": "src", "input": "src", "use": "href", "image": "href"}
_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")


@dataclass
class Page:
    """What a page holds: its language and title, ids, links into itself, pictures without alt, resources from elsewhere."""

    lang: str = ""
    title: str = ""
    ids: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    without_alt: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    errors: list[Message] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    text: str = ""
    """The text readers see, without code."""


def parse(html: str) -> Page:
    """Read a page; malformed nesting is among its ``errors``."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.finish()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, int]] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        page = self.page
        page.count[tag] += 1
        if tag == "html":
            page.lang = values.get("lang", "")
        if "id" in values:
            page.ids.append(values["id"])
        if tag == "a" and values.get("href", "").startswith("#"):
            page.anchors.append(values["href"][1:])
        if "data-fact" in values:
            page.facts.append(values["data-fact"])
        if tag == "img" and not values.get("alt", "").strip() and values.get("role") != "presentation":
            page.without_alt.append(values.get("src", "")[:60])
        address = values.get(LOADING.get(tag, ""), "")
        if address and not address.startswith(("data:", "#")):
            page.resources.append(address[:120])
        self._styles(values.get("style", ""))
        if values.get("srcset"):
            page.resources.append(values["srcset"][:120])
        if tag == "br":
            self.pieces.append("\n")
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
            return
        line = self.getpos()[0]
        if any(name == tag for name, _ in self.open):
            name, begun = self.open[-1]
            self.page.errors.append(
                Message("made.still_open", {"tag": name, "begun": begun, "other": tag, "line": line})
            )
            while self.open.pop()[0] != tag:
                pass
        else:
            self.page.errors.append(Message("made.no_beginning", {"tag": tag, "line": line}))

    def handle_data(self, data: str) -> None:
        tags = {name for name, _ in self.open}
        if "title" in tags and "svg" not in tags:
            self.page.title += data.strip()
        elif "style" in tags:
            self._styles(data)
        elif not tags & {"script", "code", "pre"}:
            self.pieces.append(data)

    def _styles(self, text: str) -> None:
        self.page.resources += [(first or second)[:120] for first, second in _URL.findall(text)]

    def finish(self) -> Page:
        self.page.errors += [Message("made.never_closed", {"tag": name, "line": line}) for name, line in self.open]
        self.page.text = "".join(self.pieces)
        return self.page
