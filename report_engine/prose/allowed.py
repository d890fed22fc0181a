"""Numbers that prose may hold: the patterns that ``report/numbers.yaml`` declares, each with its reason."""

import re
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, PlainValidator, StrictStr

from report_engine.model import document
from report_engine.model.validation import Part, refusal, show
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

Where = Literal["chapters", "words"]
KINDS: tuple[Where, ...] = get_args(Where)
"""Kinds of text: chapters and slides; words that the sections write."""

FILE = "report/numbers.yaml"


def _compiled(text: object) -> re.Pattern[str]:
    if not isinstance(text, str):
        raise refusal(Message("documents.kind", {"kinds": [Message("expected.text")], "found": show(text)}))
    try:
        pattern = re.compile(text)
    except re.error:
        raise refusal(Message("documents.no_pattern", {"pattern": show(text)})) from None
    if pattern.search(""):
        raise refusal(Message("documents.empty_pattern", {"pattern": show(text)}))
    return pattern


_ALONE = BeforeValidator(lambda value: (value,))


class Allowed(Part):
    """A pattern inside which digits and number words are no data, the editions and kinds of text it is for, and why."""

    pattern: Annotated[re.Pattern[str], PlainValidator(_compiled)]
    editions: Annotated[tuple[Edition, ...], _ALONE] = Field(default=EDITIONS, alias="edition")
    where: Annotated[tuple[Where, ...], _ALONE] = KINDS
    reason: StrictStr


class _Numbers(Part):
    patterns: tuple[Allowed, ...]


def load(root: Path) -> tuple[Allowed, ...]:
    """Read the declared patterns; none where there is no such file, ``DocumentError`` where it can't be used."""
    path = root / FILE
    return document.read(path, FILE).into(_Numbers).patterns if path.is_file() else ()
