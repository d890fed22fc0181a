"""JSON of a statistics office, read strictly: every number stays the text it is, and nothing odd passes."""

import codecs
import json
import math
from typing import Any

from report_engine.model.findings import Finding, show
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.sheet import NumberText
from report_engine.words.messages import Message

_LONGEST_NUMBER = 40  # characters: no measurement has more digits
_AGAIN = Message("statistics.download_again")


def looks_like_json(data: bytes) -> bool:
    """Say whether bytes begin as a JSON object or list does, after a byte order mark and blanks."""
    return data[:1000].removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")


def load(data: bytes, file: str) -> Any:
    """Return the content of JSON bytes (UTF-8, with or without byte order mark), its numbers as ``NumberText``.

    Raises ``Unreadable`` where the bytes are no JSON, repeat a key, nest too deeply, or hold ``NaN``, ``Infinity`` or a
    number beyond any measurement.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            Finding(file, "encoding", Message("statistics.json_not_utf8", {"line": line}), advice=_AGAIN)
        ) from None
    try:
        return json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=_number, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        problem = Message("statistics.json_invalid", {"line": error.lineno})
    except _Refused as error:
        problem = error.message
    except RecursionError:
        problem = Message("statistics.json_levels")
    raise Unreadable(Finding(file, "file", problem, advice=_AGAIN))


def refused(file: str, problem: Message, advice: Message | None = None, row: int | None = None) -> Unreadable:
    """Return the exception for content that is valid JSON but not what its format promises."""
    return Unreadable(Finding(file, "file", problem, row, advice=advice or _AGAIN))


class _Refused(ValueError):
    """JSON that is well formed but holds what no statistics office writes."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def _number(text: str) -> NumberText:
    short = len(text) < 20 and text[-1:].isdigit() and "e" not in text and "E" not in text  # most numbers, in less time
    if not short and (len(text) > _LONGEST_NUMBER or not math.isfinite(float(text))):
        raise _Refused(Message("statistics.no_number", {"text": show(text)}))
    return NumberText(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add returns None, which is false
        raise _Refused(Message("statistics.json_key_twice", {"name": show(twice)}))
    return content
