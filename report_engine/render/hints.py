"""What a name that leads nowhere was probably meant to be: the nearest of the same kind."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.render.project import load
from report_engine.render.source import Source
from report_engine.words.nearest import meant

_ID = re.compile(r"\{[^{}]*#([\w-]+)")
_ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^\s,]+)\s*,", re.MULTILINE | re.IGNORECASE)
_NAMED = {
    "filters.refers_to_nothing": "id",
    "chapters.not_in_bibliography": "key",
    "chapters.figure_without": "figure",
    "chapters.link_leads_nowhere": "id",
    "chapters.file_missing": "path",
}
"""Which hole of a message holds a name that leads nowhere."""


def bibliography(root: Path) -> Set[str] | None:
    """Return the keys of the report's literature; None where it is not BibTeX."""
    path = root / load(root).bibliography
    return frozenset(_ENTRY.findall(path.read_text("utf-8", "replace"))) if path.suffix == ".bib" else None


def hinted(root: Path, document: Source, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem with the nearest name of its kind, where there is one and the message has none yet."""
    for problem in problems:
        key = problem.message.key
        if problem.meant is None and key in _NAMED:
            name = str(problem.message.values[_NAMED[key]])
            name = f"#{name}" if key == "chapters.link_leads_nowhere" else name
            yield replace(problem, meant=meant(name, _known(root, document, key, name)))
        else:
            yield problem


def _known(root: Path, document: Source, key: str, name: str) -> list[str]:
    """List what the name in a message of this key could have been."""
    if key == "chapters.not_in_bibliography":
        return sorted(bibliography(root) or ())
    if key == "chapters.figure_without":
        figures = root / "figures"
        made = (path.relative_to(figures) for path in figures.glob(f"{name.partition('/')[0]}/*/*.json"))
        return sorted(path.with_suffix("").as_posix() for path in made)
    if key == "chapters.file_missing":
        there = root / Path(name).parent
        return sorted(path.relative_to(root).as_posix() for path in there.iterdir()) if there.is_dir() else []
    ids = sorted({found for line in document.lines if not line.code for found in _ID.findall(line.text)})
    return (
        [f"#{each}" for each in ids]
        if key == "chapters.link_leads_nowhere"
        else [each for each in ids if each[:4] == name[:4].lower()]
    )
