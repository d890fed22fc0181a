"""The sentences that code fills in: a file a section and edition, ``report/<edition>/texts/<section>.yaml``.

A text has holes with a name and a form, ``{share:percent}``; the forms are those of ``report_engine.words.forms``. Code
gives values, once for all editions; how they are said stands in the file of each.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from report_engine.provenance import place
from report_engine.provenance.digests import digest
from report_engine.words import forms
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.messages import Message, Word
from report_engine.words.yaml_faults import fault

SHARED = "shared"
"""The file of what several sections say."""

COLUMNS = "columns"
"""The file of what columns of figures' data are called, where neither the engine nor a contract names them."""


class TextError(ValueError):
    """A text that can't be used; the message names file, line and key."""

    def __init__(self, file: str, line: int | None, message: Message) -> None:
        super().__init__(file, line, message)
        self.file, self.line, self.message = file, line, message

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say where and what in one line."""
        where: Word = (
            self.file if self.line is None else Message("chapters.at_line", {"file": self.file, "line": self.line})
        )
        return Message("documents.wrong", {"where": where, "problem": self.message}).say(edition)


@dataclass(frozen=True)
class Line:
    """A text as somebody wrote it, and where: the file below the project's folder and its line."""

    text: str
    file: str
    number: int

    @property
    def holes(self) -> list[tuple[str, str, str]]:
        """List name, form and options of each hole, in order."""
        return forms.holes(self.text)


Lines = Mapping[str, Line]
"""The texts of a file by key: the keys on the way to a text, with dots between them."""


@dataclass(frozen=True)
class Texts:
    """The texts of a section in every edition; ``files`` are their names."""

    files: Mapping[Edition, str]
    lines: Mapping[Edition, Lines]

    def __call__(self, key: str, /, **values: forms.Value) -> Text:
        """Fill the holes of a text; ``TextError`` for a key, hole or form that there is none of."""
        return {edition: self.write(key, edition, **values) for edition in EDITIONS}

    def write(self, key: str, edition: Edition, /, **values: forms.Value) -> str:
        """Fill the holes of a text in one edition; ``TextError`` as above."""
        if _closed.get() and self._of_section(edition):
            raise RuntimeError(f"{key}: what a figure says must be among the arguments of the function that draws it")
        line = self.lines[edition].get(key)
        if line is None:
            raise TextError(self.files[edition], None, Message("texts.unknown", {"key": repr(key)}))
        if spare := sorted(values.keys() - {name for name, _, _ in line.holes}):
            others = [{name for name, _, _ in its[key].holes} for its in self.lines.values() if key in its]
            if not set(spare) <= set().union(*others):
                raise _wrong(line, key, Message("texts.no_such_hole", {"name": spare[0]}))

        def fill(hole: re.Match[str]) -> str:
            if hole["name"] not in values:
                raise _wrong(line, key, Message("texts.nothing_known", {"hole": hole[0]}))
            try:
                return forms.write(values[hole["name"]], hole["form"] or "", hole["options"] or "", edition)
            except forms.FormError as error:
                raise _wrong(line, f"{key}, {hole[0]}", Message(*error.why)) from None

        return forms.HOLE.sub(fill, line.text)

    def _of_section(self, edition: Edition) -> bool:
        """Say whether these are a section's own; what sections share is in every drawing's key, the engine's are its code."""
        return self.files[edition] != path(SHARED, edition) and self.files[edition].startswith("report/")

    def labels(self, group: str) -> dict[object, Text]:
        """Return the texts below a key, which have no holes, by the last part of theirs; in the order of the file."""
        return {key: self(f"{group}.{key}") for key in self.keys(group)}

    def keys(self, group: str) -> list[str]:
        """Name the keys right below a key, in the order of the file."""
        start = f"{group}."
        found = [key.removeprefix(start) for key in self.lines[EDITIONS[0]] if key.startswith(start)]
        return list(dict.fromkeys(key.partition(".")[0] for key in found))

    def __contains__(self, key: str) -> bool:
        return key in self.lines[EDITIONS[0]]


_closed: ContextVar[bool] = ContextVar("closed", default=False)


@contextmanager
def closed() -> Iterator[None]:
    """Let no section's text be looked up: a figure is drawn again only when the arguments of what draws it change.

    What all sections share may be: it counts for every drawing.
    """
    token = _closed.set(True)
    try:
        yield
    finally:
        _closed.reset(token)


def path(section: str, edition: Edition) -> str:
    """Name the file of a section's texts in an edition, below the project's folder."""
    return f"report/{edition}/texts/{section}.yaml"


def named(edition: Edition, root: Path = place.ROOT) -> list[str]:
    """Name the sections, and what they share, that have a file of texts in an edition, sorted."""
    return sorted(file.stem for file in (root / path("x", edition)).parent.glob("*.yaml"))


def there(section: str, root: Path = place.ROOT) -> bool:
    """Say whether a section has a file of texts, in the first edition."""
    return (root / path(section, EDITIONS[0])).is_file()


def load(section: str) -> Texts:
    """Read a section's texts in every edition; ``TextError`` for a file that can't be read."""
    return read({edition: path(section, edition) for edition in EDITIONS})


def read(files: Mapping[Edition, str], root: Path = place.ROOT) -> Texts:
    """Read texts from one file an edition, named below a folder; ``TextError`` for a file that can't be read."""
    return Texts(files, {edition: lines(file, root) for edition, file in files.items()})


def lines(file: str, root: Path = place.ROOT) -> Lines:
    """Read a file of texts; ``TextError`` names the line of what can't be read, or stands twice."""
    if not (root / file).is_file():
        raise TextError(file, None, Message("texts.no_file"))
    return _lines(file, root, digest(root / file))


@cache  # by content: a process may outlive a save
def _lines(file: str, root: Path, content: str) -> Lines:
    try:
        top = yaml.compose((root / file).read_text("utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise TextError(file, None, Message("documents.not_utf8")) from None
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 1 if error.problem_mark else None
        raise TextError(file, at, fault(error)) from None
    except yaml.YAMLError as error:
        raise TextError(file, None, fault(error)) from None
    found: dict[str, Line] = {}
    for key, line in _walk(top, file, ()) if top is not None else ():
        if key in found:
            raise _wrong(line, key, Message("documents.key_twice"))
        found[key] = line
    return found


def _wrong(line: Line, key: str, problem: Message) -> TextError:
    return TextError(line.file, line.number, Message("documents.at_key", {"key": key, "problem": problem}))


def _walk(node: yaml.Node, file: str, keys: tuple[str, ...]) -> Iterator[tuple[str, Line]]:
    at = node.start_mark.line + 1
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise TextError(file, at, Message("documents.key_no_word"))
                yield from _walk(value, file, (*keys, key.value))
        case yaml.ScalarNode() if keys and node.tag != "tag:yaml.org,2002:null":
            yield ".".join(keys), Line(node.value, file, at)
        case _:
            raise TextError(
                file, at, Message("texts.no_text", {"key": ".".join(keys)}) if keys else Message("texts.no_key")
            )
