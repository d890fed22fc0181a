"""YAML documents: read within limits, put into a pydantic model, and what is wrong with one said by line and key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from report_engine.model import validation
from report_engine.model.findings import printable
from report_engine.model.problems import Problem
from report_engine.model.validation import KeyPath, Wrong, show
from report_engine.words.editions import Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import nearest
from report_engine.words.yaml_faults import fault

T = TypeVar("T")

_LARGEST = 1_000_000  # bytes
_DEEPEST = 30  # levels
_MOST = 100_000  # keys, values and lists
_LONGEST = 1_000  # characters of a line
_MOST_PROBLEMS = 50

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader keeps `report check` short
_TextLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_UNREADABLE = (yaml.YAMLError, RecursionError, ValueError, LookupError, TypeError, AttributeError, OverflowError)
"""What PyYAML raises for a document that holds a number, date or key that is none."""


class DocumentError(ValueError):
    """A document that can't be used; ``problems`` are what is wrong with it, in the order of its lines."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say each problem on a printable line of a readable length."""
        texts = (printable(problem.say(edition)) for problem in self.problems)
        return "\n".join(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in texts)


@dataclass(frozen=True)
class Document:
    """What a YAML document says; ``where`` names its file, ``root`` knows the lines where it was read from a text."""

    where: str
    content: object
    root: yaml.Node | None = None

    def into(self, kind: type[T]) -> T:
        """Put the content into a type that pydantic knows; ``DocumentError`` with everything that does not fit."""
        content = {} if self.content is None else self.content
        try:
            return TypeAdapter(kind).validate_python(content)
        except ValidationError as error:
            self.refuse(validation.wrongs(error, content, kind))
            raise

    def refuse(self, wrongs: Iterable[Wrong]) -> None:
        """Raise ``DocumentError`` where there is something wrong."""
        problems = map(self._problem, islice(wrongs, _MOST_PROBLEMS))
        if found := sorted(problems, key=lambda problem: problem.line or 0):
            raise DocumentError(*found)

    def _problem(self, wrong: Wrong) -> Problem:
        message = wrong.message
        if wrong.path:
            key = ".".join(_names(wrong.path, self.content))
            message = Message("documents.at_key", {"key": key, "problem": message})
        near = None if wrong.meant is None else show(wrong.meant)
        return Problem(self.where, _line(wrong.path, self.root), message, near)


def read(path: Path, where: str | None = None, *, only_text: bool = False) -> Document:
    """Read a file as ``parse`` does; ``DocumentError`` names the nearest file where there is none of that name."""
    name = where or path.as_posix()
    try:
        if not path.is_file() and path.exists():
            raise _refused(name, Message("documents.no_file"))
        if path.stat().st_size > _LARGEST:
            raise _refused(name, Message("documents.too_large", {"limit": _LARGEST}))
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise _refused(name, Message("documents.not_utf8")) from None
    except DocumentError:
        raise
    except (OSError, ValueError):
        near = nearest(path.name, sorted(other.name for other in path.parent.glob("*.yaml")))
        meant = f'"{path.with_name(near).as_posix()}"' if near else None
        raise DocumentError(Problem(name, None, Message("documents.missing"), meant)) from None
    return parse(text, name, only_text=only_text)


def parse(text: str, where: str, *, only_text: bool = False) -> Document:
    """Read one YAML document; ``DocumentError`` with file and line where it can't be read, is vast or repeats a key.

    With ``only_text``, everything comes back as it is written: ``yes`` is no boolean, and ``0581`` no number.
    """
    try:
        _refuse_deep(text, where)
        loader = (_TextLoader if only_text else _Loader)(text)
        root = loader.get_single_node()
        if root is None:
            return Document(where, None)
        _check(root, where)
        return Document(where, loader.construct_document(root), root)
    except DocumentError:
        raise
    except yaml.MarkedYAMLError as error:
        raise _refused(where, fault(error), error.problem_mark) from None
    except _UNREADABLE as error:
        raise _refused(where, fault(error)) from None


def _refused(where: str, message: Message, mark: "yaml.Mark | yaml._yaml.Mark | None" = None) -> DocumentError:
    return DocumentError(Problem(where, mark.line + 1 if mark else None, message))


def _refuse_deep(text: str, where: str) -> None:
    """Raise ``DocumentError`` for what is nested so deeply that the C loader would end the process when it builds it."""
    depth = 0
    for event in yaml.parse(text, Loader=_TextLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _refused(where, Message("documents.levels", {"n": _DEEPEST}), event.start_mark)


def _check(root: yaml.Node, where: str) -> None:
    """Raise ``DocumentError`` for a vast document, or a key that stands twice, where PyYAML would take the last.

    A part that is repeated by name (``*name``) counts each time: it may hold itself.
    """
    left, number = [(root, 1)], 0
    while left:
        node, depth = left.pop()
        number += 1
        if depth > _DEEPEST or number > _MOST:
            levels, parts = Message("documents.levels", {"n": _DEEPEST}), Message("documents.parts", {"n": _MOST})
            raise _refused(where, levels if depth > _DEEPEST else parts, node.start_mark)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise _refused(where, Message("documents.key_no_word"), key.start_mark)
                if key.value in seen:
                    message = Message("documents.at_key", {"key": key.value, "problem": Message("documents.key_twice")})
                    raise _refused(where, message, key.start_mark)
                seen.add(key.value)
                left.append((value, depth + 1))
        elif isinstance(node, yaml.SequenceNode):
            left += [(value, depth + 1) for value in node.value]


def _names(path: KeyPath, content: Any) -> Iterator[str]:
    """Name the parts of a path: keys as they are, values of a list by their ``name`` or their number, from 1."""
    for part in path:
        listed = isinstance(content, list)
        content = validation.inside(content, part)
        name = content.get("name") if listed and isinstance(content, dict) else None
        yield name if isinstance(name, str) else str(part + 1 if listed and isinstance(part, int) else part)


def _line(path: KeyPath, root: yaml.Node | None) -> int | None:
    """Return the line of the last key or value of a path that is there, from 1."""
    if root is None:
        return None
    line, node = root.start_mark.line, root
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line + 1
