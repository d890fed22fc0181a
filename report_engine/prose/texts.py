"""The files of texts of all editions, compared with one another: keys, holes and forms."""

import re
from collections.abc import Iterator
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.words import forms
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message
from report_engine.words.texts import HOLE, Line, Lines, TextError, lines, named, path


def check(root: Path) -> list[Problem]:
    """Say where texts differ between editions (files, keys, holes), and which holes and forms there are none of."""
    problems: list[Problem] = []
    sections = {edition: set(named(edition, root)) for edition in EDITIONS}
    for section in sorted(set().union(*sections.values())):
        try:
            problems += _compared({edition: lines(path(section, edition), root) for edition in EDITIONS}, section)
        except TextError as error:
            problems.append(Problem(error.file, error.line, Message("chapters.said", {"said": error.message})))
    return problems


def _compared(found: dict[Edition, Lines], section: str) -> Iterator[Problem]:
    for edition, its in found.items():
        for key, line in its.items():
            yield from _wrong(key, line)
            for other in (each for each in EDITIONS if each != edition):
                there = found[other].get(key)
                if there is None:
                    where = {"key": key, "file": path(section, other)}
                    yield Problem(line.file, line.number, Message("texts.missing", where))
                elif spare := sorted({name for name, _, _ in line.holes} - {name for name, _, _ in there.holes}):
                    where = {"key": key, "file": there.file, "line": str(there.number), "name": spare[0]}
                    yield Problem(line.file, line.number, Message("texts.no_hole", where))


def _wrong(key: str, line: Line) -> Iterator[Problem]:
    if stray := re.search(r"[{}]", HOLE.sub("", line.text)):
        yield Problem(line.file, line.number, Message("texts.stray_brace", {"key": key, "brace": stray[0]}))
    for name, form, options in line.holes:
        if why := forms.wrong(form, options):
            message = Message("texts.form", {"key": key, "name": name, "form": form, "why": why})
            yield Problem(line.file, line.number, message)
