"""What a name that leads nowhere was probably meant to be: the nearest of the same kind."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path

from report_engine.model.document import nearest
from report_engine.model.problems import Problem
from report_engine.render.project import load
from report_engine.render.source import Source

_ID = re.compile(r"\{[^{}]*#([\w-]+)")
_ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^\s,]+)\s*,", re.MULTILINE | re.IGNORECASE)
_NAMELESS = re.compile(
    r"@(?P<reference>(?:[Ff]ig|[Tt]bl|[Ss]ec)-\S+) refers to nothing"
    r"|@(?P<citation>\S+) is not in the bibliography"
    r"|figure (?P<figure>\S+) has no \S+: .*"
    r"|the link (?P<link>#\S+) leads nowhere"
    r"|the file (?P<file>\S+) does not exist"
)


def bibliography(root: Path) -> Set[str] | None:
    """Return the keys of the report's literature; None where it is not BibTeX."""
    path = root / load(root).bibliography
    return frozenset(_ENTRY.findall(path.read_text("utf-8", "replace"))) if path.suffix == ".bib" else None


def hinted(root: Path, document: Source, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem with the nearest name of its kind, where there is one and the message has none yet."""
    for problem in problems:
        found = _NAMELESS.fullmatch(problem.message)
        if found is None or not found.lastgroup:
            yield problem
            continue
        name = found[found.lastgroup]
        hint = nearest(name, _known(root, document, found.lastgroup, name))
        message = problem.message + (hint.removeprefix(".") if problem.message.endswith("?") else hint)
        yield replace(problem, message=message)


def _known(root: Path, document: Source, kind: str, name: str) -> list[str]:
    """List what a name of this kind could have been."""
    if kind == "citation":
        return sorted(bibliography(root) or ())
    if kind == "figure":
        figures = root / "figures"
        made = (path.relative_to(figures) for path in figures.glob(f"{name.partition('/')[0]}/*/*.json"))
        return sorted(path.with_suffix("").as_posix() for path in made)
    if kind == "file":
        there = root / Path(name).parent
        return sorted(path.relative_to(root).as_posix() for path in there.iterdir()) if there.is_dir() else []
    ids = sorted({found for line in document.lines if not line.code for found in _ID.findall(line.text)})
    return [f"#{each}" for each in ids] if kind == "link" else [each for each in ids if each[:4] == name[:4].lower()]
