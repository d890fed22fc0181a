"""What the engine says, as a value: the key of a text in its catalogues, and what fills the text's holes.

Code makes a message where something is found; it is said in a language where it is shown. The catalogues, a file a
language beside this one, have holes as those of the report's sections (``report_engine.words.texts``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Union

import yaml

from report_engine.words import forms
from report_engine.words.editions import Edition, Text
from report_engine.words.spoken import language

FOLDER = Path(__file__).resolve().parent
"""Where the catalogues lie."""

Word = Union[str, Text, "Message"]
"""Words as they are in every language, or one by one, or a message."""

Value = float | Word | Sequence[Word]
"""What a hole of a message takes."""


@dataclass(frozen=True)
class Message:
    """A text of the catalogues with what fills its holes; as ``str``, it is in English."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __hash__(self) -> int:
        plain = (value for value in self.values.values() if isinstance(value, str | int | float))
        return hash((self.key, frozenset(plain)))

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say the message in a language; ``KeyError`` for a text or hole that there is none of."""
        return forms.HOLE.sub(
            lambda hole: _write(self.values[hole["name"]], hole["form"], hole["options"], edition),
            catalogue(edition)[self.key],
        )

    def replaced(self, change: Callable[[str], str]) -> "Message":
        """Return the message with the words in its holes, and in those of its messages, changed."""
        return Message(self.key, {name: _replaced(value, change) for name, value in self.values.items()})


class Told(Exception):
    """An error whose message is one line for a person; as ``str``, it is in English."""

    def __init__(self, message: Word) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say the message in a language."""
        return said(self.message, edition)


def say(key: str, edition: Edition, /, **values: Value) -> str:
    """Say a text of the catalogues in a language."""
    return Message(key, values).say(edition)


def speak(key: str, /, **values: Value) -> str:
    """Say a text of the catalogues to the person at a command."""
    return say(key, language(), **values)


def said(word: Word, edition: Edition) -> str:
    """Say words in a language; those of a study that is not in it, in the language that it is in."""
    match word:
        case str():
            return word
        case Message():
            return word.say(edition)
    return word[edition] if edition in word else next(iter(word.values()))


def told(what: Word | BaseException, edition: Edition | None = None) -> str:
    """Say something, or what an error says, to the person at a command: in the language asked for, if no other is given."""
    spoken = edition or language()
    if isinstance(what, BaseException):
        in_language = getattr(what, "say", None)
        return str(what) if in_language is None else str(in_language(spoken))
    return said(what, spoken)


@cache
def catalogue(edition: Edition) -> Mapping[str, str]:
    """Return the texts of a language by key, the group and the name with a dot between them."""
    groups = yaml.load((FOLDER / f"{edition}.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    return {f"{group}.{name}": text for group, texts in groups.items() for name, text in texts.items()}


def _write(value: Value, form: str | None, options: str | None, edition: Edition) -> str:
    if form is None and isinstance(value, int | float):
        return str(value)
    return forms.write(_said(value, edition), form or "", options or "", edition)


def _said(value: Value, edition: Edition) -> forms.Value:
    match value:
        case list() | tuple():
            return [said(each, edition) for each in value]
        case int() | float():
            return value
        case str() | Mapping() | Message():
            return said(value, edition)
    raise TypeError(f"{value!r} fills no hole of a message")


def _replaced(value: Value, change: Callable[[str], str]) -> Value:
    match value:
        case list() | tuple():
            return [_changed(each, change) for each in value]
        case str() | Mapping() | Message():
            return _changed(value, change)
    return value


def _changed(word: Word, change: Callable[[str], str]) -> Word:
    match word:
        case str():
            return change(word)
        case Message():
            return word.replaced(change)
    return {edition: change(words) for edition, words in word.items()}
