"""What pydantic finds wrong, as messages of the catalogues; the types and the base class of the models read from YAML."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypeAlias, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictStr,
    ValidationError,
    WrapValidator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import nearest

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys, and the positions in lists, that lead to a part of a document."""

_LONGEST = 60  # characters of a value that is quoted


class Wrong(NamedTuple):
    """Something wrong in a document: the path there, what it is, and the known name that was probably meant."""

    path: KeyPath
    message: Message
    meant: str | None = None


class Part(BaseModel):
    """A mapping of a document: a key that has no attribute here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refusal(message: Message) -> PydanticCustomError:
    """Return what a validator raises to refuse a value with a message of the catalogues."""
    return PydanticCustomError("message", "refused", {"message": message})


def unknown(path: KeyPath, message: Message, name: str, known: Iterable[str]) -> Wrong:
    """Return what is wrong with a name that is none of those known."""
    return Wrong(path, message, nearest(name, known))


def one_of(path: KeyPath, found: object, allowed: Sequence[str]) -> Wrong:
    """Return what is wrong with a value that is none of those allowed."""
    message = Message("documents.one_of", {"found": show(found), "allowed": allowed})
    return unknown(path, message, str(found), allowed)


def show(value: object) -> str:
    """Quote a value as YAML writes it, cut to a readable length."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):  # keys that are no words
        text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def inside(content: object, part: str | int) -> Any:
    """Return what stands under a key or at a position, None where nothing does."""
    if isinstance(content, dict):
        return content.get(part)
    return content[part] if isinstance(content, list) and isinstance(part, int) and part < len(content) else None


def _of(*kinds: type) -> BeforeValidator:
    """Take values of these types as they are, and no boolean for a number."""

    def check(value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, kinds):
            wanted = [_KINDS[_TYPES[kind]] for kind in kinds]
            raise refusal(Message("documents.kind", {"kinds": wanted, "found": show(value)}))
        return value

    return BeforeValidator(check)


def _whole(text: dict[Edition, str]) -> dict[Edition, str]:
    for edition in EDITIONS:
        if edition not in text:
            raise refusal(Message("documents.edition_missing", {"name": edition}))
    return {edition: text[edition] for edition in EDITIONS}


def worded(message: Message) -> WrapValidator:
    """Say in words of its own that a value is not what its type asks for."""

    def check(value: object, handler: Callable[[object], object]) -> object:
        try:
            return handler(value)
        except ValidationError:
            raise refusal(Message("documents.is_not", {"found": show(value), "expected": message})) from None

    return WrapValidator(check)


Number: TypeAlias = Annotated[int | float, _of(int, float)]
Code: TypeAlias = Annotated[str | int, _of(str, int)]
Both: TypeAlias = Annotated[dict[Edition, StrictStr], AfterValidator(_whole)]
"""A wording in every edition."""
Texts: TypeAlias = tuple[StrictStr, ...]
SomeTexts: TypeAlias = Annotated[Texts, Field(min_length=1)]
OneOrMany: TypeAlias = Annotated[Texts, BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]

_TYPES = {str: "string_type", int: "int_type", float: "float_type"}

_KINDS = {
    "string_type": Message("expected.text"),
    "int_type": Message("expected.whole_number"),
    "float_type": Message("expected.number"),
    "bool_type": Message("documents.true_or_false"),
    "tuple_type": Message("documents.list"),
    "list_type": Message("documents.list"),
    "dict_type": Message("documents.keys"),
    "model_type": Message("documents.keys"),
    "model_attributes_type": Message("documents.keys"),
    "dataclass_type": Message("documents.keys"),
}


def wrongs(error: ValidationError, content: object, kind: Any) -> Iterator[Wrong]:
    """Give what pydantic found wrong in a content that should be of this kind; once where two errors are of one mistake."""
    errors = error.errors(include_url=False)
    stray: dict[tuple[str | int, ...], list[str]] = {}
    for one in errors:
        if one["type"] == "extra_forbidden":
            stray.setdefault(one["loc"][:-1], []).append(str(one["loc"][-1]))
    for one in errors:
        misspelt = one["type"] == "missing" and nearest(str(one["loc"][-1]), stray.get(one["loc"][:-1], []))
        if not misspelt and not _echo(one):
            yield _wrong(one, content, kind)


def _echo(error: ErrorDetails) -> bool:
    """Whether the error only repeats another: a list of nothing but wrong values is also too short, a default not found."""
    return error["type"] == "default_factory_not_called" or (error["type"] == "too_short" and bool(error["input"]))


def _wrong(error: ErrorDetails, content: object, kind: Any) -> Wrong:
    path = _path(error["loc"], content, missing=error["type"] in ("missing", "union_tag_not_found"))
    context, found = error.get("ctx", {}), {"found": show(error["input"])}
    match error["type"]:
        case "message":
            return Wrong(path, context["message"])
        case "extra_forbidden":
            *outer, name = error["loc"]
            known = _keys(kind, outer)
            return Wrong(path, Message("documents.unknown_key", {"known": known}), nearest(str(name), known))
        case "missing":
            return Wrong(path, Message("documents.key_missing"))
        case "union_tag_not_found":
            return Wrong((*path, _tag(context)), Message("documents.key_missing"))
        case "literal_error" | "union_tag_invalid":
            value = context.get("tag", error["input"])
            path = (*path, _tag(context)) if "tag" in context else path
            return one_of(path, value, _allowed(context.get("expected", context.get("expected_tags", ""))))
        case "greater_than_equal":
            return Wrong(path, Message("documents.at_least", {**found, "limit": context["ge"]}))
        case "less_than_equal":
            return Wrong(path, Message("documents.at_most", {**found, "limit": context["le"]}))
        case "too_short":
            return Wrong(path, Message("documents.too_few", {**found, "n": context["min_length"]}))
    if error["type"] in _KINDS:
        return Wrong(path, Message("documents.kind", {"kinds": [_KINDS[error["type"]]], **found}))
    return Wrong(path, Message("documents.other", found))


def _tag(context: Mapping[str, Any]) -> str:
    return str(context["discriminator"]).strip("'")


def _allowed(expected: str) -> list[str]:
    """Read the values that pydantic lists in words (``'a', 'b' or 'c'``), as YAML writes them."""
    words = expected.replace(" or ", ", ").replace("'", "").split(", ")
    return [{"True": "true", "False": "false"}.get(word, word) for word in words]


def _path(place: tuple[int | str, ...], content: object, *, missing: bool) -> KeyPath:
    """Leave out what pydantic puts into its place besides keys: tags of unions, ``[key]``, keys that a validator made."""
    path: list[int | str] = []
    for number, part in enumerate(place, 1):
        there = part in content if isinstance(content, dict) else inside(content, part) is not None
        if there or (missing and number == len(place)):
            path.append(part)
            content = inside(content, part)
    return tuple(path)


def _keys(kind: Any, place: Sequence[int | str]) -> list[str]:
    """Name the keys of the model that a place leads to in a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        if not place:
            return list(fields)
        if place[0] in fields:
            return _keys(fields[str(place[0])], place[1:])
        its_tag = any(place[0] in get_args(annotation) for annotation in fields.values())
        return _keys(kind, place[1:]) if its_tag else []
    arguments = get_args(kind)
    if get_origin(kind) in (dict, tuple):
        return _keys(arguments[get_origin(kind) is dict], place[1:])
    return next((keys for each in arguments if (keys := _keys(each, place))), [])
