"""The text-level pass of the embedded engine: chapters put together, shortcodes resolved, every line's origin kept."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from report_engine.model.problems import Problem
from report_engine.render.comments import CODE, without_comments
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import meant

SHORTCODES = ("fact", "include", "meta")

_FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_CELL = re.compile(r"^\{\s*[A-Za-z]")
_SHORTCODE = re.compile(r"\{\{\{<(?P<escaped>.*?)>\}\}\}|\{\{<(?P<call>.*?)>\}\}|(?P<open>\{\{<)")
_NEEDS = re.compile(r'\{[^{}]*\bneeds="([^"]*)"')
_FACT_IN_ADDRESS = re.compile(r"\]\([^)]*\{\{<\s*fact")
_READ = ("report/", "figures/", "data/results/")
"""Where a render looks for changes (``report_engine/pipeline/steps/render.py``)."""
_IMAGE = re.compile(
    r"\]\(<?([^)\s{}:]+\.(?i:svg|png|jpe?g|gif|webp|pdf))[>\s)]|^\s*\[[^\]]+\]:\s*<?([^\s>:]+\.(?i:svg|png|jpe?g|gif|webp))"
)
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")


@dataclass(frozen=True)
class Line:
    """One line of the assembled document, and where it stands: project path, 1-based line; ``code`` where left alone."""

    text: str
    file: str
    number: int
    code: bool = False


@dataclass
class Source:
    """A report put together from its chapters: metadata, lines, what is included where, every problem on the way."""

    meta: dict[str, Any]
    lines: list[Line]
    includes: list[tuple[str, Line]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The assembled Markdown, one line of it for each of ``lines``."""
        return "\n".join(line.text for line in self.lines) + "\n"

    def find(self, token: str) -> Iterator[Line]:
        """Yield the lines of prose in which a token of the syntax (an id, a class, a reference) stands as a whole."""
        before = r"(?<![\w-])" if re.match(r"\w", token) else ""
        after = r"(?![\w-])" if re.search(r"\w$", token) else ""
        pattern = re.compile(before + re.escape(token) + after)
        return (line for line in self.lines if pattern.search(line.text))


def read(root: Path, main: str, meta: Mapping[str, Any], facts: Mapping[str, Any]) -> Source:
    """Read a root document (path below ``root``) with everything it includes.

    ``meta`` holds the project's metadata, which the document's front matter overrides; ``facts`` the known facts by id.
    Problems are collected, not raised; a file that can't be read is one of them.
    """
    reader = _Reader(root, main, facts)
    lines = reader.file(main)
    front, body = _front_matter(lines, reader.problems)
    reader.meta = {**meta, **front}
    expanded = list(reader.expand(body, (main,)))
    return Source(reader.meta, expanded, reader.includes, reader.problems)


def load_facts(root: Path, edition: Edition) -> dict[str, Any]:
    """Read the facts in an edition's words; none where they have not been made."""
    path = root / "data" / "results" / edition / "facts.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


