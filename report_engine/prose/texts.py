"""The files of texts of all editions, compared with one another: keys, holes and forms."""

import re
from collections.abc import Iterator
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.words import forms
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.texts import HOLE, Line, Lines, TextError, lines, named, path


def check(root: Path) -> list[Problem]:
    """Say where texts differ between editions (files, keys, holes), and which holes and forms there are none of."""
    problems: list[Problem] = []
    sections = {edition: set(named(edition, root)) for edition in EDITIONS}
    for section in sorted(set().union(*sections.values())):
        try:
            problems += _compared({edition: lines(path(section, edition), root) for edition in EDITIONS}, section)
        except TextError as error:
            problems.append(Problem(error.file, error.line, error.message))
    return problems


def _compared(found: dict[Edition, Lines], section: str) -> Iterator[Problem]:
    for edition, its in found.items():
        for key, line in its.items():
            yield from _wrong(key, line)
            for other in (each for each in EDITIONS if each != edition):
                there = found[other].get(key)
                if there is None:
                    yield Problem(line.file, line.number, f"{key}: the text is missing in {path(section, other)}")
                elif spare := sorted({name for name, _, _ in line.holes} - {name for name, _, _ in there.holes}):
                    which = f"{key}: {there.file}, line {there.number}, has no hole {{{spare[0]}}}"
                    yield Problem(line.file, line.number, which)


def _wrong(key: str, line: Line) -> Iterator[Problem]:
    if stray := re.search(r"[{}]", HOLE.sub("", line.text)):
        yield Problem(line.file, line.number, f"{key}: a {stray[0]} that belongs to no hole")
    for name, form, options in line.holes:
        if why := forms.wrong(form, options):
            yield Problem(line.file, line.number, f"{key}, {{{name}:{form}}}: {why}")
