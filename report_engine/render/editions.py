"""What is the same in every edition: chapters, headings, figures, tables, facts, claims and citations, chapter by chapter.

Headings, figures and tables stand in the same order, so that their numbers are the same. Within a chapter the rest may
stand where each language wants it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.prose import texts
from report_engine.render.project import main_document
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

# Comments and code hold nothing of the report, nor does a shortcode that is only shown.
_HIDDEN = re.compile(
    r"<!--.*?-->"
    r"|^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)"
    r"|\{\{\{<.*?>\}\}\}",
    re.MULTILINE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"^([\w-]+):", re.MULTILINE)

_PLACED = re.compile(
    r"^(?P<level>#{1,6})\s[^\n]*?(?:\{[^{}\n]*#(?P<heading>[\w-]+)[^{}\n]*\})?[ \t]*$"
    r"|\{[^{}\n]*#(?P<figure>fig-[\w-]+)"
    r"|\{[^{}\n]*#(?P<table>tbl-[\w-]+)"
    r"|^!\[\]\(/figures/\w+/(?P<picture>[\w/-]+)\.svg\)"  # on slides, which show the report's figures without captions
    r"|^\{\{<\s*include\s+[\"']?(?P<chapter>[\w-]+\.qmd)"
    r"|^\{\{<\s*include\s+[\"']?(?P<include>/(?!data/results/\w+/tables/)[^\s\"'>]+)",  # a table's id stands for its file
    re.MULTILINE,
)
_SAID = re.compile(
    r"\{\{<\s*fact\s+[\"']?(?P<fact>[^\s\"'>]+)"
    r"|\{[^{}]*#(?P<claim>claim-[\w-]+)"
    r"|(?:(?<![\w@\\])@|\]\(#)(?P<reference>(?:fig|tbl|sec)-\w+(?:-\w+)*)"
    r"|(?<![\w@\\])@(?P<citation>\w+(?:[:.#$%&+?<>~/-]\w+)*)"
    r"|^:{3,}\s*\{\.(?P<block>[\w-]+)",
    re.MULTILINE,
)

_MADE = re.compile(r"/(?:figures|data/results)/(?P<edition>" + "|".join(EDITIONS) + r")/[^\s)\"'>]*")


@dataclass(frozen=True)
class Item:
    """A thing that has to stand in every edition: its kind and name, its 1-based line and, for a heading, its level."""

    kind: str
    name: str
    line: int
    level: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What it is called in every edition."""
        return self.kind, self.name

    @property
    def said(self) -> Message:
        """What it is, in words."""
        return Message(f"items.{self.kind}", {"name": self.name}) if self.name else Message("items.nameless")


@dataclass(frozen=True)
class Text:
    """One file of an edition: what stands in it in order, what in any order, and what is made for another edition."""

    path: str
    placed: tuple[Item, ...]
    said: tuple[Item, ...]
    strangers: tuple[Item, ...] = ()


def check(root: Path) -> list[Problem]:
    """Compare the editions below ``root`` that have a root document, published or not, and their texts."""
    written = {
        e: _read(root, e, "*.qmd", "_metadata.yml", "slides/*.md")
        for e in EDITIONS
        if (root / main_document(e)).is_file()
    }
    return [*compare(written), *texts.check(root), *texts.unused(root)]


def compare(editions: Mapping[Edition, Mapping[str, str]]) -> list[Problem]:
    """Compare each edition with the first, one problem a difference; an edition is its files' texts by file name."""
    if not editions:
        return []
    (first, ours), *others = editions.items()
    return [problem for other, theirs in others for problem in _compare(first, ours, other, theirs)]


def _read(root: Path, edition: Edition, *patterns: str) -> dict[str, str]:
    folder = root / "report" / edition
    paths = [path for pattern in patterns for path in folder.glob(pattern)]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8-sig", errors="replace") for path in paths}


def _compare(one: Edition, ours: Mapping[str, str], other: Edition, theirs: Mapping[str, str]) -> Iterator[Problem]:
    first, second = _listed(one, ours), _listed(other, theirs)
    slides = sorted(name for name in {*ours, *theirs} if name.startswith("slides/"))
    for name in ("_metadata.yml", "index.qmd", *(name for name in first if name in second), *slides):
        paths = f"report/{one}/{name}", f"report/{other}/{name}"
        if name in ours and name in theirs:
            yield from differences(read(paths[0], ours[name], one), read(paths[1], theirs[name], other))
        elif name in ours or name in theirs:
            there, absent = paths if name in ours else paths[::-1]
            yield Problem(absent, None, Message("chapters.other_exists", {"other": there}))


def chapters(root: Path, edition: Edition) -> dict[str, str]:
    """Return the texts of an edition's chapters by file name, in the order in which its root document includes them."""
    files = _read(root, edition, "*.qmd")
    return {name: files[name] for name in _listed(edition, files) if name in files}


def visible(text: str) -> str:
    """Blank out what holds nothing of the report (comments, code); every line stays where it is."""
    return _HIDDEN.sub(lambda found: "\n" * found[0].count("\n"), text)


def _listed(edition: Edition, files: Mapping[str, str]) -> list[str]:
    return [item.name for item in read("", files.get("index.qmd", ""), edition).placed if item.kind == "chapter"]


