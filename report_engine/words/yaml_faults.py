"""What is wrong with YAML, in words of ours: the parser's own are in English, and about its insides."""

import yaml

from report_engine.words.messages import Message

_FAULTS = {
    "mapping values are not allowed": "yaml.colon",
    "did not find expected ',' or": "yaml.bracket",
    "did not find expected": "yaml.indent",
    "could not find expected ':'": "yaml.no_colon",
    "unexpected end of stream": "yaml.quote",
    "found a tab": "yaml.tab",
    "cannot start any token": "yaml.sign",
    "could not determine a constructor": "yaml.tag",
    "undefined tag": "yaml.tag",
    "undefined alias": "yaml.alias",
    "unacceptable character": "yaml.character",
    "control characters": "yaml.character",
    "must be in": "yaml.date",
    "out of range": "yaml.date",
}
"""The key of a message by a piece of what the parser says; the first that is in it counts."""


def fault(error: Exception) -> Message:
    """Say what keeps a text from being YAML; only that it is none, where the parser says what nobody foresaw."""
    said = str(error.problem if isinstance(error, yaml.MarkedYAMLError) else error)
    key = next((key for piece, key in _FAULTS.items() if piece in said), None)
    return Message("documents.not_yaml_but", {"reason": Message(key)}) if key else Message("documents.not_yaml")
