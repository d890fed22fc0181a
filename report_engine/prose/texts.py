"""The files of texts of all editions, compared with one another: keys, holes and forms."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.provenance import place
from report_engine.words import forms
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message
from report_engine.words.texts import COLUMNS, SHARED, Line, TextError, lines, named, path

_ENGINE = place.ENGINE_ROOT / place.ENGINE_PACKAGE / "results"


def check(root: Path) -> list[Problem]:
    """Say where texts differ between editions (files, keys, holes), and which holes and forms there are none of."""
    problems: list[Problem] = []
    sections = {edition: set(named(edition, root)) for edition in EDITIONS}
    for section in sorted(set().union(*sections.values())):
        try:
            problems += differences({edition: path(section, edition) for edition in EDITIONS}, root)
        except TextError as error:
            problems.append(Problem(error.file, error.line, error.message))
    return problems


def differences(files: Mapping[Edition, str], root: Path) -> Iterator[Problem]:
    """Compare the texts of one file an edition."""
    found = {edition: lines(file, root) for edition, file in files.items()}
    for edition, its in found.items():
        for key, line in its.items():
            yield from _wrong(key, line)
            for other in (each for each in files if each != edition):
                there = found[other].get(key)
                if there is None:
                    missing = {"key": key, "file": files[other]}
                    yield Problem(line.file, line.number, Message("texts.missing", missing))
                elif spare := sorted({name for name, _, _ in line.holes} - {name for name, _, _ in there.holes}):
                    where = {"key": key, "file": there.file, "line": str(there.number), "name": spare[0]}
                    yield Problem(line.file, line.number, Message("texts.no_hole", where))


def _wrong(key: str, line: Line) -> Iterator[Problem]:
    if stray := re.search(r"[{}]", forms.HOLE.sub("", line.text)):
        yield Problem(line.file, line.number, Message("texts.stray_brace", {"key": key, "brace": stray[0]}))
    for name, form, options in line.holes:
        if why := forms.wrong(form, options):
            message = Message("texts.form", {"key": key, "name": name, "form": form, "why": Message(*why)})
            yield Problem(line.file, line.number, message)


def unused(root: Path) -> list[Problem]:
    """List the texts that no code asks for: a part of their key stands in none of the strings of the study's code.

    A key is asked for whole, part by part (``f"claims.{name}.said"``), or with all others below a key (``labels.row``).
    """
    shared = _strings(root.glob("analysis/*.py"), (_ENGINE / name for name in ("claims.py", "section_builder.py")))
    problems = []
    for section in (each for each in named(EDITIONS[0], root) if each != COLUMNS):  # columns are named as data are
        folder = "sections/**" if section == SHARED else f"sections/{section}"
        asked = shared | _strings(root.glob(f"analysis/{folder}/*.py"))
        parts = {part for text in asked for part in text.split(".")}
        for edition in EDITIONS:
            for key, line in lines(path(section, edition), root).items():
                if not _is_asked(key, asked, parts):
                    problems.append(Problem(line.file, line.number, Message("texts.unused", {"key": key})))
    return problems


def _is_asked(key: str, asked: frozenset[str], parts: set[str]) -> bool:
    steps = key.split(".")
    above = {".".join(steps[:depth]) for depth in range(2, len(steps) + 1)}
    return bool(above & asked) or all(step in parts for step in steps)


def _strings(*files: Iterable[Path]) -> frozenset[str]:
    return frozenset(chain.from_iterable(_strings_of(file.read_bytes()) for file in chain(*files)))


@cache  # a build and a preview ask again
def _strings_of(code: bytes) -> frozenset[str]:
    nodes = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return frozenset(node.value for node in nodes if isinstance(node.value, str))
