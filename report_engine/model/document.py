"""Strict reading of a YAML mapping: every key is asked for by name, and a key nobody asked for is an error."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

import yaml

from report_engine.model.findings import escape
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.messages import Message, Word
from report_engine.words.nearest import nearest as nearest_word

T = TypeVar("T")

_REQUIRED = object()


_LARGEST = 1_000_000  # characters
_DEEPEST = 30  # levels
_MOST = 100_000  # keys, values and lists
_LONGEST = 1_000  # characters of a message


class DocumentError(ValueError):
    """A document that can't be used: file and key, what is wrong there, and what a wrong name was probably meant to be."""

    def __init__(self, where: Word, message: Message, meant: str | None = None) -> None:
        super().__init__(where, message, meant)
        self.where, self.message = where, message
        if meant is not None:
            self.message = Message("documents.hinted", {"problem": message, "value": meant})

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say where and what in one printable line of a readable length."""
        said = (
            Message("documents.wrong", {"where": self.where, "problem": self.message}) if self.where else self.message
        )
        text = escape(said.say(edition))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader keeps `report check` short
_TextLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _once(build: Callable[..., dict[Any, Any]]) -> Callable[..., dict[Any, Any]]:
    """Refuse a key that stands twice in a mapping, where PyYAML would silently take the last."""

    def construct_mapping(self: Any, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        repeated = sorted(key for key, times in Counter(keys).items() if times > 1)
        if repeated:  # looked for before ``<<`` is merged in
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {repeated[0]!r} stands twice", node.start_mark
            )
        return build(self, node, deep=deep)

    return construct_mapping


class _UniqueKeys(_Loader):  # type: ignore[misc, valid-type]  # known at run time only
    construct_mapping = _once(_Loader.construct_mapping)


class _UniqueTexts(_TextLoader):  # type: ignore[misc, valid-type]  # known at run time only
    construct_mapping = _once(_TextLoader.construct_mapping)


def read_yaml(text: str, where: str, *, only_text: bool = False) -> object:
    """Read one YAML document; ``DocumentError`` with file and line where it can't be read or repeats a key.

    With ``only_text``, everything comes back as it is written: ``yes`` is no boolean, and ``0581`` no number.
    """
    try:
        if only_text:
            refuse_vast(text, where)
        return yaml.load(text, Loader=_UniqueTexts if only_text else _UniqueKeys)
    except DocumentError:
        raise
    except yaml.MarkedYAMLError as error:
        raise DocumentError(
            _at(where, error.problem_mark), Message("chapters.said", {"said": str(error.problem)})
        ) from None
    except UNREADABLE as error:
        raise DocumentError(where, Message("documents.not_yaml", {"reason": " ".join(str(error).split())})) from None


def _at(where: str, mark: "yaml.Mark | yaml._yaml.Mark | None") -> Word:
    return Message("chapters.at_line", {"file": where, "line": mark.line + 1}) if mark else where


UNREADABLE = (yaml.YAMLError, RecursionError, ValueError, LookupError, TypeError, AttributeError, OverflowError)
"""What PyYAML raises for a document that holds a number, date or key that is none."""


def refuse_vast(text: str, where: str) -> None:
    """Raise ``DocumentError`` for a document that is too long, nested too deeply, or repeats a part of itself by name.

    It goes through the document without building anything: what names itself may be endless once it is built.
    """
    if len(text) > _LARGEST:
        raise DocumentError(where, Message("documents.too_long", {"limit": _LARGEST}))
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_TextLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError(_at(where, event.start_mark), Message("documents.alias", {"name": str(event.anchor)}))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or number > _MOST:
            levels, parts = Message("documents.levels", {"n": _DEEPEST}), Message("documents.parts", {"n": _MOST})
            raise DocumentError(_at(where, event.start_mark), levels if depth > _DEEPEST else parts)


class Node:
    """One mapping of a document, which knows where it stands and which of its keys have been read.

    Every getter raises ``DocumentError`` for a missing key (unless it has a default) or a value of the wrong type;
    ``done`` raises it for keys that nothing has read.
    """

    def __init__(self, content: object, where: str) -> None:
        if not isinstance(content, dict):
            raise DocumentError(where, Message("documents.keys_and_values", {"found": repr(content)}))
        self._content: dict[Any, Any] = content
        self._where = where
        self._read: set[str] = set()
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        self._known.add(key)
        return key in self._content

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = _REQUIRED) -> Any:
        """Return a value of the given type, or the default where the key is missing."""
        self._read.add(key)
        if key not in self._content:
            if default is _REQUIRED:
                raise DocumentError(
                    self._where, Message("documents.key_missing", {"name": repr(key)}), meant(key, self._unread())
                )
            return default
        value = self._content[key]
        kinds = kind if isinstance(kind, tuple) else (kind,)
        stray_bool = isinstance(value, bool) and bool not in kinds  # to Python a bool is an int
        if stray_bool or not isinstance(value, kinds):
            wanted = [_KIND_NAMES.get(one, one.__name__) for one in kinds]
            raise self.wrong(key, Message("documents.kind", {"kinds": wanted, "found": repr(value)}))
        return value

    def text(self, key: str) -> str:
        """Return a string."""
        value: str = self.get(key, str)
        return value

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """Return a list of strings, of which there must be a least number."""
        values = self.get(key, list)
        for value in values:
            if not isinstance(value, str):
                raise self.wrong(key, Message("documents.strings", {"found": repr(value)}))
        if len(values) < least:
            raise self.wrong(key, Message("documents.least", {"n": least, "found": repr(values)}))
        return tuple(values)

    def only_text(self, key: str) -> str:
        """Return the string of a list that must hold just one."""
        values = self.texts(key)
        if len(values) != 1:
            raise self.wrong(key, Message("documents.one_string", {"found": repr([*values])}))
        return values[0]

    def must_know(self, key: str, names: Iterable[str], known: Collection[str]) -> None:
        """Raise ``DocumentError`` for the first of the names under a key that isn't a known column."""
        for name in names:
            if name not in known:
                raise self.wrong(key, Message("documents.no_column", {"name": repr(name)}), meant(name, known))

    def both(self, key: str) -> Text:
        """Return a wording in every edition."""
        return self.child(key, lambda node: {edition: node.text(edition) for edition in EDITIONS})

    def one_of(self, key: str, allowed: tuple[Any, ...]) -> Any:
        """Return a value that is one of those allowed."""
        value = self.get(key, (str, bool))
        if value not in allowed:
            words = ", ".join(map(str, allowed))
            raise self.wrong(key, Message("documents.one_of", {"found": repr(value), "allowed": words}))
        return value

    def child(self, key: str, build: Callable[["Node"], T]) -> T:
        """Return what ``build`` makes of the mapping under a key."""
        return _build(self.get(key, dict), f"{self._where}, {key}", build)

    def items(self, key: str, build: Callable[["Node"], T], *, optional: bool = False) -> tuple[T, ...]:
        """Return what ``build`` makes of each mapping in a list; none where the key is optional and missing."""
        content = self.get(key, list, [] if optional else _REQUIRED)
        return tuple(_build(item, f"{self._where}, {key} {_name(item, n)}", build) for n, item in enumerate(content, 1))

    def done(self) -> None:
        """Raise ``DocumentError`` for the first key that nothing has read."""
        unread = self._unread()
        if unread:
            hint = meant(unread[0], sorted(self._read | self._known))
            raise DocumentError(self._where, Message("documents.unknown_key", {"name": repr(unread[0])}), hint)

    def wrong(self, key: str, message: Message, meant: str | None = None) -> DocumentError:
        """Return the error for what stands under a key."""
        return DocumentError(f"{self._where}, {key}", message, meant)

    def _unread(self) -> list[str]:
        return [str(key) for key in self._content if key not in self._read]


_KIND_NAMES = {
    str: Message("expected.text"),
    int: Message("expected.whole_number"),
    float: Message("expected.number"),
    bool: Message("documents.true_or_false"),
    list: Message("documents.list"),
    dict: Message("documents.keys"),
}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean ...?`` for the known word that is most like this one, or nothing."""
    found = meant(word, known)
    return f". Did you mean {found}?" if found else ""


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, in quotation marks."""
    found = nearest_word(word, list(known))
    return repr(found) if found else None


def _build(content: object, where: str, build: Callable[[Node], T]) -> T:
    node = Node(content, where)
    built = build(node)
    node.done()
    return built


def _name(item: object, number: int) -> str:
    return str(item.get("name", number)) if isinstance(item, dict) else str(number)
