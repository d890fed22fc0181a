"""Numbers that prose may hold: the patterns that ``report/numbers.yaml`` declares, each with its reason."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from report_engine.model.document import DocumentError, Node, read_yaml
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

Where = Literal["chapters", "words"]
KINDS: tuple[Where, ...] = ("chapters", "words")
"""Kinds of text: chapters and slides; words that the sections write."""

FILE = "report/numbers.yaml"


@dataclass(frozen=True)
class Allowed:
    """A pattern inside which digits and number words are no data, the editions and kinds of text it is for, and why."""

    pattern: re.Pattern[str]
    editions: tuple[Edition, ...]
    where: tuple[Where, ...]
    reason: str


def load(root: Path) -> tuple[Allowed, ...]:
    """Read the declared patterns; none where there is no such file, ``DocumentError`` where it can't be used."""
    path = root / FILE
    if not path.is_file():
        return ()
    node = Node(read_yaml(path.read_text("utf-8"), FILE), FILE)
    found = node.items("patterns", _one)
    node.done()
    return found


def _one(node: Node) -> Allowed:
    text, reason = node.text("pattern"), node.text("reason")
    editions = (node.one_of("edition", EDITIONS),) if "edition" in node else EDITIONS
    where = (node.one_of("where", KINDS),) if "where" in node else KINDS
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise DocumentError(
            FILE, Message("documents.no_pattern", {"pattern": repr(text), "reason": str(error)})
        ) from None
    if pattern.search(""):
        raise DocumentError(FILE, Message("documents.empty_pattern", {"pattern": repr(text)}))
    return Allowed(pattern, editions, where, reason)