def read(path: str, text: str, edition: Edition) -> Text:
    """Read what must be the same in every edition out of a chapter, a root document or an edition's metadata."""
    front = text if path.endswith(".yml") else "".join(_FRONT_MATTER.findall(text))
    settings = [Item("setting", found[1], line_of(front, found)) for found in _SETTING.finditer(front)]
    if path.endswith(".yml"):
        return Text(path, (), tuple(settings))
    prose = visible("\n" * front.count("\n") + text[len(front) :])
    placed = tuple(_item(found, prose, edition) for found in _PLACED.finditer(prose))
    said = (_item(found, prose, edition) for found in _SAID.finditer(prose))
    return Text(path, placed, (*settings, *said), tuple(_strangers(prose, edition)))


def line_of(text: str, found: re.Match[str]) -> int:
    """Return the 1-based line of a text in which a match begins."""
    return text.count("\n", 0, found.start()) + 1


def _item(found: re.Match[str], text: str, edition: Edition) -> Item:
    groups = found.groupdict()
    level = len(groups.pop("level", None) or "")
    kind, name = next(((kind, name) for kind, name in groups.items() if name), ("heading", ""))
    return Item(kind, name.replace(f"/{edition}/", "/<edition>/"), line_of(text, found), level)


def _strangers(text: str, edition: Edition) -> Iterator[Item]:
    """Yield the paths of figures and tables that belong to another edition than the text."""
    for found in _MADE.finditer(text):
        if found["edition"] != edition:
            yield Item("file", found[0], line_of(text, found))


def differences(one: Text, other: Text) -> list[Problem]:
    """Return what stands in one text and not in the other, or not as often, in the same order or at the same level."""
    strangers = [
        Problem(text.path, item.line, Message("chapters.other_edition", {"path": item.name}))
        for text in (one, other)
        for item in text.strangers
    ]
    found = [*strangers, *_missing(one, other), *_counts(one, other), *_levels(one, other), *_order(one, other)]
    return sorted(found, key=lambda problem: (problem.file, problem.line or 0, str(problem.message)))


def _missing(one: Text, other: Text) -> Iterator[Problem]:
    ours, theirs = _by_key(one), _by_key(other)
    extra = [items[-1] for key, items in theirs.items() if key not in ours]
    for item in [items[-1] for key, items in ours.items() if key not in theirs]:
        instead = _nearest(item, extra)
        extra = [candidate for candidate in extra if candidate is not instead]
        message = Message("chapters.missing_in", {"item": item.said, "file": other.path})
        if instead:
            values = {**message.values, "other": instead.name, "line": instead.line}
            message = Message("chapters.missing_in_instead", values)
        yield Problem(one.path, item.line, message)
    for item in extra:
        yield Problem(other.path, item.line, Message("chapters.missing_in", {"item": item.said, "file": one.path}))


def _by_key(text: Text) -> dict[tuple[str, str], list[Item]]:
    items: dict[tuple[str, str], list[Item]] = {}
    for item in (*text.placed, *text.said):
        items.setdefault(item.key, []).append(item)
    return items


def _nearest(item: Item, candidates: Sequence[Item]) -> Item | None:
    same = {candidate.name: candidate for candidate in candidates if candidate.kind == item.kind}
    found = difflib.get_close_matches(item.name, same, n=1)
    return same[found[0]] if found else None


def _counts(one: Text, other: Text) -> Iterator[Problem]:
    ours, theirs = _by_key(one), _by_key(other)
    for key in ours.keys() & theirs.keys():
        first, second = len(ours[key]), len(theirs[key])
        if first != second:
            path, items = (one.path, ours[key]) if first > second else (other.path, theirs[key])
            counts = Message(
                "chapters.counts", {"first": first, "one": one.path, "second": second, "other": other.path}
            )
            yield Problem(
                path, items[-1].line, Message("chapters.more_often", {"item": items[-1].said, "counts": counts})
            )


def _levels(one: Text, other: Text) -> Iterator[Problem]:
    ours, theirs = _named(one), _named(other)
    for key in ours.keys() & theirs.keys():
        if ours[key].level != theirs[key].level:
            message = Message(
                "chapters.level",
                {"item": theirs[key].said, "level": theirs[key].level, "file": one.path, "other": ours[key].level},
            )
            yield Problem(other.path, theirs[key].line, message)


def _order(one: Text, other: Text) -> Iterator[Problem]:
    ours, theirs = _named(one), _named(other)
    before, after = [key for key in ours if key in theirs], [key for key in theirs if key in ours]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    kept = {key for match in matcher.get_matching_blocks() for key in before[match.a : match.a + match.size]}
    for key in after:
        if key not in kept:
            message = Message(
                "chapters.order",
                {"item": theirs[key].said, "place": _place(after, key), "file": one.path, "other": _place(before, key)},
            )
            yield Problem(other.path, theirs[key].line, message)


def _named(text: Text) -> dict[tuple[str, str], Item]:
    return {item.key: item for item in text.placed if item.name}


def _place(keys: Sequence[tuple[str, str]], key: tuple[str, str]) -> Message:
    index = keys.index(key)
    return Message("chapters.after", {"name": keys[index - 1][1]}) if index else Message("chapters.first")
