"""The settings a researcher chooses, read from ``config.yaml`` and checked."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import (
    ValidationError,
)
from pydantic_core import ErrorDetails

from report_engine.contracts import study
from report_engine.model.document import UNREADABLE, DocumentError, refuse_vast
from report_engine.model.findings import escape
from report_engine.provenance import place
from report_engine.readers import FORMS
from report_engine.settings.fetch import PATTERNS
from report_engine.settings.readable import limited
from report_engine.settings.settings import Files, Settings

FILE = "config.yaml"
SCHEMA_FILE = "config.schema.json"
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850")

CONTRACTS = place.STUDY / "contracts"

_LONGEST = 1_000  # characters of a message
_MOST = 50  # messages


class ConfigError(ValueError):
    """Settings that can't be used; ``lines`` holds one line a problem, naming the key, its value and what is allowed."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [text if len(text := escape(line)) <= _LONGEST else f"{text[:_LONGEST]}…" for line in lines]
        super().__init__("\n".join(self.lines))


def load(root: Path) -> Settings:
    """Read ``config.yaml`` in ``root``; ``ConfigError`` lists everything that is wrong with it."""
    path = root / FILE
    try:
        if path.exists() and not path.is_file():
            raise ConfigError([f"{FILE} is no file"])
        text = path.read_text("utf-8")
        refuse_vast(text, FILE)
        content = yaml.load(text, Loader=_Loader)
    except DocumentError as error:
        raise ConfigError([str(error)]) from None
    except FileNotFoundError:
        raise ConfigError([f"{FILE} is missing in {root}; run this in the project's folder"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{FILE}: save the file as UTF-8"]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise ConfigError([f"{FILE}, line {line}: {error.problem}"]) from None
    except UNREADABLE as error:  # a character that YAML does not allow, a date that is none
        raise ConfigError([f"{FILE}: {' '.join(str(error).split())}"]) from None
    return limited(parse({} if content is None else content))


def parse(content: object) -> Settings:
    """Check settings given as plain values; ``ConfigError`` lists everything that is wrong with them."""
    if not isinstance(content, dict):
        raise ConfigError([f"{FILE}: expected keys with values, found {_show(content)}"])
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        wrongs = [item for item in error.errors(include_url=False) if not _echo(item)]
        raise ConfigError([_line(item) for item in wrongs[:_MOST]]) from None
    if wrong := [*_wrong_sources(settings), *_wrong_places(content)]:
        raise ConfigError(wrong)
    return settings


def _wrong_sources(settings: Settings) -> Iterator[str]:
    datasets = sorted(path.stem for path in CONTRACTS.glob("*.yaml"))
    for name, given in settings.sources.items():
        if name not in datasets:
            yield f"{FILE}, sources: {name!r} is no dataset{_options(name, datasets)}"
        if given.format is not None and given.format not in FORMS:
            yield f"{FILE}, sources.{name}.format: {given.format!r} is no format{_options(given.format, FORMS)}"
        if given.encoding is not None and not _is_text_encoding(given.encoding):
            yield f"{FILE}, sources.{name}.encoding: {given.encoding!r} is no encoding{_options(given.encoding, ENCODINGS)}"


def _wrong_places(content: Mapping[str, object]) -> Iterator[str]:
    register = study.load().roles.register
    if register and not content.get("municipalities"):
        yield f"{FILE}, municipalities: name at least one of the dataset {register.dataset}"


def _is_text_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def schema() -> str:
    """Return the JSON schema of ``config.yaml`` for editors, as text; kept in ``config.schema.json``."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Settings.model_json_schema()}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, but a key that stands there twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands there twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _echo(error: ErrorDetails) -> bool:
    """Whether the error only repeats another: a list of nothing but wrong values is also too short, a default not found."""
    return error["type"] == "default_factory_not_called" or (error["type"] == "too_short" and bool(error["input"]))


def _line(error: ErrorDetails) -> str:
    """Write one of pydantic's errors as a line that names key, value and what is allowed."""
    match error["loc"]:
        case (str() as key, int() as index):
            place = f"{key}, value {index + 1}"
        case parts:
            place = ".".join(str(part) for part in parts if part != "[key]")
    context = error.get("ctx", {})
    value = _show(error["input"])
    where = f"{FILE}, {place}" if place else FILE
    match error["type"]:
        case "extra_forbidden":
            *outer, unknown = error["loc"]
            return f"{FILE}: unknown key {place}{_options(str(unknown), _keys(outer))}"
        case "literal_error":
            allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            return f"{where}: {value} is not allowed{_options(str(error['input']), allowed)}"
        case "string_pattern_mismatch" | "string_type" if "municipalities" in error["loc"]:
            return f'{where}: {value} is not a code of four digits in quotes, such as "0581"'
        case "string_pattern_mismatch" if context["pattern"] in PATTERNS:
            return f"{where}: {value} is not {PATTERNS[context['pattern']]}"
        case "string_type":
            return f"{where}: {value} is not text; put it in quotes"
        case "missing":
            return f"{where}: the key is missing"
        case "int_type":
            return f"{where}: {value} is not a whole number"
        case "greater_than_equal" | "less_than_equal":
            bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
            return f"{where}: {value} is not allowed; it must be {bound}"
        case "tuple_type" | "too_short":
            return f"{where}: expected a list with at least one value, found {value}"
        case "model_type" | "dict_type":
            return f"{where}: expected keys with values, found {value}"
        case "order" | "twice":
            return f"{where}: {error['msg']}" if place else f"{where}, {error['msg']}"
    return f"{where}: {value}: {error['msg']}"


def _keys(outer: list[Any]) -> list[str]:
    part: Any = Settings
    for name in outer:
        if get_origin(part) is dict:
            part = get_args(part)[1]
        elif name == "sources":
            return list(Files.model_fields)
        else:
            part = part.model_fields[name].annotation
    return list(part.model_fields)


def _options(word: str, allowed: Iterable[str]) -> str:
    known = list(allowed)
    nearest = difflib.get_close_matches(word, known, n=1)
    hint = f". Did you mean {nearest[0]}?" if nearest else ""
    return f"; allowed: {', '.join(known)}{hint}"


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


if __name__ == "__main__":  # python -m report_engine.settings.config rewrites the schema
    place.ROOT.joinpath(SCHEMA_FILE).write_text(schema(), "utf-8", newline="\n")
