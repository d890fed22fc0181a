"""What the build's filters say of a document without rendering it; they run again only where something has changed.

Reading the whole report with Pandoc takes longer than everything else that ``report check`` does, and most checks follow one
in which the data or the other edition changed. What was said before stands in ``logs/filters-<name>.json``.
"""

import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report_engine.model.problems import Problem
from report_engine.render import embedded
from report_engine.render.source import Source
from report_engine.words.editions import Edition
from report_engine.words.messages import Message

_ATTRIBUTE = re.compile(r'\s(id|href|src|data-cites)="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """What filters reported, and what the page that they leave names: its values of ``id``, ``href``, ``src``, ``data-cites``."""

    problems: tuple[Problem, ...]
    named: Mapping[str, list[str]] = field(default_factory=dict)


def look(root: Path, edition: Edition, name: str, document: Source, text: str, options: Sequence[str]) -> Seen:
    """Run Pandoc with these options (format, filters) on ``text``, made of ``document``; ``name`` is its own among the looks."""
    path = root / "logs" / f"filters-{name}.json"
    key = _key(root, edition, text, options)
    if (known := _known(path, key)) is not None:
        return known
    main = document.lines[0].file if document.lines else "report"
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "made"
        command = [embedded.pandoc(), "--from=markdown", f"--output={output}", *options]
        problems = tuple(embedded.run_pandoc(root, command, text, document, main))
        made = output.read_text("utf-8") if output.is_file() else ""
    named: dict[str, list[str]] = {"id": [], "href": [], "src": [], "data-cites": []}
    for attribute, value in _ATTRIBUTE.findall(made):
        named[attribute].append(html.unescape(value))
    content = {"key": key, "problems": [_stored(problem) for problem in problems], "named": named}
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(content, ensure_ascii=False), "utf-8", newline="\n")
    unfinished.replace(path)
    return Seen(problems, named)


def _stored(problem: Problem) -> list[Any]:
    return [problem.file, problem.line, problem.message.key, problem.message.values, problem.meant]


def _problem(file: str, line: int | None, key: str, values: dict[str, Any], meant: str | None) -> Problem:
    return Problem(file, line, Message(key, values), meant)


def _known(path: Path, key: str) -> Seen | None:
    """Return what was said before under the same key."""
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["key"] != key:
            return None
        return Seen(tuple(_problem(*each) for each in content["problems"]), content["named"])
    except (OSError, ValueError, LookupError, TypeError):  # not there, or not whole
        return None


def _key(root: Path, edition: Edition, text: str, options: Sequence[str]) -> str:
    """Sum up all that the answer lies in: text, options, Pandoc, the filters and the results that these read."""
    total = hashlib.sha256(json.dumps([text, list(options), Path(embedded.pandoc()).stat().st_size]).encode())
    for path in _read(root, edition):
        content = path.read_bytes() if path.suffix != ".png" else _size(path)
        total.update(f"\0{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(content).digest())
    return total.hexdigest()


def _read(root: Path, edition: Edition) -> Iterator[Path]:
    yield from sorted((root / "report" / "filters").rglob("*.lua"))
    yield from sorted(path for path in (root / "figures" / edition).glob("*/*") if path.suffix in (".json", ".png"))
    yield from (path for path in [root / "data" / "results" / edition / "facts.json"] if path.is_file())


def _size(picture: Path) -> bytes:
    """Return the head of a PNG, which holds its size: slides are laid out by it."""
    with picture.open("rb") as file:
        return file.read(24)