class _Reader:
    def __init__(self, root: Path, main: str, facts: Mapping[str, Any]) -> None:
        self.root = root.resolve()
        self.folder = PurePosixPath(main).parent
        self.facts = facts
        self.meta: dict[str, Any] = {}
        self.includes: list[tuple[str, Line]] = []
        self.problems: list[Problem] = []

    def file(self, path: str, at: Line | None = None) -> list[Line]:
        """Read a file of the project as lines; none, and a problem at ``at``, where it can't be read."""
        try:
            text = (self.root / path).read_text("utf-8-sig")
        except OSError:
            folder = (self.root / path).parent
            names = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
            hint = meant(PurePosixPath(path).name, names)
            file, number = (at.file, at.number) if at else (path, None)
            self.problems.append(Problem(file, number, Message("chapters.file_missing", {"path": path}), hint))
            return []
        except UnicodeDecodeError as error:
            line = (self.root / path).read_bytes()[: error.start].count(b"\n") + 1
            self.problems.append(Problem(path, line, Message("chapters.not_utf8")))
            return []
        lines = text.removesuffix("\n").split("\n")  # newlines were made "\n"; splitlines would split at U+2028 too
        return [Line(text, path, number) for number, text in enumerate(lines, 1)]

    def expand(self, lines: Sequence[Line], stack: tuple[str, ...]) -> Iterator[Line]:
        """Yield a file's lines with its shortcodes resolved and its includes in place."""
        fence, comment, raw = "", False, []
        for line in lines:
            if fence:
                closes = line.text.strip().startswith(fence) and not line.text.strip().strip(fence[0])
                raw.append(line.text)
                if closes:
                    self._check_raw(raw, line)
                    fence, raw = "", []
                yield Line(line.text, line.file, line.number, code=True)
                continue
            opening = _FENCE.match(line.text)
            if opening and not comment:
                fence, raw = opening["fence"], [line.text]
                self._check_fence(opening["info"].strip(), line)
                yield Line(line.text, line.file, line.number, code=True)
                continue
            text, comment = without_comments(line.text, comment)
            yield from self._prose(Line(text, line.file, line.number), stack)
        if fence:
            self._problem(lines[-1], Message("chapters.code_block_open"))
        if comment:
            self._problem(lines[-1], Message("chapters.comment_open"))

    def _check_fence(self, info: str, line: Line) -> None:
        if _CELL.match(info):
            self._problem(line, Message("chapters.code_cell", {"info": info}))
        elif info.startswith("{=") and not re.match(r"^\{=html\}$", info):
            self._problem(line, Message("chapters.raw_block", {"info": info}))

    def _check_raw(self, block: Sequence[str], line: Line) -> None:
        content = "\n".join(block[1:-1]).strip()
        if "{=html}" not in block[0]:
            return
        one_table = content.startswith("<table") and content.endswith("</table>") and content.count("<table") == 1
        if not one_table or re.search(r"<(?:script|style|iframe|object|embed|svg|img)\b", content, re.IGNORECASE):
            self._problem(line, Message("chapters.html_block"))

    def _prose(self, line: Line, stack: tuple[str, ...]) -> Iterator[Line]:
        if _FACT_IN_ADDRESS.search(line.text):
            self._problem(line, Message("chapters.fact_in_address"))
        for key in " ".join(_NEEDS.findall(CODE.sub("", line.text))).split():
            self._known(key, line)
        for image in _IMAGE.finditer(CODE.sub("", line.text)):
            path = image[1] or image[2]
            self._found(path, line)
        alone = re.fullmatch(r"\s*\{\{<\s*include\s+(.*?)\s*>\}\}\s*", line.text)
        if alone:
            yield from self._include(alone[1], line, stack)
            return
        pieces, end = [], 0
        for code in CODE.finditer(line.text):
            pieces += [self._resolve(line.text[end : code.start()], line), code[0]]
            end = code.end()
        pieces.append(self._resolve(line.text[end:], line))
        yield Line("".join(pieces), line.file, line.number)

    def _resolve(self, text: str, line: Line) -> str:
        return _SHORTCODE.sub(lambda match: self._shortcode(match, line), text)

    def _shortcode(self, match: re.Match[str], line: Line) -> str:
        if match["escaped"] is not None:
            return "{{<" + match["escaped"] + ">}}"
        if match["open"]:
            self._problem(line, Message("chapters.shortcode_open"))
            return ""
        name, *arguments = ["".join(word) for word in _WORD.findall(match["call"])] or [""]
        if name == "fact" and len(arguments) == 1:
            return self._fact(arguments[0], line)
        if name == "meta" and len(arguments) == 1:
            return self._meta(arguments[0], line)
        if name == "include":
            self._problem(line, Message("chapters.include_alone"))
        elif name in SHORTCODES:
            self._problem(line, Message("chapters.one_argument", {"name": name, "n": len(arguments)}))
        else:
            known = ", ".join(SHORTCODES)
            message = Message("chapters.unknown_shortcode", {"name": repr(name), "known": known})
            self._problem(line, message, meant(name, SHORTCODES))
        return ""

    def _fact(self, key: str, line: Line) -> str:
        return f'[]{{.fact data-fact="{key}"}}' if self._known(key, line) else ""

    def _known(self, key: str, line: Line) -> bool:
        """Say whether there is such a fact, in these data or in others; a problem at the line where there is not."""
        known = key in self.facts or f"{key.split('.')[0]}.*" in self.facts
        if not known:
            self._problem(line, Message("chapters.unknown_fact", {"fact": repr(key)}), meant(key, self.facts))
        return known

    def _meta(self, key: str, line: Line) -> str:
        value: Any = self.meta
        for part in key.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if not isinstance(value, str | int | float):
            message = Message("chapters.no_metadata", {"name": repr(key)})
            self._problem(line, message, meant(key, map(str, self.meta)))
            return ""
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _include(self, argument: str, line: Line, stack: tuple[str, ...]) -> Iterator[Line]:
        path = argument.strip("\"'")
        target = self._found(path, line)
        if target is None:
            return
        if target in stack:
            self._problem(
                line, Message("chapters.includes_itself", {"path": path, "way": " → ".join((*stack, target))})
            )
        else:
            self.includes.append((target, line))
            lines = self.file(target, line)
            if lines and lines[0].text.rstrip() == "---":
                self._problem(lines[0], Message("chapters.included_front_matter"))
                return
            yield from self.expand(lines, (*stack, target))

    def _found(self, path: str, line: Line) -> str | None:
        """Return the project's file that a path means, if a change of it would be seen: else a problem at the line."""
        parts: list[str] = [] if path.startswith("/") else list(self.folder.parts)
        for part in PurePosixPath(path.lstrip("/")).parts:
            if part == ".." and not parts:
                self._problem(line, Message("chapters.outside_project", {"path": path}))
                return None
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        target = "/".join(parts)
        if not (self.root / target).resolve().is_relative_to(self.root):
            self._problem(line, Message("chapters.outside_project", {"path": path}))
            return None
        own = "/".join(self.folder.parts[:2])
        others = tuple(f"report/{each}/" for each in (*EDITIONS, "_output", "_staging", "releases"))
        if (target.startswith(others) and not target.startswith(f"{own}/")) or not target.startswith(_READ):
            self._problem(line, Message("chapters.change_unseen", {"path": path, "folder": own}))
            return None
        return target

    def _problem(self, line: Line, message: Message, hint: str | None = None) -> None:
        self.problems.append(Problem(line.file, line.number, message, hint))


def _front_matter(lines: Sequence[Line], problems: list[Problem]) -> tuple[dict[str, Any], Sequence[Line]]:
    import yaml

    if not lines or lines[0].text.rstrip() != "---":
        return {}, lines
    end = next((i for i, line in enumerate(lines) if i and line.text.rstrip() in ("---", "...")), None)
    if end is None:
        problems.append(Problem(lines[0].file, 1, Message("chapters.front_matter_open")))
        return {}, ()
    try:
        content = yaml.safe_load("\n".join(line.text for line in lines[1:end])) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problems.append(
            Problem(
                lines[0].file,
                line,
                Message(
                    "chapters.front_matter",
                    {"problem": getattr(error, "problem", None) or Message("chapters.not_yaml")},
                ),
            )
        )
        return {}, lines[end + 1 :]
    if not isinstance(content, dict):
        problems.append(
            Problem(
                lines[0].file, 1, Message("chapters.front_matter", {"problem": Message("chapters.keys_and_values")})
            )
        )
        return {}, lines[end + 1 :]
    for line in lines[1:end]:
        if "{{<" in line.text:
            problems.append(Problem(line.file, line.number, Message("chapters.front_matter_shortcode")))
    return content, lines[end + 1 :]
